"""A dialog with a few things to fill in: lines, longer texts, days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static, TextArea

from coach.text import clean
from coach.tui.keys import keyed
from coach.tui.memory_words import read_days, say_day
from coach.tui.plain import one_line, shown
from coach.tui.screens.dialog import Dialog
from coach.tui.screens.item_edit import UNREAD
from coach.tui.unfinished import LEFT
from coach.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from coach.memory.dates import Locale

KEYS = "Tab goes on, {Ctrl+S|form.save} keeps it, Esc leaves all as it was."
LOW = 30
"""Lines below which a longer text has two of them instead of three."""
MISSING = "Fill in the first line, or press Esc to leave it as it was."


@dataclass(frozen=True)
class Field:
    """One thing to fill in: a line, a text of several lines, or a day (empty for none)."""

    name: str
    label: str
    value: str = ""
    kind: Literal["line", "text", "day"] = "line"
    most: int = 500


class Written(TextArea):
    """A text of a few lines; the app cleans what is pasted, and Tab goes on."""

    def __init__(self, text: str, most: int, name: str) -> None:
        super().__init__(text, id=name, tab_behavior="focus")
        self._most = most

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        room = max(0, self._most - len(self.text))
        self._replace_via_keyboard(event.text[:room], *self.selection)


class FormScreen(Dialog[dict[str, str] | None]):
    """Gives what was filled in, by name, days in ISO; None when nothing is to change.

    ``about`` stands below the title; the first field may not be empty if ``needed``; ``start`` is
    the field to begin with.
    """

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    FormScreen VerticalScroll {
        height: auto;
        max-height: 70vh;
    }

    FormScreen .title {
        text-style: bold;
        margin-bottom: 1;
    }

    FormScreen .about {
        margin-bottom: 1;
        color: $text-muted;
    }

    FormScreen Input, FormScreen TextArea {
        border: none;
        border-left: thick $border-blurred;
        background: $background;
        padding: 0 1;
        margin-bottom: 1;
    }

    FormScreen Input {
        height: 1;
    }

    FormScreen TextArea {
        height: 3;
    }

    FormScreen.-low TextArea {
        height: 2;
    }

    FormScreen Input:focus, FormScreen TextArea:focus {
        border: none;
        border-left: thick $border;
    }

    FormScreen TextArea .text-area--cursor-line {
        background: $background;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Keep", priority=True, id="form.save"),
        Binding("escape", "back", "Back"),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(
        self, title: str, fields: Sequence[Field], *, about: str = "", needed: bool = True,
        start: str = "", today: date | None = None, locale: Locale | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._title, self._about = one_line(title), one_line(about)
        self._fields = fields
        self._needed = needed
        self._start = start or fields[0].name
        self._today, self._locale = today or date.min, locale

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            with VerticalScroll(can_focus=False):
                yield Static(self._title, classes="title", markup=False)
                if self._about:
                    yield Static(self._about, classes="about", markup=False)
                if self.was_left:
                    yield Static(LEFT, classes="about")
                for field, text in zip(self._fields, self.beginning, strict=True):
                    yield Static(one_line(field.label), id=f"{field.name}-label", markup=False)
                    if field.kind == "text":
                        yield Written(text, field.most, field.name)
                    else:
                        yield Input(
                            text, max_length=field.most, id=field.name,
                            select_on_focus=not self.was_left,
                        )  # fmt: skip
            yield Static("", classes="problem", markup=False)
            yield Static(keyed(self, KEYS), classes="hint")
        yield KeyLine()

    @property
    def given(self) -> Sequence[str]:
        return [
            shown(one.value) if one.kind == "text" else one_line(one.value) for one in self._fields
        ]

    @property
    def written(self) -> Sequence[str]:
        found = (self.query_one(f"#{one.name}") for one in self._fields)
        return [
            str(getattr(one, "text" if isinstance(one, TextArea) else "value")) for one in found
        ]

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.height < LOW, "-low")

    def on_mount(self) -> None:
        # At once: a letter that was typed ahead finds the field.
        self.set_focus(self.query_one(f"#{self._start}"))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell("")
        field = next(one for one in self._fields if one.name == event.input.id)
        if field.kind == "day":
            day = self._day(event.value)
            said = UNREAD if day == "?" else ""
            if day and day != "?":
                said = say_day(date.fromisoformat(day), self._today)
            label = f"{one_line(field.label)}: {said}" if said else one_line(field.label)
            self.query_one(f"#{field.name}-label", Static).update(label)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == self._fields[-1].name:
            self.action_save()
        else:
            self.focus_next()

    def _day(self, text: str) -> str:
        """The day that ``text`` names, in ISO; "" for no text, "?" for one that is no day."""
        try:
            day = read_days(text, self._today, self._locale)[0]
        except ValueError:
            return "?"
        return day.isoformat() if day else ""

    def _given(self) -> Mapping[str, str]:
        found = {}
        for field in self._fields:
            widget = self.query_one(f"#{field.name}")
            if isinstance(widget, TextArea):
                found[field.name] = clean(widget.text, None).strip()
            elif isinstance(widget, Input):
                text = one_line(clean(widget.value, None))
                found[field.name] = self._day(text) if field.kind == "day" else text
        return found

    def action_save(self) -> None:
        given = self._given()
        if self._needed and not given[self._fields[0].name]:
            self._tell(MISSING)
            return
        for field in self._fields:
            if given[field.name] == "?" and field.kind == "day":
                self._tell(UNREAD)
                self.query_one(f"#{field.name}").focus()
                return
        self.dismiss(dict(given))

    def action_back(self) -> None:
        self.dismiss(None)

    def _tell(self, problem: str) -> None:
        said = self.query_one(".problem", Static)
        said.update(problem)
        said.set_class(bool(problem), "-shown")
