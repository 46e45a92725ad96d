"""Planning for a pair: gathers from the stores, calls the pure cores, keeps what they give."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from coach.agreement.agreement import Agreement
from coach.agreement.measures import length
from coach.agreement.service import Agreements
from coach.agreement.topics import terms
from coach.errors import UsageError
from coach.library.cards import Card
from coach.memory.items import Owner, Person
from coach.memory.memory import Memory
from coach.planning import goals as goal_book
from coach.planning.brief import Brief, brief
from coach.planning.check import Answers, Side, checked
from coach.planning.goal_views import GoalView, view, views
from coach.planning.goals import Goal, Status
from coach.planning.known import Known, Question, Settle
from coach.planning.roadmap import Roadmap, Slot, first_laid, grown, laid, rhythm, slots
from coach.planning.roadmap_views import Entry, closing_first, entries, live, sources
from coach.planning.smart import day_in
from coach.planning.stage import end_of, stage_of
from coach.planning.timeplan import DEFAULT_MINUTES, LONGEST, SHORTEST
from coach.storage.papers import Paper, PaperStore
from coach.text import slugify

if TYPE_CHECKING:
    from coach.storage.pairs import Pair
    from coach.storage.planned import PlannedStore

_AHEAD = 12
"""Sessions that a roadmap gives a day to; topics beyond them are kept without one."""
_FOLLOW_UPS = 12
_ROADMAP = "roadmap"


class Planning:
    """Goals, roadmap, checks and briefs of every pair; each method takes the pair."""

    def __init__(
        self,
        memory: Memory,
        papers: PaperStore,
        planned: PlannedStore,
        agreements: Agreements,
        card: Callable[[str], Card],
    ) -> None:
        self.memory = memory
        self.papers = papers
        self.planned = planned
        self._card = card
        self._agreements = agreements

    # -- goals -------------------------------------------------------------

    def goals(self, pair: Pair) -> list[Goal]:
        """The pair's goals in the order they were added."""
        return _goals(self.papers.newest(pair, "goal"))

    def goal_views(self, pair: Pair, on: date) -> list[GoalView]:
        """The goals as seen on that day, and those that memory has noticed by then."""
        known = [item for item in self.memory.store.items(pair) if item.said_on <= on]
        kept = [goal for goal in self.goals(pair) if goal.made_on <= on]
        return views(kept, known, on)

    def add_goal(
        self,
        pair: Pair,
        on: date,
        text: str = "",
        *,
        by: date | None = None,
        measure: str = "",
        why: str = "",
        owner: Owner | None = None,
        item_id: int | None = None,
        name: str = "",
    ) -> GoalView:
        """Keep a goal: the words ``text``, or those of a memory item, which are not copied.

        A day in the words is taken when ``by`` gives none. Raises :class:`UsageError` for neither
        or too long a text, a name or an item that is taken, and NotFoundError for no such item.
        """
        item = self.memory.store.item(pair, item_id) if item_id is not None else None
        if item is None and not text.strip():
            raise UsageError("Goal", "it has no words", "Say what is to be reached, or --from ID.")
        mentee: Owner = "them" if pair.role == "mentor" else "me"
        words = goal_book.checked(text) if text.strip() else ""
        goal = Goal(
            name=slugify(name) if name else "",
            text=words,
            owner=owner or (item.owner or item.about if item else mentee),
            made_on=on,
            by=by or (day_in(words, on, self.memory.locale) if words else None),
            measure=goal_book.checked(measure) if measure else "",
            why=goal_book.checked(why) if why else "",
            item=item.id if item else None,
        )
        kept = self.papers.add(
            pair, "goal", goal.as_body(), on,
            lambda known: goal_book.name_for(goal, _goals(known)),
        )  # fmt: skip
        items = {one.id: one for one in self.memory.store.items(pair)}
        return view(replace(goal, name=kept.name), items, on)

    def change_goal(
        self, pair: Pair, wanted: str, on: date, change: Callable[[Goal], Goal]
    ) -> GoalView:
        """Change the goal that ``wanted`` names; see :func:`coach.planning.goals.find`."""
        items = {item.id: item for item in self.memory.store.items(pair)}
        goal = goal_book.find(self.goals(pair), wanted, items)

        def changed(now: Paper | None) -> Mapping[str, Any]:
            return change(Goal.from_body(goal.name, now.body) if now else goal).as_body()

        kept = self.papers.revise(pair, "goal", goal.name, on, changed)
        return view(Goal.from_body(goal.name, kept.body), items, on)

    def close_goal(self, pair: Pair, wanted: str, status: Status, on: date) -> GoalView:
        """A goal is done, dropped or open again; so is the memory item that it rests on."""
        seen = self.change_goal(pair, wanted, on, lambda g: goal_book.closed(g, status, on))
        store = self.memory.store
        if seen.item is not None and any(i.id == seen.item for i in store.items(pair)):
            if status == "open":
                store.reopen(pair, seen.item)
            elif status == "done":
                store.done(pair, seen.item, on)
            else:
                store.drop(pair, seen.item, on)
        return seen

    # -- roadmap -----------------------------------------------------------

    def roadmap(self, pair: Pair, on: date, *, keep: bool = True) -> list[Entry]:
        """The roadmap on that day. Topics that are new since it was last looked at are kept,
        unless ``keep`` is False."""
        if not keep:
            return self._entries(pair, self._roadmap(pair, on), on)
        return self._revised(pair, on, first_laid)

    def change_roadmap(
        self, pair: Pair, on: date, change: Callable[[Roadmap], Roadmap]
    ) -> list[Entry]:
        """Change the roadmap, and lay what is ahead on the sessions to come."""
        return self._revised(pair, on, lambda grown, days: laid(change(grown), days))

    def agenda(self, pair: Pair, on: date) -> list[Entry]:
        """The topics ahead for the session on that day and those after it; nothing is kept."""
        found = self._entries(pair, self._roadmap(pair, on), on, before=True)
        ahead = [entry for entry in found if entry.place]
        return closing_first(ahead) if self._is_last(pair, on) else ahead

    def _is_last(self, pair: Pair, on: date) -> bool:
        """Whether the session on that day is the pair's last: the next would come after the end."""
        end = end_of([item for item in self.memory.store.items(pair) if item.said_on <= on], on)
        if end is None:
            return False
        planned = [one.on for one in self.planned.all(pair) if on < one.on <= end]
        return not planned and (end - on).days < rhythm(self._held(pair, on))

    def _revised(
        self, pair: Pair, on: date, change: Callable[[Roadmap, list[date]], Roadmap]
    ) -> list[Entry]:
        """Keep what ``change`` makes of the roadmap and the days of the sessions to come."""
        days = [slot.day for slot in self._slots(pair, on)]
        kept = self.papers.revise(
            pair, "roadmap", _ROADMAP, on,
            lambda now: change(self._grown(pair, on, now), days).as_body(),
        )  # fmt: skip
        return self._entries(pair, Roadmap.from_body(kept.body), on)

    def _roadmap(self, pair: Pair, on: date) -> Roadmap:
        return self._grown(pair, on, self.papers.last(pair, "roadmap", _ROADMAP))

    def _grown(self, pair: Pair, on: date, kept: Paper | None) -> Roadmap:
        roadmap = Roadmap.from_body(kept.body) if kept else Roadmap()
        goals, days = self.goal_views(pair, on), self._held(pair, on)
        items = [item for item in self.memory.store.items(pair) if item.said_on <= on]
        mentee = "them" if pair.role == "mentor" else "me"
        ending = stage_of(days, items, on) == "ending"
        found = sources(goals, items, on, len(days), mentee=mentee, ending=ending)
        # An edited roadmap still takes up what is new, at its end.
        return grown(roadmap, found, live(goals, items, len(days), ending=ending), on)

    def _entries(
        self, pair: Pair, roadmap: Roadmap, on: date, *, before: bool = False
    ) -> list[Entry]:
        held = [day for day in self._held(pair, on) if not before or day < on]
        ahead = self._slots(pair, on, before=before)
        goals = self.goal_views(pair, on)
        return entries(roadmap, ahead, goals, self.memory.store.items(pair), on, held)

    def _slots(self, pair: Pair, on: date, *, before: bool = False) -> list[Slot]:
        """The sessions to come; ``before`` takes ``on`` itself as one that is still to be held."""
        planned = [one.on for one in self.planned.all(pair)]
        held = [day for day in self._held(pair, on) if not before or day < on]
        return slots([*planned, on] if before else planned, held, on, _AHEAD)

    def _held(self, pair: Pair, on: date) -> list[date]:
        return [session.on for session in self.memory.store.sessions(pair) if session.on <= on]

    # -- the check ---------------------------------------------------------

    def checks(self, pair: Pair) -> list[Answers]:
        """All answers to the relationship check, by side and day."""
        sides: tuple[Side, ...] = ("me", "them")
        return [
            checked(side, date.fromisoformat(paper.body["on"]), paper.body["answers"])
            for side in sides
            for paper in self.papers.versions(pair, "check", side)
        ]

    def keep_check(self, pair: Pair, answers: Answers) -> int:
        """Keep one side's answers; the last of a day counts. Returns how many sets there were."""
        before = len(self.papers.versions(pair, "check", answers.side))
        body = {"on": answers.on.isoformat(), "answers": dict(answers.given)}
        self.papers.keep(pair, "check", answers.side, body, answers.on)
        return before

    def take_back_check(self, pair: Pair, side: Side, before: int) -> None:
        """Of one side's sets of answers, only the first ``before`` are there any more."""
        self.papers.cut(pair, "check", side, before)

    # -- the brief ---------------------------------------------------------

    def brief(
        self, pair: Pair, on: date, questions: Sequence[Question], minutes: int | None = None
    ) -> Brief:
        """The page for the session on that day; ``questions`` come from :mod:`coach.conversation`.

        ``minutes`` is its length: else what is planned for that day, else what was agreed.
        Raises :class:`UsageError` for a length that no session has.
        """
        store = self.memory.store
        items = [item for item in store.items(pair) if item.said_on <= on]
        agreement, limits = self._agreements.current(pair), self._agreements.limits(pair)
        known = Known(
            role=pair.role,
            them=Person(pair.name, pair.their_role),
            name=pair.first_name,
            on=on,
            items=items,
            sessions=[session for session in store.sessions(pair) if session.on <= on],
            follow_ups=self.memory.follow_ups(pair, on, _FOLLOW_UPS),
            goals=self.goal_views(pair, on),
            roadmap=self.agenda(pair, on),
            questions=questions,
            settle=[
                Settle(one.name, one.title, one.question, one.card)
                for one in terms().topics.values()
                if not agreement.entry(one.name).settled
            ],
            minutes=minutes or self._minutes(pair, on, agreement),
            told=bool(store.counts(pair)["turns"]),
            last=self._is_last(pair, on),
            forbids=lambda text: limits.forbids(text, on),
        )
        return brief(known, self._card)

    def next_session(self, pair: Pair, on: date) -> date:
        """The day that is planned next, ``on`` itself included; ``on`` when none is planned."""
        return next((one.on for one in self.planned.all(pair) if one.on >= on), on)

    def _minutes(self, pair: Pair, on: date, agreement: Agreement) -> int:
        planned = [one.minutes for one in self.planned.all(pair) if one.on == on and one.minutes]
        entry = agreement.entry("length")
        agreed = length(entry.agreed) if entry.settled else None
        meant = planned[0] if planned else round(agreed) if agreed else DEFAULT_MINUTES
        return min(LONGEST, max(SHORTEST, meant))


def _goals(kept: Sequence[Paper]) -> list[Goal]:
    return [Goal.from_body(paper.name, paper.body) for paper in kept]
