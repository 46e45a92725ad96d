"""What is known of a pair when its session is prepared, less what an agreed limit keeps off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from coach.memory.continuity import FollowUp
from coach.memory.continuity.topics import closed_topics, is_closed
from coach.memory.items import Item, Person
from coach.planning.goal_views import GoalView
from coach.planning.roadmap_views import Entry

Forbids = Callable[[str], str | None]
"""Says which agreed limit a text would cross, None for none."""


class Question(Protocol):
    """A question to ask, as suggested elsewhere."""

    @property
    def question(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def cards(self) -> tuple[str, ...]: ...
    @property
    def items(self) -> tuple[int, ...]: ...


class Meeting(Protocol):
    """A session that was held."""

    @property
    def number(self) -> int: ...
    @property
    def on(self) -> date: ...
    @property
    def note(self) -> str: ...


@dataclass(frozen=True)
class Settle:
    """A topic that two people settle between them, and the question that opens it."""

    topic: str
    title: str
    question: str
    card: str


@dataclass(frozen=True)
class Line:
    """One line of the page. ``said`` is where its words come from, "" for words of the library.

    ``due`` is a day with ``late`` days past it; ``quote`` the words themselves, verbatim.
    """

    text: str
    quote: str = ""
    said: str = ""
    item: int | None = None
    private: bool = False
    due: date | None = None
    late: int = 0
    why: str = ""
    cards: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The line as plain JSON values."""
        return {
            "text": self.text, "quote": self.quote or None, "said": self.said or None,
            "item": self.item, "private": self.private,
            "due": self.due.isoformat() if self.due else None, "late": self.late,
            "why": self.why or None, "cards": list(self.cards),
        }  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What is known of a pair on the day of its session ``on``; ``items`` are its whole memory.

    ``name`` is what the other person is called; ``settle`` are the topics not settled yet;
    ``minutes`` the agreed length; ``told`` says that something was imported besides sessions and
    items; ``last`` that no session comes after this one.
    """

    role: str
    them: Person
    name: str
    on: date
    items: Sequence[Item] = ()
    sessions: Sequence[Meeting] = ()
    follow_ups: Sequence[FollowUp] = ()
    goals: Sequence[GoalView] = ()
    roadmap: Sequence[Entry] = ()
    questions: Sequence[Question] = ()
    settle: Sequence[Settle] = ()
    minutes: int = 60
    told: bool = False
    last: bool = False
    forbids: Forbids = field(default=lambda _: None)


def within_limits(known: Known) -> tuple[Known, int]:
    """``known`` without what an agreed limit or a boundary in memory keeps off the page.

    Also how many lines were left out: follow-ups, promises, goals, topics and questions.
    """
    off = closed_topics(known.items, known.them)
    gone = {
        item.id
        for item in known.items
        if item.kind != "boundary"
        and (is_closed(item, off) or _crosses(known, item.text, item.quote))
    }
    follow_ups = [
        one
        for one in known.follow_ups
        if not gone & set(one.items) and not _crosses(known, one.topic, one.ask, one.quote)
    ]
    goals = [g for g in known.goals if g.item not in gone and not _crosses(known, g.text)]
    roadmap = [e for e in known.roadmap if e.item not in gone and not _crosses(known, e.topic)]
    questions = [
        q for q in known.questions if not gone & set(q.items) and not _crosses(known, q.question)
    ]
    items = [item for item in known.items if item.id not in gone]
    count = sum(
        len(before) - len(after)
        for before, after in (
            (known.follow_ups, follow_ups),
            (_owed(known.items), _owed(items)),
            (known.goals, goals),
            (known.roadmap, roadmap),
            (known.questions, questions),
        )
    )
    within = replace(
        known, items=items, follow_ups=follow_ups, goals=goals, roadmap=roadmap, questions=questions
    )
    return within, count


def may_say(known: Known, item: Item, text: str) -> bool:
    """Whether ``text``, more of a note than ``item`` itself, keeps to the limits and to what is
    private."""
    off = closed_topics(known.items, known.them)
    wider = replace(item, text=text, quote=text)
    private = [one.quote for one in known.items if one.private and one.id != item.id]
    return not (
        is_closed(wider, off) or _crosses(known, text) or any(one in text for one in private)
    )


def _owed(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if item.kind == "commitment" and item.status == "open"]


def _crosses(known: Known, *said_texts: str) -> bool:
    return any(known.forbids(text) is not None for text in said_texts if text)
