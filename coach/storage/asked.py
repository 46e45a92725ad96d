"""Which questions were asked of the other person, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import insert, select

from coach.storage.database import Database
from coach.storage.pairs import Pair
from coach.storage.schema import asked


class AskedStore:
    """Marks of asked questions in the database; the questions themselves are not kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, pair: Pair, marks: Iterable[str], on: date) -> int:
        """Remember that these were asked on a day; how many were new for that day."""
        wanted = set(marks)
        with self._database.write() as connection:
            known = set(
                connection.scalars(
                    select(asked.c.key).where(asked.c.pair_id == pair.id, asked.c.asked_on == on)
                )
            )
            new = sorted(wanted - known)
            if new:
                connection.execute(
                    insert(asked),
                    [{"pair_id": pair.id, "key": key, "asked_on": on} for key in new],
                )
        return len(new)

    def since(self, pair: Pair, day: date | None, until: date) -> frozenset[str]:
        """The marks of what was asked from ``day`` (None: ever) to ``until``, both included."""
        query = select(asked.c.key).where(asked.c.pair_id == pair.id, asked.c.asked_on <= until)
        if day is not None:
            query = query.where(asked.c.asked_on >= day)
        with self._database.read() as connection:
            return frozenset(connection.scalars(query))
