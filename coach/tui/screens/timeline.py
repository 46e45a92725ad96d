"""Looking back: sessions and threads, promises, goals and the check, each as a picture."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Tab, Tabs

from coach.tui.pictures.looking_back import pictures
from coach.tui.screens.pair_page import HELP, PairPage, tab_keys
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.picture import PictureView, prepare
from coach.tui.widgets.status import Heading
from coach.tui.wording import pair_line

TABS = {"threads": "Threads", "promises": "Promises", "goals": "Goals", "check": "Check"}
WIDE, TALL = 150, 40
"""Columns and lines from which all four stand beside each other."""


class TimelineScreen(PairPage[None]):
    """One picture a tab; all four at once where there is room."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    TimelineScreen > Container {
        height: 1fr;
    }

    TimelineScreen PictureView {
        display: none;
        padding: 1 1 0 1;
    }

    TimelineScreen PictureView.-chosen {
        display: block;
    }

    TimelineScreen.-all > Tabs {
        display: none;
    }

    TimelineScreen.-all > Container {
        layout: grid;
        grid-size: 2 2;
        grid-gutter: 1 2;
        padding: 0 1;
    }

    TimelineScreen.-all PictureView {
        display: block;
        border: round $border-blurred;
    }

    TimelineScreen.-all PictureView:focus {
        border: round $border;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *tab_keys("timeline", TABS),
        HELP,
        Binding("escape", "dismiss", "Back"),
    ]

    _tab = "threads"

    def compose(self) -> ComposeResult:
        yield Heading(f"Looking back with {pair_line(self.pair)}")
        tabs = Tabs(*(Tab(f"{n} {name}", id=key) for n, (key, name) in enumerate(TABS.items(), 1)))
        tabs.can_focus = False
        yield tabs
        with Container():
            for key in TABS:
                yield PictureView(id=f"picture-{key}")
        yield KeyLine()

    async def load_anew(self) -> None:
        await asyncio.to_thread(prepare)
        seen = await asyncio.to_thread(self.service.look_back, self.pair)
        for view, picture in zip(self.query(PictureView), pictures(seen), strict=True):
            view.show(picture)
        self._choose()

    def on_tabs_tab_activated(self, event: Tabs.TabActivated) -> None:
        event.stop()
        self._tab = event.tab.id or "threads"
        self._choose()

    def _choose(self) -> None:
        for key in TABS:
            view = self.query_one(f"#picture-{key}", PictureView)
            view.set_class(key == self._tab, "-chosen")
            if key == self._tab:
                view.focus()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width >= WIDE and event.size.height >= TALL, "-all")

    def action_tab(self, by: int) -> None:
        self.action_go((list(TABS).index(self._tab) + by) % len(TABS))

    def action_go(self, place: int) -> None:
        self.query_one(Tabs).active = list(TABS)[place]
