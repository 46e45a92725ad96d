"""The small words that a reading goes by: ``knowledge/utterance-words.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache

from coach.errors import ContentError
from coach.paths import content_root


@dataclass(frozen=True)
class Lexicon:
    """Lists of words; the file says what each is for."""

    noises: frozenset[str]
    common: frozenset[str]
    kept: frozenset[str]
    interrogative: frozenset[str]
    you: frozenset[str]
    own: frozenset[str]
    imperatives: frozenset[str]
    feelings: frozenset[str]

    def lists(self) -> list[list[str]]:
        """Each list in alphabetical order: the same for the same file."""
        return [sorted(getattr(self, one.name)) for one in fields(self)]


@cache
def lexicon() -> Lexicon:
    """The lists. Raises :class:`ContentError` when one is missing or no text."""
    path = content_root() / "knowledge" / "utterance-words.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return Lexicon(**{one.name: frozenset(raw[one.name].split()) for one in fields(Lexicon)})
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise ContentError(path, 1, f"a list of words is missing: {error}") from None


def alternatives(words: frozenset[str]) -> str:
    """A pattern for any of ``words``; "*" stands for any ending."""
    patterns = sorted(word.replace("*", r"\w*") for word in words)
    return f"(?:{'|'.join(patterns)})"
