"""The panel beside the conversation: the sources of the selected reply, one opened in full."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach.errors import CoachError
from coach.tui.plain import REMEMBERED, one_line, shown
from coach.tui.widgets.markdown import SafeMarkdown

if TYPE_CHECKING:
    from coach.tui.widgets.reply import SourceLink

NOTHING_YET = "What an answer rests on shows here once it has something."


class SourcesPanel(Vertical):
    """``read`` gives a source's Markdown for its citation; it runs in a thread."""

    DEFAULT_CSS = """
    SourcesPanel {
        width: 42%;
        max-width: 84;
        height: 1fr;
        border-left: solid $border-blurred;
        background: $surface;
        display: none;
    }

    SourcesPanel.-open {
        display: block;
    }

    SourcesPanel.-whole {
        width: 100%;
        max-width: 100%;
        border-left: none;
    }

    SourcesPanel > .heading {
        height: auto;
        padding: 0 1;
        text-style: bold;
    }

    SourcesPanel > OptionList, SourcesPanel > OptionList:focus {
        height: auto;
        max-height: 6;
        border: none;
        padding: 0 1;
        background: $surface;
    }

    SourcesPanel > OptionList > .option-list--option-highlighted {
        text-style: bold;
    }

    SourcesPanel > VerticalScroll {
        height: 1fr;
        padding: 0 1;
        border-top: solid $border-blurred;
        scrollbar-size-vertical: 1;
    }

    SourcesPanel SafeMarkdown {
        padding: 0 1 0 0;
    }

    SourcesPanel > VerticalScroll:focus {
        border-top: solid $border;
    }
    """

    def __init__(self, read: Callable[[str], str]) -> None:
        super().__init__()
        self._read = read
        self._links: tuple[SourceLink, ...] = ()
        self.opened = ""
        """The citation whose text is shown; empty for none."""

    def compose(self) -> ComposeResult:
        yield Static(NOTHING_YET, classes="heading", markup=False)
        yield OptionList()
        with VerticalScroll():
            yield SafeMarkdown()

    @property
    def page(self) -> VerticalScroll:
        """The part that scrolls."""
        return self.query_one(VerticalScroll)

    def show(self, links: Sequence[SourceLink], citation: str = "") -> None:
        """List ``links`` and open ``citation``, or the first of them."""
        if tuple(links) != self._links or not links:
            self._links = tuple(links)
            count = len(self._links)
            self.query_one(".heading", Static).update(_counted(self._links) or NOTHING_YET)
            options = self.query_one(OptionList)
            options.clear_options()
            options.add_options(
                Option(Content(f"{number}. {one_line(link.title)}"), id=link.citation)
                for number, link in enumerate(self._links, 1)
            )
            options.display = count > 1
        chosen = citation or (self._links[0].citation if self._links else "")
        self._highlight(chosen)
        self.open(chosen)

    def open(self, citation: str) -> None:
        """Show the source's text in full."""
        if citation == self.opened:
            return
        self.opened = citation
        # On the screen, which shows what goes wrong.
        self.screen.run_worker(
            self._open(citation), group="source", exclusive=True, exit_on_error=False
        )

    async def _open(self, citation: str) -> None:
        try:
            text = await asyncio.to_thread(self._read, citation) if citation else ""
        except CoachError as error:
            text = str(error)
        await self.query_one(SafeMarkdown).update(shown(text))
        self.page.scroll_home(animate=False)

    def _highlight(self, citation: str) -> None:
        options = self.query_one(OptionList)
        ids = [link.citation for link in self._links]
        options.highlighted = ids.index(citation) if citation in ids else None

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option.id and event.option_list.has_focus:
            self.open(event.option.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option.id:
            self.open(event.option.id)


def _counted(links: Sequence[SourceLink]) -> str:
    """ "2 sources and 1 memory of the selected answer"; empty for none."""
    memories = sum(bool(REMEMBERED.fullmatch(link.citation)) for link in links)
    sources = len(links) - memories
    parts = [
        f"{sources} source{'s' if sources != 1 else ''}" if sources else "",
        f"{memories} {'memories' if memories != 1 else 'memory'}" if memories else "",
    ]
    said = " and ".join(part for part in parts if part)
    return f"{said} of the selected answer" if said else ""
