"""Changing what one item says, and its date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from coach.text import clean
from coach.tui.memory_words import read_days, say_days, write_days
from coach.tui.plain import one_line
from coach.tui.screens.dialog import Dialog
from coach.tui.unfinished import LEFT
from coach.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from coach.memory.dates import Locale

MAX_TEXT = 1_000
"""Characters that an item may have, as in :mod:`coach.memory.changes`."""

UNREAD = "I cannot read that as a date. Write 2026-05-09, 9 May or next Friday."


@dataclass(frozen=True)
class Edited:
    """What the item is to say, and its day or interval."""

    text: str
    when: date | None
    until: date | None


class EditScreen(Dialog[Edited | None]):
    """Gives the new text and date, or None when nothing is to change."""

    DEFAULT_CSS = """
    EditScreen Input {
        background: $background;
    }

    EditScreen .left {
        color: $text-muted;
        margin-bottom: 1;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Keep", id="form.save"),
        Binding("escape", "back", "Back"),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, given: Edited, today: date, locale: Locale) -> None:
        super().__init__()
        self._given = given
        self._today = today
        self._locale = locale

    def compose(self) -> ComposeResult:
        text, days = self.beginning
        with Vertical(classes="dialog"):
            yield Static("Change it", classes="title")
            if self.was_left:
                yield Static(LEFT, classes="left")
            yield Static("What it says")
            replaces = not self.was_left
            yield Input(text, max_length=MAX_TEXT, id="text", select_on_focus=replaces)
            yield Static("Date, or nothing for none", classes="question")
            yield Input(days, id="date")
            yield Static("", classes="problem", markup=False)
            yield Static("", id="reading", markup=False)
            yield Static("Enter goes on, then keeps it. Esc leaves it as it was.", classes="hint")
        yield KeyLine()

    @property
    def given(self) -> Sequence[str]:
        now = self._given
        return one_line(now.text), write_days(now.when, now.until)

    @property
    def written(self) -> Sequence[str]:
        return self.query_one("#text", Input).value, self.query_one("#date", Input).value

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        try:
            days = read_days(self.query_one("#date", Input).value, self._today, self._locale)
            said = say_days(*days, self._today)
        except ValueError:
            said = ""
        self.query_one("#reading", Static).update(said)
        self._tell("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "text":
            self.query_one("#date").focus()
        else:
            self.action_save()

    def action_save(self) -> None:
        text = one_line(clean(self.query_one("#text", Input).value, None))
        if not text:
            self._tell("Say what it is about, or press Esc to leave it as it was.")
            return
        try:
            when, until = read_days(self.query_one("#date", Input).value, self._today, self._locale)
        except ValueError:
            self._tell(UNREAD)
            return
        self.dismiss(Edited(text, when, until))

    def action_back(self) -> None:
        self.dismiss(None)

    def _tell(self, problem: str) -> None:
        said = self.query_one(".problem", Static)
        said.update(problem)
        said.set_class(bool(problem), "-shown")
