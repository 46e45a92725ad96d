"""Every setting with what it does, and every key; both can be changed here."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from coach.errors import CoachError
from coach.tui.keys import Doing, chosen
from coach.tui.memory_rows import matching
from coach.tui.notices import show_error
from coach.tui.setting_rows import KEYS, key_sections, say_name, setting_sections, value
from coach.tui.themes import theme_name
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.memory_list import MemoryList
from coach.tui.widgets.status import Heading

if TYPE_CHECKING:
    from coach.settings_file import SettingState
    from coach.tui.app import CoachApp
    from coach.tui.service import Service

LOADING = "One moment."
NO_MATCH = "Nothing here holds these words."
NOT_HERE = "It is given by {variable} in the environment. Unset that to choose here."
ONLY_OUTSIDE = "A secret: set it as COACH_{name} in the environment. It is not kept in the file."
READ_ONLY = "Nothing can be changed: coach is open elsewhere."


class SettingsScreen(Screen[None]):
    """The settings, then the keys by page."""

    WRITES: ClassVar[frozenset[str]] = frozenset({"change", "default"})
    AUTO_FOCUS = "MemoryList OptionList"
    DEFAULT_CSS = """
    SettingsScreen > Input {
        display: none;
        border: round $border;
        background: $background;
    }

    SettingsScreen.-filtering > Input {
        display: block;
    }

    SettingsScreen > .said {
        height: 1;
        padding: 0 1;
        color: $text-muted;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """
    HELP = "Enter changes what is marked. A key is changed by pressing another one."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", "Change"),
        Binding("d", "default", "Default", id="settings.default"),
        Binding("slash", "filter", "Filter", key_display="/", id="settings.filter"),
        Binding("f1", "app.help", "Help", id="app.help"),
        Binding("escape", "back", "Back"),
        Binding("f12", "leave", show=False, id="app.settings"),
    ]

    def __init__(self, service: Service) -> None:
        super().__init__()
        self._service = service
        self._states: list[SettingState] = []
        self._known: list[Doing] = []

    def compose(self) -> ComposeResult:
        yield Heading("Settings and keys")
        yield Input(placeholder="Words to look for", max_length=200)
        yield MemoryList(LOADING)
        yield Static("", classes="said", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self._look("")

    @property
    def _app(self) -> CoachApp:
        return cast("CoachApp", self.app)

    # -- showing -------------------------------------------------------------------------------

    def _look(self, said: str) -> None:
        self.run_worker(self._load(said), group="load", exclusive=True, exit_on_error=False)

    async def _load(self, said: str) -> None:
        from coach.tui.looks import all_doings

        self._states = await asyncio.to_thread(self._service.setting_states)
        self._known = await asyncio.to_thread(all_doings)
        self.query_one(".said", Static).update(said)
        self._show()

    def _show(self) -> None:
        found = setting_sections(self._states)
        found += key_sections(self._known, self._service.key_choices)
        fitting = matching(found, self.query_one(Input).value)
        self.query_one(MemoryList).show(fitting, NO_MATCH)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one("Rows").focus()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            show_error(self.app, event.worker.error)

    # -- changing ------------------------------------------------------------------------------

    @property
    def _state(self) -> SettingState | None:
        row = self.query_one(MemoryList).row
        return next((one for one in self._states if row and one.name == row.key), None)

    @property
    def _doing(self) -> Doing | None:
        row = self.query_one(MemoryList).row
        now = chosen(self._known, self._service.key_choices)
        return next((one for one in now if row and f"{KEYS}:{one.id}" == row.key), None)

    def _refusal(self, state: SettingState | None) -> str:
        """Why nothing can be changed, in words; "" when it can."""
        if self._service.read_only:
            return READ_ONLY
        if state is not None and state.variable:
            return NOT_HERE.replace("{variable}", state.variable)
        if state is not None and state.secret:
            return ONLY_OUTSIDE.replace("{name}", state.name.upper())
        return ""

    def on_memory_list_opened(self) -> None:
        self.action_change()

    def action_change(self) -> None:
        state, doing = self._state, self._doing
        refusal = self._refusal(state)
        if refusal:
            self.query_one(".said", Static).update(refusal)
        elif doing is not None:
            self._change_key(doing)
        elif state is not None:
            self._change_setting(state)

    def _change_setting(self, state: SettingState) -> None:
        from coach.tui.screens.line import LineScreen

        async def take(text: str) -> str:
            return await self._put(state.name, text)

        hint = "Enter keeps it, and an empty line is the default. Esc leaves it."
        can_be = f"\nIt can be: {', '.join(state.choices)}." if state.choices else ""
        asked = LineScreen(say_name(state.name), state.description + can_be, hint, take, state.text)
        self.app.push_screen(asked)

    async def _put(self, name: str, text: str) -> str:
        """Keep a setting; what is wrong with it in words, or ""."""
        try:
            await asyncio.to_thread(self._service.change_setting, name, text)
            states = await asyncio.to_thread(self._service.setting_states)
        except CoachError as error:
            return f"{error.what}. {error.remedy}"
        state = next(one for one in states if one.name == name)
        if name == "theme":
            self._app.theme = theme_name(state.text)
        holds = "" if state.at_once else " It holds from the next start."
        self._look(f"{say_name(name)}: {value(state)}.{holds}")
        return ""

    def _change_key(self, doing: Doing) -> None:
        from coach.tui.screens.key_press import KeyScreen

        def changed(done: bool | None) -> None:
            if done:
                self._app.set_keymap(self._service.key_choices)
                self._look(f"{doing.name} has another key.")

        asked = KeyScreen(self._service, self._known, self._service.key_choices, doing)
        self.app.push_screen(asked, changed)

    async def action_default(self) -> None:
        state, doing = self._state, self._doing
        problem = self._refusal(state)
        if not problem and state is not None:
            problem = await self._put(state.name, "")
        elif not problem and doing is not None:
            try:
                await asyncio.to_thread(self._service.change_key, doing.id, "")
                self._app.set_keymap(self._service.key_choices)
                self._look(f"{doing.name} has its own key again.")
            except CoachError as error:
                problem = f"{error.what}. {error.remedy}"
        if problem:
            self.query_one(".said", Static).update(problem)

    # -- keys ----------------------------------------------------------------------------------

    def action_filter(self) -> None:
        self.add_class("-filtering")
        self.query_one(Input).focus()

    def action_back(self) -> None:
        if not self.has_class("-filtering"):
            self.action_leave()
            return
        self.remove_class("-filtering")
        self.query_one(Input).value = ""
        self.query_one("Rows").focus()

    def action_leave(self) -> None:
        self.dismiss()
