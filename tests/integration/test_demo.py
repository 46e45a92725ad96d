"""The demonstration: an invented year, apart from anybody's data, and gone afterwards."""

from __future__ import annotations

import os
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.bootstrap.coach import Coach
from coach.bootstrap.demo import PREFIX, Demo, open_demo, remove_own, written
from coach.paths import Places
from tests.fakes import load_fake

TODAY = date(2026, 5, 20)


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of this test's own."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def told(demo: Demo) -> tuple[object, ...]:
    pair = demo.pairs()[0]
    items = [(i.text, i.when, i.status, i.session) for i in demo.remembered(pair)]
    return items, demo.brief_page(pair), demo.standings()[0].threads


def test_real_data_are_untouched_and_nothing_is_left(
    coach: Coach, places: Places, temporary: Path
) -> None:
    coach.add_pair("Real Person", "mentor")
    coach.close()
    before = content(places.home)
    demo = open_demo(today=TODAY, load_embedder=load_fake)
    demo.log_session(demo.pairs()[0], TODAY, "Mira promised to write by Friday.")
    assert demo.places.home.parent == temporary
    assert demo.places.key_file.stat().st_mode & 0o077 == 0
    assert [pair.name for pair in demo.pairs()] == ["Mira Example"]
    demo.close()
    assert content(places.home) == before
    assert not list(temporary.iterdir())


def test_it_is_the_same_for_the_same_day() -> None:
    first = open_demo(today=TODAY, load_embedder=load_fake)
    second = open_demo(today=TODAY, load_embedder=load_fake)
    assert told(first) == told(second)
    first.close()
    second.close()


@pytest.mark.parametrize("today", [TODAY, date(2024, 2, 29), date(2027, 1, 1)])
def test_a_year_is_there_to_look_at(today: date) -> None:
    demo = open_demo(today=today, load_embedder=load_fake)
    pair = demo.pairs()[0]
    stands = demo.standings()[0]
    assert stands.sessions == 10
    assert stands.coming is not None
    assert today < stands.coming.on <= today + timedelta(days=9)
    assert stands.last is not None
    assert timedelta(days=20) < today - stands.last < timedelta(days=35)
    assert len(stands.overdue) == 1
    assert stands.due
    assert len(stands.threads) >= 4
    assert any(item.private for item in demo.remembered(pair))
    assert {goal.status for goal in demo.planning.goals(pair)} == {"open", "done"}
    assert demo.agreements.gaps(pair)
    assert len(demo.planning.checks(pair)) == 8
    assert len(demo.conversation_store.recent_replies(pair.id, 20)) == 3
    assert demo.brief_page(pair)[0] == stands.coming.on
    demo.close()


def test_what_was_left_behind_goes(temporary: Path) -> None:
    old, fresh = temporary / f"{PREFIX}1-a", temporary / f"{PREFIX}{os.getpid()}-b"
    other = temporary / "somebody-elses"
    for folder in (old, fresh, other):
        folder.mkdir()
        (folder / "coach.db").touch()
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    open_demo(today=TODAY, load_embedder=load_fake).close()
    assert sorted(temporary.iterdir()) == sorted([fresh, other])
    remove_own()
    assert list(temporary.iterdir()) == [other]


def test_days_are_written_out() -> None:
    day, today = date(2025, 12, 25), date(2026, 5, 20)
    said = written("{day}, {day+7} and {today-2}", day, today)
    assert said == "Thursday 25 December, Thursday 1 January 2026 and Monday 18 May 2026"
