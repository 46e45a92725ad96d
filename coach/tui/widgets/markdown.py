"""Markdown as the coach and its sources write it: no markup of the console, no links outside.

Importing this costs about 150 ms, so the app does it in a thread after the first paint.
"""

from __future__ import annotations

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
