"""Marks of questions: which ones were asked, whatever the day and the name in them."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from coach.memory.dates import find_dates
from coach.text import words

_EXTRA = frozenset({"so", "and", "well", "please", "then", "just", "now", "today"})


def mark(question: str, name: str = "", on: date | None = None) -> str:
    """A mark that stays the same when the name, the punctuation or a day in it changes.

    SHA-256 in hexadecimal of the question's words in order, without dates told as on ``on``.
    """
    plain = question
    for found in reversed(find_dates(question, on)) if on else ():
        if not found.recurring:
            plain = (
                re.sub(r"\b(?:on|by|in|from|at)\s*$", "", plain[: found.start]) + plain[found.end :]
            )
    named = set(words(name))
    told = [word for word in words(plain) if word not in named and word not in _EXTRA]
    return hashlib.sha256(" ".join(told).encode()).hexdigest()


def order(*parts: object) -> int:
    """A number that looks random and is always the same for the same ``parts``."""
    return int(hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:8], 16)
