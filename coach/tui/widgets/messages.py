"""What the user wrote, and short remarks of the app between the messages."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from coach.tui.plain import shown


class UserMessage(Vertical):
    """One message of the user, as plain text, with what became of it."""

    def __init__(
        self, text: str, status: str = "", *, kept: bool = False, name: str | None = None
    ) -> None:
        super().__init__(name=name)
        self.text = text
        self.kept = kept
        """Whether it is on disk."""
        self._status = status

    def compose(self) -> ComposeResult:
        yield Static(self._heading(), classes="author", markup=False)
        yield Static(shown(self.text), classes="text", markup=False)

    @property
    def status(self) -> str:
        """What became of the message, in a few words; empty once it is being answered."""
        return self._status

    @status.setter
    def status(self, status: str) -> None:
        self._status = status
        for heading in self.query(".author").results(Static):
            heading.update(self._heading())

    def _heading(self) -> str:
        return f"You, {self._status}" if self._status else "You"


class Notice(Static):
    """A remark of the app itself, as plain text."""

    def __init__(self, text: str) -> None:
        super().__init__(shown(text), markup=False)
