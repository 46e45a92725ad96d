"""The vector index of the library: the only module that knows Chroma.

Chroma 1.5 can lose vectors when two processes write to one folder, and a folder left half written
can crash its process when it is opened. So an index is never written to after it is built: it is
made in a folder of its own, checked in a subprocess, and renamed to a name derived from what it
holds. Whatever is damaged, foreign or out of date is set aside and built again: the index holds
nothing that is not elsewhere.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from coach.errors import IndexUnavailableError
from coach.paths import private_folder

_FORMAT = 1
_COLLECTION = "library"
_LOCK_SECONDS = 30
_CHECK_SECONDS = 60
_BATCH = 40
"""Vectors given to Chroma in one call: about 50 ms of one core, in which no key is taken."""
_KEEP_OLD = 1

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Recipe:
    """What an index is made from; two equal recipes give the same index."""

    content: str
    model: str
    dimension: int
    count: int
    format: int = _FORMAT

    @property
    def name(self) -> str:
        """The folder's name: any difference in content, model, size or Chroma changes it."""
        text = json.dumps([asdict(self), version("chromadb")], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:20]


def recipe_for(ids: Sequence[str], texts: Sequence[str], model: str, dimension: int) -> Recipe:
    """The recipe of an index over ``texts`` under ``ids``."""
    digest = hashlib.sha256()
    for key, text in zip(ids, texts, strict=True):
        digest.update(f"{len(key)}:{key}{len(text)}:{text}".encode())
    return Recipe(digest.hexdigest(), model, dimension, len(ids))


