"""Vectors of cards are embedded once, and a damaged cache is only a slower start."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from coach.models.vector_cache import VectorCache, embed_cached

texts_of = st.lists(st.text(st.characters(), max_size=8), max_size=12)


class HashEmbedder:
    """A unit vector from each text's hash; keeps what it was asked for."""

    def __init__(self, digest: str = "d" * 64, dimension: int = 5) -> None:
        self.digest = digest
        self.dimension = dimension
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str], *, threads: int | None = None) -> NDArray[np.float32]:
        self.asked += texts
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            seed = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
            vector = np.frombuffer(seed[: self.dimension], dtype=np.uint8).astype(np.float32) + 1
            rows[row] = vector / np.linalg.norm(vector)
        return rows


def cache_for(embedder: HashEmbedder, folder: Path) -> VectorCache:
    return VectorCache(folder, embedder.digest, embedder.dimension)


@given(first=texts_of, second=texts_of)
def test_cached_equals_embedded_and_nothing_is_embedded_twice(
    first: list[str], second: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("vectors")
    embedder = HashEmbedder()
    for texts in (first, second, first + second):
        rows = embed_cached(embedder, texts, cache_for(embedder, folder))
        assert rows.dtype == np.float32
        assert np.array_equal(rows, HashEmbedder().embed(texts))
    assert len(embedder.asked) == len(set(first + second))


def test_no_texts_give_no_rows(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    assert embed_cached(embedder, [], cache_for(embedder, tmp_path)).shape == (0, 5)
    assert embedder.asked == []


@given(data=st.data())
def test_a_damaged_file_is_discarded_and_made_again(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("vectors")
    texts = ["a card", "its question", "what to say"]
    embedder = HashEmbedder()
    expected = embed_cached(embedder, texts, cache_for(embedder, folder))
    file = cache_for(embedder, folder).file
    whole = file.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = whole[:place] + bytes([whole[place] ^ 0x40]) + whole[place + 1 :]
    damaged = data.draw(st.sampled_from([whole[:place], flipped, whole + b"x"]))
    file.write_bytes(damaged)

    again = embed_cached(embedder, texts, cache_for(embedder, folder))
    assert np.array_equal(again, expected)
    assert embedder.asked == texts * 2
    assert file.read_bytes() == whole


def test_models_and_dimensions_are_kept_apart(tmp_path: Path) -> None:
    embedders = [HashEmbedder(), HashEmbedder(digest="e" * 64), HashEmbedder(dimension=6)]
    for embedder in embedders:
        rows = embed_cached(embedder, ["a card"], cache_for(embedder, tmp_path))
        assert rows.shape == (1, embedder.dimension)
        assert embedder.asked == ["a card"]


def test_a_folder_that_cannot_be_written_costs_only_the_next_time(tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("in the way")
    embedder = HashEmbedder()
    for _ in range(2):
        rows = embed_cached(embedder, ["a card"], cache_for(embedder, blocked))
        assert np.array_equal(rows, HashEmbedder().embed(["a card"]))
    assert embedder.asked == ["a card"] * 2
