"""The conversation and its sources: beside each other where there is room, else one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from coach.tui.notices import show_address
from coach.tui.plain import CITATION
from coach.tui.widgets.transcript import Transcript

if TYPE_CHECKING:
    from textual.widget import Widget
    from textual.widgets import Markdown

    from coach.tui.service import Session
    from coach.tui.widgets.reply import Reply
    from coach.tui.widgets.sources import SourcesPanel

NARROW = 100
"""Columns below which the sources take the place of the conversation instead of standing beside."""


class Reading(Horizontal):
    """Keeps which reply is selected, and whether and where its sources show."""

    def __init__(self) -> None:
        super().__init__()
        self._panel: SourcesPanel | None = None
        self._beside = True
        self._instead = False

    def compose(self) -> ComposeResult:
        yield Transcript()

    @property
    def transcript(self) -> Transcript:
        return self.query_one(Transcript)

    @property
    def covered(self) -> bool:
        """Whether the sources stand in place of the conversation."""
        return not self.transcript.display

    async def add_panel(self, session: Session) -> None:
        """Make the panel; before, there is nothing that it could show."""
        from coach.tui.quoting import SCHEME, item_markdown
        from coach.tui.widgets.sources import SourcesPanel

        service, pair = session.service, session.pair

        def read(citation: str) -> str:
            if pair is None or not citation.startswith(SCHEME):
                return service.source_markdown(citation)
            return item_markdown(service.remembered(pair), citation, service.today)

        self._panel = SourcesPanel(read)
        await self.mount(self._panel)

    def choose(self, reply: Reply, citation: str = "") -> None:
        """Select ``reply``; with ``citation``, show that source of it."""
        self.transcript.select(reply)
        if citation:
            self._instead = self._beside = True
        if self._panel is not None:
            self._panel.show(reply.sources, citation)
        self._arrange()

    def step(self, by: int) -> None:
        """Select the answer ``by`` places later, or earlier for a negative figure."""
        reply = self.transcript.neighbour(by)
        if reply is not None:
            self.choose(reply)
            reply.scroll_visible(animate=False)

    def toggle(self) -> None:
        """Show or hide the sources."""
        if self._panel is None:
            return
        if self.size.width < NARROW:
            self._instead = not self._instead
        else:
            self._beside = not self._panel.has_class("-open")
        self._arrange(asked=True)

    def uncover(self) -> None:
        """Show the conversation again where the sources had taken its place."""
        self._instead = False
        self._arrange()

    def scroll_page(self, pages: int) -> None:
        """Scroll what is in front by ``pages``; up for a negative figure."""
        area: Widget = self.transcript
        if self.covered and self._panel is not None:
            area = self._panel.page
        area.release_anchor()
        area.scroll_relative(y=pages * max(1, area.size.height - 2), animate=False)

    def _arrange(self, *, asked: bool = False) -> None:
        if self._panel is None:
            return
        narrow = self.size.width < NARROW
        something = asked or bool(self._panel.opened) or self._panel.has_class("-open")
        is_open = self._instead if narrow else self._beside and something
        self._panel.set_class(is_open, "-open")
        self._panel.set_class(narrow, "-whole")
        self.transcript.display = not (narrow and is_open)

    def on_resize(self, event: events.Resize) -> None:
        self._arrange()

    def on_reply_chosen(self, event: Reply.Chosen) -> None:
        event.stop()
        self.choose(event.reply, event.citation)

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        from coach.tui.markup import SOURCE_SCHEME

        event.stop()
        citation = event.href.removeprefix(SOURCE_SCHEME)
        if citation == event.href or not CITATION.fullmatch(citation):
            show_address(self.app, event.href)
        elif self._panel is not None:
            self._panel.open(citation)
