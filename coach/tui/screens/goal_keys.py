"""The keys that change goals and the roadmap: add, edit, done, milestones, notes, order."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from coach.tui.plain import one_line
from coach.tui.screens.form import Field, FormScreen
from coach.tui.screens.pair_page import PairPage

if TYPE_CHECKING:
    from coach.planning.goal_views import GoalView
    from coach.planning.goals import Goal, Status
    from coach.planning.roadmap import Roadmap, State
    from coach.planning.roadmap_views import Entry
    from coach.tui.goal_rows import Place

_OF_GOAL = frozenset({"milestone", "note"})


class GoalKeys(PairPage[None]):
    """A page whose keys act on a goal, a milestone or a topic of the roadmap."""

    WRITES: ClassVar[frozenset[str]] = PairPage.WRITES | {
        "add",
        "take_up",
        "edit",
        "done",
        "reopen",
        "milestone",
        "note",
        "move",
        "drop",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", id="goals.add"),
        Binding("t", "take_up", "Take up", id="goals.take_up"),
        Binding("e", "edit", "Edit", id="goals.edit"),
        Binding("d", "done", "Done", id="goals.done"),
        Binding("d", "reopen", "Reopen", id="goals.done"),
        Binding("m", "milestone", "Milestone", id="goals.milestone"),
        Binding("n", "note", "Note", id="goals.note"),
        Binding("minus,ctrl+up", "move(-1)", "Sooner", key_display="-", id="goals.sooner"),
        Binding("plus,ctrl+down", "move(1)", "Later", key_display="+", id="goals.later"),
        Binding("x", "drop", "Drop", id="goals.drop"),
    ]

    @property
    @abstractmethod
    def tab(self) -> str:
        """Which of the lists is shown."""

    @property
    @abstractmethod
    def place(self) -> Place | None:
        """The goal or milestone that is highlighted."""

    @property
    @abstractmethod
    def goal(self) -> GoalView | None:
        """The goal that the highlighted row is about, or is a milestone of."""

    @property
    @abstractmethod
    def entry(self) -> Entry | None:
        """The topic of the roadmap that is highlighted."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action not in {
            "add", "take_up", "edit", "done", "reopen", "milestone", "note", "move", "drop",
        }:  # fmt: skip
            return super().check_action(action, parameters)
        if not self.is_mounted or self.tab == "timeline":
            return False
        goal, entry = self.goal, self.entry
        kept = goal is not None and bool(goal.name)
        is_open = goal is not None and goal.status == "open"
        ahead = entry is not None and entry.place > 0
        if action in _OF_GOAL:
            return kept and is_open
        return {
            "add": True,
            "take_up": goal is not None and not kept,
            "edit": kept and is_open,
            "done": ahead or (kept and is_open),
            "reopen": (kept and not is_open) or (entry is not None and not ahead),
            "move": ahead,
            "drop": ahead or (kept and is_open),
        }[action]

    # -- adding and editing --------------------------------------------------------------------

    def action_add(self) -> None:
        self.go(self._add_topic() if self.tab == "roadmap" else self._add_goal())

    def action_take_up(self) -> None:
        if goal := self.goal:
            self.go(self._take_up(goal))

    def action_edit(self) -> None:
        at, goal = self.place, self.goal
        if at is not None and goal is not None:
            self.go(self._edit_milestone(goal, at.number) if at.number else self._edit(goal))

    async def _ask(
        self, draft: str, title: str, fields: list[Field], about: str = "", *, needed: bool = True
    ) -> dict[str, str] | None:
        today, locale = self.service.today, self.service.locale
        form = FormScreen(title, fields, about=about, needed=needed, today=today, locale=locale)
        return await self.ask(form, draft)

    async def _add_goal(self) -> None:
        given = await self._ask("goal", "A goal", _goal_fields("", None, "", ""))
        if given is not None:
            await self._keep_new(given["text"], given)

    async def _take_up(self, goal: GoalView) -> None:
        fields = _goal_fields(goal.text, goal.by, goal.measure, goal.why)[1:]
        draft = f"goal:{goal.item}"
        given = await self._ask(draft, "Take up this goal", fields, goal.text, needed=False)
        if given is not None:
            await self._keep_new("", given, goal.item)

    async def _keep_new(self, text: str, given: dict[str, str], item: int | None = None) -> None:
        service, pair = self.service, self.pair
        names: list[str] = []

        def keep() -> None:
            made = service.add_goal(
                pair, text, by=_day(given["by"]), measure=given["measure"], why=given["why"],
                item_id=item,
            )  # fmt: skip
            names.append(made.name)

        said = "Kept. A milestone or two on the way make it easy to follow."
        await self.change(said, keep, lambda: service.take_back_goal(pair, names[0]))

    async def _edit(self, goal: GoalView) -> None:
        from coach.planning.goals import moved_to

        fields = _goal_fields(goal.text, goal.by, goal.measure, goal.why)
        given = await self._ask(f"goal:{goal.name}", "The goal", fields)
        if given is None:
            return
        today, by = self.service.today, _day(given["by"])
        # The words of a goal that rests on a memory item are that item's, until they are changed.
        text = "" if given["text"] == one_line(goal.text) else given["text"]

        def changed(one: Goal) -> Goal:
            one = replace(one, text=text or one.text, measure=given["measure"], why=given["why"])
            return one if by == goal.by else moved_to(one, by, today)

        await self._change_goal(goal.name, "Changed.", changed)

    async def _change_goal(self, name: str, said: str, changed: Callable[[Goal], Goal]) -> None:
        service, pair = self.service, self.pair
        before: list[Goal] = []

        def remembering(one: Goal) -> Goal:
            before.append(one)
            return changed(one)

        await self.change(
            said,
            lambda: service.change_goal(pair, name, remembering),
            lambda: service.change_goal(pair, name, lambda _: before[-1]),
        )

    # -- milestones and notes ------------------------------------------------------------------

    def action_milestone(self) -> None:
        if goal := self.goal:
            self.go(self._add_milestone(goal))

    async def _add_milestone(self, goal: GoalView) -> None:
        from coach.planning.goals import with_milestone

        fields = _milestone_fields("", None)
        given = await self._ask(
            f"step:{goal.name}", "A milestone", fields, f"On the way to: {goal.text}"
        )
        if given is not None:
            by = _day(given["by"])
            await self._change_goal(
                goal.name, "Kept.", lambda one: with_milestone(one, given["text"], by)
            )

    async def _edit_milestone(self, goal: GoalView, number: int) -> None:
        from coach.planning.goals import reworded

        now = goal.milestones[number - 1]
        fields, draft = _milestone_fields(now.text, now.by), f"step:{goal.name}/{number}"
        given = await self._ask(draft, "The milestone", fields)
        if given is not None:
            by = _day(given["by"])
            await self._change_goal(
                goal.name, "Changed.", lambda one: reworded(one, number, given["text"], by)
            )

    def action_note(self) -> None:
        if goal := self.goal:
            self.go(self._note(goal))

    async def _note(self, goal: GoalView) -> None:
        from coach.planning.goals import noted

        fields = [Field("text", "What has moved")]
        given = await self._ask(f"moved:{goal.name}", "How far is it?", fields, goal.text)
        if given is not None:
            today = self.service.today
            await self._change_goal(
                goal.name, "Noted.", lambda one: noted(one, given["text"], today)
            )

    # -- done, dropped, open again -------------------------------------------------------------

    def action_done(self) -> None:
        at, goal, entry = self.place, self.goal, self.entry
        if entry is not None:
            self._end(entry, "covered", "Covered. What comes after it moves up.")
        elif at is not None and goal is not None and at.number:
            self._tick(goal, at.number)
        elif goal is not None:
            self._close(goal, "done", "Reached. That is worth a word in the next session.")

    def _tick(self, goal: GoalView, number: int) -> None:
        from coach.planning.goals import reached

        day = None if goal.milestones[number - 1].done_on else self.service.today
        said = "Reached." if day else "Ahead again."
        self.go(self._change_goal(goal.name, said, lambda one: reached(one, number, day)))

    def action_drop(self) -> None:
        from coach.planning.goals import change_milestone

        at, goal, entry = self.place, self.goal, self.entry
        if entry is not None:
            self._end(entry, "dropped", "Taken off the roadmap.")
        elif at is not None and goal is not None and at.number:
            number = at.number
            self.go(
                self._change_goal(
                    goal.name, "Let go.", lambda one: change_milestone(one, number, drop=True)
                )
            )
        elif goal is not None:
            self._close(goal, "dropped", "Let go. Undo takes that back.")

    def action_reopen(self) -> None:
        goal, entry = self.goal, self.entry
        if entry is not None:
            self._end(entry, "ahead", "Ahead again, at the end.")
        elif goal is not None:
            self._close(goal, "open", "Open again.")

    def _close(self, goal: GoalView, status: Status, said: str) -> None:
        service, pair = self.service, self.pair
        # A goal whose words were superseded in memory is an open one for us.
        before: Status = "open" if goal.status == "superseded" else goal.status
        self.go(
            self.change(
                said,
                lambda: service.close_goal(pair, goal.name, status),
                lambda: service.close_goal(pair, goal.name, before),
            )
        )

    # -- roadmap -------------------------------------------------------------------------------

    async def _add_topic(self) -> None:
        from coach.planning.goals import checked
        from coach.planning.roadmap import put

        at = self.entry.place if self.entry and self.entry.place else 1
        field = Field("text", "What to talk about")
        given = await self._ask("topic", f"A topic, at place {at}", [field])
        if given is not None:
            await self._change_roadmap("Kept.", lambda one: put(one, at, checked(given["text"])))

    def action_move(self, by: int) -> None:
        from coach.planning.roadmap import move

        entry = self.entry
        if entry is None:
            return

        def moved(one: Roadmap) -> Roadmap:
            # By its key: a quick second press may come before the list is shown anew.
            at = next((n for n, t in enumerate(one.ahead, 1) if t.key == entry.key), 0)
            return move(one, at, min(max(1, at + by), len(one.ahead))) if at else one

        self.go(self._change_roadmap("Moved. The days stay, the topics move.", moved))

    def _end(self, entry: Entry, state: State, said: str) -> None:
        from coach.planning.roadmap import end

        today = self.service.today
        self.go(
            self._change_roadmap(
                said,
                lambda one: end(one, entry.key, state, today),
            )
        )

    async def _change_roadmap(self, said: str, changed: Callable[[Roadmap], Roadmap]) -> None:
        service, pair = self.service, self.pair
        before: list[Roadmap] = []

        def remembering(one: Roadmap) -> Roadmap:
            before.append(one)
            return changed(one)

        await self.change(
            said,
            lambda: service.change_roadmap(pair, remembering),
            lambda: service.change_roadmap(pair, lambda _: before[-1]),
        )


def _goal_fields(text: str, by: date | None, measure: str, why: str) -> list[Field]:
    return [
        Field("text", "What is to be reached", text),
        Field("by", "By when, or nothing for no day", by.isoformat() if by else "", "day"),
        Field("measure", "How one sees that it is reached", measure),
        Field("why", "What it is for", why),
    ]


def _milestone_fields(text: str, by: date | None) -> list[Field]:
    return [
        Field("text", "What is reached then", text),
        Field("by", "By when, or nothing for no day", by.isoformat() if by else "", "day"),
    ]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
