"""The library: browse and search the guidance, read it, and add documents of one's own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import Input, OptionList, Static, Tab, Tabs

from coach.tui.library_rows import (
    SOURCE,
    TABS,
    Group,
    about,
    groups,
    key_of,
    matching,
    options,
)
from coach.tui.plain import one_line, shown
from coach.tui.screens.document_keys import DocumentKeys
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.markdown import SafeMarkdown
from coach.tui.widgets.status import Heading

if TYPE_CHECKING:
    from coach.library.shelf import Entry
    from coach.tui.service import Service

NARROW = 100
"""Columns below which a card takes the place of the list instead of standing beside it."""
HITS = 20
NOTHING = "Nothing in the library speaks to that. Other words may find more."
PLACEHOLDER = "A question, or a few words"


class LibraryScreen(DocumentKeys):
    """The list, and the card or document that is highlighted in it; ``key`` opens one at once."""

    AUTO_FOCUS = "OptionList"
    DEFAULT_CSS = """
    LibraryScreen > Input {
        border: round $border-blurred;
        background: $background;
    }

    LibraryScreen > Input:focus {
        border: round $border;
    }

    LibraryScreen > Container {
        layout: horizontal;
        height: 1fr;
    }

    LibraryScreen OptionList, LibraryScreen OptionList:focus {
        width: 1fr;
        height: 1fr;
        border: none;
        padding: 0 1;
        background: $background;
        scrollbar-size-vertical: 1;
    }

    LibraryScreen OptionList > .option-list--option-disabled {
        color: $primary;
        text-style: bold;
    }

    LibraryScreen VerticalScroll {
        width: 1fr;
        max-width: 96;
        height: 1fr;
        padding: 0 2;
        border-left: solid $border-blurred;
        background: $surface;
        scrollbar-size-vertical: 1;
    }

    LibraryScreen VerticalScroll:focus {
        border-left: solid $border;
    }

    LibraryScreen.-narrow VerticalScroll {
        display: none;
        max-width: 100%;
        border-left: none;
    }

    LibraryScreen.-narrow.-reading VerticalScroll {
        display: block;
    }

    LibraryScreen.-narrow.-reading OptionList {
        display: none;
    }

    LibraryScreen .about, LibraryScreen > .said {
        height: auto;
        color: $text-muted;
    }

    LibraryScreen .about {
        margin-bottom: 1;
    }

    LibraryScreen > .said {
        display: none;
        padding: 0 2;
    }
    """
    HELP = "Enter reads what is marked; the search goes by meaning as well as by words."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "search", "Search", key_display="/", id="library.search"),
        Binding("left", "tab(-1)", show=False),
        Binding("right", "tab(1)", show=False),
        Binding("a", "add", "Add a document", id="library.add"),
        Binding("x", "remove", "Remove it", id="library.remove"),
        Binding("f1", "app.help", "Help", id="app.help"),
        Binding("escape", "back", "Back"),
        Binding("ctrl+o", "leave", show=False, id="app.library"),
    ]

    def __init__(self, service: Service, key: str = "") -> None:
        super().__init__(service)
        self._first = key
        self._entries: list[Entry] = []
        self._by = SOURCE

    def compose(self) -> ComposeResult:
        yield Heading("Library")
        yield Input(placeholder=PLACEHOLDER, max_length=400)
        tabs = Tabs(*(Tab(name, id=key) for key, name in TABS.items()))
        tabs.can_focus = False
        yield tabs
        with Container():
            yield OptionList()
            with VerticalScroll():
                yield SafeMarkdown()
                yield Static("", classes="about", markup=False)
        yield Static("", classes="said", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.look()

    # -- the list ------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.look()

    def on_tabs_tab_activated(self, event: Tabs.TabActivated) -> None:
        event.stop()
        if self._by != event.tab.id:
            self._by = event.tab.id or SOURCE
            self.query_one(Input).value = ""
            self.look()

    def look(self) -> None:
        self.run_worker(self._load(), group="load", exclusive=True, exit_on_error=False)

    async def _load(self) -> None:
        wanted = self.query_one(Input).value
        self._entries = await asyncio.to_thread(self.service.shelf)
        if wanted.strip():
            hits = await asyncio.to_thread(self.service.search_library, wanted, HITS)
            self._show(matching(self._entries, hits))
        else:
            self._show(groups(self._entries, self._by))

    def _show(self, found: list[Group]) -> None:
        listed = self.query_one(OptionList)
        wanted, self._first = self._first or key_of(listed.highlighted_option), ""
        opened_here = bool(wanted) and listed.option_count == 0
        listed.clear_options()
        listed.add_options(options(found))
        keys = [key_of(option) for option in listed.options]
        first = next((n for n, key in enumerate(keys) if key), None)
        searching = bool(self.query_one(Input).value)
        again = bool(wanted) and wanted in keys and not searching
        listed.highlighted = keys.index(wanted) if again else first
        if listed.highlighted == first:
            listed.scroll_home(animate=False)
        self.tell("" if found else NOTHING)
        self.set_class(opened_here and again, "-reading")
        self.refresh_bindings()

    @property
    def entry(self) -> Entry | None:
        key = key_of(self.query_one(OptionList).highlighted_option) if self.is_mounted else ""
        return next((entry for entry in self._entries if entry.key == key), None)

    def tell(self, said: str) -> None:
        if not self.is_attached:
            return  # left while a document was being read
        line = self.query_one(".said", Static)
        line.update(one_line(said))
        line.display = bool(said)

    # -- reading -------------------------------------------------------------------------------

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        entry = self.entry
        if entry is not None:
            self.run_worker(self._read(entry), group="read", exclusive=True, exit_on_error=False)
        self.refresh_bindings()

    async def _read(self, entry: Entry) -> None:
        text = await asyncio.to_thread(self.service.read_entry, entry)
        await self.query_one(SafeMarkdown).update(shown(text))
        self.query_one(".about", Static).update("" if entry.is_document else about(entry))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.add_class("-reading")
        self.query_one(VerticalScroll).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(OptionList).focus()

    # -- keys ----------------------------------------------------------------------------------

    def action_search(self) -> None:
        self.remove_class("-reading")
        self.query_one(Input).focus()

    def action_tab(self, by: int) -> None:
        keys = list(TABS)
        self.query_one(Tabs).active = keys[(keys.index(self._by) + by) % len(keys)]

    def action_back(self) -> None:
        field = self.query_one(Input)
        if self.has_class("-reading"):
            self.remove_class("-reading")
        elif field.value:
            field.value = ""
        else:
            self.action_leave()
            return
        self.query_one(OptionList).focus()

    def action_leave(self) -> None:
        self.dismiss()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")
