"""What the user wrote, and short remarks of the app between the messages."""

from __future__ import annotations

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from coach.tui.plain import shown


class UserMessage(Static):
    """One message of the user, as plain text, with what became of it."""

    class Kept(Message):
        """It is on disk from now on."""

    def __init__(
        self, text: str, status: str = "", *, kept: bool = False, name: str | None = None
    ) -> None:
        self.text = text
        self.kept = kept
        """Whether it is on disk."""
        self._status = status
        super().__init__(self._shown(), name=name)

    def keep(self) -> None:
        """It is on disk, and being answered."""
        self.status, self.kept = "", True
        self.post_message(self.Kept())

    @property
    def status(self) -> str:
        """What became of the message, in a few words; empty once it is being answered."""
        return self._status

    @status.setter
    def status(self, status: str) -> None:
        self._status = status
        self.update(self._shown())

    def _shown(self) -> Content:
        heading = f"You, {self._status}" if self._status else "You"
        return Content.assemble((heading, "$text-muted"), "\n", shown(self.text))


class Notice(Static):
    """A remark of the app itself, as plain text."""

    def __init__(self, text: str) -> None:
        super().__init__(shown(text), markup=False)
