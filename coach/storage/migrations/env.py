"""Alembic's entry: runs on the open, unlocked connection that the caller passes in."""

from __future__ import annotations

from alembic import context

from coach.storage.schema import metadata

connection = context.config.attributes["connection"]
# SQLite alters a table by copying it; batch mode does that and is plain ALTER elsewhere.
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
