"""Choosing a conversation to rehearse."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach.tui.plain import one_line, shown
from coach.tui.rehearsal_rows import FROM_MEMORY, LEVELS, about
from coach.tui.screens.pair_page import HELP as HELP_KEY
from coach.tui.screens.pair_page import PairPage
from coach.tui.screens.rehearse_talk import TalkScreen
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.status import Heading

if TYPE_CHECKING:
    from coach.rehearsal.scenario import Scenario
    from coach.rehearsal.talk import Talk
    from coach.storage.pairs import Pair
    from coach.tui.service import Service

NARROW = 100
TAKING_UP = "Taking up where you left off."
LOADING = "Looking what there is to rehearse."


class RehearseScreen(PairPage[None]):
    """The scenarios; the highlighted one in full beside the list."""

    HELP = (
        "Choose a conversation and try it out. Nobody hears it, and you can take back any turn."
        " The counterpart answers what you say, not a script."
    )
    AUTO_FOCUS = "OptionList"
    DEFAULT_CSS = """
    RehearseScreen > Container {
        layout: horizontal;
        height: 1fr;
    }

    RehearseScreen.-narrow > Container {
        layout: vertical;
    }

    RehearseScreen OptionList, RehearseScreen OptionList:focus {
        width: 44;
        height: 1fr;
        border: none;
        padding: 0 1;
        background: $background;
    }

    RehearseScreen VerticalScroll {
        width: 1fr;
        height: 1fr;
        padding: 0 2;
        max-width: 96;
    }

    RehearseScreen.-narrow OptionList {
        width: 100%;
        height: 8;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "level", "Level", id="rehearse.level"),
        Binding("m", "memory", "From memory", id="rehearse.memory"),
        Binding("g", "go_on", "Go on", id="rehearse.go_on"),
        Binding("w", "words", "Your words", id="rehearse.words"),
        HELP_KEY,
        Binding("escape", "dismiss", "Back"),
    ]

    def __init__(self, service: Service, pair: Pair) -> None:
        super().__init__(service, pair)
        self._found: list[Scenario] = []
        self._level = "plain"
        self._memory = 0
        self._kept = ""
        self._paused = False

    def compose(self) -> ComposeResult:
        yield Heading(f"Rehearse, before you talk with {self.pair.name}")
        with Container():
            yield OptionList(Option(Content(LOADING), disabled=True))
            with VerticalScroll():
                yield Static("", id="about", markup=False)
        yield Static("", classes="said", markup=False)
        yield KeyLine()

    async def load_anew(self) -> None:
        # Its first use imports what reads a talk, which would hold up keys.
        desk = await asyncio.to_thread(lambda: self.service.rehearsals)
        self._paused = await asyncio.to_thread(desk.has_paused, self.pair)
        first = not self._found
        self._found = await asyncio.to_thread(desk.scenarios, self.pair.role)
        if first:
            listed = self.query_one(OptionList)
            listed.clear_options()
            listed.add_options(self._options())
            listed.highlighted = 1
        await self._describe()

    def _options(self) -> list[Option]:
        made: list[Option] = []
        for role in dict.fromkeys(one.role for one in self._found):
            heading = "For you" if role == self.pair.role else f"For a {role}"
            made.append(Option(Content.styled(heading, "bold $primary"), disabled=True))
            made += [
                Option(Content(one_line(s.title)), id=s.id) for s in self._found if s.role == role
            ]
        return made

    @property
    def _chosen(self) -> Scenario | None:
        listed = self.query_one(OptionList)
        option = listed.highlighted_option
        return next((s for s in self._found if option and s.id == option.id), None)

    def on_option_list_option_highlighted(self) -> None:
        self.go(self._describe())

    async def _describe(self) -> None:
        one = self._chosen
        if one is None:
            return
        desk = self.service.rehearsals
        tries = await asyncio.to_thread(desk.tries, self.pair, one.id)
        self._kept = await asyncio.to_thread(desk.words, self.pair, one.id)
        taken = self._memory > 0 and not one.counterpart.outsider
        name = self.pair.name if taken else one.counterpart.name
        told = about(one, tries, self._kept, name)
        self.query_one("#about", Static).update(shown(told))
        memory = FROM_MEMORY[self._memory * taken]
        self.tell(f"Level: {self._level}. From memory: {memory}. Enter begins.")
        self.refresh_bindings()

    # -- keys ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "words":
            return bool(self._kept)
        if action == "go_on":
            return bool(self._found) and self._paused
        return super().check_action(action, parameters)

    def on_option_list_option_selected(self) -> None:
        one = self._chosen
        if one is not None:
            self.go(self._begin(one))

    async def _begin(self, one: Scenario) -> None:
        desk = self.service.rehearsals
        talk = await asyncio.to_thread(
            desk.begin, self.pair, one.id, self._level, from_memory=self._memory > 0,
            private=self._memory > 1,
        )  # fmt: skip
        self._show(talk)

    def action_go_on(self) -> None:
        self.go(self._go_on())

    async def _go_on(self) -> None:
        # A talk of an earlier run is gone through anew, which may load the model.
        self.tell(TAKING_UP)
        talk = await asyncio.to_thread(self.service.rehearsals.paused, self.pair)
        if talk is not None:
            self._show(talk)

    def _show(self, talk: Talk) -> None:
        self.app.push_screen(TalkScreen(self.service, self.pair, talk), lambda _: self.reload())

    def action_level(self) -> None:
        self._level = LEVELS[(LEVELS.index(self._level) + 1) % len(LEVELS)]
        self.go(self._describe())

    def action_memory(self) -> None:
        # What is private comes only where it was chosen, after what is not.
        self._memory = (self._memory + 1) % len(FROM_MEMORY)
        self.go(self._describe())

    def action_words(self) -> None:
        self.query_one("#about", Static).update(shown(self._kept))

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")
