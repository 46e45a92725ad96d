"""Hybrid search over the library, and the decision whether it can answer at all.

Three signals are joined for each card: how near its texts are to the question (sentence
embeddings), which words they share (BM25), and a linear reader over the embedding that has learnt
from the cards' own texts what each card is about. ``make bench`` prints what each adds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.lexical import LexicalIndex
from coach.library.entries import Entry
from coach.library.heads import LinearHead, fit, one_hot

Vectors = NDArray[np.float32]
Nearest = Callable[[NDArray[np.float32], int], list[tuple[str, float]]]

# All figures below were chosen on the dev half of tests/evals/library; the held half is reported.
_NEAREST = 400
"""Texts asked of the vector index for one question: enough for the best few of each likely card."""
_TOP_TEXTS = (0.30, 0.25, 0.20, 0.15, 0.10)
"""Weights of a card's nearest texts: several that agree say more than one that happens to fit."""
_CARD_RIDGE = 2.0
_SCOPE_RIDGE = 3.0
_USER_STYLE = {"situation": 2.0, "cue": 2.0, "back": 0.5}
"""Texts in the words of users weigh more than those in the words of the coach."""
_ASKED = ("situation", "cue")
_HEAD_SCALE = 0.10
_WORDS_WEIGHT = 0.25
_SHARPNESS = 12.0
_SCOPE_MARGIN_WEIGHT = 2.0
_SCOPE_SLOPE = 3.0
_SCOPE_THRESHOLD = 0.06
_WORDS_THRESHOLD = 0.45
_PASSAGE_MIDDLE = 0.60
_PASSAGE_SLOPE = 14.0
_PASSAGE_NEAR = 0.50
_PASSAGE_COVERED = 0.60


@dataclass(frozen=True)
class Passage:
    """A piece of a document that the user added; ``id`` is "doc:<document>#<position>"."""

    id: str
    document: str
    title: str
    heading: str
    text: str


@dataclass(frozen=True)
class Hit:
    """One card or passage that answers, with a score between 0 and 1.

    ``card`` is a card's id or a passage's; ``source`` the article's key or "document".
    """

    card: str
    source: str
    title: str
    score: float


@dataclass(frozen=True)
class SearchResult:
    """The hits for one question, best first, and whether they ground an answer."""

    query: str
    answerable: bool
    hits: tuple[Hit, ...]
    degraded: str = ""


