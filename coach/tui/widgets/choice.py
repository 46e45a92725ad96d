"""A line that can be pressed: one of a few ways to go on."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Button


class Choice(Button):
    """A button as wide as the text around it; ``name`` says what it stands for."""

    DEFAULT_CSS = """
    Choice {
        width: 100%;
        max-width: 76;
        height: auto;
        margin: 1 0 0 0;
        padding: 0 1;
        text-align: left;
        content-align: left middle;
        background: $surface;
        color: $foreground;
        text-style: none;
    }

    Choice:hover, Choice:focus {
        background: $panel;
        color: $primary;
        text-style: bold;
    }
    """

    def __init__(self, text: str, name: str) -> None:
        super().__init__(Content(text), name=name, compact=True)
