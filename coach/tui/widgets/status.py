"""The line at the top: who the page is about, what the engine is doing, and what leaves here."""

from __future__ import annotations

from typing import cast

from textual import events
from textual.app import App, ComposeResult
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from coach.tui.plain import one_line

DEMONSTRATION = "DEMONSTRATION"
READ_ONLY = "READ-ONLY, coach is open elsewhere"
MAY_WRITE = "READ-ONLY, free again: {Ctrl+R|app.retry}"
NARROW = 100
"""Columns below which only what leaves the machine is said, not which engine answers."""


class Top(HorizontalGroup):
    """One line: a text, and at its right what leaves this machine; both are plain text."""

    DEFAULT_CSS = """
    Top {
        height: 1;
        padding: 0 1;
        background: $panel;
    }

    Top > #who {
        width: 1fr;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }

    Top > #state {
        width: auto;
        max-width: 40%;
        margin-left: 2;
        color: $text-muted;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }

    Top > #privacy {
        width: auto;
        margin-left: 2;
        color: $text-muted;
    }
    """

    def compose(self) -> ComposeResult:
        yield Static(self._left(), id="who", markup=False)
        yield Static("", id="state", markup=False)
        yield Static("", id="privacy", markup=False)

    def on_mount(self) -> None:
        self.tell()

    def on_resize(self, event: events.Resize) -> None:
        self.tell()

    def tell(self) -> None:
        """Show what holds now."""
        if not self.is_mounted:
            return
        name, privacy = getattr(self.app, "engine", ("", ""))
        banner = getattr(self.app, "banner", "")
        wide = self.app.size.width >= NARROW
        # Where there is little room, that nothing is kept counts for more than what loads.
        state = self._state() if wide or not banner else ""
        self.query_one("#who", Static).update(self._left())
        self.query_one("#state", Static).update(state)
        roomy = self.app.size.width >= NARROW + len(banner)
        said = f"{name}, {privacy}" if roomy and name else privacy
        self.query_one("#privacy", Static).update(one_line(said))

    def _left(self) -> Content:
        """What the line begins with."""
        return marked(self.app, "")

    def _state(self) -> str:
        return ""


def marked(app: App[object], text: str) -> Content:
    """``text`` for the head of a page; in a demonstration, or read-only, it says so first."""
    said = one_line(text)
    banner = cast("str", getattr(app, "banner", ""))
    if not banner:
        return Content(said)
    return Content.styled(f" {banner} ", "bold reverse").append(f"  {said}")


class Heading(Top):
    """The head of a page."""

    DEFAULT_CSS = """
    Heading > #who {
        text-style: bold;
    }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def say(self, text: str) -> None:
        """Head the page with another text."""
        self._text = text
        self.tell()

    def _left(self) -> Content:
        return marked(self.app, self._text)


class StatusLine(Top):
    """Who the page is about, and what the engine is doing."""

    who: reactive[str] = reactive("", init=False)
    state: reactive[str] = reactive("", init=False)

    def _left(self) -> Content:
        said = marked(self.app, self.who)
        shared = self.state or said.plain != one_line(self.who)
        if self.app.size.width < NARROW and shared:
            return said  # beside a state or a banner, whom it is about counts for more
        return Content.styled("coach", "bold").append("  ").append(said)

    def _state(self) -> str:
        return one_line(self.state)

    def watch_who(self) -> None:
        self.tell()

    def watch_state(self) -> None:
        self.tell()
