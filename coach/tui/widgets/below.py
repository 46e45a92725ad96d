"""What stands below a reply: rows with keys of their own, and a hint."""

from __future__ import annotations

from textual import events
from textual.containers import Vertical
from textual.widgets import Static


class BelowReply(Vertical):
    """A block of :class:`ReplyRow` with a line of class "hint" under them."""

    DEFAULT_CSS = """
    BelowReply {
        height: auto;
        margin: 1 0 0 0;
    }

    BelowReply > .hint {
        height: auto;
        color: $text-muted;
    }

    BelowReply > ReplyRow {
        height: auto;
        padding: 0 1;
        border-left: blank $background;
        link-color: $primary;
        link-style: underline;
        link-background-hover: $primary;
        link-color-hover: $background;
    }

    BelowReply > ReplyRow:focus {
        border-left: outer $accent;
        background: $panel;
        text-style: bold;
    }
    """


class ReplyRow(Static, can_focus=True):
    """One row that can be reached; a click on it is not one on the reply."""

    def __init__(self) -> None:
        super().__init__(markup=False)

    def on_click(self, event: events.Click) -> None:
        event.stop()
