"""Opening the service behind the first paint."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from coach.tui.background import in_daemon

if TYPE_CHECKING:
    from coach.tui.service import Service

OPENING = "opening your conversations"
BUILDING = "building the demonstration"
FAILED = "your conversations could not be opened; {Ctrl+R|app.retry} tries again"


class Opening:
    """Opens the service and warms it up, in threads; ``tell`` hears the state in words.

    ``doing`` is what it says while it opens.
    """

    def __init__(
        self, opener: Callable[[], Service], tell: Callable[[str], None], doing: str = OPENING
    ) -> None:
        self._opener = opener
        self._doing = doing
        self._tell = tell
        self._opened = asyncio.Event()
        self.service: Service | None = None
        self.tried = False
        """Whether opening was begun at least once."""
        self.busy = False
        """Whether a thread is at work that a quit does not wait for."""

    async def run(self) -> None:
        """Open (again, after a failure) and warm up. Raises what either of them raises."""
        self.busy = True
        self._tell(self._doing)
        try:
            service = self.service = await in_daemon(self._load, "coach-open")
            self._opened.set()
            self._tell(service.search_state)
            loop = asyncio.get_running_loop()
            await in_daemon(lambda: service.warm_up(lambda s: self._pass_on(loop, s)), "coach-warm")
        finally:
            self.busy = False
            self._tell(self.service.search_state if self.service else FAILED)

    async def wait(self) -> Service:
        """The service, once it is open."""
        await self._opened.wait()
        assert self.service is not None
        return self.service

    def _load(self) -> Service:
        # What shows a reply is imported here too: on the event loop it would hold up keys.
        import coach.tui.widgets.reply
        import coach.tui.widgets.sources

        service = self._opener()
        import coach.tui.turns  # noqa: F401

        return service

    def _pass_on(self, loop: asyncio.AbstractEventLoop, step: str) -> None:
        # Called in the thread that warms up; after a quit there is no loop to tell.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(self._tell, step)
