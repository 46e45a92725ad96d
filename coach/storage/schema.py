"""The tables. Portable SQL: nothing here or in a query is SQLite's own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

HEAD = "0003"
"""The newest migration; a database that records another one is migrated or refused."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC: SQLite has no type with a zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


def _key_of(
    table: str, name: str, *, ondelete: str = "CASCADE", nullable: bool = False
) -> Column[Any]:
    """A column that holds the id of a row of ``table``."""
    type_ = String(16) if table == "documents" else Integer
    key = ForeignKey(f"{table}.id", ondelete=ondelete)
    return Column(name, type_, key, nullable=nullable, index=True)


pairs = Table(
    "pairs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(80), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("role", String(10), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    CheckConstraint("role IN ('mentor', 'mentee')", name="role"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", Integer, primary_key=True),
    # Null: a question asked outside any pair.
    _key_of("pairs", "pair_id", nullable=True),
    Column("title", String(200), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    _key_of("conversations", "conversation_id"),
    Column("author", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # What a reply rests on: intent, cards, wording used; see conversation.events.ReplyRecord.
    Column("detail", JSON, nullable=False),
    CheckConstraint("author IN ('user', 'coach')", name="author"),
    CheckConstraint("status IN ('complete', 'interrupted', 'failed')", name="status"),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("title", String(300), nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("added_at", UtcDateTime, nullable=False),
)

chunks = Table(
    "chunks",
    metadata,
    Column("id", Integer, primary_key=True),
    _key_of("documents", "document_id"),
    Column("position", Integer, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("model", String(64)),
    Column("vector", LargeBinary),
    UniqueConstraint("document_id", "position"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    _key_of("pairs", "pair_id"),
    # Counts from 1 within the pair, in the order of logging.
    Column("number", Integer, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("note", Text, nullable=False),
    # SHA-256 of the note as it stands: logging the same note for the same day again adds nothing.
    Column("note_hash", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("pair_id", "number"),
)

items = Table(
    "items",
    metadata,
    Column("id", Integer, primary_key=True),
    _key_of("pairs", "pair_id"),
    # Where it was said: a session's note, or a message of the chat; the span is of that text.
    _key_of("sessions", "session_id", nullable=True),
    _key_of("messages", "message_id", ondelete="SET NULL", nullable=True),
    Column("span_start", Integer),
    Column("span_end", Integer),
    Column("kind", String(20), nullable=False),
    Column("about", String(4), nullable=False),
    Column("owner", String(4)),
    Column("text", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("when_on", Date),
    Column("until_on", Date),
    Column("status", String(10), nullable=False),
    Column("private", Boolean, nullable=False),
    Column("said_on", Date, nullable=False),
    Column("importance", Float, nullable=False),
    Column("surfaced", Integer, nullable=False),
    Column("surfaced_on", Date),
    Column("closed_on", Date),
    # The sentence that closed it and the session it is in, so that forgetting finds that too.
    Column("closing_quote", Text),
    _key_of("sessions", "closing_session_id", ondelete="SET NULL", nullable=True),
    _key_of("items", "superseded_by", ondelete="SET NULL", nullable=True),
    Column("model", String(64)),
    Column("vector", LargeBinary),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    CheckConstraint("status IN ('open', 'done', 'dropped', 'superseded')", name="status"),
)

item_history = Table(
    "item_history",
    metadata,
    Column("id", Integer, primary_key=True),
    _key_of("items", "item_id"),
    Column("valid_from", UtcDateTime, nullable=False),
    Column("valid_to", UtcDateTime, nullable=False),
    # The fields of the item as they were between the two; see coach.memory.rows.was.
    Column("was", JSON, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pair_id", Integer, ForeignKey("pairs.id", ondelete="CASCADE"), nullable=False),
    Column("external_id", String(200)),
    # SHA-256 of the external id, or of what was said; makes importing twice the same as once.
    Column("key", String(64), nullable=False),
    Column("position", Integer, nullable=False),
    Column("speaker", String(200), nullable=False),
    Column("text", Text, nullable=False),
    # As the transcript has it, ISO 8601 in the clock of its writer; the day is for searching.
    Column("said_at", String(40)),
    Column("said_on", Date),
    Column("model", String(64)),
    Column("vector", LargeBinary),
    UniqueConstraint("pair_id", "key"),
    Index("ix_turns_pair_id_position", "pair_id", "position"),
)

memory_state = Table(
    "memory_state",
    metadata,
    Column("pair_id", Integer, ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True),
    # Grows with every change to the pair's memory, by whichever process: says when a loaded
    # copy is out of date.
    Column("version", Integer, nullable=False),
)

papers = Table(
    "papers",
    metadata,
    Column("id", Integer, primary_key=True),
    _key_of("pairs", "pair_id"),
    # agreement, goal, roadmap, check, debrief: see coach.storage.papers.
    Column("kind", String(20), nullable=False),
    Column("name", String(120), nullable=False),
    Column("version", Integer, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("body", JSON, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("pair_id", "kind", "name", "version"),
)

planned_sessions = Table(
    "planned_sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    _key_of("pairs", "pair_id"),
    # The calendar's own id of the event, or one that is made here.
    Column("uid", String(255), nullable=False),
    Column("held_on", Date, nullable=False),
    # "HH:MM" in the user's own clock; null: the hour is not settled.
    Column("starts_at", String(5)),
    Column("minutes", Integer),
    Column("place", Text, nullable=False),
    UniqueConstraint("pair_id", "uid"),
)

asked = Table(
    "asked",
    metadata,
    Column("id", Integer, primary_key=True),
    _key_of("pairs", "pair_id"),
    # SHA-256 of the question's words: the text itself is in the knowledge or in memory already.
    Column("key", String(64), nullable=False),
    Column("asked_on", Date, nullable=False),
    UniqueConstraint("pair_id", "key", "asked_on"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    # Null: written outside any pair.
    _key_of("pairs", "pair_id", nullable=True),
    # Where it is being written: see coach.storage.drafts.
    Column("place", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    UniqueConstraint("pair_id", "place"),
)
