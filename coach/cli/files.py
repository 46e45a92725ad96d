"""The files that commands are given, with one way of saying what is wrong with them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from coach.cli.common import writable
from coach.errors import UsageError

STANDARD_INPUT = "-"


def read_bytes(title: str, source: str | Path) -> bytes:
    """What a file holds; "-" is standard input. Raises :class:`UsageError`, with ``title``."""
    if str(source) == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return Path(source).expanduser().read_bytes()
    except OSError as error:
        raise UsageError(
            title, f"{source} cannot be read: {error.strerror}", "Check the name."
        ) from None


def read_text(title: str, source: str | Path) -> str:
    """The text of a file, or of standard input for "-", with or without a byte-order mark.

    Raises :class:`UsageError`, with ``title``, for what cannot be read or is not UTF-8.
    """
    try:
        text = read_bytes(title, source).decode("utf-8-sig")
    except UnicodeDecodeError:
        name = "standard input" if str(source) == STANDARD_INPUT else source
        raise UsageError(title, f"{name} is not UTF-8 text", "Save it as UTF-8.") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_jsonl(path: Path, key: str) -> list[str]:
    """The value of ``key`` in each line of a JSON Lines file.

    Raises :class:`UsageError` naming the first line that is not an object with that key.
    """
    values = []
    # Only a newline ends a line here: JSON may hold the other separators as they are.
    for number, line in enumerate(read_text("Batch", path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)[key]
        except (ValueError, KeyError, TypeError):
            value = None
        if not isinstance(value, str):
            raise UsageError(
                "Batch", f"{path}:{number} is no JSON object with a text {key!r}", "Mend that line."
            )
        values.append(writable(value))
    return values
