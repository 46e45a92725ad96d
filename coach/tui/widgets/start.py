"""The first page while there is nobody yet: what this is, and three ways to begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Button, Static

from coach.tui.keys import keyed
from coach.tui.widgets.choice import Choice

TITLE = "Good to see you."
TEXT = """\
This is for the two of you who meet as mentor and mentee. It remembers
what was said and promised, tells you what to come back to, and puts a
page together before you meet. It all stays on this computer.

A first round takes five minutes: add the person, write up your last
session in a few sentences, and prepare the next one."""

_WAYS = (
    ("add", "{a|home.add}  Add the person you mentor, or who mentors you"),
    ("demo", "{d|home.demo}  See a demonstration: an invented pair with a year behind it"),
    ("chat", "{c|home.chat}  Just ask something about mentoring"),
)


class Start(VerticalScroll, can_focus=False):
    """Text and three buttons; each has a key of its own too."""

    DEFAULT_CSS = """
    Start {
        height: 1fr;
        padding: 1 2;
    }

    Start > Static {
        height: auto;
        max-width: 76;
        margin-bottom: 1;
    }

    Start > .title {
        text-style: bold;
        color: $primary;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """One way to begin: "add", "demo" or "chat"."""

        way: str

    def __init__(self, *, demo: bool) -> None:
        super().__init__()
        self._ways = [way for way in _WAYS if demo or way[0] != "demo"]

    def compose(self) -> ComposeResult:
        yield Static(TITLE, classes="title", markup=False)
        yield Static(TEXT, markup=False)
        for name, text in self._ways:
            yield Choice(keyed(self, text), name)

    def on_mount(self) -> None:
        self.query(Button).first().focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Chosen(event.button.name or ""))
