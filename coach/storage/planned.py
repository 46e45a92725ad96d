"""The sessions that a pair means to hold: when, for how long and where."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, insert, select, update

from coach.errors import NotFoundError
from coach.storage.database import Database
from coach.storage.pairs import Pair
from coach.storage.schema import planned_sessions as table


@dataclass(frozen=True)
class Planned:
    """A session to come. ``at`` is the hour by the user's own clock, None while it is open.

    ``uid`` tells it from every other event of any calendar; ``minutes`` is None and ``place`` ""
    where that is not settled.
    """

    on: date
    at: time | None = None
    minutes: int | None = None
    place: str = ""
    uid: str = ""

    def as_json(self) -> dict[str, Any]:
        """The session as the command line prints it."""
        at = self.at.isoformat("minutes") if self.at else None
        return {
            "on": self.on.isoformat(), "at": at, "minutes": self.minutes,
            "place": self.place or None, "uid": self.uid,
        }  # fmt: skip


class PlannedStore:
    """The planned sessions in the database, each pair's its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, pair: Pair) -> list[Planned]:
        """The pair's planned sessions by day and hour, past ones too."""
        with self._database.read() as connection:
            return _all(connection, pair)

    def next(self, pair: Pair, on: date) -> Planned | None:
        """The first session after the day ``on``; None while none is planned."""
        return next((one for one in self.all(pair) if one.on > on), None)

    def add(
        self, pair: Pair, on: date, at: time | None = None, minutes: int | None = None,
        place: str = "",
    ) -> Planned:  # fmt: skip
        """Plan a session. A day that has one already keeps it, with what is given here changed."""
        with self._database.write() as connection:
            there = next((one for one in _all(connection, pair) if one.on == on), None)
            made = Planned(
                on,
                at or (there.at if there else None),
                minutes or (there.minutes if there else None),
                place or (there.place if there else ""),
                there.uid if there else f"{uuid4()}@coach",
            )
            _keep(connection, pair, made)
        return made

    def move(self, pair: Pair, on: date, to: date, at: time | None = None) -> Planned:
        """Put the first session of the day ``on`` on another day; ``at`` changes its hour.

        Raises :class:`NotFoundError` when none is planned for that day.
        """
        with self._database.write() as connection:
            there = _on(connection, pair, on)[0]
            moved = Planned(to, at or there.at, there.minutes, there.place, there.uid)
            _keep(connection, pair, moved)
        return moved

    def remove(self, pair: Pair, on: date) -> list[Planned]:
        """Take the sessions of that day off the plan. Raises :class:`NotFoundError` for none."""
        with self._database.write() as connection:
            gone = _on(connection, pair, on)
            _drop(connection, pair, [one.uid for one in gone])
        return gone

    def take(self, pair: Pair, coming: Iterable[Planned], gone: Collection[str]) -> int:
        """Keep ``coming`` in the place of what has the same ``uid``, and remove the uids ``gone``.

        All of it or nothing. How many sessions were added, changed or removed.
        """
        with self._database.write() as connection:
            known = {one.uid: one for one in _all(connection, pair)}
            changed = [one for one in coming if known.get(one.uid) != one]
            for one in changed:
                _keep(connection, pair, one)
            lost = [uid for uid in gone if uid in known]
            _drop(connection, pair, lost)
        return len(changed) + len(lost)


def _all(connection: Connection, pair: Pair) -> list[Planned]:
    rows = connection.execute(select(table).where(table.c.pair_id == pair.id))
    return sorted((_planned(row) for row in rows), key=_order)


def _order(one: Planned) -> tuple[date, time, str]:
    return one.on, one.at or time(), one.uid


def _on(connection: Connection, pair: Pair, on: date) -> list[Planned]:
    found = [one for one in _all(connection, pair) if one.on == on]
    if not found:
        days = ", ".join(one.on.isoformat() for one in _all(connection, pair)) or "none"
        raise NotFoundError(
            "Session", f"no session with {pair.name} is planned for {on.isoformat()}",
            f"Planned: {days}.",
        )  # fmt: skip
    return found


def _keep(connection: Connection, pair: Pair, one: Planned) -> None:
    at = one.at.isoformat("minutes") if one.at else None
    values = {"held_on": one.on, "starts_at": at, "minutes": one.minutes, "place": one.place}
    same = (table.c.pair_id == pair.id, table.c.uid == one.uid)
    if not connection.execute(update(table).where(*same).values(**values)).rowcount:
        connection.execute(insert(table).values(pair_id=pair.id, uid=one.uid, **values))


def _drop(connection: Connection, pair: Pair, uids: list[str]) -> None:
    connection.execute(delete(table).where(table.c.pair_id == pair.id, table.c.uid.in_(uids)))


def _planned(row: Row[Any]) -> Planned:
    at = time.fromisoformat(row.starts_at) if row.starts_at else None
    return Planned(row.held_on, at, row.minutes, row.place, row.uid)
