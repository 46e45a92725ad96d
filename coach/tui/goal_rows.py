"""What the page of goals and roadmap lists: pure functions to rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coach.tui.memory_rows import Row, Section
from coach.tui.memory_words import say_day
from coach.tui.plain import one_line, shown

if TYPE_CHECKING:
    from coach.planning.goal_views import GoalView
    from coach.planning.goals import Milestone
    from coach.planning.roadmap_views import Entry

NO_GOAL = (
    "No goal is set yet.\n\nA goal says what {who} to reach, by when, and how one would see"
    " that it is reached. Two or three milestones on the way make it easy to follow. Add begins"
    " one; what a note says of goals is listed here too, to be taken up."
)
NO_TOPIC = (
    "Nothing is on the roadmap yet.\n\nIt lays the topics that are ahead on the sessions to come,"
    " one each. Goals, milestones and open struggles come onto it by themselves; Add puts a topic"
    " of your own there. When a session is missed, everything moves along."
)


@dataclass(frozen=True)
class Place:
    """What a row is about: a goal (kept under ``name``, or noticed as ``item``), and maybe its
    milestone ``number``, from 1."""

    name: str
    item: int | None = None
    number: int = 0

    @property
    def key(self) -> str:
        """The row's key."""
        return f"{self.name or f'item-{self.item}'}/{self.number}"


def goal_sections(found: Sequence[GoalView], today: date) -> tuple[list[Section], dict[str, Place]]:
    """The goals with their milestones, and what each row is about, by its key."""
    headings = {
        "": [one for one in found if one.name and one.status == "open"],
        "Noticed in your notes": [one for one in found if not one.name],
        "Behind you": [one for one in found if one.name and one.status != "open"],
    }
    places: dict[str, Place] = {}
    sections = []
    for heading, goals in headings.items():
        rows: list[Row] = []
        for goal in goals:
            rows.append(_goal(goal, today, places))
            if goal.status == "open":
                rows += [
                    _milestone(goal, number, one, today, places)
                    for number, one in enumerate(goal.milestones, 1)
                ]
        if rows:
            sections.append(Section(heading, tuple(rows)))
    return sections, places


def _goal(goal: GoalView, today: date, places: dict[str, Place]) -> Row:
    place = Place(goal.name, goal.item)
    places[place.key] = place
    lines = [
        ("", one_line(goal.text)),
        ("Day", _by(goal.by, today)),
        ("How one sees it", one_line(goal.measure)),
        ("What it is for", one_line(goal.why)),
        ("Progress", "\n".join(
            f"- {say_day(note.on, today)}: {one_line(note.text)}" for note in goal.progress
        )),
        ("To look at again", one_line(goal.revisit)),
        ("It could still use", "\n".join(f"- {one_line(gap.ask)}" for gap in goal.missing)),
        (_where(goal), f"“{shown(goal.quote)}”" if goal.quote else ""),
        ("Private", "yes: kept out of shared exports" if goal.private else ""),
    ]  # fmt: skip
    told = tuple((label, text) for label, text in lines if text)
    return Row(place.key, (), one_line(goal.text), _goal_meta(goal, today), told)


def _where(goal: GoalView) -> str:
    return one_line(goal.said)[:1].upper() + one_line(goal.said)[1:]


def _goal_meta(goal: GoalView, today: date) -> str:
    if goal.status != "open":
        closed = f" on {say_day(goal.closed_on, today)}" if goal.closed_on else ""
        return {"done": "reached", "dropped": "let go"}.get(goal.status, goal.status) + closed
    done = sum(one.done_on is not None for one in goal.milestones)
    many = len(goal.milestones)
    steps = f"{done} of {many} milestone{'' if many == 1 else 's'}" if many else ""
    parts = [
        _by(goal.by, today),
        steps,
        f"{len(goal.missing)} open questions" if len(goal.missing) > 1 else "",
        "1 open question" if len(goal.missing) == 1 else "",
        "to be taken up" if not goal.name else "",
        "private" if goal.private else "",
    ]
    return ", ".join(part for part in parts if part) or one_line(goal.said)


def _by(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f"{'was for' if day < today else 'by'} {say_day(day, today)}"


def _milestone(
    goal: GoalView, number: int, one: Milestone, today: date, places: dict[str, Place]
) -> Row:
    place = Place(goal.name, goal.item, number)
    places[place.key] = place
    mark = "[x]" if one.done_on else "[ ]"
    state = f"reached {say_day(one.done_on, today)}" if one.done_on else _by(one.by, today)
    late = one.done_on is None and one.by is not None and one.by < today
    meta = f"    {state or 'no day'}{', past its day' if late else ''}"
    return Row(
        place.key, (), f"  {mark} {one_line(one.text)}", meta,
        (("", one_line(one.text)), ("A milestone of", one_line(goal.text)),
         ("Day", _by(one.by, today) or "none"),
         ("Reached", say_day(one.done_on, today) if one.done_on else "not yet")),
    )  # fmt: skip


# -- roadmap --------------------------------------------------------------------------------------


def roadmap_sections(found: Sequence[Entry], today: date) -> list[Section]:
    """The topics ahead in their order, then those behind."""
    ahead = tuple(_entry(one, today) for one in found if one.place)
    behind = tuple(_entry(one, today) for one in reversed(found) if not one.place)
    made = [Section("", ahead), Section("Behind you", behind)]
    return [section for section in made if section.rows]


def _entry(one: Entry, today: date) -> Row:
    topic = one_line(one.topic)
    private = ", private" if one.private else ""
    if one.place:
        title = f"{one.place}. {topic}"
        meta = f"   {_session(one, today)}{_late(one, today)}{private}"
    else:
        title = topic
        ended = f" {say_day(one.ended_on, today)}" if one.ended_on else ""
        meta = f"   {one.state}{ended}{private}"
    lines = [
        ("", topic),
        ("Meant for", _session(one, today) if one.place else ""),
        ("Moved along", _moved(one, today)),
        (one_line(one.said).capitalize(), f"“{shown(one.quote)}”" if one.quote else ""),
    ]
    return Row(one.key, (), title, meta, tuple(pair for pair in lines if pair[1]))


def _session(one: Entry, today: date) -> str:
    number = f"session {one.session}"
    if one.day is None:
        return f"{number}, no day yet"
    return f"{number}, {'about ' if one.reckoned else ''}{say_day(one.day, today)}"


def _late(one: Entry, today: date) -> str:
    return f"; meant for {say_day(one.carried_from, today)}" if one.carried_from else ""


def _moved(one: Entry, today: date) -> str:
    if one.carried_from is None:
        return ""
    why = "no session was held then" if one.missed else "it was not covered then"
    return f"It was meant for {say_day(one.carried_from, today)}; {why}."
