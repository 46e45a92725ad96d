"""What worked in a rehearsal, and what to try: then again, harder, or keep the words."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from coach.tui.plain import shown
from coach.tui.rehearsal_rows import LEVELS, feedback_lines
from coach.tui.screens.pair_page import HELP as HELP_KEY
from coach.tui.screens.pair_page import PairPage
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.status import Heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.rehearsal.feedback import Feedback, Try
    from coach.rehearsal.talk import Talk
    from coach.storage.pairs import Pair
    from coach.tui.service import Service

KEPT = "Your words are kept as a script for the real conversation."


class ToldScreen(PairPage["Talk | None"]):
    """Gives a new talk to go on with, or None."""

    WRITES: ClassVar[frozenset[str]] = PairPage.WRITES | {"keep"}
    HELP = "What worked comes first. Points say how far each message got, from 0 to 3."
    DEFAULT_CSS = """
    ToldScreen > VerticalScroll {
        height: 1fr;
        padding: 0 1;
    }

    ToldScreen .heading {
        margin-top: 1;
        text-style: bold;
        color: $primary;
    }

    ToldScreen .text {
        max-width: 100;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "again", "Again", id="rehearse.again"),
        Binding("h", "harder", "Again, harder", id="rehearse.harder"),
        Binding("k", "keep", "Keep your words", id="rehearse.keep"),
        HELP_KEY,
        Binding("escape", "dismiss", "Back"),
    ]

    def __init__(
        self, service: Service, pair: Pair, talk: Talk, found: Feedback, tries: Sequence[Try]
    ) -> None:
        super().__init__(service, pair)
        self._talk, self._feedback, self._tries = talk, found, tries

    def compose(self) -> ComposeResult:
        points = f"{self._feedback.total:g} of 3"
        yield Heading(f"{self._talk.scenario.title} ({self._talk.level}): {points}")
        with VerticalScroll():
            for kind, text in feedback_lines(self._feedback, self._tries):
                yield Static(shown(text), classes=kind, markup=False)
        yield Static("", classes="said", markup=False)
        yield KeyLine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "harder":
            return self._talk.level != LEVELS[-1]
        return super().check_action(action, parameters)

    def action_again(self) -> None:
        self.go(self._again(self._talk.level))

    def action_harder(self) -> None:
        self.go(self._again(LEVELS[LEVELS.index(self._talk.level) + 1]))

    async def _again(self, level: str) -> None:
        talk = self._talk
        made = await asyncio.to_thread(
            self.service.rehearsals.begin,
            self.pair,
            talk.scenario.id,
            level,
            from_memory=bool(talk.background.name),
        )
        self.dismiss(made)

    def action_keep(self) -> None:
        self.go(self._keep())

    async def _keep(self) -> None:
        desk = self.service.rehearsals
        await asyncio.to_thread(desk.keep_words, self.pair, self._talk, self.service.today)
        self.tell(KEPT)
