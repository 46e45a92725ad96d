"""What a paid model may cost in a day: reserved before each call, settled after it.

Kept in one small file of figures; no text of a message is in it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coach.errors import CoachError
from coach.paths import Places, private_folder

_FILE = "model-spending.json"


class SpentError(CoachError):
    """The next call could cost more than is left of today's limit."""


@dataclass(frozen=True)
class Price:
    """What a million tokens cost, in whatever currency the limit is in."""

    read: float
    written: float

    def of(self, read: int, written: int) -> float:
        """The cost of so many tokens."""
        return (read * self.read + written * self.written) / 1_000_000


class Spending:
    """Today's spending; processes exclude each other with a lock file."""

    def __init__(self, places: Places, limit: float, price: Price) -> None:
        self._places = places
        self._limit = limit
        self._price = price

    def reserve(self, today: date, read: int, written: int) -> float:
        """Set aside the most that a call can cost; give that back to :meth:`settle`.

        Raises :class:`SpentError` when it would go over the limit: the call must not be made.
        """
        most = self._price.of(read, written)
        with self._locked():
            spent = self._read(today)
            if spent + most > self._limit:
                raise SpentError(
                    "Spending",
                    f"the limit of {self._limit:.2f} for today would be passed "
                    f"({spent:.2f} spent, up to {most:.4f} for this reply)",
                    "Set model_daily_limit higher, or go on with the built-in engine.",
                )
            self._write(today, spent + most)
        return most

    def settle(self, today: date, reserved: float, read: int, written: int) -> None:
        """Put what the call did cost in the place of what was reserved for it."""
        with self._locked():
            left = self._read(today) - reserved + min(reserved, self._price.of(read, written))
            self._write(today, max(left, 0.0))

    @property
    def _path(self) -> Path:
        return self._places.home / _FILE

    @contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import FileLock

        private_folder(self._places.home)
        with FileLock(self._path.with_suffix(".lock"), timeout=10, mode=0o600):
            yield

    def _read(self, today: date) -> float:
        try:
            kept = json.loads(self._path.read_text(encoding="ascii"))
            return float(kept["spent"]) if kept["day"] == today.isoformat() else 0.0
        except FileNotFoundError:
            return 0.0
        except (OSError, ValueError, KeyError, TypeError):
            # Unreadable figures must not open the purse.
            raise SpentError(
                "Spending", f"{self._path} cannot be read", "Remove it; it holds only figures."
            ) from None

    def _write(self, today: date, spent: float) -> None:
        fresh = self._path.with_suffix(f".{os.getpid()}")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump({"day": today.isoformat(), "spent": round(spent, 8)}, file)
        fresh.replace(self._path)
