"""Vectors of the examples that ship with the program, made beforehand with the default model.

To embed ten thousand examples takes a minute and a half of processor time, which a first start
need not pay. ``python -m tests.evals.vectors_fit`` makes the file again; a text that it lacks, or
any other model, is embedded as ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from coach.errors import ContentError
from coach.models.embedder import Embedder
from coach.paths import content_root

Vectors = NDArray[np.float32]

_STEP = 0.04
"""Components are whole numbers of this step: a cosine of 0.976 with the exact vector, and a third
of the space of one byte each. Readers lost nothing by it on messages left out."""


def vectors_file() -> Path:
    """Where the vectors that ship are."""
    return content_root() / "knowledge" / "example-vectors.npz"


class ShippedVectors:
    """The vectors in ``file``; none if another model than that of ``digest`` made them.

    Raises :class:`ContentError` for a file that cannot be read.
    """

    def __init__(self, file: Path, digest: str) -> None:
        self._places: dict[int, int] = {}
        self._steps: NDArray[np.int8] = np.zeros((0, 0), np.int8)
        try:
            with np.load(file, allow_pickle=False) as kept:
                if kept["model"].tobytes().decode() == digest:
                    keys = kept["keys"].tolist()
                    self._places = {key: place for place, key in enumerate(keys)}
                    self._steps = kept["steps"]
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise ContentError(file, 1, f"the examples' vectors cannot be read: {error}") from None

    def get(self, text: str) -> Vectors | None:
        """The vector of ``text``, shape (dimension,), unit length; None if it is not there."""
        place = self._places.get(_key(text))
        if place is None:
            return None
        steps = self._steps[place].astype(np.float32)
        return np.asarray(steps / np.linalg.norm(steps), np.float32)


@cache
def shipped_vectors(digest: str) -> ShippedVectors:
    """What ships for the model of this ``digest``, read once."""
    return ShippedVectors(vectors_file(), digest)


def embed_unless_shipped(
    embedder: Embedder, texts: Sequence[str], embed: Callable[[Embedder, list[str]], Vectors]
) -> Vectors:
    """The vectors of ``texts``, shape (n, dimension); ``embed`` makes those that do not ship."""
    shipped = shipped_vectors(embedder.digest)
    found = {text: shipped.get(text) for text in dict.fromkeys(texts)}
    missing = [text for text, vector in found.items() if vector is None]
    if missing:
        found.update(zip(missing, embed(embedder, missing), strict=True))
    rows = np.empty((len(texts), embedder.dimension), np.float32)
    for row, text in enumerate(texts):
        rows[row] = found[text]
    return rows


def packed(texts: Sequence[str], vectors: Vectors, digest: str) -> bytes:
    """A file of ``vectors``, shape (n, dimension), of ``texts``; the same for the same input."""
    order = sorted(range(len(texts)), key=lambda place: _key(texts[place]))
    content = BytesIO()
    np.savez_compressed(
        content,
        allow_pickle=False,
        model=np.frombuffer(digest.encode(), np.uint8),
        keys=np.array([_key(texts[place]) for place in order], np.uint64),
        steps=np.round(vectors[order] / _STEP).astype(np.int8),
    )
    return content.getvalue()


def _key(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")
