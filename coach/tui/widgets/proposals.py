"""What was noticed in a message, below the reply: nothing of it is kept until the user says so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.style import Style
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from coach.tui.keys import action_for, keyed
from coach.tui.memory_words import say_draft
from coach.tui.notices import show_error
from coach.tui.widgets.below import BelowReply, ReplyRow

if TYPE_CHECKING:
    from coach.memory.items import Draft
    from coach.storage.pairs import Pair
    from coach.tui.app import CoachApp
    from coach.tui.service import Service
    from coach.tui.unfinished import Unfinished

HINT = (
    "None of it is kept until you say so. Tab comes here; "
    "{k|proposal.keep} keeps, {e|proposal.edit} edits, {d|proposal.drop} drops, "
    "{K|proposal.keep_all} keeps all"
)
_GAP = "  "
_OWN = frozenset({"keep", "edit", "drop", "keep_all"})


@dataclass(frozen=True)
class Source:
    """What proposals were noticed in, and how a decision on them is carried out.

    ``about`` names it among drafts; ``back`` is what has the keys when all is decided.
    """

    about: str
    keep: Callable[[Sequence[Draft]], object]
    set_aside: Callable[[Sequence[Draft]], object]
    back: str = "#composer"


class Proposal(ReplyRow):
    """One thing that could be kept. ``given`` is as noticed, ``draft`` as the user changed it."""

    WRITES: ClassVar[frozenset[str]] = frozenset({"keep", "edit", "drop", "keep_all"})
    HELP = "On what was noticed (Tab goes there)"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "keep", "Keep", id="proposal.keep"),
        Binding("e", "edit", "Edit", id="proposal.edit"),
        Binding("d", "drop", "Drop", id="proposal.drop"),
        Binding("K", "keep_all", "Keep all", id="proposal.keep_all"),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, draft: Draft, service: Service) -> None:
        super().__init__()
        self._service = service
        self.given = self.draft = draft
        self._today = service.today
        self.state = ""
        """What became of it: "kept" or "dropped"; empty while it waits."""
        self.unfinished: Unfinished | None = None
        """Where what the user makes of it is a draft."""

    def on_resize(self) -> None:
        self._show()

    def become(self, state: str = "", draft: Draft | None = None) -> None:
        """Take on a state, and what it says now."""
        self.state = state
        self.draft = draft or self.draft
        self.can_focus = not state
        self.set_class(bool(state), "-settled")
        self._show()

    def _show(self) -> None:
        line = Content(f"I noted: {say_draft(self.draft, self._today)}")
        if self.state:
            self.update(line.append(f": {self.state}"))
            return
        choices = Content("  ").join(
            Content.styled(action.capitalize(), Style.from_meta({"@click": f"{action}()"}))
            for action in ("keep", "edit", "drop")
        )
        room = self.content_size.width - line.cell_length - choices.cell_length
        # All of them stand together: in a line of their own where there is no room beside.
        self.update(line.append("\n" if room < len(_GAP) else _GAP).append(choices))

    @property
    def _block(self) -> Proposals:
        assert isinstance(self.parent, Proposals)
        return self.parent

    async def on_key(self, event: events.Key) -> None:
        # The conversation takes every other letter for the message being written.
        action = action_for(self, event.key)
        if action in _OWN:
            event.stop()
            await self.run_action(action)

    def action_keep(self) -> None:
        self._block.settle([self], "kept")

    def action_drop(self) -> None:
        self._block.settle([self], "dropped")

    def action_keep_all(self) -> None:
        self._block.settle(self._block.waiting, "kept")

    def action_edit(self) -> None:
        if not self.state:
            self.run_worker(self._edit(), exclusive=True, exit_on_error=False)

    async def _edit(self) -> None:
        from coach.tui.screens.item_edit import Edited, EditScreen

        now = self.draft
        asked = EditScreen(Edited(now.text, now.when, now.until), self._today, self._service.locale)
        asked.unfinished = await self._block.begin(self)
        edited = await self.app.push_screen_wait(asked)
        if edited is None:
            await self.settled()
        else:
            text, when, until = edited.text, edited.when, edited.until
            self.become("", replace(now, text=text, when=when, until=until))

    async def settled(self) -> None:
        """What the user made of it is kept, or not wanted."""
        if self.unfinished is not None:
            await self.unfinished.drop()


class Proposals(BelowReply):
    """What was noticed in one message or note, to decide on."""

    DEFAULT_CSS = """
    Proposals > Proposal.-settled {
        color: $text-muted;
    }
    """

    def __init__(
        self, service: Service, pair: Pair, source: Source, drafts: Sequence[Draft]
    ) -> None:
        super().__init__()
        self._service = service
        self._pair = pair
        self._source = source
        self._rows = [Proposal(draft, service) for draft in drafts]

    def compose(self) -> ComposeResult:
        yield from self._rows
        yield Static(keyed(self, HINT), classes="hint", markup=False)

    @property
    def waiting(self) -> list[Proposal]:
        """The proposals that are neither kept nor dropped."""
        return [row for row in self._rows if not row.state]

    async def add(self, drafts: Sequence[Draft]) -> None:
        """More was noticed in the same text."""
        fresh = [Proposal(draft, self._service) for draft in drafts]
        self._rows += fresh
        hint = self.query_one(".hint")
        hint.display = True
        await self.mount(*fresh, before=hint)

    def retire(self) -> None:
        """Newer proposals have come: the keys go to those; the mouse still settles these."""
        for row in self._rows:
            row.can_focus = False
        self.query_one(".hint").display = False

    def settle(self, rows: Sequence[Proposal], state: str) -> None:
        """Keep or drop these, once only; what is kept says so when it is on disk."""
        rows = [row for row in rows if not row.state]
        if not rows:
            return
        focused = self.screen.focused in rows
        for row in rows:
            row.become("one moment" if state == "kept" else state)
        self.query_one(".hint").display = bool(self.waiting)
        if focused:
            following = next((row for row in self.waiting if row.can_focus), None)
            self.screen.set_focus(following or self.screen.query_one(self._source.back))
        self.run_worker(self._store(rows, state), exit_on_error=False)

    async def _store(self, rows: Sequence[Proposal], state: str) -> None:
        if state == "kept":
            drafts = [row.draft for row in rows]
            try:
                await asyncio.to_thread(self._source.keep, drafts)
            except Exception:
                for row in rows:
                    row.become()
                raise
            for row in rows:
                row.become(state)
        given = [row.given for row in rows]
        await asyncio.to_thread(self._source.set_aside, given)
        for row in rows:
            await row.settled()

    async def begin(self, row: Proposal) -> Unfinished | None:
        """Where the texts of the dialog that edits ``row`` are drafts."""
        drafts = cast("CoachApp", self.app).drafts
        left = await drafts.in_dialogs(self._service, self._pair)
        about = f"{self._source.about}/{self._rows.index(row)}"
        row.unfinished = drafts.unfinished(self._service, self._pair, about, left)
        return row.unfinished

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            show_error(self.app, event.worker.error)
