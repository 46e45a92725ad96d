"""An empty conversation: a greeting, and three questions to start with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Button, Static

from coach.tui.plain import one_line
from coach.tui.widgets.choice import Choice
from coach.tui.widgets.markdown import SafeMarkdown


class Welcome(Vertical):
    """The greeting; a question is sent by pressing it."""

    DEFAULT_CSS = """
    Welcome {
        height: auto;
        padding: 1 1 0 1;
    }

    Welcome > .hint {
        height: auto;
        color: $text-muted;
    }
    """

    @dataclass
    class Asked(Message):
        """The user pressed the example ``text``."""

        text: str

    def __init__(self, greeting: str, examples: Sequence[str]) -> None:
        super().__init__()
        self._greeting = greeting
        self._examples = [one_line(text) for text in examples]

    def compose(self) -> ComposeResult:
        yield SafeMarkdown(self._greeting)
        yield Static("Write below, or press one of these to ask it:", classes="hint")
        for text in self._examples:
            yield Choice(f"> {text}", text)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Asked(event.button.name or ""))
