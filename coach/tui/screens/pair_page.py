"""What the pages about one pair have in common: work in threads, a line that tells, and undo."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from coach.tui.notices import show_error
from coach.tui.plain import one_line

if TYPE_CHECKING:
    from coach.storage.pairs import Pair
    from coach.tui.service import Service

T = TypeVar("T")
TAKEN_BACK = "Taken back."


HELP = Binding("question_mark,f1", "app.help", "Help", key_display="?", id="app.help")


class PairPage(Screen[T]):
    """A page about one pair; what is changed on it can be taken back for as long as it is open.

    A ``.said`` line on it, if there is one, tells what has just happened.
    """

    DEFAULT_CSS = """
    PairPage > .said {
        display: none;
        height: auto;
        max-height: 3;
        padding: 0 1;
        color: $text-muted;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo", id="pages.undo"),
    ]

    def __init__(self, service: Service, pair: Pair) -> None:
        super().__init__()
        self.service, self.pair = service, pair
        self._steps: list[Callable[[], object]] = []

    async def load_anew(self) -> None:
        """Show what there is now."""

    def on_mount(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Show what there is now, in a worker of its own."""
        self.run_worker(self.load_anew(), group="load", exclusive=True, exit_on_error=False)

    def tell(self, said: str) -> None:
        """Say what has just happened."""
        for line in self.query(".said").results(Static):
            line.update(one_line(said))
            line.display = bool(said)

    def go(self, work: Coroutine[Any, Any, None]) -> None:
        """Do ``work``; what it raises is shown."""
        self.run_worker(work, group="ask", exit_on_error=False)

    async def change(
        self, said: str, work: Callable[[], object], undo: Callable[[], object] | None = None
    ) -> None:
        """Do ``work`` in a thread, show what is there then, and keep how to take it back."""
        await asyncio.to_thread(work)
        if undo is not None:
            self._steps.append(undo)
        await self.load_anew()
        self.tell(said)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._steps) if action == "undo" else True

    def action_undo(self) -> None:
        if self._steps:
            self.go(self.change(TAKEN_BACK, self._steps.pop()))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            show_error(self.app, event.worker.error)
