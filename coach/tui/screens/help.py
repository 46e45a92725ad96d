"""The keys of the page below, taken from that page itself."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from coach.tui.key_help import Block, blocks
from coach.tui.keys import Doing, say_keys
from coach.tui.screens.dialog import Dialog
from coach.tui.widgets.key_line import KeyLine

ALWAYS = "Tab goes to the next part of the page."
PRIVACY = (
    "What you write stays on this computer unless you choose a language model elsewhere. "
    "`coach doctor` shows where it is."
)


class HelpScreen(Dialog[None]):
    """What the keys of one page do."""

    DEFAULT_CSS = """
    HelpScreen .dialog {
        width: 76;
    }

    HelpScreen VerticalScroll {
        height: auto;
        max-height: 85vh;
    }

    HelpScreen .block {
        color: $primary;
        text-style: bold;
        margin-top: 1;
    }

    HelpScreen .text {
        margin-top: 1;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "back", "Back"),
        Binding("f1", "back", show=False, id="app.help"),
    ]

    def __init__(self, text: str, found: list[Block]) -> None:
        super().__init__()
        self._text, self._found = text, found

    @classmethod
    def about(cls, screen: Screen[Any]) -> HelpScreen:
        """The help for ``screen`` as it stands, with the user's own keys."""
        return cls(getattr(screen, "HELP", ""), blocks(screen))

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"), VerticalScroll():
            if self._text:
                yield Static(self._text, markup=False)
            for block in self._found:
                yield Static(block.heading, classes="block", markup=False)
                yield Static("\n".join(map(_line, block.doings)), markup=False)
            yield Static(f"{ALWAYS}\n{PRIVACY}", classes="text", markup=False)
        yield KeyLine()

    def action_back(self) -> None:
        self.dismiss()


def _line(doing: Doing) -> str:
    keys = say_keys(doing.keys)
    return f"{keys:16} {doing.name}" if len(keys) < 17 else f"{keys}\n{'':16} {doing.name}"
