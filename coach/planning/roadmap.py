"""The roadmap: topics in their order, one a session, none ever lost (``six/roadmap``).

A topic knows what it came from, not on which date it must fall: the days of the sessions ahead are
laid beside the topics anew each time. When a session is missed, its topic meets the next day by
itself, and the rest follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, Literal

from coach.errors import NotFoundError

State = Literal["ahead", "covered", "dropped"]
DEFAULT_RHYTHM = 14
"""Days between sessions while too few were held to tell."""
_SHORTEST, _LONGEST = 7, 56


@dataclass(frozen=True)
class Topic:
    """One topic. ``source`` says what it rests on: "own", "goal:g1", "milestone:g1/Draft it",
    "item:12" or "stage:check-in"; ``text`` is the user's own for "own", else "".

    ``day`` is the session that it was last laid on; ``ended_on`` when it was covered or dropped;
    ``settled`` marks one that nobody ended: what it rests on was settled elsewhere.
    """

    key: str
    source: str
    text: str = ""
    day: date | None = None
    state: State = "ahead"
    ended_on: date | None = None
    settled: bool = False


@dataclass(frozen=True)
class Roadmap:
    """All topics: those ahead in their order, and those that are behind the pair."""

    topics: tuple[Topic, ...] = ()

    @property
    def ahead(self) -> tuple[Topic, ...]:
        return tuple(topic for topic in self.topics if topic.state == "ahead")

    @property
    def behind(self) -> tuple[Topic, ...]:
        return tuple(topic for topic in self.topics if topic.state != "ahead")

    def as_body(self) -> dict[str, Any]:
        """The roadmap as plain JSON values."""
        return {"topics": [_body(topic) for topic in self.topics]}

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Roadmap:
        """The roadmap that :meth:`as_body` gave ``body`` for."""
        return cls(tuple(_topic(one) for one in body["topics"]))


# -- building -----------------------------------------------------------------


def grown(roadmap: Roadmap, sources: Sequence[str], live: frozenset[str], on: date) -> Roadmap:
    """``roadmap`` with a topic at its end for each of ``sources`` that it has not had yet.

    ``live`` are the sources that still hold: a topic ahead whose source is settled elsewhere (a
    goal reached, a struggle over, an item forgotten) counts as covered on ``on``, and is ahead
    again once its source is open after all.
    """
    known = {topic.source for topic in roadmap.topics}
    topics = [_followed(topic, topic.source in live, on) for topic in roadmap.topics]
    for source in dict.fromkeys(sources):
        if source not in known:
            topics.append(Topic(_free_key(topics), source))
    return _laid_out(topics)


def _followed(topic: Topic, live: bool, on: date) -> Topic:
    """A topic as its source has it: covered when that is settled, ahead when it is open again."""
    if topic.state == "ahead" and topic.source != "own" and not live:
        return replace(topic, state="covered", ended_on=on, settled=True)
    if topic.settled and live:
        return replace(topic, state="ahead", day=None, ended_on=None, settled=False)
    return topic


def proposed(
    dated: Sequence[tuple[date, str]], undated: Sequence[str], burdens: Sequence[str], held: int
) -> list[str]:
    """The sources of topics for a new roadmap, in their order.

    ``dated`` are milestones and goals with their days, ``undated`` the other goals, ``burdens``
    open struggles, the one to take first in front; ``held`` is how many sessions there were. What
    has a day goes by its day, and struggles stand between; a look at how the talks work comes as
    the fourth topic, since a pair should not leave that to the end (``six/check-in``).
    """
    first = ["stage:first"] if held == 0 else []
    if not dated and not undated:
        first.append("stage:goals")
    aims = [source for _, source in sorted(dated)] + list(undated)
    mixed: list[str] = []
    for place in range(max(len(aims), len(burdens))):
        mixed += [*aims[place : place + 1], *burdens[place : place + 1]]
    found = [*first, *mixed]
    found.insert(min(3, len(found)), "stage:check-in")
    return [*found, "stage:together"]


# -- editing ------------------------------------------------------------------


def put(roadmap: Roadmap, place: int, text: str) -> Roadmap:
    """``roadmap`` with the user's own topic ``text`` at ``place`` (from 1); what was there follows.

    A topic of these words that is ahead already is moved there instead. A place beyond the end is
    the end; raises :class:`NotFoundError` for one before the first.
    """
    if place < 1:
        raise _no_place(place, len(roadmap.ahead))
    ahead = list(roadmap.ahead)
    same = next((t for t in ahead if t.text and t.text.casefold() == text.casefold()), None)
    if same is not None:
        ahead.remove(same)
    topic = same or Topic(_free_key(roadmap.topics), "own", text)
    ahead.insert(place - 1, topic)
    return _laid_out([*roadmap.behind, *ahead])


def move(roadmap: Roadmap, place: int, to: int) -> Roadmap:
    """``roadmap`` with the topic at ``place`` at ``to``; the others keep their order.

    Raises :class:`NotFoundError` for a place that has no topic.
    """
    ahead = list(roadmap.ahead)
    for one in (place, to):
        if not 1 <= one <= len(ahead):
            raise _no_place(one, len(ahead))
    ahead.insert(to - 1, ahead.pop(place - 1))
    return _laid_out([*roadmap.behind, *ahead])


def end(roadmap: Roadmap, key: str, state: State, on: date) -> Roadmap:
    """``roadmap`` with the topic ``key`` covered or dropped (or ahead again, at the end)."""
    if key not in {topic.key for topic in roadmap.topics}:
        raise NotFoundError("Roadmap", f"there is no topic {key!r}", "See `coach roadmap PAIR`.")
    ended = None if state == "ahead" else on
    return _laid_out(
        [
            replace(topic, state=state, ended_on=ended, settled=False)
            if topic.key == key
            else topic
            for topic in roadmap.topics
        ]
    )


def at(roadmap: Roadmap, place: int) -> Topic:
    """The topic ahead at ``place`` (from 1). Raises :class:`NotFoundError`."""
    if not 1 <= place <= len(roadmap.ahead):
        raise _no_place(place, len(roadmap.ahead))
    return roadmap.ahead[place - 1]


# -- days ---------------------------------------------------------------------


@dataclass(frozen=True)
class Slot:
    """A session to come: its day, and whether that is only reckoned from the pair's rhythm."""

    day: date
    reckoned: bool


