"""Which threads to come back to today, most pressing first. Pure: same input, same answer.

The order follows what the library's cards ask of a good mentor: what has just happened
(``fain/create-continuity``), promises due on both sides, one's own first (``six/follow-through``),
struggles and goals without news, wins, personal matters, what is coming up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coach.memory.continuity.topics import ALIKE, Likeness, closed_topics, is_closed
from coach.memory.continuity.weights import Situation, Weights
from coach.memory.items import Item, Person

_NEVER = frozenset({"boundary", "preference"})
_OWED = frozenset({"commitment"})


@dataclass(frozen=True)
class Thread:
    """Items that belong together, the leading one first, with why they matter today."""

    items: tuple[Item, ...]
    situation: Situation
    score: float


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


def rank(
    items: Sequence[Item],
    on: date,
    *,
    them: Person,
    next_session: date | None,
    sessions: Sequence[date],
    weights: Weights,
) -> list[Thread]:
    """The threads worth pulling on the day ``on``, best first; ties go to the smaller item id.

    Left out: what is closed, resting, suggested often enough, behind a boundary, answered by a
    later item, or too old to ask about.
    """
    moment = Moment.at(on, sessions, next_session, weights)
    known = sorted((item for item in items if item.said_on <= on), key=lambda item: item.id)
    likeness = Likeness(known, them)
    closed = closed_topics(known)
    scored = []
    for item in known:
        if not _can_surface(item, on, weights) or is_closed(item, closed):
            continue
        situation = situation_of(item, moment, weights)
        if situation is not None and not _answered(item, known, likeness):
            scored.append((score(item, situation, moment, weights), item, situation))
    scored.sort(key=lambda found: (-found[0], found[1].id))
    return _merged(scored, likeness, weights)


def _can_surface(item: Item, on: date, w: Weights) -> bool:
    if item.status != "open" or item.kind in _NEVER or item.surfaced >= w.most_surfaced:
        return False
    if item.surfaced_on is None or (on - item.surfaced_on).days >= w.rest_days:
        return True
    last = item.until or item.when
    return last is not None and item.surfaced_on <= last < on


def situation_of(item: Item, moment: Moment, w: Weights) -> Situation | None:
    """Why ``item`` matters on that day; None when there is nothing to ask about it now."""
    on, last = moment.on, item.until or item.when
    age = (on - item.said_on).days
    if item.kind == "commitment":
        return _owed(item, moment)
    if item.kind in {"expectation", "fact"} and not (item.private or item.when):
        return None
    if item.kind == "win":
        return "win" if age <= w.win_days else None
    if item.kind == "struggle":
        return "struggle"
    if item.kind == "goal":
        if last is None or last > on + timedelta(days=w.win_days):
            return "goal"
        return "goal-passed" if last < on else "goal-due"
    if item.when is None or last is None:
        if item.kind == "topic":
            return "topic" if moment.since(item.said_on) < 2 else None
        if item.kind == "plan":
            return "plan"
        return "personal" if age <= w.personal_days or moment.since(item.said_on) == 0 else None
    return _dated(item, item.when, last, moment, w)


def _owed(item: Item, moment: Moment) -> Situation:
    side = {"me": "own", "them": "theirs"}.get(item.owner or item.about, "both")
    due = item.until or item.when
    when = "open" if due is None else "overdue" if due < moment.on else "due"
    return f"{side}-{when}"  # type: ignore[return-value]


def _dated(item: Item, first: date, last: date, moment: Moment, w: Weights) -> Situation | None:
    on = moment.on
    if last < on:
        if last < item.said_on:  # It was told after it had happened.
            return "news" if (on - item.said_on).days <= w.news_days else None
        return "passed" if (on - last).days <= w.passed_days else None
    if first <= on:
        return "ongoing"
    return "coming" if first <= moment.horizon else "ahead"


def score(item: Item, situation: Situation, moment: Moment, w: Weights) -> float:
    """The points of one item; rises with each day that a promise is overdue."""
    points = w.base[situation] + w.importance * (item.importance - 0.5)
    points += w.private if item.private else 0
    behind = moment.since(item.said_on)
    last = item.until or item.when
    if situation == "passed" and last is not None:
        points -= w.passed_day * (moment.on - last).days
        return points - w.missed_session * moment.since(last)
    if situation.endswith("overdue") and last is not None:
        points += w.overdue_day * min((moment.on - last).days, w.overdue_cap)
    if situation in {"struggle", "goal"} and (moment.on - item.said_on).days >= w.quiet_days:
        points += w.quiet
    points += w.fresh if behind == 0 else -w.earlier_session * (min(behind, w.earlier_cap) - 1)
    return points


def _answered(item: Item, known: Sequence[Item], likeness: Likeness) -> bool:
    """Whether a later item already brings the news of this one.

    A struggle is answered by a later success in it, or by the end of the event that it was about;
    an event, by anything like it that was said after it had taken place; anything, by a later item
    of its kind and owner that says the same and is closed.
    """
    last = item.until or item.when
    near = likeness.near(item)
    for other in known:
        if other.id == item.id or other.id not in near:
            continue
        if item.kind == "struggle" and _ended_after(other, item) and likeness(item, other) >= ALIKE:
            return True
        if other.said_on <= item.said_on:
            continue
        told_after = item.kind == "event" and last is not None and other.said_on > last
        overcome = item.kind == "struggle" and other.kind == "win" and other.about == item.about
        news = overcome or (told_after and other.kind != "commitment")
        if news and likeness(item, other) >= ALIKE:
            return True
        same = other.kind == item.kind and other.owner == item.owner and other.status != "open"
        if same and likeness(item, other, names=False) >= ALIKE:
            return True
    return False


def _ended_after(event: Item, item: Item) -> bool:
    """Whether ``event`` was closed later than ``item`` was said."""
    closed = event.closed_on
    return event.kind == "event" and closed is not None and closed > item.said_on


def _merged(
    scored: Sequence[tuple[float, Item, Situation]], likeness: Likeness, w: Weights
) -> list[Thread]:
    """One thread for items that speak of the same thing, led by the most pressing of them."""
    groups: list[tuple[float, Situation, list[Item]]] = []
    for points, item, situation in scored:
        near = likeness.near(item)
        for _, _, members in groups:
            lead = members[0]
            if (
                lead.id in near
                and lead.private == item.private
                and likeness.same_thread(lead, item)
            ):
                members.append(item)
                break
        else:
            groups.append((points, situation, [item]))
    threads = [
        Thread(tuple(members), situation, points + w.merged * (len(members) - 1))
        for points, situation, members in groups
    ]
    return sorted(threads, key=lambda thread: (-thread.score, thread.items[0].id))
