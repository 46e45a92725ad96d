"""The two questions that make a pair: who the other person is, and which of you is the mentor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Static

from coach.text import clean
from coach.tui.plain import one_line
from coach.tui.screens.dialog import Dialog
from coach.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from coach.storage.pairs import Role

MAX_NAME = 120


@dataclass(frozen=True)
class Answers:
    """``name`` of the other person, and the user's own ``role``."""

    name: str
    role: Role


class SetupScreen(Dialog[Answers | None]):
    """Gives the answers, or None when the user would rather not say."""

    DEFAULT_CSS = """
    SetupScreen Input {
        background: $background;
    }

    SetupScreen HorizontalGroup Button {
        width: 1fr;
        margin: 0 1 0 0;
    }

    SetupScreen HorizontalGroup Button:focus {
        background: $primary;
        color: $background;
        text-style: bold underline;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "skip", "Not now"),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, *, first: bool, given: Answers | None = None) -> None:
        super().__init__()
        self._first = first
        self._given = given

    def compose(self) -> ComposeResult:
        title = "Welcome. Two questions, then you can start." if self._first else "A new pair"
        skip = "Esc leaves this for later." if self._first else "Esc goes back."
        with Vertical(classes="dialog"):
            yield Static(title, classes="title")
            yield Static("1  Who is the other person?")
            yield Input(
                self.beginning[0], placeholder="Their name", select_on_focus=not self.was_left
            )
            yield Static("", classes="problem", markup=False)
            yield Static("2  Are you their mentor or their mentee?", classes="question")
            with HorizontalGroup():
                yield Button(Content("I am their mentor"), id="mentor")
                yield Button(Content("I am their mentee"), id="mentee")
            yield Static(
                f"Enter goes on, arrow keys choose. {skip}\n"
                "Names stay on this computer, encrypted with everything else.",
                classes="hint",
            )
        yield KeyLine()

    @property
    def given(self) -> Sequence[str]:
        return [self._given.name if self._given else ""]

    @property
    def written(self) -> Sequence[str]:
        return [self.query_one(Input).value]

    @property
    def name_given(self) -> str:
        return one_line(clean(self.query_one(Input).value, None))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._name_is_fine():
            self.query_one("#mentor").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if self._name_is_fine():
            self.dismiss(Answers(self.name_given, cast("Role", event.button.id)))
        else:
            self.query_one(Input).focus()

    def action_skip(self) -> None:
        self.dismiss(None)

    def _name_is_fine(self) -> bool:
        name = self.name_given
        problem = ""
        if not any(c.isalpha() for c in name):
            problem = "Please give the person's name; a first name is enough."
        elif len(name) > MAX_NAME:
            problem = f"That is over {MAX_NAME} characters. A shorter form of the name will do."
        said = self.query_one(".problem", Static)
        said.update(problem)
        said.set_class(bool(problem), "-shown")
        return not problem