class VectorIndex:
    """An opened, read-only index. Close it, so that the next start need not check it."""

    def __init__(self, client: Any, collection: Any, marker: Path, size: int) -> None:
        self._client = client
        self._collection = collection
        self._marker = marker
        self._size = size

    def search(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Ids of the nearest ``limit`` texts with their cosine similarity, nearest first.

        ``vector`` has shape (dimension,) and unit length.
        """
        if not self._size:
            return []
        found = self._collection.query(
            query_embeddings=[vector.tolist()],
            n_results=min(limit, self._size),
            include=["distances"],
        )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(key, 1.0 - float(distance)) for key, distance in pairs]

    def close(self) -> None:
        """Let go of the files and take back the marker of an open index."""
        self._client.close()
        self._marker.unlink(missing_ok=True)


def open_or_build(
    root: Path,
    recipe: Recipe,
    ids: Sequence[str],
    vectors: Callable[[], Vectors],
    on_progress: Callable[[str], None] = lambda _: None,
) -> VectorIndex:
    """The index for ``recipe`` under ``root``, built from ``vectors()`` when there is no sound one.

    Raises :class:`IndexUnavailableError` when it can neither be opened nor built (a full or
    read-only disk, or another process that is building for over half a minute).
    """
    try:
        _ensure_root(root)
        folder = root / recipe.name
        if not folder.exists():
            _build(root, folder, recipe, ids, vectors, on_progress)
        fault = find_fault(folder, recipe)
        if not fault:
            with contextlib.suppress(_OpenError):
                return _open(folder, recipe)
            fault = "Chroma cannot open it"
        on_progress(f"setting a damaged index aside ({fault}) and building a new one")
        with _lock(root):
            # Another process may have mended it while this one waited for the lock.
            if folder.exists() and find_fault(folder, recipe, thorough=True):
                _set_aside(folder)
        if not folder.exists():
            _build(root, folder, recipe, ids, vectors, on_progress)
        return _open(folder, recipe)
    except (_OpenError, OSError, Timeout) as error:
        raise IndexUnavailableError(
            "Index", f"the index of the library cannot be used: {error}",
            "Search goes on by words. `coach doctor` says more.",
        ) from error  # fmt: skip


class _OpenError(Exception):
    pass


def find_fault(folder: Path, recipe: Recipe, *, thorough: bool = False) -> str:
    """What is wrong with an index folder, in a few words; "" when it looks sound.

    Sizes and digests of Chroma's native files, and SQLite's own check, cost milliseconds. The
    costly check, opening it in a subprocess that may crash, is made when ``thorough`` or when a
    process that had it open did not end cleanly.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        files = {name: (int(size), digest) for name, (size, digest) in manifest["files"].items()}
        if manifest["recipe"] != asdict(recipe) or manifest["chroma"] != version("chromadb"):
            return "made from something else"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "its manifest is missing or damaged"
    present = {str(p.relative_to(folder)) for p in _native_files(folder)}
    if present != set(files):
        return "a file is missing or foreign"
    for name, (size, digest) in files.items():
        if (folder / name).stat().st_size != size or _digest(folder / name) != digest:
            return f"{Path(name).name} is damaged"
    fault = _sqlite_fault(folder / "chroma.sqlite3")
    if fault:
        return fault
    stale = _stale_markers(folder)
    if (stale or thorough) and not _opens_in_subprocess(folder, recipe.count):
        return "opening it fails"
    for marker in stale:
        marker.unlink(missing_ok=True)
    return ""


def _sqlite_fault(path: Path) -> str:
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return "its catalogue is damaged"
            names = [row[0] for row in connection.execute("SELECT name FROM collections")]
    except sqlite3.Error:
        return "its catalogue is damaged"
    return "" if names == [_COLLECTION] else "its catalogue lists something else"


def _native_files(folder: Path) -> list[Path]:
    # chroma.sqlite3 changes a little whenever it is opened, so a digest cannot hold it.
    return [p for p in folder.glob("*/*") if p.is_file()]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _ensure_root(root: Path) -> None:
    if root.exists() and not root.is_dir():
        _set_aside(root)
    private_folder(root)


def _lock(root: Path) -> FileLock:
    return FileLock(root / ".lock", timeout=_LOCK_SECONDS, mode=0o600)


def _build(
    root: Path,
    folder: Path,
    recipe: Recipe,
    ids: Sequence[str],
    vectors: Callable[[], Vectors],
    on_progress: Callable[[str], None],
) -> None:
    with _lock(root):
        if folder.exists():
            return  # another process built it meanwhile
        for left in root.glob(".building-*"):
            shutil.rmtree(left, ignore_errors=True)
        on_progress("indexing the library")
        matrix = vectors()
        part = private_folder(root / f".building-{os.getpid()}")
        try:
            _fill(part, recipe, ids, matrix)
            part.rename(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        _remove_old(root, folder)


def _fill(part: Path, recipe: Recipe, ids: Sequence[str], matrix: Vectors) -> None:
    """Make the index in ``part`` and check it. Raises :class:`_OpenError` when Chroma fails."""
    hnsw = {
        # Wide enough that the search is practically exact at a library's size.
        "space": "cosine", "ef_construction": 200, "ef_search": 300,
        # All of it is written out at once, however small it is: what Chroma holds back, it writes
        # at a later opening, and the digests would no longer fit.
        "sync_threshold": max(2, min(1000, len(ids))), "batch_size": max(2, min(100, len(ids))),
    }  # fmt: skip
    try:
        with contextlib.closing(_client(part)) as client:
            collection = client.create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": hnsw}
            )
            for start in range(0, len(ids), _BATCH):
                stop = start + _BATCH
                collection.add(ids=list(ids[start:stop]), embeddings=matrix[start:stop])
    except Exception as error:
        # What Chroma and its native part raise has no common base.
        raise _OpenError(str(error)) from error
    files = {str(p.relative_to(part)): (p.stat().st_size, _digest(p)) for p in _native_files(part)}
    manifest = {"recipe": asdict(recipe), "chroma": version("chromadb"), "files": files}
    (part / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    if not _opens_in_subprocess(part, recipe.count):
        raise _OpenError("a newly built index does not open")


def _remove_old(root: Path, current: Path) -> None:
    # The one before stays: another window may still be searching it.
    others = [p for p in root.iterdir() if p.is_dir() and p != current and p.name[0] != "."]
    for old in sorted(others, key=lambda p: p.stat().st_mtime)[:-_KEEP_OLD]:
        shutil.rmtree(old, ignore_errors=True)


def _set_aside(path: Path) -> None:
    path.rename(path.with_name(f"set-aside-{time.time_ns()}"))


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def _open(folder: Path, recipe: Recipe) -> VectorIndex:
    marker = folder / f"open-{os.getpid()}"
    marker.touch(mode=0o600)
    with contextlib.ExitStack() as undo:
        # Left open, Chroma would go on with these files under the path of the index that follows.
        undo.callback(marker.unlink, missing_ok=True)
        try:
            client = _client(folder)
            undo.callback(client.close)
            collection = client.get_collection(_COLLECTION, embedding_function=None)
            count = collection.count()
        except Exception as error:
            raise _OpenError(str(error)) from error
        if count != recipe.count:
            raise _OpenError("it holds another number of texts than it should")
        undo.pop_all()
    return VectorIndex(client, collection, marker, recipe.count)


def _stale_markers(folder: Path) -> list[Path]:
    """Markers of processes that had the index open and are no longer there."""
    stale = []
    for marker in folder.glob("open-*"):
        pid = marker.name.partition("-")[2]
        if not pid.isdigit() or (not Path(f"/proc/{pid}").exists() and not _alive(int(pid))):
            stale.append(marker)
    return stale


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _opens_in_subprocess(folder: Path, count: int) -> bool:
    """Whether a process of its own can open, count and search the index without dying."""
    command = [sys.executable, "-m", "coach.library.index", str(folder), str(count)]
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module
            command, capture_output=True, timeout=_CHECK_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _check(folder: Path, count: int) -> bool:
    client = _client(folder)
    collection = client.get_collection(_COLLECTION, embedding_function=None)
    if collection.count() != count:
        return False
    if count:
        one = collection.get(limit=1, include=["embeddings"])
        found = collection.query(query_embeddings=one["embeddings"], n_results=1)
        if not found["ids"][0]:
            return False
    client.close()
    return True


if __name__ == "__main__":
    sys.exit(0 if _check(Path(sys.argv[1]), int(sys.argv[2])) else 1)
