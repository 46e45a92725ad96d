"""A pair's conversations: to go on with, to name, and to search for what was said."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.worker import Worker, WorkerState

from coach.errors import CoachError
from coach.tui.conversation_rows import Choice, found_options, listed_options
from coach.tui.notices import show_error
from coach.tui.plain import one_line
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.status import Heading
from coach.tui.wording import pair_line

if TYPE_CHECKING:
    from textual.widgets.option_list import Option

    from coach.storage.conversations import Conversation
    from coach.storage.pairs import Pair
    from coach.tui.service import Service

PLACEHOLDER = "Words to look for in all that was said"
NONE_YET = "Nothing was said here yet. Esc goes back, and you write."
NO_MATCH = "No message holds all of these words."
NO_TITLE = "A conversation needs a title: a few words will do."


class ConversationsScreen(Screen["Choice | str | None"]):
    """Gives where to go, "new" for a new conversation, or None for no change.

    ``now`` is the conversation that is open; with ``search`` one begins by typing words.
    """

    WRITES: ClassVar[frozenset[str]] = frozenset({"rename", "new"})
    DEFAULT_CSS = """
    ConversationsScreen > Input {
        border: round $border-blurred;
        background: $background;
    }

    ConversationsScreen > Input:focus {
        border: round $border;
    }

    ConversationsScreen > OptionList, ConversationsScreen > OptionList:focus {
        height: 1fr;
        border: none;
        padding: 0 1;
        background: $background;
        scrollbar-size-vertical: 1;
    }

    ConversationsScreen > OptionList > .option-list--option-disabled {
        color: $primary;
        text-style: bold;
    }

    ConversationsScreen > .said {
        height: auto;
        padding: 0 2;
        color: $text-muted;
    }
    """
    HELP = "Type to search in all conversations; Enter goes to what is marked."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "search", "Search", key_display="/", id="conversations.search"),
        Binding("r", "rename", "Rename", id="conversations.rename"),
        Binding("n,ctrl+n", "new", "New", id="conversations.new"),
        Binding("f1", "app.help", "Help", id="app.help"),
        Binding("escape", "back", "Back"),
        Binding("ctrl+t", "leave", show=False, id="app.conversations"),
    ]

    def __init__(
        self, service: Service, pair: Pair | None, now: Conversation | None, *, search: bool
    ) -> None:
        super().__init__()
        self._service, self.pair, self._now = service, pair, now
        self._begin_in_search = search
        self._choices: dict[str, Choice] = {}

    def compose(self) -> ComposeResult:
        about = pair_line(self.pair)
        yield Heading(f"Conversations: {about}")
        yield Input(placeholder=PLACEHOLDER, max_length=200)
        yield OptionList()
        yield Static("", classes="said", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Input if self._begin_in_search else OptionList).focus()
        self._look()

    # -- showing -------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._look()

    def _look(self) -> None:
        self.run_worker(self._load(), group="load", exclusive=True, exit_on_error=False)

    async def _load(self) -> None:
        wanted = self.query_one(Input).value
        service, today = self._service, self._service.today
        if wanted.strip():
            found = await asyncio.to_thread(service.find_said, self.pair, wanted)
            options, self._choices = found_options(found, self._now, today)
            nothing = NO_MATCH
        else:
            listed = await asyncio.to_thread(service.conversations, self.pair)
            options, self._choices = listed_options(listed, self._now, today)
            nothing = NONE_YET
        self._show(options, nothing)

    def _show(self, options: list[Option], nothing: str) -> None:
        listed = self.query_one(OptionList)
        before = self._marked
        listed.clear_options()
        listed.add_options(options)
        keys = [option.id for option in options]
        first = next((n for n, option in enumerate(options) if not option.disabled), None)
        listed.highlighted = keys.index(before) if before in keys else first
        if first is not None and listed.highlighted == first:
            listed.scroll_home(animate=False)
        self._tell("" if self._choices else nothing)
        self.refresh_bindings()

    @property
    def _marked(self) -> str | None:
        option = self.query_one(OptionList).highlighted_option
        return option.id if option else None

    def _tell(self, said: str) -> None:
        line = self.query_one(".said", Static)
        line.update(said)
        line.display = bool(said)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            show_error(self.app, event.worker.error)

    # -- keys ----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._choices) if action == "rename" else True

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(OptionList).focus()
        if event.value.strip() and len(self._choices) == 1:
            self._go(next(iter(self._choices)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._go(event.option.id or "")

    def _go(self, key: str) -> None:
        if key in self._choices:
            self.dismiss(self._choices[key])

    def action_search(self) -> None:
        self.query_one(Input).focus()

    def action_new(self) -> None:
        self.dismiss("new")

    def action_rename(self) -> None:
        from coach.tui.screens.line import LineScreen

        choice = self._choices.get(self._marked or "")
        if choice is None:
            return
        conversation = choice.conversation

        async def take(title: str) -> str:
            if not title:
                return NO_TITLE
            try:
                await asyncio.to_thread(self._service.rename_conversation, conversation, title)
            except CoachError as error:
                return f"{error.what}. {error.remedy}"
            return ""

        asked = LineScreen(
            "What is this conversation called?", "", "Enter keeps the title. Esc leaves it.",
            take, one_line(conversation.title),
        )  # fmt: skip
        self.app.push_screen(asked, lambda changed: self._look() if changed else None)

    def action_back(self) -> None:
        field = self.query_one(Input)
        if field.value and not self._begin_in_search:
            field.value = ""
            self.query_one(OptionList).focus()
        else:
            self.action_leave()

    def action_leave(self) -> None:
        self.dismiss(None)
