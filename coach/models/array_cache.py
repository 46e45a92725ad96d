"""Arrays that were worked out from what ships with the program, kept on disk by a key.

Never for anything that depends on what a user wrote: what is in here lies unencrypted in the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from coach.models.digests import replace_file
from coach.paths import private_folder

Arrays = Mapping[str, NDArray[Any]]

_KEPT = 2
"""Sets that stay: one is made by words alone, and one with the model."""


class ArrayCache:
    """Sets of named arrays in ``folder/<first 32 of key>.npz``, as NumPy saves them.

    Only the newest two are kept: another key means other examples or another model. A damaged
    file (the format holds checksums) counts as absent.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, key: str, make: Callable[[], Arrays]) -> Arrays:
        """The arrays kept under ``key`` (hexadecimal), else what ``make`` gives, kept from now on.

        A folder that cannot be written is no reason to fail: the arrays are only made again.
        """
        file = self._folder / f"{key[:32]}.npz"
        found = _read(file)
        if found is not None:
            return found
        made = make()
        content = BytesIO()
        np.savez(content, allow_pickle=False, **dict(made))
        with suppress(OSError):
            private_folder(self._folder)
            by_age = sorted(self._folder.iterdir(), key=lambda one: one.stat().st_mtime_ns)
            for old in by_age[: 1 - _KEPT]:
                old.unlink(missing_ok=True)
            replace_file(file, content.getvalue())
        return made


def _read(file: Path) -> Arrays | None:
    try:
        with np.load(file, allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    except (OSError, ValueError, EOFError, BadZipFile):
        return None
