"""Vectors of public texts (cards), kept so that an unchanged text is embedded once.

Never for anything that a user wrote: what is in here lies unencrypted in the cache folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.models.digests import replace_file
from coach.models.embedder import Embedder
from coach.paths import private_folder

_BEFORE = "vectors.bin"
"""What an earlier version wrote; it could hold vectors of users' words, so it is removed."""

_CHECKSUM = 32


class VectorCache:
    """Vectors by text for one model, in ``folder/<first 16 of digest>/<name>.bin``.

    The file is a SHA-256 over model, dimension and records, then one record a text: the SHA-256 of
    its UTF-8 bytes and ``dimension`` little-endian float32. A file that is damaged, or of another
    model, counts as empty and is written anew.
    """

    def __init__(self, folder: Path, digest: str, dimension: int, name: str = "content") -> None:
        self.file = folder / digest[:16] / f"{name}.bin"
        with suppress(OSError):
            self.file.with_name(_BEFORE).unlink(missing_ok=True)
        self._label = f"{digest}:{dimension}:".encode()
        self._record = np.dtype([("key", "V32"), ("vector", "<f4", (dimension,))])
        self._vectors: dict[bytes, NDArray[np.float32]] | None = None

    def get(self, text: str) -> NDArray[np.float32] | None:
        """The vector kept for ``text``, shape (dimension,), or None."""
        return self._loaded().get(_key(text))

    def add(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Keep each text's vector, in memory and on disk. Raises :class:`OSError`."""
        known = self._loaded()
        known.update({_key(text): vector for text, vector in vectors.items()})
        records = np.empty(len(known), dtype=self._record)
        for row, (key, vector) in enumerate(known.items()):
            records[row] = (key, vector)
        payload = records.tobytes()
        private_folder(self.file.parent)
        replace_file(self.file, self._checksum(payload) + payload)

    def _loaded(self) -> dict[bytes, NDArray[np.float32]]:
        if self._vectors is None:
            self._vectors = self._read()
        return self._vectors

    def _read(self) -> dict[bytes, NDArray[np.float32]]:
        try:
            content = self.file.read_bytes()
        except OSError:
            return {}
        # A view: tens of megabytes need not be copied.
        payload = memoryview(content)[_CHECKSUM:]
        if content[:_CHECKSUM] != self._checksum(payload):
            return {}
        records = np.frombuffer(payload, dtype=self._record)
        return dict(zip(records["key"].tolist(), records["vector"], strict=True))

    def _checksum(self, payload: bytes | memoryview) -> bytes:
        digest = hashlib.sha256(self._label)
        digest.update(payload)
        return digest.digest()


def embed_cached(
    embedder: Embedder, texts: Sequence[str], cache: VectorCache
) -> NDArray[np.float32]:
    """What ``embedder.embed(texts)`` gives, embedding only the texts that ``cache`` lacks.

    Those are added to it; a disk that cannot be written costs nothing but the next time's work.
    """
    found = {text: cache.get(text) for text in dict.fromkeys(texts)}
    missing = [text for text, vector in found.items() if vector is None]
    if missing:
        made = dict(zip(missing, embedder.embed(missing), strict=True))
        found.update(made)
        with suppress(OSError):
            cache.add(made)
    rows = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    for row, text in enumerate(texts):
        rows[row] = found[text]
    return rows


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
