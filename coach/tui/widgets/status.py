"""The line at the top: who the conversation is about, and what the engine is doing."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from coach.tui.plain import one_line


class StatusLine(HorizontalGroup):
    """Who and what; both are plain text."""

    who: reactive[str] = reactive("", init=False)
    state: reactive[str] = reactive("", init=False)

    def compose(self) -> ComposeResult:
        yield Static(self._left(), id="who", markup=False)
        yield Static(one_line(self.state), id="state", markup=False)

    def _left(self) -> Content:
        name = Content.styled("coach", "bold")
        return name.append(f"  {one_line(self.who)}") if self.who else name

    def watch_who(self) -> None:
        if self.is_mounted:
            self.query_one("#who", Static).update(self._left())

    def watch_state(self) -> None:
        if self.is_mounted:
            self.query_one("#state", Static).update(one_line(self.state))
