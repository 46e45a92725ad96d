"""A dialog that asks whether to do something that cannot be taken back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from coach.tui.plain import shown
from coach.tui.screens.dialog import Dialog
from coach.tui.widgets.key_line import KeyLine


class ConfirmScreen(Dialog[bool]):
    """Gives whether the user pressed the button called ``does``."""

    DEFAULT_CSS = """
    ConfirmScreen HorizontalGroup {
        margin-top: 1;
    }

    ConfirmScreen HorizontalGroup Button {
        width: 1fr;
        margin: 0 1 0 0;
    }

    ConfirmScreen HorizontalGroup Button:focus {
        background: $primary;
        color: $background;
        text-style: bold underline;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back"),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, title: str, text: str, does: str) -> None:
        super().__init__()
        self._title, self._text, self._does = title, text, does

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(shown(self._title), classes="title", markup=False)
            yield Static(shown(self._text), markup=False)
            with HorizontalGroup():
                yield Button(Content("Leave it"), id="leave")
                yield Button(Content(self._does), id="do")
        yield KeyLine()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id == "do")

    def action_leave(self) -> None:
        self.dismiss(False)
