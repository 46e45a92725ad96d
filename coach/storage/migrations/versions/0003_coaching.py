"""What a pair works with: papers in versions, planned sessions, questions asked, drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "papers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("pair_id", sa.Integer, _to_pairs(), nullable=False, index=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("pair_id", "kind", "name", "version"),
    )
    op.create_table(
        "planned_sessions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("pair_id", sa.Integer, _to_pairs(), nullable=False, index=True),
        sa.Column("uid", sa.String(255), nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("starts_at", sa.String(5)),
        sa.Column("minutes", sa.Integer),
        sa.Column("place", sa.Text, nullable=False),
        sa.UniqueConstraint("pair_id", "uid"),
    )
    op.create_table(
        "asked",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("pair_id", sa.Integer, _to_pairs(), nullable=False, index=True),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("asked_on", sa.Date, nullable=False),
        sa.UniqueConstraint("pair_id", "key", "asked_on"),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("pair_id", sa.Integer, _to_pairs(), index=True),
        sa.Column("place", sa.String(20), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("pair_id", "place"),
    )


def _to_pairs() -> sa.ForeignKey:
    return sa.ForeignKey("pairs.id", ondelete="CASCADE")
