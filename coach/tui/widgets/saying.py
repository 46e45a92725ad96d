"""A line to say something in: Enter says it."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import TextArea

from coach.text import clean
from coach.tui.plain import one_line, shown


class Saying(TextArea):
    """What is being said; it stays written until :meth:`empty`."""

    DEFAULT_CSS = """
    Saying, Saying:focus {
        height: auto;
        min-height: 3;
        max-height: 8;
        padding: 0 1;
        border: round $border;
        background: $background;
    }
    """

    @dataclass
    class Said(Message):
        """``text`` is said: cleaned, and not empty."""

        text: str

    def __init__(self, placeholder: str) -> None:
        super().__init__(highlight_cursor_line=False)
        self.ask(placeholder)

    def ask(self, text: str) -> None:
        """Say in the empty box what belongs there; plain text, whoever it names."""
        self.placeholder = Content(one_line(text))

    def empty(self) -> None:
        """Nothing is written any more."""
        self.text = ""

    def put(self, text: str) -> None:
        """Write ``text``, with the cursor behind it."""
        self.text = shown(text)
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        # Here and not in a priority binding, which would overtake letters typed just before it.
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            text = clean(self.text)
            if text and not self.read_only:
                self.post_message(self.Said(text))
            return
        await super()._on_key(event)
