"""The page one starts from: whom there is, when you meet next, and what is waiting."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import OptionList

from coach.tui.home_rows import NO_ONE, home_sections
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.memory_list import MemoryList
from coach.tui.widgets.start import Start
from coach.tui.widgets.status import StatusLine

if TYPE_CHECKING:
    from textual.events import ScreenResume

    from coach.planning.standing import Standing
    from coach.storage.pairs import Pair
    from coach.tui.app import CoachApp

LOADING = "Opening your pairs. Enter goes to the chat right away."
BUILDING = "Inventing a pair and a year of notes. That takes a few seconds."
TITLE = "your pairs"


class HomeScreen(Screen[None]):
    """The pairs; the highlighted one is what the keys are about.

    With ``empty`` nobody is there yet, and it says how to begin. ``marked`` is the id of the pair
    to highlight first.
    """

    WRITES: ClassVar[frozenset[str]] = frozenset({"write_up"})
    AUTO_FOCUS = "MemoryList OptionList"
    DEFAULT_CSS = """
    HomeScreen > MemoryList.-narrow > VerticalScroll {
        height: 60%;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p,f9", "prepare", "Prep", id="home.prepare"),
        Binding("c", "chat", "Chat", id="home.chat"),
        Binding("w,f5", "write_up", "Note", id="home.write_up"),
        Binding("m,f4", "memory", "Memory", id="home.memory"),
        Binding("f10", "app.pages", "More", id="app.pages"),
        Binding("s", "page('agreement')", "Agreement", show=False, id="home.agreement"),
        Binding("g", "page('goals')", "Goals", show=False, id="home.goals"),
        Binding("k", "page('check')", "Check", show=False, id="home.check"),
        Binding("t", "page('timeline')", "Looking back", show=False, id="home.timeline"),
        Binding("o", "page('roadmap')", "Roadmap", show=False, id="home.roadmap"),
        Binding("r", "page('rehearse')", "Rehearse", id="home.rehearse"),
        Binding("a", "app.add_pair", "Add", id="home.add"),
        Binding("d", "app.demonstration", "Demo", id="home.demo"),
        Binding("ctrl+r", "app.retry", "Try again", id="app.retry"),
        Binding("f1", "app.help", "Help", id="app.help"),
        Binding("enter", "chat", "Chat", show=False),
        Binding("escape", "back", "Back", show=False),
        Binding("f8", "back", show=False, id="chat.home"),
    ]

    state: reactive[str] = reactive("", init=False)
    """What the engine is doing, in words; empty when there is nothing to say."""

    def __init__(self, state: str = "", *, empty: bool = False, marked: int | None = None) -> None:
        super().__init__()
        self._found: list[Standing] = []
        self._marked = marked
        self.empty = empty
        self.loaded = False
        self.set_reactive(HomeScreen.state, state)

    def compose(self) -> ComposeResult:
        line = StatusLine()
        line.set_reactive(StatusLine.state, self.state)
        line.set_reactive(StatusLine.who, TITLE)
        yield line
        if self.empty:
            yield Start(demo=self._app.can_demonstrate)
        else:
            yield MemoryList(BUILDING if self._app.demonstration else LOADING)
        yield KeyLine()

    @property
    def _app(self) -> CoachApp:
        return cast("CoachApp", self.app)

    @property
    def pair(self) -> Pair | None:
        """The pair that is highlighted."""
        for one in self.query(MemoryList):
            key = one.row.key if one.row else ""
            return next((s.pair for s in self._found if str(s.pair.id) == key), None)
        return None

    # -- showing -------------------------------------------------------------------------------

    def watch_state(self, state: str) -> None:
        for line in self.query(StatusLine):
            line.state = state

    def on_screen_resume(self, event: ScreenResume) -> None:
        self.load()

    def load(self) -> None:
        """Show the pairs as they are now; nothing happens before the service is there."""
        if self._app.service is not None:
            self.run_worker(self._load(), group="load", exclusive=True, exit_on_error=False)

    async def _load(self) -> None:
        service = self._app.service
        assert service is not None
        self._found = await asyncio.to_thread(service.standings)
        today = service.today
        self.loaded = True
        if bool(self._found) == self.empty:
            await self._swap(empty=not self._found)
        if self._found:
            listed = self.query_one(MemoryList)
            first = listed.row is None
            listed.show(home_sections(self._found, today), "")
            if first:
                self._mark(listed)
        self.refresh_bindings()
        self._app.going.arrived()

    async def _swap(self, *, empty: bool) -> None:
        self.empty = empty
        await self.query("Start, MemoryList").remove()
        made = Start(demo=self._app.can_demonstrate) if empty else MemoryList(LOADING)
        await self.mount(made, before=self.query_one(KeyLine))
        if not empty:
            self.query_one(OptionList).focus()

    def _mark(self, listed: MemoryList) -> None:
        if self._marked is not None:
            key = str(self._marked) if self._marked else NO_ONE
            listed.go_to(key)
        if self.focused is None:
            self.query_one(OptionList).focus()

    # -- keys ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not self.empty if action in {"prepare", "write_up", "memory", "page"} else True

    def on_memory_list_chosen(self) -> None:
        self.refresh_bindings()

    def on_memory_list_opened(self) -> None:
        self.action_chat()

    def on_start_chosen(self, event: Start.Chosen) -> None:
        match event.way:
            case "add":
                self._app.action_add_pair()
            case "demo":
                self._app.action_demonstration()
            case _:
                self.action_chat()

    def action_prepare(self) -> None:
        self._app.action_prepare()

    def action_write_up(self) -> None:
        self._app.action_write_up()

    def action_memory(self) -> None:
        self._app.action_memory()

    def action_page(self, name: str) -> None:
        self._app.action_page(name)

    def action_chat(self) -> None:
        self._app.going.chat(self.pair, sure=self.loaded)

    def action_back(self) -> None:
        if self._app.chat.session is not None:
            self.dismiss()
