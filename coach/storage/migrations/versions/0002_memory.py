"""The memory of a pair: sessions, items with their history, imported turns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("pair_id", sa.Integer, _to("pairs.id"), nullable=False, index=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("note_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("pair_id", "number"),
    )
    _create_items()
    op.create_table(
        "item_history",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("item_id", sa.Integer, _to("items.id"), nullable=False, index=True),
        sa.Column("valid_from", sa.DateTime, nullable=False),
        sa.Column("valid_to", sa.DateTime, nullable=False),
        sa.Column("was", sa.JSON, nullable=False),
    )
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("pair_id", sa.Integer, _to("pairs.id"), nullable=False),
        sa.Column("external_id", sa.String(200)),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("speaker", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("said_at", sa.String(40)),
        sa.Column("said_on", sa.Date),
        sa.Column("model", sa.String(64)),
        sa.Column("vector", sa.LargeBinary),
        sa.UniqueConstraint("pair_id", "key"),
    )
    op.create_index("ix_turns_pair_id_position", "turns", ["pair_id", "position"])
    op.create_table(
        "memory_state",
        sa.Column("pair_id", sa.Integer, _to("pairs.id"), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _create_items() -> None:
    op.create_table(
        "items",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("pair_id", sa.Integer, _to("pairs.id"), nullable=False, index=True),
        sa.Column("session_id", sa.Integer, _to("sessions.id"), index=True),
        sa.Column("message_id", sa.Integer, _to("messages.id", "SET NULL"), index=True),
        sa.Column("span_start", sa.Integer),
        sa.Column("span_end", sa.Integer),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("about", sa.String(4), nullable=False),
        sa.Column("owner", sa.String(4)),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("when_on", sa.Date),
        sa.Column("until_on", sa.Date),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("said_on", sa.Date, nullable=False),
        sa.Column("importance", sa.Float, nullable=False),
        sa.Column("surfaced", sa.Integer, nullable=False),
        sa.Column("surfaced_on", sa.Date),
        sa.Column("closed_on", sa.Date),
        sa.Column("closing_quote", sa.Text),
        sa.Column("closing_session_id", sa.Integer, _to("sessions.id", "SET NULL"), index=True),
        sa.Column("superseded_by", sa.Integer, _to("items.id", "SET NULL"), index=True),
        sa.Column("model", sa.String(64)),
        sa.Column("vector", sa.LargeBinary),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.CheckConstraint("status IN ('open', 'done', 'dropped', 'superseded')", name="status"),
    )


def _to(column: str, ondelete: str = "CASCADE") -> sa.ForeignKey:
    return sa.ForeignKey(column, ondelete=ondelete)
