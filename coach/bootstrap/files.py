"""Files that a user names: written only where there is none yet, and read whatever wrote them."""

from __future__ import annotations

import os
from pathlib import Path

from coach.errors import UsageError

_MARKS = {b"\xff\xfe", b"\xfe\xff"}


def free(file: Path, title: str) -> Path:
    """``file`` as an absolute path. Raises :class:`UsageError` if something is there already."""
    target = file.expanduser().absolute()
    if target.exists():
        raise UsageError(title, f"{target} is there already", "Name another file.")
    return target


def write_new(file: Path, content: bytes, title: str) -> Path:
    """Write ``content`` to a new file that the user alone can read, and say where it is.

    Raises :class:`UsageError` if something is there already or it cannot be written.
    """
    target = free(file, title)
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
    except (OSError, ValueError) as error:
        raise UsageError(
            title, f"{target} cannot be written: {error}", "Name another file."
        ) from None
    return target


def read_text(file: Path, title: str) -> str:
    """The text of a file in UTF-8, or in UTF-16 with its mark. Raises :class:`UsageError`."""
    try:
        raw = file.expanduser().read_bytes()
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        raise UsageError(title, f"{file} cannot be read: {said}", "Check the name.") from None
    try:
        return raw.decode("utf-16" if raw[:2] in _MARKS else "utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(
            title, f"{file} is no text file in UTF-8", "Save it as plain text (UTF-8)."
        ) from None
