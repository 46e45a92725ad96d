"""Everything that can be read in the library, as a list to browse. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coach.library.cards import Deck
from coach.library.documents import KeptDocument

DOCUMENTS = "your documents"


@dataclass(frozen=True)
class Entry:
    """A card, or a document of the user's: ``key`` is a card's id, or "doc:" and a document's.

    ``source`` names the article, or is :data:`DOCUMENTS`; ``about`` is for whom it is, or where the
    document came from.
    """

    key: str
    title: str
    source: str
    stage: str
    themes: tuple[str, ...]
    about: str

    @property
    def is_document(self) -> bool:
        """Whether the user added it, so that it can be removed."""
        return self.source == DOCUMENTS


def shelf(deck: Deck, documents: Iterable[KeptDocument]) -> list[Entry]:
    """The user's documents, newest first, then the cards by source."""
    cards = sorted(deck.cards.values(), key=lambda card: list(deck.sources).index(card.source))
    kept = [
        Entry(
            f"doc:{one.id}", one.title, DOCUMENTS, "", (),
            f"{one.passages} passages, added {one.added_at:%d %B %Y}, from {one.path}".lstrip("0"),
        )
        for one in documents
    ]  # fmt: skip
    return kept[::-1] + [
        Entry(card.id, card.title, deck.sources[card.source].title, card.stage, card.themes,
              f"for {'both of you' if card.audience == 'both' else f'the {card.audience}'}")
        for card in cards
    ]  # fmt: skip
