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
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from coach.conversation import marks
from coach.conversation.marks import Marked, Row, likeness

Array = NDArray[np.float32]

_BALANCE = 0.5
"""0: each example counts the same; 1: each class does."""
_WIDTH = 2.0
"""How fast likeness in meaning falls off: exp(-_WIDTH * (1 - cosine))."""
_WORDS = 0.5
"""What the words count beside the meaning, which counts 1."""
_BLOCK = 512
"""Rows of the kernel that are worked on at once."""

Arrays = Mapping[str, NDArray[Any]]
Kept = Callable[[str, Callable[[], Arrays]], Arrays]
"""Gives the arrays kept under a key, or makes them and keeps them."""


class Examples(NamedTuple):
    """What is learnt from: ``labels`` are indices of ``classes`` classes.

    ``vectors`` are the texts' embeddings, shape (n, dimension), unit length; None reads by words.
    ``ridge`` is how little a single example is trusted: 0 fits each exactly.
    """

    texts: Sequence[str]
    labels: Sequence[int]
    classes: int
    vectors: NDArray[np.float32] | None
    ridge: float = 0.5


class ExampleReader:
    """What was learnt from examples, as the arrays that :meth:`learn` gives; immutable."""

    def __init__(self, learnt: Arrays) -> None:
        known = filter(None, learnt["marks"].tobytes().decode().split("\n"))
        places = {mark: place for place, mark in enumerate(known)}
        self._marked = Marked(places, learnt["rarity"])
        self._by_mark = learnt["by_mark"]
        self._solved = learnt["solved"]
        self._vectors = learnt.get("vectors")
        self._offset: Array = self._solved.sum(axis=0)
        self.reads_meaning = self._vectors is not None

    @classmethod
    def of(cls, examples: Examples) -> ExampleReader:
        """Learnt from ``examples`` here and now."""
        return cls(cls.learn(examples))

    @staticmethod
    def learn(examples: Examples) -> Arrays:
        """Takes time with the cube of the number of examples, some seconds for 8,000."""
        marked, rows = Marked.of(examples.texts)
        solved = _solve(examples, rows, len(marked.places))
        spread = np.zeros((len(marked.places), examples.classes), np.float32)
        for (places, weights), share in zip(rows, solved, strict=True):
            spread[places] += np.outer(weights, share)
        found: dict[str, NDArray[Any]] = {
            "marks": np.frombuffer("\n".join(marked.places).encode(), np.uint8),
            "rarity": marked.rarity,
            "by_mark": _WORDS * spread,
            "solved": solved,
        }
        return found if examples.vectors is None else {**found, "vectors": examples.vectors}

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
    recipe: bytes,
    examples: Callable[[], Examples],
    kept: Kept = lambda _key, learn: learn(),
) -> ExampleReader:
    """An :class:`ExampleReader` for what ``recipe`` stands for; the same again in this process.

    ``examples`` is called only where nothing was kept: ``recipe`` must change whenever it would
    give anything else.
    """
    digest = hashlib.sha256(recipe)
    for code in (__file__, marks.__file__):
        # What is learnt depends on how it is done, too.
        digest.update(Path(code).read_bytes())
    key = digest.hexdigest()
    with _fitting:
        if key not in _fitted:
            _fitted[key] = ExampleReader(kept(key, lambda: ExampleReader.learn(examples())))
        _fitted.move_to_end(key)
        while len(_fitted) > _FITTED_AT_ONCE:
            _fitted.popitem(last=False)
        return _fitted[key]


def _solve(examples: Examples, rows: Sequence[Row], width: int) -> Array:
    from scipy.linalg import cho_factor, cho_solve  # most of a second to import

    # In place and in blocks: with thousands of examples each copy takes hundreds of megabytes.
    kernel = likeness(rows, width)
    kernel *= _WORDS
    kernel += 1.0
    vectors = examples.vectors
    if vectors is not None:
        for start in range(0, len(kernel), _BLOCK):
            block = slice(start, start + _BLOCK)
            kernel[block] += _nearness(vectors[block] @ vectors.T)
    found = np.asarray(examples.labels)
    counts = np.bincount(found, minlength=examples.classes)
    weights = (len(found) / examples.classes / counts[found]) ** _BALANCE
    kernel[np.diag_indices_from(kernel)] += (examples.ridge / weights).astype(np.float32)
    targets = np.eye(examples.classes, dtype=np.float32)[found]
    # The transpose of a symmetric matrix is itself, in the order that is worked on in place.
    factor = cho_factor(kernel.T, overwrite_a=True, check_finite=False)
    return np.asarray(cho_solve(factor, targets, check_finite=False), np.float32)


def _nearness(cosines: Array) -> Array:
    return np.asarray(np.exp(_WIDTH * (cosines - 1.0)), np.float32)
