"""Forgetting with a moment to think: what goes is still there until the moment has passed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer

    from coach.storage.pairs import Pair
    from coach.tui.service import Service

GRACE = 8.0
"""Seconds in which it can be taken back."""


@dataclass(frozen=True)
class Doomed:
    """What is to be forgotten: the items chosen, and all that go with them."""

    service: Service
    pair: Pair
    chosen: tuple[int, ...]
    going: frozenset[int]
    gone: Callable[[], None]


class Forgetting:
    """One thing at a time waits to be forgotten; nothing is removed before its time is over.

    Leaving the page or the app ends the wait; a crash within it loses nothing.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self.grace = GRACE
        self._waiting: Doomed | None = None
        self._timer: Timer | None = None
        self._lock = asyncio.Lock()

    def going(self, pair: Pair) -> frozenset[int]:
        """The items of the pair that are about to go."""
        waits = self._waiting is not None and self._waiting.pair == pair
        return self._waiting.going if waits and self._waiting else frozenset()

    async def begin(
        self, service: Service, pair: Pair, chosen: Sequence[int], going: Iterable[int],
        gone: Callable[[], None],
    ) -> None:  # fmt: skip
        """Let items go in a moment; ``gone`` is called when they have. What waited goes now."""
        await self.settle()
        self._waiting = Doomed(service, pair, tuple(chosen), frozenset(going), gone)
        self._timer = self._app.set_timer(self.grace, self._due)

    def spare(self) -> bool:
        """Keep what is about to go after all; whether there was anything."""
        had, self._waiting = self._waiting is not None, None
        self._stop()
        return had

    async def settle(self) -> None:
        """Forget now what is about to go, and wait until that is done."""
        async with self._lock:
            waiting, self._waiting = self._waiting, None
            self._stop()
            if waiting is not None:
                await asyncio.to_thread(waiting.service.forget_items, waiting.pair, waiting.chosen)
                waiting.gone()

    def _due(self) -> None:
        self._app.run_worker(self.settle(), group="forget", exit_on_error=False)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
