"""Going from pair to pair: the first page, the conversation below it, and what opens at a start."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from functools import partial, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from coach.errors import CoachError
from coach.tui import wording
from coach.tui.notices import show_error
from coach.tui.remembered import NO_PAIR, Keeper
from coach.tui.screens.chat import ChatScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.service import open_session

if TYPE_CHECKING:
    from coach.storage.conversations import Conversation
    from coach.storage.pairs import Pair
    from coach.tui.app import CoachApp
    from coach.tui.service import Service

P = ParamSpec("P")


def once_here(
    action: Callable[Concatenate[CoachApp, P], None],
) -> Callable[Concatenate[CoachApp, P], None]:
    """An action of the app; asked for while the conversations are opened, it follows on that."""

    @wraps(action)
    def act(app: CoachApp, /, *args: P.args, **named: P.kwargs) -> None:
        if app.going.arriving:
            app.going.then(partial(action, app, *args, **named))
        else:
            action(app, *args, **named)

    return act


class Going:
    """Knows where the user is; ``start`` names the pair whose chat a start opens, "" for none."""

    def __init__(self, app: CoachApp, keeper: Keeper, start: str) -> None:
        self._app = app
        self._keeper = keeper
        self._start = start
        self._making = False
        self._stale = False
        self._next: Callable[[], None] | None = None

    async def begin(self) -> None:
        """Show what a start opens, once the service is there."""
        service = await self._app.opening.wait()
        home = self._app.home
        if self._start:
            await self._enter_named(service, self._start)
        elif home is not None:
            home.load()
        elif not self._making:
            await self.enter(await self._newest(service))

    async def _enter_named(self, service: Service, name: str) -> None:
        try:
            pair = await asyncio.to_thread(service.find_pair, name)
        except CoachError as error:
            show_error(self._app, error)
            self.home()
            return
        await self.enter(pair)

    async def _newest(self, service: Service) -> Pair | None:
        """The pair that was open last, else the newest one; None for no one in particular."""
        pairs = await asyncio.to_thread(service.pairs)
        last = self._keeper.now.pair
        if last == NO_PAIR or not pairs:
            return None
        return next((pair for pair in pairs if pair.id == last), pairs[-1])

    async def enter(
        self, pair: Pair | None, *, fresh: bool = False, at: Conversation | None = None,
        message: int | None = None,
    ) -> None:  # fmt: skip
        """Show the conversation ``at``, a new one (``fresh``), or the one that was in use last.

        With the id of a ``message``, that one is in view.
        """
        app = self._app
        service = await app.opening.wait()
        first = app.chat.session is None
        # A chat that is open from the start takes what is typed at once.
        with nullcontext() if first and app.screen is app.chat else app.ahead.coming():
            session = await asyncio.to_thread(open_session, service, pair, fresh=fresh, at=at)
            self._stale = False
            self._keeper.keep(pair=pair.id if pair else NO_PAIR)
            while len(app.screen_stack) > 1:
                await app.pop_screen()
            if not first:
                await app.chat.leave()  # what is unsent there may be this pair's draft
                draft = await app.drafts.read(service, pair, "message")
                await app.switch_screen(ChatScreen(session, draft, app.chat.state))
        if first:
            await app.chat.begin(session, await app.drafts.read(service, pair, "message"))
        if message is not None:
            await app.chat.reading.transcript.show_message(message)
        self.arrived()

    async def take_over(self, service: Service) -> None:
        """Write here from now on, where another app did; what it has written shows."""
        if await self._app.guard.take_over(service):
            self._keeper.keeps = not self._app.demonstration
            session = self._app.chat.session
            if self._app.home is not None:
                self._app.home.load()
            if session is not None:
                self._stale = True
                await self.enter(session.pair, at=session.conversation)

    # -- what is asked for too early -----------------------------------------------------------

    @property
    def arriving(self) -> bool:
        """Whether neither a conversation nor the list of pairs is there yet."""
        home = self._app.home
        return self._app.chat.session is None and not (home and home.loaded)

    def then(self, action: Callable[[], None]) -> None:
        """Do ``action`` on arrival; the newest counts. The user is told that it will come."""
        self._next = action
        self._app.notify(wording.STILL_OPENING, markup=False)

    def arrived(self) -> None:
        """A conversation, or the list of pairs, is there: do what was asked for meanwhile."""
        action, self._next = self._next, None
        if action is not None:
            action()

    # -- the first page and the chat -----------------------------------------------------------

    def home(self, *, empty: bool = False) -> None:
        """Show the first page over the chat."""
        app = self._app
        if app.home is None:
            session = app.chat.session
            last = (session.key or NO_PAIR) if session else self._keeper.now.pair
            app.push_screen(HomeScreen(app.chat.state, empty=empty, marked=last))

    def chat(self, pair: Pair | None, *, sure: bool) -> None:
        """Go from the first page to the conversation of ``pair``.

        Unless the user was ``sure`` of it, because there were no pairs to choose from yet, the
        conversation is that of the pair that was open last, as soon as it can be opened.
        """
        session = self._app.chat.session
        if sure and (session is None or session.pair != pair or self._stale):
            self.go(self.enter(pair))
            return
        self._uncover_chat()
        if self._app.service is not None and session is None:
            self.go(self._enter_newest())

    async def _enter_newest(self) -> None:
        await self.enter(await self._newest(await self._app.opening.wait()))

    def _uncover_chat(self) -> None:
        if isinstance(self._app.screen, HomeScreen):
            self._app.pop_screen()

    def reopen(self, pair: Pair) -> None:
        """The conversation with ``pair`` is no longer as it is shown: something was forgotten."""
        session = self._app.chat.session
        if session is None or session.pair != pair:
            return
        self._stale = True
        if self._app.home is None:
            self.go(self.enter(pair))

    # -- pairs ---------------------------------------------------------------------------------

    async def make_pair(self, *, first: bool) -> None:
        """Ask who the other person is, and go to the conversation about them."""
        from coach.tui.asking import make_pair

        self._making = True
        try:
            pair = await make_pair(self._app, self._app.opening, self._expect, first=first)
        finally:
            self._making = False
        if pair is not None:
            await self.enter(pair)
        elif self._app.chat.session is None:
            self.home()

    def _expect(self, name: str) -> None:
        if self._app.chat.session is None:
            self._app.chat.expecting = name
        if self._app.service is None:
            self._uncover_chat()

    async def choose_pair(self) -> None:
        """Let the user choose whom the conversation is about."""
        from coach.tui.screens.pairs import PairsScreen

        service = await self._app.opening.wait()
        with self._app.ahead.coming():
            pairs = await asyncio.to_thread(service.pairs)
        choice = await self._app.push_screen_wait(PairsScreen(pairs, self._app.pair))
        if choice == "new":
            await self.make_pair(first=False)
        elif choice == "none":
            await self.enter(None)
        elif not isinstance(choice, str) and choice is not None:
            await self.enter(choice)

    async def new_conversation(self) -> None:
        """Start afresh with the pair, unless nothing was said yet."""
        chat = self._app.chat
        if chat.session is None or chat.has_messages:
            await self.enter(self._app.pair, fresh=True)

    def go(self, task: Coroutine[None, None, None]) -> None:
        """Run ``task``; one that goes somewhere ends another that does."""
        self._app.run_worker(task, group="pairs", exclusive=True, exit_on_error=False)
