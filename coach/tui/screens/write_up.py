"""Writing about a session in one's own words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea
from textual.worker import Worker, WorkerState

from coach.text import MAX_NOTE, clean
from coach.tui.keeping import keep_note
from coach.tui.keys import keyed
from coach.tui.memory_words import read_days, say_day
from coach.tui.notices import show_error
from coach.tui.plain import one_line, shown
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.status import Heading

if TYPE_CHECKING:
    from coach.storage.pairs import Pair
    from coach.tui.drafts import Drafts
    from coach.tui.screens.memory import Review
    from coach.tui.service import Service

PLACEHOLDER = (
    "What happened, in your own words: what {name} told you, what is coming up,\n"
    "who promised what and by when, what you agreed on."
)
SAVING = "Keeping the note and reading it"
NO_DAY = "I cannot read that as a day. Write 2026-05-09, 9 May or Friday."
NO_TEXT = "There is nothing in the note yet."
KEEPS = (
    "{Ctrl+S|write_up.save} keeps the note. What matters in it is listed next, for you to check."
)
NOT_KEPT = "The note is not kept yet. It is still here; {Ctrl+S|write_up.save} tries again."
TO_COME = "That day is still to come. Give the day you met."


class NoteArea(TextArea):
    """Where the note is written; the app cleans what is pasted."""

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if not self.read_only:
            room = max(0, MAX_NOTE - len(self.text))
            if len(event.text) > room:
                self.notify(
                    f"A note holds up to {MAX_NOTE:,} characters, so the end was left out. "
                    "Write the rest up as a second note of that day.",
                    title="Pasted in part",
                    severity="warning",
                    markup=False,
                )
            self._replace_via_keyboard(event.text[:room], *self.selection)


class WriteUpScreen(Screen["Review | None"]):
    """Gives what the note came to, or None when it was left before that and stays a draft.

    ``text`` and ``day`` are the drafts of the note and of the day that it is about.
    """

    AUTO_FOCUS = "NoteArea"
    DEFAULT_CSS = """
    WriteUpScreen > .day {
        padding: 1 1 0 1;
    }

    WriteUpScreen > .day > .label {
        width: auto;
        margin: 1 1 0 0;
    }

    WriteUpScreen > .day > Input {
        width: 26;
        border: round $border-blurred;
        background: $background;
    }

    WriteUpScreen > .day > Input:focus, WriteUpScreen > NoteArea:focus {
        border: round $border;
    }

    WriteUpScreen > .day > #reading {
        width: 1fr;
        margin: 1 0 0 1;
        color: $text-muted;
    }

    WriteUpScreen > NoteArea {
        height: 1fr;
        margin: 0 1;
        border: round $border-blurred;
        background: $background;
    }

    WriteUpScreen > NoteArea .text-area--cursor-line {
        background: $background;
    }

    WriteUpScreen > NoteArea .text-area--placeholder {
        color: $text-muted;
    }

    WriteUpScreen > .state {
        height: auto;
        padding: 0 2;
        color: $text-muted;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Keep", id="write_up.save"),
        Binding("f1", "app.help", "Help", id="app.help"),
        Binding("escape", "back", "Back"),
    ]

    def __init__(
        self, service: Service, pair: Pair, drafts: Drafts, text: str = "", day: str = ""
    ) -> None:
        super().__init__()
        self._service, self.pair = service, pair
        self._today = self._service.today
        self._day, self._text = day or self._today.isoformat(), text
        self._note = drafts.writing(self, self._written, service, pair, "note", text)
        self._met = drafts.writing(self, self._day_written, service, pair, "note-day", day)
        self._saving: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        name = one_line(self.pair.first_name)
        yield Heading(f"Write up a session with {one_line(self.pair.name)}")
        with HorizontalGroup(classes="day"):
            yield Static("You met on", classes="label")
            yield Input(self._day, max_length=60)
            yield Static("", id="reading", markup=False)
        # Content, not text, in which a name could be markup.
        asks = Content(PLACEHOLDER.replace("{name}", name))
        yield NoteArea(shown(self._text), placeholder=asks)
        yield Static(
            keyed(self, KEEPS),
            classes="state",
            markup=False,
        )
        yield KeyLine()

    def on_mount(self) -> None:
        area = self.query_one(NoteArea)
        area.move_cursor(area.document.end)

    def _written(self) -> str:
        return self.query_one(NoteArea).text

    def _day_written(self) -> str:
        return self.query_one(Input).value if self._written().strip() else ""

    def on_text_area_changed(self) -> None:
        self._keep_draft()

    def _keep_draft(self) -> None:
        self._note.changed()
        self._met.changed()

    async def _leave(self, text: str, day: str, gives: Review | None) -> None:
        """Close the page; ``text`` and ``day`` stay as drafts."""
        await self._note.end(text)
        await self._met.end(day)
        self.dismiss(gives)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._keep_draft()
        day = self._day_given()
        said = f"{say_day(day, self._today)}" if day else NO_DAY
        self.query_one("#reading", Static).update(TO_COME if day and day > self._today else said)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(NoteArea).focus()

    def action_save(self) -> None:
        if self._saving is not None:
            return
        text, day = clean(self.query_one(NoteArea).text, None), self._day_given()
        if day is None or day > self._today:
            self._tell(TO_COME if day else NO_DAY)
            self.query_one(Input).focus()
        elif not text:
            self._tell(NO_TEXT)
        else:
            self._tell(SAVING)
            self.query_one(NoteArea).read_only = True
            self._saving = self.run_worker(self._save(day, text), exit_on_error=False)

    async def _save(self, day: date, text: str) -> None:
        await self._leave("", "", await keep_note(self._service, self.pair, day, text))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            show_error(self.app, event.worker.error)
            self._saving = None
            self.query_one(NoteArea).read_only = False
            self._tell(keyed(self, NOT_KEPT))

    async def action_back(self) -> None:
        if self._saving is None:
            await self._leave(self._written(), self._day_written(), None)

    def _day_given(self) -> date | None:
        try:
            return read_days(
                self.query_one(Input).value, self._today, self._service.locale, past=True
            )[0]
        except ValueError:
            return None

    def _tell(self, said: str) -> None:
        self.query_one(".state", Static).update(said)
