"""One turn: keep the message, understand it, find guidance, word a reply, keep that."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from datetime import date
from typing import TYPE_CHECKING

from coach.conversation.conductor import Conductor
from coach.conversation.events import (
    Event,
    Noticed,
    Reply,
    Retrieved,
    TextDelta,
    TurnFailed,
    TurnFinished,
    TurnStarted,
    Understood,
)
from coach.conversation.understanding import Outcome
from coach.errors import CoachError, UsageError
from coach.storage.conversations import Conversation, ConversationStore, Message
from coach.storage.pairs import Pair
from coach.text import MAX_MESSAGE, whole

if TYPE_CHECKING:
    from coach.conversation.voice.speaker import Speaker

RECENT_REPLIES = 12
_HISTORY = 30
_PIECES = re.compile(r".+?(?:\n\n|(?<=[.?!:]) |$)", re.DOTALL)


class Turns:
    """Runs turns. Before anything else, the user's message is kept."""

    def __init__(
        self,
        store: ConversationStore,
        conductor: Conductor,
        *,
        today: Callable[[], date],
        speaker: Speaker | None = None,
    ) -> None:
        self._speaker = speaker
        self._store = store
        self._conductor = conductor
        self._today = today

    async def run(
        self, conversation: Conversation, pair: Pair | None, text: str
    ) -> AsyncIterator[Event]:
        """The events of one turn, ending in TurnFinished or TurnFailed.

        Closing the iterator early keeps what was said so far as an interrupted reply. Raises
        :class:`UsageError` for an empty message or one too long, before anything is kept.
        """
        message = _said(text)
        try:
            kept = await asyncio.to_thread(self._store.add, conversation, "user", message)
        except CoachError as error:
            yield TurnFailed(error.title, error.what, error.remedy, kept=False)
            return
        yield TurnStarted(kept.id)
        said: list[str] = []
        finished = False
        try:
            async with aclosing(self._answer(conversation, pair, kept)) as events:
                async for event in events:
                    if isinstance(event, TextDelta):
                        said.append(event.text)
                    finished = isinstance(event, TurnFinished)
                    yield event
        except CoachError as error:
            finished = True
            yield TurnFailed(error.title, error.what, error.remedy)
        finally:
            if said and not finished:
                self._store.add(conversation, "coach", "".join(said), status="interrupted")

    async def planned(
        self, conversation: Conversation, pair: Pair | None, text: str
    ) -> tuple[Reply, str]:
        """The reply to ``text`` as it is planned, before a model words it; and the text as read.

        All that the turn changes is changed, so this is for a copy of the data.
        """
        message = _said(text)
        kept = await asyncio.to_thread(self._store.add, conversation, "user", message)
        outcome = await asyncio.to_thread(self._think, conversation, pair, kept)
        return outcome.reply, message

    async def _answer(
        self, conversation: Conversation, pair: Pair | None, message: Message
    ) -> AsyncGenerator[Event, None]:
        outcome = await asyncio.to_thread(self._think, conversation, pair, message)
        reply = outcome.reply
        yield Understood(outcome.intent, outcome.confidence)
        if outcome.hits is not None:
            yield Retrieved(outcome.hits, outcome.degraded)
        async with aclosing(self._spoken(pair, message.text, reply)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Reply):
                    reply = piece
                else:
                    yield TextDelta(piece)
                    await asyncio.sleep(0)
        if reply.proposals:
            yield Noticed(message.id, reply.proposals)
        stored = await asyncio.to_thread(
            self._store.add, conversation, "coach", reply.text, detail=reply.detail()
        )
        yield TurnFinished(stored.id, reply)

    async def _spoken(
        self, pair: Pair | None, message: str, reply: Reply
    ) -> AsyncGenerator[str | Reply, None]:
        """The pieces of the reply as it is worded, and the reply once more if that changed it."""
        if self._speaker is None:
            for piece in _PIECES.findall(reply.text):
                yield piece
            return
        async with aclosing(self._speaker.speak(pair, message, reply)) as pieces:
            async for piece in pieces:
                yield piece

    def _think(self, conversation: Conversation, pair: Pair | None, message: Message) -> Outcome:
        history = self._store.messages(conversation, _HISTORY)
        return self._conductor.answer(pair, message, history, self._used(pair), self._today())

    def _used(self, pair: Pair | None) -> list[str]:
        """Fingerprints of the wordings that the pair has heard lately, oldest first."""
        recent = self._store.recent_replies(pair.id if pair else None, RECENT_REPLIES)
        return [mark for reply in recent for mark in reply.detail.get("wording", [])]


def _said(text: str) -> str:
    message = whole("Message", text, MAX_MESSAGE)
    if not message:
        raise UsageError("Message", "there is nothing in it to answer", "Write what is going on.")
    return message
