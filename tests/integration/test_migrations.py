from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from memory_fixtures import DAY, KEY, noticed, opened, places_in

from coach.errors import StorageError
from coach.memory.store import MemoryStore
from coach.storage import database as module
from coach.storage import schema
from coach.storage.cipher import reading, revision_of
from coach.storage.conversations import ConversationStore
from coach.storage.database import open_database
from coach.storage.keys import Key
from coach.storage.pairs import PairStore
from coach.storage.papers import PaperStore


def first_release(folder: Path) -> None:
    """A database as the release with schema 0001 left it, with something in each table."""
    places = places_in(folder)
    places.home.mkdir(parents=True)
    engine = module._engine(module.connect(places.database, KEY))
    with engine.connect() as connection, connection.begin():
        config = module._alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in (
            "INSERT INTO pairs VALUES"
            " (1, 'rosa-lind', 'Rosa Lind', 'mentor', '2025-01-02 10:00:00')",
            "INSERT INTO conversations VALUES (1, 1, 'Hello', '2025-01-02 10:01:00')",
            "INSERT INTO messages VALUES (1, 1, 'user', 'Hello', 'complete',"
            " '2025-01-02 10:01:00', '{}')",
            "INSERT INTO documents VALUES"
            " ('abc', 'Handbook', '/h.md', 'ff', '2025-01-02 10:02:00')",
            "INSERT INTO chunks VALUES (1, 'abc', 1, '', 'text', NULL, NULL)",
        ):
            connection.exec_driver_sql(statement)
    engine.dispose()


def test_the_previous_releases_file_is_migrated_with_its_data(tmp_path: Path) -> None:
    first_release(tmp_path)
    with opened(tmp_path) as database:
        (rosa,) = PairStore(database).all()
        chats = ConversationStore(database)
        chat = chats.latest(rosa.id)
        assert chat is not None
        assert [message.text for message in chats.messages(chat)] == ["Hello"]
        store = MemoryStore(database)
        assert store.add_session(rosa, DAY, "We met.", noticed()).session.number == 1
        assert database.check() == []
    (copy,) = places_in(tmp_path).backups.iterdir()
    assert copy.name.endswith("-schema-0001.db")
    with reading(copy, KEY) as connection:
        assert revision_of(connection) == "0001"
        assert connection.execute("SELECT name FROM pairs").fetchall() == [("Rosa Lind",)]


def test_the_file_of_the_release_with_memory_is_migrated_with_its_items(tmp_path: Path) -> None:
    first_release(tmp_path)
    places = places_in(tmp_path)
    engine = module._engine(module.connect(places.database, KEY))
    with engine.connect() as connection, connection.begin():
        config = module._alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.exec_driver_sql(
            "INSERT INTO sessions VALUES"
            " (1, 1, 1, '2025-02-03', 'She will chair.', 'aa', '2025-02-03 10:00:00')"
        )
        connection.exec_driver_sql(
            "INSERT INTO items (id, pair_id, session_id, kind, about, owner, text, quote, status,"
            " private, said_on, importance, surfaced, created_at, updated_at) VALUES"
            " (1, 1, 1, 'commitment', 'them', 'them', 'Rosa chairs', 'She will chair.', 'open', 0,"
            " '2025-02-03', 1.0, 0, '2025-02-03 10:00:00', '2025-02-03 10:00:00')"
        )
    engine.dispose()
    with opened(tmp_path) as database:
        (rosa,) = PairStore(database).all()
        assert [item.text for item in MemoryStore(database).items(rosa)] == ["Rosa chairs"]
        assert PaperStore(database).keep(rosa, "goal", "chair", {"n": 1}, DAY).version == 1
        assert database.check() == []
    (copy,) = places.backups.iterdir()
    assert copy.name.endswith("-schema-0002.db")


def test_a_new_file_needs_no_copy(tmp_path: Path) -> None:
    with opened(tmp_path):
        assert not places_in(tmp_path).backups.exists()


def test_migrating_gives_what_the_schema_says(tmp_path: Path) -> None:
    first_release(tmp_path)
    with opened(tmp_path) as database, database.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"target_metadata": schema.metadata, "compare_type": True}
        )
        assert compare_metadata(context, schema.metadata) == []


def test_a_newer_file_is_left_alone(tmp_path: Path) -> None:
    with opened(tmp_path) as database, database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = places_in(tmp_path).database.read_bytes()
    with pytest.raises(StorageError, match="newer version of coach"):
        open_database(places_in(tmp_path), KEY)
    assert places_in(tmp_path).database.read_bytes() == before


def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_release(tmp_path)

    def half_done(config: object, revision: str) -> None:
        connection = config.attributes["connection"]  # type: ignore[attr-defined]
        connection.exec_driver_sql("DROP TABLE chunks")
        raise RuntimeError(revision)

    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", half_done)
        with pytest.raises(RuntimeError):
            open_database(places_in(tmp_path), KEY)
    with reading(places_in(tmp_path).database, KEY) as connection:
        assert revision_of(connection) == "0001"
        assert connection.execute("SELECT count(*) FROM chunks").fetchone() == (1,)


def test_a_wrong_key_is_one_clear_error(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    with pytest.raises(StorageError, match="cannot be unlocked with this key, or is damaged"):
        open_database(places_in(tmp_path), Key("file", "cd" * 32))
