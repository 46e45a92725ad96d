"""SQLCipher on one file: open it, copy it, check it, and say what went wrong in plain words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import exc
from sqlcipher3 import dbapi2 as sqlcipher

from coach.errors import StorageError
from coach.storage.keys import Key

BUSY_MILLISECONDS = 5_000

# A page of the file is decrypted with the key before anything is read, so a wrong key looks like
# "not a database". Temporary tables and sorts stay in memory: SQLCipher does not encrypt them.
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
)


def connect(path: Path, key: Key) -> Any:
    """An unlocked connection to work on ``path`` with, which is made if it is not there."""
    connection = sqlcipher.connect(
        path.as_uri(), uri=True, check_same_thread=False, isolation_level=None
    )
    try:
        _unlock(connection, key)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    path.chmod(0o600)
    return connection


@contextmanager
def reading(path: Path, key: Key) -> Iterator[Any]:
    """An unlocked connection that cannot change ``path``."""
    with explained(path):
        connection = sqlcipher.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
        try:
            _unlock(connection, key)
            connection.execute("PRAGMA temp_store = MEMORY")
            yield connection
        finally:
            connection.close()


def _unlock(connection: Any, key: Key) -> None:
    # SQLCipher would tell of a wrong key on standard error, beside what we say about it.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(key.pragma)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def copy_file(connection: Any, source: Path, target: Path, key: Key) -> dict[str, int]:
    """Copy the database of ``connection`` into a new file under ``key``; its tables' row counts.

    The copy is one moment's state, is opened and checked before it takes its name, and is on disk
    when this returns; a copy that fails leaves nothing. An older ``target`` is replaced.
    Raises :class:`StorageError`.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with explained(source):
            _discard(part)
            os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            counts = _export(connection, part, key)
        with reading(part, key) as copy:
            faults = find_faults(copy)
            if faults or count_rows(copy) != counts:
                raise StorageError(
                    "Storage", f"the copy {target} did not pass its check",
                    "Check the disk, and try again; the copied file was not touched.",
                )  # fmt: skip
        with explained(target):
            sync(part)
            part.replace(target)
            sync(target.parent)
    except BaseException:
        _discard(part)
        raise
    return counts


def _export(connection: Any, part: Path, key: Key) -> dict[str, int]:
    secret = key.secret if key.storage == "passphrase" else f"x'{key.secret}'"
    connection.execute("ATTACH DATABASE ? AS copy KEY ?", (f"{part.as_uri()}?mode=rwc", secret))
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("SELECT sqlcipher_export('copy')").fetchall()
        counts = count_rows(connection)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("DETACH DATABASE copy")
    return counts


def _discard(part: Path) -> None:
    for name in (part.name, f"{part.name}-journal"):
        part.with_name(name).unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have the system write a file or a folder out to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def count_rows(connection: Any) -> dict[str, int]:
    """How many rows each table has."""
    tables = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM main."{name}"').fetchone()[0]  # noqa: S608
        for (name,) in tables
    }


def find_faults(connection: Any) -> list[str]:
    """What SQLite and SQLCipher find wrong with the file; empty when it is sound."""
    checks = ("PRAGMA integrity_check", "PRAGMA cipher_integrity_check")
    rows = [str(row[0]) for check in checks for row in connection.execute(check).fetchall()]
    return [row for row in rows if row != "ok"]


def revision_of(connection: Any) -> str | None:
    """The migration that the file records; None for a file that is not of coach's making."""
    known = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    if not connection.execute(known).fetchone()[0]:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the driver or the system says into a :class:`StorageError` that says what to do."""
    try:
        yield
    except exc.DBAPIError as error:
        raise storage_error(path, str(error.orig)) from error
    except (sqlcipher.Error, OSError) as error:
        raise storage_error(path, str(error)) from error


_MEND = "Mend the permissions of the file and its folder."
_EXPLANATIONS = (
    ("not a database", "cannot be unlocked with this key, or is damaged",
     "Check the passphrase (COACH_PASSPHRASE) or restore a backup."),
    ("locked", "is in use by another coach that is writing", "Close it, or try again in a moment."),
    ("full", "could not be written: the disk is full",
     "Free some space; nothing was half written."),
    ("no space", "could not be written: the disk is full",
     "Free some space; nothing was half written."),
    ("disk i/o", "could not be written: the disk is full, or fails",
     "Free some space and check the disk; nothing was half written."),
    ("too large", "could not be written: it would grow over the size that is allowed",
     "Raise the limit; nothing was half written."),
    ("readonly", "cannot be written", _MEND),
    ("read-only", "cannot be written", _MEND),
    ("permission", "cannot be opened", _MEND),
    ("unable to open", "cannot be opened", "See that the file is there, and mend its permissions."),
    ("no such file", "is not there", "Check the name."),
    ("malformed", "is damaged", "Restore a backup with `coach restore`; run `coach doctor`."),
    ("foreign key", "no longer has what this belongs to: it was deleted meanwhile",
     "List the pairs with `coach pair list`."),
)  # fmt: skip


def storage_error(path: Path, said: str) -> StorageError:
    """The error for what the driver or the system said about ``path``."""
    for sign, what, remedy in _EXPLANATIONS:
        if sign in said.lower():
            return StorageError("Storage", f"{path} {what}", remedy)
    return StorageError("Storage", f"{path}: {said}", "Run `coach doctor`.")
