"""Where a pair stands: before the first meeting, under way, after a gap, near the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

from coach.memory.items import Item

Stage = Literal["before", "first", "under-way", "long", "ending", "gap", "any"]

FIRST_MEETINGS = 2
"""Up to so many meetings the two are still getting to know each other."""
LONG_MEETINGS = 12
LONG_DAYS = 365
GAP_DAYS = 45
"""At least so many days without a meeting make a gap,"""
GAP_TIMES = 2.5
"""and at least so many times the usual distance between two."""
ENDING_DAYS = 60
"""The end is in sight when it is at most so many days away."""

_ENDS = re.compile(
    r"\b(?:last|final|closing) (?:session|meeting|talk|one together)\b"
    r"|\b(?:programme|program|mentoring|mentorship|scheme|year together|our time)\b[^.;]{0,40}"
    r"\b(?:ends?|ending|finish\w*|is over|comes? to an end|runs? out|wraps? up|closes?)\b"
    r"|\bend of (?:the|our|this) (?:programme|program|mentoring|mentorship|scheme)\b",
    re.IGNORECASE,
)

_TOLD: dict[Stage, str] = {
    "before": "you have not met yet", "first": "you have only just begun",
    "under-way": "your talks are under way", "long": "you have known each other for a good while",
    "ending": "the end of your time together is in sight",
    "gap": "you have not met for a good while", "any": "it suits any meeting",
}  # fmt: skip


def stage_of(sessions: Sequence[date], items: Sequence[Item], on: date) -> Stage:
    """The stage on the day ``on``, from the days of the meetings held and what is remembered."""
    held = sorted({day for day in sessions if day <= on})
    if not held:
        return "before" if not any(item.said_on <= on for item in items) else "first"
    if _ends(items, on):
        return "ending"
    apart = [(later - earlier).days for earlier, later in pairwise(held)]
    usual = median(apart) if apart else 0
    if (on - held[-1]).days > max(GAP_DAYS, GAP_TIMES * usual):
        return "gap"
    if len(held) <= FIRST_MEETINGS:
        return "first"
    return "long" if len(held) >= LONG_MEETINGS or (on - held[0]).days > LONG_DAYS else "under-way"


def end_of(items: Sequence[Item], on: date) -> date | None:
    """The day of the last meeting, from the day ``on`` on, as far as memory tells it."""
    days = [last for item in _endings(items, on) if (last := item.until or item.when)]
    return min((day for day in days if on <= day <= on + timedelta(days=ENDING_DAYS)), default=None)


def tells_end(item: Item) -> bool:
    """Whether an item tells when the pair's time ends: "our last meeting is on 15 December"."""
    return bool(_ENDS.search(f"{item.text} {item.quote}"))


def _endings(items: Sequence[Item], on: date) -> list[Item]:
    return [
        item for item in items if item.status == "open" and item.said_on <= on and tells_end(item)
    ]


def _ends(items: Sequence[Item], on: date) -> bool:
    for item in _endings(items, on):
        last = item.until or item.when
        if last is not None and on - timedelta(days=14) <= last <= on + timedelta(days=ENDING_DAYS):
            return True
        if last is None and (on - item.said_on).days <= ENDING_DAYS:
            return True
    return False


def told(stage: Stage) -> str:
    """The stage in words: "you have only just begun"."""
    return _TOLD[stage]
