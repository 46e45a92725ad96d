"""What the user is writing and has not sent: kept so that no quit and no crash loses it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import ColumnElement, delete, insert, select

from coach.storage.database import Database
from coach.storage.schema import drafts

Place = Literal["message", "note", "note-day", "brief"]
"""Where it is being written: a message of the chat; a session's note, and the day beside it; what
of a brief is ticked off (digests of its lines, no words)."""


class DraftStore:
    """One text for each pair (None: outside any pair) and place."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, pair_id: int | None, place: Place, text: str) -> None:
        """Keep ``text`` in the place of what was there; a blank text leaves nothing."""
        with self._database.write() as connection:
            connection.execute(delete(drafts).where(*_at(pair_id, place)))
            if text.strip():
                connection.execute(
                    insert(drafts).values(
                        pair_id=pair_id, place=place, text=text, updated_at=datetime.now(UTC)
                    )
                )

    def read(self, pair_id: int | None, place: Place) -> str:
        """What was being written there; "" for nothing."""
        with self._database.read() as connection:
            return connection.scalar(select(drafts.c.text).where(*_at(pair_id, place))) or ""


def _at(pair_id: int | None, place: Place) -> tuple[ColumnElement[bool], ...]:
    return drafts.c.pair_id == pair_id, drafts.c.place == place
