"""The conversation so far, newest at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Button

from coach.tui.widgets.messages import Notice, UserMessage

if TYPE_CHECKING:
    from coach.storage.conversations import Message
    from coach.tui.service import Session
    from coach.tui.widgets.reply import Reply

PAGE = 12
"""How many messages of a long conversation are shown at first, and with each step back."""

_STATUS = {"interrupted": "stopped here", "failed": "not finished"}


class Transcript(VerticalScroll, can_focus=False):
    """Messages in order; at most one reply is the selected one."""

    def __init__(self) -> None:
        super().__init__()
        self._earlier: list[Message] = []
        self._session: Session | None = None
        self.selected: Reply | None = None

    @property
    def replies(self) -> list[Reply]:
        """The replies that are shown, oldest first."""
        from coach.tui.widgets.reply import Reply

        return list(self.query(Reply))

    @property
    def is_empty(self) -> bool:
        return not self.query(UserMessage)

    async def load(self, session: Session) -> None:
        """Show what was said before, above anything that is waiting to be answered."""
        self._session = session
        self._earlier = list(session.messages)
        await self.show_earlier()
        self.anchor()

    async def show_earlier(self) -> None:
        """Show one more page of the past, oldest at the top."""
        from coach.tui.turns import grounds, links_of

        assert self._session is not None
        await self.query("#earlier").remove()
        first = self.children[0] if self.children else None
        page, self._earlier = self._earlier[-PAGE:], self._earlier[:-PAGE]
        shown = [_widget(message) for message in page]
        found = await links_of(self._session, [grounds(message) for message in page])
        more = [Button("Show earlier messages", id="earlier", compact=True)]
        with self.app.batch_update():
            await self.mount_all([*(more if self._earlier else []), *shown], before=first)
            for widget, rests_on in zip(shown, found, strict=True):
                if not isinstance(widget, UserMessage):
                    await widget.show_sources(rests_on)

    async def show_message(self, message_id: int) -> None:
        """Show the message with this id, and as much of the past as lies before it."""
        while self._earlier and self._named(message_id) is None:
            await self.show_earlier()
        widget = self._named(message_id)
        if widget is not None:
            self.release_anchor()
            self.scroll_to_widget(widget, top=True, animate=False, immediate=True)
            if not isinstance(widget, UserMessage):
                self.select(widget)

    def _named(self, message_id: int) -> UserMessage | Reply | None:
        from coach.tui.widgets.reply import Reply

        for one in self.children:
            if isinstance(one, UserMessage | Reply) and one.name == str(message_id):
                return one
        return None

    @property
    def last_message(self) -> UserMessage | None:
        """What the user wrote last."""
        return next(iter(reversed(self.query(UserMessage))), None)

    async def take_back(self, message: UserMessage) -> None:
        """Take this message and all that follows it away."""
        place = list(self.children).index(message)
        gone = self.children[place:]
        if self.selected in gone:
            self.selected = None
        for one in gone:
            await one.remove()

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


def _widget(message: Message) -> UserMessage | Reply:
    from coach.tui.widgets.reply import Reply

    name = str(message.id)
    if message.author == "user":
        return UserMessage(message.text, kept=True, name=name)
    return Reply(message.text, _STATUS.get(message.status, ""), name=name)
