"""Leave for a remote language model: asked for once, with what would be sent in full."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING

from coach.tui.widgets.status import Top

if TYPE_CHECKING:
    from coach.models.chat import Payload
    from coach.models.chosen import Use
    from coach.tui.app import CoachApp
    from coach.tui.service import Service

NOTHING_WRITTEN = "Write a message first: what it would send is shown without sending it."
LOOKING = "Finding out what this would send. Nothing goes out for it."
ALLOWED = "Allowed. `coach model use built-in` takes the model away again."
DECLINED = "Nothing was sent, and you are not asked again before the next start."


class Leave:
    """Asks whether requests may go, where a turn needs to know; a no holds until the app ends."""

    def __init__(self, app: CoachApp) -> None:
        self._app = app
        self._open: set[Future[bool]] = set()
        self._declined: set[Use] = set()

    def begin(self, service: Service) -> None:
        """The service is open: from now on it asks here."""
        service.ask_leave = self._asked

    def _asked(self, payload: Payload, use: Use) -> bool:
        """What the user says; called in a thread of the turn, which waits for it."""
        if use in self._declined:
            return False
        answer: Future[bool] = Future()
        self._open.add(answer)
        # The app has ended: nobody is there to be asked.
        with suppress(RuntimeError):
            self._app.call_from_thread(self._show, payload, use, answer)
            return answer.result()
        return False

    def _show(self, payload: Payload, use: Use, answer: Future[bool]) -> None:
        from coach.tui.screens.leave import LeaveScreen

        def answered(given: bool | None) -> None:
            (self._declined.discard if given else self._declined.add)(use)
            self._answer(answer, bool(given))
            self._app.notify(ALLOWED if given else DECLINED, markup=False)
            # The choice is written in the turn's thread: what leaves is told anew behind that.
            self._app.set_timer(0.5, self._tell)

        self._app.push_screen(LeaveScreen(payload, use), answered)

    def settle(self) -> None:
        """The app ends: whatever waits for an answer gets a no."""
        for answer in list(self._open):
            self._answer(answer, False)

    def _answer(self, answer: Future[bool], given: bool) -> None:
        self._open.discard(answer)
        if not answer.done():
            answer.set_result(given)

    def _tell(self) -> None:
        for screen in self._app.screen_stack:
            for line in screen.query(Top):
                line.tell()

    # -- on demand -----------------------------------------------------------------------------

    async def preview(self) -> None:
        """Show what the message that is written would send, or the last one; ask for leave."""
        from coach.tui.screens.leave import LeaveScreen

        chat, service = self._app.chat, self._app.service
        last = chat.reading.transcript.last_message
        text = chat.composer.text.strip() or (last.text if last else "")
        if service is None or not text:
            self._app.notify(NOTHING_WRITTEN, markup=False)
            return
        self._app.notify(LOOKING, timeout=3, markup=False)
        payload = await asyncio.to_thread(service.would_send, chat.pair, text)
        if await self._app.push_screen_wait(LeaveScreen(payload)):
            await asyncio.to_thread(service.allow_model)
            self._declined.discard("replies")
            self._tell()
            self._app.notify(ALLOWED, markup=False)
