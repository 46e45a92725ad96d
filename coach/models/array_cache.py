"""Arrays that were worked out from what ships with the program, kept on disk by a key.

Never for anything that depends on what a user wrote: what is in here lies unencrypted in the cache.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.models.digests import replace_file
from coach.paths import private_folder

_CHECKSUM = 32
_KEPT = 2
"""Arrays that stay: one is made by words alone, and one with the model."""


class ArrayCache:
    """Float32 arrays in ``folder/<first 32 of key>.bin``: a SHA-256, then what NumPy saves.

    Only the newest two are kept: another key means other examples or another model. A damaged
    file counts as absent.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, key: str, make: Callable[[], NDArray[np.float32]]) -> NDArray[np.float32]:
        """The array kept under ``key`` (hexadecimal), else what ``make`` gives, kept from now on.

        A folder that cannot be written is no reason to fail: the array is only made again.
        """
        file = self._folder / f"{key[:32]}.bin"
        found = _read(file)
        if found is not None:
            return found
        made = make()
        content = BytesIO()
        np.save(content, made, allow_pickle=False)
        payload = content.getvalue()
        with suppress(OSError):
            private_folder(self._folder)
            by_age = sorted(self._folder.glob("*.bin"), key=lambda one: one.stat().st_mtime_ns)
            for old in by_age[: 1 - _KEPT]:
                old.unlink(missing_ok=True)
            replace_file(file, hashlib.sha256(payload).digest() + payload)
        return made


def _read(file: Path) -> NDArray[np.float32] | None:
    try:
        content = file.read_bytes()
    except OSError:
        return None
    payload = content[_CHECKSUM:]
    if hashlib.sha256(payload).digest() != content[:_CHECKSUM]:
        return None
    return np.asarray(np.load(BytesIO(payload), allow_pickle=False), np.float32)
