"""What is remembered of a pair: to see, to change, and to forget."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList, Static, Tab, Tabs

from coach.tui.keys import keyed
from coach.tui.memory_empty import LOADING, NO_MATCH, UNNOTICED, nothing
from coach.tui.memory_filter import Wanted, What, narrowed
from coach.tui.memory_load import load
from coach.tui.memory_rows import TABS, THREADS, Section, Snapshot, chosen, matching, sections
from coach.tui.plain import one_line
from coach.tui.screens.item_keys import ItemKeys
from coach.tui.screens.pair_page import HELP, tab_keys
from coach.tui.second_reading import read_once_more
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.memory_list import MemoryList
from coach.tui.widgets.status import Heading
from coach.tui.wording import pair_line

if TYPE_CHECKING:
    from coach.storage.pairs import Pair
    from coach.tui.service import Service


@dataclass(frozen=True)
class Review:
    """What a note came to: the ids of its items, and of the earlier ones that it settled.

    ``session`` is the number of the session, where the note is a new one.
    """

    title: str
    noticed: tuple[int, ...]
    settled: tuple[int, ...]
    session: int | None = None


class MemoryScreen(ItemKeys):
    """Gives True when something was forgotten. With a ``review``, shows only what a note gave."""

    AUTO_FOCUS = "MemoryList OptionList"
    DEFAULT_CSS = """
    MemoryScreen > Input {
        display: none;
        border: round $border;
        background: $background;
    }

    MemoryScreen.-filtering > Input {
        display: block;
    }

    MemoryScreen > Proposals {
        max-height: 50%;
        overflow-y: auto;
        padding: 0 1;
    }
    """

    _NARROW = Binding.Group("Filter", compact=True)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "By words", group=_NARROW, key_display="/", id="memory.filter"),
        Binding("k", "narrow('kind')", "By kind", group=_NARROW, id="memory.kind"),
        Binding("s", "narrow('status')", "By status", group=_NARROW, id="memory.status"),
        Binding("w", "narrow('who')", "By person", group=_NARROW, id="memory.who"),
        Binding("left", "tab(-1)", show=False),
        Binding("right", "tab(1)", show=False),
        *tab_keys("memory", TABS),
        Binding("f5", "app.write_up", "Write up", show=False, id="chat.write_up"),
        HELP,
        Binding("escape", "back", "Back"),
        Binding("f4", "leave", show=False, id="chat.memory"),
    ]

    def __init__(self, service: Service, pair: Pair, review: Review | None = None) -> None:
        super().__init__(service, pair)
        self._review = review
        self._now: Snapshot | None = None
        self._tab = THREADS
        self._wanted = Wanted()

    def compose(self) -> ComposeResult:
        title = self._review.title if self._review else f"Memory of {pair_line(self.pair)}"
        yield Heading(title)
        if self._review is None:
            tabs = Tabs(
                *(Tab(f"{n} {name}", id=key) for n, (key, name) in enumerate(TABS.items(), 1))
            )
            tabs.can_focus = False
            yield tabs
        yield Input(placeholder="Words to look for")
        yield MemoryList(LOADING)
        yield Static("", classes="said", markup=False)
        yield KeyLine()

    # -- showing -------------------------------------------------------------------------------

    def on_mount(self) -> None:
        if self._review is not None and self._review.session is not None:
            more = read_once_more(self, self._review.session)
            self.run_worker(more, group="more", exit_on_error=False)

    def on_screen_resume(self) -> None:
        self.reload()

    async def load_anew(self) -> None:
        self._now = await asyncio.to_thread(load, self.service, self.pair)
        self._show()

    def _show(self) -> None:
        if self._now is None:
            return
        now = replace(self._now, going=self.forgetting.going(self.pair))
        found = self._found(now)
        fitting = matching(narrowed(found, self._wanted), self.query_one(Input).value)
        self.query_one(MemoryList).show(fitting, NO_MATCH if found else self._teach(now))
        if fitting and self.focused is None:
            self.query_one(OptionList).focus()
        self.refresh_bindings()

    def _found(self, now: Snapshot) -> list[Section]:
        if self._review is None:
            return sections(now, self._tab)
        parts = [
            chosen(now, "Remembered from this note", self._review.noticed),
            chosen(now, "Settled by this note", self._review.settled),
        ]
        return [part for part in parts if part.rows]

    def _teach(self, now: Snapshot) -> str:
        if self._review is not None:
            return UNNOTICED
        return keyed(self, nothing(self._tab, one_line(now.name), at_all=not now.items))

    def on_tabs_tab_activated(self, event: Tabs.TabActivated) -> None:
        event.stop()
        self._turn()

    def _turn(self) -> None:
        """Show the tab that is active at this moment."""
        before, self._tab = self._tab, self.query_one(Tabs).active or THREADS
        if before != self._tab:
            self.tell(self._listed())
            self.query_one(MemoryList).start_over()
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(OptionList).focus()

    def on_memory_list_chosen(self) -> None:
        self.refresh_bindings()

    # -- keys ----------------------------------------------------------------------------------

    def action_filter(self) -> None:
        self.add_class("-filtering")
        self.query_one(Input).focus()

    def action_narrow(self, what: What) -> None:
        self._wanted = self._wanted.after(what)
        self.tell(self._listed())
        self._show()

    def _listed(self) -> str:
        said = self._wanted.said(one_line(self.pair.first_name))
        return f"Listed: {said}. Esc lists everything." if said else ""

    def action_tab(self, by: int) -> None:
        self._go_to((list(TABS).index(self._tab) + by) % len(TABS))

    def action_go(self, place: int) -> None:
        self._go_to(place)

    def _go_to(self, place: int) -> None:
        for tabs in self.query(Tabs):
            tabs.active = list(TABS)[place]
            self._turn()

    def action_back(self) -> None:
        if not (self.has_class("-filtering") or self._wanted != Wanted()):
            self.action_leave()
            return
        self._wanted = Wanted()
        self.tell("")
        self._show()
        self.remove_class("-filtering")
        self.query_one(Input).value = ""
        self.query_one(OptionList).focus()

    def action_leave(self) -> None:
        self.go(self.leave())
