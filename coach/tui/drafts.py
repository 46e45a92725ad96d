"""What is being written: kept while one types, so that no quit and no crash loses it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING
from weakref import WeakSet

from textual.dom import DOMNode

from coach.errors import CoachError
from coach.tui.notices import show_error
from coach.tui.unfinished import Unfinished

if TYPE_CHECKING:
    from textual.timer import Timer

    from coach.storage.drafts import Place
    from coach.storage.pairs import Pair
    from coach.tui.service import Service

PAUSE = 0.5
"""Seconds after a change at which what stands there is kept: the most that a crash can cost."""


class Writing:
    """One text in the making: ``look`` gives it as it stands on its page, ``keep`` keeps it.

    ``kept`` is what is on disk already. What ``keep`` says it could not keep is tried again with
    the next change.
    """

    def __init__(
        self, page: DOMNode, look: Callable[[], str], keep: Callable[[str], Awaitable[bool]],
        kept: str,
    ) -> None:  # fmt: skip
        self._page = page
        self._look: Callable[[], str] | None = look
        self._keep = keep
        self._kept: str | None = kept
        """What is on disk; None while that is not sure."""
        self._text = kept
        self._timer: Timer | None = None
        self._lock = asyncio.Lock()

    def changed(self) -> None:
        """Something else stands there now."""
        if self._see() != self._kept and self._timer is None and self._look is not None:
            self._timer = self._page.set_timer(PAUSE, self._due)

    async def settle(self) -> None:
        """Keep what stands there, and wait until it is kept."""
        async with self._lock:
            while self._see() != self._kept:
                text, self._kept = self._text, None
                if not await self._keep(text):
                    return
                self._kept = text

    async def end(self, text: str) -> None:
        """The page is left, with ``text`` on it: nothing of what happens there counts any more."""
        self._look, self._text = None, text
        await self.settle()

    def _see(self) -> str:
        if self._look is not None and self._page.is_attached:
            self._text = self._look()
        return self._text

    def _due(self) -> None:
        self._timer = None
        # Of the app: a page that closes meanwhile would cut it off.
        self._page.app.run_worker(self.settle(), group="draft", exit_on_error=False)


class Drafts:
    """The unsent texts of the app: in the database, and here while they cannot be kept there."""

    def __init__(self) -> None:
        self._here: dict[tuple[int | None, Place], str] = {}
        self._open: WeakSet[Writing] = WeakSet()
        self._told = False
        self._service: Service | None = None
        self._new_pair: dict[Place, str] = {}

    async def begin(self, service: Service) -> None:
        """The service is open: look up what must be there at the press of a key."""
        self._new_pair = await self.in_dialogs(service, None)
        self._service = service

    def of_new_pair(self) -> Unfinished | None:
        """The texts of the dialog that makes a pair; None before the service is open."""
        if self._service is None:
            return None
        left, self._new_pair = self._new_pair, {}
        return self.unfinished(self._service, None, "pair", left)

    async def read(self, service: Service, pair: Pair | None, place: Place) -> str:
        """What was being written there; "" for nothing."""
        here = self._here.get((pair.id if pair else None, place))
        return await asyncio.to_thread(service.draft, pair, place) if here is None else here

    async def in_dialogs(self, service: Service, pair: Pair | None) -> dict[Place, str]:
        """What was being written in dialogs about the pair, by place."""
        key = pair.id if pair else None
        here = {place: text for (of, place), text in self._here.items() if of == key}
        return {**await asyncio.to_thread(service.dialog_drafts, pair), **here}

    def unfinished(
        self, service: Service, pair: Pair | None, about: str, left: Mapping[Place, str]
    ) -> Unfinished | None:
        """The texts of a dialog about that; None where nothing can be kept."""
        return None if service.read_only else Unfinished(self, service, pair, about, left)

    def writing(
        self, page: DOMNode, look: Callable[[], str], service: Service, pair: Pair | None,
        place: Place, kept: str,
    ) -> Writing:  # fmt: skip
        """A text that is written on ``page`` and kept as the draft of that pair and place."""
        key = pair.id if pair else None, place

        async def keep(text: str) -> bool:
            self._here[key] = text
            try:
                await asyncio.to_thread(service.keep_draft, pair, place, text)
            except CoachError as error:
                if not self._told:
                    show_error(page.app, error)
                self._told = True
                return False
            self._told = False
            if self._here.get(key) == text:
                del self._here[key]
            return True

        made = Writing(page, look, keep, kept)
        self._open.add(made)
        return made

    async def settle(self) -> None:
        """Keep everything as it stands: the app ends."""
        for one in list(self._open):
            await one.settle()
