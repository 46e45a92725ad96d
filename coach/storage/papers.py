"""Papers of a pair: what was put down together, as plain JSON values, in versions.

An agreement, a goal, a roadmap, a relationship check and a debrief differ in what they say, not in
how they are kept: each has a name within its kind, and keeping it again adds a version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, insert, select

from coach.storage.database import Database
from coach.storage.pairs import Pair
from coach.storage.schema import papers

Kind = Literal[
    "agreement", "goal", "roadmap", "check", "debrief", "form", "rehearsal", "words",
    "paused",
]  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """One version (from 1) of what is called ``name`` within ``kind``; ``body`` is its content."""

    kind: Kind
    name: str
    version: int
    made_on: date
    body: Mapping[str, Any]


class PaperStore:
    """The papers in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, pair: Pair, kind: Kind, name: str, body: Mapping[str, Any], on: date) -> Paper:
        """Keep a new version; the same content as the newest version adds none."""
        return self.revise(pair, kind, name, on, lambda _: body)

    def revise(
        self,
        pair: Pair,
        kind: Kind,
        name: str,
        on: date,
        change: Callable[[Paper | None], Mapping[str, Any]],
    ) -> Paper:
        """Keep what ``change`` makes of the newest version (None while there is none).

        When another thread or process keeps a version meanwhile, ``change`` is asked again with
        that one, so that neither undoes what the other has kept.
        """
        while True:
            seen = self.last(pair, kind, name)
            body = dict(change(seen))
            with self._database.write() as connection:
                now = _last(connection, pair, kind, name)
                if now != seen:
                    continue
                if now is not None and now.body == body:
                    return now
                made = Paper(kind, name, 1 if now is None else now.version + 1, on, body)
                _insert(connection, pair, made)
            return made

    def add(
        self,
        pair: Pair,
        kind: Kind,
        body: Mapping[str, Any],
        on: date,
        name: Callable[[list[Paper]], str],
    ) -> Paper:
        """Keep a new paper under the name that ``name`` gives it beside the others of its kind.

        No other thread or process keeps one between the two. What ``name`` raises is passed on.
        """
        with self._database.write() as connection:
            made = Paper(kind, name(_newest(connection, pair, kind)), 1, on, dict(body))
            _insert(connection, pair, made)
        return made

    def last(self, pair: Pair, kind: Kind, name: str) -> Paper | None:
        """The newest version of one paper; None while there is none."""
        with self._database.read() as connection:
            return _last(connection, pair, kind, name)

    def newest(self, pair: Pair, kind: Kind) -> list[Paper]:
        """The newest version of each paper of ``kind``, in the order of their first versions."""
        with self._database.read() as connection:
            return _newest(connection, pair, kind)

    def versions(self, pair: Pair, kind: Kind, name: str) -> list[Paper]:
        """All versions of one paper, oldest first."""
        query = (
            select(papers)
            .where(papers.c.pair_id == pair.id, papers.c.kind == kind, papers.c.name == name)
            .order_by(papers.c.version)
        )
        with self._database.read() as connection:
            return [_paper(row) for row in connection.execute(query)]

    def cut(self, pair: Pair, kind: Kind, name: str, number: int) -> None:
        """Remove the versions of one paper that came after version ``number``."""
        with self._database.write() as connection:
            connection.execute(
                delete(papers).where(
                    papers.c.pair_id == pair.id, papers.c.kind == kind, papers.c.name == name,
                    papers.c.version > number,
                )
            )  # fmt: skip

    def remove(self, pair: Pair, kind: Kind, name: str) -> int:
        """Remove a paper with all its versions; how many versions went."""
        with self._database.write() as connection:
            gone = connection.execute(
                delete(papers).where(
                    papers.c.pair_id == pair.id, papers.c.kind == kind, papers.c.name == name
                )
            )
            return int(gone.rowcount)


def _insert(connection: Connection, pair: Pair, made: Paper) -> None:
    connection.execute(
        insert(papers).values(
            pair_id=pair.id,
            kind=made.kind,
            name=made.name,
            version=made.version,
            made_on=made.made_on,
            body=made.body,
            created_at=datetime.now(UTC),
        )
    )


def _newest(connection: Connection, pair: Pair, kind: Kind) -> list[Paper]:
    query = (
        select(papers)
        .where(papers.c.pair_id == pair.id, papers.c.kind == kind)
        .order_by(papers.c.id)
    )
    # A later version takes the place of an earlier one, and keeps its turn.
    return list({row.name: _paper(row) for row in connection.execute(query)}.values())


def _last(connection: Connection, pair: Pair, kind: Kind, name: str) -> Paper | None:
    row = connection.execute(
        select(papers)
        .where(papers.c.pair_id == pair.id, papers.c.kind == kind, papers.c.name == name)
        .order_by(papers.c.version.desc())
        .limit(1)
    ).first()
    return None if row is None else _paper(row)


def _paper(row: Row[Any]) -> Paper:
    return Paper(row.kind, row.name, row.version, row.made_on, row.body)
