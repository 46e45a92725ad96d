"""The small words that a reading goes by: ``knowledge/utterance-words.toml``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from coach.content import from_toml, knowledge


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
    return from_toml(
        knowledge("utterance-words.toml"),
        lambda raw: Lexicon(
            **{one.name: frozenset(raw[one.name].split()) for one in fields(Lexicon)}
        ),
        "a list of words is missing",
    )


def alternatives(words: frozenset[str]) -> str:
    """A pattern for any of ``words``; "*" stands for any ending."""
    patterns = sorted(word.replace("*", r"\w*") for word in words)
    return f"(?:{'|'.join(patterns)})"
