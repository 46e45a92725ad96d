"""What the date finder gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Relation = Literal["on", "by", "from", "between", "about"]


@dataclass(frozen=True)
class DateMention:
    """A date that a text speaks of, resolved against the day it was said.

    ``text`` is ``source[start:end]``, verbatim, with its preposition ("by Monday"). ``when`` is
    the day, or the first day of an interval whose last day is ``until``. ``recurring`` marks what
    repeats ("every Monday"); its ``when`` is None unless a start is said.

    ``relation``: "by" a deadline (by, before, until; ``until`` is None, and ``within``
    is the last day of the period that it names, such as "by next spring"), "from" an open start
    (from, since, after), "between" a range with two ends said, "about" a loose date (mid-April,
    around the 9th), "on" anything else, months and seasons included. ``past`` is True when all of
    it lies before the day it was said on, or it began then ("since October").
    """

    start: int
    end: int
    text: str
    when: date | None
    until: date | None
    recurring: bool
    relation: Relation
    past: bool
    within: date | None = None
