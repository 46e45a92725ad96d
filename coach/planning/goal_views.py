"""Goals as they are shown: with what they lack, what comes next, and when to look at them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from coach.memory.continuity.say import plain_date
from coach.memory.dates import find_dates
from coach.memory.items import Item, Owner
from coach.memory.noticing.lexicon import lexicon
from coach.planning.goals import Goal, Milestone, Progress, ahead, words_of
from coach.planning.smart import Gap, gaps
from coach.planning.texts import texts
from coach.planning.where import one_line, said
from coach.text import words

_QUIET_DAYS = 42
_SUBJECT_WORDS = 3
_MOVE_DAYS = 28
FORGOTTEN = "(its words were forgotten)"


@dataclass(frozen=True)
class GoalView:
    """A goal of the pair, kept (``name``) or only noticed in memory (``name`` is "").

    ``quote`` and ``said`` are set where the words come from memory; ``revisit`` says why to look
    at it again, "" for no reason.
    """

    name: str
    text: str
    owner: Owner
    by: date | None
    measure: str
    why: str
    status: Literal["open", "done", "dropped", "superseded"]
    private: bool
    set_on: date
    milestones: tuple[Milestone, ...]
    progress: tuple[Progress, ...]
    missing: tuple[Gap, ...]
    revisit: str
    item: int | None = None
    quote: str = ""
    said: str = ""
    closed_on: date | None = None

    @property
    def next(self) -> Milestone | None:
        """The milestone to reach next."""
        return next((one for one in self.milestones if one.done_on is None), None)

    @property
    def due_day(self) -> date | None:
        """Its day, to be told beside its words; None where these tell it already."""
        told = find_dates(self.text, self.set_on) if self.by else []
        return None if any(self.by in {one.when, one.until} for one in told) else self.by

    def as_json(self) -> dict[str, Any]:
        """The goal as the command line prints it."""
        return {
            "name": self.name or None, "text": self.text, "owner": self.owner,
            "by": _iso(self.by), "measure": self.measure or None, "why": self.why or None,
            "status": self.status, "private": self.private, "set_on": self.set_on.isoformat(),
            "milestones": [
                {"n": n, "text": m.text, "by": _iso(m.by), "done_on": _iso(m.done_on)}
                for n, m in enumerate(self.milestones, 1)
            ],
            "progress": [{"on": p.on.isoformat(), "text": p.text} for p in self.progress],
            "missing": [
                {"part": g.part, "ask": g.ask, "cards": list(g.cards)} for g in self.missing
            ],
            "revisit": self.revisit or None, "from": "goals" if self.name else "memory",
            "item": self.item, "quote": self.quote or None, "said": self.said,
        }  # fmt: skip


def views(goals: Sequence[Goal], items: Sequence[Item], on: date) -> list[GoalView]:
    """The goals as seen on the day ``on``, then the open ones that were only noticed in memory."""
    by_id = {item.id: item for item in items}
    linked = {goal.item for goal in goals}
    noticed = [
        item
        for item in items
        if item.kind == "goal" and item.status == "open" and item.id not in linked
        and not is_of_kin(item)
    ]  # fmt: skip
    return [*(view(goal, by_id, on) for goal in goals), *(_noticed(item, on) for item in noticed)]


def is_of_kin(item: Item) -> bool:
    """Whether it is somebody close who has it hard or wants something: a matter for care, and
    nothing for the two to work on."""
    return any(word in lexicon().relatives for word in words(item.text)[:_SUBJECT_WORDS])


def view(goal: Goal, items: Mapping[int, Item], on: date) -> GoalView:
    """One kept goal, with its memory item's words where it rests on one."""
    item = items.get(goal.item) if goal.item is not None else None
    own = words_of(goal, items)
    by = goal.by or (_last(item) if item else None)
    status = goal.status
    asked: tuple[Gap, ...] = ()
    if status == "open" and own:
        asked = gaps(
            own, on=on, by=by, measure=goal.measure, why=goal.why, steps=bool(goal.milestones)
        )
    return GoalView(
        goal.name, own or FORGOTTEN, goal.owner, by, goal.measure, goal.why,
        item.status if item and status == "open" else status,
        bool(item and item.private), goal.made_on, goal.milestones, goal.progress, asked,
        revisit(goal, by, on) if status == "open" else "", goal.item,
        one_line(item.quote) if item else "",
        said(item, on) if item else f"set on {plain_date(goal.made_on, on)}",
        goal.closed_on or (item.closed_on if item else None),
    )  # fmt: skip


def revisit(goal: Goal, by: date | None, on: date) -> str:
    """Why to look at an open goal again: a day that has passed or moved, a long silence."""
    say = texts("planning")["revisit"]
    if by is not None and by < on:
        return str(say["passed"]).format(day=plain_date(by, on))
    for one in ahead(goal):
        if one.by is not None and one.by < on:
            return str(say["milestone"]).format(text=one.text, day=plain_date(one.by, on))
        if one.by is not None and by is not None and one.by > by:
            return str(say["beyond"]).format(text=one.text, day=plain_date(one.by, on))
    touched = max([goal.made_on, *(note.on for note in goal.progress)])
    if goal.moves:
        move = goal.moves[-1]
        if touched <= move.on and (on - move.on).days <= _MOVE_DAYS:
            was, to = plain_date(move.was, on), plain_date(move.to, on)
            return str(say["moved"]).format(was=was, day=to)
        touched = max(touched, move.on)
    if (on - touched).days >= _QUIET_DAYS:
        return str(say["quiet"]).format(day=plain_date(touched, on))
    return ""


def _noticed(item: Item, on: date) -> GoalView:
    by = _last(item)
    return GoalView(
        "", item.text, item.owner or item.about, by, "", "", item.status, item.private,
        item.said_on, (), (), gaps(item.quote or item.text, on=item.said_on, by=by), "", item.id,
        one_line(item.quote), said(item, on),
    )  # fmt: skip


def _last(item: Item) -> date | None:
    return item.until or item.when


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
