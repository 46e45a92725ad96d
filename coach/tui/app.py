"""The app: opens the service behind the first paint, and goes from pair to pair."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, messages
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from coach.paths import Places, default_places
from coach.text import clean
from coach.tui.ahead import Ahead
from coach.tui.drafts import Drafts
from coach.tui.ending import Ending
from coach.tui.forgetting import Forgetting
from coach.tui.going import Going, once_here
from coach.tui.guard import Guard
from coach.tui.keys import keyed
from coach.tui.leave import Leave
from coach.tui.looks import Looks
from coach.tui.notices import show_error
from coach.tui.opening import BUILDING, OPENING, Opening
from coach.tui.pages import choose_conversation, show_library, show_settings
from coach.tui.remembered import Keeper
from coach.tui.screens.chat import ChatScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.service import AboutPair
from coach.tui.widgets.status import DEMONSTRATION

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.command import Provider
    from textual.dom import DOMNode
    from textual.driver import Driver

    from coach.storage.pairs import Pair
    from coach.tui.service import Service

Opener = Callable[[], "Service"]


_OPEN_AT_THE_LATEST = 0.5
"""Seconds after the start at which opening begins, even if no frame has told of itself."""


def provider(name: str) -> type[Provider]:
    """A part of the command palette, imported when that opens: it looks at every page there is."""
    from coach.tui import palette

    return cast("type[Provider]", getattr(palette, name))


class CoachApp(App[None]):
    """The coach in the terminal.

    ``opener`` makes the service; it is called once, in a thread, after the first paint. ``places``
    says where the database would be: without one, it says at once how to begin. ``start`` is the
    name of a pair whose chat opens instead of the first page. In a ``demonstration`` every page
    says so and nothing is remembered of it; ``can_demonstrate`` says that one can be asked for.
    """

    TITLE = "coach"
    CSS_PATH = "coach.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {
        partial(provider, name) for name in ("Everything", "Pairs", "Cards")
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", priority=True),
        Binding("f10", "pages", "Pages of a pair", show=False, id="app.pages"),
        Binding("f1", "help", "Help", show=False, id="app.help"),
        Binding(
            "ctrl+p", "command_palette", "Find by name", show=False, priority=True, id="app.find"
        ),
        Binding("ctrl+t", "conversations", "Conversations", show=False, id="app.conversations"),
        Binding("ctrl+o", "library", "Library", show=False, id="app.library"),
        Binding("f12", "settings", "Settings", show=False, id="app.settings"),
        Binding("ctrl+r", "retry", "Try again", show=False, id="app.retry"),
    ]

    WRITES = frozenset({"add_pair", "write_up", "new_conversation"})
    """Actions that keep something: refused where another app writes."""

    banner = ""
    """What every page says first: that this is a demonstration, or that nothing is kept."""

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
        self.beginning: Worker[None] | None = None
        self.ahead = Ahead(self)
        self.drafts = Drafts()
        self.forgetting = Forgetting(self)
        self.guard = Guard(self)
        self.leave = Leave(self)
        self.ending = Ending(self)
        self.looks = Looks(self, places)
        self.banner = DEMONSTRATION if demonstration else ""

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

    def get_driver_class(self) -> type[Driver]:
        from coach.tui.pasting import guard_pastes

        driver = super().get_driver_class()
        guard_pastes(driver)
        return driver

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Paste):
            event.text = clean(event.text, None)  # before any field takes it
        if self.ending.begun and isinstance(event, events.Key | events.Paste):
            return
        await super().on_event(await self.ahead.turned(event))

    async def run_action(
        self, action: str | ActionParseResult, default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:  # fmt: skip
        if self.guard.blocks(action, default_namespace or self):
            return self.guard.refuses()
        return await super().run_action(action, default_namespace, namespaces)

    def on_app_blur(self, event: events.AppBlur) -> None:
        # Without focus, what opens meanwhile would never get it, and lose what is typed there.
        event.prevent_default()

    def on_exit_app(self, event: messages.ExitApp) -> None:
        if not self.ending.begun:  # the page was closed, in a browser
            event.prevent_default()
            self.ending.begin()

    def on_mount(self) -> None:
        self.looks.begin()
        self.ending.on_signals()
        if not self._start:
            self.going.home(empty=self._first_start)
        self.beginning = self.run_worker(self.going.begin, exit_on_error=False)
        # The first frame goes out before a thread competes with it for the interpreter.
        self.call_after_refresh(self.call_after_refresh, self._open_once)
        # A screen that closes at once takes what was to follow its next frame with it.
        self.set_timer(_OPEN_AT_THE_LATEST, self._open_once)

    def on_unmount(self) -> None:
        self.leave.settle()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            show_error(self, event.worker.error)

    # -- starting ------------------------------------------------------------------------------

    @property
    def service(self) -> Service | None:
        """The service, once it is open."""
        return self.opening.service

    @property
    def engine(self) -> tuple[str, str]:
        """What words the replies, and what of it leaves this machine; unknown before it is open."""
        engine = self.service.engine if self.service else None
        return (engine.name, engine.privacy) if engine else ("", "")

    def _open_once(self) -> None:
        if not self.opening.tried:
            self._open()

    def _open(self) -> None:
        self.opening.tried = True
        gc.enable()  # run_app turned it off for the launch
        # Methods and not coroutines: an app that ends at once would never await those.
        self._open_work: list[Worker[None]] = [
            self.run_worker(self.opening.run, name="open", exit_on_error=False),
            self.run_worker(self._opened, group="opened", exclusive=True, exit_on_error=False),
        ]

    async def _opened(self) -> None:
        service = await self.opening.wait()
        self.guard.begin(service)
        self.leave.begin(service)
        self._keeper.keeps = self._keeper.keeps and not service.read_only
        await self.drafts.begin(service)
        await self.looks.check(service)

    def _tell_state(self, state: str) -> None:
        if self.screen_stack:  # there is none any more while the app ends
            self.chat.state = said = keyed(self, state)
            if self.home is not None:
                self.home.state = said
            self.refresh_bindings()

    # -- actions -------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "demonstration":
            return self.can_demonstrate
        if action != "retry" or self.guard.read_only:
            return True
        gave_up = self.beginning is not None and self.beginning.is_finished
        return self.going.arriving and (self.service is None or gave_up) and not self.opening.busy

    def action_retry(self) -> None:
        if self.service is None:
            self._open()
        elif self.guard.read_only:
            self.going.go(self.going.take_over(self.service))
        else:
            self.beginning = self.run_worker(self.going.begin, exit_on_error=False)

    def action_help(self) -> None:
        from coach.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen.about(self.screen))

    @once_here
    def action_conversations(self) -> None:
        self.going.go(choose_conversation(self))

    @once_here
    def action_search(self) -> None:
        self.going.go(choose_conversation(self, search=True))

    @once_here
    def action_library(self) -> None:
        show_library(self)

    @once_here
    def action_settings(self) -> None:
        show_settings(self)

    def action_home(self) -> None:
        self.going.home()

    @once_here
    def action_pairs(self) -> None:
        self.going.go(self.going.choose_pair())

    def action_add_pair(self) -> None:
        if self.guard.refuses():
            return
        first = self.home is not None and self.home.empty
        self.going.go(self.going.make_pair(first=first))

    def action_demonstration(self) -> None:
        self.wants_demonstration = True
        self.ending.begin()

    @once_here
    def action_new_conversation(self) -> None:
        if not self.guard.refuses():
            self.going.go(self.going.new_conversation())

    @once_here
    def action_memory(self) -> None:
        from coach.tui.memory_views import show_memory

        show_memory(self)

    @once_here
    def action_write_up(self, added: str = "") -> None:
        from coach.tui.memory_views import write_up

        if not self.guard.refuses():
            write_up(self, added)

    @once_here
    def action_prepare(self) -> None:
        from coach.tui.memory_views import prepare

        prepare(self)

    @once_here
    def action_page(self, name: str) -> None:
        from coach.tui.pair_pages import open_page

        open_page(self, name)

    def action_rehearse(self) -> None:
        self.action_page("rehearse")

    @once_here
    def action_pages(self) -> None:
        from coach.tui.memory_views import choose_page

        choose_page(self)

    async def action_quit(self) -> None:
        self.ending.begin()
