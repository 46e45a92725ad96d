"""What the user is writing and has not sent: kept so that no quit and no crash loses it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, delete, insert, select

from coach.storage.database import Database
from coach.storage.schema import drafts

Place = str
"""Where it is being written: "message" of the chat; a session's "note", and "note-day" beside it;
what of a "brief" is ticked off (digests of its lines, no words); a field of a dialog, by what that
is about and the field's number: "item:12.0"."""


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

    def in_dialogs(self, pair_id: int | None) -> dict[Place, str]:
        """What was being written in the fields of dialogs about that pair."""
        query = select(drafts.c.place, drafts.c.text).where(
            drafts.c.pair_id == pair_id, drafts.c.place.contains(".")
        )
        with self._database.read() as connection:
            return {row.place: row.text for row in connection.execute(query)}


def _at(pair_id: int | None, place: Place) -> tuple[ColumnElement[bool], ...]:
    return drafts.c.pair_id == pair_id, drafts.c.place == place
