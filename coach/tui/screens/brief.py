"""The page for the next session: lines to tick off, and room for notes beside them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.visual import VisualType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker, WorkerState

from coach.text import clean
from coach.tui.brief_lines import Line, lines_of, markdown_of, read_ticks, write_ticks
from coach.tui.keeping import keep_note
from coach.tui.keys import keyed
from coach.tui.memory_words import say_day
from coach.tui.notices import show_error
from coach.tui.plain import one_line, shown
from coach.tui.screens.write_up import NO_TEXT, SAVING, NoteArea
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.status import Heading

if TYPE_CHECKING:
    from coach.planning.page import Ref, Written
    from coach.storage.pairs import Pair
    from coach.tui.drafts import Drafts
    from coach.tui.screens.memory import Review
    from coach.tui.service import Service

NARROW = 100
"""Columns below which the notes stand below the page instead of beside it."""
LOADING = "Putting the page together."
HINT = "{Space|brief.tick} ticks a line off, Tab goes to the notes, {Ctrl+S|brief.save} keeps both."
TICKED = "What you ticked off is kept: promises are done, threads rest. There was no note."
NOT_KEPT = "The notes are not kept yet. They are still here; {Ctrl+S|brief.save} tries again."
PLACEHOLDER = "What you hear, what is promised, what to come back to."


class Page(OptionList):
    """The lines of the page; those that can be ticked off can be highlighted."""

    WRITES: ClassVar[frozenset[str]] = frozenset({"select"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", "Tick off", id="brief.tick"),
        Binding("x", "screen.export", "Export", id="brief.export"),
        Binding("question_mark", "app.help", show=False, id="app.help"),
    ]


class BriefScreen(Screen["Review | None"]):
    """Gives what the notes came to when they were kept, else None: then they stay a draft.

    ``note`` and ``ticks`` are the drafts of the notes and of what is ticked off.
    """

    WRITES: ClassVar[frozenset[str]] = frozenset({"save"})
    AUTO_FOCUS = "Page"
    DEFAULT_CSS = """
    BriefScreen > Container {
        layout: horizontal;
        height: 1fr;
    }

    BriefScreen.-narrow > Container {
        layout: vertical;
    }

    BriefScreen Page, BriefScreen Page:focus {
        width: 2fr;
        max-width: 112;
        height: 1fr;
        border: none;
        padding: 0 1;
        background: $background;
        scrollbar-size-vertical: 1;
    }

    BriefScreen Page > .option-list--option-disabled {
        color: $foreground;
    }

    BriefScreen NoteArea {
        width: 1fr;
        min-width: 36;
        height: 1fr;
        border: round $border-blurred;
        background: $background;
        border-title-color: $text-muted;
    }

    BriefScreen NoteArea:focus {
        border: round $border;
    }

    BriefScreen NoteArea .text-area--cursor-line {
        background: $background;
    }

    BriefScreen NoteArea .text-area--placeholder {
        color: $text-muted;
    }

    BriefScreen.-narrow Page {
        width: 100%;
        height: 1fr;
    }

    BriefScreen.-narrow NoteArea {
        width: 100%;
        height: 6;
    }

    BriefScreen > .state {
        height: 1;
        padding: 0 1;
        color: $text-muted;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Keep", id="brief.save"),
        Binding("f4", "app.memory", "Memory", id="chat.memory"),
        Binding("f1", "app.help", "Help", id="app.help"),
        Binding("escape", "back", "Back"),
        Binding("f9", "back", show=False, id="chat.prepare"),
    ]

    def __init__(
        self, service: Service, pair: Pair, drafts: Drafts, note: str = "", ticks: str = ""
    ) -> None:
        super().__init__()
        self._service, self.pair = service, pair
        self._on: date | None = None
        self._page: Sequence[Written] = ()
        self._lines: list[Line] = []
        self._ticked: set[str] = set()
        self._ticks, self._text = ticks, note
        self._note = drafts.writing(self, self._written, service, pair, "note", note)
        self._ticking = drafts.writing(self, self._ticks_now, service, pair, "brief", ticks)
        self._saving: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        yield Heading(f"Before you meet {self.pair.name}")
        with Container():
            yield Page(Option(Content(LOADING), disabled=True))
            area = NoteArea(shown(self._text), placeholder=PLACEHOLDER)
            area.border_title = "Notes"
            area.read_only = self._service.read_only
            yield area
        yield Static(keyed(self, HINT), classes="state", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        area = self.query_one(NoteArea)
        area.move_cursor(area.document.end)
        self.run_worker(self._load(), exit_on_error=False)

    async def _load(self) -> None:
        on, page = await asyncio.to_thread(self._service.brief_page, self.pair)
        self._on, self._ticked = on, read_ticks(self._ticks, on)
        self._page, self._lines = page, lines_of(page)
        listed = self.query_one(Page)
        listed.clear_options()
        listed.add_options(self._options())
        listed.highlighted = next((n for n, one in enumerate(self._places()) if one), None)
        listed.scroll_home(animate=False)

    # -- ticking off ---------------------------------------------------------------------------

    def _options(self) -> list[Option]:
        made: list[Option] = []
        for line in self._lines:
            if line.kind in {"title", "heading"} and made:
                made.append(Option(Content(""), disabled=True))
            made.append(Option(self._shown(line), id=line.key or None, disabled=not line.key))
        return made

    def _places(self) -> list[bool]:
        return [not option.disabled for option in self.query_one(Page).options]

    def _shown(self, line: Line) -> VisualType:
        match line.kind:
            case "title":
                return Content.styled(line.text, "bold")
            case "heading":
                return Content.styled(line.text, "bold $primary")
            case "text":
                return Content(line.text)
            case "item":
                return _ticked_off(line.text) if line.key in self._ticked else _to_do(line.text)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        key = event.option.id or ""
        self._ticked ^= {key}
        line = next(one for one in self._lines if one.key == key)
        event.option_list.replace_option_prompt(key, self._shown(line))
        self._ticking.changed()

    def _ticks_now(self) -> str:
        return write_ticks(self._on, self._ticked) if self._on else self._ticks

    # -- notes ---------------------------------------------------------------------------------

    def _written(self) -> str:
        return self.query_one(NoteArea).text

    def on_text_area_changed(self) -> None:
        self._note.changed()

    def action_save(self) -> None:
        if self._saving is not None or self._on is None:
            return
        text = clean(self._written(), None)
        ticked = [one.ref for one in self._lines if one.ref and one.key in self._ticked]
        day = min(self._on, self._service.today)
        if text:
            self._tell(f"{SAVING}: the session of {say_day(day, self._service.today)}")
            self._keep(self._save(day, text, ticked))
        elif ticked:
            self._keep(self._tick_off(day, ticked))
        else:
            self._tell(NO_TEXT)

    def _keep(self, work: Coroutine[None, None, None]) -> None:
        self.query_one(NoteArea).read_only = True
        self._saving = self.run_worker(work, exit_on_error=False)

    async def _save(self, day: date, text: str, ticked: Sequence[Ref]) -> None:
        review = await keep_note(self._service, self.pair, day, text, ticked)
        self._ticked.clear()
        await self._leave("", review)

    async def _tick_off(self, day: date, ticked: Sequence[Ref]) -> None:
        await asyncio.to_thread(self._service.tick_off, self.pair, day, ticked)
        self._ticked.clear()
        self.notify(TICKED, markup=False)
        await self._leave("", None)

    # -- printing ------------------------------------------------------------------------------

    def action_export(self) -> None:
        if self._on is not None:
            self.run_worker(self._export(self._on), exit_on_error=False)

    async def _export(self, on: date) -> None:
        from coach.tui.screens.form import Field, FormScreen

        field = Field("file", "File (.pdf or .md)", f"{self.pair.slug}-{on}.pdf", most=1_000)
        given = await self.app.push_screen_wait(FormScreen("The page as a file to print", [field]))
        if given is not None:
            page = markdown_of(self._page, self._ticked)
            file = await asyncio.to_thread(self._service.print_page, page, Path(given["file"]))
            self.notify(one_line(str(file)), title="Written", timeout=12, markup=False)

    async def _leave(self, note: str, gives: Review | None) -> None:
        await self._note.end(note)
        await self._ticking.end(self._ticks_now())
        self.dismiss(gives)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            show_error(self.app, event.worker.error)
            if event.worker is self._saving:
                self._saving = None
                self.query_one(NoteArea).read_only = False
                self._tell(keyed(self, NOT_KEPT))

    async def action_back(self) -> None:
        if self._saving is None:
            await self._leave(self._written(), None)

    def _tell(self, said: str) -> None:
        self.query_one(".state", Static).update(said)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")


def _to_do(text: str) -> Table:
    first, _, rest = text.partition("\n")
    return _row("[ ]", Text(first).append(f"\n{rest}", "dim") if rest else Text(first))


def _ticked_off(text: str) -> Table:
    return _row("[x]", Text(text.partition("\n")[0], "dim strike"))


def _row(mark: str, text: Text) -> Table:
    """A mark, and the text with its lines one below the other."""
    made = Table.grid(padding=(0, 1))
    made.add_column(width=3)
    made.add_column(ratio=1)
    made.add_row(Text(mark), text)
    return made
