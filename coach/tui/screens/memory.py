"""What is remembered of a pair: to see, to change, and to forget."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList, Static, Tab, Tabs
from textual.worker import Worker, WorkerState

from coach.tui.memory_load import load
from coach.tui.memory_rows import TABS, THREADS, Row, Section, Snapshot, chosen, matching, sections
from coach.tui.notices import show_error
from coach.tui.plain import one_line
from coach.tui.widgets.memory_list import MemoryList
from coach.tui.wording import pair_line

if TYPE_CHECKING:
    from coach.tui.service import Session

LOADING = "Looking"
TEACH = (
    "Nothing is remembered of {name} yet.\n\nWrite up a session with F5: say in your own words what "
    "happened. What matters in it is listed here, with its date and the sentence it came from. "
    "What you keep from the chat comes here too."
)
NOTHING = {
    "threads": "No thread is waiting to be taken up. Everything shows what is remembered.",
    "commitments": "No promise is remembered, neither yours nor {name}'s.",
    "people": "No facts, preferences, boundaries or expectations are remembered.",
    "goals": "No goals or plans are remembered.",
    "everything": "Nothing is remembered.",
}
NO_MATCH = "Nothing here has those words. Esc shows everything again."
UNNOTICED = (
    "The note is kept. I noticed nothing in it to come back to; that can be as it should be.\n\n"
    "Dates, promises and plans are noticed best when a sentence names them."
)


@dataclass(frozen=True)
class Review:
    """What a note came to: the ids of its items, and of the earlier ones that it settled."""

    title: str
    noticed: tuple[int, ...]
    settled: tuple[int, ...]


class MemoryScreen(Screen[bool]):
    """Gives True when something was forgotten. With a ``review``, shows only what a note gave."""

    AUTO_FOCUS = "MemoryList OptionList"
    DEFAULT_CSS = """
    MemoryScreen > .heading {
        padding: 0 1;
        background: $panel;
        text-style: bold;
    }

    MemoryScreen > .said {
        height: auto;
        padding: 0 1;
        color: $text-muted;
    }

    MemoryScreen > Input {
        display: none;
        border: round $border;
        background: $background;
    }

    MemoryScreen.-filtering > Input {
        display: block;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit"),
        Binding("x", "close", "Done"),
        Binding("u", "reopen", "Reopen"),
        Binding("p", "private", "Private"),
        Binding("f", "forget", "Forget"),
        Binding("slash", "filter", "Filter", key_display="/"),
        Binding("left", "tab(-1)", show=False),
        Binding("right", "tab(1)", show=False),
        *(Binding(str(n), f"go({n - 1})", show=False) for n in range(1, len(TABS) + 1)),
        Binding("f5", "app.write_up", "Write up"),
        Binding("escape", "back", "Back"),
        Binding("f4", "leave", show=False),
    ]

    def __init__(self, session: Session, review: Review | None = None) -> None:
        super().__init__()
        assert session.pair is not None
        self._service, self._pair = session.service, session.pair
        self._review = review
        self._now: Snapshot | None = None
        self._tab = THREADS
        self._forgot = False

    def compose(self) -> ComposeResult:
        title = self._review.title if self._review else f"Memory of {pair_line(self._pair)}"
        yield Static(one_line(title), classes="heading", markup=False)
        if self._review is None:
            tabs = Tabs(
                *(Tab(f"{n} {name}", id=key) for n, (key, name) in enumerate(TABS.items(), 1))
            )
            tabs.can_focus = False
            yield tabs
        yield Input(placeholder="Words to look for")
        yield MemoryList()
        yield Static(LOADING, classes="said", markup=False)
        yield Footer()

    # -- showing -------------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        self._load("")

    def _load(self, said: str) -> None:
        self.run_worker(self._show_anew(said), group="load", exclusive=True, exit_on_error=False)

    async def _show_anew(self, said: str) -> None:
        self._now = await asyncio.to_thread(load, self._service, self._pair)
        self.query_one(".said", Static).update(said)
        self._show()

    def _show(self) -> None:
        if self._now is None:
            return
        found = self._found(self._now)
        wanted = self.query_one(Input).value
        fitting = matching(found, wanted)
        self.query_one(MemoryList).show(fitting, NO_MATCH if found else self._teach(self._now))
        self.refresh_bindings()

    def _found(self, now: Snapshot) -> list[Section]:
        if self._review is None:
            return sections(now, self._tab)
        parts = [
            chosen(now, "Remembered from this note", self._review.noticed),
            chosen(now, "Settled by this note", self._review.settled),
        ]
        return [part for part in parts if part.rows]

    def _teach(self, now: Snapshot) -> str:
        if self._review is not None:
            return UNNOTICED
        return (NOTHING[self._tab] if now.items else TEACH).replace("{name}", one_line(now.name))

    def on_tabs_tab_activated(self, event: Tabs.TabActivated) -> None:
        event.stop()
        self._tab = event.tab.id or THREADS
        self.query_one(".said", Static).update("")
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(OptionList).focus()

    def on_memory_list_chosen(self) -> None:
        self.refresh_bindings()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            show_error(self.app, event.worker.error)

    # -- keys ----------------------------------------------------------------------------------

    @property
    def _row(self) -> Row | None:
        return self.query_one(MemoryList).row if self.is_mounted else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action not in {"edit", "close", "reopen", "private", "forget"}:
            return True
        row = self._row
        if row is None:
            return False
        is_open = row.items[0].status == "open"
        return {"close": is_open, "reopen": not is_open}.get(action, True)

    def _change(self, said: str, work: Callable[[], object]) -> None:
        self.run_worker(self._do(said, work), exit_on_error=False)

    async def _do(self, said: str, work: Callable[[], object]) -> None:
        await asyncio.to_thread(work)
        self._load(said)

    def action_close(self) -> None:
        if row := self._row:
            service, pair = self._service, self._pair
            said = "Done. It stays in Everything, where u opens it again."
            self._change(said, lambda: [service.close_item(pair, one.id) for one in row.items])

    def action_reopen(self) -> None:
        if row := self._row:
            service, pair = self._service, self._pair
            self._change(
                "Open again.", lambda: [service.reopen_item(pair, i.id) for i in row.items]
            )

    def action_private(self) -> None:
        if row := self._row:
            service, pair = self._service, self._pair
            on = not any(item.private for item in row.items)
            said = "Private: kept out of shared exports." if on else "No longer private."
            self._change(said, lambda: [service.set_private(pair, i.id, on) for i in row.items])

    def action_edit(self) -> None:
        if row := self._row:
            self.run_worker(self._edit(row), group="ask", exclusive=True, exit_on_error=False)

    async def _edit(self, row: Row) -> None:
        from coach.tui.screens.item_edit import Edited, EditScreen

        item = row.items[0]
        asked = EditScreen(Edited(item.text, item.when, item.until), self._service.today)
        edited = await self.app.push_screen_wait(asked)
        if edited is not None:
            await asyncio.to_thread(
                lambda: self._service.change_item(
                    self._pair, item.id, text=edited.text, when=edited.when, until=edited.until
                )
            )
            self._load("Changed. What it was stays in its history.")

    def action_forget(self) -> None:
        if row := self._row:
            self.run_worker(self._forget(row), group="ask", exclusive=True, exit_on_error=False)

    async def _forget(self, row: Row) -> None:
        from coach.tui.screens.forget import ForgetScreen

        ids = [item.id for item in row.items]
        doomed = await asyncio.to_thread(self._service.would_forget, self._pair, ids)
        if await self.app.push_screen_wait(ForgetScreen([item.text for item in doomed])):
            self._forgot = True
            await asyncio.to_thread(self._service.forget_items, self._pair, ids)
            self._load("Forgotten, with the sentence it came from.")

    def action_filter(self) -> None:
        self.add_class("-filtering")
        self.query_one(Input).focus()

    def action_tab(self, by: int) -> None:
        self._go_to((list(TABS).index(self._tab) + by) % len(TABS))

    def action_go(self, place: int) -> None:
        self._go_to(place)

    def _go_to(self, place: int) -> None:
        for tabs in self.query(Tabs):
            tabs.active = list(TABS)[place]

    def action_back(self) -> None:
        if not self.has_class("-filtering"):
            self.action_leave()
            return
        self.remove_class("-filtering")
        self.query_one(Input).value = ""
        self.query_one(OptionList).focus()

    def action_leave(self) -> None:
        self.dismiss(self._forgot)
