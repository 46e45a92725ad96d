"""The list of pages about one pair, each with its key."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach.tui.keys import say_key
from coach.tui.pair_pages import PAGES, Entry
from coach.tui.plain import one_line
from coach.tui.screens.dialog import Dialog
from coach.tui.widgets.key_line import KeyLine


class PagesScreen(Dialog[str | None]):
    """Gives the name of the page to open, or None."""

    AUTO_FOCUS = "OptionList"
    DEFAULT_CSS = """
    PagesScreen OptionList, PagesScreen OptionList:focus {
        height: auto;
        border: none;
        padding: 0;
        background: $surface;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                page.key, f"open({page.name!r})", page.title, show=False, id=f"home.{page.name}"
            )
            for page in PAGES
        ),
        Binding("escape", "open('')", "Back"),
    ]

    def __init__(self, name: str) -> None:
        super().__init__()
        self._who = one_line(name)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(f"Pages about {self._who}", classes="title", markup=False)
            yield OptionList(
                *(
                    Option(
                        Text(f"{self._key(page):3}", "bold").append(f"{page.title:14}", "not bold")
                        .append(page.shows, "dim not bold"),
                        id=page.name,
                    )
                    for page in PAGES
                )
            )  # fmt: skip
        yield KeyLine()

    def _key(self, page: Entry) -> str:
        keys = self.app._keymap.get(f"home.{page.name}", page.key)
        return say_key(keys.partition(",")[0])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option.id)

    def action_open(self, name: str) -> None:
        self.dismiss(name or None)
