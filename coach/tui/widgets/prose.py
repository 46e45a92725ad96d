"""A text in Markdown as one widget, however many paragraphs and points it has."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.selection import Selection
from textual.widget import Widget

from coach.tui.marked import Marked


class Prose(Widget):
    """Draws Markdown; says which link is to be followed."""

    DEFAULT_CSS = """
    Prose {
        height: auto;
        link-color: $primary;
        link-style: underline;
        link-background-hover: $primary;
        link-color-hover: $background;
    }
    """

    @dataclass
    class Followed(Message):
        """The user has clicked a link to this address."""

        address: str

    def __init__(self, markdown: str = "") -> None:
        super().__init__()
        self._marked = Marked(markdown)

    def update(self, markdown: str) -> None:
        """Draw this text instead."""
        self._marked = Marked(markdown)
        self.refresh(layout=True)

    def render(self) -> Marked:
        return self._marked

    def action_follow(self, address: str) -> None:
        self.post_message(self.Followed(address))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        return selection.extract(self._marked.content(self.content_size.width).plain), "\n"
