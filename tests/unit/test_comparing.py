"""Comparing by meaning: right, and nothing of a user's words gets to what is kept on disk."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from coach.models.comparing import Comparer
from tests.fakes import FakeEmbedder

PUBLIC = ["she is worried", "he will call", "we agreed to meet"]
TEXTS = st.lists(st.sampled_from([*PUBLIC, "own words", "a secret", "another one"]), max_size=6)


def comparer(seen: list[str]) -> Comparer:
    embedder = FakeEmbedder()

    def embed_public(texts: list[str]) -> NDArray[np.float32]:
        seen.extend(texts)
        return embedder.embed(texts)

    return Comparer(embedder, embed_public, PUBLIC)


@given(TEXTS, TEXTS)
def test_the_cosines_are_those_of_the_embedder(one: list[str], other: list[str]) -> None:
    seen: list[str] = []
    compare = comparer(seen)
    embedder = FakeEmbedder()
    for _ in range(2):
        found = compare(one, other)
        assert found.shape == (len(one), len(other))
        if one and other:
            expected = embedder.embed(one) @ embedder.embed(other).T
            np.testing.assert_allclose(found, expected, atol=1e-5)
    assert set(seen) <= set(PUBLIC)
    assert len(seen) == len(set(seen))


def test_vectors_that_are_held_are_not_made_again() -> None:
    asked: list[str] = []
    real = FakeEmbedder()

    class Counting(FakeEmbedder):
        def embed(self, texts: Sequence[str], *, threads: int | None = None) -> NDArray[np.float32]:
            asked.extend(texts)
            return super().embed(texts, threads=threads)

    compare = Comparer(Counting(), real.embed, PUBLIC)
    compare.hold({"own words": real.embed(["own words"])[0]})
    found = compare(["own words"], ["a secret"])
    assert asked == ["a secret"]
    np.testing.assert_allclose(found, real.embed(["own words"]) @ real.embed(["a secret"]).T)
