"""What the app can do, and its keys."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Footer, Static

from coach.tui.screens.dialog import Dialog

TEXT = """\
Ask a question, or tell what happened, and press Enter. Each
answer names the guidance that it comes from.

Enter         send
Ctrl+J        new line (also Shift+Enter, where it works)
Up, Down      earlier messages, from the first and last line
Page Up/Down  scroll the conversation
Esc           stop an answer; go back to the conversation
Ctrl+Up/Down  an earlier or later answer (also Alt+Up/Down)
F3, Tab       the sources of an answer; to what was noted
F2, Ctrl+N    another pair, or a new one; a new conversation
F4, F5        what is remembered; write up a session
F8, F9, /     all pairs; the next session's page; commands
Ctrl+P        everything else, the light theme too
Ctrl+Q        quit; the conversation is kept

What you write stays on this computer unless you choose a
language model elsewhere. `coach doctor` shows where it is."""


class HelpScreen(Dialog[None]):
    """The keys of the conversation, in words."""

    DEFAULT_CSS = """
    HelpScreen .dialog {
        width: 72;
    }

    HelpScreen VerticalScroll {
        height: auto;
        max-height: 85vh;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,enter", "back", "Back")]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"), VerticalScroll():
            yield Static(TEXT, markup=False)
        yield Footer()

    def action_back(self) -> None:
        self.dismiss()
