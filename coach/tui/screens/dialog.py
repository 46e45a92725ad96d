"""What the dialogs have in common: a box in the middle, over the conversation."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

T = TypeVar("T")


class Dialog(ModalScreen[T]):
    """A question or a page in a box; its content goes into a container of class ``dialog``."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 70%;
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
