"""What the kill tests run in processes of their own: each acknowledges what it has kept.

A worker is stopped with SIGKILL in two ways: by itself after so many steps of SQLite's machine,
so in the midst of a statement; or by the test after so many acknowledgements, wherever it is then.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from memory_fixtures import DAY, KEY, BagEmbedder, draft, noticed, opened, places_in

from coach.memory.items import Closing
from coach.memory.store import MemoryStore
from coach.memory.transfer import import_turns
from coach.storage import cipher, database
from coach.storage.backup import backup, restore
from coach.storage.drafts import DraftStore
from coach.storage.pairs import PairStore

STEPS = 100
"""Steps of SQLite's machine between two looks at the count."""

MANY = 40


def die_after(steps: int) -> None:
    """Have every connection opened from now on end this process after ``steps`` looks in all."""
    plain = cipher.connect
    left = [steps]

    def count_down() -> int:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def connect(*arguments: Any) -> Any:
        connection = plain(*arguments)
        connection.set_progress_handler(count_down, STEPS)
        return connection

    for module in (cipher, database, backup.__globals__):
        if isinstance(module, dict):
            module["connect"] = connect
        else:
            module.connect = connect  # type: ignore[attr-defined]


def note(number: int) -> str:
    """A note in three parts, each of which gives an item."""
    return f"First of {number}. Second of {number}. Third of {number}."


def log(folder: Path, acknowledge: Callable[[object], None]) -> None:
    """Log notes; each closes the three items of the one before."""
    with opened(folder) as opened_database:
        (pair,) = PairStore(opened_database).all()
        store = MemoryStore(opened_database)
        for _ in range(MANY):
            number = len(store.sessions(pair)) + 1
            text = note(number)
            before = store.items(pair, status="open")
            given = noticed(
                *(draft(text, f"{part} of {number}") for part in ("First", "Second", "Third")),
                closings=[Closing(item.id, "done", f"First of {number}") for item in before],
            )
            acknowledge(store.add_session(pair, DAY, text, given).session.number)


def bring_in(folder: Path, acknowledge: Callable[[object], None]) -> None:
    """Import the transcript and tell how many turns are kept after each step."""
    with opened(folder) as opened_database:
        (pair,) = PairStore(opened_database).all()
        store = MemoryStore(opened_database)
        import_turns(
            opened_database, pair, folder / "turns.jsonl", BagEmbedder(),
            lambda step, done, total: acknowledge(store.counts(pair)["turns"]),
        )  # fmt: skip


def back_up(folder: Path, acknowledge: Callable[[object], None]) -> None:
    """Write backups and restore from them by turns."""
    places = places_in(folder)
    for number in range(MANY):
        file = folder / f"{os.getpid()}-{number}.backup"
        backup(places, KEY, file)
        acknowledge(file.name)
        restore(places, KEY, file)


def write(folder: Path, acknowledge: Callable[[object], None]) -> None:
    """Keep a draft that grows with each stroke, as the app does."""
    with opened(folder) as opened_database:
        (pair,) = PairStore(opened_database).all()
        store = DraftStore(opened_database)
        for number in range(1, MANY + 1):
            store.keep(pair.id, "note", note(number))
            acknowledge(number)


def migrate(folder: Path, acknowledge: Callable[[object], None]) -> None:
    """Open a file of the first release."""
    with opened(folder):
        acknowledge("migrated")


def run(
    work: Callable[[Path, Callable[[object], None]], None],
    folder: Path,
    steps: int | None,
    pipe: Connection,
) -> None:
    """The body of a worker's process."""
    if steps is not None:
        die_after(steps)
    work(folder, pipe.send)
    pipe.send("finished")
