"""One message as the readers of a turn see it: each reading is made once, when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from coach.conversation.dialogue.answers import Answer, read_answer
from coach.conversation.dialogue.listening import asks
from coach.conversation.intents import Intent
from coach.conversation.memory_intents import MemoryRequest, memory_request
from coach.conversation.memory_turn import MemoryTalk
from coach.conversation.pasted import own_words
from coach.conversation.spelling import as_meant
from coach.memory.items import Noticed


@dataclass(frozen=True)
class Heard:
    """The message ``text``; ``intent_of`` reads an intent, ``talk`` is None outside a pair."""

    text: str
    intent_of: Callable[[str], Intent]
    talk: MemoryTalk | None = None

    @cached_property
    def plain(self) -> str:
        """The message with slips of the keys mended: to be read for its meaning, not to be kept."""
        return as_meant(self.text, [self.talk.view.pair.name] if self.talk else ())

    @cached_property
    def intent(self) -> Intent:
        """What the message asks for."""
        return self.intent_of(self.plain)

    @cached_property
    def answer(self) -> Answer | None:
        """What it answers, as a short answer to the coach's own words."""
        return read_answer(self.plain)

    @cached_property
    def asks(self) -> bool:
        """Whether it wants an answer now."""
        return asks(self.plain)

    @cached_property
    def noticed(self) -> Noticed:
        """What it says that could be kept, and what it settles."""
        return self.talk.view.notice(self.text) if self.talk else Noticed()

    @property
    def kinds(self) -> list[str]:
        """The kinds of what could be kept of it."""
        return [draft.kind for draft in self.noticed.drafts]

    @cached_property
    def request(self) -> MemoryRequest | None:
        """What it asks of memory by a rule; in its own words, so that what is kept is verbatim."""
        return self.request_in(self.text) or self.request_in(self.plain)

    def request_in(self, text: str) -> MemoryRequest | None:
        """What ``text``, said in this conversation, asks of memory by a rule."""
        if self.talk is None:
            return None
        view = self.talk.view
        about = (view.pair.first_name, view.today, view.locale)
        # What is pasted in asks for nothing, but may be what the user's own request is about.
        if memory_request(own_words(text), *about) is None:
            return None
        return memory_request(text, *about)
