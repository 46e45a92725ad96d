"""Answering the relationship check: eight statements, a number each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach.planning.check import MOST, Answers, Side, Statement, checked, statements
from coach.planning.texts import texts
from coach.tui.keys import keyed
from coach.tui.plain import one_line
from coach.tui.screens.pair_page import HELP
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.status import Heading

if TYPE_CHECKING:
    from coach.storage.pairs import Pair
    from coach.tui.service import Service
    from coach.tui.unfinished import Unfinished

_MINE = "Answer for yourself. A line may stay empty rather than be a guess."
_THEIRS = "{name} answers here, or you type in what {name} told you. A line may stay empty."
LEFT = "These are the answers you had begun with; 0 empties one."
NOTHING = "Nothing is answered yet: 1 to 5 answers the highlighted line."


class AnswerScreen(Screen[Answers | None]):
    """Gives the answers of one side, or None when they are not to be kept."""

    AUTO_FOCUS = "OptionList"
    DEFAULT_CSS = """
    AnswerScreen > Static {
        padding: 0 1;
        color: $text-muted;
    }

    AnswerScreen > .scale {
        margin-bottom: 1;
    }

    AnswerScreen > OptionList, AnswerScreen > OptionList:focus {
        height: 1fr;
        max-width: 110;
        border: none;
        padding: 0 1;
        background: $background;
        scrollbar-size-vertical: 1;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "answer(1)", f"Answer (1 to {MOST})", id="answers.1"),
        *(Binding(str(n), f"answer({n})", f"Answer {n}", show=False, id=f"answers.{n}")
          for n in range(2, MOST + 1)),
        Binding("0,backspace,delete", "answer(0)", "Empty", key_display="0", id="answers.empty"),
        Binding("left", "shift(-1)", show=False),
        Binding("right", "shift(1)", show=False),
        Binding("ctrl+s,s", "save", "Keep", key_display="s", id="answers.keep"),
        HELP,
        Binding("escape", "back", "Back"),
    ]  # fmt: skip

    def __init__(
        self, service: Service, pair: Pair, side: Side, unfinished: Unfinished | None
    ) -> None:
        super().__init__()
        self._today = service.today
        self.pair, self._side = pair, side
        self._statements = statements()
        self._unfinished = unfinished
        known = {one.id for one in self._statements}
        self._given = read_given(unfinished.text(0, ""), known) if unfinished else {}

    @property
    def _other(self) -> str:
        return one_line(self.pair.first_name)

    def compose(self) -> ComposeResult:
        mine = self._side == "me"
        whose = "Your answers" if mine else f"{self._other}'s answers"
        yield Heading(f"{whose}: how it goes between you")
        yield Static(_MINE if mine else _THEIRS.replace("{name}", self._other), markup=False)
        scale = ", ".join(f"{n} {word}" for n, word in enumerate(texts("check")["scale"], 1))
        yield Static(scale, classes="scale", markup=False)
        yield OptionList(*(Option(self._shown(one), id=one.id) for one in self._statements))
        yield Static("", id="problem", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        asked = (n for n, one in enumerate(self._statements) if one.id not in self._given)
        self.query_one(OptionList).highlighted = next(asked, 0)
        if self._given:
            self._tell(f"{LEFT} {self._left()}")
        if self._unfinished is not None:
            self._unfinished.begin(self, lambda: [write_given(self._given)], [""])

    def _shown(self, one: Statement) -> Table:
        other = self._other if self._side == "me" else f"your {self.pair.role}"
        given = self._given.get(one.id, 0)
        steps = Text()
        for n in range(1, MOST + 1):
            steps.append(f"[{n}]" if n == given else f" {n} ", "bold" if n == given else "dim")
        made = Table.grid(padding=(0, 2))
        made.add_column(width=3 * MOST)
        made.add_column(ratio=1)
        made.add_row(steps, Text(one.text.replace("{name}", other)))
        return made

    def action_answer(self, value: int) -> None:
        listed = self.query_one(OptionList)
        place = listed.highlighted
        if place is None:
            return
        self._put(place, value)
        if value and place + 1 < len(self._statements):
            listed.highlighted = place + 1

    def action_shift(self, by: int) -> None:
        place = self.query_one(OptionList).highlighted
        if place is not None:
            now = self._given.get(self._statements[place].id, 0)
            self._put(place, min(MOST, max(0, now + by)))

    def _put(self, place: int, value: int) -> None:
        one = self._statements[place]
        if value:
            self._given[one.id] = value
        else:
            self._given.pop(one.id, None)
        self.query_one(OptionList).replace_option_prompt(one.id, self._shown(one))
        if self._unfinished is not None:
            self._unfinished.changed()
        self._tell(self._left())

    def _left(self) -> str:
        left = len(self._statements) - len(self._given)
        return (
            f"{left} left; {{s|answers.keep}} keeps what is answered."
            if left
            else "{s|answers.keep} keeps the answers."
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()

    def action_save(self) -> None:
        if self._given:
            self.dismiss(checked(self._side, self._today, self._given))
        else:
            self._tell(NOTHING)

    async def action_back(self) -> None:
        if self._unfinished is not None:
            await self._unfinished.settle()
        self.dismiss(None)

    def _tell(self, said: str) -> None:
        self.query_one("#problem", Static).update(keyed(self, said))


def write_given(given: Mapping[str, int]) -> str:
    """Answers as the text of a draft: "thread=4 lightness=2"."""
    return " ".join(f"{key}={value}" for key, value in given.items())


def read_given(text: str, known: Collection[str]) -> dict[str, int]:
    """What :func:`write_given` wrote, as far as it answers one of the ``known`` statements."""
    pairs = (part.partition("=") for part in text.split())
    return {
        key: int(value)
        for key, _, value in pairs
        if key in known and value in {str(n) for n in range(1, MOST + 1)}
    }
