"""The database: one open connection, transactions, migrations."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as sqlcipher

from coach.errors import StorageError
from coach.paths import Places, private_folder
from coach.storage import schema
from coach.storage.cipher import connect, copy_file, explained, find_faults
from coach.storage.keys import Key

if TYPE_CHECKING:
    from alembic.config import Config

_BACKUPS_KEPT = 5


class Database:
    """One open connection to one encrypted file, shared by the threads of this process.

    Transactions are serialised by a lock: SQLite has one writer, and a pair's data is small.
    """

    def __init__(self, engine: Engine, path: Path, *, read_only: bool = False) -> None:
        self._engine = engine
        self._lock = threading.RLock()
        self.path = path
        self.read_only = read_only
        """Whether somebody else writes, so that this process may not."""

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits (durably) on leaving the block, or leaves no trace.

        Raises :class:`StorageError` when the file is busy, full, read-only or damaged, or when
        another app writes.
        """
        if self.read_only:
            raise StorageError(
                "Read-only",
                "coach is open elsewhere, and only one app at a time writes; this was not kept",
                "Close the other one, then press Ctrl+R here.",
            )
        with self._transaction(write=True) as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view of the data for the block."""
        with self._transaction(write=False) as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[Connection]:
        with self._lock, explained(self.path):
            connection = self._engine.connect().execution_options(coach_write=write)
            with connection, connection.begin():
                yield connection

    def check(self) -> list[str]:
        """What SQLite and SQLCipher find wrong with the file; empty when it is sound."""
        with self._lock, explained(self.path), _driver(self._engine) as connection:
            return find_faults(connection)

    def scrub(self) -> None:
        """Empty the write-ahead log, so that nothing deleted is left in an old copy of a page.

        Another process that is reading puts this off until the file is next closed.
        """
        with self._lock, explained(self.path), _driver(self._engine) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Give back the file; the object is of no more use."""
        with self._lock:
            self._engine.dispose()


def open_database(places: Places, key: Key, *, read_only: bool = False) -> Database:
    """Open, and where needed make or migrate, the database in ``places``.

    With ``read_only`` nothing is made or migrated. Raises :class:`StorageError`: wrong key,
    read-only folder, newer file, damaged file.
    """
    path = places.database
    with explained(path):
        private_folder(places.home)
        connection = connect(path, key)
        engine = _engine(connection)
        try:
            if not read_only:
                _migrate(engine, key, path, places.backups)
            elif _revision(engine) != schema.HEAD:
                raise being_made(path)
        except BaseException:
            engine.dispose()
            raise
    return Database(engine, path, read_only=read_only)


def being_made(path: Path) -> StorageError:
    """What is wrong when there is nothing to read yet."""
    return StorageError(
        "Storage", f"{path} is being made by another coach", "Try again in a moment."
    )


def _engine(connection: Any) -> Engine:
    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=lambda: connection, poolclass=StaticPool
    )

    # The driver's own transaction handling starts too late (SQLAlchemy's documented recipe).
    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        writing = conn.get_execution_options().get("coach_write", True)
        conn.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _migrate(engine: Engine, key: Key, path: Path, backups: Path) -> None:
    revision = _revision(engine)
    if revision == schema.HEAD:
        return
    from alembic import command

    refuse_newer(path, revision)
    if revision is not None:
        _back_up(engine, key, path, private_folder(backups), revision)
    with engine.connect() as connection, connection.begin():
        if _revision_on(connection) == schema.HEAD:
            return  # another process migrated while this one waited for the lock
        config = _alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def refuse_newer(path: Path, revision: str | None) -> None:
    """Raise :class:`StorageError` for a schema that this version of coach does not know."""
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions()}
    if revision is not None and revision not in known:
        raise StorageError(
            "Storage",
            f"{path} was written by a newer version of coach (schema {revision})",
            "Update coach; the file was not touched.",
        )


def _alembic() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _revision(engine: Engine) -> str | None:
    with engine.connect().execution_options(coach_write=False) as connection, connection.begin():
        return _revision_on(connection)


def _revision_on(connection: Connection) -> str | None:
    from sqlalchemy import inspect

    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(row) if row else None


def _back_up(engine: Engine, key: Key, path: Path, folder: Path, revision: str) -> None:
    """Copy the file, encrypted with the same key, before a migration; the newest few are kept."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    with _driver(engine) as connection:
        copy_file(connection, path, folder / f"{stamp}-schema-{revision}.db", key)
    for old in sorted(folder.glob("*-schema-*.db"))[:-_BACKUPS_KEPT]:
        old.unlink()


@contextmanager
def _driver(engine: Engine) -> Iterator[Any]:
    """The driver's own connection, outside any transaction: for statements that allow none."""
    pooled = engine.raw_connection()
    try:
        yield pooled.driver_connection
    finally:
        pooled.close()
