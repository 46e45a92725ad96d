"""What would be sent to a remote language model, byte for byte, and whether it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from coach.tui.plain import one_line, shown
from coach.tui.screens.dialog import Dialog
from coach.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from coach.models.chat import Payload
    from coach.models.chosen import Use

WHY = (
    "These {count} bytes would leave this machine, to {address}. Names are stand-ins unless you "
    "chose otherwise, and nothing private is in them. If you allow it, this and what later {use} "
    "need is sent; if not, the built-in engine {instead}."
)
INSTEAD: dict[Use, str] = {
    "replies": "answers",
    "notes": "reads your notes alone",
    "rehearsals": "words the counterpart",
}


class LeaveScreen(Dialog[bool]):
    """Gives whether requests may go; False for not now."""

    AUTO_FOCUS = "VerticalScroll"
    DEFAULT_CSS = """
    LeaveScreen .dialog {
        width: 100;
        height: 90%;
    }

    LeaveScreen VerticalScroll {
        height: 1fr;
        margin: 1 0;
        padding: 0 1;
        background: $background;
        scrollbar-size-vertical: 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Allow", id="leave.allow"),
        Binding("n", "answer(False)", "Not now", id="leave.decline"),
        Binding("escape", "answer(False)", "Not now", show=False),
    ]

    def __init__(self, payload: Payload, use: Use = "replies") -> None:
        super().__init__()
        self._use = use
        self._payload = payload

    def compose(self) -> ComposeResult:
        sent = self._payload
        why = WHY.replace("{count}", f"{len(sent.body):,}").replace("{use}", self._use)
        why = why.replace("{instead}", INSTEAD[self._use])
        with Vertical(classes="dialog"):
            yield Static("May this be sent?", classes="title")
            yield Static(one_line(why.replace("{address}", sent.address)), markup=False)
            with VerticalScroll():
                yield Static(plainly(sent.body), id="sent", markup=False)
        yield KeyLine()

    def action_answer(self, given: bool) -> None:
        self.dismiss(given)


def plainly(body: bytes) -> str:
    """The bytes as text; what a terminal would not show as it is, in the way of JSON (\\u202e)."""
    text = body.decode("utf-8", "backslashreplace")
    return "".join(c if c == "\n" or shown(c) == c else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
