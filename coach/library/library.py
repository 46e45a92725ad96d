"""The knowledge library as the rest of the program sees it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.errors import ContentError, IndexUnavailableError
from coach.lexical import LexicalIndex
from coach.library import search as joined
from coach.library.cards import Card, Deck, load_deck
from coach.library.documents import DocumentStore, KeptDocument, Taken
from coach.library.entries import card_entries, out_of_scope_entries
from coach.library.index import VectorIndex, open_or_build, recipe_for
from coach.library.search import Hit, MeaningSearch, Passage, SearchResult, WordSearch
from coach.models.embedder import EarlyStates, Embedder
from coach.models.shipped_vectors import vectors_file
from coach.text import words

Vectors = NDArray[np.float32]
EmbedPublic = Callable[[Embedder, list[str]], Vectors]

WORDS_ONLY = "searching by words only while the model is getting ready"


@dataclass(frozen=True)
class _Meaning:
    embedder: Embedder
    search: MeaningSearch
    index: VectorIndex | None


_PATIENCE = 1.0
"""Seconds that closing waits for a thread that is filling the index, which can take a minute."""


class Library:
    """Cards and documents with search over them.

    Search works by words at once, and by meaning too after :meth:`start`. Thread-safe.
    """

    def __init__(
        self,
        documents: DocumentStore,
        index_folder: Path,
        embed_cards: EmbedPublic,
        embed_examples: EmbedPublic,
    ) -> None:
        self.deck: Deck = load_deck()
        self._documents = documents
        self._folder = index_folder
        self._embed_cards = embed_cards
        self._embed_examples = embed_examples
        self._entries = card_entries(self.deck)
        self._cards = list(self.deck.cards)
        self._lock = threading.RLock()
        self._words: WordSearch | None = None
        self._passages: dict[str, Passage] | None = None
        self._passage_words: LexicalIndex | None = None
        self._meaning: _Meaning | None = None
        self._public: dict[str, Vectors] = {}
        self._recent: dict[str, tuple[Vectors, EarlyStates | None]] = {}
        self._fault = ""

    # -- readiness ---------------------------------------------------------

    def start(self, embedder: Embedder, on_progress: Callable[[str], None]) -> None:
        """Make search by meaning ready; builds the index where it is not there or not sound.

        When Chroma cannot be used the texts' vectors are compared one by one, and
        :attr:`degraded` says so.
        """
        outside = out_of_scope_entries()
        entries = [*self._entries, *outside]
        vectors = self._embed_cards(embedder, [entry.text for entry in entries])
        with self._lock:
            if self._meaning and self._meaning.index:
                self._meaning.index.close()
            kept = self._documents.vectors(embedder.digest, embedder.dimension, embedder.embed)
            keys = [entry.key for entry in entries] + list(kept)
            matrix = np.vstack([vectors, *[v[None, :] for v in kept.values()]])
            texts = [entry.text for entry in entries] + list(kept)
            recipe = recipe_for(keys, texts, embedder.digest, embedder.dimension)
            index: VectorIndex | None = None
            try:
                index = open_or_build(self._folder, recipe, keys, lambda: matrix, on_progress)
                nearest: joined.Nearest = index.search
                self._fault = ""
            except IndexUnavailableError as error:
                self._fault = error.what
                nearest = _exact(keys, matrix)
            self._public = {e.text: v for e, v in zip(entries, vectors, strict=True)}
            self._recent.clear()
            meaning = MeaningSearch(entries, self._cards, vectors, nearest)
            self._meaning = _Meaning(embedder, meaning, index)

    @property
    def ready(self) -> bool:
        """Whether search by meaning is ready."""
        return self._meaning is not None

    @property
    def fault(self) -> str:
        """What is wrong with the index, in words; "" when nothing is."""
        return self._fault

    def close(self) -> None:
        """Let go of the index; where a thread still fills it, the end of the process does."""
        if not self._lock.acquire(timeout=_PATIENCE):
            return
        try:
            if self._meaning and self._meaning.index:
                self._meaning.index.close()
            self._meaning = None
        finally:
            self._lock.release()

    # -- look-ups ----------------------------------------------------------

    def card(self, card_id: str) -> Card:
        """The card with this id; raises :class:`NotFoundError`."""
        return self.deck.get(card_id)

    def passage(self, passage_id: str) -> Passage | None:
        """The passage of a document with this id, if it is there."""
        return self._known_passages().get(passage_id)

    def passages(self, document: str) -> list[Passage]:
        """The passages of a document, in order; "doc:" may stand before its id."""
        key = document.removeprefix("doc:")
        return [one for one in self._known_passages().values() if one.document == key]

    def documents(self) -> list[KeptDocument]:
        """The user's documents."""
        return self._documents.all()

    def add(self, paths: Sequence[Path], on_progress: Callable[[str], None]) -> list[Taken]:
        """Add documents; they are found by meaning after the next :meth:`start`."""
        taken = self._documents.add(paths, on_progress)
        self._forget_passages()
        return taken

    def remove(self, document: str) -> None:
        """Remove a document; raises :class:`NotFoundError`."""
        self._documents.remove(document)
        self._forget_passages()

    # -- search ------------------------------------------------------------

    def search(self, query: str, k: int = 5) -> SearchResult:
        """The best ``k`` cards and passages for ``query``, and whether they ground an answer."""
        return self.search_many([query], k)[0]

    def search_many(self, queries: Sequence[str], k: int = 5) -> list[SearchResult]:
        """:meth:`search` for several questions, embedded together."""
        meaning = self._meaning
        if meaning is None:
            return [self._by_words(query, k) for query in queries]
        vectors = (
            meaning.embedder.embed(list(queries))
            if len(queries) > 1
            else self._vector(meaning, queries[0])[None, :]
        )
        return [
            self._by_meaning(meaning.search, query, vector, k)
            for query, vector in zip(queries, vectors, strict=True)
        ]

    def affinity(self, query: str, texts: Sequence[str]) -> list[float]:
        """How near each of a card's own ``texts`` is to ``query``; by shared words if not ready."""
        meaning = self._meaning
        if meaning is None:
            asked = set(words(query))
            return [len(asked & set(words(text))) / (len(words(text)) + 1) for text in texts]
        vector = self._vector(meaning, query)
        return [
            float(self._public[text] @ vector) if text in self._public else 0.0 for text in texts
        ]

    def vector(self, query: str) -> NDArray[np.float32] | None:
        """The embedding of ``query``, shape (dimension,); None while there is no model."""
        meaning = self._meaning
        return None if meaning is None else self._vector(meaning, query)

    def early_states(self, query: str, model: str) -> Vectors | None:
        """What the model's first layers make of ``query``, shape (tokens, dimension).

        None while there is no model, or for another one than that of the digest ``model``.
        """
        meaning = self._meaning
        if meaning is None or meaning.embedder.digest != model:
            return None
        early = self._read(meaning, query)[1]
        return early.states if early else None

    def vectors_of_content(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        """The embeddings of texts that ship with the program, shape (n, dimension); None while
        there is no model. They are kept on disk: never for what a user wrote.
        """
        meaning = self._meaning
        return None if meaning is None else self._embed_examples(meaning.embedder, list(texts))

    def recipe(self, *files: Path) -> bytes:
        """Changes with what is learnt from: cards, files, vectors that ship, the model (if any).

        Raises :class:`ContentError` for a file that cannot be read.
        """
        digest = hashlib.sha256(self._meaning.embedder.digest.encode() if self._meaning else b"")
        for card in self.deck.cards.values():
            digest.update("\n".join((card.id, *card.situations)).encode())
        for file in (*files, vectors_file()):
            try:
                digest.update(file.read_bytes())
            except OSError as error:
                raise ContentError(file, 1, f"it cannot be read: {error}") from None
        return digest.digest()

    def _vector(self, meaning: _Meaning, query: str) -> Vectors:
        return self._read(meaning, query)[0]

    def _read(self, meaning: _Meaning, query: str) -> tuple[Vectors, EarlyStates | None]:
        """The vector and the early states of ``query``, by one pass of the model."""
        # One turn asks about the same text several times; only the newest are kept.
        with self._lock:
            if query not in self._recent:
                while len(self._recent) >= 8:
                    self._recent.pop(next(iter(self._recent)))
                self._recent[query] = meaning.embedder.embed_with_early(query)
            return self._recent[query]

    def _by_meaning(
        self, meaning: MeaningSearch, query: str, vector: Vectors, k: int
    ) -> SearchResult:
        with self._lock:
            near, passages = meaning.near(vector)
        shared = self._word_search().scores(query)
        scores = joined.rank_cards(near, meaning.topic(vector), shared)
        scope = meaning.scope(vector)
        hits = [
            self._card_hit(card, scope * share)
            for card, share in zip(self._cards, joined.shares(scores), strict=True)
        ]
        covered = {key: self._passage_coverage(query, key) for key in passages}
        hits += self._passage_hits(passages, covered)
        hits.sort(key=lambda hit: (-hit.score, hit.card))
        answerable = bool(query.strip()) and (
            scope >= 0.5
            or any(joined.grounds(near, covered[key]) for key, near in passages.items())
        )
        return SearchResult(query, answerable, tuple(hits[:k]), self._fault)

    def _by_words(self, query: str, k: int) -> SearchResult:
        words = self._word_search()
        scores = words.scores(query)
        best = self._cards[int(scores.argmax())]
        covered = words.coverage(query, best) if scores.any() else 0.0
        hits = [
            self._card_hit(card, covered * score / 2)
            for card, score in zip(self._cards, scores, strict=True)
            if score > 0
        ]
        passages = self._passage_words_hits(query)
        hits = sorted([*hits, *passages], key=lambda hit: (-hit.score, hit.card))
        best_covered = max([covered, *(hit.score for hit in passages)])
        return SearchResult(
            query, joined.covered_enough(best_covered), tuple(hits[:k]), WORDS_ONLY
        )  # fmt: skip

    def _card_hit(self, card_id: str, score: float) -> Hit:
        card = self.deck.cards[card_id]
        return Hit(card.id, card.source, card.title, round(float(score), 4))

    def _passage_hits(self, near: dict[str, float], covered: dict[str, float]) -> list[Hit]:
        known = self._known_passages()
        return [
            Hit(
                key,
                "document",
                _passage_title(known[key]),
                round(joined.passage_score(similarity, covered[key]), 4),
            )
            for key, similarity in near.items()
            if key in known
        ]

    def _passage_coverage(self, query: str, key: str) -> float:
        known = self._known_passages()
        if key not in known:
            return 0.0
        place = list(known).index(key)
        return self._word_search().share_of(query, self._passage_index().vocabulary_of(place))

    def _passage_index(self) -> LexicalIndex:
        with self._lock:
            if self._passage_words is None:
                texts = [
                    f"{p.title}\n{p.heading}\n{p.text}" for p in self._known_passages().values()
                ]
                self._passage_words = LexicalIndex(texts)
            return self._passage_words

    def _passage_words_hits(self, query: str) -> list[Hit]:
        known, index = list(self._known_passages().values()), self._passage_index()
        found = index.search(query, 10)
        covered = [self._passage_coverage(query, known[place].id) for place, _ in found]
        return [
            Hit(
                known[place].id,
                "document",
                _passage_title(known[place]),
                round(share * score / found[0][1], 4),
            )
            for share, (place, score) in zip(covered, found, strict=True)
        ]

    def _word_search(self) -> WordSearch:
        with self._lock:
            if self._words is None:
                self._words = WordSearch(self._entries, self._cards)
            return self._words

    def _known_passages(self) -> dict[str, Passage]:
        with self._lock:
            if self._passages is None:
                self._passages = {p.id: p for p in self._documents.passages()}
            return self._passages

    def _forget_passages(self) -> None:
        with self._lock:
            self._passages = None
            self._passage_words = None


def _passage_title(passage: Passage) -> str:
    return f"{passage.title}: {passage.heading}" if passage.heading else passage.title


def _exact(keys: list[str], matrix: Vectors) -> joined.Nearest:
    """Nearest texts by comparing with every vector: for when Chroma cannot be used."""

    def search(vector: Vectors, limit: int) -> list[tuple[str, float]]:
        similar = matrix @ vector
        order = (-similar).argsort(kind="stable")[:limit]
        return [(keys[i], float(similar[i])) for i in order]

    return search
