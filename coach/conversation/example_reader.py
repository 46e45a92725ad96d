"""Reads what kind of thing a text is by its likeness to authored examples, in words and meaning.

Kernel ridge regression onto indicator targets (regularised least squares; Rifkin, Yeo and Poggio,
2003). The kernel is the likeness of the sentence embeddings, falling off with their distance as a
Gaussian does, plus the cosine of TF-IDF vectors over words and pairs of neighbouring words. It is
solved in closed form from the examples, so an edited example takes effect at the next start;
without a model the words alone decide. Pieces of words as a third kernel gained nothing (the
embedding's own pieces carry typing mistakes already).
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coach.text import words

Array = NDArray[np.float32]
Places = NDArray[np.intp]

_RIDGE = 0.5
_BALANCE = 0.5
"""0: each example counts the same; 1: each class does."""
_WIDTH = 2.0
"""How fast likeness in meaning falls off: exp(-_WIDTH * (1 - cosine))."""
_WORDS = 0.5
"""What the words count beside the meaning, which counts 1."""
_LEAST_USES = 2
"""A mark that fewer examples have tells nothing about others."""
_BLOCK = 512
"""Rows of the kernel that are worked on at once."""


Solved = Callable[[str, Callable[[], Array]], Array]
"""Gives the array kept under a key, or makes it and keeps it."""


class ExampleReader:
    """Fitted on ``texts`` with ``labels`` (indices of classes); immutable.

    ``vectors`` are the texts' embeddings, shape (n, dimension), unit length; None reads by words.
    Solving takes time with the cube of their number, some seconds for 8,000; ``kept`` can give back
    what was solved before.
    """

    def __init__(
        self,
        texts: Sequence[str],
        labels: Sequence[int],
        classes: int,
        vectors: NDArray[np.float32] | None,
        kept: Solved = lambda _key, solve: solve(),
    ) -> None:
        self._marked = _Marked(texts)
        self._vectors = vectors
        found = np.asarray(labels)
        key = _key(texts, labels, classes, vectors)
        self._solved: Array = kept(key, lambda: self._solve(found, classes))
        self._by_mark = _WORDS * self._marked.spread(self._solved)
        self._offset: Array = self._solved.sum(axis=0)
        self.reads_meaning = vectors is not None

    def _solve(self, found: NDArray[np.int_], classes: int) -> Array:
        from scipy.linalg import cho_factor, cho_solve  # most of a second to import

        # In place and in blocks: with thousands of examples each copy takes hundreds of megabytes.
        kernel = self._marked.likeness()
        kernel *= _WORDS
        kernel += 1.0
        if self._vectors is not None:
            for start in range(0, len(kernel), _BLOCK):
                rows = slice(start, start + _BLOCK)
                kernel[rows] += _nearness(self._vectors[rows] @ self._vectors.T)
        counts = np.bincount(found, minlength=classes)
        weights = (len(found) / classes / counts[found]) ** _BALANCE
        kernel[np.diag_indices_from(kernel)] += (_RIDGE / weights).astype(np.float32)
        targets = np.eye(classes, dtype=np.float32)[found]
        # The transpose of a symmetric matrix is itself, in the order that is worked on in place.
        factor = cho_factor(kernel.T, overwrite_a=True, check_finite=False)
        return np.asarray(cho_solve(factor, targets, check_finite=False), np.float32)

    def scores(self, text: str, vector: NDArray[np.float32] | None) -> Array:
        """One score a class, about 1 for its own examples and 0 for others'."""
        found = self._offset.copy()
        places, weights = self._marked.row(text)
        found += weights @ self._by_mark[places]
        if vector is not None and self._vectors is not None:
            found += _nearness(self._vectors @ vector) @ self._solved
        return found


_FITTED_AT_ONCE = 4
_fitted: OrderedDict[str, ExampleReader] = OrderedDict()
_fitting = threading.Lock()


def fitted(
    texts: Sequence[str],
    labels: Sequence[int],
    classes: int,
    vectors: NDArray[np.float32] | None,
    kept: Solved = lambda _key, solve: solve(),
) -> ExampleReader:
    """An :class:`ExampleReader` for these; the same one again for the same within this process."""
    key = _key(texts, labels, classes, vectors)
    with _fitting:
        if key not in _fitted:
            _fitted[key] = ExampleReader(texts, labels, classes, vectors, kept)
        _fitted.move_to_end(key)
        while len(_fitted) > _FITTED_AT_ONCE:
            _fitted.popitem(last=False)
        return _fitted[key]


def _key(
    texts: Sequence[str], labels: Sequence[int], classes: int, vectors: NDArray[np.float32] | None
) -> str:
    """What the solution depends on, as one digest: examples, model, and the figures above."""
    digest = hashlib.sha256()
    figures = (_RIDGE, _BALANCE, _WIDTH, _WORDS, _LEAST_USES, classes)
    digest.update(repr((figures, list(texts), list(labels))).encode())
    if vectors is not None:
        digest.update(np.ascontiguousarray(vectors).tobytes())
    return digest.hexdigest()


def _nearness(cosines: Array) -> Array:
    return np.asarray(np.exp(_WIDTH * (cosines - 1.0)), np.float32)


class _Marked:
    """TF-IDF vectors of texts over their marks, unit length, as sparse rows: places and weights."""

    def __init__(self, texts: Sequence[str]) -> None:
        marks = [set(_marks(text)) for text in texts]
        uses = Counter(mark for found in marks for mark in found)
        kept = [mark for mark, count in uses.items() if count >= _LEAST_USES]
        self._places = {mark: place for place, mark in enumerate(kept)}
        self._rarity = np.array([np.log(len(texts) / uses[mark]) for mark in kept], np.float32)
        self._rows = [self._row(found) for found in marks]

    def row(self, text: str) -> tuple[Places, Array]:
        """The places of the marks of ``text``, and their weights."""
        return self._row(set(_marks(text)))

    def likeness(self) -> Array:
        """The cosine of each text with each, shape (n, n)."""
        users = [np.repeat(n, len(places)) for n, (places, _) in enumerate(self._rows)]
        by_place = np.concatenate([places for places, _ in self._rows])
        order = np.argsort(by_place, kind="stable")
        users_of = np.concatenate(users)[order]
        weights_of = np.concatenate([weights for _, weights in self._rows])[order]
        ends = np.cumsum(np.bincount(by_place, minlength=len(self._places)))
        found = np.zeros((len(self._rows), len(self._rows)), np.float32)
        for who, weight in zip(
            np.split(users_of, ends[:-1]), np.split(weights_of, ends[:-1]), strict=True
        ):
            found[np.ix_(who, who)] += np.outer(weight, weight)
        return found

    def spread(self, solved: Array) -> Array:
        """What each mark adds to each class, shape (marks, classes)."""
        added = np.zeros((len(self._places), solved.shape[1]), np.float32)
        for (places, weights), share in zip(self._rows, solved, strict=True):
            added[places] += np.outer(weights, share)
        return added

    def _row(self, marks: set[str]) -> tuple[Places, Array]:
        places = np.array(sorted(self._places[m] for m in marks if m in self._places), np.intp)
        weights = self._rarity[places]
        length = float(np.linalg.norm(weights))
        return places, weights / length if length else weights


def _marks(text: str) -> list[str]:
    """Words, neighbouring words, and the word that the text begins with."""
    found = words(text.lower().replace("’", "'"))
    return [
        *found,
        *(f"{one} {two}" for one, two in pairwise(found)),
        *(f"^{w}" for w in found[:1]),
    ]
