"""Markdown as the coach and its sources write it: no markup of the console, no links outside.

Importing this costs about 150 ms, so the app does it in a thread after the first paint.
"""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.widget import Widget
from textual.widgets import Markdown

from coach.tui.markup import parser
from coach.tui.plain import shown


class SafeMarkdown(Markdown):
    """Markdown whose links go nowhere but to sources."""

    DEFAULT_CSS = """
    SafeMarkdown {
        padding: 0;
    }

    SafeMarkdown MarkdownBlock {
        link-color: $primary;
        link-style: underline;
        link-background-hover: $primary;
        link-color-hover: $background;
    }

    SafeMarkdown MarkdownH1, SafeMarkdown MarkdownH2, SafeMarkdown MarkdownH3 {
        margin: 0 0 1 0;
        content-align: left middle;
        text-style: bold;
        color: $primary;
    }
    """

    def __init__(self, text: str = "", *, classes: str | None = None) -> None:
        super().__init__(shown(text), parser_factory=parser, open_links=False, classes=classes)

    def append(self, markdown: str) -> AwaitComplete:
        appended = super().append(markdown)

        async def append_and_lay_out() -> None:
            await appended
            # Textual 8.2 now and then loses the layout that its own append asks for in a batch,
            # and then a line is missing until the next piece.
            for block in self.children[-1:]:
                for widget in block.walk_children(Widget, with_self=True):
                    widget.refresh(layout=True)

        return AwaitComplete(append_and_lay_out())
