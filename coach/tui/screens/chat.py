"""The conversation with the coach, its sources beside it."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.reactive import reactive
from textual.worker import Worker, WorkerCancelled, WorkerFailed, WorkerState

from coach.text import shorten
from coach.tui import wording
from coach.tui.notices import show_error
from coach.tui.plain import one_line
from coach.tui.screens.chat_keys import READ_ONLY, ChatKeys
from coach.tui.slash import Goto, Said, Wrong, read
from coach.tui.widgets.composer import Composer
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.messages import Notice, UserMessage
from coach.tui.widgets.reading import Reading
from coach.tui.widgets.status import StatusLine
from coach.tui.widgets.suggestions import Suggestions

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.storage.pairs import Pair
    from coach.tui.app import CoachApp
    from coach.tui.drafts import Writing
    from coach.tui.service import Session
    from coach.tui.widgets.welcome import Welcome

WAITING = "waiting until your conversations are open"
NEXT = "next in line"
UNANSWERED = "not answered"
MAX_TITLE = 60
_NOTICING = "noticing"
"""Workers that look for more to keep of the last message: another message ends them."""
NOT_SENT = "not sent, because coach is open elsewhere"


class ChatScreen(ChatKeys):
    """One conversation of one pair, for as long as the screen lives.

    Without a ``session`` it takes messages at once and answers them after :meth:`begin`. Going to
    another pair makes another screen, so that nothing of one can show in the other.
    """

    AUTO_FOCUS = "Composer"
    HELP = (
        "Ask a question, or tell what happened, and press Enter. Each answer names what it rests "
        "on. A slash begins a command."
    )

    state: reactive[str] = reactive("", init=False)
    """What the engine is doing, in words; empty when there is nothing to say."""

    expecting: reactive[str] = reactive("", init=False)
    """The name of the person that the first messages will be about, until the pair is there."""

    def __init__(self, session: Session | None = None, draft: str = "", state: str = "") -> None:
        super().__init__()
        self._given = session
        self._draft = draft
        self._queue: deque[UserMessage] = deque()
        self._writing: Writing | None = None
        self._turn: Worker[None] | None = None
        self._asked: UserMessage | None = None
        self.set_reactive(ChatScreen.state, state)

    def compose(self) -> ComposeResult:
        line = StatusLine()
        line.set_reactive(StatusLine.state, self.state)
        yield line
        yield Reading()
        yield Suggestions()
        yield Composer()
        yield KeyLine()

    async def on_mount(self) -> None:
        if self._given is not None:
            await self.begin(self._given, self._draft)

    async def begin(self, session: Session, draft: str = "") -> None:
        """Show the conversation so far and the ``draft``; answer what was sent in the meantime."""
        from coach.tui.widgets.welcome import Welcome

        self._say_who(session)
        await self.reading.add_panel(session)
        self.composer.remember_sent([m.text for m in session.messages if m.author == "user"])
        if session.messages:
            await self.reading.transcript.load(session)
            await self._offer_again(session)
        elif self.reading.transcript.is_empty:
            welcome = Welcome(session.greeting, wording.examples(session.pair))
            await self.reading.transcript.mount(welcome)
        self.session = session
        if session.service.read_only:
            self._only_read()
        else:
            self._take_up(session, draft)
        if self.reading.transcript.replies:
            self.reading.choose(self.reading.transcript.replies[-1])
        self._answer_next()
        self.refresh_bindings()

    def _say_who(self, session: Session) -> None:
        first = next(iter(self.query(UserMessage)), None)
        title = session.conversation.title or (shorten(first.text, MAX_TITLE) if first else "")
        who = wording.pair_line(session.pair)
        self.query_one(StatusLine).who = f"{who}: {one_line(title)}" if title else who

    def _only_read(self) -> None:
        for message in self._queue:
            message.status = NOT_SENT
        self.composer.read_only = True
        self.composer.border_subtitle = READ_ONLY

    def _take_up(self, session: Session, draft: str) -> None:
        """Show what was being written here before, and keep what is written from now on."""
        drafts = cast("CoachApp", self.app).drafts
        self._writing = drafts.writing(
            self, lambda: self.unsent, session.service, session.pair, "message", draft
        )
        if draft:
            self.composer.put("\n\n".join(filter(None, [draft, self.composer.text])))
        self._keep_unsent()

    def _keep_unsent(self) -> None:
        if self._writing is not None:
            self._writing.changed()

    async def _offer_again(self, session: Session) -> None:
        if session.messages[-1].author == "coach" and self.reading.transcript.replies:
            from coach.tui.offering import offer_again

            await offer_again(session, self.reading.transcript.replies[-1])

    # -- what others ask of the chat -----------------------------------------------------------

    @property
    def pair(self) -> Pair | None:
        """The pair that the conversation is about."""
        return self.session.pair if self.session else None

    @property
    def has_messages(self) -> bool:
        return not self.reading.transcript.is_empty

    @property
    def busy(self) -> bool:
        return self._turn is not None

    async def stop(self) -> None:
        """End the reply that is coming, and wait until what came of it is kept."""
        if self._turn is None:
            return
        self._turn.cancel()
        try:
            await self._turn.wait()
        except (WorkerCancelled, WorkerFailed):
            return

    @property
    def unsent(self) -> str:
        """What is written here and not answered yet."""
        asked = [self._asked] if self._turn and self._asked and not self._asked.kept else []
        messages = [message.text for message in (*asked, *self._queue)]
        texts = [*messages, self.aside, self.composer.text]
        return "\n\n".join(text for text in texts if text.strip())

    async def leave(self) -> None:
        """End what is going on, for good; what was written and is not answered is a draft."""
        unsent = self.unsent
        writing, self._writing = self._writing, None
        self._queue.clear()
        await self.stop()
        if writing is not None:
            await writing.end(unsent)

    def watch_state(self, state: str) -> None:
        for line in self.query(StatusLine):
            line.state = state

    def watch_expecting(self, name: str) -> None:
        self.query_one(StatusLine).who = one_line(name)

    # -- sending and answering -----------------------------------------------------------------

    def on_user_message_kept(self) -> None:
        self._keep_unsent()

    def on_text_area_changed(self) -> None:
        self._keep_unsent()

    async def on_composer_submitted(self, event: Composer.Submitted) -> None:
        match read(event.text):
            case Said(text=text) if self.editing and not self.busy:
                await self.replace_last(text)
            case Said(text=text):
                self.leave_editing()
                await self.send(text)
            case Goto() as meant:
                self.leave_editing()
                from coach.tui.commands import go

                go(cast("CoachApp", self.app), meant)
            case Wrong(why=why):
                self.notify(one_line(why), severity="warning", markup=False)
                self.composer.put(event.text)

    def on_composer_completing(self, event: Composer.Completing) -> None:
        self.query_one(Suggestions).offer(event.commands, event.place)

    async def on_welcome_asked(self, event: Welcome.Asked) -> None:
        self.composer.focus()
        await self.send(event.text)

    async def send(self, text: str) -> None:
        waiting = NEXT if self.session else WAITING
        message = UserMessage(text, waiting if self._turn or not self.session else "")
        self._queue.append(message)
        await self.query("Welcome").remove()
        await self.reading.transcript.add(message)
        self._answer_next()
        self._keep_unsent()

    def _answer_next(self) -> None:
        if self.session is None or self._turn is not None or not self._queue:
            return
        if self.session.service.read_only:
            return
        self._asked = self._queue.popleft()
        self.workers.cancel_group(self, _NOTICING)
        self._keep_unsent()
        self._say_who(self.session)
        answer = self._answer(self.session, self._asked)
        self._turn = self.run_worker(answer, name="turn", exit_on_error=False)
        self.refresh_bindings()

    async def _answer(self, session: Session, asked: UserMessage) -> None:
        from coach.tui.offering import offer_more
        from coach.tui.turns import play
        from coach.tui.widgets.reply import THINKING, Reply

        asked.status = ""
        reply = Reply(status=THINKING)
        await self.reading.transcript.add(reply, after=asked)
        try:
            kept = await play(session, asked, reply)
        finally:
            if not reply.text and reply.is_attached and not reply.status.startswith("stopped"):
                await reply.remove()
        self.reading.choose(reply)
        # A coroutine that its worker never begins would warn that nobody awaited it.
        more: Callable[[], object] = partial(offer_more, session, reply, *kept)
        self.run_worker(more, group=_NOTICING, exclusive=True, exit_on_error=False)

    async def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.worker.error is not None and event.state is WorkerState.ERROR:
            show_error(self.app, event.worker.error)
            if event.worker is self._turn and self._asked is not None:
                await self._give_back(self._asked, event.worker.error)
        if event.worker is self._turn and event.worker.is_finished:
            self._turn = None
            self.refresh_bindings()
            self._answer_next()

    async def _give_back(self, asked: UserMessage, error: BaseException) -> None:
        """Say beside the message why it was not answered, and offer it again to be sent."""
        asked.status = UNANSWERED
        said = wording.as_coach_error(error)
        await self.reading.transcript.add(Notice(str(said)), after=asked)
        if not self.composer.text:
            self.composer.put(asked.text)
