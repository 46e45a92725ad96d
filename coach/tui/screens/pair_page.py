"""What the pages about one pair have in common: work in threads, a line that tells, and undo."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from coach.tui.notices import show_error
from coach.tui.plain import one_line

if TYPE_CHECKING:
    from coach.storage.drafts import Place
    from coach.storage.pairs import Pair
    from coach.tui.app import CoachApp
    from coach.tui.drafts import Drafts
    from coach.tui.screens.dialog import Dialog
    from coach.tui.service import Service
    from coach.tui.unfinished import Unfinished

T = TypeVar("T")
Given = TypeVar("Given")
TAKEN_BACK = "Taken back."


HELP = Binding("question_mark,f1", "app.help", "Help", key_display="?", id="app.help")


def tab_keys(page: str, tabs: Mapping[str, str]) -> list[Binding]:
    """Number keys for the tabs of a page, given as their ids with what they are called."""
    return [
        Binding(str(n), f"go({n - 1})", f"Tab: {name}", show=False, id=f"{page}.tab-{key}")
        for n, (key, name) in enumerate(tabs.items(), 1)
    ]


class PairPage(Screen[T]):
    """A page about one pair; what is changed on it can be taken back for as long as it is open.

    A ``.said`` line on it, if there is one, tells what has just happened.
    """

    WRITES: ClassVar[frozenset[str]] = frozenset({"undo"})
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
        self._one_at_a_time = asyncio.Lock()
        """What was looked up before a change is never shown after it."""
        self._left: dict[Place, str] | None = None
        """What dialogs about the pair were left with, by place; None until it is looked up."""
        self._unfinished: Unfinished | None = None

    @property
    def drafts(self) -> Drafts:
        """What is being written."""
        return cast("CoachApp", self.app).drafts

    def coming(self) -> AbstractContextManager[None]:
        """Keys wait for what is done meanwhile."""
        return cast("CoachApp", self.app).ahead.coming()

    async def load_anew(self) -> None:
        """Show what there is now."""

    def on_mount(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Show what there is now, in a worker of its own."""
        self.run_worker(self._load(), group="load", exclusive=True, exit_on_error=False)

    async def _load(self) -> None:
        async with self._one_at_a_time:
            await self._look_up()
            await self.load_anew()

    async def _look_up(self) -> dict[Place, str]:
        self._left = await self.drafts.in_dialogs(self.service, self.pair)
        return self._left

    def tell(self, said: str) -> None:
        """Say what has just happened."""
        for line in self.query(".said").results(Static):
            line.update(one_line(said))
            line.display = bool(said)

    def go(self, work: Coroutine[Any, Any, None]) -> None:
        """Do ``work``; what it raises is shown."""
        self.run_worker(work, group="ask", exit_on_error=False)

    async def ask(self, dialog: Dialog[Given | None], about: str) -> Given | None:
        """What the user gives in ``dialog``; None for nothing.

        Its texts are drafts, by what they are ``about``, until :meth:`change` has kept them.
        """
        dialog.unfinished = await self.begin(about)
        given = await self.app.push_screen_wait(dialog)
        if given is None:
            await self._settled()
        return given

    async def begin(self, about: str) -> Unfinished | None:
        """Where the texts of a dialog are drafts until :meth:`change` has kept what they say."""
        with self.coming():
            left = await self._look_up() if self._left is None else self._left
        made = self.drafts.unfinished(self.service, self.pair, about, left)
        self._unfinished = made
        return made

    async def _settled(self) -> None:
        """What was written in the last dialog is kept, or not wanted."""
        if self._unfinished is not None:
            await self._unfinished.drop()
            self._unfinished = None
        await self._look_up()

    async def change(
        self, said: str, work: Callable[[], object], undo: Callable[[], object] | None = None
    ) -> None:
        """Do ``work`` in a thread, show what is there then, and keep how to take it back."""
        with self.coming():
            async with self._one_at_a_time:
                await asyncio.to_thread(work)
                await self._settled()
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
