from __future__ import annotations

import os
import pwd
import resource
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from memory_fixtures import DAY, KEY, draft, noticed, opened, places_in

from coach.errors import CoachError, StorageError, UsageError
from coach.memory.store import MemoryStore
from coach.paths import Places
from coach.storage.backup import backup, restore
from coach.storage.cipher import connect
from coach.storage.database import Database, open_database
from coach.storage.keys import Key
from coach.storage.pairs import PairStore

OTHER = Key("file", "cd" * 32)
NOTE = "Canary zanzibarquux. We met."


def log(database: Database, note: str = NOTE) -> None:
    pairs = PairStore(database)
    pair = pairs.all()[0] if pairs.all() else pairs.add("Rosa Lind", "mentor")
    given = noticed(draft(note, "We met"))
    MemoryStore(database).add_session(pair, DAY, note, given)


def notes(folder: Path, key: Key = KEY) -> list[str]:
    with opened(folder, key) as database:
        store = MemoryStore(database)
        assert database.check() == []
        return [s.note for pair in PairStore(database).all() for s in store.sessions(pair)]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A home with one session logged, and closed."""
    with opened(tmp_path) as database:
        log(database)
    return places_in(tmp_path)


def test_there_and_back(tmp_path: Path, places: Places) -> None:
    file = tmp_path / "b.db"
    report = backup(places, KEY, file)
    assert (report.rows["sessions"], report.rows["items"]) == (1, 1)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"zanzibarquux" not in file.read_bytes()
    with opened(tmp_path) as database:
        log(database, "Another note. We met.")
    back = restore(places, KEY, file)
    assert notes(tmp_path) == [NOTE]
    assert back.aside is not None
    again = restore(places, KEY, back.aside)
    assert again.rows["sessions"] == 2
    assert len(notes(tmp_path)) == 2


def test_a_backup_is_made_while_coach_is_open(tmp_path: Path, places: Places) -> None:
    file = tmp_path / "b.db"
    with opened(tmp_path) as database:
        log(database, "Not yet in the file proper. We met.")
        assert backup(places, KEY, file).rows["sessions"] == 2
        log(database, "Written after it. We met.")


def test_with_a_passphrase_it_opens_on_another_machine(tmp_path: Path, places: Places) -> None:
    file = tmp_path / "b.db"
    backup(places, KEY, file, passphrase="it's long")
    elsewhere = tmp_path / "elsewhere"
    with pytest.raises(StorageError, match="cannot be unlocked"):
        restore(places_in(elsewhere), OTHER, file, passphrase="its long")
    assert not places_in(elsewhere).database.exists()
    report = restore(places_in(elsewhere), OTHER, file, passphrase="it's long")
    assert report.aside is None
    assert notes(elsewhere, OTHER) == [NOTE]


def test_a_backup_never_overwrites(tmp_path: Path, places: Places) -> None:
    file = tmp_path / "b.db"
    file.write_text("something of the user's")
    with pytest.raises(UsageError, match="is there already"):
        backup(places, KEY, file)
    assert file.read_text() == "something of the user's"
    with pytest.raises(UsageError, match="nothing to back up"):
        backup(places_in(tmp_path / "empty"), KEY, tmp_path / "c.db")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda file: None, "there is no file"),
        (lambda file: file.write_bytes(b"x" * 8_192), "cannot be unlocked"),
        (lambda file: connect(file, KEY).execute("CREATE TABLE t (x)"), "not a backup of coach"),
    ],
)
def test_what_is_no_backup_is_refused(
    tmp_path: Path, places: Places, make: object, says: str
) -> None:
    make(tmp_path / "b.db")  # type: ignore[operator]
    with pytest.raises(CoachError, match=says):
        restore(places, KEY, tmp_path / "b.db")
    assert notes(tmp_path) == [NOTE]


def test_a_damaged_backup_is_refused(tmp_path: Path, places: Places) -> None:
    file = tmp_path / "b.db"
    backup(places, KEY, file)
    content = bytearray(file.read_bytes())
    content[-2_000] ^= 1
    file.write_bytes(content)
    with pytest.raises(StorageError, match="damaged"):
        restore(places, KEY, file)
    assert notes(tmp_path) == [NOTE]


def test_a_newer_backup_is_refused(tmp_path: Path, places: Places) -> None:
    file = tmp_path / "b.db"
    backup(places, KEY, file)
    connection = connect(file, KEY)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StorageError, match="newer version"):
        restore(places, KEY, file)
    assert notes(tmp_path) == [NOTE]


def test_an_open_database_is_not_replaced(tmp_path: Path, places: Places) -> None:
    file = tmp_path / "b.db"
    backup(places, KEY, file)
    with opened(tmp_path) as database:
        log(database, "Another note. We met.")
        with pytest.raises(StorageError, match="open in another coach"):
            restore(places, KEY, file)
    assert len(notes(tmp_path)) == 2
    assert not places.database.with_name("coach.db.restoring").exists()


def test_a_damaged_database_is_replaced_and_kept(tmp_path: Path, places: Places) -> None:
    file = tmp_path / "b.db"
    backup(places, KEY, file)
    damaged = b"damaged" * 1_000
    places.database.write_bytes(damaged)
    with pytest.raises(StorageError, match="--force"):
        restore(places, KEY, file)
    assert places.database.read_bytes() == damaged
    report = restore(places, KEY, file, force=True)
    assert report.aside is not None
    assert report.aside.read_bytes() == damaged
    assert notes(tmp_path) == [NOTE]


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """No file may grow over ``size`` bytes, as if the disk were full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_no_half_backup(tmp_path: Path, places: Places) -> None:
    file = tmp_path / "b.db"
    with files_at_most(20_000), pytest.raises(StorageError, match="could not be written"):
        backup(places, KEY, file)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]
    assert notes(tmp_path) == [NOTE]


