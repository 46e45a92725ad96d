"""The keys of the conversation: what can be done with an answer, and with one's last message."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from coach.errors import CoachError
from coach.tui.notices import show_error
from coach.tui.widgets.composer import Composer
from coach.tui.widgets.reading import Reading

if TYPE_CHECKING:
    from textual import events

    from coach.tui.service import Session
    from coach.tui.widgets.messages import UserMessage

EDITING = "In place of your last message: Enter sends it, Esc leaves it"
NOTHING_TO_COPY = "There is no answer to copy yet."
COPIED = "The answer is in the clipboard as plain text, without its sources."
NO_LAST = "You have not sent anything here yet."
READ_ONLY = "Nothing can be sent: coach is open elsewhere."


class ChatKeys(Screen[None]):
    """What the keys do; :class:`coach.tui.screens.chat.ChatScreen` sends and answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "Stop"),
        Binding("escape", "back", "Back", show=False),
        Binding("ctrl+r", "app.retry", "Try again", id="app.retry"),
        Binding("ctrl+r", "again", "Answer again", show=False, id="chat.again"),
        Binding("f1", "app.help", "Help", id="app.help"),
        Binding("f2", "app.pairs", "Another pair", show=False, id="chat.pairs"),
        Binding("f3", "sources", "Sources", id="chat.sources"),
        Binding("f4", "app.memory", "Memory", id="chat.memory"),
        Binding("f5", "app.write_up", "Note", id="chat.write_up"),
        Binding("f8", "app.home", "Home", id="chat.home"),
        Binding("f9", "app.prepare", "Prep", id="chat.prepare"),
        Binding("ctrl+t", "app.conversations", "Chats", id="app.conversations"),
        Binding("ctrl+g", "copy", "Copy", id="chat.copy"),
        Binding("ctrl+n", "app.new_conversation", "New", id="chat.new"),
        Binding("ctrl+l", "edit_last", "Change the last message", show=False, id="chat.edit"),
        # Before the line one writes in, where it would remove a word.
        Binding("ctrl+f", "app.search", "Search what was said", show=False, priority=True,
                id="chat.search"),
        Binding("ctrl+up,alt+up", "select(-1)", "Earlier answer", show=False, id="chat.earlier"),
        Binding("ctrl+down,alt+down", "select(1)", "Later answer", show=False, id="chat.later"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.session: Session | None = None
        self.editing = False
        """Whether what is written will stand in place of the last message."""
        self.aside = ""
        """What was being written when the last message was taken up again."""

    @property
    def reading(self) -> Reading:
        return self.query_one(Reading)

    @property
    def composer(self) -> Composer:
        return self.query_one(Composer)

    @property
    @abstractmethod
    def busy(self) -> bool:
        """Whether an answer is coming."""

    @abstractmethod
    async def stop(self) -> None:
        """End the reply that is coming, and wait until what came of it is kept."""

    @abstractmethod
    async def send(self, text: str) -> None:
        """Show ``text`` as the user's message, and have it answered in its turn."""

    # -- an answer -----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "stop":
            return self.busy
        if action in {"again", "edit_last"}:
            return self._last is not None and not self.busy and not self.composer.read_only
        return True

    async def action_stop(self) -> None:
        await self.stop()

    def action_back(self) -> None:
        if self.editing:
            self.leave_editing()
        self.reading.uncover()
        self.composer.focus()

    def action_sources(self) -> None:
        self.reading.toggle()

    def action_select(self, by: int) -> None:
        self.reading.step(by)

    def action_scroll_page(self, pages: int) -> None:
        self.reading.scroll_page(pages)

    def action_copy(self) -> None:
        from coach.tui.copying import plain_text

        transcript = self.reading.transcript
        replies = transcript.replies
        chosen = transcript.selected if transcript.selected in replies else None
        reply = chosen or (replies[-1] if replies else None)
        if reply is None or not reply.text:
            self.notify(NOTHING_TO_COPY, markup=False)
            return
        self.app.copy_to_clipboard(plain_text(reply.text))
        self.notify(COPIED, markup=False)

    # -- the last message ----------------------------------------------------------------------

    @property
    def _last(self) -> UserMessage | None:
        return self.reading.transcript.last_message if self.session and self.is_mounted else None

    async def action_again(self) -> None:
        last = self._last
        if last is not None:
            await self.replace_last(last.text)

    def action_edit_last(self) -> None:
        last = self._last
        if last is None:
            self.notify(NO_LAST, markup=False)
            return
        if not self.editing:
            self.aside = self.composer.text
        self.editing = True
        self.composer.border_title = EDITING
        self.composer.put(last.text)
        self.composer.focus()

    def leave_editing(self) -> None:
        """What was being written before comes back, as a message of its own."""
        if self.editing:
            self.composer.put(self.aside)
        self.editing, self.aside = False, ""
        self.composer.border_title = ""

    async def replace_last(self, text: str) -> None:
        """Send ``text`` in place of the last message; its answer goes too."""
        last, session = self._last, self.session
        self.leave_editing()
        if last is None or session is None:
            await self.send(text)
            return
        try:
            if last.kept:
                await asyncio.to_thread(session.service.take_back, session.conversation)
        except CoachError as error:
            show_error(self.app, error)
            self.composer.put("\n\n".join(filter(None, [self.composer.text, text])))
            return
        await self.reading.transcript.take_back(last)
        await self.send(text)

    def on_key(self, event: events.Key) -> None:
        # Whatever has the focus, what one types goes into the message.
        composer = self.composer
        if event.character and event.is_printable and self.focused is not composer:
            event.stop()
            composer.focus()
            if not composer.read_only:
                composer.insert(event.character)
