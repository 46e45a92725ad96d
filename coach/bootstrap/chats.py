"""Conversations as front ends see them: which there are, what was said, where to go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from coach.bootstrap.parts import Parts
from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.conversation.finding import Found
    from coach.models.chat import Payload
    from coach.storage.conversations import Conversation, Listed, Message
    from coach.storage.pairs import Pair


@dataclass(frozen=True)
class Engine:
    """What words the replies, and whether anything leaves this machine for it; both in words."""

    name: str
    privacy: str


class Chats(Parts):
    """The conversations of each pair."""

    @property
    def engine(self) -> Engine:
        """What words the replies."""
        from coach.bootstrap.speaking import engine_of
        from coach.models.chosen import read_choice

        try:
            return Engine(*engine_of(read_choice(self.places)))
        except UsageError:
            return Engine("no engine", "the choice of model cannot be read; see `coach model`")

    def would_send(self, pair: Pair | None, text: str) -> Payload:
        """The request that answering ``text`` now would make.

        Raises :class:`CoachError` with the reason where nothing would be sent.
        """
        from coach.bootstrap.coach import Coach
        from coach.bootstrap.previewing import preview

        assert isinstance(self, Coach)
        return preview(self, pair.slug if pair else None, text)

    def allow_model(self) -> None:
        """Requests may go to the remote model that is chosen."""
        from coach.models.chosen import allow

        allow(self.places)

    def may_write(self) -> bool:
        """Whether no other app writes, or none does any more."""
        return not self.read_only

    def take_lock(self) -> bool:
        """Whether this may write now; only an app can be kept from it, by another one."""
        return not self.read_only

    def resume(self, pair: Pair | None) -> Conversation:
        """The conversation in which something was said last, or a new one."""
        found = self.conversation_store.latest(pair.id if pair else None)
        return found or self.new_conversation(pair)

    def new_conversation(self, pair: Pair | None) -> Conversation:
        """A new conversation; where nothing may be written, one that is not kept."""
        key = pair.id if pair else None
        if self.read_only:
            from coach.storage.conversations import Conversation

            return Conversation(0, key, "", datetime.now(UTC))
        return self.conversation_store.start(key)

    def history(self, conversation: Conversation) -> list[Message]:
        """The conversation's messages, oldest first."""
        return self.conversation_store.messages(conversation)

    def conversations(self, pair: Pair | None) -> list[Listed]:
        """The pair's conversations, the one that was in use last first."""
        return self.conversation_store.listed(pair.id if pair else None)

    def rename_conversation(self, conversation: Conversation, title: str) -> Conversation:
        """Give the conversation another title."""
        return self.conversation_store.rename(conversation, title)

    def find_said(self, pair: Pair | None, wanted: str) -> list[Found]:
        """The pair's messages that hold every word of ``wanted``, newest first."""
        from coach.conversation.finding import find_said

        return find_said(self.conversation_store.said(pair.id if pair else None), wanted)

    def take_back(self, conversation: Conversation) -> Message | None:
        """Make room for another message in place of the user's last one, which is returned."""
        return self.conversation_store.take_back(conversation)
