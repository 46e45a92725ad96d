"""A page of Markdown to read, copy or put into a file: a script, for one."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Markdown
from textual.worker import Worker, WorkerState

from coach.text import slugify
from coach.tui.markup import SOURCE_SCHEME
from coach.tui.notices import show_error
from coach.tui.plain import one_line, shown
from coach.tui.screens.form import Field, FormScreen
from coach.tui.screens.pair_page import HELP
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.markdown import SafeMarkdown
from coach.tui.widgets.status import Heading

if TYPE_CHECKING:
    from coach.tui.service import Service


class ReadingPage(Screen[None]):
    """Shows ``markdown``; ``name`` is the file that it goes to unless the user names another."""

    AUTO_FOCUS = "VerticalScroll"
    DEFAULT_CSS = """
    ReadingPage > VerticalScroll {
        height: 1fr;
        padding: 1 2;
        scrollbar-size-vertical: 1;
    }

    ReadingPage SafeMarkdown {
        max-width: 92;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "Copy", id="reading.copy"),
        Binding("x", "export", "Export", id="reading.export"),
        HELP,
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, service: Service, title: str, markdown: str, name: str) -> None:
        super().__init__()
        self._service = service
        self._heading, self._markdown, self._file = title, markdown, name

    def compose(self) -> ComposeResult:
        yield Heading(one_line(self._heading))
        with VerticalScroll():
            yield SafeMarkdown(self._markdown)
        yield KeyLine()

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(shown(self._markdown))
        self.notify("Copied.", markup=False)

    def action_export(self) -> None:
        self.run_worker(self._export(), exit_on_error=False)

    async def _export(self) -> None:
        field = Field("file", "File (.md or .pdf)", self._file, most=1_000)
        given = await self.app.push_screen_wait(FormScreen("Put it into a file", [field]))
        if given is not None:
            file = Path(given["file"])
            written = await asyncio.to_thread(self._service.print_page, self._markdown, file)
            self.notify(one_line(str(written)), title="Written", timeout=12, markup=False)

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        event.stop()
        if event.href.startswith(SOURCE_SCHEME):
            card = event.href.removeprefix(SOURCE_SCHEME)
            self.run_worker(self._show_card(card), exit_on_error=False)

    async def _show_card(self, card: str) -> None:
        text = await asyncio.to_thread(self._service.source_markdown, card)
        self.app.push_screen(ReadingPage(self._service, card, text, f"{slugify(card)}.md"))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            show_error(self.app, event.worker.error)

    def action_back(self) -> None:
        self.dismiss()
