"""What to offer after advice: one thing, chosen by the card."""

from __future__ import annotations

from functools import cache
from typing import Any, cast, get_args

from coach.content import from_toml, knowledge
from coach.conversation.dialogue.state import Offer, OfferKind
from coach.conversation.wording import Voice

_SHEET = "dialogue"


@cache
def _by_card() -> dict[str, Offer]:
    return from_toml(knowledge("offers.toml"), _read, "each card needs [kind, about]")


def _read(raw: dict[str, Any]) -> dict[str, Offer]:
    for card, (kind, _) in raw["cards"].items():
        if kind not in get_args(OfferKind):
            raise ValueError(f"{card} offers {kind!r}, which is nothing to offer")
    return {
        card: Offer(cast(OfferKind, kind), about) for card, (kind, about) in raw["cards"].items()
    }


def offer_for(card: str) -> Offer | None:
    """What goes with advice from ``card``, or None. Raises :class:`ContentError` for a bad file."""
    return _by_card().get(card)


@cache
def _scripts() -> dict[str, str]:
    offered = {card: offer.about for card, offer in _by_card().items() if offer.kind == "script"}
    return offered | from_toml(
        knowledge("offers.toml"), lambda raw: dict(raw["scripts"]), "it needs a table of scripts"
    )


def script_of(card: str) -> str:
    """The kind of script that goes with a card; "" when none does."""
    return _scripts().get(card, "")


def word(offer: Offer, voice: Voice) -> str:
    """The offer as a question to the user."""
    return voice.say(f"offer {offer.kind}", sheet=_SHEET, line=offer.about)
