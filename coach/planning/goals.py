"""Goals: what the pair works towards, with milestones, progress and days that may move.

A goal noticed in memory can be taken up by its item: then the item's words are the goal's, read
when they are needed and never copied, so that forgetting the item takes them away here too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal

from coach.errors import NotFoundError, UsageError
from coach.memory.items import Item, Owner
from coach.text import clean

Status = Literal["open", "done", "dropped"]
MAX_TEXT = 500
"""Characters of a goal, a milestone or a progress note."""


@dataclass(frozen=True)
class Milestone:
    """A step on the way, for the day ``by`` if one is set; ``done_on`` once it is reached."""

    text: str
    by: date | None = None
    done_on: date | None = None


@dataclass(frozen=True)
class Progress:
    """What was noted about a goal on a day."""

    on: date
    text: str


@dataclass(frozen=True)
class Move:
    """That on the day ``on`` the goal's own day was changed from ``was`` to ``to``."""

    on: date
    was: date
    to: date


@dataclass(frozen=True)
class Goal:
    """A goal called ``name`` within its pair.

    ``text`` is what the user wrote, "" when the words are those of the memory item ``item``.
    ``owner`` is whose it is; ``measure`` how one sees that it is reached; ``why`` what it is for.
    """

    name: str
    text: str
    owner: Owner
    made_on: date
    by: date | None = None
    measure: str = ""
    why: str = ""
    item: int | None = None
    status: Status = "open"
    closed_on: date | None = None
    milestones: tuple[Milestone, ...] = ()
    progress: tuple[Progress, ...] = ()
    moves: tuple[Move, ...] = field(default=())

    def as_body(self) -> dict[str, Any]:
        """The goal as plain JSON values; its name is the paper's."""
        body: dict[str, Any] = _plain(asdict(self))
        return {key: value for key, value in body.items() if key != "name"}

    @classmethod
    def from_body(cls, name: str, body: Mapping[str, Any]) -> Goal:
        """The goal that :meth:`as_body` gave ``body`` for."""
        known = {one.name for one in fields(cls)}
        values = {key: value for key, value in body.items() if key in known}
        for key in ("made_on", "by", "closed_on"):
            values[key] = _day(values.get(key))
        values["milestones"] = tuple(
            Milestone(m["text"], _day(m["by"]), _day(m["done_on"])) for m in body["milestones"]
        )
        values["progress"] = tuple(Progress(_sure(p["on"]), p["text"]) for p in body["progress"])
        values["moves"] = tuple(
            Move(_sure(m["on"]), _sure(m["was"]), _sure(m["to"])) for m in body["moves"]
        )
        return cls(name=name, **values)


# -- changing -----------------------------------------------------------------


def checked(text: str) -> str:
    """``text`` on one line. Raises :class:`UsageError` for none, or too much of it."""
    line = " ".join(clean(text, None).split())
    if not 0 < len(line) <= MAX_TEXT:
        raise UsageError(
            "Goal", f"a text here has 1 to {MAX_TEXT} characters", "Shorten or fill it."
        )
    return line


def moved_to(goal: Goal, by: date | None, on: date) -> Goal:
    """``goal`` for another day (None: for none); that a day was moved is kept."""
    if by == goal.by:
        return goal
    moves = goal.moves
    if goal.by is not None and by is not None:
        moves = (*moves, Move(on, goal.by, by))
    return replace(goal, by=by, moves=moves)


def noted(goal: Goal, text: str, on: date) -> Goal:
    """``goal`` with a progress note."""
    return replace(goal, progress=(*goal.progress, Progress(on, checked(text))))


def with_milestone(goal: Goal, text: str, by: date | None) -> Goal:
    """``goal`` with one more milestone, sorted in by its day; those without a day come last."""
    found = [*goal.milestones, Milestone(checked(text), by)]
    return replace(goal, milestones=tuple(sorted(found, key=_milestone_order)))


