"""Search by words: BM25 (bm25s) over short texts, several of which may belong to one entry."""

from __future__ import annotations

import math
from collections.abc import Sequence

import bm25s
import Stemmer

from coach.text import words

# BM25's usual term-saturation and length weights (Robertson and Zaragoza, 2009).
_K1 = 1.2
_B = 0.75
# Function words carry no need; the list is bm25s's English one, less the words that mark a limit.
_STOP = frozenset(bm25s.stopwords.STOPWORDS_EN) - {"no", "not"}


class LexicalIndex:
    """BM25 over ``texts``; immutable once made, safe to read from several threads."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._stemmer = Stemmer.Stemmer("english")
        self._size = len(texts)
        self._engine = bm25s.BM25(k1=_K1, b=_B)
        corpus = [self.tokens(text) for text in texts]
        self._vocabularies = [frozenset(tokens) for tokens in corpus]
        if any(corpus):
            self._engine.index(corpus, show_progress=False)
        else:
            self._size = 0

    def tokens(self, text: str) -> list[str]:
        """The stems of the words of ``text`` that carry meaning."""
        plain = [w for w in words(text) if w not in _STOP]
        return list(self._stemmer.stemWords(plain))

    def search(self, query: str, limit: int) -> list[tuple[int, float]]:
        """Positions of the best ``limit`` texts with their scores (> 0), best first."""
        tokens = self.tokens(query)
        if not self._size or not tokens:
            return []
        scores = self._engine.get_scores(tokens)
        order = (-scores).argsort(kind="stable")[:limit]
        return [(int(i), float(scores[i])) for i in order if scores[i] > 0]

    def vocabulary_of(self, place: int) -> frozenset[str]:
        """The stems that the text at ``place`` uses."""
        return self._vocabularies[place]

    def weight(self, stem: str) -> float:
        """How much a stem tells texts apart: the rarer, the more; most for one that is in none."""
        uses = sum(stem in vocabulary for vocabulary in self._vocabularies)
        return math.log((len(self._vocabularies) + 1) / (uses + 0.5))


def stems(text: str) -> list[str]:
    """The stems of the words of ``text`` that carry meaning, as :class:`LexicalIndex` sees them."""
    plain = [w for w in words(text) if w not in _STOP]
    return list(Stemmer.Stemmer("english").stemWords(plain))
