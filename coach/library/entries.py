"""What search looks through: the many short texts of cards, and the passages of documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.content import from_toml, knowledge
from coach.library.cards import Card, Deck


@dataclass(frozen=True)
class Entry:
    """One short text, and what it speaks for.

    ``owner`` is a card's id, or "" for an example of a question that no card answers; ``kind``
    names the part of the card. ``key`` is unique and changes with the text.
    """

    owner: str
    kind: str
    text: str

    @property
    def key(self) -> str:
        digest = hashlib.sha256(self.text.encode()).hexdigest()[:12]
        return f"{self.owner}|{self.kind}|{digest}"


def card_entries(deck: Deck) -> list[Entry]:
    """Every text of every card, each once."""
    entries = (entry for card in deck.cards.values() for entry in _texts_of(card))
    return list({entry.key: entry for entry in entries}.values())


def _texts_of(card: Card) -> Iterable[Entry]:
    yield Entry(card.id, "title", card.title)
    yield Entry(card.id, "answer", card.answer)
    parts = {
        "opening": card.openings,
        "move": card.moves,
        "pitfall": card.pitfalls,
        "situation": card.situations,
        "cue": card.cues,
        "back": card.back,
        "question": tuple(q.text for q in card.questions),
        "say": tuple(line.text for line in card.say),
    }
    for kind, texts in parts.items():
        for text in texts:
            yield Entry(card.id, kind, text)


def out_of_scope_file() -> Path:
    """Where the examples of what the library knows nothing of are."""
    return knowledge("out-of-scope.toml")


def out_of_scope_entries(path: Path | None = None) -> list[Entry]:
    """The examples of ``knowledge/out-of-scope.toml``.

    Raises :class:`ContentError` when the file is not as expected.
    """

    def read(raw: dict[str, Any]) -> list[Entry]:
        return [Entry("", one["name"], text) for one in raw["kind"] for text in one["examples"]]

    found = from_toml(path or out_of_scope_file(), read, "kinds need a name and examples each")
    return list({entry.key: entry for entry in found}.values())