def change_milestone(
    goal: Goal, number: int, *, done_on: date | None = None, by: date | None = None,
    drop: bool = False,
) -> Goal:  # fmt: skip
    """``goal`` with its milestone ``number`` (from 1) reached, moved or dropped.

    Raises :class:`NotFoundError` for a number that it does not have.
    """
    one = _milestone(goal, number)
    made = () if drop else (replace(one, done_on=done_on or one.done_on, by=by or one.by),)
    return _with(goal, number, made)


def reworded(goal: Goal, number: int, text: str, by: date | None) -> Goal:
    """``goal`` with other words and another day (None: none) for its milestone ``number``."""
    return _with(goal, number, (replace(_milestone(goal, number), text=checked(text), by=by),))


def reached(goal: Goal, number: int, on: date | None) -> Goal:
    """``goal`` with its milestone ``number`` reached on that day; None: not reached after all."""
    return _with(goal, number, (replace(_milestone(goal, number), done_on=on),))


def _milestone(goal: Goal, number: int) -> Milestone:
    if not 1 <= number <= len(goal.milestones):
        held = f"it has {len(goal.milestones)}" if goal.milestones else "it has none yet"
        raise NotFoundError("Goal", f"there is no milestone {number}; {held}", "See goal list.")
    return goal.milestones[number - 1]


def _with(goal: Goal, number: int, made: tuple[Milestone, ...]) -> Goal:
    found = (*goal.milestones[: number - 1], *made, *goal.milestones[number:])
    return replace(goal, milestones=tuple(sorted(found, key=_milestone_order)))


def closed(goal: Goal, status: Status, on: date) -> Goal:
    """``goal`` as done or dropped on that day, or open again."""
    return replace(goal, status=status, closed_on=None if status == "open" else on)


def ahead(goal: Goal) -> tuple[Milestone, ...]:
    """The milestones that are not reached yet, the next one first."""
    return tuple(one for one in goal.milestones if one.done_on is None)


# -- finding ------------------------------------------------------------------


def name_for(goal: Goal, known: Sequence[Goal]) -> str:
    """The short name of a new goal beside ``known``: its own, else the next of "g1", "g2", ...

    Raises :class:`UsageError` for a name or a memory item that another goal has.
    """
    taken = {one.name for one in known}
    if goal.name in taken:
        raise UsageError("Goal", f"the name {goal.name!r} is taken", "Choose another --name.")
    if goal.item is not None and goal.item in {one.item for one in known}:
        raise UsageError("Goal", f"item {goal.item} is a goal already", "See goal list.")
    free = (name for n in range(1, len(taken) + 2) if (name := f"g{n}") not in taken)
    return goal.name or next(free)


def find(goals: Sequence[Goal], wanted: str, items: Mapping[int, Item]) -> Goal:
    """The goal with this short name, its number alone, or words that only one goal has.

    Raises :class:`NotFoundError`, listing the choices.
    """
    key = wanted.strip().casefold()
    for goal in goals:
        if key in {goal.name, goal.name.removeprefix("g")}:
            return goal
    partly = [goal for goal in goals if key and key in words_of(goal, items).casefold()]
    if len(partly) == 1:
        return partly[0]
    listed = "; ".join(f"{g.name} {words_of(g, items)}" for g in (partly or goals))
    what = f"{wanted!r} fits several" if partly else f"there is no goal {wanted!r}"
    hint = f"There are: {listed}." if listed else "Add one with `coach goal add`."
    raise NotFoundError("Goal", what, hint)


def words_of(goal: Goal, items: Mapping[int, Item]) -> str:
    """The goal's words: its own, else those of its memory item, "" when that was forgotten."""
    if goal.text or goal.item is None:
        return goal.text
    return items[goal.item].text if goal.item in items else ""


def _milestone_order(one: Milestone) -> tuple[bool, date]:
    return one.by is None, one.by or date.max


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _sure(value: str) -> date:
    return date.fromisoformat(value)
