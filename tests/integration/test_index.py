"""The vector index on real Chroma: searches right, and survives whatever happens to its folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.errors import IndexUnavailableError
from coach.library import index as module
from coach.library.index import Recipe, VectorIndex, find_fault, open_or_build, recipe_for
from tests.conftest import ROOT

COUNT, DIMENSION = 60, 12
IDS = [f"text-{n}" for n in range(COUNT)]


def unit(seed: int, count: int) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


VECTORS = unit(7, COUNT)
RECIPE = recipe_for(IDS, IDS, "a-model", DIMENSION)


def opened(root: Path, steps: list[str] | None = None) -> VectorIndex:
    say = [] if steps is None else steps
    return open_or_build(root, RECIPE, IDS, lambda: VECTORS, say.append)


def assert_searches(index: VectorIndex) -> None:
    """The index finds what comparing with every vector finds."""
    for vector in unit(8, 6):
        similar = VECTORS @ vector
        best = (-similar).argsort()[:5]
        found = index.search(vector, 5)
        assert [key for key, _ in found] == [IDS[i] for i in best]
        assert [score for _, score in found] == pytest.approx(list(similar[best]), abs=1e-5)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one sound, closed index; copy it."""
    root = tmp_path_factory.mktemp("built") / "index"
    opened(root).close()
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "index"))


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Folders for which the costly check was asked for; it is made in this process instead."""
    asked: list[Path] = []

    def check(folder: Path, count: int) -> bool:
        asked.append(folder)
        return module._check(folder, count)

    monkeypatch.setattr(module, "_opens_in_subprocess", check)
    return asked


def test_built_opened_searched_and_opened_again(tmp_path: Path) -> None:
    root, steps = tmp_path / "index", list[str]()
    index = opened(root, steps)
    assert_searches(index)
    assert len(index.search(VECTORS[0], 10_000)) == COUNT
    index.close()
    again = opened(root, steps)
    assert_searches(again)
    again.close()
    assert steps == ["indexing the library"]


def test_a_normal_start_pays_for_no_check(root: Path, checks: list[Path]) -> None:
    for _ in range(2):
        opened(root).close()
    assert checks == []


def test_nothing_of_it_is_readable_by_others(root: Path) -> None:
    assert root.stat().st_mode & 0o077 == 0
    assert (root / RECIPE.name).stat().st_mode & 0o077 == 0


def test_an_empty_library_has_an_index_too(tmp_path: Path, checks: list[Path]) -> None:
    recipe = recipe_for([], [], "a-model", DIMENSION)
    nothing = np.zeros((0, DIMENSION), np.float32)
    index = open_or_build(tmp_path / "index", recipe, [], lambda: nothing)
    assert index.search(VECTORS[0], 5) == []
    index.close()


@pytest.mark.parametrize(
    "other",
    [
        recipe_for([*IDS[:-1], "other"], IDS, "a-model", DIMENSION),
        recipe_for(IDS, [*IDS[:-1], "other"], "a-model", DIMENSION),
        recipe_for(IDS, IDS, "another-model", DIMENSION),
        recipe_for(IDS, IDS, "a-model", DIMENSION + 1),
        replace(RECIPE, count=COUNT - 1),
        replace(RECIPE, format=99),
    ],
)
def test_whatever_it_is_made_from_changes_its_name(other: Recipe) -> None:
    assert other.name != RECIPE.name


def test_another_chroma_makes_another_index(monkeypatch: pytest.MonkeyPatch) -> None:
    name = RECIPE.name
    monkeypatch.setattr(module, "version", lambda _: "99.0")
    assert RECIPE.name != name


# -- faults ----------------------------------------------------------------------------------------


def native(root: Path) -> Path:
    """The largest of the files that Chroma's native part reads."""
    return max((root / RECIPE.name).glob("*/*"), key=lambda path: path.stat().st_size)


def manifest(root: Path) -> Path:
    return root / RECIPE.name / "manifest.json"


def catalogue(root: Path) -> Path:
    return root / RECIPE.name / "chroma.sqlite3"


