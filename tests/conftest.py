"""Fixtures shared by the tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from coach.bootstrap import Coach
from coach.models.embedder import load_embedder
from coach.models.weights import DEFAULT_MODEL
from coach.paths import Places
from coach.settings import load_settings
from tests.fakes import load_fake

# The same examples in every run; HYPOTHESIS_PROFILE=search looks for new ones. No deadline: a slow
# machine is no defect.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=50)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# Read now: each test runs without the caller's COACH_ variables.
_CACHE = Path(os.environ.get("COACH_CACHE") or ROOT / ".cache" / "coach").absolute()


@pytest.fixture(scope="session")
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that holds the default model's export, kept from one run to the next.

    Where there is none yet one process fills it, with what is learnt from the shipped texts too,
    and the others wait: each for itself would take the processor from the rest.
    """
    _CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(_CACHE / "tests.lock"), pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("filling")
        _isolate(patch, folder)
        places = Places(home=folder / "home", cache=_CACHE)
        load_embedder(places, DEFAULT_MODEL)
        made = Coach(places, load_settings(places))
        made.warm_up()
        made.read_examples()
        made.close()
    return _CACHE


def _isolate(patch: pytest.MonkeyPatch, nowhere: Path) -> None:
    for variable in [name for name in os.environ if name.startswith("COACH_")]:
        patch.delenv(variable)
    patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    patch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    patch.setenv("XDG_DATA_HOME", str(nowhere / "data"))
    patch.setenv("XDG_CACHE_HOME", str(nowhere / "cache"))


@pytest.fixture(scope="session")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a test that forgets to say where its data belongs would leave them."""
    return tmp_path_factory.mktemp("nowhere")


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, nowhere: Path) -> None:
    """No setting, keyring or data of whoever runs the tests reaches a test."""
    _isolate(monkeypatch, nowhere)


@pytest.fixture
def places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Places:
    """A home and a cache of this test's own; a test marked real shares the model's export."""
    cache = tmp_path / "cache"
    if request.node.get_closest_marker("real"):
        cache = request.getfixturevalue("model_cache")
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COACH_CACHE", str(cache))
    return Places(home=tmp_path / "home", cache=cache)


@pytest.fixture
def coach(places: Places) -> Iterator[Coach]:
    """A coach with a fake embedder, real storage and the shipped cards; searches by words."""
    made = Coach(places, load_settings(places), load_embedder=load_fake)
    yield made
    made.close()


@pytest.fixture(scope="session")
def fake_index(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A home whose index and vectors are already built with the fake embedder; copy, do not use.

    One process makes it for all: learning from the shipped examples takes half a minute.
    """
    run = tmp_path_factory.getbasetemp()
    folder = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "fake-index"
    places = Places(home=folder / "home", cache=folder / "cache")
    with FileLock(f"{folder}.lock"), pytest.MonkeyPatch.context() as patch:
        if not (folder / "made").exists():
            _isolate(patch, folder)
            made = Coach(places, load_settings(places), load_embedder=load_fake)
            made.warm_up()
            state = made.search_state
            made.close()
            assert not state
            (folder / "made").touch()
    return places


@pytest.fixture
def warm_coach(coach: Coach, fake_index: Places) -> Coach:
    """:func:`coach`, searching by the fake embedder's meaning too."""
    shutil.copytree(fake_index.index, coach.places.index)
    shutil.copytree(fake_index.cache, coach.places.cache)
    coach.warm_up()
    assert not coach.search_state
    return coach


@pytest.fixture(scope="session")
def real_coach(model_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    """Real weights, Chroma and SQLCipher in a home of its own, shared: look up, do not change."""
    folder = tmp_path_factory.mktemp("real")
    with pytest.MonkeyPatch.context() as patch:
        _isolate(patch, folder)
        places = Places(home=folder / "home", cache=model_cache)
        made = Coach(places, load_settings(places))
        made.warm_up()
        assert not made.search_state
    yield made
    made.close()
