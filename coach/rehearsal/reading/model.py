"""What one sentence does: a share of belief for each subtype."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.rehearsal.reading import learning
from coach.rehearsal.reading.examples import SUBTYPES, Example
from coach.rehearsal.reading.grams import Grams, Row
from coach.rehearsal.reading.lexicon import lexicon
from coach.rehearsal.reading.marks import NAMES, PATTERNS, Before, marks
from coach.rehearsal.reading.segments import Sentence

Array = NDArray[np.float32]
Embed = Callable[[list[str]], Array]
"""Gives a row of unit length for each text."""
Arrays = Mapping[str, NDArray[Any]]
Solved = Callable[[str, Callable[[], Arrays]], Arrays]
"""Gives the arrays kept under a key, or makes them and keeps them."""
Said = tuple[Sentence, tuple[Sentence, ...]]
"""A sentence and the sentences that the other said before."""

_MARK_WEIGHT = 0.5
"""What a mark counts beside an embedding and a shape of unit length."""
_HEARD = 160
"""So many last letters of the words before are compared in meaning."""
_CHUNK = 2048
_VERSION = 1
_SHORT = NAMES.index("few words")
_YOU = NAMES.index("you share")


@dataclass(frozen=True)
class _Rows:
    """What is seen of sentences: embeddings (or None), likeness to the words before, marks,
    shapes."""

    vectors: Array | None
    dense: Array
    shapes: list[Row]


class SentenceModel:
    """Learnt from examples; ``kept`` can give back what was learnt before.

    ``embed`` is for what is read, ``embed_examples`` for the examples; with None for both, words
    alone decide. ``digest`` names the embedding model ("" for none).
    """

    def __init__(
        self,
        examples: Sequence[Example],
        embed: Embed | None,
        embed_examples: Embed | None,
        digest: str,
        kept: Solved = lambda _key, make: make(),
    ) -> None:
        self._embed = embed
        found = learning.items(examples)
        self._grams = Grams([one.sentence for one in found])
        learnt = kept(_key(found, digest), lambda: {"weights": self._learn(found, embed_examples)})[
            "weights"
        ]
        self._by_shape = learnt[-len(self._grams) - 1 : -1]
        self._by_rest = learnt[: -len(self._grams) - 1]
        self._offset = learnt[-1]

    def shares(self, said: Sequence[Said]) -> Array:
        """Belief in each subtype, in the order of SUBTYPES: shape (len(said), subtypes)."""
        found = np.empty((len(said), len(SUBTYPES)), np.float32)
        for start in range(0, len(said), _CHUNK):
            part = said[start : start + _CHUNK]
            seen = self._seen(part, self._embed)
            scores = _joined(seen) @ self._by_rest + self._offset
            for place, (places, weights) in enumerate(seen.shapes):
                scores[place] += weights @ self._by_shape[places]
            powers = np.exp(scores - scores.max(axis=1, keepdims=True))
            found[start : start + len(part)] = powers / powers.sum(axis=1, keepdims=True)
        return found

    def _learn(self, found: list[learning.Item], embed: Embed | None) -> Array:
        seen = self._seen([(one.sentence, one.before) for one in found], embed)
        shapes = np.zeros((len(found), len(self._grams)), np.float32)
        for place, (places, weights) in enumerate(seen.shapes):
            shapes[place, places] = weights
        labels = np.array([one.label for one in found])
        return learning.solve(np.hstack([_joined(seen), shapes]), labels, len(SUBTYPES))

    def _seen(self, said: Sequence[Said], embed: Embed | None) -> _Rows:
        heard: dict[tuple[Sentence, ...], Before | None] = {}
        for _, before in said:
            if before not in heard:
                heard[before] = Before.of(list(before))
        seen = np.array([marks(sentence, heard[before]) for sentence, before in said], np.float32)
        shapes = [self._grams.row(sentence) for sentence, _ in said]
        vectors, likeness = None, np.zeros(len(said), np.float32)
        if embed is not None:
            texts = [sentence.text for sentence, _ in said]
            # A question shows by itself: the words before it need not be embedded.
            told = ["" if sentence.asks else _tail(before) for sentence, before in said]
            place = {text: n for n, text in enumerate(dict.fromkeys([*texts, *filter(None, told)]))}
            every = embed(list(place))
            vectors = every[[place[text] for text in texts]]
            for n, text in enumerate(told):
                if text:
                    likeness[n] = vectors[n] @ every[place[text]]
        address = (seen[:, _YOU] > 0).astype(np.float32)
        near = [likeness, likeness * address, likeness * seen[:, _SHORT], likeness**2]
        return _Rows(vectors, np.column_stack([*near, _MARK_WEIGHT * seen]), shapes)


def _joined(seen: _Rows) -> Array:
    return seen.dense if seen.vectors is None else np.hstack([seen.vectors, seen.dense])


def _tail(before: tuple[Sentence, ...]) -> str:
    return ". ".join(one.text for one in before)[-_HEARD:]


def _key(found: list[learning.Item], digest: str) -> str:
    """What the learnt weights depend on, as one digest."""
    figures = (_VERSION, _MARK_WEIGHT, _HEARD, learning.FIGURES, NAMES, PATTERNS)
    known = (figures, lexicon().lists(), SUBTYPES, digest, found)
    return hashlib.sha256(repr(known).encode()).hexdigest()
