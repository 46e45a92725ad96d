"""What a rule sees of the text around its match, and what it gives back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dateutil.relativedelta import relativedelta

from coach.memory.dates.locale import HERE, Locale
from coach.memory.dates.mention import Relation
from coach.memory.dates.tense import Tense, tense_around
from coach.memory.dates.words import word_set

_LEADS: tuple[tuple[Relation, str], ...] = (
    ("from", r"not (?:before|until|till)|no (?:earlier|sooner) than|not earlier than"),
    ("by", r"(?:by |before |until )?(?:(?:the )?(?:end|close) of (?:the )?(?:play|business|day)"
           r"|eod|cob|noon|midday|midnight|lunchtime)(?: on| of)?"
           r"|no later than|not later than|at the latest (?:by|on)|due (?:by|before|on)|due"
           r"|on or before|by|before|until|till|['’]til|til|up to|within|latest"),
    ("from", r"(?:ever )?since|(?:starting|beginning)(?: (?:on|from|in))?|start(?:s|ed)? from|from"
             r"|after|as (?:of|from)|effective"),
    ("about", r"some ?time (?:around|in|about)|(?:on |by |for |in )?(?:around|about|circa|roughly"
              r"|approximately|approx\.?|towards?)|c\.|~"),
    ("on", r"(?:(?:for|in|over|during) )?(?:the whole|all|most|the rest|the month) of"
           r"|on|in|at|during|over|for|to|throughout|through|between"),
)  # fmt: skip
_LEAD = re.compile(
    r"(?:^|(?<=[\s(\[,;:–—\"'“‘/-]))(?:"
    + "|".join(f"(?P<r{i}>{words})" for i, (_, words) in enumerate(_LEADS))
    + r")(?P<the>\s+the)?\s+$",
    re.IGNORECASE,
)
_TILDE = re.compile(r"(?:^|(?<=\s))~\s*$")
_AHEAD_OF_DATE = word_set("for to until till til")
_DONE = word_set(
    "was were wasn't weren't got sent handed finished delivered completed wrote posted submitted"
)
_RESET = word_set("moved postponed rescheduled pushed delayed shifted fixed set deferred put")


@dataclass(frozen=True)
class Lead:
    """The preposition before a date: where it starts, its words, and the relation that it makes."""

    start: int
    words: str
    relation: Relation
    the: bool = False


@dataclass(frozen=True)
class Core:
    """What a rule resolved, before its preposition is applied.

    ``roll`` is the period after which a partial date comes round again, for the second end of a
    range. ``relation`` overrides the preposition's, except "by" and "from".
    """

    when: date | None
    until: date | None = None
    recurring: bool = False
    relation: Relation | None = None
    roll: relativedelta | None = None


@dataclass(frozen=True)
class Scene:
    """A text, the day it was said on, and how the user's part of the world counts days."""

    text: str
    on: date
    locale: Locale = HERE

    @cached_property
    def _leads(self) -> dict[int, Lead | None]:
        return {}

    def lead(self, start: int) -> Lead | None:
        """The preposition right before ``start``, with "the" between them allowed."""
        if start not in self._leads:
            self._leads[start] = self._find_lead(start)
        return self._leads[start]

    def _find_lead(self, start: int) -> Lead | None:
        begin = max(0, start - 32)
        before = self.text[begin:start]
        tilde = _TILDE.search(before)
        if tilde:
            return Lead(begin + tilde.start(), "~", "about")
        match = _LEAD.search(before)
        if match is None or (
            begin + match.start() and self.text[begin + match.start() - 1].isalnum()
        ):
            return None
        for i, (relation, _) in enumerate(_LEADS):
            if match.group(f"r{i}"):
                words = match.group(f"r{i}").lower()
                return Lead(begin + match.start(), words, relation, bool(match.group("the")))
        return None

    def tense(self, start: int, end: int) -> Tense:
        """Whether the date at ``text[start:end]`` is to be sought before or after ``on``."""
        lead = self.lead(start)
        if lead is not None and lead.words.endswith("since"):
            return "past"
        tense, word = tense_around(self.text, lead.start if lead else start, end, bare=lead is None)
        if lead is not None and lead.words in _AHEAD_OF_DATE and word in _RESET:
            return "future"
        if lead is not None and (lead.relation == "by" or lead.words in _AHEAD_OF_DATE):
            return "past" if tense == "past" and word in _DONE else "future"
        return tense


Rule = tuple[re.Pattern[str], Callable[["re.Match[str]", Scene], Core | None]]
"""A pattern and what it means; None when a match turns out to be no date."""


def rule(pattern: str, build: Callable[[re.Match[str], Scene], Core | None]) -> Rule:
    """A rule whose ``pattern`` ignores case and stands between word boundaries."""
    return re.compile(rf"(?<![\w/.\-])(?:{pattern})(?!\w)", re.IGNORECASE), build
