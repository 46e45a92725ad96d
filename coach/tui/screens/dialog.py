"""What the dialogs have in common: a box in the middle, over the conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from textual import events
from textual.screen import ModalScreen
from textual.widgets import Input

from coach.tui.widgets.status import Heading

if TYPE_CHECKING:
    from coach.tui.unfinished import Unfinished

T = TypeVar("T")


class Dialog(ModalScreen[T]):
    """A question or a page in a box; its content goes into a container of class ``dialog``."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 70%;
    }

    Dialog > Heading {
        dock: top;
    }

    Dialog .dialog {
        width: 66;
        max-width: 96%;
        height: auto;
        max-height: 96%;
        padding: 1 2;
        background: $surface;
        border: round $border;
    }

    Dialog .dialog > .title {
        text-style: bold;
        margin-bottom: 1;
    }

    Dialog .dialog > .question {
        margin-top: 1;
    }

    Dialog .dialog > .hint {
        margin-top: 1;
        color: $text-muted;
    }

    Dialog .dialog > .problem {
        display: none;
        color: $text-error;
    }

    Dialog .dialog > .problem.-shown {
        display: block;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.there = asyncio.Event()
        """Set once it takes keys."""
        self.unfinished: Unfinished | None = None
        """Where its texts are drafts; set before it opens."""

    @property
    def given(self) -> Sequence[str]:
        """What the fields for texts would begin with, in their order."""
        return ()

    @property
    def written(self) -> Sequence[str]:
        """What stands in these fields now."""
        return ()

    @property
    def beginning(self) -> Sequence[str]:
        """What the fields begin with: what was left in them once, else :attr:`given`."""
        kept = self.unfinished
        return [kept.text(n, text) if kept else text for n, text in enumerate(self.given)]

    @property
    def was_left(self) -> bool:
        """Whether something was left in the fields when the program ended."""
        return self.unfinished is not None and self.unfinished.found

    def on_mount(self) -> None:
        self.mount(Heading(""))  # what leaves the machine is told over a dialog, too
        if self.unfinished is not None:
            self.unfinished.begin(self, lambda: self.written, self.given)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._keep_unfinished()

    def on_text_area_changed(self) -> None:
        self._keep_unfinished()

    def _keep_unfinished(self) -> None:
        if self.unfinished is not None:
            self.unfinished.changed()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        self.call_later(self.there.set)
