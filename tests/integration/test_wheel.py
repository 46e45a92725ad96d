"""The wheel, installed far from the checkout, answers with the content that it carries."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from coach.paths import Places
from tests.conftest import ROOT

pytestmark = pytest.mark.real


def run(*command: object, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=ROOT)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment that holds the wheel, and sees the packages that it needs.

    A path file adds the folder of packages, but the path files inside that folder are not read:
    the checkout that is installed there for editing stays out of sight.
    """
    home = tmp_path_factory.mktemp("away") / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    (packages,) = home.glob("lib/python*/site-packages")
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--no-deps",
        "--no-index", "--disable-pip-version-check", "--target", packages, wheel,
        cwd=home)  # fmt: skip
    (packages / "needed.pth").write_text("\n".join(site.getsitepackages()))
    return home


def test_the_wheel_holds_the_content_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    cards = [name for name in names if name.startswith("coach/_data/knowledge/cards/")]
    assert len(cards) == 48
    for name in ("knowledge/sources.toml", "knowledge/intents.toml", "knowledge/out-of-scope.toml",
                 "prompts/voice.md"):  # fmt: skip
        assert f"coach/_data/{name}" in names
    assert "coach/tui/coach.tcss" in names
    assert "coach/storage/migrations/versions/0001_first.py" in names
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"coach", "mentoring_coach"}


def test_installed_elsewhere_it_answers(installed: Path, places: Places) -> None:
    python = installed / "bin" / "python"
    where = run(python, "-c", "import coach; print(coach.__file__)", cwd=installed)
    assert Path(where.strip()).is_relative_to(installed)
    answer = json.loads(
        run(python, "-m", "coach", "ask", "--json", "She rings me on Sundays and I can't say no.",
            cwd=installed, COACH_HOME=str(places.home), COACH_CACHE=str(places.cache))
    )  # fmt: skip
    assert answer["citations"]
    assert not answer["refused"]
    assert places.database.exists()
