"""The grammatical subject of a clause."""

from __future__ import annotations

from dataclasses import dataclass

from coach.memory.items import About
from coach.memory.noticing.cast import Who

NAMED = "named"
"""Stands for the pronoun of somebody who is called by a name."""


@dataclass(frozen=True)
class Subject:
    """The grammatical subject of a clause.

    ``about`` is whose affair it is when the subject tells ("my wife": me); ``elided`` when it
    is left out ("wants a flat"). ``low[start:end]`` is the subject; the predicate follows it.
    """

    who: Who
    about: About | None
    elided: bool
    start: int
    end: int
    pronoun: str = ""

    @property
    def is_strangers(self) -> bool:
        """Whether it is somebody outside the pair, and no affair of theirs by itself."""
        return self.who == "other" and self.about is None


def spoken(found: Subject, speaker: Who) -> Subject:
    """The subject of direct speech, seen from outside: their "I" is they, their "you" the user."""
    about: About | None = speaker if speaker in ("me", "them") else None
    if found.who == "me":
        return Subject(speaker, about, found.elided, found.start, found.end, "i")
    if found.pronoun == "you" and speaker in ("me", "them"):
        return Subject(
            "them" if speaker == "me" else "me", None, False, found.start, found.end, "you"
        )
    if found.who == "both":
        return found
    if found.about == "me":
        return Subject(found.who, about, found.elided, found.start, found.end, found.pronoun)
    return found
