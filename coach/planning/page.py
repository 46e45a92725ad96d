"""A brief as one page of Markdown. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coach.memory.continuity.say import plain_date
from coach.planning.brief import Brief
from coach.planning.goal_views import GoalView
from coach.planning.known import Line
from coach.planning.texts import texts
from coach.planning.where import mark
from coach.text import shorten

MOST_LINES = 60
"""Lines of the page: what fits on one sheet."""
_QUOTE = 160
_TEXT = 140


@dataclass(frozen=True)
class _Room:
    """How many lines each list may have."""

    followups: int
    promises: int
    goals: int
    topics: int = 6


_ROOMS = (_Room(5, 4, 3), _Room(4, 3, 3), _Room(3, 3, 2), _Room(2, 2, 1))


def page(brief: Brief) -> str:
    """The page, at most :data:`MOST_LINES` long; what has no room is counted, never dropped unsaid.

    The two roles have different pages: a mentor's leads with what to come back to, a mentee's with
    what they report and bring.
    """
    for room in _ROOMS:
        lines = _lines(brief, room)
        if len(lines) <= MOST_LINES:
            break
    return "\n".join(lines) + "\n"


def _lines(brief: Brief, room: _Room) -> list[str]:
    words = _words(brief)
    blocks = {
        "stand": [_memory(line) for line in brief.stand],
        "followups": _followups(brief, room),
        "promises": _promises(brief, words, room),
        "goals": _goals(brief, room),
        "roadmap": _roadmap(brief),
        "questions": [f"- {_asked(line)}" for line in brief.questions],
        "celebrate": [f"- {_memory(brief.celebrate)}"] if brief.celebrate else [],
        "expectation": [f"- {_settle(brief.expectation)}"] if brief.expectation else [],
        "before": [f"- {one}" for one in brief.before],
        "topics": [f"- {_settle(line)}" for line in brief.topics[: room.topics]],
        "plan": [" · ".join(f"{one.minutes}' {one.part}" for one in brief.time_plan)],
        "closing": [f"- {one}" for one in brief.closing],
    }
    lines = [f"# {words['title']}, {brief.on:%A} {plain_date(brief.on, brief.on)} {brief.on.year}"]
    for name in _order(brief):
        if blocks[name]:
            lines += ["", *([f"**{words[name]}**"] if name in words else []), *blocks[name]]
    if brief.left_out:
        count = f"{brief.left_out} line" + ("" if brief.left_out == 1 else "s")
        lines += ["", f"*Left out, because of a limit you two set: {count}.*"]
    return lines


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


def _followups(brief: Brief, room: _Room) -> list[str]:
    lines = []
    for one in brief.followups[: room.followups]:
        lines.append(f"- {one.text}{mark(one.private)}")
        lines.append(f"  {_source(one)}; {one.why}")
    return lines


def _promises(brief: Brief, words: dict[str, str], room: _Room) -> list[str]:
    lines: list[str] = []
    for label, found in (("mine", brief.mine), ("theirs", brief.theirs)):
        lines += [
            f"- [ ] {words[label]}: {_memory(one, _due(one.due, one.late, brief.on))}"
            for one in found[: room.promises]
        ]
        lines += _more(len(found) - room.promises, words[label])
    return lines


def _goals(brief: Brief, room: _Room) -> list[str]:
    lines = []
    for goal in brief.goals[: room.goals]:
        lines.append(f"- {_goal(goal, _due(goal.by, 0, brief.on))}")
        if one := goal.next:
            day = _due(one.by, (brief.on - one.by).days if one.by else 0, brief.on)
            lines.append(f"  next: {shorten(one.text, _TEXT)}{day}")
        elif goal.revisit:
            lines.append(f"  {goal.revisit}")
    return lines + _more(len(brief.goals) - room.goals, "Goals")


def _goal(goal: GoalView, due: str) -> str:
    quote = f': "{shorten(goal.quote, _QUOTE)}"' if goal.quote else ""
    return f"{shorten(goal.text, _TEXT)}{due}{mark(goal.private)}{quote} ({goal.said})"


def _roadmap(brief: Brief) -> list[str]:
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
        lines.append(f"- {topic}{moved}{mark(entry.private)}{quote}{where}")
    lines += [f"  after it: {shorten(entry.topic, _TEXT)}" for entry in ahead[1:2]]
    return lines


def _memory(line: Line, due: str = "") -> str:
    """A line with its day, its quote and where that was said."""
    text = f"{shorten(line.text, _TEXT)}{due}{mark(line.private)}"
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


def _more(count: int, what: str) -> list[str]:
    return [f"- {what}: {count} more"] if count > 0 else []
