"""Which item a correction of a day is about, by the words of the message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from coach.lexical import stems
from coach.memory.dates import DateMention
from coach.memory.items import Item

_NAMED = re.compile(r"\b(?:the|her|his|their|my|our|\w+'s)\s+(?P<thing>[\w' -]{2,40})", re.I)
_MOVING = frozenset(
    stems(
        """what when who did does do is was has have had will would he she they him her them it
        that this on at the a me us you my i and or then so yes yeah to until till for from by in
        with now but actually really just rather sorry no not oh ah wait hey please correction
        oops mean meant mistake bad wrong right correct new real actual date day days dates move
        moved postpone postponed put off push pushed reschedule rescheduled shift shifted delay
        delayed change changed set fix update make made back forward brought bring got get been be
        being take takes place start starts said wrote noted told should can could instead hang
        mixed messed up gave week earlier later his their our your its we one as always planned"""
    )
)
"""Stems of words that only say that a day is another one."""


_SHIFT = re.compile(
    r"\b(?P<count>an?|one|two|three|four|five|six|\d{1,2}) (?P<unit>day|week)s? (?:\w+ )?"
    r"(?P<way>later|after|earlier|sooner)\b",
    re.IGNORECASE,
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def shifted(text: str) -> timedelta | None:
    """By how much ``text`` says that a day is another one ("a week later"); None if it does not."""
    found = _SHIFT.search(text)
    if found is None:
        return None
    said = found["count"].lower()
    count = int(said) if said.isdigit() else _COUNTS[said]
    days = count * (7 if found["unit"].lower() == "week" else 1)
    return timedelta(days if found["way"].lower() in {"later", "after"} else -days)


def meant_by(
    text: str, dates: Sequence[DateMention], name: str, items: Sequence[Item]
) -> list[Item] | None:
    """The ``items`` that a correction ("her viva is on the 9th") names.

    [] when it names something that none of them is; None when it names nothing ("it's on the
    9th"). ``dates`` are the days in ``text``, ``name`` the other person's.
    """
    for mention in reversed(dates):
        text = f"{text[: mention.start]},{text[mention.end :]}"
    known = _MOVING | set(stems(name))
    asked = set(stems(text)) - known
    shared = [len(asked & set(stems(f"{item.text} {item.quote}"))) for item in items]
    most = max(shared, default=0)
    if most:
        return [item for item, count in zip(items, shared, strict=True) if count == most]
    named = any(set(stems(found["thing"])) - known for found in _NAMED.finditer(text))
    return [] if named else None