def truncated(root: Path) -> None:
    os.truncate(native(root), native(root).stat().st_size // 2)


def huge_and_sparse(root: Path) -> None:
    os.truncate(native(root), 10 * 1024**3)


def emptied(root: Path) -> None:
    os.truncate(native(root), 0)


def garbage(root: Path) -> None:
    native(root).write_bytes(b"\xa5" * native(root).stat().st_size)


def one_byte_off(root: Path) -> None:
    content = bytearray(native(root).read_bytes())
    content[len(content) // 2] ^= 0xFF
    native(root).write_bytes(content)


def native_file_missing(root: Path) -> None:
    native(root).unlink()


def foreign_file(root: Path) -> None:
    native(root).with_name("foreign.bin").write_bytes(b"x")


def catalogue_garbled(root: Path) -> None:
    size = catalogue(root).stat().st_size
    catalogue(root).write_bytes(b"SQLite format 3\0" + b"\x00\xff" * (size // 2))


def catalogue_half(root: Path) -> None:
    os.truncate(catalogue(root), catalogue(root).stat().st_size // 2)


def catalogue_huge(root: Path) -> None:
    os.truncate(catalogue(root), 10 * 1024**3)


def catalogue_empty(root: Path) -> None:
    catalogue(root).write_bytes(b"")


def catalogue_missing(root: Path) -> None:
    catalogue(root).unlink()


def manifest_garbage(root: Path) -> None:
    manifest(root).write_bytes(b"\xff\x00{")


def manifest_of_other_types(root: Path) -> None:
    known = json.loads(manifest(root).read_text())
    manifest(root).write_text(json.dumps({**known, "files": dict.fromkeys(known["files"], 3)}))


def manifest_a_list(root: Path) -> None:
    manifest(root).write_text("[]")


def manifest_missing(root: Path) -> None:
    manifest(root).unlink()


def written_by_another_version(root: Path) -> None:
    known = json.loads(manifest(root).read_text())
    manifest(root).write_text(json.dumps({**known, "chroma": "0.4.24"}))


def emptied_folder(root: Path) -> None:
    shutil.rmtree(root / RECIPE.name)
    (root / RECIPE.name).mkdir()


def a_file_instead_of_the_folder(root: Path) -> None:
    shutil.rmtree(root / RECIPE.name)
    (root / RECIPE.name).write_bytes(b"x")


FAULTS = [
    truncated, huge_and_sparse, emptied, garbage, one_byte_off, native_file_missing, foreign_file,
    catalogue_garbled, catalogue_half, catalogue_huge, catalogue_empty, catalogue_missing,
    manifest_garbage, manifest_of_other_types, manifest_a_list, manifest_missing,
    written_by_another_version, emptied_folder, a_file_instead_of_the_folder,
]  # fmt: skip


@pytest.mark.parametrize("harm", FAULTS)
def test_a_harmed_index_is_set_aside_and_built_again(
    root: Path, harm: Callable[[Path], None], checks: list[Path]
) -> None:
    harm(root)
    steps: list[str] = []
    index = opened(root, steps)
    assert_searches(index)
    index.close()
    if harm is catalogue_huge and not steps:
        return  # SQLite reads no further than its own header says: nothing was harmed
    assert [step.partition(" (")[0] for step in steps] == [
        "setting a damaged index aside",
        "indexing the library",
    ]
    assert len(list(root.glob("set-aside-*"))) == 1
    assert find_fault(root / RECIPE.name, RECIPE) == ""


def test_an_index_that_opens_and_holds_something_else_is_replaced(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        module, "_opens_in_subprocess", lambda folder, _: folder.name.startswith(".building")
    )
    few = recipe_for(IDS[:9], IDS[:9], "a-model", DIMENSION)
    other = tmp_path / "other"
    open_or_build(other, few, IDS[:9], lambda: VECTORS[:9]).close()
    disguised = json.loads((other / few.name / "manifest.json").read_text())
    disguised["recipe"]["content"], disguised["recipe"]["count"] = RECIPE.content, COUNT
    (other / few.name / "manifest.json").write_text(json.dumps(disguised))
    shutil.rmtree(root / RECIPE.name)
    shutil.copytree(other / few.name, root / RECIPE.name)
    index = opened(root)
    assert_searches(index)
    index.close()
    assert [path.name for path in root.glob("*/open-*")] == []


def test_a_file_in_the_place_of_the_root_is_set_aside(tmp_path: Path, checks: list[Path]) -> None:
    root = tmp_path / "index"
    root.write_bytes(b"mine")
    index = opened(root)
    assert_searches(index)
    index.close()
    (aside,) = tmp_path.glob("set-aside-*")
    assert aside.read_bytes() == b"mine"


def test_set_aside_folders_do_not_pile_up(root: Path, checks: list[Path]) -> None:
    for _ in range(3):
        truncated(root)
        opened(root).close()
    assert len([path for path in root.iterdir() if path.is_dir()]) <= 2


def test_what_a_killed_build_left_is_removed(tmp_path: Path, checks: list[Path]) -> None:
    root = tmp_path / "index"
    left = root / ".building-999999"
    left.mkdir(parents=True)
    (left / "chroma.sqlite3").write_bytes(b"half")
    index = opened(root)
    assert_searches(index)
    index.close()
    assert list(root.glob(".building-*")) == []


def test_no_index_can_be_had_when_chroma_itself_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise RuntimeError("database or disk is full")

    monkeypatch.setattr(module, "_client", fail)
    with pytest.raises(IndexUnavailableError, match=r"disk is full.*by words"):
        opened(tmp_path / "index")
    assert list((tmp_path / "index").glob(".building-*")) == []


def test_no_index_can_be_had_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(IndexUnavailableError, match="cannot be used"):
        opened(tmp_path / "file" / "index")


# -- processes that died ---------------------------------------------------------------------------


@pytest.fixture
def dead_pid() -> int:
    """The id of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_the_mark_of_a_dead_process_leads_to_the_costly_check(
    root: Path, checks: list[Path], dead_pid: int
) -> None:
    mark = root / RECIPE.name / f"open-{dead_pid}"
    mark.touch()
    index = opened(root)
    assert checks == [root / RECIPE.name]
    assert not mark.exists()
    assert_searches(index)
    index.close()


def test_the_mark_of_a_living_process_does_not(root: Path, checks: list[Path]) -> None:
    mark = root / RECIPE.name / f"open-{os.getppid()}"
    mark.touch()
    opened(root).close()
    assert checks == []
    assert mark.exists()


def test_an_index_that_kills_its_process_is_found_out_and_replaced(
    root: Path, dead_pid: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / RECIPE.name / f"open-{dead_pid}").touch()
    monkeypatch.setattr(module.sys, "executable", shutil.which("false"))
    assert find_fault(root / RECIPE.name, RECIPE) == "opening it fails"


def test_the_costly_check_is_made_in_a_process_of_its_own(root: Path) -> None:
    folder = root / RECIPE.name
    assert module._opens_in_subprocess(folder, COUNT)
    garbage(root)
    catalogue_half(root)
    assert not module._opens_in_subprocess(folder, COUNT)


# -- several processes -----------------------------------------------------------------------------

_WORKER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from tests.integration.test_index import assert_searches, opened
    root = Path(sys.argv[1])
    for _ in range(int(sys.argv[2])):
        index = opened(root)
        assert_searches(index)
        index.close()
    """
)


@pytest.mark.parametrize(
    "start", ["nothing there", pytest.param("damaged", marks=pytest.mark.slow)]
)
def test_processes_that_open_build_and_search_at_once_all_find_the_same(
    root: Path, start: str
) -> None:
    if start == "damaged":
        truncated(root)
    else:
        shutil.rmtree(root)
    command = [sys.executable, "-c", _WORKER, str(root), "3"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    processes = [
        subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], "\n".join(said)
    index = opened(root)
    assert_searches(index)
    index.close()
    assert find_fault(root / RECIPE.name, RECIPE, thorough=True) == ""
