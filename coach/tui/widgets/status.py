"""The line at the top: who the page is about, and what the engine is doing."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from coach.tui.plain import one_line

DEMONSTRATION = "DEMONSTRATION, invented people"


def marked(app: App[object], text: str) -> Content:
    """``text`` for the head of a page; in a demonstration it says so first."""
    said = one_line(text)
    if not getattr(app, "demonstration", False):
        return Content(said)
    return Content.styled(f" {DEMONSTRATION} ", "bold reverse").append(f"  {said}")


class Heading(Static):
    """The head of a page; plain text."""

    DEFAULT_CSS = """
    Heading {
        height: 1;
        padding: 0 1;
        background: $panel;
        text-style: bold;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(self, text: str) -> None:
        super().__init__(markup=False)
        self._text = text

    def on_mount(self) -> None:
        self.update(marked(self.app, self._text))


class StatusLine(HorizontalGroup):
    """Who and what; both are plain text."""

    who: reactive[str] = reactive("", init=False)
    state: reactive[str] = reactive("", init=False)

    def compose(self) -> ComposeResult:
        yield Static(self._left(), id="who", markup=False)
        yield Static(one_line(self.state), id="state", markup=False)

    def _left(self) -> Content:
        return Content.styled("coach", "bold").append("  ").append(marked(self.app, self.who))

    def watch_who(self) -> None:
        if self.is_mounted:
            self.query_one("#who", Static).update(self._left())

    def watch_state(self) -> None:
        if self.is_mounted:
            self.query_one("#state", Static).update(one_line(self.state))
