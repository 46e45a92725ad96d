"""The keys that change what is remembered: edit, done, asked, private, forget, and undo."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType

from coach.tui.plain import one_line
from coach.tui.screens.pair_page import TAKEN_BACK, PairPage
from coach.tui.widgets.memory_list import MemoryList

if TYPE_CHECKING:
    from coach.storage.pairs import Pair
    from coach.tui.app import CoachApp
    from coach.tui.forgetting import Forgetting
    from coach.tui.memory_rows import Row
    from coach.tui.service import Service

_ACTIONS = frozenset({"edit", "close", "asked", "reopen", "private", "forget"})
SPARED = "Kept. Nothing was forgotten."
GONE = "Forgotten, with the sentence it came from."
_MOST = 60


class ItemKeys(PairPage[bool]):
    """A screen with a :class:`MemoryList`, whose keys act on the highlighted row."""

    WRITES: ClassVar[frozenset[str]] = PairPage.WRITES | {
        "edit",
        "close",
        "asked",
        "reopen",
        "private",
        "forget",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", id="memory.edit"),
        Binding("d", "close", "Done", id="memory.done"),
        Binding("d", "reopen", "Reopen", id="memory.done"),
        Binding("a", "asked", "Asked", id="memory.asked"),
        Binding("p", "private", "Private", id="memory.private"),
        Binding("f", "forget", "Forget", id="memory.forget"),
    ]

    def __init__(self, service: Service, pair: Pair) -> None:
        super().__init__(service, pair)
        self.forgot = False
        """Whether something was forgotten here."""
        self._leaving = False

    @property
    def row(self) -> Row | None:
        """The row that the keys act on."""
        return self.query_one(MemoryList).row if self.is_mounted else None

    @property
    def forgetting(self) -> Forgetting:
        """What is about to be forgotten."""
        return cast("CoachApp", self.app).forgetting

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "undo":
            return bool(self._steps or self.forgetting.going(self.pair))
        if action not in _ACTIONS:
            return super().check_action(action, parameters)
        row = self.row
        if row is None or self.forgetting.going(self.pair) & {item.id for item in row.items}:
            return False
        is_open = row.items[0].status == "open"
        return {"close": is_open, "asked": is_open, "reopen": not is_open}.get(action, True)

    def action_close(self) -> None:
        if row := self.row:
            service, pair, ids = self.service, self.pair, [item.id for item in row.items]
            self.go(
                self.change(
                    "Done. It stays in Everything; Undo takes that back.",
                    lambda: [service.close_item(pair, key) for key in ids],
                    lambda: [service.reopen_item(pair, key) for key in ids],
                )
            )

    def action_asked(self) -> None:
        if row := self.row:
            service, pair, lead = self.service, self.pair, row.items[0]
            ids = [item.id for item in row.items]
            if lead.surfaced_on == service.today:
                self.go(
                    self.change(
                        "Not asked after all.",
                        lambda: service.not_asked_about(pair, lead.id),
                        lambda: service.asked_about(pair, ids),
                    )
                )
                return
            said = "You asked today, so it rests a while."
            if lead.surfaced:
                said = "You have asked again, so it does not come back by itself."
            self.go(
                self.change(
                    f"{said} Undo takes that back.",
                    lambda: service.asked_about(pair, ids),
                    lambda: service.not_asked_about(pair, lead.id),
                )
            )

    def action_reopen(self) -> None:
        if row := self.row:
            service, pair = self.service, self.pair
            done = [item.id for item in row.items if item.status == "done"]
            ids = [item.id for item in row.items]
            self.go(
                self.change(
                    "Open again.",
                    lambda: [service.reopen_item(pair, key) for key in ids],
                    (lambda: [service.close_item(pair, key) for key in done]) if done else None,
                )
            )

    def action_private(self) -> None:
        if row := self.row:
            service, pair = self.service, self.pair
            before = [(item.id, item.private) for item in row.items]
            on = not any(private for _, private in before)
            self.go(
                self.change(
                    "Private: kept out of shared exports." if on else "No longer private.",
                    lambda: [service.set_private(pair, key, on) for key, _ in before],
                    lambda: [service.set_private(pair, key, was) for key, was in before],
                )
            )

    def action_edit(self) -> None:
        if row := self.row:
            self.go(self._edit(row))

    async def _edit(self, row: Row) -> None:
        from coach.tui.screens.item_edit import Edited, EditScreen

        item, service, pair = row.items[0], self.service, self.pair
        given = Edited(item.text, item.when, item.until)
        asked = EditScreen(given, service.today, service.locale)
        edited = await self.ask(asked, f"item:{item.id}")
        if edited is None:
            return

        def say(what: Edited) -> None:
            service.change_item(
                pair, item.id, text=what.text, when=what.when, until=what.until
            )  # fmt: skip

        await self.change(
            "Changed. What it was stays in its history.", lambda: say(edited), lambda: say(given)
        )

    # -- forgetting ----------------------------------------------------------------------------

    def action_forget(self) -> None:
        if row := self.row:
            self.go(self._forget(row))

    async def _forget(self, row: Row) -> None:
        from coach.tui.screens.forget import ForgetScreen

        chosen = [item.id for item in row.items]
        with self.coming():
            doomed = await asyncio.to_thread(self.service.would_forget, self.pair, chosen)
        if len(doomed) > len(chosen) and not await self.app.push_screen_wait(
            ForgetScreen([item.text for item in doomed])
        ):
            return
        going = [item.id for item in doomed]
        with self.coming():
            await self.forgetting.begin(self.service, self.pair, chosen, going, self._gone)
            await self.load_anew()
        text = one_line(row.items[0].text)
        named = text if len(text) <= _MOST else f"{text[:_MOST]}…"
        many = f" and {len(going) - 1} more" if len(going) > 1 else ""
        moment = round(self.forgetting.grace)
        self.tell(f"Forgetting “{named}”{many} in {moment} seconds. Undo takes it back.")
        self.refresh_bindings()

    def _gone(self) -> None:
        self.forgot = True
        if self._leaving:
            return
        if self.is_attached:
            # A callable, not its coroutine: where the app ends, nobody would wait for that.
            told: Callable[[], Awaitable[None]] = self._tell_gone
            self.run_worker(told, group="ask", exit_on_error=False)
        else:
            cast("CoachApp", self.app).going.reopen(self.pair)

    async def _tell_gone(self) -> None:
        await self.load_anew()
        self.tell(GONE)
        self.refresh_bindings()

    def action_undo(self) -> None:
        if self.forgetting.going(self.pair):
            self.forgetting.spare()
            self.go(self.change(SPARED, lambda: None))
        elif self._steps:
            self.go(self.change(TAKEN_BACK, self._steps.pop()))

    async def leave(self) -> None:
        """Close the page; what is about to be forgotten goes now."""
        self._leaving = True
        try:
            await self.forgetting.settle()
        finally:
            self._leaving = False
        self.dismiss(self.forgot)
