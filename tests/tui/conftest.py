from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.bootstrap.coach import Coach
from coach.paths import Places
from coach.settings import load_settings
from tests.fakes import load_fake

from .fakes import FakeCoach, Memory


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """The folders of someone who has used the program before."""
    places = Places(home=tmp_path / "home", cache=tmp_path / "cache")
    places.home.mkdir(mode=0o700)
    places.database.touch()
    return places


@pytest.fixture
def new_places(tmp_path: Path) -> Places:
    """The folders of a first start: nothing is there."""
    return Places(home=tmp_path / "home", cache=tmp_path / "cache")


@pytest.fixture
def memory() -> Memory:
    """One pair, Amara, whose mentor the user is, and no conversation yet."""
    memory = Memory()
    FakeCoach(memory).add_pair("Amara Osei", "mentor")
    return memory


@pytest.fixture
def fake(memory: Memory) -> FakeCoach:
    return FakeCoach(memory)


@pytest.fixture
def coach(new_places: Places) -> Iterator[Coach]:
    """The real service over a database of its own, with a fake in the place of the model."""
    made = Coach(new_places, load_settings(new_places), load_embedder=load_fake)
    yield made
    made.close()


@pytest.fixture
def real_places(model_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """An empty home and the real model's cache, for a program of its own."""
    places = Places(home=tmp_path / "home", cache=model_cache)
    monkeypatch.setenv("COACH_HOME", str(places.home))
    monkeypatch.setenv("COACH_CACHE", str(places.cache))
    return places
