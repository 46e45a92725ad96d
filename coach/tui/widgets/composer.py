"""Where one writes: several lines, Enter sends, earlier messages come back with Up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from coach.text import MAX_MESSAGE, clean
from coach.tui.keys import action_for, keyed
from coach.tui.plain import shown
from coach.tui.slash import Command, completed, completions

SENDS = "Enter sends, {Ctrl+J|chat.newline} starts a new line"


class Composer(TextArea):
    """The message being written."""

    HELP = "In the line one writes in"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Send", show=False),
        Binding("ctrl+j,shift+enter,alt+enter", "newline", "New line", show=False,
                id="chat.newline"),
        Binding("pageup", "screen.scroll_page(-1)", "Scroll up", show=False, id="chat.scroll_up"),
        Binding("pagedown", "screen.scroll_page(1)", "Scroll down", show=False,
                id="chat.scroll_down"),
    ]  # fmt: skip

    @dataclass
    class Submitted(Message):
        """The user has sent ``text``: cleaned, and not empty."""

        text: str

    @dataclass
    class Completing(Message):
        """These commands begin as what is written; the one at ``place`` is what Tab takes."""

        commands: list[Command]
        place: int

    def __init__(self) -> None:
        super().__init__(placeholder="Ask, or tell what happened; / for commands", id="composer")
        self._commands: list[Command] = []
        self._chosen = 0
        self._sent: list[str] = []
        self._place: int | None = None
        self._unsent = ""

    def on_mount(self) -> None:
        self.border_subtitle = keyed(self, SENDS)

    def remember_sent(self, texts: list[str]) -> None:
        """Make ``texts``, oldest first, come back with Up, before what is sent from now on."""
        self._sent[:0] = texts

    def put(self, text: str) -> None:
        """Replace what is written with ``text``, and go to its end."""
        self.text = shown(text)
        self.move_cursor(self.document.end)

    def on_text_area_changed(self) -> None:
        self._offer(completions(self.text))

    def _offer(self, commands: list[Command], place: int = 0) -> None:
        if commands or self._commands:
            self._commands, self._chosen = commands, place % max(1, len(commands))
            self.post_message(self.Completing(commands, self._chosen))

    def _complete(self, key: str) -> bool:
        """Do what ``key`` does while commands are offered; False if it does nothing then."""
        if not self._commands:
            return False
        chosen = self._commands[self._chosen]
        if key in {"up", "down"}:
            self._offer(self._commands, self._chosen + (1 if key == "down" else -1))
        elif key == "escape":
            self._offer([])
        elif key == "tab" or (key == "enter" and self.text.casefold() != f"/{chosen.name}"):
            self.put(completed(chosen))
        else:
            return False
        return True

    async def _on_key(self, event: events.Key) -> None:
        if self._complete(event.key):
            event.stop()
            event.prevent_default()
            return
        # Here and not in a priority binding, which would overtake letters typed just before it.
        action = action_for(self, event.key)
        if action in {"submit", "newline"}:
            event.stop()
            event.prevent_default()
            await self.run_action(action)
            return
        await super()._on_key(event)

    def action_submit(self) -> None:
        text = clean(self.text)
        if not text or self.read_only:
            return
        self._sent.append(text)
        self._place = None
        self.text = ""
        self.post_message(self.Submitted(text))

    def action_newline(self) -> None:
        self._replace_via_keyboard("\n", *self.selection)

    def action_cursor_up(self, select: bool = False) -> None:
        if select or not self.navigator.is_first_wrapped_line(self.cursor_location):
            super().action_cursor_up(select)
        elif self._sent and self._place != 0:
            if self._place is None:
                self._unsent = self.text
                self._place = len(self._sent)
            self._place -= 1
            self.put(self._sent[self._place])

    def action_cursor_down(self, select: bool = False) -> None:
        if select or not self.navigator.is_last_wrapped_line(self.cursor_location):
            super().action_cursor_down(select)
        elif self._place is not None:
            self._place += 1
            if self._place < len(self._sent):
                self.put(self._sent[self._place])
            else:
                self._place = None
                self.put(self._unsent)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = clean(event.text, None)
        room = max(0, MAX_MESSAGE - len(self.text))
        if len(text) > room:
            self.notify(
                f"A message holds up to {MAX_MESSAGE:,} characters, so the end was left out. "
                "Notes of a session can be longer: `coach log` takes them from a file.",
                title="Pasted in part",
                severity="warning",
                markup=False,
            )
        self._replace_via_keyboard(text[:room], *self.selection)
