"""Asking before more is forgotten than what was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from coach.tui.plain import one_line
from coach.tui.screens.dialog import Dialog
from coach.tui.widgets.key_line import KeyLine

WARNING = (
    "What they say and their quotes go, and so do the sentences they came from, in your notes and "
    "in the chat. For a few seconds Undo takes it back; after that nothing does."
)


class ForgetScreen(Dialog[bool]):
    """Gives True when all of ``texts`` is to be forgotten."""

    DEFAULT_CSS = """
    ForgetScreen VerticalScroll {
        height: auto;
        max-height: 8;
        margin-bottom: 1;
    }

    ForgetScreen HorizontalGroup {
        margin-top: 1;
    }

    ForgetScreen Button {
        width: 1fr;
        margin: 0 1 0 0;
    }

    ForgetScreen Button:focus {
        background: $primary;
        color: $background;
        text-style: bold underline;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Forget", id="forget.yes"),
        Binding("n", "answer(False)", "Keep", id="forget.no"),
        Binding("escape", "answer(False)", "Keep", show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self._texts = [one_line(text) for text in texts]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Forget these? They rest on the same words.", classes="title")
            with VerticalScroll(can_focus=False):
                yield Static("\n".join(f"- {text}" for text in self._texts), markup=False)
            yield Static(WARNING, markup=False)
            with HorizontalGroup():
                yield Button(Content("Keep"), id="keep")
                yield Button(Content("Forget"), id="forget")
        yield KeyLine()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id == "forget")

    def action_answer(self, forget: bool) -> None:
        self.dismiss(forget)
