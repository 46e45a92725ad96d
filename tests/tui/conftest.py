from __future__ import annotations

from pathlib import Path

import pytest

from coach.paths import Places

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
