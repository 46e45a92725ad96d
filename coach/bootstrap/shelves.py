"""The library as front ends see it: what there is to read, and the user's own documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coach.bootstrap.parts import Parts

if TYPE_CHECKING:
    from coach.library.cards import Card
    from coach.library.documents import Taken
    from coach.library.search import Hit
    from coach.library.shelf import Entry


class Shelves(Parts):
    """Cards and documents."""

    def card(self, card_id: str) -> Card:
        """The card with this id; raises :class:`NotFoundError`."""
        return self.library.card(card_id)

    def source_title(self, citation: str) -> str:
        """The title behind a citation: a card's, or a document's."""
        passage = self.library.passage(citation)
        return passage.title if passage else self.card(citation).title

    def source_markdown(self, citation: str) -> str:
        """What is behind a citation, in full, as Markdown."""
        from coach.library.display import card_markdown, passage_markdown

        passage = self.library.passage(citation)
        if passage:
            return passage_markdown(passage)
        card = self.card(citation)
        return card_markdown(card, self.library.deck.sources[card.source])

    def shelf(self) -> list[Entry]:
        """Everything there is to read: the user's documents, then the cards by source."""
        from coach.library.shelf import shelf

        return shelf(self.library.deck, self.library.documents())

    def read_entry(self, entry: Entry) -> str:
        """A card or a document in full, as Markdown."""
        from coach.library.display import document_markdown

        if not entry.is_document:
            return self.source_markdown(entry.key)
        return document_markdown(entry, self.library.passages(entry.key))

    def search_library(self, query: str, limit: int) -> list[Hit]:
        """The cards and passages that speak to ``query``, best first."""
        return list(self.library.search(query, limit).hits)

    def add_documents(
        self, paths: Sequence[Path], on_progress: Callable[[str], None]
    ) -> list[Taken]:
        """Add the user's documents to the library, and index them."""
        taken = self.library.add(paths, on_progress)
        if any(one.outcome == "added" for one in taken):
            self.refresh_library(on_progress)
        return taken

    def remove_document(self, key: str, on_progress: Callable[[str], None]) -> None:
        """Take a document of the user's out of the library; raises :class:`NotFoundError`."""
        self.library.remove(key)
        self.refresh_library(on_progress)
