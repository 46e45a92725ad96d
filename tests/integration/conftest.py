"""A memory of its own for a test, and the command line run in this process, with a fake model."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.cli.main import run
from coach.memory.store import MemoryStore
from coach.models import embedder
from coach.paths import Places
from coach.storage.database import Database
from coach.storage.pairs import Pair, PairStore
from tests.fakes import FakeEmbedder
from tests.integration.memory_fixtures import opened

Json = dict[str, Any]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database of the test's own."""
    with opened(tmp_path) as database:
        yield database


@pytest.fixture
def store(database: Database) -> MemoryStore:
    return MemoryStore(database)


@pytest.fixture
def rosa(database: Database) -> Pair:
    return PairStore(database).add("Rosa Lind", "mentor")


@pytest.fixture
def home(places: Places, fake_index: Places, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A home whose index is there already, with a fake in the place of the model."""
    monkeypatch.setattr(embedder, "load_embedder", lambda *_, **__: FakeEmbedder())
    shutil.copytree(fake_index.index, places.index)
    shutil.copytree(fake_index.cache, places.cache)
    return places


@pytest.fixture
def ok(home: Places, capsys: pytest.CaptureFixture[str]) -> Callable[..., Json]:
    """Runs a command with --json; it must succeed, print one document and nothing else."""

    def run_one(*arguments: str) -> Json:
        code = run([*arguments, "--json"])
        out, err = capsys.readouterr()
        assert (code, err) == (0, "")
        assert out.endswith("\n")
        found = json.loads(out)
        assert isinstance(found, dict)
        return found

    return run_one


@pytest.fixture
def fails(home: Places, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a command that must fail with ``code``; gives the one line on standard error."""

    def run_one(code: int, *arguments: str) -> str:
        assert run(list(arguments)) == code
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        title, colon, rest = err.partition(": ")
        assert title
        assert colon
        assert len(rest.split()) >= 3
        assert "Traceback" not in err
        return err

    return run_one
