"""Two apps on the same data: the first writes, the second reads, and commands write beside both."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.bootstrap.app_coach import AppCoach
from coach.errors import CoachError, StorageError
from coach.paths import Places
from coach.settings import Settings

DAY = date(2026, 3, 2)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places(tmp_path / "home", tmp_path / "cache")
    made.home.mkdir(mode=0o700)
    made.key_file.touch(mode=0o600)
    made.key_file.write_text("5a" * 32 + "\n")
    return made


@pytest.fixture
def first(places: Places) -> Iterator[AppCoach]:
    coach = app(places)
    yield coach
    coach.close()


def app(places: Places) -> AppCoach:
    coach = AppCoach(places, Settings(), today=DAY)
    coach.open()
    return coach


def test_the_second_app_reads_and_keeps_nothing(places: Places, first: AppCoach) -> None:
    pair = first.add_pair("Rosa Lind", "mentor")
    first.conversation_store.add(first.resume(pair), "user", "Her viva is on Friday.")
    second = app(places)
    assert (first.read_only, second.read_only) == (False, True)
    assert [m.text for m in second.history(second.resume(pair))] == ["Her viva is on Friday."]
    before = len(second.conversations(pair))
    assert second.history(second.new_conversation(pair)) == []
    for write in (
        lambda: second.add_pair("Jonas", "mentee"),
        lambda: second.keep_draft(pair, "message", "unsent"),
        lambda: second.take_back(second.resume(pair)),
        lambda: second.change_setting("theme", "light"),
    ):
        with pytest.raises(CoachError, match="only one app at a time writes"):
            write()
    assert len(second.conversations(pair)) == before
    assert [one.name for one in second.pairs()] == ["Rosa Lind"]
    assert not places.settings_file.exists()
    second.close()


def test_a_command_writes_beside_the_apps(places: Places, first: AppCoach) -> None:
    second = app(places)
    command = Coach(places, Settings(), today=DAY)
    pair = command.add_pair("Rosa Lind", "mentor")
    command.memory.log(pair, DAY, "Her viva is on Friday.")
    command.close()
    assert [one.name for one in first.pairs()] == [one.name for one in second.pairs()]
    assert first.memory.store.sessions(pair) == second.memory.store.sessions(pair) != []
    second.close()


def test_the_second_app_takes_over_when_the_first_has_closed(places: Places) -> None:
    first = app(places)
    pair = first.add_pair("Rosa Lind", "mentor")
    second = app(places)
    assert (second.may_write(), second.take_lock()) == (False, False)
    first.close()
    assert (second.may_write(), second.read_only) == (True, True)
    assert second.take_lock()
    second.keep_draft(pair, "message", "kept")
    third = app(places)
    assert third.read_only
    assert third.draft(pair, "message") == "kept"
    third.close()
    second.close()


def test_an_app_that_was_killed_holds_nothing(places: Places) -> None:
    code = f"""
import os, signal
from pathlib import Path
from coach.paths import Places
from coach.storage.app_lock import AppLock
lock = AppLock(Places(Path({str(places.home)!r}), Path({str(places.cache)!r})))
assert lock.take()
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    coach = app(places)
    assert not coach.read_only
    coach.close()


def test_where_the_first_app_has_made_nothing_yet(places: Places) -> None:
    from coach.storage.app_lock import AppLock

    lock = AppLock(places)
    assert lock.take()
    with pytest.raises(StorageError, match="being made by another coach"):
        app(places)
    assert not places.database.exists()
    lock.release()
