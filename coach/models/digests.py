"""SHA-256 of large files, remembered by size and times so that a normal start reads nothing."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from coach.paths import private_folder


def sha256_of(path: Path) -> str:
    """The SHA-256 of the file's bytes, in hexadecimal. Raises :class:`OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def replace_file(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` (mode 0600) so that a reader sees the old file or the new one.

    Raises :class:`OSError`; the old file is then as it was.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class DigestCache:
    """Digests by path, each good for as long as the file's size and times stay the same.

    The change time counts beside the modification time: it betrays an edit whose modification
    time was put back. The file behind it is a cache: lost or damaged, it costs one rehash.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, list[object]] | None = None

    def known(self, path: Path) -> str | None:
        """The digest of ``path`` if it is remembered for the file as it is now, without reading it.

        None as well where there is no such file.
        """
        with suppress(OSError):
            entry = self._entries().get(str(path))
            if entry is not None and entry[:3] == _stamp(path):
                return str(entry[3])
        return None

    def sha256(self, path: Path, *, fresh: bool = False) -> str:
        """The digest of ``path``, remembered or (when unknown, or ``fresh``) computed.

        Raises :class:`OSError` when the file cannot be read.
        """
        remembered = None if fresh else self.known(path)
        if remembered is not None:
            return remembered
        stamp = _stamp(path)
        digest = sha256_of(path)
        self._entries()[str(path)] = [*stamp, digest]
        # Not being able to remember (a read-only or full disk) only costs the next start a rehash.
        with suppress(OSError):
            private_folder(self._file.parent)
            replace_file(self._file, json.dumps(self._entries(), indent=1).encode())
        return digest

    def _entries(self) -> dict[str, list[object]]:
        if self._known is None:
            self._known = _read(self._file)
        return self._known


def _stamp(path: Path) -> list[object]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]


def _read(file: Path) -> dict[str, list[object]]:
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {k: v for k, v in found.items() if isinstance(v, list) and len(v) == 4}
