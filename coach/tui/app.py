"""The app: opens the service behind the first paint, and goes from pair to pair."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from coach.paths import Places, default_places
from coach.tui.drafts import Drafts
from coach.tui.going import Going
from coach.tui.notices import show_error
from coach.tui.opening import BUILDING, OPENING, Opening
from coach.tui.remembered import Keeper
from coach.tui.screens.chat import ChatScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.service import AboutPair
from coach.tui.themes import DARK, LIGHT

if TYPE_CHECKING:
    from coach.storage.pairs import Pair
    from coach.tui.service import Service

Opener = Callable[[], "Service"]


_OPEN_AT_THE_LATEST = 0.5
"""Seconds after the start at which opening begins, even if no frame has told of itself."""


class CoachApp(App[None]):
    """The coach in the terminal.

    ``opener`` makes the service; it is called once, in a thread, after the first paint. ``places``
    says where the database would be: without one, it says at once how to begin. ``start`` is the
    name of a pair whose chat opens instead of the first page. In a ``demonstration`` every page
    says so and nothing is remembered of it; ``can_demonstrate`` says that one can be asked for.
    """

    TITLE = "coach"
    CSS_PATH = "coach.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", priority=True),
    ]

    def __init__(
        self, opener: Opener, *, places: Places | None = None, start: str = "",
        demonstration: bool = False, can_demonstrate: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        places = places or default_places()
        self.demonstration = demonstration
        self.can_demonstrate = can_demonstrate and not demonstration
        self.wants_demonstration = False
        """Whether the user left to see the demonstration."""
        self._start = start
        self._first_start = not places.database.exists() and not demonstration
        self._keeper = Keeper(places.home, keeps=not demonstration)
        doing = BUILDING if demonstration else OPENING
        self.opening = Opening(opener, self._tell_state, doing)
        self.going = Going(self, self._keeper, start)
        self._beginning: Worker[None] | None = None
        self.drafts = Drafts()
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

    @property
    def home(self) -> HomeScreen | None:
        """The first page, while it stands over the chat."""
        return next((one for one in self.screen_stack if isinstance(one, HomeScreen)), None)

    @property
    def pair(self) -> Pair | None:
        """The pair that the page in front is about."""
        return next((s.pair for s in reversed(self.screen_stack) if isinstance(s, AboutPair)), None)

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, lambda theme: self._keeper.keep(theme=theme.name))
        if not self._start:
            self.going.home(empty=self._first_start)
        self._beginning = self.run_worker(self.going.begin(), exit_on_error=False)
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
            if self.home is not None:
                self.home.state = state
            self.refresh_bindings()

    # -- actions -------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "demonstration":
            return self.can_demonstrate
        if action != "retry":
            return True
        gave_up = self._beginning is not None and self._beginning.is_finished
        missing = self.chat.session is None and not (self.home and self.home.loaded)
        return missing and (self.service is None or gave_up) and not self.opening.busy

    def action_retry(self) -> None:
        if self.service is None:
            self._open()
        else:
            self._beginning = self.run_worker(self.going.begin(), exit_on_error=False)

    def action_help(self) -> None:
        from coach.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen())

    def action_home(self) -> None:
        self.going.home()

    def action_pairs(self) -> None:
        self.going.when_open(self.going.choose_pair)

    def action_add_pair(self) -> None:
        first = self.home is not None and self.home.empty
        self.going.go(self.going.make_pair(first=first))

    def action_demonstration(self) -> None:
        self.wants_demonstration = True
        self.run_worker(self.action_quit(), exit_on_error=False)

    def action_new_conversation(self) -> None:
        self.going.when_open(self.going.new_conversation)

    def action_memory(self) -> None:
        from coach.tui.memory_views import show_memory

        show_memory(self)

    def action_write_up(self) -> None:
        from coach.tui.memory_views import write_up

        write_up(self)

    def action_prepare(self) -> None:
        from coach.tui.memory_views import prepare

        prepare(self)

    async def action_quit(self) -> None:
        # A reply cut short here is kept as far as it came, and so is what is not sent.
        await self.chat.leave()
        await self.drafts.settle()
        self.exit()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        yield SystemCommand("Home", "All pairs, and what is waiting", self.action_home)
        yield SystemCommand("Prepare", "The page for the next session", self.action_prepare)
        yield SystemCommand("Pairs", "Go to another pair, or add one", self.action_pairs)
        yield SystemCommand(
            "New conversation", "Start afresh with this pair", self.action_new_conversation
        )
        yield SystemCommand("Memory", "See and change what is remembered", self.action_memory)
        yield SystemCommand("Write up a session", "Keep a note of it", self.action_write_up)
        yield SystemCommand("Sources", "Show or hide the sources", self.chat.action_sources)
        if self.can_demonstrate:
            yield SystemCommand(
                "Demonstration", "An invented pair with a year behind it", self.action_demonstration
            )
        yield from super().get_system_commands(screen)
