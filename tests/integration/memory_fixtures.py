"""What the tests of memory share: an open database in a folder of its own, and short-cuts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.lexical import stems
from coach.memory.items import Closing, Draft, Noticed
from coach.paths import Places
from coach.storage.database import Database, open_database
from coach.storage.keys import Key

KEY = Key("file", "ab" * 32)
"""A raw key: no derivation, so that opening is quick."""

DAY = date(2025, 3, 4)


def places_in(folder: Path) -> Places:
    return Places(home=folder / "home", cache=folder / "cache")


@contextmanager
def opened(folder: Path, key: Key = KEY) -> Iterator[Database]:
    database = open_database(places_in(folder), key)
    try:
        yield database
    finally:
        database.close()


def draft(source: str, quote: str, text: str = "", **fields: object) -> Draft:
    """A draft of what ``source`` says in ``quote``; a fact about them unless told otherwise."""
    start = source.index(quote)
    given = {"kind": "fact", "about": "them", "owner": None, **fields}
    return Draft(text=text or quote, quote=quote, start=start, end=start + len(quote), **given)  # type: ignore[arg-type]


def noticed(*drafts: Draft, closings: Sequence[Closing] = ()) -> Noticed:
    return Noticed(drafts, tuple(closings))


def dump(database: Database) -> str:
    """Everything in the tables, decrypted."""
    with database.read() as connection:
        tables = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).scalars()
        return "\n".join(
            repr(row)
            for table in tables.all()
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')
        )


def decrypted_pages(path: Path, *, header: int = 0, frame: int = 0) -> bytes:
    """The pages of a file as they lie on disk, decrypted: free pages and slack included.

    SQLCipher 4: AES-256-CBC, pages of 4,096 bytes that end in a 16-byte vector and a 64-byte
    code; the first page starts with the salt. ``header`` and ``frame`` are a log's.
    """
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    content = path.read_bytes()[header:]
    found = []
    for start in range(0, len(content), 4096 + frame):
        page = content[start + frame : start + frame + 4096]
        first = 16 if start == 0 and not frame else 0
        cipher = Cipher(algorithms.AES(bytes.fromhex(KEY.secret)), modes.CBC(page[-80:-64]))
        decryptor = cipher.decryptor()
        found.append(decryptor.update(page[first:-80]) + decryptor.finalize())
    return b"".join(found)


class BagEmbedder:
    """An embedder for tests: texts that share stems are near. Counts the texts it was given."""

    dimension = 1_024

    def __init__(self, digest: str = "bag-1") -> None:
        self.digest = digest
        self.embedded = 0

    def embed(self, texts: Sequence[str], *, threads: int | None = None) -> NDArray[np.float32]:
        self.embedded += len(texts)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for stem in stems(text) or [""]:
                place = int.from_bytes(hashlib.sha256(stem.encode()).digest()[:4], "big")
                rows[row, place % self.dimension] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)
