"""Conversations with the assistant and their messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Row, insert, select, update

from coach.storage.database import Database
from coach.storage.schema import conversations, messages
from coach.text import shorten

Author = Literal["user", "coach"]
Status = Literal["complete", "interrupted", "failed"]


@dataclass(frozen=True)
class Conversation:
    """One chat with the assistant; ``pair_id`` is None for questions outside any pair."""

    id: int
    pair_id: int | None
    title: str
    created_at: datetime


@dataclass(frozen=True)
class Message:
    """One message; ``detail`` holds what a reply rests on (plain JSON values)."""

    id: int
    conversation_id: int
    author: Author
    text: str
    status: Status
    created_at: datetime
    detail: dict[str, Any] = field(default_factory=dict)


class ConversationStore:
    """Conversations and messages in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, pair_id: int | None, title: str = "") -> Conversation:
        """A new, empty conversation."""
        created = datetime.now(UTC)
        with self._database.write() as connection:
            result = connection.execute(
                insert(conversations).values(pair_id=pair_id, title=title, created_at=created)
            )
            key = result.inserted_primary_key
        assert key is not None
        return Conversation(key[0], pair_id, title, created)

    def latest(self, pair_id: int | None) -> Conversation | None:
        """The pair's newest conversation, to resume."""
        query = (
            select(conversations)
            .where(conversations.c.pair_id == pair_id)
            .order_by(conversations.c.id.desc())
            .limit(1)
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return Conversation(row.id, row.pair_id, row.title, row.created_at) if row else None

    def add(
        self,
        conversation: Conversation,
        author: Author,
        text: str,
        *,
        status: Status = "complete",
        detail: dict[str, Any] | None = None,
    ) -> Message:
        """Keep a message; it is on disk when this returns."""
        created = datetime.now(UTC)
        values = {
            "conversation_id": conversation.id, "author": author, "text": text,
            "status": status, "created_at": created, "detail": detail or {},
        }  # fmt: skip
        with self._database.write() as connection:
            key = connection.execute(insert(messages).values(**values)).inserted_primary_key
            if author == "user" and not conversation.title:
                connection.execute(
                    update(conversations)
                    .where(conversations.c.id == conversation.id, conversations.c.title == "")
                    .values(title=shorten(" ".join(text.split()), 60))
                )
        assert key is not None
        return Message(key[0], conversation.id, author, text, status, created, detail or {})

    def messages(self, conversation: Conversation, last: int | None = None) -> list[Message]:
        """The conversation's messages, oldest first; only the ``last`` so many if given."""
        query = (
            select(messages)
            .where(messages.c.conversation_id == conversation.id)
            .order_by(messages.c.id.desc())
        )
        if last is not None:
            query = query.limit(last)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [_message(row) for row in reversed(rows)]

    def message(self, message_id: int) -> Message | None:
        """One message by its id, or None when it is not there."""
        with self._database.read() as connection:
            row = connection.execute(select(messages).where(messages.c.id == message_id)).first()
        return _message(row) if row else None

    def withdraw(self, message_id: int, proposals: list[dict[str, Any]]) -> None:
        """Take these away from the proposals that a reply's detail holds."""
        same = messages.c.id == message_id
        with self._database.write() as connection:
            detail = connection.scalar(select(messages.c.detail).where(same))
            if detail and detail.get("proposals"):
                left = [one for one in detail["proposals"] if one not in proposals]
                connection.execute(
                    update(messages).where(same).values(detail={**detail, "proposals": left})
                )

    def recent_replies(self, pair_id: int | None, last: int) -> list[Message]:
        """The newest replies over all of a pair's conversations, oldest first.

        The voice reads them so as not to repeat itself.
        """
        query = (
            select(messages)
            .join(conversations)
            .where(conversations.c.pair_id == pair_id, messages.c.author == "coach")
            .order_by(messages.c.id.desc())
            .limit(last)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [_message(row) for row in reversed(rows)]


def _message(row: Row[Any]) -> Message:
    return Message(
        row.id, row.conversation_id, row.author, row.text, row.status, row.created_at, row.detail
    )
