"""The words of texts as sparse TF-IDF vectors, for likeness to examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coach.text import words

Array = NDArray[np.float32]
Row = tuple[NDArray[np.intp], Array]
"""A text's places, and the weights at them: a sparse vector of unit length."""

_LEAST_USES = 2
"""A mark that fewer examples have tells nothing about others."""
_COMMON = 100
"""A mark that more than one in so many examples has is common."""
_BLOCK = 512
"""Rows that are compared with all at once."""


class Marked:
    """TF-IDF over marks: ``places`` by mark, and the ``rarity`` at each place."""

    def __init__(self, places: Mapping[str, int], rarity: Array) -> None:
        self.places = places
        self.rarity = rarity

    @classmethod
    def of(cls, texts: Sequence[str]) -> tuple[Marked, list[Row]]:
        """The marks that several of ``texts`` have, and the texts' rows."""
        marks = [set(_marks(text)) for text in texts]
        uses = Counter(mark for found in marks for mark in found)
        kept = sorted(mark for mark, count in uses.items() if count >= _LEAST_USES)
        rarity = np.array([np.log(len(texts) / uses[mark]) for mark in kept], np.float32)
        marked = cls({mark: place for place, mark in enumerate(kept)}, rarity)
        return marked, [marked._row(found) for found in marks]

    def row(self, text: str) -> Row:
        """The row of ``text``."""
        return self._row(set(_marks(text)))

    def _row(self, marks: set[str]) -> Row:
        places = np.array(sorted(self.places[m] for m in marks if m in self.places), np.intp)
        weights = self.rarity[places]
        length = float(np.linalg.norm(weights))
        return places, weights / length if length else weights


def likeness(rows: Sequence[Row], marks: int) -> Array:
    """The cosine of each row with each, shape (n, n)."""
    from scipy.sparse import csr_array

    places = np.concatenate([places for places, _ in rows])
    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    weights = np.concatenate([weights for _, weights in rows])
    sparse = csr_array((weights, places, ends), shape=(len(rows), marks))
    # Each way where it is quick: what most texts share as a dense product, the rest as a sparse
    # one, in blocks since its result takes three times the space of a dense one.
    common = np.bincount(places, minlength=marks) > len(rows) / _COMMON
    shared, rare = sparse[:, common].toarray(), sparse[:, ~common]
    found: Array = shared @ shared.T
    others = rare.T.tocsr()
    for start in range(0, len(rows), _BLOCK):
        found[start : start + _BLOCK] += (rare[start : start + _BLOCK] @ others).toarray()
    return found


def _marks(text: str) -> list[str]:
    """Words, neighbouring words, and the word that the text begins with."""
    found = words(text.lower().replace("’", "'"))
    return [
        *found,
        *(f"{one} {two}" for one, two in pairwise(found)),
        *(f"^{w}" for w in found[:1]),
    ]
