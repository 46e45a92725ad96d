"""The encrypted file: nothing readable in it, nothing half written, plain words when it fails."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from coach.errors import StorageError
from coach.paths import Places
from coach.storage.conversations import ConversationStore
from coach.storage.database import Database, open_database
from coach.storage.keys import Key, find_key
from coach.storage.pairs import PairStore
from tests.conftest import ROOT

CANARY = "zanzibar-canary-0417"


@pytest.fixture
def database(places: Places) -> Iterator[Database]:
    made = open_database(places, find_key(places))
    yield made
    made.close()


def names(database: Database) -> list[str]:
    return [pair.name for pair in PairStore(database).all()]


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("passphrase", [None, "it's a 'quoted' passphrase"])
def test_nothing_written_can_be_read_in_the_files(places: Places, passphrase: str | None) -> None:
    key = find_key(places, passphrase)
    database = open_database(places, key)
    pair = PairStore(database).add(f"Name {CANARY}", "mentor")
    chats = ConversationStore(database)
    chats.add(chats.start(pair.id), "user", f"I said {CANARY}" * 50, detail={"a": CANARY})
    for open_still in (True, False):
        held = all_bytes(places.home)
        assert len(held) > 50_000
        assert CANARY.encode() not in held
        assert b"SQLite format 3" not in held
        assert b"conversations" not in held
        if open_still:
            database.close()
    again = open_database(places, find_key(places, passphrase))
    assert names(again) == [f"Name {CANARY}"]
    again.close()


def test_files_are_for_the_owner_alone(places: Places) -> None:
    previous = os.umask(0)
    try:
        database = open_database(places, find_key(places))
        PairStore(database).add("Amara", "mentor")
    finally:
        os.umask(previous)
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in places.home.iterdir()}
    database.close()
    assert set(modes) >= {"coach.db", "coach.key", "key-storage"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(places.home.stat().st_mode) == 0o700


@pytest.mark.parametrize("wrong", [Key("passphrase", "wrong"), Key("file", "ab" * 32)])
def test_a_wrong_key_is_said_and_harms_nothing(places: Places, wrong: Key) -> None:
    right = Key("passphrase", "right")
    database = open_database(places, right)
    PairStore(database).add("Amara", "mentor")
    database.close()
    with pytest.raises(StorageError, match=r"cannot be unlocked.*COACH_PASSPHRASE"):
        open_database(places, wrong)
    database = open_database(places, right)
    assert names(database) == ["Amara"]
    database.close()


@pytest.mark.parametrize("content", [b"garbage" * 900, b"SQLite format 3\0" + b"\0" * 4080])
def test_a_file_that_is_no_database_of_ours_is_left_alone(places: Places, content: bytes) -> None:
    key = find_key(places)
    places.database.write_bytes(content)
    with pytest.raises(StorageError, match="cannot be unlocked with this key, or is damaged"):
        open_database(places, key)
    assert places.database.read_bytes() == content


def test_a_write_that_fails_leaves_no_trace(database: Database) -> None:
    def write_and_fail() -> None:
        with database.write() as connection:
            connection.execute(
                text("INSERT INTO pairs VALUES (9, 'x', 'X', 'mentor', '2026-01-01 00:00:00')")
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert names(database) == []
    PairStore(database).add("Amara", "mentor")
    assert names(database) == ["Amara"]
    assert database.check() == []


def test_what_the_schema_forbids_is_refused(database: Database) -> None:
    with pytest.raises(StorageError), database.write() as connection:
        connection.execute(
            text("INSERT INTO pairs VALUES (9, 'x', 'X', 'boss', '2026-01-01 00:00:00')")
        )
    chats = ConversationStore(database)
    pair = PairStore(database).add("Amara", "mentor")
    PairStore(database).delete(pair)
    with pytest.raises(StorageError, match="deleted meanwhile"):
        chats.start(pair.id)


_HOLDER = textwrap.dedent(
    """
    import sys
    from coach.paths import default_places
    from coach.storage.cipher import connect
    from coach.storage.keys import find_key
    places = default_places()
    connection = connect(places.database, find_key(places))
    connection.execute("BEGIN IMMEDIATE")
    print("held", flush=True)
    sys.stdin.read()
    """
)


def test_another_coach_that_is_writing_is_named_and_reading_goes_on(database: Database) -> None:
    PairStore(database).add("Amara", "mentor")
    with database.read() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 20")
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDER],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(StorageError, match="in use by another coach"):
            PairStore(database).add("Bea", "mentor")
        assert names(database) == ["Amara"]
    finally:
        process.communicate()
    PairStore(database).add("Bea", "mentor")
    assert names(database) == ["Amara", "Bea"]


_WRITER = textwrap.dedent(
    """
    import itertools, sys
    from coach.paths import default_places
    from coach.storage.database import open_database
    from coach.storage.keys import find_key
    from coach.storage.pairs import PairStore
    places = default_places()
    pairs = PairStore(open_database(places, find_key(places)))
    for number in itertools.count():
        pairs.add(f"Person {number}", "mentor")
        print(number, flush=True)
    """
)


def test_what_was_said_to_be_kept_is_kept_when_the_process_is_killed(places: Places) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITER], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(12)]
    process.send_signal(signal.SIGKILL)
    said += process.stdout.readlines()
    process.wait()
    told = [int(line) for line in said if line.endswith("\n")]
    database = open_database(places, find_key(places))
    kept = names(database)
    assert kept[: len(told)] == [f"Person {number}" for number in told]
    assert len(kept) <= len(told) + 1
    assert database.check() == []
    database.close()


def test_threads_share_one_connection_without_losing_a_write(database: Database) -> None:
    from concurrent.futures import ThreadPoolExecutor

    store = PairStore(database)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: store.add(f"Same {n % 3}", "mentor"), range(24)))
    assert len({pair.slug for pair in made}) == 24
    assert sorted(pair.id for pair in store.all()) == sorted(pair.id for pair in made)
