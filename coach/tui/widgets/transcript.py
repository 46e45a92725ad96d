"""The conversation so far, newest at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Button

from coach.tui.widgets.messages import Notice, UserMessage

if TYPE_CHECKING:
    from coach.storage.conversations import Message
    from coach.tui.service import Service
    from coach.tui.widgets.reply import Reply

PAGE = 30
"""How many messages of a long conversation are shown at first, and with each step back."""

_STATUS = {"interrupted": "stopped here", "failed": "not finished"}


class Transcript(VerticalScroll, can_focus=False):
    """Messages in order; at most one reply is the selected one."""

    def __init__(self) -> None:
        super().__init__()
        self._earlier: list[Message] = []
        self._service: Service | None = None
        self.selected: Reply | None = None

    @property
    def replies(self) -> list[Reply]:
        """The replies that are shown, oldest first."""
        from coach.tui.widgets.reply import Reply

        return list(self.query(Reply))

    @property
    def is_empty(self) -> bool:
        return not self.query(UserMessage)

    async def load(self, service: Service, messages: Sequence[Message]) -> None:
        """Show what was said before, above anything that is waiting to be answered."""
        self._service = service
        self._earlier = list(messages)
        await self.show_earlier()
        self.anchor()

    async def show_earlier(self) -> None:
        """Show one more page of the past, oldest at the top."""
        from coach.tui.turns import cited, source_links
        from coach.tui.widgets.reply import Reply

        assert self._service is not None
        await self.query("#earlier").remove()
        first = self.children[0] if self.children else None
        page, self._earlier = self._earlier[-PAGE:], self._earlier[:-PAGE]
        shown = [
            UserMessage(m.text) if m.author == "user" else Reply(m.text, _STATUS.get(m.status, ""))
            for m in page
        ]
        more = [Button("Show earlier messages", id="earlier", compact=True)]
        with self.app.batch_update():
            await self.mount_all([*(more if self._earlier else []), *shown], before=first)
            for message, widget in zip(page, shown, strict=True):
                if isinstance(widget, Reply):
                    await widget.show_sources(await source_links(self._service, cited(message)))

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "earlier":
            event.stop()
            await self.show_earlier()

    async def add(
        self, widget: UserMessage | Notice | Reply, after: UserMessage | None = None
    ) -> None:
        """Add a message at the end, or right ``after`` another, and keep the end in view."""
        await self.mount(widget, after=after)
        self.anchor()

    def select(self, reply: Reply) -> None:
        """Make ``reply`` the selected one."""
        if self.selected is not None and self.selected.is_attached:
            self.selected.select(False)
        self.selected = reply
        reply.select(True)

    def neighbour(self, step: int) -> Reply | None:
        """The reply ``step`` after the selected one; the newest if none is selected."""
        replies = self.replies
        if not replies:
            return None
        if self.selected not in replies:
            return replies[-1]
        place = replies.index(self.selected) + step
        return replies[min(max(place, 0), len(replies) - 1)]
