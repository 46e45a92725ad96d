"""What the app asks of the service; :class:`coach.bootstrap.Coach` fulfils it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from coach.conversation.events import Event
    from coach.storage.conversations import Conversation, Message
    from coach.storage.pairs import Pair, Role


class Service(Protocol):
    """The application service as the app sees it; every method but ``turn`` may block briefly.

    Any of them may raise :class:`coach.errors.CoachError`.
    """

    def warm_up(self, on_progress: Callable[[str], None] = ...) -> None:
        """Load what full search needs; blocks for seconds and reports each step in words."""

    @property
    def search_state(self) -> str:
        """What search has to do without for now, in words; empty when it is complete."""

    def pairs(self) -> list[Pair]:
        """Every pair, oldest first."""

    def add_pair(self, name: str, role: Role) -> Pair:
        """Keep a new pair; ``role`` is the user's own."""

    def resume(self, pair: Pair | None) -> Conversation:
        """The pair's newest conversation, or a new one."""

    def new_conversation(self, pair: Pair | None) -> Conversation:
        """A new, empty conversation."""

    def history(self, conversation: Conversation) -> list[Message]:
        """The conversation's messages, oldest first."""

    def turn(
        self, conversation: Conversation, pair: Pair | None, text: str
    ) -> AsyncIterator[Event]:
        """Answer ``text``: an async generator; closing it keeps the partial reply."""

    def source_markdown(self, citation: str) -> str:
        """A card or a passage in full, as Markdown."""

    def source_title(self, citation: str) -> str:
        """The title of a card or of the document a passage is from."""

    def greeting(self, pair: Pair | None) -> str:
        """Markdown for an empty conversation: what one can ask."""

    def close(self) -> None:
        """Let go of files; nothing else is called afterwards."""


@dataclass(frozen=True)
class Session:
    """What one chat screen shows: a conversation of a pair, with all that was said in it."""

    service: Service
    pair: Pair | None
    conversation: Conversation
    messages: list[Message]
    greeting: str

    @property
    def key(self) -> int | None:
        """The id of the pair; None for no pair."""
        return self.pair.id if self.pair else None


def open_session(service: Service, pair: Pair | None, *, fresh: bool = False) -> Session:
    """The pair's newest conversation, or with ``fresh`` a new one. Blocks; run it in a thread."""
    conversation = service.new_conversation(pair) if fresh else service.resume(pair)
    return Session(
        service, pair, conversation, service.history(conversation), service.greeting(pair)
    )
