"""Conversations with the assistant and their messages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, false, func, insert, select, update

from coach.storage.database import Database
from coach.storage.schema import conversations, messages
from coach.text import shorten

Author = Literal["user", "coach"]
Status = Literal["complete", "interrupted", "failed"]

MAX_TITLE = 60
_REPLACED = "replaced"
"""Marks, in a message's detail, that another was sent in its place: it is kept, and not shown."""


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


@dataclass(frozen=True)
class Listed:
    """A conversation with how many messages it shows, and when the last thing was said in it."""

    conversation: Conversation
    messages: int
    last_at: datetime


def title_of(text: str) -> str:
    """What a conversation is called after its first message, or after what the user calls it."""
    return shorten(" ".join(text.split()), MAX_TITLE)


class ConversationStore:
    """Conversations and messages in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, pair_id: int | None) -> Conversation:
        """A new, empty conversation."""
        created = datetime.now(UTC)
        with self._database.write() as connection:
            result = connection.execute(
                insert(conversations).values(pair_id=pair_id, title="", created_at=created)
            )
            key = result.inserted_primary_key
        assert key is not None
        return Conversation(key[0], pair_id, "", created)

    def latest(self, pair_id: int | None) -> Conversation | None:
        """The pair's conversation in which something was said or begun last, to resume."""
        found = self.listed(pair_id)
        return found[0].conversation if found else None

    def listed(self, pair_id: int | None) -> list[Listed]:
        """The pair's conversations, the one that was in use last first."""
        shown = func.count(messages.c.id).filter(_is_shown())
        last = func.max(messages.c.created_at, type_=messages.c.created_at.type)
        query = (
            select(conversations, shown.label("shown"), last.label("last_at"))
            .join(messages, isouter=True)
            .where(conversations.c.pair_id == pair_id)
            .group_by(*conversations.c)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        found = [
            Listed(_conversation(row), row.shown, row.last_at or row.created_at) for row in rows
        ]
        return sorted(found, key=lambda one: (one.last_at, one.conversation.id), reverse=True)

    def rename(self, conversation: Conversation, title: str) -> Conversation:
        """Give the conversation another title; a blank one is left to the next message."""
        wanted = title_of(title)
        with self._database.write() as connection:
            connection.execute(
                update(conversations)
                .where(conversations.c.id == conversation.id)
                .values(title=wanted)
            )
        return replace(conversation, title=wanted)

    def said(self, pair_id: int | None) -> list[tuple[Conversation, Message]]:
        """All that is shown in any conversation of the pair, newest first."""
        query = (
            select(messages, conversations.c.title, conversations.c.created_at.label("begun"))
            .join(conversations)
            .where(conversations.c.pair_id == pair_id, _is_shown())
            .order_by(messages.c.id.desc())
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [
            (Conversation(row.conversation_id, pair_id, row.title, row.begun), _message(row))
            for row in rows
        ]

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
            if author == "user":
                connection.execute(
                    update(conversations)
                    .where(conversations.c.id == conversation.id, conversations.c.title == "")
                    .values(title=title_of(text))
                )
        assert key is not None
        return Message(key[0], conversation.id, author, text, status, created, detail or {})

    def messages(self, conversation: Conversation, last: int | None = None) -> list[Message]:
        """The conversation's messages, oldest first; only the ``last`` so many if given."""
        query = (
            select(messages)
            .where(messages.c.conversation_id == conversation.id, _is_shown())
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

    def take_back(self, conversation: Conversation) -> Message | None:
        """Another message is to stand in place of the user's last one; that one, if there is any.

        It and what follows it stay in the file, so that nothing written is lost, but belong to the
        conversation no more.
        """
        mine = messages.c.conversation_id == conversation.id
        last = (
            select(messages)
            .where(mine, messages.c.author == "user", _is_shown())
            .order_by(messages.c.id.desc())
            .limit(1)
        )
        with self._database.write() as connection:
            row = connection.execute(last).first()
            if row is None:
                return None
            later = select(messages.c.id, messages.c.detail).where(mine, messages.c.id >= row.id)
            for one in connection.execute(later).all():
                connection.execute(
                    update(messages)
                    .where(messages.c.id == one.id)
                    .values(detail={**one.detail, _REPLACED: True})
                )
            connection.execute(
                update(conversations)
                .where(
                    conversations.c.id == conversation.id,
                    conversations.c.title == title_of(row.text),
                )
                .values(title="")
            )
        return _message(row)

    def propose(self, message_id: int, proposals: list[dict[str, Any]]) -> None:
        """Add these to the proposals that a reply's detail holds."""
        self._reproposed(message_id, lambda held: [*held, *proposals])

    def withdraw(self, message_id: int, proposals: list[dict[str, Any]]) -> None:
        """Take these away from the proposals that a reply's detail holds."""
        self._reproposed(message_id, lambda held: [one for one in held if one not in proposals])

    def _reproposed(
        self, message_id: int, change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]
    ) -> None:
        same = messages.c.id == message_id
        with self._database.write() as connection:
            detail = connection.scalar(select(messages.c.detail).where(same))
            if detail is not None:
                left = change(detail.get("proposals") or [])
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


def _is_shown() -> ColumnElement[bool]:
    """Whether no other message was sent in place of this one."""
    return func.coalesce(messages.c.detail[_REPLACED].as_boolean(), false()).is_(false())


def _conversation(row: Row[Any]) -> Conversation:
    return Conversation(row.id, row.pair_id, row.title, row.created_at)


def _message(row: Row[Any]) -> Message:
    return Message(
        row.id, row.conversation_id, row.author, row.text, row.status, row.created_at, row.detail
    )