class WordSearch:
    """Cards by the words they share with a question: BM25 over whole cards and single texts."""

    def __init__(self, entries: Sequence[Entry], cards: Sequence[str]) -> None:
        self._cards = list(cards)
        self._place = {card: i for i, card in enumerate(self._cards)}
        self._owners = [self._place[entry.owner] for entry in entries]
        by_card: dict[str, list[str]] = defaultdict(list)
        for entry in entries:
            by_card[entry.owner].append(entry.text)
        self._whole = LexicalIndex(["\n".join(by_card[card]) for card in self._cards])
        self._single = LexicalIndex([entry.text for entry in entries])

    def scores(self, query: str) -> NDArray[np.float64]:
        """For each card between 0 and 2: relative to the best, as a whole and by its best texts."""
        whole, single = self.raw(query)
        return _relative(whole) + _relative(single)

    def raw(self, query: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """BM25 of each whole card, and the mean of its three best single texts."""
        whole = np.zeros(len(self._cards))
        for place, score in self._whole.search(query, len(self._cards)):
            whole[place] = score
        best: dict[int, list[float]] = defaultdict(list)
        for place, score in self._single.search(query, len(self._owners)):
            if len(best[self._owners[place]]) < 3:
                best[self._owners[place]].append(score)
        single = np.zeros(len(self._cards))
        for card, found in best.items():
            single[card] = sum(found) / 3
        return whole, single

    def coverage(self, query: str, card: str) -> float:
        """How much of the question's words the card uses, rare ones counting more; 0 to 1."""
        return self.share_of(query, self._whole.vocabulary_of(self._place[card]))

    def share_of(self, query: str, vocabulary: Set[str]) -> float:
        """How much of the question's words is in ``vocabulary``, rare ones counting more."""
        weights = {stem: self._whole.weight(stem) for stem in set(self._whole.tokens(query))}
        total = sum(weights.values())
        covered = sum(weight for stem, weight in weights.items() if stem in vocabulary)
        return covered / total if total > 0 else 0.0


class MeaningSearch:
    """Cards by what a question means: nearest texts, and the linear readers over its embedding."""

    def __init__(
        self,
        entries: Sequence[Entry],
        cards: Sequence[str],
        vectors: Vectors,
        nearest: Nearest,
    ) -> None:
        place = {card: i for i, card in enumerate(cards)}
        self._cards = list(cards)
        self._nearest = nearest
        mine = [i for i, entry in enumerate(entries) if entry.owner]
        weights = np.array([_USER_STYLE.get(entries[i].kind, 1.0) for i in mine])
        labels = [place[entries[i].owner] for i in mine]
        self._topic = fit(vectors[mine], one_hot(labels, len(cards)), weights, _CARD_RIDGE)
        self._scope = _scope_head(entries, vectors)
        self._outside = vectors[[i for i, entry in enumerate(entries) if not entry.owner]]
        asked = [i for i in mine if entries[i].kind in _ASKED]
        self._inside = vectors[asked]

    def near(self, vector: Vectors) -> tuple[NDArray[np.float64], dict[str, float]]:
        """For each card the weighted similarity of its nearest texts; and that of each passage."""
        place = {card: i for i, card in enumerate(self._cards)}
        found: dict[int, list[float]] = defaultdict(list)
        passages: dict[str, float] = {}
        for key, similarity in self._nearest(vector, _NEAREST):
            owner = key.partition("|")[0]
            if owner.startswith("doc:"):
                passages[owner] = similarity
            elif owner and len(found[place[owner]]) < len(_TOP_TEXTS):
                found[place[owner]].append(similarity)
        scores = np.zeros(len(self._cards))
        for card, best in found.items():
            scores[card] = sum(w * s for w, s in zip(_TOP_TEXTS, best, strict=False))
        return scores, passages

    def topic(self, vector: Vectors) -> NDArray[np.float64]:
        """The topic reader's score for each card, on the scale of the similarities."""
        raw = self._topic.scores(vector[None, :])[0]
        return np.asarray(raw / (raw.std() or 1.0) * _HEAD_SCALE)

    def scope(self, vector: Vectors) -> float:
        """How likely it is that the cards can answer, 0 to 1; 0.5 is where the decision lies."""
        inside = float((self._inside @ vector).max())
        outside = float((self._outside @ vector).max())
        read = float(self._scope.scores(vector[None, :])[0, 0])
        evidence = read + _SCOPE_MARGIN_WEIGHT * (inside - outside) - _SCOPE_THRESHOLD
        return float(1.0 / (1.0 + np.exp(-_SCOPE_SLOPE * evidence)))


def _scope_head(entries: Sequence[Entry], vectors: Vectors) -> LinearHead:
    """Reads +1 for a question that some card answers and -1 for one that none does."""
    inside = [i for i, entry in enumerate(entries) if entry.owner and entry.kind in _ASKED]
    outside = [i for i, entry in enumerate(entries) if not entry.owner]
    rows = inside + outside
    targets = np.array([1.0] * len(inside) + [-1.0] * len(outside))[:, None]
    # Both sides weigh the same, however many examples each has.
    half = len(rows) / 2
    weights = np.array([half / len(inside)] * len(inside) + [half / len(outside)] * len(outside))
    return fit(vectors[rows], targets, weights, _SCOPE_RIDGE)


def rank_cards(
    near: NDArray[np.float64], topic: NDArray[np.float64], shared: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The joined score of each card; higher is better."""
    return near + topic + _WORDS_WEIGHT * shared


def shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Joined scores as shares of one: a softmax with a fitted sharpness."""
    powers = np.exp(_SHARPNESS * (scores - scores.max()))
    return np.asarray(powers / powers.sum())


def grounds(similarity: float, covered: float) -> bool:
    """Whether a passage is near enough, and says enough of what was asked, to answer from."""
    return similarity >= _PASSAGE_NEAR and covered >= _PASSAGE_COVERED


def covered_enough(coverage: float) -> bool:
    """Whether a card that uses this share of a question's words is enough to answer from."""
    return coverage >= _WORDS_THRESHOLD


def passage_score(similarity: float, covered: float) -> float:
    """How likely it is, 0 to 1, that a passage speaks to the question.

    Any text about mentoring is near any question about it, so the words must agree too.
    """
    near = 1.0 / (1.0 + np.exp(-_PASSAGE_SLOPE * (similarity - _PASSAGE_MIDDLE)))
    return float(near * (1.0 + covered) / 2.0)


def _relative(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    best = scores.max(initial=0.0)
    return scores / best if best > 0 else scores
