"""The keys that change what is remembered: edit, done, asked, reopen, private, forget."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from coach.tui.notices import show_error
from coach.tui.widgets.memory_list import MemoryList

if TYPE_CHECKING:
    from coach.storage.pairs import Pair
    from coach.tui.memory_rows import Row
    from coach.tui.service import Service


class ItemKeys(Screen[bool]):
    """A screen with a :class:`MemoryList`, whose keys act on the highlighted row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit"),
        Binding("x", "close", "Done"),
        Binding("a", "asked", "Asked"),
        Binding("u", "reopen", "Reopen"),
        Binding("p", "private", "Private"),
        Binding("f", "forget", "Forget"),
    ]

    def __init__(self, service: Service, pair: Pair) -> None:
        super().__init__()
        self.service, self.pair = service, pair
        self.forgot = False
        """Whether something was forgotten here."""

    @property
    def row(self) -> Row | None:
        """The row that the keys act on."""
        return self.query_one(MemoryList).row if self.is_mounted else None

    @abstractmethod
    def load_anew(self, said: str) -> None:
        """Show what is remembered now, and ``said`` about what has just changed."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action not in {"edit", "close", "asked", "reopen", "private", "forget"}:
            return True
        row = self.row
        if row is None:
            return False
        is_open = row.items[0].status == "open"
        return {"close": is_open, "asked": is_open, "reopen": not is_open}.get(action, True)

    def _change(self, said: str, work: Callable[[], object]) -> None:
        self.run_worker(self._do(said, work), exit_on_error=False)

    async def _do(self, said: str, work: Callable[[], object]) -> None:
        await asyncio.to_thread(work)
        self.load_anew(said)

    def action_close(self) -> None:
        if row := self.row:
            service, pair = self.service, self.pair
            said = "Done. It stays in Everything, where u opens it again."
            self._change(said, lambda: [service.close_item(pair, one.id) for one in row.items])

    def action_asked(self) -> None:
        if row := self.row:
            service, pair, lead = self.service, self.pair, row.items[0]
            if lead.surfaced_on == service.today:
                self._change("Not asked after all.", lambda: service.not_asked_about(pair, lead.id))
                return
            said = "You asked today, so it rests a while."
            if lead.surfaced:
                said = "You have asked again, so it does not come back by itself."
            ids = [item.id for item in row.items]
            self._change(f"{said} In Everything, a takes that back.",
                         lambda: service.asked_about(pair, ids))  # fmt: skip

    def action_reopen(self) -> None:
        if row := self.row:
            service, pair = self.service, self.pair
            self._change(
                "Open again.", lambda: [service.reopen_item(pair, i.id) for i in row.items]
            )

    def action_private(self) -> None:
        if row := self.row:
            service, pair = self.service, self.pair
            on = not any(item.private for item in row.items)
            said = "Private: kept out of shared exports." if on else "No longer private."
            self._change(said, lambda: [service.set_private(pair, i.id, on) for i in row.items])

    def action_edit(self) -> None:
        if row := self.row:
            self.run_worker(self._edit(row), group="ask", exclusive=True, exit_on_error=False)

    async def _edit(self, row: Row) -> None:
        from coach.tui.screens.item_edit import Edited, EditScreen

        item = row.items[0]
        given = Edited(item.text, item.when, item.until)
        asked = EditScreen(given, self.service.today, self.service.locale)
        edited = await self.app.push_screen_wait(asked)
        if edited is not None:
            await asyncio.to_thread(
                lambda: self.service.change_item(
                    self.pair, item.id, text=edited.text, when=edited.when, until=edited.until
                )
            )
            self.load_anew("Changed. What it was stays in its history.")

    def action_forget(self) -> None:
        if row := self.row:
            self.run_worker(self._forget(row), group="ask", exclusive=True, exit_on_error=False)

    async def _forget(self, row: Row) -> None:
        from coach.tui.screens.forget import ForgetScreen

        ids = [item.id for item in row.items]
        doomed = await asyncio.to_thread(self.service.would_forget, self.pair, ids)
        if await self.app.push_screen_wait(ForgetScreen([item.text for item in doomed])):
            self.forgot = True
            await asyncio.to_thread(self.service.forget_items, self.pair, ids)
            self.load_anew("Forgotten, with the sentence it came from.")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            show_error(self.app, event.worker.error)
