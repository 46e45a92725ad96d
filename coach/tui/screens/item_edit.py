"""Changing what one item says, and its date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Footer, Input, Static

from coach.text import clean
from coach.tui.memory_words import read_days, say_days, write_days
from coach.tui.plain import one_line
from coach.tui.screens.dialog import Dialog

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
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save"),
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
        with Vertical(classes="dialog"):
            yield Static("Change it", classes="title")
            yield Static("What it says")
            yield Input(one_line(self._given.text), max_length=MAX_TEXT, id="text")
            yield Static("Date, or nothing for none", classes="question")
            yield Input(write_days(self._given.when, self._given.until), id="date")
            yield Static("", classes="problem", markup=False)
            yield Static("", id="reading", markup=False)
            yield Static("Enter goes on, then saves. Esc leaves it as it was.", classes="hint")
        yield Footer()

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
