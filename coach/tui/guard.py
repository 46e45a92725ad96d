"""One app at a time writes: another one on the same data only reads, and can take over later."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.actions import parse

from coach.errors import CoachError
from coach.tui.keys import keyed
from coach.tui.widgets.status import MAY_WRITE, READ_ONLY, Top

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode
    from textual.timer import Timer

    from coach.tui.app import CoachApp
    from coach.tui.service import Service

EVERY = 2.0
"""Seconds between two looks whether the other app has closed."""
NOT_HERE = "Nothing can be written here: coach is open elsewhere. Close the other one first."
STILL_OPEN = "The other coach is still open. Close it, and press {Ctrl+R|app.retry} again."
NOW_HERE = "The other coach has closed, and you can write here now."
CLOSED = "The other coach has closed. {Ctrl+R|app.retry} lets you write here."


class Guard:
    """Says at the top of every page that another app writes, and looks whether it has closed."""

    def __init__(self, app: CoachApp) -> None:
        self._app = app
        self._timer: Timer | None = None
        self.read_only = False

    def begin(self, service: Service) -> None:
        """The service is open."""
        if service.read_only:
            self.read_only = True
            self._say(READ_ONLY)
            self._timer = self._app.set_interval(EVERY, self._look)

    def refuses(self) -> bool:
        """Whether nothing can be written here; if so, the user is told."""
        if self.read_only:
            self._app.notify(NOT_HERE, title="Read-only", severity="warning", markup=False)
        return self.read_only

    def blocks(self, action: str | ActionParseResult, node: DOMNode) -> bool:
        """Whether an action of ``node`` would keep something where nothing can be written."""
        if not self.read_only:
            return False
        place, name, _ = parse(action) if isinstance(action, str) else action
        owner = {"app": self._app, "screen": self._app.screen}.get(place, node)
        return name in getattr(owner, "WRITES", ())

    async def take_over(self, service: Service) -> bool:
        """Write here from now on, if the other app has closed; the user is told either way."""
        if not await asyncio.to_thread(service.take_lock):
            self._app.notify(
                keyed(self._app, STILL_OPEN), title="Read-only", severity="warning", markup=False
            )
            return False
        self.read_only = False
        if self._timer is not None:
            self._timer.stop()
        self._say("")
        self._app.notify(NOW_HERE, markup=False)
        return True

    async def _look(self) -> None:
        service = self._app.service
        if service is None or not self.read_only:
            return
        try:
            free = await asyncio.to_thread(service.may_write)
        except CoachError:
            return  # the next look may tell; nothing is written meanwhile
        said = keyed(self._app, MAY_WRITE) if free else READ_ONLY
        if said != self._app.banner:
            self._say(said)
            if free:
                self._app.notify(keyed(self._app, CLOSED), timeout=12, markup=False)

    def _say(self, banner: str) -> None:
        self._app.banner = banner
        for screen in self._app.screen_stack:
            for line in screen.query(Top):
                line.tell()
        self._app.refresh_bindings()
