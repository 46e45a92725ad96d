"""Backup into one encrypted file, and back from it. Both are checked before they are said done."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from coach.errors import StorageError, UsageError
from coach.paths import Places, private_folder
from coach.storage.cipher import (
    connect,
    copy_file,
    explained,
    find_faults,
    reading,
    revision_of,
    storage_error,
    sync,
)
from coach.storage.database import refuse_newer
from coach.storage.keys import Key

_AUTOMATIC = ("*-schema-*.db", "*-replaced*")


@dataclass(frozen=True)
class Report:
    """What a backup holds or a restore brought back: rows by table.

    ``aside`` is where a restore has put the file that it replaced.
    """

    file: Path
    rows: dict[str, int]
    aside: Path | None = None


def backup(places: Places, key: Key, file: Path, passphrase: str | None = None) -> Report:
    """Write all that is kept into ``file``, locked with ``passphrase`` or else with ``key``.

    Other processes may go on working; the backup is one moment's state. When this returns, it has
    been opened and checked and is on disk. Raises :class:`StorageError`, and :class:`UsageError`
    when ``file`` is there already or there is nothing to back up.
    """
    file = file.expanduser().absolute()
    if file.exists():
        raise UsageError("Backup", f"{file} is there already", "Name another file.")
    if not places.database.exists():
        raise UsageError("Backup", "there is nothing to back up yet", "Add a pair first.")
    with explained(places.database):
        connection = connect(places.database, key)
    try:
        rows = copy_file(connection, places.database, file, _key(key, passphrase))
    finally:
        connection.close()
    return Report(file, rows)


def restore(
    places: Places,
    key: Key,
    file: Path,
    passphrase: str | None = None,
    *,
    force: bool = False,
) -> Report:
    """Put the backup ``file`` in the place of the database, under ``key``.

    The backup is opened, checked and copied first; only a sound copy takes the database's place,
    in one step. What it replaces is kept in the backups folder. Close every coach before: a
    database that is open anywhere is not replaced. One that ``key`` does not open is only with
    ``force``: it may be sound and have another passphrase.

    Raises :class:`StorageError`: wrong passphrase, damaged or newer backup, database in use.
    """
    file = file.expanduser().absolute()
    if not file.is_file():
        raise UsageError("Restore", f"there is no file {file}", "Check the name.")
    with explained(places.home):
        private_folder(places.home)
    fresh = places.database.with_name(f"{places.database.name}.restoring")
    with reading(file, _key(key, passphrase)) as source:
        _check(source, file)
        rows = copy_file(source, file, fresh, key)
    try:
        with explained(places.database):
            aside = _replace(places, key, fresh, force=force)
    finally:
        fresh.unlink(missing_ok=True)
    return Report(file, rows, aside)


def remove_automatic_copies(folder: Path) -> None:
    """Remove the copies in ``folder`` that coach made by itself, before migrating or restoring.

    They hold what was there then, so they go when something is to be forgotten.
    """
    for pattern in _AUTOMATIC:
        for copy in folder.glob(pattern):
            copy.unlink(missing_ok=True)


def _key(key: Key, passphrase: str | None) -> Key:
    return Key("passphrase", passphrase) if passphrase else key


def _check(source: Any, file: Path) -> None:
    revision = revision_of(source)
    if revision is None:
        raise StorageError("Restore", f"{file} is not a backup of coach", "Name another file.")
    refuse_newer(file, revision)
    if find_faults(source):
        raise StorageError("Restore", f"{file} is damaged", "Restore an older backup.")


def _replace(places: Places, key: Key, fresh: Path, *, force: bool) -> Path | None:
    if not places.database.exists():
        _remove_log(places.database)
        fresh.replace(places.database)
        sync(places.home)
        return None
    lock = _lock(places.database, key, force=force)
    try:
        aside = _keep_aside(places)
        _remove_log(places.database)
        fresh.replace(places.database)
        sync(places.home)
    finally:
        if lock is not None:
            lock.close()
    return aside


def _lock(path: Path, key: Key, *, force: bool) -> Any:
    """A connection that keeps others away from ``path``, its log emptied; None if it is damaged."""
    try:
        connection = connect(path, key)
    except sqlcipher.DatabaseError as error:
        if "not a database" in str(error) and not force:
            raise StorageError(
                "Restore", f"the database {path} cannot be unlocked with this key, or is damaged",
                "Check the passphrase, or give --force to set that file aside.",
            ) from None  # fmt: skip
        if "locked" in str(error):
            raise
        return None
    try:
        # Leaving WAL succeeds only for the file's one connection, and removes the log.
        connection.execute("PRAGMA busy_timeout = 500")
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        connection.execute("BEGIN EXCLUSIVE")
    except sqlcipher.DatabaseError as error:
        connection.close()
        if "locked" in str(error):
            raise StorageError(
                "Restore", f"{path} is open in another coach", "Close it, and try again."
            ) from None
        if "malformed" not in str(error):
            raise storage_error(path, str(error)) from None
        return None
    return connection


def _keep_aside(places: Places) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    aside = private_folder(places.backups) / f"{stamp}-replaced.db"
    for end in ("-wal", ""):
        with suppress(FileNotFoundError):
            copy = aside.with_name(aside.name + end)
            shutil.copyfile(f"{places.database}{end}", copy)
            copy.chmod(0o600)
            sync(copy)
    sync(aside.parent)
    return aside


def _remove_log(path: Path) -> None:
    """A log left of the old file would be played into the new one."""
    for end in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
