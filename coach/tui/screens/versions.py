"""The versions of an agreement, and what changed from one to another."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from coach.tui.agreement_rows import NO_VERSION, version_rows
from coach.tui.keys import keyed
from coach.tui.screens.pair_page import HELP, PairPage
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.memory_list import MemoryList
from coach.tui.widgets.status import Heading
from coach.tui.wording import pair_line

if TYPE_CHECKING:
    from coach.agreement.standing import AgreementStanding
    from coach.storage.pairs import Pair
    from coach.tui.service import Service

LOADING = "One moment."
HINT = (
    "{c|versions.compare} marks a version: then each of the others shows what is different from it."
)


class VersionsScreen(PairPage[bool]):
    """Gives True when an earlier version was taken up again."""

    WRITES: ClassVar[frozenset[str]] = PairPage.WRITES | {"go_back_to"}
    AUTO_FOCUS = "MemoryList OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "compare", "Compare with", id="versions.compare"),
        Binding("b", "go_back_to", "Back to this one", id="versions.go_back_to"),
        HELP,
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, service: Service, pair: Pair) -> None:
        super().__init__(service, pair)
        self._now: AgreementStanding | None = None
        self._base: int | None = None
        self._changed = False

    def compose(self) -> ComposeResult:
        yield Heading(f"Versions of the agreement with {pair_line(self.pair)}")
        yield MemoryList(LOADING)
        yield Static("", classes="said", markup=False)
        yield KeyLine()

    async def load_anew(self) -> None:
        self._now = await asyncio.to_thread(self.service.agreement, self.pair)
        self._show(self._now)
        self.tell(keyed(self, HINT) if len(self._now.versions) > 1 else "")

    def _show(self, now: AgreementStanding) -> None:
        from coach.agreement.standing import between

        base = self._base
        changes = {
            one.number: one.changes if base is None else between(now.versions, base, one.number)
            for one in now.versions
        }
        titles = {one.topic.name: one.topic.title for one in now.topics}
        name, today = self.pair.first_name, self.service.today
        rows = version_rows(now.versions, changes, titles, name, today, base)
        self.query_one(MemoryList).show(rows, NO_VERSION)

    @property
    def _number(self) -> int | None:
        row = self.query_one(MemoryList).row
        return int(row.key) if row else None

    def action_compare(self) -> None:
        if self._now is not None:
            self._base = None if self._base == self._number else self._number
            self._show(self._now)

    def action_go_back_to(self) -> None:
        number = self._number
        if number is None or self._now is None:
            return
        last = self._now.versions[-1].number
        if number == last:
            self.tell("This is the version that holds.")
            return
        service, pair = self.service, self.pair
        self._changed = True
        self.go(
            self.change(
                f"What version {number} says holds again. It makes version {last + 1}.",
                lambda: service.put_back_agreement(pair, number),
                lambda: service.put_back_agreement(pair, last),
            )
        )

    def action_back(self) -> None:
        self.dismiss(self._changed)
