"""What to offer after advice: one thing, chosen by the card."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import cast, get_args

from coach.conversation.dialogue.state import Offer, OfferKind
from coach.conversation.wording import Voice
from coach.errors import ContentError
from coach.paths import content_root

_SHEET = "dialogue"


@cache
def _by_card() -> dict[str, Offer]:
    path = content_root() / "knowledge" / "offers.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))["cards"]
        found = {card: Offer(cast(OfferKind, kind), about) for card, (kind, about) in raw.items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ContentError(path, 1, f"each card needs [kind, about]: {error}") from None
    for card, offer in found.items():
        if offer.kind not in get_args(OfferKind):
            raise ContentError(path, 1, f"{card} offers {offer.kind!r}, which is nothing to offer")
    return found


def offer_for(card: str) -> Offer | None:
    """What goes with advice from ``card``, or None. Raises :class:`ContentError` for a bad file."""
    return _by_card().get(card)


@cache
def _scripts() -> dict[str, str]:
    path = content_root() / "knowledge" / "offers.toml"
    offered = {card: offer.about for card, offer in _by_card().items() if offer.kind == "script"}
    try:
        further: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["scripts"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise ContentError(path, 1, f"it needs a table of scripts: {error}") from None
    return offered | further


def script_of(card: str) -> str:
    """The kind of script that goes with a card; "" when none does."""
    return _scripts().get(card, "")


def word(offer: Offer, voice: Voice) -> str:
    """The offer as a question to the user."""
    return voice.say(f"offer {offer.kind}", sheet=_SHEET, line=offer.about)
