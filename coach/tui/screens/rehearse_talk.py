"""A talk that is being rehearsed: what was said, and a line to say the next thing in."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from coach.tui.keys import keyed
from coach.tui.plain import shown
from coach.tui.rehearsal_rows import talk_lines
from coach.tui.screens.pair_page import PairPage
from coach.tui.screens.rehearse_told import ToldScreen
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.saying import Saying
from coach.tui.widgets.status import Heading

if TYPE_CHECKING:
    from coach.rehearsal.talk import Talk
    from coach.storage.pairs import Pair
    from coach.tui.service import Service
    from coach.tui.unfinished import Unfinished

ENDED = (
    "The talk is over. {F5|rehearse.told} tells what worked; "
    "{F3|rehearse.rewind} takes the last turn back."
)
SWAPPED = (
    "Sides are swapped: you are {name}, the coach speaks for you. {F4|rehearse.swap} swaps back."
)
NOTHING_LEFT = "The coach has said all it would say here. {F4|rehearse.swap} swaps back."
AS_WRITTEN = "Worded by the built-in engine: {why}"
LOOKING = "Going through what you said."
AS_THEM = "Say what {name} would say"
PLACEHOLDER = "Say it as you would say it to {name}"


class TalkScreen(PairPage[None]):
    """One talk; leaving it pauses it."""

    WRITES: ClassVar[frozenset[str]] = PairPage.WRITES | {"told"}
    HELP = "Say it as you would. A hint helps on, a turn can be taken back, sides can be swapped."
    AUTO_FOCUS = "Saying"
    DEFAULT_CSS = """
    TalkScreen > VerticalScroll {
        height: 1fr;
        padding: 0 1;
    }

    TalkScreen .aim {
        color: $text-muted;
        max-width: 92;
    }

    TalkScreen .who {
        height: 1;
        margin-top: 1;
        color: $text-muted;
    }

    TalkScreen .words {
        max-width: 92;
        padding: 0 1;
        background: $surface;
        border-left: thick $primary;
    }

    TalkScreen .words.-me {
        border-left: thick $secondary;
    }

    TalkScreen > .mood {
        height: 1;
        padding: 0 1;
        color: $text-muted;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "hint", "Hint", id="rehearse.hint"),
        Binding("f3", "rewind", "Take back", id="rehearse.rewind"),
        Binding("f4", "swap", "Swap sides", id="rehearse.swap"),
        Binding("f5", "told", "Feedback", id="rehearse.told"),
        Binding("f1", "app.help", "Help", id="app.help"),
        Binding("escape", "pause", "Pause"),
    ]

    def __init__(self, service: Service, pair: Pair, talk: Talk) -> None:
        super().__init__(service, pair)
        self._talk = talk
        self._swapped: list[tuple[str, str]] | None = None
        """What was said with sides swapped, as (who, text); None while they are not."""
        self._one = asyncio.Lock()
        self._unsaid: Unfinished | None = None
        """Where what is being written is a draft."""

    @property
    def talk(self) -> Talk:
        """The talk as it stands."""
        return self._talk

    def compose(self) -> ComposeResult:
        talk = self._talk
        yield Heading(f"{talk.scenario.title}, with {talk.name} ({talk.level})")
        yield VerticalScroll()
        yield Static("", classes="said", markup=False)
        yield Static("", classes="mood", markup=False)
        yield Saying(PLACEHOLDER.replace("{name}", talk.called))
        yield KeyLine()

    async def load_anew(self) -> None:
        if self._unsaid is None:
            await self._take_up()
        talk = self._talk
        place = self.query_one(VerticalScroll)
        await place.remove_children()
        setting = talk.scenario.setting.replace("{name}", talk.name)
        aim = f"{setting}\nYour aim: {talk.scenario.aim}"
        made = [Static(shown(aim), classes="aim", markup=False)]
        lines = talk_lines(talk) if self._swapped is None else self._swapped
        for who, text in lines:
            mine = who == "me"
            name = "You" if mine else talk.called
            made.append(Static(shown(name), classes="who", markup=False))
            words = Static(shown(text or "(nothing)"), classes="words", markup=False)
            words.set_class(mine, "-me")
            made.append(words)
        await place.mount_all(made)
        place.scroll_end(animate=False)
        mood = "" if self._swapped is not None else self.service.rehearsals.mood(talk)
        self.query_one(".mood", Static).update(shown(mood))
        said = [AS_WRITTEN.replace("{why}", talk.last.why)] if talk.last.why else []
        said += [keyed(self, ENDED)] if talk.ending and self._swapped is None else []
        self.tell(" ".join(said))
        self.refresh_bindings()

    async def _take_up(self) -> None:
        """Write again what was not said when this talk was left."""
        box = self.query_one(Saying)
        self._unsaid = await self.begin(f"talk-{self._talk.scenario.id}")
        if self._unsaid is not None:
            if not box.text:
                box.put(self._unsaid.text(0, ""))
            self._unsaid.begin(self, lambda: [box.text], [""])

    def on_text_area_changed(self) -> None:
        if self._unsaid is not None:
            self._unsaid.changed()

    def tell(self, said: str) -> None:
        super().tell(said)
        # What is told takes lines from the talk: its end stays in sight.
        place = self.query_one(VerticalScroll)
        self.call_after_refresh(place.scroll_end, animate=False)

    def go(self, work: Coroutine[Any, Any, None]) -> None:
        """Do ``work`` after what is still being done: feedback waits for the answer that comes."""
        super().go(self._in_turn(work))

    async def _in_turn(self, work: Coroutine[Any, Any, None]) -> None:
        async with self._one:
            self.refresh_bindings()
            await work
        self.refresh_bindings()

    # -- saying --------------------------------------------------------------------------------

    def on_saying_said(self, event: Saying.Said) -> None:
        event.stop()
        if self._swapped is not None:
            self.go(self._say_as_them(event.text))
        elif self._talk.ending:
            self.tell(keyed(self, ENDED))
        else:
            self.go(self._say(event.text))

    async def _say(self, text: str) -> None:
        box = self.query_one(Saying)
        box.read_only = True
        self.tell(f"{self._talk.called} is thinking.")
        try:
            desk = self.service.rehearsals
            self._talk = await desk.worded(await asyncio.to_thread(desk.say, self._talk, text))
        finally:
            box.read_only = False
        box.empty()
        await self.load_anew()

    async def _say_as_them(self, text: str) -> None:
        assert self._swapped is not None
        said = [line for who, line in self._swapped if who == "me"]
        desk = self.service.rehearsals
        reply = await asyncio.to_thread(desk.swapped, self._talk, text, said)
        self._swapped += [("them", text), *([("me", reply)] if reply else [])]
        self.query_one(Saying).empty()
        await self.load_anew()
        self.tell(self._swapping() if reply else keyed(self, NOTHING_LEFT))

    def _swapping(self) -> str:
        return keyed(self, SWAPPED).replace("{name}", self._talk.called)

    # -- keys ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "rewind":
            return self._swapped is None and bool(self._talk.turns) and not self._one.locked()
        if action == "told":
            return self._swapped is None and (bool(self._talk.turns) or self._one.locked())
        if action == "hint":
            # While it waits for an answer, the line for hints says so.
            return self._swapped is None and not self._talk.ending and not self._one.locked()
        return super().check_action(action, parameters)

    def action_hint(self) -> None:
        self.tell(self.service.rehearsals.hint(self._talk))

    def action_rewind(self) -> None:
        self.go(self._rewind())

    async def _rewind(self) -> None:
        if not self._talk.turns:
            return  # F3 twice, before the first was done
        taken = self._talk.mine[-1]
        desk = self.service.rehearsals
        with self.coming():
            self._talk = await asyncio.to_thread(desk.rewind, self._talk)
            self.query_one(Saying).put(taken)
            await self.load_anew()

    def action_swap(self) -> None:
        self.go(self._swap())

    async def _swap(self) -> None:
        if self._swapped is None:
            desk = self.service.rehearsals
            opening = self._talk.opening.text
            reply = await asyncio.to_thread(desk.swapped, self._talk, opening, [])
            self._swapped = [("them", opening), ("me", reply)]
            placeholder = AS_THEM
        else:
            self._swapped = None
            placeholder = PLACEHOLDER
        self.query_one(Saying).ask(placeholder.replace("{name}", self._talk.called))
        await self.load_anew()
        if self._swapped is not None:
            self.tell(self._swapping())

    def action_told(self) -> None:
        self.go(self._tell())

    async def _tell(self) -> None:
        if not self._talk.turns:
            return  # what was said could not be answered
        self.tell(LOOKING)
        desk = self.service.rehearsals
        told = await asyncio.to_thread(desk.finish, self.pair, self._talk, self.service.today)
        desk.pause(self.pair, None)
        tries = await asyncio.to_thread(desk.tries, self.pair, self._talk.scenario.id)
        screen = ToldScreen(self.service, self.pair, self._talk, told.feedback, tries)
        self.tell("")
        self.app.push_screen(screen, self._after)

    def _after(self, again: Talk | None) -> None:
        if again is None:
            self.dismiss()
            return
        self._talk, self._swapped = replace(again), None
        head = f"{again.scenario.title}, with {again.name} ({again.level})"
        self.query_one(Heading).say(head)
        self.query_one(Saying).empty()
        self.reload()

    def action_pause(self) -> None:
        going = self._talk.turns and not self._talk.ending
        self.service.rehearsals.pause(self.pair, self._talk if going else None)
        self.dismiss()
