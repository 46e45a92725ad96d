"""Keeping a debrief: the note into memory, ticks, the roadmap, and the next session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from coach.errors import UsageError
from coach.memory.items import Item
from coach.planning.debrief import explicit, note_of, offered_back
from coach.planning.form import Fault, Form, NextSession, Tick, parse, render
from coach.planning.goals import change_milestone
from coach.planning.roadmap import Roadmap, end
from coach.planning.service import Planning
from coach.planning.where import mark, said
from coach.text import MAX_NOTE, whole

if TYPE_CHECKING:
    from coach.memory.store import Session
    from coach.storage.pairs import Pair


@dataclass(frozen=True)
class Debriefed:
    """What a debrief came to. ``new`` is False when the same one was kept before.

    ``kept`` are the memory items that it gave, ``closed`` those that it ticked or told to be done,
    ``behind`` the topics and milestones that are done with; ``faults`` what could not be read where
    it stood.
    """

    session: Session
    new: bool
    form: Form
    kept: tuple[Item, ...]
    closed: tuple[Item, ...]
    behind: tuple[str, ...]
    next_session: NextSession | None
    faults: tuple[Fault, ...]

    def as_json(self) -> dict[str, Any]:
        """The debrief as the command line prints it."""
        ahead = self.next_session
        form = self.form
        return {
            "session": {"number": self.session.number, "on": self.session.on.isoformat()},
            "new": self.new,
            "useful": list(form.useful), "next_steps": list(form.next_steps),
            "change": list(form.change),
            "promises": {
                owner: [item.as_json() for item in self.kept if item.kind == "commitment"
                        and item.owner in owners]
                for owner, owners in (("mine", ("me", "both")), ("theirs", ("them",)))
            },
            "follow_up": list(form.follow_up),
            "noticed": [item.as_json() for item in self.kept],
            "done": [item.id for item in self.closed], "behind": list(self.behind),
            "learnt": list(form.learnt), "notes": list(form.notes),
            "next": None if ahead is None else {
                "on": ahead.on.isoformat(),
                "at": ahead.at.isoformat("minutes") if ahead.at else None,
                "minutes": ahead.minutes, "place": ahead.place or None,
            },
            "faults": [{"line": fault.line, "what": fault.what} for fault in self.faults],
        }  # fmt: skip

    def as_markdown(self) -> str:
        """What was kept, ending with what was learnt and the next date."""
        lines = [f"# Session {self.session.number}, {self.session.on.isoformat()}", ""]
        if not self.new:
            lines += ["This debrief was kept already; nothing was added.", ""]
        if self.new:
            lines += [f"- kept: {item.text}{mark(item.private)} [{item.id}]" for item in self.kept]
        lines += [f"- done: {item.text} [{item.id}]" for item in self.closed]
        lines += [f"- behind you: {text}" for text in self.behind]
        lines += [
            f"- line {fault.line}: {fault.what}" if fault.line else f"- {fault.what}"
            for fault in self.faults
        ]
        if self.form.learnt:
            lines += ["", "**What you learnt**", *(f"- {one}" for one in self.form.learnt)]
        ahead = self.next_session
        lines += ["", f"**Next**: {ahead.as_line() if ahead else 'no date yet. Agree on one.'}"]
        return "\n".join(lines) + "\n"


class Debriefing:
    """Debriefs of every pair."""

    def __init__(self, planning: Planning) -> None:
        self._planning = planning
        self._memory = planning.memory

    def form(self, pair: Pair, on: date) -> Form:
        """An empty form for a session on that day, with what could be ticked."""
        offered = self._offered(pair, on)
        return Form(on=on, open=tuple(Tick(ref, text) for ref, text in offered.items()))

    def empty(self, pair: Pair, on: date) -> str:
        """That form as Markdown, to fill in."""
        return render(self.form(pair, on), pair.first_name, hints=True)

    def read(self, pair: Pair, text: str, on: date) -> tuple[Form, tuple[Fault, ...]]:
        """What a filled-in form says; see :func:`coach.planning.form.parse`.

        Raises :class:`UsageError` for one without an entry, or too long to be kept.
        """
        form, faults = parse(whole("Debrief", text, MAX_NOTE), on, self._memory.locale)
        form = offered_back(form, self._offered(pair, form.on or on))
        if form.empty:
            raise UsageError(
                "Debrief", "nothing is filled in",
                "Write under its headings; `coach debrief PAIR --form` prints an empty one.",
            )  # fmt: skip
        return form, faults

    def keep(self, pair: Pair, form: Form, on: date, faults: tuple[Fault, ...] = ()) -> Debriefed:
        """Keep a debrief of the session on that day: its note and items, ticks, the next date."""
        form = offered_back(form, self._offered(pair, on))
        store = self._memory.store
        known = {item.id: item for item in store.items(pair)}
        items = [(int(t.ref), t) for t in form.done if t.ref.isdigit() and int(t.ref) in known]
        name = pair.first_name
        note = note_of(form, name)
        logged = self._memory.log(
            pair,
            on,
            note.text,
            lambda noticed: explicit(note, noticed, items, name, on, self._memory.locale),
        )
        behind, strange = self._tick(pair, form, on, set(known))
        ahead = self._plan(pair, form, on)
        self._planning.papers.keep(
            pair, "debrief", on.isoformat(),
            {"session": logged.session.number, "done": [key for key, _ in items],
             "behind": [tick.ref for tick in form.done if not tick.ref.isdigit()]},
            on,
        )  # fmt: skip
        ticked = {key for key, _ in items}
        closed = tuple(
            item
            for item in store.items(pair)
            if item.id in ticked or (item.status == "done" and _was_open(known.get(item.id)))
        )
        return Debriefed(
            logged.session, logged.new, form, tuple(logged.items), closed, behind, ahead,
            (*faults, *strange),
        )  # fmt: skip

    # -- pieces ------------------------------------------------------------

    def _offered(self, pair: Pair, on: date) -> dict[str, str]:
        """What could be ticked after a session on that day, by ref."""
        owed = [
            item
            for item in self._memory.store.items(pair, status="open", kind="commitment")
            if item.said_on <= on
        ]
        found = {
            str(item.id): f"{item.text} ({said(item, on)}){mark(item.private)}" for item in owed
        }
        # Looked at through the kept roadmap: the keys of its topics then stay as they are.
        ahead = [entry for entry in self._planning.roadmap(pair, on) if entry.place]
        for entry in ahead[:1]:
            found[entry.key] = f"{entry.topic}{mark(entry.private)}"
        for goal in self._planning.goal_views(pair, on):
            for number, one in enumerate(goal.milestones, 1):
                if goal.name and goal.status == "open" and one is goal.next:
                    found[f"{goal.name}/{number}"] = one.text
        return found

    def _tick(
        self, pair: Pair, form: Form, on: date, known: set[int]
    ) -> tuple[tuple[str, ...], list[Fault]]:
        """Tick topics and milestones; their words, and the ticks that name nothing."""
        topics = {entry.key: entry.topic for entry in self._planning.roadmap(pair, on)}
        goals = {goal.name: goal for goal in self._planning.goals(pair)}
        behind: list[str] = []
        strange: list[Fault] = []
        covered: list[str] = []
        for tick in form.done:
            name, _, number = tick.ref.partition("/")
            goal = goals.get(name)
            if key := _topic(tick, topics):
                covered.append(key)
                behind.append(topics[key])
            elif goal and number.isdigit() and 1 <= int(number) <= len(goal.milestones):
                place = int(number)
                behind.append(goal.milestones[place - 1].text)
                if goal.milestones[place - 1].done_on is None:
                    self._planning.change_goal(
                        pair, name, on, partial(change_milestone, number=place, done_on=on)
                    )
            elif not (tick.ref.isdigit() and int(tick.ref) in known):
                strange.append(
                    Fault(0, f"{tick.ref!r} is nothing that could be ticked; it stays in the note")
                )

        self._planning.change_roadmap(pair, on, partial(_covered, keys=covered, on=on))
        return tuple(behind), strange

    def _plan(self, pair: Pair, form: Form, on: date) -> NextSession | None:
        """Plan the next session; when the form names none, the one that is planned already."""
        planned = self._planning.planned
        if (ahead := form.next_session) is not None:
            planned.add(pair, ahead.on, ahead.at, ahead.minutes, ahead.place)
            return ahead
        there = planned.next(pair, on)
        return NextSession(there.on, there.at, there.minutes, there.place) if there else None


def _was_open(item: Item | None) -> bool:
    return item is not None and item.status == "open"


def _topic(tick: Tick, topics: Mapping[str, str]) -> str:
    """The key of the topic that was ticked: the one with its words, else the one with its key."""
    if not tick.ref.startswith("t"):
        return ""
    words = tick.text.removesuffix(mark(private=True)).strip()
    same = next((key for key, topic in topics.items() if topic == words), "")
    return same or (tick.ref if tick.ref in topics else "")


def _covered(roadmap: Roadmap, keys: list[str], on: date) -> Roadmap:
    for key in keys:
        roadmap = end(roadmap, key, "covered", on)
    return roadmap
