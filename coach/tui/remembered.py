"""What the app itself remembers between starts: which pair was open.

It is kept in a small file beside the database, which is not encrypted, so no name goes into it.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from coach.paths import private_folder

FILE_NAME = "app.json"
NO_PAIR = 0
"""Stands for a conversation about no one in particular; ids start at 1."""


@dataclass(frozen=True)
class Remembered:
    """The id of the ``pair`` that was open last; None: unknown."""

    pair: int | None = None


class Keeper:
    """What is remembered in one folder, kept anew with each change.

    Without ``keeps`` nothing is taken from there, and nothing is written.
    """

    def __init__(self, home: Path, *, keeps: bool = True) -> None:
        self._home = home
        self.keeps = keeps
        self.now = recall(home) if keeps else Remembered()

    def keep(self, **changes: int | None) -> None:
        """Change fields of :class:`Remembered`."""
        self.now = Remembered(**{**asdict(self.now), **changes})
        if not self.keeps:
            return
        # Not worth a word to the user: the next start merely opens the newest pair.
        with suppress(OSError):
            remember(self._home, self.now)


def recall(home: Path) -> Remembered:
    """What was remembered in ``home``; nothing if the file is missing or not as expected."""
    try:
        raw = json.loads((home / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Remembered()
    if not isinstance(raw, dict):
        return Remembered()
    pair = raw.get("pair")
    return Remembered(pair if isinstance(pair, int) and not isinstance(pair, bool) else None)


def remember(home: Path, what: Remembered) -> None:
    """Keep ``what`` for the next start, readable by the owner alone. Raises :class:`OSError`."""
    target = private_folder(home) / FILE_NAME
    fresh = target.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(what), file)
    fresh.replace(target)
