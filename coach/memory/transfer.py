"""Importing transcripts of past meetings or chats as searchable turns of a pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select

from coach.memory.rows import touch
from coach.memory.transcript import Fault, Turn, count_lines, read_transcript
from coach.memory.vectors import ensure_vectors
from coach.models.embedder import Embedder
from coach.storage.database import Database
from coach.storage.pairs import Pair
from coach.storage.schema import turns

BATCH = 250
"""Turns that are kept at a time: what a killed import loses at most."""

Progress = Callable[[str, int, int], None]
"""Told the step in words, how much of it is done, and of how much."""


@dataclass(frozen=True)
class ImportReport:
    """What an import came to: turns ``added`` and ``known`` already, lines at fault.

    ``embedded`` turns and items can now be found by meaning too.
    """

    added: int
    known: int
    faults: tuple[Fault, ...]
    embedded: int = 0


def import_turns(
    database: Database,
    pair: Pair,
    path: Path,
    embedder: Embedder | None,
    on_progress: Progress = lambda step, done, total: None,
) -> ImportReport:
    """Keep every turn of the JSON Lines file ``path`` (see :func:`read_transcript`).

    Importing the same file again adds nothing; after an interruption it adds what is missing.
    Of two lines with the same id the first counts. Without an ``embedder`` the turns are found by
    their words alone until :func:`ensure_vectors` is run.

    Raises :class:`UsageError` when the file cannot be read, :class:`StorageError` when the
    database cannot be written; what was kept until then stays.
    """
    total = count_lines(path)
    work = _Import(database, pair)
    for each in read_transcript(path):
        work.take(each)
        if len(work.waiting) >= BATCH:
            work.keep()
            on_progress("keeping", each.line, total)
    work.keep()
    on_progress("keeping", total, total)
    embedded = 0
    if embedder is not None:
        embedded = ensure_vectors(
            database, pair, embedder, lambda done, of: on_progress("reading for meaning", done, of)
        )
    faults = tuple(sorted(work.faults, key=lambda fault: fault.line))
    return ImportReport(work.added, work.known, faults, embedded)


class _Import:
    """An import under way: what was seen of the file, and what waits to be kept."""

    def __init__(self, database: Database, pair: Pair) -> None:
        self._database = database
        self._pair = pair
        self._occurrences: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        self.waiting: list[tuple[str, Turn]] = []
        self.faults: list[Fault] = []
        self.added = self.known = 0

    def take(self, each: Turn | Fault) -> None:
        if isinstance(each, Fault):
            self.faults.append(each)
            return
        key = each.key()
        if each.external_id is None:
            self._occurrences[key] += 1
            key = each.key(self._occurrences[key] - 1)
        elif key in self._first:
            first = self._first[key]
            self.faults.append(Fault(each.line, f"the id is that of line {first} already"))
            return
        self._first[key] = each.line
        self.waiting.append((key, each))

    def keep(self) -> None:
        if not self.waiting:
            return
        with self._database.write() as connection:
            present = self._present(connection)
            fresh = [(key, turn) for key, turn in self.waiting if key not in present]
            if fresh:
                connection.execute(insert(turns), self._rows(connection, fresh))
                touch(connection, self._pair.id)
        for key, turn in self.waiting:
            if key in present and present[key] != turn.text:
                self.faults.append(
                    Fault(turn.line, "is there already with another text, which stays")
                )
        self.added += len(fresh)
        self.known += len(self.waiting) - len(fresh)
        self.waiting = []

    def _present(self, connection: Connection) -> dict[str, str]:
        query = select(turns.c.key, turns.c.text).where(
            turns.c.pair_id == self._pair.id, turns.c.key.in_([key for key, _ in self.waiting])
        )
        return {row.key: row.text for row in connection.execute(query)}

    def _rows(
        self, connection: Connection, fresh: Sequence[tuple[str, Turn]]
    ) -> list[dict[str, Any]]:
        last = connection.scalar(
            select(func.max(turns.c.position)).where(turns.c.pair_id == self._pair.id)
        )
        return [
            {
                "pair_id": self._pair.id, "external_id": turn.external_id, "key": key,
                "position": position, "speaker": turn.speaker, "text": turn.text,
                "said_at": turn.at, "said_on": turn.on,
            }
            for position, (key, turn) in enumerate(fresh, (last or 0) + 1)
        ]  # fmt: skip