def test_a_full_disk_leaves_no_half_restore(tmp_path: Path, places: Places) -> None:
    file = tmp_path / "b.db"
    backup(places, KEY, file)
    with files_at_most(20_000), pytest.raises(StorageError, match="could not be written"):
        restore(places, KEY, file)
    assert notes(tmp_path) == [NOTE]


def test_a_full_disk_keeps_no_half_note(tmp_path: Path, places: Places) -> None:
    with opened(tmp_path) as database:
        long = "We met. " + "x" * 300_000
        with files_at_most(200_000), pytest.raises(StorageError, match="could not be written"):
            log(database, long)
        log(database, "There is room again. We met.")
    assert notes(tmp_path) == [NOTE, "There is room again. We met."]


@contextmanager
def bound_by_permissions(folder: Path) -> Iterator[None]:
    """As somebody whom permissions bind, who owns ``folder``: the superuser becomes nobody."""
    if os.geteuid() != 0:
        yield
        return
    nobody = pwd.getpwnam("nobody").pw_uid
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody, -1)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_read_only_folder_is_one_clear_error() -> None:
    # Not below pytest's own folder, which nobody but its owner may enter.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with opened(folder) as database:
            log(database)
        places = places_in(folder)
        with bound_by_permissions(folder):
            places.database.chmod(0o400)
            places.home.chmod(0o500)
            with pytest.raises(StorageError, match="permissions"):
                open_database(places, KEY)
            places.home.chmod(0o700)
            places.database.chmod(0o600)
        assert notes(folder) == [NOTE]


def test_another_process_that_is_writing_is_one_clear_error(tmp_path: Path, places: Places) -> None:
    with opened(tmp_path) as database:
        with database.read() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 50")
        other = connect(places.database, KEY)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="in use by another coach that is writing"):
            log(database, "Kept out. We met.")
        other.execute("ROLLBACK")
        other.close()
        log(database, "Let in. We met.")
    assert notes(tmp_path) == [NOTE, "Let in. We met."]
