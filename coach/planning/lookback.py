"""A pair's time together, for looking back on: what was open when, and what was kept. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from coach.memory.items import Item, Owner
from coach.planning.check import Answers
from coach.planning.goal_views import GoalView

Outcome = Literal["kept", "open", "late", "dropped"]
_THREADS = frozenset({"event", "struggle", "plan", "topic"})


@dataclass(frozen=True)
class Thread:
    """Something that one comes back to: from the day it was told to the day it was closed.

    ``falls_on`` is the day that it is about, for an event or a plan that has one.
    """

    text: str
    told_on: date
    falls_on: date | None
    closed_on: date | None
    private: bool


@dataclass(frozen=True)
class Promise:
    """A promise: whose it is, the day it is due (else was made), and what came of it.

    ``on`` is the day on which it was kept, and its due day while it is not.
    """

    text: str
    owner: Owner
    on: date
    outcome: Outcome
    private: bool


@dataclass(frozen=True)
class Lookback:
    """All of it, as seen on the day ``on``; ``name`` is what the other person is called."""

    name: str
    on: date
    held: tuple[date, ...]
    planned: tuple[date, ...]
    threads: tuple[Thread, ...]
    promises: tuple[Promise, ...]
    goals: tuple[GoalView, ...]
    checks: tuple[Answers, ...]


def look_back(
    name: str, on: date, *, items: Iterable[Item], held: Sequence[date], planned: Sequence[date],
    goals: Sequence[GoalView], checks: Sequence[Answers],
) -> Lookback:  # fmt: skip
    """What is known of a pair, put in the order of time; nothing of it is from after ``on``."""
    known = [item for item in items if item.said_on <= on and item.status != "superseded"]
    threads = [_thread(item, on) for item in known if item.kind in _THREADS]
    promises = [_promise(item, on) for item in known if item.kind == "commitment"]
    return Lookback(
        name,
        on,
        tuple(sorted(day for day in held if day <= on)),
        tuple(sorted(day for day in planned if day >= on and day not in set(held))),
        tuple(sorted(threads, key=lambda one: (one.told_on, one.closed_on or date.max, one.text))),
        tuple(sorted(promises, key=lambda one: one.on)),
        tuple(goals),
        tuple(sorted((one for one in checks if one.on <= on), key=lambda one: (one.on, one.side))),
    )


def _thread(item: Item, on: date) -> Thread:
    closed = (item.closed_on or on) if item.status != "open" else None
    return Thread(item.text, item.said_on, item.until or item.when, closed, item.private)


def _promise(item: Item, on: date) -> Promise:
    due = item.until or item.when
    owner = item.owner or item.about
    if item.status == "open":
        state: Outcome = "late" if due and due < on else "open"
        return Promise(item.text, owner, due or item.said_on, state, item.private)
    outcome: Outcome = "kept" if item.status == "done" else "dropped"
    day = item.closed_on or due or item.said_on
    return Promise(item.text, owner, day, outcome, item.private)