def slots(planned: Sequence[date], held: Sequence[date], on: date, count: int) -> list[Slot]:
    """The next ``count`` sessions from the day ``on``: those planned, then by the pair's rhythm.

    The rhythm is the median gap between the sessions held, kept within one and eight weeks. With
    nothing planned and nothing held there is nothing to reckon from, and the list is empty.
    A day on which a session was held already is not one to come.
    """
    ahead = sorted({day for day in planned if day >= on and day not in set(held)})
    found = [Slot(day, reckoned=False) for day in ahead[:count]]
    known = [*ahead, *(day for day in held if day <= on)]
    if not known:
        return found
    gap = timedelta(days=rhythm(held))
    day = max(known)
    while len(found) < count:
        day += gap
        if day >= on:
            found.append(Slot(day, reckoned=True))
    return found


def rhythm(held: Sequence[date]) -> int:
    """Days between two sessions as the pair has held them."""
    days = sorted(set(held))
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return min(_LONGEST, max(_SHORTEST, round(median(gaps)))) if gaps else DEFAULT_RHYTHM


def laid(roadmap: Roadmap, days: Sequence[date]) -> Roadmap:
    """``roadmap`` with its topics ahead on ``days``, in order; those beyond the last have none."""
    left = iter(days)
    return Roadmap(
        tuple(
            replace(topic, day=next(left, None)) if topic.state == "ahead" else topic
            for topic in roadmap.topics
        )
    )


def first_laid(roadmap: Roadmap, days: Sequence[date]) -> Roadmap:
    """``roadmap`` with those days for its topics ahead that had none; the others keep theirs."""
    topics = zip(roadmap.topics, laid(roadmap, days).topics, strict=True)
    return Roadmap(tuple(fresh if old.day is None else old for old, fresh in topics))


def carried(roadmap: Roadmap, on: date) -> dict[str, date]:
    """The topics ahead that were laid on a day now past, by key, with that day."""
    return {
        topic.key: topic.day
        for topic in roadmap.ahead
        if topic.day is not None and topic.day < on
    }  # fmt: skip


def _laid_out(topics: Sequence[Topic]) -> Roadmap:
    """What is behind first, by the day it ended; what is ahead in the order given."""
    behind = [topic for topic in topics if topic.state != "ahead"]
    behind.sort(key=lambda topic: topic.ended_on or date.min)
    return Roadmap((*behind, *(topic for topic in topics if topic.state == "ahead")))


def _free_key(topics: Sequence[Topic]) -> str:
    taken = {topic.key for topic in topics}
    return next(key for n in range(1, len(taken) + 2) if (key := f"t{n}") not in taken)


def _no_place(place: int, count: int) -> NotFoundError:
    held = f"1 to {count}" if count else "none"
    return NotFoundError("Roadmap", f"there is no place {place}", f"Places ahead: {held}.")


def _body(topic: Topic) -> dict[str, Any]:
    return {
        "key": topic.key, "source": topic.source, "text": topic.text, "state": topic.state,
        "day": topic.day.isoformat() if topic.day else None,
        "ended_on": topic.ended_on.isoformat() if topic.ended_on else None,
        "settled": topic.settled,
    }  # fmt: skip


def _topic(body: Mapping[str, Any]) -> Topic:
    days = {
        name: date.fromisoformat(body[name]) if body[name] else None for name in ("day", "ended_on")
    }
    return Topic(
        body["key"], body["source"], body["text"], state=body["state"],
        settled=body.get("settled", False), **days,
    )  # fmt: skip
