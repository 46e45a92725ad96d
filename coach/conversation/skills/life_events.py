"""Things that happen in a life outside work: met with care, for the library says little on them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal

from coach.content import from_toml, knowledge
from coach.conversation.wording import Voice
from coach.library.cards import Card

LifeEvent = Literal["hard", "happy"]

CARDS: dict[LifeEvent, str] = {"hard": "keijzer/let-it-deepen", "happy": "engage/encouragement"}
"""What the library has that comes nearest."""
_SHEET = "dialogue"


@cache
def _patterns() -> tuple[tuple[LifeEvent, re.Pattern[str]], ...]:
    return from_toml(knowledge("life-events.toml"), _compiled, "each kind needs patterns")


def _compiled(raw: dict[str, Any]) -> tuple[tuple[LifeEvent, re.Pattern[str]], ...]:
    slots = {"{kin}": raw["kin"], "{whose}": raw["whose"]}
    found: list[tuple[LifeEvent, re.Pattern[str]]] = []
    for kind in CARDS:
        pattern = "|".join(f"(?:{one})" for one in raw[kind]["patterns"])
        for slot, part in slots.items():
            pattern = pattern.replace(slot, part)
        found.append((kind, re.compile(pattern, re.IGNORECASE)))
    return tuple(found)


def life_event(text: str) -> LifeEvent | None:
    """What kind of event in somebody's life ``text`` tells of; None when of none.

    Raises :class:`ContentError` for a broken file.
    """
    plain = text.replace("’", "'")
    return next((kind for kind, pattern in _patterns() if pattern.search(plain)), None)


def meet(event: LifeEvent, card: Card, remembered: str, voice: Voice) -> tuple[str, str]:
    """What to say about it, and the question to the user that closes it.

    ``remembered`` is a sentence on what memory holds of it, or "".
    """
    parts = [voice.say(f"{event} news", sheet=_SHEET, card=card.id), remembered]
    parts.append(voice.say(f"{event} news move", sheet=_SHEET))
    said = "\n\n".join(voice.fill(part) for part in parts if part)
    return said, voice.say(f"{event} news question", sheet=_SHEET)
