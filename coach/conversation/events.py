"""What happens during one turn, as a front end sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from coach.conversation.dialogue.state import State
from coach.library.search import Hit
from coach.memory.items import Draft


@dataclass(frozen=True)
class TurnStarted:
    """The user's message is on disk as message ``message_id``."""

    message_id: int


@dataclass(frozen=True)
class Understood:
    """What the message asks for: an intent of :mod:`coach.conversation.intents`."""

    intent: str
    confidence: float


@dataclass(frozen=True)
class Retrieved:
    """The guidance found, best first; ``degraded`` says in words what search had to do without."""

    hits: tuple[Hit, ...]
    degraded: str = ""


@dataclass(frozen=True)
class TextDelta:
    """The next piece of the reply's Markdown."""

    text: str


@dataclass(frozen=True)
class Reply:
    """A reply as it is kept: its words, and what they rest on.

    ``citations`` are card ids in the order of mention; ``items`` are ids of memory items;
    ``refused`` is True when nothing grounded an answer; ``engine`` names who worded it; ``state``
    is where it leaves the conversation.
    """

    text: str
    intent: str
    citations: tuple[str, ...] = ()
    items: tuple[int, ...] = ()
    refused: bool = False
    engine: str = "built-in"
    wording: tuple[str, ...] = ()
    proposals: tuple[Draft, ...] = ()
    state: State = field(default_factory=State)

    def detail(self) -> dict[str, Any]:
        """The reply's grounds as plain JSON values, to keep beside its text."""
        return {
            "intent": self.intent,
            "citations": list(self.citations),
            "items": list(self.items),
            "refused": self.refused,
            "engine": self.engine,
            "wording": list(self.wording),
            "proposals": [draft.as_json() for draft in self.proposals],
            "state": self.state.as_json(),
        }


@dataclass(frozen=True)
class Noticed:
    """What could be kept of the user's message ``message_id``: proposals to keep, edit or drop."""

    message_id: int
    drafts: tuple[Draft, ...]


@dataclass(frozen=True)
class TurnFinished:
    """The reply is complete and on disk as message ``message_id``."""

    message_id: int
    reply: Reply


@dataclass(frozen=True)
class TurnFailed:
    """The turn could not be finished; the user's message is kept. In words for the user."""

    title: str
    what: str
    remedy: str
    kept: bool = field(default=True)


Event = TurnStarted | Understood | Retrieved | TextDelta | Noticed | TurnFinished | TurnFailed
