"""Marks of confidence: where a sentence asks for silence, and what it says besides."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coach.memory.noticing.closed import FILLER
from coach.memory.noticing.lexicon import lexicon

_LIFTED = re.compile(
    r"\b(?:no longer|not|isn't|is not|never|no more|no|wasn't|anything but)"
    r" (?:a |an |any |so |really )?"
    r"(?:big )?(?:secrets?|confidential|private|sensitive)\b"
    r"|\b(?:now public|public (?:now|knowledge)|(?:is|are|was|were|'s) (?:all )?(?:out )?"
    r"in the open)\b"
    r"|\bnothing (?:is|was) (?:a )?(?:secret|confidential|private)\b"
    r"|\bsecret (?:santa|service)\b"
)
_LIGHT = frozenset(
    ("am", "can", "could", "have", "has", "had", "been", "being", "were", "did", "just")
)


@dataclass(frozen=True)
class Mark:
    """A mark of confidence: ``low[start:end]`` of a flattened sentence."""

    start: int
    end: int


def find_mark(low: str) -> Mark | None:
    """The first mark of confidence in flattened text; none when it says that a secret is out.

    The patterns are tried one by one: joined into one they take seven times as long.
    """
    text = _LIFTED.sub(lambda m: " " * len(m.group()), low)
    text = lexicon().private["plain"].sub(lambda m: " " * len(m.group()), text)
    found = (pattern.search(text) for pattern in lexicon().marks)
    first = min((m for m in found if m), key=lambda m: (m.start(), -m.end()), default=None)
    return Mark(*first.span()) if first else None


def lifted(low: str) -> bool:
    """Whether ``low`` says that something is a secret no longer."""
    return _LIFTED.search(low) is not None


def content(low: str) -> list[str]:
    """The words of ``low`` that say something beside a mark of confidence."""
    words = re.findall(r"[^\W_]+", low)
    return [w for w in words if w not in FILLER and w not in _LIGHT and len(w) > 1]


def unmarked(low: str) -> list[str]:
    """What ``low`` says besides all its marks, as content words."""
    for pattern in lexicon().marks:
        low = pattern.sub(" ", low)
    return content(low)
