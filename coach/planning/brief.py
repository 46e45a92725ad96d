"""The page before a session: its sections, put together from what is known. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from coach.library.cards import Card
from coach.library.slots import fill, needs_more
from coach.memory.continuity import told_once
from coach.memory.items import Person
from coach.planning import sections
from coach.planning.goal_views import GoalView
from coach.planning.known import Known, Line, within_limits
from coach.planning.roadmap_views import Entry
from coach.planning.texts import texts
from coach.planning.timeplan import Slice, time_plan

CLOSING_CARD = "six/check-in"
_AT_THE_END = frozenset({"ending", "confidentiality"})
"""What is worth settling in a last meeting."""


@dataclass(frozen=True)
class Brief:
    """The page's content, section by section; :mod:`coach.planning.page` words it as Markdown.

    ``first`` marks the page for a first meeting: then ``before`` has questions to answer for
    oneself and ``topics`` what to settle, and what rests on memory is empty.
    """

    role: str
    name: str
    on: date
    first: bool
    stand: tuple[Line, ...]
    followups: tuple[Line, ...]
    mine: tuple[Line, ...]
    theirs: tuple[Line, ...]
    goals: tuple[GoalView, ...]
    milestones: tuple[Line, ...]
    roadmap: tuple[Entry, ...]
    questions: tuple[Line, ...]
    celebrate: Line | None
    expectation: Line | None
    time_plan: tuple[Slice, ...]
    closing: tuple[str, ...]
    before: tuple[str, ...] = ()
    topics: tuple[Line, ...] = ()
    left_out: int = 0

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.time_plan)

    def as_json(self) -> dict[str, Any]:
        """The sections as plain JSON values."""
        return {
            "role": self.role, "on": self.on.isoformat(), "first": self.first,
            "stand": _json(self.stand), "followups": _json(self.followups),
            "promises": {"mine": _json(self.mine), "theirs": _json(self.theirs)},
            "goals": [goal.as_json() for goal in self.goals],
            "milestones": _json(self.milestones),
            "roadmap": [entry.as_json() for entry in self.roadmap],
            "questions": _json(self.questions),
            "celebrate": self.celebrate.as_json() if self.celebrate else None,
            "expectation": self.expectation.as_json() if self.expectation else None,
            "time_plan": [asdict(one) for one in self.time_plan], "minutes": self.minutes,
            "closing": list(self.closing), "before": list(self.before),
            "topics": _json(self.topics), "left_out": self.left_out,
        }  # fmt: skip


def brief(known: Known, card: Callable[[str], Card]) -> Brief:
    """The page for the session; ``card`` gives a card by its id."""
    shown, left_out = within_limits(known)
    first = not (known.items or known.sessions or known.told)
    name, role = known.name, known.role
    kind = f"first-{role}" if first else f"last-{role}" if known.last else role
    goals = tuple(goal for goal in shown.goals if goal.status == "open")
    owed = told_once(
        [item for item in shown.items if item.kind == "commitment" and item.status == "open"],
        Person(name, "mentee" if role == "mentor" else "mentor"),
    )
    unsettled = tuple(
        Line(one.title, why=one.question, cards=(one.card,))
        for one in shown.settle
        if not known.last or one.topic in _AT_THE_END
    )  # fmt: skip
    turn = len(known.sessions) % len(unsettled) if unsettled else 0
    return Brief(
        role=role,
        name=name,
        on=known.on,
        first=first,
        stand=sections.stand_first(shown, goals) if first else sections.stand(shown, goals, owed),
        followups=tuple(sections.follow_up(one, shown) for one in shown.follow_ups),
        mine=sections.promises(owed, ("me", "both"), known.on),
        theirs=sections.promises(owed, ("them",), known.on),
        goals=goals,
        milestones=sections.milestones(goals, known.on),
        roadmap=tuple(shown.roadmap[:1] if known.last else shown.roadmap),
        questions=sections.questions_first(shown, card) if first else sections.questions(shown),
        celebrate=None if first else sections.celebrate(shown),
        expectation=None if first or not unsettled else unsettled[turn],
        time_plan=time_plan(kind, known.minutes, name),
        closing=_last_questions(role, name)
        if known.last
        else closing_questions(card(CLOSING_CARD), name),
        before=tuple(one.replace("{name}", name) for one in texts("planning")["first"][role])
        if first
        else (),
        topics=unsettled if first else (),
        left_out=left_out,
    )


def closing_questions(card: Card, name: str) -> tuple[str, ...]:
    """The three questions that end a meeting: what was useful, what is next, what to change."""
    closing = [q.text for q in card.questions if q.depth == "closing" and not needs_more(q.text)]
    three = closing if len(closing) <= 3 else [closing[0], closing[1], closing[-1]]
    return tuple(fill(text, name) for text in three)


def _last_questions(role: str, name: str) -> tuple[str, ...]:
    """The three questions that end the last meeting, after which there is no next time."""
    return tuple(one.replace("{name}", name) for one in texts("planning")["last"][role])


def _json(lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [line.as_json() for line in lines]
