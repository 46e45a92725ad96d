"""Vectors of examples that ship, so that a first start need not embed them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.bootstrap import Coach
from coach.errors import ContentError
from coach.models import shipped_vectors
from coach.models.embedder import Embedder
from coach.models.shipped_vectors import (
    ShippedVectors,
    Vectors,
    embed_unless_shipped,
    packed,
    vectors_file,
)
from tests.evals.vectors_fit import texts_to_ship
from tests.fakes import FakeEmbedder

TEXTS = ["She listens.", "He asks well.", "Wir treffen uns."]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rng = np.random.default_rng(3)
    vectors = rng.standard_normal((3, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    path = tmp_path / "v.npz"
    path.write_bytes(packed(TEXTS, vectors, "model"))
    assert path.read_bytes() == packed(TEXTS[::-1], vectors[::-1], "model")
    near = [
        ShippedVectors(path, "model").get(text) @ vector
        for text, vector in zip(TEXTS, vectors, strict=True)
    ]
    assert min(near) > 0.96
    return path


def test_a_vector_comes_back_nearly_as_it_was_and_only_for_its_text_and_model(file: Path) -> None:
    found = ShippedVectors(file, "model").get(TEXTS[0])
    assert found is not None
    assert np.linalg.norm(found) == pytest.approx(1.0, abs=1e-5)
    assert ShippedVectors(file, "model").get("She listens") is None
    assert ShippedVectors(file, "another").get(TEXTS[0]) is None


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "v.npz"
    broken.write_bytes(b"PK no archive")
    with pytest.raises(ContentError, match="vectors"):
        ShippedVectors(broken, "model")
    with pytest.raises(ContentError, match="vectors"):
        ShippedVectors(tmp_path / "none.npz", "model")


def test_only_what_does_not_ship_is_embedded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = FakeEmbedder()
    monkeypatch.setattr(embedder, "digest", "a model that ships")
    path = tmp_path / "v.npz"
    path.write_bytes(packed(TEXTS, embedder.embed(TEXTS), embedder.digest))
    monkeypatch.setattr(shipped_vectors, "vectors_file", lambda: path)
    asked: list[str] = []

    def embed(_: Embedder, texts: list[str]) -> Vectors:
        asked.extend(texts)
        return embedder.embed(texts)

    texts = [TEXTS[1], "What is new?", TEXTS[0], TEXTS[1]]
    rows = embed_unless_shipped(embedder, texts, embed)
    assert asked == ["What is new?"]
    assert (np.sum(rows * embedder.embed(texts), axis=1) > 0.96).all()
    assert np.array_equal(rows[0], rows[3])


@pytest.mark.real
def test_what_ships_is_what_the_model_makes_of_the_examples(real_coach: Coach) -> None:
    """Where this fails: ``python -m tests.evals.vectors_fit``."""
    embedder = real_coach.embedder()
    assert embedder is not None
    ships = ShippedVectors(vectors_file(), embedder.digest)
    texts = texts_to_ship(real_coach.library)
    known = [text for text in texts if ships.get(text) is not None]
    # A few new examples are embedded at the start; hundreds should be made beforehand.
    assert len(known) >= 0.98 * len(texts)
    sample = known[:: len(known) // 40]
    found = np.array([ships.get(text) for text in sample])
    assert (np.sum(found * embedder.embed(sample), axis=1) > 0.95).all()
