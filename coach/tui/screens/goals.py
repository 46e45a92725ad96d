"""Goals with their milestones, the topics of the coming sessions, and both on a timeline."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static, Tab, Tabs

from coach.tui.goal_rows import NO_GOAL, NO_TOPIC, Place, goal_sections, roadmap_sections
from coach.tui.pictures.looking_back import goals as goal_picture
from coach.tui.plain import one_line
from coach.tui.screens.goal_keys import GoalKeys
from coach.tui.screens.pair_page import HELP, tab_keys
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.memory_list import MemoryList
from coach.tui.widgets.picture import PictureView, prepare
from coach.tui.widgets.status import Heading
from coach.tui.wording import pair_line

if TYPE_CHECKING:
    from coach.planning.goal_views import GoalView
    from coach.planning.roadmap_views import Entry
    from coach.storage.pairs import Pair
    from coach.tui.service import Service

LOADING = "One moment: I am looking up where the two of you want to get to."
GOALS, ROADMAP, PICTURE = "goals", "roadmap", "timeline"
TABS = {GOALS: "Goals", ROADMAP: "Roadmap", PICTURE: "Timeline"}
TALL = 40
"""Lines from which the timeline stands below the goals too."""


class GoalsScreen(GoalKeys):
    """Three tabs; the highlighted row is what the keys are about. ``tab`` is the first."""

    AUTO_FOCUS = "MemoryList OptionList"
    DEFAULT_CSS = """
    GoalsScreen > PictureView {
        display: none;
    }

    GoalsScreen.-goals.-tall > MemoryList {
        height: 45%;
    }

    GoalsScreen.-goals.-tall > PictureView {
        display: block;
        padding-top: 1;
        border-top: solid $border-blurred;
    }

    GoalsScreen.-timeline > PictureView {
        display: block;
    }

    GoalsScreen.-timeline > MemoryList {
        display: none;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "tab(-1)", show=False),
        Binding("right", "tab(1)", show=False),
        *tab_keys("goals", TABS),
        HELP,
        Binding("escape", "dismiss", "Back"),
    ]

    def __init__(self, service: Service, pair: Pair, tab: str = GOALS) -> None:
        super().__init__(service, pair)
        self._tab = tab
        self._goals: list[GoalView] = []
        self._entries: list[Entry] = []
        self._places: dict[str, Place] = {}
        self._loaded = False

    def compose(self) -> ComposeResult:
        yield Heading(f"Goals and roadmap with {pair_line(self.pair)}")
        tabs = Tabs(
            *(Tab(f"{n} {name}", id=key) for n, (key, name) in enumerate(TABS.items(), 1)),
            active=self._tab,
        )
        tabs.can_focus = False
        yield tabs
        yield MemoryList(LOADING)
        yield PictureView()
        yield Static("", classes="said", markup=False)
        yield KeyLine()

    async def load_anew(self) -> None:
        await asyncio.to_thread(prepare)
        self._goals = await asyncio.to_thread(self.service.goals, self.pair)
        self._entries = await asyncio.to_thread(self.service.roadmap, self.pair)
        self._loaded = True
        self._show()

    def _show(self) -> None:
        for tab in TABS:
            self.set_class(tab == self._tab, f"-{tab}")
        if not self._loaded:
            return
        today, name = self.service.today, one_line(self.pair.first_name)
        listed = self.query_one(MemoryList)
        if self._tab == ROADMAP:
            listed.show(roadmap_sections(self._entries, today), NO_TOPIC)
        else:
            sections, self._places = goal_sections(self._goals, today)
            who = f"{name} wants" if self.pair.role == "mentor" else "you want"
            listed.show(sections, NO_GOAL.replace("{who}", who))
        picture = self.query_one(PictureView)
        picture.show(goal_picture(self._goals, today))
        if self._tab == PICTURE:
            picture.focus()
        else:
            self.query_one(OptionList).focus()
        self.refresh_bindings()

    def on_tabs_tab_activated(self, event: Tabs.TabActivated) -> None:
        event.stop()
        self._turn()

    def _turn(self) -> None:
        """Show the tab that is active at this moment."""
        before, self._tab = self._tab, self.query_one(Tabs).active or GOALS
        if before != self._tab:
            self.query_one(MemoryList).start_over()
            self.tell("")
        self._show()

    def on_memory_list_chosen(self) -> None:
        self.refresh_bindings()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height >= TALL, "-tall")

    def action_tab(self, by: int) -> None:
        self.action_go((list(TABS).index(self._tab) + by) % len(TABS))

    def action_go(self, place: int) -> None:
        self.query_one(Tabs).active = list(TABS)[place]
        self._turn()

    # -- what the keys are about ---------------------------------------------------------------

    @property
    def tab(self) -> str:
        return self._tab

    @property
    def place(self) -> Place | None:
        row = self.query_one(MemoryList).row if self._tab == GOALS else None
        return self._places.get(row.key) if row else None

    @property
    def goal(self) -> GoalView | None:
        """The goal that the highlighted row is about, or is a milestone of."""
        at = self.place
        return next((g for g in self._goals if at and (g.name, g.item) == (at.name, at.item)), None)

    @property
    def entry(self) -> Entry | None:
        """The topic of the roadmap that is highlighted."""
        row = self.query_one(MemoryList).row if self._tab == ROADMAP else None
        return next((one for one in self._entries if row and one.key == row.key), None)
