"""Answers messages of conversations. Blocking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from coach.conversation.composing import Composer
from coach.conversation.desk import Desk
from coach.conversation.dialogue.state import state_of
from coach.conversation.intents import IntentReader
from coach.conversation.memory_turn import MemoryTalk
from coach.conversation.replying import Replying
from coach.conversation.safety.reader import SafetyReader
from coach.conversation.understanding import Outcome, Understanding
from coach.conversation.wording import Voice, nameless_in
from coach.library.library import Library
from coach.memory.memory import Memory
from coach.storage.conversations import Message
from coach.storage.pairs import Pair


class Conductor:
    """Answers messages of conversations."""

    def __init__(
        self,
        library: Library,
        memory: Memory,
        intents: IntentReader,
        safety: SafetyReader,
        desk: Desk,
        *,
        reply_words: int,
        emergency: str,
    ) -> None:
        self._library = library
        self._memory = memory
        self._intents = intents
        self._safety = safety
        self._desk = desk
        self._composer = Composer(library, reply_words)
        self._emergency = emergency

    def answer(
        self,
        pair: Pair | None,
        message: Message,
        history: Sequence[Message],
        used: Sequence[str],
        today: date,
    ) -> Outcome:
        """The answer to ``message``; ``history`` ends with it; ``used`` are earlier wordings."""
        talk = MemoryTalk(self._memory, pair, today) if pair else None
        name = pair.first_name if pair else ""
        voice = Voice(used, name, nameless_in(message.text), seed=message.text)
        replying = Replying(
            self._library, self._composer, self._desk, pair, talk, message, history,
            state_of(history), voice,
        )  # fmt: skip
        outcome = Understanding(replying, self._intents, self._safety, today, self._emergency).run()
        reply = replace(outcome.reply, wording=tuple(voice.taken))
        return replace(outcome, reply=reply)
