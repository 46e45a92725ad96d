"""Compares texts by meaning, and keeps no vector of a user's words anywhere but in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from coach.models.embedder import Embedder
from coach.models.fine_tuned import FineTuned

_TABLE = 500
"""From so many shipped texts their matrix is kept for the next call with the same list, which must
not change: stacking thousands of rows takes longer than comparing with them."""
_MOST = 4_096
"""Vectors of a user's texts held at once, about 6 MB of 384 numbers each."""


class Comparer:
    """The cosine of each of some texts with each of others, as a function of the two lists.

    ``public`` are the texts that ship with the program: ``embed_public`` embeds those, and may keep
    their vectors on disk. All other texts are the user's: their vectors are held in memory, the
    least recently used go first, and nothing of them is written. ``layers`` read clauses.
    """

    def __init__(
        self,
        embedder: Embedder,
        embed_public: Callable[[list[str]], NDArray[np.float32]],
        public: Sequence[str],
        layers: FineTuned | None = None,
    ) -> None:
        self._layers = layers
        self._embedder = embedder
        self._embed_public = embed_public
        self._public = frozenset(public)
        self._shipped: dict[str, NDArray[np.float32]] = {}
        self._held: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._table: tuple[list[str], NDArray[np.float32]] | None = None

    def hold(self, known: Mapping[str, NDArray[np.float32]]) -> None:
        """Take these vectors of the same model for these texts, so that none is made again."""
        for text, vector in known.items():
            if text not in self._public:
                self._keep(text, vector)

    def __call__(self, texts: list[str], others: list[str]) -> NDArray[np.float32]:
        """Cosines of shape (len(texts), len(others))."""
        right = self._vectors(others)
        left = right if texts is others else self._vectors(texts)
        return np.asarray(left @ right.T, dtype=np.float32)

    def log_chances(
        self, text: str, spans: Sequence[tuple[int, int]]
    ) -> NDArray[np.float32] | None:
        """What the tuned layers read the parts ``spans`` of ``text`` as: the logarithm of each
        class's chance, shape (spans, classes). None with another model than theirs."""
        if self._layers is None or self._embedder.digest != self._layers.digest:
            return None
        _, early = self._embedder.embed_with_early(text)
        if early is None:
            return None
        parts = [
            [n for n, (a, b) in enumerate(early.characters) if a < b and a < last and b > first]
            for first, last in spans
        ]
        return self._layers.log_chances(early.states, parts)

    def _vectors(self, texts: list[str]) -> NDArray[np.float32]:
        if self._table is not None and self._table[0] is texts:
            return self._table[1]
        wanted = dict.fromkeys(texts)
        shipped = [t for t in wanted if t in self._public and t not in self._shipped]
        if shipped:
            self._shipped.update(zip(shipped, self._embed_public(shipped), strict=True))
        own = [t for t in wanted if t not in self._public]
        fresh = [t for t in own if t not in self._held]
        found = {t: self._held[t] for t in own if t in self._held}
        if fresh:
            found.update(zip(fresh, self._embedder.embed(fresh), strict=True))
        for text, vector in found.items():
            self._keep(text, vector)
        if not texts:
            return np.zeros((0, self._embedder.dimension), np.float32)
        rows = np.stack([self._shipped[t] if t in self._public else found[t] for t in texts])
        if not own and len(texts) >= _TABLE:
            self._table = texts, rows
        return rows

    def _keep(self, text: str, vector: NDArray[np.float32]) -> None:
        self._held[text] = vector
        self._held.move_to_end(text)
        while len(self._held) > _MOST:
            self._held.popitem(last=False)
