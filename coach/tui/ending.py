"""The end of the app: what is being written is kept first, whoever ends it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.message_pump import MessagePump
from textual.worker import Worker, WorkerError

if TYPE_CHECKING:
    from coach.tui.app import CoachApp

_OPENS_WITHIN = 60.0
"""Seconds that the end waits for a database that is being opened, where something is unsent."""
_KEEPING = "keeping what you wrote"
_HANDLED_WITHIN = 2.0
"""Seconds that the end waits for keys that were pressed before it."""


class Ending:
    """Ends the app for a key, for SIGTERM, and for SIGHUP: a terminal that was closed."""

    def __init__(self, app: CoachApp) -> None:
        self._app = app
        self._work: Worker[None] | None = None

    @property
    def begun(self) -> bool:
        """Whether the app is about to end, so that it takes no more keys."""
        return self._work is not None

    def begin(self, code: int = 0) -> Worker[None]:
        """Keep a reply as far as it came, and all that is not sent; leave with the exit code."""
        if self._work is None:
            self._work = self._app.run_worker(self._end(code), exit_on_error=False)
        return self._work

    async def _end(self, code: int) -> None:
        app = self._app
        try:
            app.leave.settle()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._keys_handled(), _HANDLED_WITHIN)
            if app.chat.unsent and app.chat.session is None and app.beginning is not None:
                app.chat.state = _KEEPING
                with suppress(TimeoutError, WorkerError):
                    await asyncio.wait_for(app.beginning.wait(), _OPENS_WITHIN)
            await app.chat.leave()
            await app.drafts.settle()
            await app.forgetting.settle()
        finally:
            app.exit(return_code=code)

    async def _keys_handled(self) -> None:
        """Wait for what was typed just before: it goes from the page to what has the focus."""
        front = self._app.screen
        for one in (front, front.focused, front, self._app.chat):
            if one is not None:
                await _idle(one)
        await self._app.ahead.settled()

    # -- signals -------------------------------------------------------------------------------

    def on_signals(self) -> None:
        """From now on a signal to end does what the key does."""
        if self._app.is_headless or sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self._signalled, signal.SIGTERM)

        def hung_up(*_: Any) -> None:
            _leave_the_terminal()
            loop.call_soon_threadsafe(self._signalled, signal.SIGHUP)

        signal.signal(signal.SIGHUP, hung_up)

    def _signalled(self, number: int) -> None:
        # What a shell says of a program that a signal has ended.
        self.begin(128 + number)


async def _idle(one: MessagePump) -> None:
    """Wait until it has handled all that came to it so far."""
    handled = asyncio.Event()
    if one.call_later(handled.set):
        await handled.wait()


def _leave_the_terminal() -> None:
    """Write to nowhere from now on, if the terminal is gone.

    Textual 8.2 waits for ever for what cannot be written, and begins to read anew at the SIGCONT
    that the kernel sends after the SIGHUP.
    """
    with suppress(OSError):
        os.tcgetpgrp(sys.__stdin__.fileno() if sys.__stdin__ else 0)
        return
    signal.signal(signal.SIGCONT, lambda *_: None)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
