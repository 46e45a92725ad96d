"""The sessions that were held, and what each came to in a few sentences."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach.tui.keys import keyed
from coach.tui.memory_words import say_day
from coach.tui.plain import one_line, shown
from coach.tui.screens.pair_page import HELP as HELP_KEY
from coach.tui.screens.pair_page import PairPage
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.status import Heading
from coach.tui.wording import pair_line

if TYPE_CHECKING:
    from coach.conversation.voice.summarising import Summary

NONE = (
    "No session is kept yet. {F5|chat.write_up} writes one up; `coach memory import` takes a"
    " transcript."
)
LOADING = "One moment: I am going through what was said."
OFFER = "Enter lets {name} word it, where it was a long one."
ASKING = "{name} is asked to sum it up."


class SessionsScreen(PairPage[None]):
    """The days with a note or a transcript, newest first; the highlighted one summed up."""

    HELP = "What each session came to, with the words that each sentence rests on."
    AUTO_FOCUS = "OptionList"
    DEFAULT_CSS = """
    SessionsScreen > Container {
        layout: horizontal;
        height: 1fr;
    }

    SessionsScreen OptionList, SessionsScreen OptionList:focus {
        width: 22;
        height: 1fr;
        border: none;
        padding: 0 1;
        background: $background;
    }

    SessionsScreen VerticalScroll {
        width: 1fr;
        height: 1fr;
        padding: 0 2;
        max-width: 100;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        HELP_KEY,
        Binding("escape", "dismiss", "Back"),
    ]

    def compose(self) -> ComposeResult:
        yield Heading(f"Sessions with {pair_line(self.pair)}")
        with Container():
            yield OptionList()
            with VerticalScroll():
                yield Static(LOADING, id="summary", markup=False)
        yield Static("", classes="said", markup=False)
        yield KeyLine()

    async def load_anew(self) -> None:
        days = await asyncio.to_thread(self.service.meeting_days, self.pair)
        listed = self.query_one(OptionList)
        listed.clear_options()
        today = self.service.today
        listed.add_options(Option(Content(say_day(day, today)), id=day.isoformat()) for day in days)
        listed.highlighted = 0 if days else None
        if not days:
            self._show(keyed(self, NONE))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._go_through(event.option.id, worded=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        # Only when it is asked for: it takes time, and what a remote model reads is paid for.
        event.stop()
        self._go_through(event.option.id, worded=True)

    def _go_through(self, day: str | None, *, worded: bool) -> None:
        if day is not None:
            work = self._sum_up(date.fromisoformat(day), worded=worded)
            # Going on to another day ends what is asked about this one.
            self.run_worker(work, group="sum", exclusive=True, exit_on_error=False)

    async def _sum_up(self, day: date, *, worded: bool) -> None:
        name = one_line(await asyncio.to_thread(self.service.helper))
        if worded and not name:
            return
        if worded:
            self.tell(ASKING.replace("{name}", name))
        else:
            self._show(LOADING)
        found = await self.service.summary(self.pair, day, worded=worded)
        self._show(told(found))
        offer = OFFER.replace("{name}", name) if name and not worded else ""
        self.tell(_why(found) or offer)

    def _show(self, text: str | Content) -> None:
        self.query_one("#summary", Static).update(shown(text) if isinstance(text, str) else text)


def told(found: Summary) -> Content:
    """A summary as it is shown: each sentence, and under it the words that it rests on."""
    parts = []
    for one in found.sentences:
        private = " (private)" if one.private else ""
        said = Content(f"{one_line(one.text)}{private}\n")
        parts.append(said.append(Content.styled(f"“{one_line(one.quote)}”", "$text-muted")))
    return Content("\n\n").join(parts)


def _why(found: Summary) -> str:
    if found.engine != "built-in":
        rest = f" Some of it is as it was told: {found.why}" if found.why else ""
        return f"Worded by {found.engine}; each sentence was held to what was said.{rest}"
    return f"Summed up by the built-in engine: {found.why}" if found.why else ""
