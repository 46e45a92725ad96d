"""kill -9 at any moment: what was acknowledged is there, nothing is half there."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import sys
from collections.abc import Callable
from multiprocessing import forkserver
from pathlib import Path

import kill_workers
import pytest
from memory_fixtures import KEY, opened, places_in
from test_migrations import first_release

from coach.memory.store import MemoryStore
from coach.memory.vectors import ensure_vectors
from coach.storage.backup import backup
from coach.storage.cipher import find_faults, reading
from coach.storage.drafts import DraftStore
from coach.storage.pairs import PairStore

TURNS = 1_200

Work = Callable[[Path, Callable[[object], None]], None]

processes = multiprocessing.get_context("forkserver")


@pytest.fixture(scope="module", autouse=True)
def preloaded() -> None:
    """Imports are done once, in the process that the workers are forked from."""
    processes.set_forkserver_preload(["kill_workers"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
        forkserver.ensure_running()


def killed(work: Work, folder: Path, chance: random.Random, acks: int, steps: int) -> list[object]:
    """Run ``work`` until it is killed, or finished; what it acknowledged.

    It is killed at a point drawn at random: within ``steps`` looks of its own, or after one of
    its first ``acks`` acknowledgements.
    """
    receive, send = processes.Pipe(duplex=False)
    by_itself = acks == 0 or chance.random() < 0.6
    limit = int(steps ** chance.random()) if by_itself else None
    worker = processes.Process(target=kill_workers.run, args=(work, folder, limit, send))
    worker.start()
    send.close()
    last = None if by_itself else chance.randint(1, acks)
    heard: list[object] = []
    try:
        while len(heard) != last:
            heard.append(receive.recv())
    except EOFError:
        pass  # the worker is gone
    worker.kill()
    worker.join()
    try:
        while receive.poll():
            heard.append(receive.recv())
    except EOFError:
        pass
    receive.close()
    return [each for each in heard if each != "finished"]


def start(folder: Path) -> None:
    with opened(folder) as database:
        PairStore(database).add("Rosa Lind", "mentor")


def times(slow: int) -> pytest.MarkDecorator:
    """Five rounds, and ``slow`` more in the slow set."""
    few = [pytest.param(seed) for seed in range(5)]
    many = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(5, slow)]
    return pytest.mark.parametrize("seed", few + many)


@times(60)
def test_logging(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    start(tmp_path)
    acknowledged = 0
    for _ in range(2):
        for number in killed(kill_workers.log, tmp_path, chance, acks=20, steps=600):
            assert number == acknowledged + 1
            acknowledged = int(str(number))
        with opened(tmp_path) as database:
            assert database.check() == []
            (pair,) = PairStore(database).all()
            store = MemoryStore(database)
            notes = [session.note for session in store.sessions(pair)]
            # One more may have been kept and not acknowledged yet.
            assert len(notes) - acknowledged in {0, 1}
            assert notes == [kill_workers.note(n) for n in range(1, len(notes) + 1)]
            assert len(store.items(pair)) == 3 * len(notes)
            still_open = store.items(pair, status="open")
            assert {item.session for item in still_open} == ({len(notes)} if notes else set())
            assert len(still_open) == min(3 * len(notes), 3)
            acknowledged = len(notes)


@times(50)
def test_importing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    start(tmp_path)
    lines = [{"id": f"t{n}", "speaker": "Rosa", "text": f"sentence {n}"} for n in range(TURNS)]
    (tmp_path / "turns.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    for _ in range(2):
        heard = killed(kill_workers.bring_in, tmp_path, chance, acks=10, steps=3_000)
        with opened(tmp_path) as database:
            assert database.check() == []
            (pair,) = PairStore(database).all()
            kept = MemoryStore(database).counts(pair)["turns"]
            assert kept >= max([0, *map(int, map(str, heard))])
            assert kept % 250 == 0 or kept == TURNS
    with opened(tmp_path) as database:
        kill_workers.bring_in(tmp_path, lambda _: None)
        assert MemoryStore(database).counts(pair)["turns"] == TURNS
        assert ensure_vectors(database, pair, kill_workers.BagEmbedder()) == 0


@times(50)
def test_backing_up_and_restoring(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    start(tmp_path)
    kill_workers.log(tmp_path, lambda _: None)
    for _ in range(2):
        killed(kill_workers.back_up, tmp_path, chance, acks=6, steps=2_000)
        files = [places_in(tmp_path).database, *tmp_path.glob("*.backup")]
        for file in files:
            with reading(file, KEY) as connection:
                assert find_faults(connection) == []
                rows = connection.execute("SELECT count(*) FROM sessions").fetchone()
                assert rows == (kill_workers.MANY,)
    # What a killed one left behind is in nobody's way.
    backup(places_in(tmp_path), KEY, tmp_path / "after.backup")


@times(20)
def test_writing_a_draft(tmp_path: Path, seed: int) -> None:
    start(tmp_path)
    heard = killed(kill_workers.write, tmp_path, random.Random(seed), acks=20, steps=300)
    last = int(str(heard[-1])) if heard else 0
    with opened(tmp_path) as database:
        assert database.check() == []
        (pair,) = PairStore(database).all()
        kept = DraftStore(database).read(pair.id, "note")
    # The last that was acknowledged, or the one after it: whole, and never none in between.
    assert kept in {kill_workers.note(n) if n else "" for n in (last, last + 1)}


@times(40)
def test_migrating(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    first_release(tmp_path)
    for _ in range(2):
        killed(kill_workers.migrate, tmp_path, chance, acks=0, steps=60)
        with reading(places_in(tmp_path).database, KEY) as connection:
            assert find_faults(connection) == []
            assert connection.execute("SELECT name FROM pairs").fetchall() == [("Rosa Lind",)]
    with opened(tmp_path) as database:
        assert database.check() == []
        assert MemoryStore(database).items(PairStore(database).find("rosa")) == []
