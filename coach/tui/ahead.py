"""Keys that are pressed just before the page they are meant for is there."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import events

from coach.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

_LONGEST = 10.0
"""Seconds after which a key no longer waits for a page that does not come."""
_REMEMBERED = 64


class Ahead:
    """Sends keys that are typed ahead to the page that the key before them has opened.

    Textual gives a key to the widget that has the focus, and it comes back to the app when that
    has no use for it. Meanwhile another page may have opened.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._sent: deque[tuple[events.Key, Screen[Any]]] = deque(maxlen=_REMEMBERED)

    async def turned(self, event: events.Event) -> events.Event:
        """``event``, once it can be taken; a new one where it is for a page that came later."""
        if not isinstance(event, events.Key | events.Paste):
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
        await asyncio.sleep(0)  # lets the task begin in which the last key opens a dialog
        front = self._app.screen
        # A page that is not mounted yet has nothing in focus, and what came then would be lost.
        there = front.there if isinstance(front, Dialog) else front._mounted_event
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST):
                await there.wait()
