"""Choosing whom the conversation is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach.tui.screens.dialog import Dialog
from coach.tui.widgets.key_line import KeyLine
from coach.tui.wording import pair_line

if TYPE_CHECKING:
    from coach.storage.pairs import Pair

NEW = "new"
NONE = "none"


class PairsScreen(Dialog["Pair | str | None"]):
    """Gives a pair, ``"new"`` for one to be made, ``"none"`` for no pair, or None for no change."""

    DEFAULT_CSS = """
    PairsScreen OptionList, PairsScreen OptionList:focus {
        height: auto;
        max-height: 14;
        border: none;
        background: $surface;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back"),
        Binding("f2", "back", show=False, id="chat.pairs"),
    ]

    def __init__(self, pairs: Sequence[Pair], current: Pair | None) -> None:
        super().__init__()
        self._pairs = {str(pair.id): pair for pair in pairs}
        self._current = str(current.id) if current else NONE

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Whom do you want to talk about?", classes="title")
            yield OptionList(
                *(self._option(pair_line(pair), key) for key, pair in self._pairs.items()),
                self._option("No one in particular", NONE),
                None,
                Option(Content("Add another person"), id=NEW),
            )
            yield Static("Enter opens the conversation. Esc goes back.", classes="hint")
        yield KeyLine()

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = options.get_option_index(self._current)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        key = event.option.id or ""
        if key == self._current:
            self.dismiss(None)
        else:
            self.dismiss(self._pairs.get(key, key))

    def action_back(self) -> None:
        self.dismiss(None)

    def _option(self, text: str, key: str) -> Option:
        return Option(Content(f"{text}  (open now)" if key == self._current else text), id=key)
