"""The threads that a reply has suggested, below it: one key says that the user asked about one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from coach.errors import CoachError
from coach.tui.keys import action_for, keyed
from coach.tui.notices import show_error
from coach.tui.plain import one_line
from coach.tui.widgets.below import BelowReply, ReplyRow

if TYPE_CHECKING:
    from coach.memory.continuity import FollowUp
    from coach.storage.pairs import Pair
    from coach.tui.service import Service

HINT = (
    "Nothing is counted as asked until you say so. Tab comes here; "
    "{a|thread.asked}: you asked, and it rests"
)


class ThreadRow(ReplyRow):
    """One thread; ``asked`` says that the user has marked it here."""

    WRITES: ClassVar[frozenset[str]] = frozenset({"asked"})
    HELP = "On a thread below an answer (Tab goes there)"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "asked", "Asked", id="thread.asked"),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, service: Service, pair: Pair, thread: FollowUp) -> None:
        super().__init__()
        self._service, self._pair, self._thread = service, pair, thread
        self.asked = False
        self._one_at_a_time = asyncio.Lock()

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        line = Content(one_line(self._thread.topic))
        said = "asked, it rests; take back" if self.asked else "Asked"
        click = Style.from_meta({"@click": "asked()"})
        self.update(line.append("  ").append(Content.styled(said, click)))

    async def on_key(self, event: events.Key) -> None:
        # The conversation takes every other letter for the message being written.
        if action_for(self, event.key) == "asked":
            event.stop()
            self.action_asked()

    def action_asked(self) -> None:
        self.run_worker(self._mark(), exit_on_error=False)

    async def _mark(self) -> None:
        service, pair, ids = self._service, self._pair, list(self._thread.items)
        # A second press takes the first one back, and does not ask again.
        async with self._one_at_a_time:
            try:
                if self.asked:
                    await asyncio.to_thread(service.not_asked_about, pair, ids[0])
                else:
                    await asyncio.to_thread(service.asked_about, pair, ids)
            except CoachError as error:
                show_error(self.app, error)
                return
            self.asked = not self.asked
            self._show()


class Threads(BelowReply):
    """The threads of one reply."""

    def __init__(self, service: Service, pair: Pair, threads: Sequence[FollowUp]) -> None:
        super().__init__()
        self._rows = [ThreadRow(service, pair, thread) for thread in threads]

    def compose(self) -> ComposeResult:
        yield from self._rows
        yield Static(keyed(self, HINT), classes="hint", markup=False)
