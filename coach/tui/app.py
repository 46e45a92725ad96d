"""The app: opens the service behind the first paint, and goes from pair to pair."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Coroutine, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from coach.paths import Places, default_places
from coach.tui import wording
from coach.tui.notices import show_error
from coach.tui.opening import Opening
from coach.tui.remembered import NO_PAIR, Keeper
from coach.tui.screens.chat import ChatScreen
from coach.tui.service import open_session
from coach.tui.themes import DARK, LIGHT

if TYPE_CHECKING:
    from coach.storage.pairs import Pair
    from coach.tui.service import Service, Session

Opener = Callable[[], "Service"]


_OPEN_AT_THE_LATEST = 0.5
"""Seconds after the start at which opening begins, even if no frame has told of itself."""


class CoachApp(App[None]):
    """The coach in the terminal.

    ``opener`` makes the service; it is called once, in a thread, after the first paint. ``places``
    says where the database would be: without one, the two questions of a first start come at once.
    """

    TITLE = "coach"
    CSS_PATH = "coach.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", priority=True),
    ]

    def __init__(self, opener: Opener, *, places: Places | None = None) -> None:
        super().__init__()
        places = places or default_places()
        self._first_start = not places.database.exists()
        self._keeper = Keeper(places.home)
        self.opening = Opening(opener, self._tell_state)
        self._beginning: Worker[None] | None = None
        self._drafts: dict[int | None, str] = {}
        self.unsaved_notes: dict[int, tuple[str, str]] = {}
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        chosen = self._keeper.now.theme
        self.theme = chosen if chosen in self.available_themes else DARK.name

    def get_default_screen(self) -> Screen[None]:
        screen = ChatScreen()
        # Textual 8.2 cannot switch away from a default screen that nobody waits for.
        screen._push_result_callback(self, None)
        return screen

    @property
    def chat(self) -> ChatScreen:
        """The chat at the bottom of the screen stack."""
        screen = self.screen_stack[0]
        assert isinstance(screen, ChatScreen)
        return screen

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, lambda theme: self._keeper.keep(theme=theme.name))
        self._beginning = self.run_worker(self._begin(), exit_on_error=False)
        # The first frame goes out before a thread competes with it for the interpreter.
        self.call_after_refresh(self.call_after_refresh, self._open_once)
        # A screen that closes at once takes what was to follow its next frame with it.
        self.set_timer(_OPEN_AT_THE_LATEST, self._open_once)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            show_error(self, event.worker.error)

    # -- starting ------------------------------------------------------------------------------

    @property
    def service(self) -> Service | None:
        """The service, once it is open."""
        return self.opening.service

    def _open_once(self) -> None:
        if not self.opening.tried:
            self._open()

    def _open(self) -> None:
        self.opening.tried = True
        gc.enable()  # run_app turned it off for the launch
        self.run_worker(self.opening.run(), name="open", exit_on_error=False)

    def _tell_state(self, state: str) -> None:
        if self.screen_stack:  # there is none any more while the app ends
            self.chat.state = state
            self.refresh_bindings()

    async def _begin(self) -> None:
        if self._first_start:
            await self._enter(await self._make_pair(first=True))
            return
        service = await self.opening.wait()
        pairs = await asyncio.to_thread(service.pairs)
        last = self._keeper.now.pair
        if last == NO_PAIR:
            await self._enter(None)
        elif pairs:
            await self._enter(next((pair for pair in pairs if pair.id == last), pairs[-1]))
        else:
            await self._enter(await self._make_pair(first=True))

    # -- pairs and conversations ---------------------------------------------------------------

    async def _make_pair(self, *, first: bool) -> Pair | None:
        from coach.tui.asking import make_pair

        return await make_pair(self, self.opening, self._expect, first=first)

    def _expect(self, name: str) -> None:
        if self.chat.session is None:
            self.chat.expecting = name

    async def _enter(self, pair: Pair | None, *, fresh: bool = False) -> None:
        """Show the pair's newest conversation, or with ``fresh`` a new one."""
        service = await self.opening.wait()
        session = await asyncio.to_thread(open_session, service, pair, fresh=fresh)
        self._keeper.keep(pair=pair.id if pair else NO_PAIR)
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        old = self.chat
        if old.session is None:
            await old.begin(session)
            return
        self._drafts[old.session.key] = await old.leave()
        await self.switch_screen(ChatScreen(session, self._drafts.pop(session.key, ""), old.state))

    # -- actions -------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action != "retry":
            return True
        gave_up = self._beginning is not None and self._beginning.is_finished
        stuck = self.chat.session is None and (self.service is None or gave_up)
        return stuck and not self.opening.busy

    def action_retry(self) -> None:
        if self.service is None:
            self._open()
        else:
            self._beginning = self.run_worker(self._begin(), exit_on_error=False)

    def action_help(self) -> None:
        from coach.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen())

    def action_pairs(self) -> None:
        self._when_open(self._choose_pair)

    def action_new_conversation(self) -> None:
        self._when_open(self._new_conversation)

    def action_memory(self) -> None:
        from coach.tui.memory_views import show_memory

        show_memory(self)

    def action_write_up(self) -> None:
        from coach.tui.memory_views import write_up

        write_up(self)

    def reopen(self) -> None:
        """Show the conversation again as it is on disk."""
        self._when_open(lambda _, session: self._enter(session.pair))

    def _when_open(self, work: Callable[[Service, Session], Coroutine[None, None, None]]) -> None:
        if self.service is None or self.chat.session is None:
            self.notify(wording.STILL_OPENING, markup=False)
            return
        task = work(self.service, self.chat.session)
        self.run_worker(task, group="pairs", exclusive=True, exit_on_error=False)

    async def _choose_pair(self, service: Service, session: Session) -> None:
        from coach.tui.screens.pairs import PairsScreen

        pairs = await asyncio.to_thread(service.pairs)
        choice = await self.push_screen_wait(PairsScreen(pairs, session.pair))
        if choice == "new":
            pair = await self._make_pair(first=False)
            if pair is not None:
                await self._enter(pair)
        elif choice == "none":
            await self._enter(None)
        elif not isinstance(choice, str) and choice is not None:
            await self._enter(choice)

    async def _new_conversation(self, service: Service, session: Session) -> None:
        if self.chat.has_messages:
            await self._enter(session.pair, fresh=True)

    async def action_quit(self) -> None:
        # A reply cut short here is kept as far as it came.
        await self.chat.leave()
        self.exit()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        yield SystemCommand("Pairs", "Go to another pair, or add one", self.action_pairs)
        yield SystemCommand(
            "New conversation", "Start afresh with this pair", self.action_new_conversation
        )
        yield SystemCommand("Memory", "See and change what is remembered", self.action_memory)
        yield SystemCommand("Write up a session", "Keep a note of it", self.action_write_up)
        yield SystemCommand("Sources", "Show or hide the sources", self.chat.action_sources)
        yield from super().get_system_commands(screen)
