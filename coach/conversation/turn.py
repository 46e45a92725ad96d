"""One turn: keep the message, understand it, find guidance, word a reply, keep that."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import date

from coach.conversation.composing import Composer, Need
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
from coach.conversation.intents import IntentReader
from coach.conversation.memory_intents import memory_request
from coach.conversation.memory_turn import MemoryTalk, Remembered, only_reports, reports_success
from coach.conversation.skills.small_talk import SMALL_TALK
from coach.conversation.wording import Voice
from coach.errors import CoachError, UsageError
from coach.library.library import Library
from coach.library.search import SearchResult
from coach.memory.items import Draft
from coach.memory.memory import Memory
from coach.storage.conversations import Conversation, ConversationStore, Message
from coach.storage.pairs import Pair
from coach.text import clean, words

_RECENT_REPLIES = 12
_HISTORY = 8
_PIECES = re.compile(r".+?(?:\n\n|(?<=[.?!:]) |$)", re.DOTALL)
_HITS = 8

_MORE = re.compile(
    r"(and |ok |okay |yes )?(tell me more|more|what else|anything else|go on|another (one|idea)"
    r"|say more|more please|why|how so|and then|what other options( do i have)?)( please)?",
    re.IGNORECASE,
)


class Turns:
    """Runs turns. Before anything else, the user's message is kept."""

    def __init__(
        self,
        store: ConversationStore,
        library: Library,
        memory: Memory,
        intents: IntentReader,
        *,
        reply_words: int,
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._memory = memory
        self._today = today
        self._library = library
        self._intents = intents
        self._composer = Composer(library, reply_words)

    async def run(
        self, conversation: Conversation, pair: Pair | None, text: str
    ) -> AsyncIterator[Event]:
        """The events of one turn, ending in TurnFinished or TurnFailed.

        Closing the iterator early keeps what was said so far as an interrupted reply. Raises
        :class:`UsageError` for an empty message, before anything is kept.
        """
        message = clean(text)
        if not message:
            raise UsageError(
                "Message", "there is nothing in it to answer", "Write what is going on."
            )
        try:
            kept = await asyncio.to_thread(self._store.add, conversation, "user", message)
        except CoachError as error:
            yield TurnFailed(error.title, error.what, error.remedy, kept=False)
            return
        yield TurnStarted(kept.id)
        said: list[str] = []
        finished = False
        try:
            async for event in self._answer(conversation, pair, kept):
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

    async def _answer(
        self, conversation: Conversation, pair: Pair | None, message: Message
    ) -> AsyncIterator[Event]:
        history = await asyncio.to_thread(self._store.messages, conversation, _HISTORY)
        talk = MemoryTalk(self._memory, pair, self._today()) if pair else None
        remembered = None
        drafts: tuple[Draft, ...] = ()
        if talk and pair:
            name, remembered, drafts = await asyncio.to_thread(
                self._remember, talk, pair, message, history
            )
        if remembered is not None:
            yield Understood(name, 1.0)
            reply = remembered
        else:
            topic = _topic(message.text, history)
            intent = await asyncio.to_thread(self._intents.read, topic)
            yield Understood(intent.name, intent.confidence)
            result: SearchResult | None = None
            if intent.name not in SMALL_TALK:
                result = await asyncio.to_thread(self._library.search, topic, _HITS)
                yield Retrieved(result.hits, result.degraded)
            need = Need(topic, intent, pair, result, talk, reports_success(message.text, drafts))
            reply = await asyncio.to_thread(
                lambda: self._composer.compose(need, self._used(pair), self._today())
            )
            reply = replace(reply, proposals=drafts)
        for piece in _PIECES.findall(reply.text):
            yield TextDelta(piece)
            await asyncio.sleep(0)
        if reply.proposals:
            yield Noticed(message.id, reply.proposals)
        stored = await asyncio.to_thread(
            self._store.add, conversation, "coach", reply.text, detail=reply.detail()
        )
        yield TurnFinished(stored.id, reply)

    def _remember(
        self, talk: MemoryTalk, pair: Pair, message: Message, history: Sequence[Message]
    ) -> tuple[str, Reply | None, tuple[Draft, ...]]:
        """What memory makes of a message: a reply of its own, or what could be kept of it."""
        voice = Voice(self._used(pair), pair.first_name)
        request = memory_request(message.text, pair.first_name, self._today())
        if request is not None:
            said = talk.answer(request, message, history, voice)
            return request.name, _from_memory(said, request.name, voice), ()
        noticed = talk.notice(message.text)
        settled = talk.settle(noticed, message, voice)
        replaced = {c.replacement for c in noticed.closings}
        drafts = tuple(d for n, d in enumerate(noticed.drafts) if n not in replaced)
        if settled is not None and only_reports(message.text, noticed):
            reply = replace(_from_memory(settled, "settled", voice), proposals=drafts)
            return "settled", reply, drafts
        return "", None, drafts

    def _used(self, pair: Pair | None) -> list[str]:
        """Fingerprints of the wordings that the pair has heard lately, oldest first."""
        recent = self._store.recent_replies(pair.id if pair else None, _RECENT_REPLIES)
        return [mark for reply in recent for mark in reply.detail.get("wording", [])]


def _from_memory(said: Remembered, intent: str, voice: Voice) -> Reply:
    return Reply(said.text, intent, said.cards, said.items, wording=tuple(voice.taken))


def _topic(message: str, history: Sequence[Message]) -> str:
    """What the turn is about: for "tell me more", the need that was told before it."""
    if not _MORE.fullmatch(" ".join(words(message))):
        return message
    earlier = [m.text for m in history if m.author == "user" and m.text != message]
    told = [text for text in earlier if not _MORE.fullmatch(" ".join(words(text)))]
    return told[-1] if told else message
