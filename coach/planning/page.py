"""A brief as one page of Markdown. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from coach.memory.continuity.say import plain_date
from coach.planning.brief import Brief
from coach.planning.goal_views import GoalView
from coach.planning.known import Line
from coach.planning.texts import texts
from coach.planning.where import mark
from coach.text import shorten

What = Literal["promise", "thread", "topic", "question"]
MOST_LINES = 60
"""Lines of the page: what fits on one sheet."""
_QUOTE = 160
_TEXT = 140


@dataclass(frozen=True)
class Ref:
    """What a line stands for: the id of a promise's or a thread's item, the key of a topic of the
    roadmap, or the words of a question."""

    what: What
    key: str


@dataclass(frozen=True)
class Written:
    """One line of the page as Markdown, with what ticking it off would settle."""

    text: str
    ref: Ref | None = None


@dataclass(frozen=True)
class _Room:
    """How many lines each list may have."""

    followups: int
    promises: int
    goals: int
    topics: int = 6


_ROOMS = (_Room(5, 4, 3), _Room(4, 3, 3), _Room(3, 3, 2), _Room(2, 2, 1))


def page(brief: Brief) -> str:
    """The page as Markdown; see :func:`written`."""
    return "\n".join(line.text for line in written(brief)) + "\n"


def written(brief: Brief) -> list[Written]:
    """Its lines, at most :data:`MOST_LINES`; what has no room is counted, never dropped unsaid.

    The two roles have different pages: a mentor's leads with what to come back to, a mentee's with
    what they report and bring.
    """
    for room in _ROOMS:
        lines = _lines(brief, room)
        if len(lines) <= MOST_LINES:
            break
    return lines


def _lines(brief: Brief, room: _Room) -> list[Written]:
    words = _words(brief)
    blocks = {
        "stand": _plain(_memory(line) for line in brief.stand),
        "followups": _followups(brief, room),
        "promises": _promises(brief, words, room),
        "goals": _goals(brief, room),
        "roadmap": _roadmap(brief),
        "questions": [
            Written(f"- {_asked(line)}", Ref("question", line.text)) for line in brief.questions
        ],
        "celebrate": _plain([f"- {_memory(brief.celebrate)}"] if brief.celebrate else []),
        "expectation": _plain([f"- {_settle(brief.expectation)}"] if brief.expectation else []),
        "before": _plain(f"- {one}" for one in brief.before),
        "topics": _plain(f"- {_settle(line)}" for line in brief.topics[: room.topics]),
        "plan": _plain([" · ".join(f"{one.minutes}' {one.part}" for one in brief.time_plan)]),
        "closing": _plain(f"- {one}" for one in brief.closing),
    }
    day = f"{brief.on:%A} {plain_date(brief.on, brief.on)} {brief.on.year}"
    lines = _plain([f"# {words['title']}, {day}"])
    for name in _order(brief):
        if blocks[name]:
            lines += _plain(["", f"**{words[name]}**"] if name in words else [""])
            lines += blocks[name]
    if brief.left_out:
        count = f"{brief.left_out} line" + ("" if brief.left_out == 1 else "s")
        lines += _plain(["", f"*Left out, because of a limit you two set: {count}.*"])
    return lines


def _plain(texts: Iterable[str]) -> list[Written]:
    return [Written(text) for text in texts]


def _order(brief: Brief) -> tuple[str, ...]:
    if brief.first:
        return ("stand", "before", "topics", "goals", "questions", "plan", "closing")
    if brief.role == "mentor":
        return (
            "stand", "followups", "promises", "goals", "roadmap", "questions", "celebrate",
            "expectation", "plan", "closing",
        )  # fmt: skip
    return (
        "stand", "celebrate", "promises", "goals", "roadmap", "followups", "questions",
        "expectation", "plan", "closing",
    )  # fmt: skip


def _words(brief: Brief) -> dict[str, str]:
    table = texts("planning")["page"]
    slots = {"{name}": brief.name, "{minutes}": str(brief.minutes)}
    found = {**table[brief.role], **(table["first"] if brief.first else {})}
    return {
        key: _filled(value, slots) for key, value in found.items() if isinstance(value, str)
    }  # fmt: skip


def _filled(text: str, slots: dict[str, str]) -> str:
    for slot, value in slots.items():
        text = text.replace(slot, value)
    return text


def _followups(brief: Brief, room: _Room) -> list[Written]:
    lines = []
    for one in brief.followups[: room.followups]:
        lines.append(Written(f"- {one.text}{mark(one.private)}", _item("thread", one)))
        lines.append(Written(f"  {_source(one)}; {one.why}"))
    return lines


def _item(what: What, line: Line) -> Ref | None:
    return None if line.item is None else Ref(what, str(line.item))


def _promises(brief: Brief, words: dict[str, str], room: _Room) -> list[Written]:
    lines: list[Written] = []
    for label, found in (("mine", brief.mine), ("theirs", brief.theirs)):
        for one in found[: room.promises]:
            said = _memory(one, _due(one.due, one.late, brief.on))
            lines.append(Written(f"- [ ] {words[label]}: {said}", _item("promise", one)))
        lines += _more(len(found) - room.promises, words[label])
    return lines


def _goals(brief: Brief, room: _Room) -> list[Written]:
    lines: list[str] = []
    for goal in brief.goals[: room.goals]:
        lines.append(f"- {_goal(goal, _due(goal.due_day, 0, brief.on))}")
        if one := goal.next:
            day = _due(one.by, (brief.on - one.by).days if one.by else 0, brief.on)
            lines.append(f"  next: {shorten(one.text, _TEXT)}{day}")
        elif goal.revisit:
            lines.append(f"  {goal.revisit}")
    return _plain(lines) + _more(len(brief.goals) - room.goals, "Goals")


def _goal(goal: GoalView, due: str) -> str:
    quote = f': "{shorten(goal.quote, _QUOTE)}"' if goal.quote else ""
    return f"{shorten(goal.text, _TEXT)}{due}{mark(goal.private)}{quote} ({goal.said})"


def _roadmap(brief: Brief) -> list[Written]:
    """The topic of this session, and what comes after it."""
    ahead = [entry for entry in brief.roadmap if entry.place]
    lines = []
    for entry in ahead[:1]:
        moved = f", meant for {plain_date(entry.carried_from, brief.on)}" if (
            entry.carried_from
        ) else ""  # fmt: skip
        quote = f': "{shorten(entry.quote, _QUOTE)}"' if entry.quote else ""
        where = f" ({entry.said})" if entry.said else ""
        topic = shorten(entry.topic, _TEXT)
        text = f"- {topic}{moved}{mark(entry.private)}{quote}{where}"
        lines.append(Written(text, Ref("topic", entry.key)))
    return lines + _plain(f"  after it: {shorten(entry.topic, _TEXT)}" for entry in ahead[1:2])


def _memory(line: Line, due: str = "") -> str:
    """A line with its day, its quote and where that was said."""
    told = line.text.rstrip(" .!") if line.quote else line.text
    # What memory says may be of any length; our own lines are whole as they are.
    text = f"{shorten(told, _TEXT) if line.item else told}{due}{mark(line.private)}"
    if line.quote:
        text += f": {_source(line)}"
    elif line.said:
        text += f" ({line.said})"
    return f"{text}{_cards(line)}"


def _asked(line: Line) -> str:
    where = f" ({line.said})" if line.said else ""
    return f"{line.text}{mark(line.private)}{where}{_cards(line)}"


def _settle(line: Line) -> str:
    asked = f": {line.why}" if line.why else ""
    return f"{line.text}{asked}{_cards(line)}"


def _source(line: Line) -> str:
    quote = f'"{shorten(line.quote, _QUOTE)}" ' if line.quote else ""
    return f"{quote}({line.said})" if line.said else quote.strip()


def _cards(line: Line) -> str:
    return f" [{line.cards[0]}]" if line.cards else ""


def _due(day: date | None, late: int, on: date) -> str:
    if day is None:
        return ""
    if late > 0:
        return f", due {plain_date(day, on)}, {late} {'day' if late == 1 else 'days'} late"
    return f", {'passed' if day < on else 'by'} {plain_date(day, on)}"


def _more(count: int, what: str) -> list[Written]:
    return _plain([f"- {what}: {count} more"] if count > 0 else [])
