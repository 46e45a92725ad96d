"""Why one item matters today, and how much: the situation it is in and its points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coach.memory.continuity.occasions import is_occasion
from coach.memory.continuity.signs import (
    is_aside,
    is_denied,
    is_empty,
    is_forbidden_till,
    is_lasting,
    is_next_session,
    is_opening,
    is_over,
    is_ruled_out,
    is_the_session,
    is_told_after,
    is_until,
    is_wish,
    tells_of_life,
)
from coach.memory.continuity.weights import Situation, Weights
from coach.memory.items import Item
from coach.memory.noticing.lexicon import lexicon

_PROMISES = ("own-", "theirs-", "both-")
TOLD = frozenset({"struggle", "news", "opening", "personal", "win", "topic"})
_TAKES_PLACE = re.compile(r"\b(?:is|are|am|'s|'re|'m) (?:to|going to|asked to)\b", re.IGNORECASE)
_FEW_WORDS = 5
_MAY_OPEN = frozenset({"fact", "win", "topic", "event"})


@dataclass(frozen=True)
class Moment:
    """The day of the question and the sessions around it."""

    on: date
    sessions: tuple[date, ...]
    horizon: date

    @classmethod
    def at(
        cls, on: date, sessions: Sequence[date], next_session: date | None, w: Weights
    ) -> Moment:
        """The moment ``on``; without a (later) next session the horizon is ``w.horizon`` days."""
        ahead = next_session if next_session is not None and next_session >= on else None
        return cls(
            on,
            tuple(sorted({day for day in sessions if day <= on})),
            ahead or on + timedelta(days=w.horizon),
        )

    def since(self, day: date) -> int:
        """How many sessions were held after ``day``."""
        return sum(1 for session in self.sessions if session > day)


def situation_of(item: Item, moment: Moment, w: Weights) -> Situation | None:
    """Why ``item`` matters on that day; None when there is nothing to ask about it now."""
    if item.kind == "commitment":
        return _owed(item, moment, w)
    age = (moment.on - item.said_on).days
    may_open = item.kind in _MAY_OPEN or (item.kind == "struggle" and not is_lasting(item))
    if may_open and item.when is None and is_opening(item):
        return "opening" if age <= w.news_days else None
    if item.importance < w.least_importance:
        return None
    if item.kind == "win" and not _is_ahead(item):
        return "win" if age <= w.win_days else None
    if is_the_session(item) or is_next_session(item) or is_over(item):
        return None
    if item.kind == "struggle":
        in_passing = is_aside(item) and not is_lasting(item)
        return None if is_denied(item) or in_passing else "struggle"
    if item.kind == "goal":
        return _aimed(item, moment, w)
    if item.kind in {"expectation", "fact"} and not (item.private or item.when):
        return _undated(item, moment, w) if tells_of_life(item) else None
    if item.when is not None:
        return _dated(item, item.when, item.until or item.when, moment, w)
    return _undated(item, moment, w)


def _is_ahead(item: Item) -> bool:
    """Whether a success names something that is still to take place."""
    later = item.when is not None and item.when > item.said_on
    return later and bool(
        _TAKES_PLACE.search(item.quote) or lexicon().event_noun.search(item.quote.lower())
    )


def _aimed(item: Item, moment: Moment, w: Weights) -> Situation:
    last = item.until or item.when
    if last is None or last > moment.on + timedelta(days=w.win_days):
        return "goal"
    return "goal-passed" if last < moment.on else "goal-due"


def _undated(item: Item, moment: Moment, w: Weights) -> Situation | None:
    held = moment.since(item.said_on)
    if item.kind == "topic":
        return "topic" if held < 2 else None
    if item.kind == "plan":
        return "plan"
    recent = (moment.on - item.said_on).days <= w.personal_days
    return "personal" if recent or held == 0 else None


def _owed(item: Item, moment: Moment, w: Weights) -> Situation | None:
    doubtful = item.when is None and (item.importance < w.least_promise or is_empty(item))
    if is_wish(item) or doubtful or is_told_after(item):
        return None
    side = {"me": "own", "them": "theirs"}.get(item.owner or item.about, "both")
    due = item.until or item.when
    if side != "own" and due is not None and due < moment.on and is_occasion(item):
        return "passed" if (moment.on - due).days <= w.passed_days else None
    when = "open" if due is None else "overdue" if due < moment.on else "due"
    return f"{side}-{when}"  # type: ignore[return-value]


def _dated(item: Item, first: date, last: date, moment: Moment, w: Weights) -> Situation | None:
    on = moment.on
    if item.kind == "event" and (is_forbidden_till(item) or is_ruled_out(item)):
        return None
    if last < on:
        if last < item.said_on:  # It was told after it had happened.
            return "news" if (on - item.said_on).days <= w.news_days else None
        return "passed" if (on - last).days <= w.passed_days else None
    if first <= on:
        return "ongoing"
    return "coming" if first <= moment.horizon else "ahead"


def is_scrap(item: Item, situation: Situation, telling: int) -> bool:
    """Whether an item with so many ``telling`` words says too little by itself to be taken up.

    A promise has its verb besides; a burden that lasts may be told in one word ("not sleeping").
    """
    if situation.startswith(_PROMISES):
        return telling < (2 if situation.endswith("-open") else 1)
    if situation == "struggle" and is_lasting(item):
        return telling < 1 and len(item.quote.split()) < _FEW_WORDS
    return situation in TOLD and telling < 2


def score(item: Item, situation: Situation, moment: Moment, w: Weights) -> float:
    """The points of one item; rises with each day that a promise is overdue."""
    points = w.base[situation] + w.importance * (item.importance - 0.5)
    points += w.private if item.private else 0
    points += _told(item, situation, moment, w)
    behind = moment.since(item.said_on)
    last = item.until or item.when
    if situation == "passed" and last is not None:
        points -= w.passed_day * (moment.on - last).days
        points -= w.same_day if last == item.said_on else 0
        # A session on the day itself would have brought news as well, unless it told of the day.
        return points - w.missed_session * moment.since(max(last - timedelta(1), item.said_on))
    if situation.endswith("overdue") and last is not None:
        points += w.overdue_day * min((moment.on - last).days, w.overdue_cap)
    if situation in {"struggle", "goal"} and (moment.on - item.said_on).days >= w.quiet_days:
        points += w.quiet
    if behind == 0:
        return points + w.fresh
    sessions = min(behind, w.earlier_cap)
    if situation.startswith(_PROMISES) and not situation.endswith("-due"):
        return points - w.silent_promise - w.earlier_promise * sessions
    if situation == "struggle":
        return points - w.earlier_burden * sessions
    if situation == "personal":
        return points - w.earlier_remark * sessions
    if situation == "goal":
        return points
    return points - w.earlier_session * (sessions - 1)


def _told(item: Item, situation: Situation, moment: Moment, w: Weights) -> float:
    """What the way in which it was told adds or takes off."""
    points = 0.0
    if situation == "struggle":
        points += w.lasting if is_lasting(item) else -w.lasting
    if situation in TOLD and is_aside(item):
        points -= w.aside
    if situation == "goal":
        points += -w.dated_goal if item.when is None else w.dated_goal
    if situation == "ahead" and item.when is not None:
        points -= w.far_day * min((item.when - moment.horizon).days, w.far_cap)
    if situation in {"coming", "ahead"} and is_until(item):
        points -= w.until
    if item.about == "me" and situation in {"passed", "ongoing", "coming", "ahead"}:
        points -= w.own_event
    return points
