"""Keys that are pressed just before what they are meant for is there."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from textual import events

from coach.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

_LONGEST = 10.0
"""Seconds after which a key no longer waits for a page, or a change, that does not come."""
_AT_ONCE = "ctrl+q"
"""The key that waits for nothing."""
_REMEMBERED = 64


class Ahead:
    """Sends keys that are typed ahead to the page that the key before them has opened.

    Textual gives a key to the widget that has the focus, and it comes back to the app when that
    has no use for it. Meanwhile another page may have opened.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._sent: deque[tuple[events.Key, Screen[Any]]] = deque(maxlen=_REMEMBERED)
        self._under_way = 0
        self._still = asyncio.Event()
        self._still.set()

    @contextmanager
    def coming(self) -> Iterator[None]:
        """What is done meanwhile changes what is shown, and the next key waits for that.

        So two quick presses do what two slow ones do: the second is never about a row that the
        first has changed, nor for a page that the first leaves.
        """
        self._under_way += 1
        self._still.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._still.set()

    async def settled(self) -> None:
        """Wait until all that is coming is there."""
        await asyncio.sleep(0)  # lets the task begin in which the last key does its work
        await self._still.wait()

    async def turned(self, event: events.Event) -> events.Event:
        """``event``, once it can be taken; a new one where it is for a page that came later."""
        if not isinstance(event, events.Key | events.Paste):
            return event
        if isinstance(event, events.Key) and event.key == _AT_ONCE:
            return event
        await self._ready()
        if not isinstance(event, events.Key):
            return event
        if event.is_forwarded:
            sent_to = next((screen for one, screen in self._sent if one is event), None)
            if sent_to is None or sent_to is self._app.screen:
                return event
            event = events.Key(event.key, event.character)
        self._sent.append((event, self._app.screen))
        return event

    async def _ready(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST):
                await self.settled()
                front = self._app.screen
                # Before a page is mounted nothing is in focus, and what came then would be lost.
                there = front.there if isinstance(front, Dialog) else front._mounted_event
                await there.wait()
