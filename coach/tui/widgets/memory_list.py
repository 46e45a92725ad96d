"""A list of entries, such as what is remembered, and beside or below it one entry in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach.tui.memory_rows import Row, Section

NARROW = 100
"""Columns below which the entry stands below the list instead of beside it."""


class Rows(OptionList):
    """The list; left and right go to another section, where the screen has several."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.tab(-1)", show=False),
        Binding("right", "screen.tab(1)", show=False),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        # With nothing in the list, Enter is the screen's.
        return action != "select" or self.highlighted is not None


class MemoryList(Container):
    """Shows sections of rows; the highlighted row is the one that keys act on.

    ``meanwhile`` is what it says before there is anything to show.
    """

    DEFAULT_CSS = """
    MemoryList {
        layout: horizontal;
        height: 1fr;
    }

    MemoryList.-narrow {
        layout: vertical;
    }

    MemoryList > Rows, MemoryList > Rows:focus {
        width: 1fr;
        height: 1fr;
        border: none;
        padding: 0 1;
        background: $background;
        scrollbar-size-vertical: 1;
    }

    MemoryList > Rows > .option-list--option-disabled {
        color: $text-muted;
        text-style: bold;
    }

    MemoryList > VerticalScroll {
        width: 1fr;
        max-width: 84;
        height: 1fr;
        padding: 0 1;
        border-left: solid $border-blurred;
        background: $surface;
        scrollbar-size-vertical: 1;
    }

    MemoryList > VerticalScroll:focus {
        border-left: solid $border;
    }

    MemoryList.-narrow > VerticalScroll {
        max-width: 100%;
        height: 45%;
        border-left: none;
        border-top: solid $border-blurred;
    }

    MemoryList.-narrow > VerticalScroll:focus {
        border-top: solid $border;
    }

    MemoryList > .empty {
        display: none;
        padding: 1 2;
        max-width: 76;
    }

    MemoryList.-empty > .empty {
        display: block;
    }

    MemoryList.-empty > Rows, MemoryList.-empty > VerticalScroll {
        display: none;
    }
    """

    class Chosen(Message):
        """Another row is highlighted."""

    class Opened(Message):
        """Enter was pressed on the highlighted row, or it was clicked."""

    def __init__(self, meanwhile: str) -> None:
        super().__init__(classes="-empty")
        self._meanwhile = meanwhile
        self._rows: dict[str, Row] = {}
        self._told: Row | None = None

    def compose(self) -> ComposeResult:
        yield Rows()
        with VerticalScroll():
            yield Static("", id="detail", markup=False)
        yield Static(self._meanwhile, classes="empty", markup=False)

    @property
    def row(self) -> Row | None:
        """The row that is highlighted at this moment, even if it is not told in full yet."""
        marked = self.query_one(Rows).highlighted_option if self.is_mounted else None
        return self._rows.get(marked.id or "") if marked else None

    def start_over(self) -> None:
        """What is shown next begins at its first row."""
        self.query_one(Rows).highlighted = None

    def show(self, sections: Sequence[Section], empty: str) -> None:
        """List ``sections``, or say ``empty``; the same row stays highlighted, or its place."""
        options = self.query_one(Rows)
        before = self.row.key if self.row else ""
        place = list(self._rows).index(before) if before else 0
        self._rows = {row.key: row for section in sections for row in section.rows}
        options.clear_options()
        options.add_options(option for section in sections for option in _options(section))
        self.set_class(not self._rows, "-empty")
        self.query_one(".empty", Static).update(empty)
        keys = list(self._rows)
        if not keys:
            self._choose(None)
            return
        key = before if before in self._rows else keys[min(place, len(keys) - 1)]
        options.highlighted = options.get_option_index(key)
        if key == keys[0]:
            options.scroll_home(animate=False)  # the heading above it too
        self._choose(self._rows[key])

    def go_to(self, key: str) -> None:
        """Highlight the row with this key, if it is there."""
        if key in self._rows:
            options = self.query_one(Rows)
            options.highlighted = options.get_option_index(key)
            self._choose(self._rows[key])

    def _choose(self, row: Row | None) -> None:
        another = row is None or self._told is None or row.key != self._told.key
        self._told = row
        self._tell()
        if another:
            self.query_one(VerticalScroll).scroll_home(animate=False)
        self.post_message(self.Chosen())

    def _tell(self) -> None:
        airy = not self.has_class("-narrow")
        said = _detail(self._told, airy=airy) if self._told else ""
        self.query_one("#detail", Static).update(said)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.row is not None:
            self._choose(self.row)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Opened())

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")
        self._tell()


def _options(section: Section) -> list[Option]:
    made = [Option(Content(section.heading), disabled=True)] if section.heading else []
    for row in section.rows:
        line = Content.styled(row.title, "bold").append(f"\n  {row.meta}")
        made.append(Option(line, id=row.key))
    return made


def _detail(row: Row, *, airy: bool) -> Content:
    """The entry in full; ``airy`` leaves a line free around what has a heading of its own."""
    parts: list[Content] = []
    after_text = True
    for label, text in row.detail:
        is_text = "\n" in text or len(text) > 40
        if label and airy and (is_text or after_text):
            parts.append(Content(""))
        after_text = is_text or not label
        if not label:
            parts.append(Content.styled(text, "bold"))
        elif is_text:
            parts.append(Content.styled(label, "$text-muted").append("\n").append(text))
        else:
            parts.append(Content.styled(f"{label}: ", "$text-muted").append(text))
    return Content("\n").join(parts)
