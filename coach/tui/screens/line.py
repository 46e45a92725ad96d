"""A dialog that asks for one line, and says below it why it will not do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from coach.tui.plain import one_line, shown
from coach.tui.screens.dialog import Dialog
from coach.tui.widgets.key_line import KeyLine

MAX_LINE = 1_000
Take = Callable[[str], Awaitable[str]]
"""Does what the line asks for; what is wrong with it in words, or "" when it is done."""


class LineScreen(Dialog[bool]):
    """Gives True once ``take`` has taken the line, False when the user left it."""

    DEFAULT_CSS = """
    LineScreen Input {
        background: $background;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back")]

    def __init__(self, title: str, text: str, hint: str, take: Take, value: str = "") -> None:
        super().__init__()
        self._title, self._text, self._hint = title, text, hint
        self._take, self._value = take, value

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(one_line(self._title), classes="title", markup=False)
            yield Static(shown(self._text), markup=False)
            yield Input(one_line(self._value), max_length=MAX_LINE)
            yield Static("", classes="problem", markup=False)
            yield Static(shown(self._hint), classes="hint", markup=False)
        yield KeyLine()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.app.screen is not self:
            return  # Enter twice: the first has closed this
        problem = await self._take(one_line(event.value))
        if not problem:
            self.dismiss(True)
            return
        said = self.query_one(".problem", Static)
        said.update(one_line(problem))
        said.add_class("-shown")

    def action_leave(self) -> None:
        self.dismiss(False)
