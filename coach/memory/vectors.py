"""The vectors of a pair's items and turns: made after the text is kept, so that no text waits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, ColumnElement, Table, bindparam, func, or_, select, update

from coach.memory.items import embedded_text
from coach.memory.rows import touch
from coach.models.embedder import Embedder
from coach.storage.database import Database
from coach.storage.pairs import Pair
from coach.storage.schema import items, turns

BATCH = 256

Progress = Callable[[int, int], None]
"""Told how many are done, of how many."""


def ensure_vectors(
    database: Database,
    pair: Pair,
    embedder: Embedder,
    on_progress: Progress = lambda done, total: None,
) -> int:
    """Embed what has no vector of this embedder's model yet; how many there were.

    Each batch is kept as soon as it is made, so that an interrupted run goes on where it stopped.
    """
    tables = (items, turns)
    with database.read() as connection:
        total = sum(
            connection.scalar(
                select(func.count()).select_from(table).where(*_missing(table, pair, embedder))
            )
            or 0
            for table in tables
        )
    done = 0
    for table in tables:
        while done < total and (made := _embed_some(database, table, pair, embedder)):
            done += made
            on_progress(min(done, total), total)
    return done


def _embed_some(database: Database, table: Table, pair: Pair, embedder: Embedder) -> int:
    columns: list[Column[str]] = [table.c.text]
    columns += [table.c.quote] if table is items else [table.c.speaker]
    query = select(table.c.id, *columns).where(*_missing(table, pair, embedder)).limit(BATCH)
    with database.read() as connection:
        rows = connection.execute(query).all()
    if not rows:
        return 0
    vectors = embedder.embed([embedded_text(*row[1:]) for row in rows])
    with database.write() as connection:
        # A text that was changed meanwhile keeps waiting for a vector of its own.
        connection.execute(
            update(table)
            .where(table.c.id == bindparam("row"), table.c.text == bindparam("seen"))
            .values(model=embedder.digest, vector=bindparam("made")),
            [
                {"row": row.id, "seen": row.text, "made": to_blob(vector)}
                for row, vector in zip(rows, vectors, strict=True)
            ],
        )
        touch(connection, pair.id)
    return len(rows)


def open_vectors(database: Database, pair: Pair, digest: str) -> dict[str, NDArray[np.float32]]:
    """The vectors that are kept of the pair's open items by one model, by the embedded texts."""
    query = select(items.c.text, items.c.quote, items.c.vector).where(
        items.c.pair_id == pair.id, items.c.status == "open", items.c.model == digest
    )
    with database.read() as connection:
        rows = connection.execute(query).all()
    return {embedded_text(row.text, row.quote): from_blob(row.vector) for row in rows}


def to_blob(vector: NDArray[np.float32]) -> bytes:
    """A vector as it is kept: little-endian float32."""
    return vector.astype("<f4").tobytes()


def from_blob(blob: bytes) -> NDArray[np.float32]:
    """The inverse of :func:`to_blob`, read-only."""
    return np.frombuffer(blob, dtype="<f4")


def _missing(table: Table, pair: Pair, embedder: Embedder) -> list[ColumnElement[bool]]:
    model = table.c.model
    return [table.c.pair_id == pair.id, or_(model.is_(None), model != embedder.digest)]
