"""The questions for one person on one day: candidates from memory and cards, and a varied"
" ladder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from coach.library.cards import Depth
from coach.memory.items import Item, Person
from coach.storage.pairs import Role

Basis = Literal["thread", "about", "card", "stage", "ending"]


@dataclass(frozen=True)
class About:
    """A subject that the user named: its cards, best first, and the items that speak of it."""

    text: str
    cards: tuple[str, ...] = ()
    items: tuple[int, ...] = ()


@dataclass(frozen=True)
class Occasion:
    """What the questions are for: the pair, its memory, the day, and what may not be asked.

    ``items`` is the whole memory of the pair, closed items too; ``sessions`` the days on which
    the two met. ``asked`` holds the keys of questions asked lately (:func:`coach.conversation.
    questioning.marks.mark`). ``forbids`` names the boundary that a text would cross, or None.
    ``shown`` are fingerprints (:func:`coach.conversation.wording.fingerprint`) of questions that
    were on show lately; ``seed`` makes two pairs differ where nothing else does.
    """

    role: Role
    them: Person
    on: date
    items: Sequence[Item] = ()
    sessions: Sequence[date] = ()
    about: About | None = None
    asked: frozenset[str] = frozenset()
    forbids: Callable[[str], str | None] | None = None
    shown: frozenset[str] = frozenset()
    seed: str = ""


@dataclass(frozen=True)
class Suggestion:
    """A question to ask, how deep it goes, why now, the cards and the items it comes from.

    ``pattern`` is the wording before it was filled in; ``background`` marks a fact told in passing.
    """

    question: str
    depth: Depth
    why: str
    cards: tuple[str, ...]
    items: tuple[int, ...] = ()
    basis: Basis = "card"
    pattern: str = ""
    rank: int = field(default=0, compare=False)
    private: bool = False
    background: bool = False

    def as_json(self) -> dict[str, Any]:
        """The question as the command line prints it."""
        return {
            "question": self.question, "depth": self.depth, "why": self.why,
            "cards": list(self.cards), "items": list(self.items),
        }  # fmt: skip
