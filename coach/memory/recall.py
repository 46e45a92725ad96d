"""Searching a pair's memory: what was said, by whom and when, for a question in plain words."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from coach.memory.corpus import Corpus, load_corpus
from coach.memory.dates import HERE, Locale
from coach.memory.items import Status
from coach.memory.question import Question, read_question
from coach.memory.ranking import Signals, evidence, nearness, rank
from coach.memory.store import MemoryStore
from coach.models.embedder import Embedder
from coach.storage.pairs import Pair

_PAIRS_HELD = 8
_NOTHING = 0.26
"""Below this much evidence in the best hits, nothing was said about it: the most that all answered
questions of the tuning sets of tests/evals/recall leave room for, less a little."""
_LOOKED_AT = 10


@dataclass(frozen=True)
class RecallHit:
    """One thing remembered that speaks to a question; ``score`` is between 0 and 1.

    ``id`` is an item's number, or a turn's id as imported ("turn-N" where it had none).
    ``context`` has the turns said just before and after, a line each; "" for an item.
    """

    id: str
    kind: Literal["item", "turn"]
    text: str
    on: date | None
    score: float
    speaker: str | None
    status: Status
    context: str


class Recall:
    """Search over one pair at a time, by words at once and by meaning after :meth:`start`.

    What was loaded of a pair is held until its memory changes. Thread-safe.
    """

    def __init__(
        self, store: MemoryStore, embedder: Embedder | None = None, locale: Locale = HERE
    ) -> None:
        self._store = store
        self._locale = locale
        self._embedder = embedder
        self._lock = threading.Lock()
        self._held: OrderedDict[Pair, tuple[tuple[int, str | None], Corpus]] = OrderedDict()

    def start(self, embedder: Embedder) -> None:
        """Search by meaning too, with vectors of this embedder's model."""
        with self._lock:
            self._embedder = embedder

    def search(self, pair: Pair, query: str, k: int = 10, *, on: date) -> list[RecallHit]:
        """The best ``k`` of the pair's items and turns for ``query``, asked on the day ``on``.

        Empty when nothing that is remembered speaks to it.
        """
        embedder = self._embedder
        corpus = self._corpus(pair, embedder.digest if embedder else None)
        if not corpus.entries or not query.strip():
            return []
        days = {day for entry in corpus.entries for day in entry.days}
        question = read_question(query, on, corpus.speakers, pair.name, days, self._locale)
        vectors = None
        if embedder is not None and corpus.known.any():
            vectors = embedder.embed(list(dict.fromkeys((question.as_said, question.text))))
        return _hits(corpus, question, vectors, k)

    def _corpus(self, pair: Pair, digest: str | None) -> Corpus:
        state = (self._store.version(pair), digest)
        with self._lock:
            held = self._held.get(pair)
            if held is None or held[0] != state:
                held = state, load_corpus(self._store.database, pair, digest)
                self._held[pair] = held
            self._held.move_to_end(pair)
            while len(self._held) > _PAIRS_HELD:
                self._held.popitem(last=False)
            return held[1]


def _hits(
    corpus: Corpus, question: Question, vectors: NDArray[np.float32] | None, k: int
) -> list[RecallHit]:
    """``vectors`` are those of the question as its answer would say it, and as it was asked (one
    where these are the same)."""
    known = signals(corpus, question, None if vectors is None else corpus.meaning(vectors[0]))
    order = np.argsort(-rank(known), kind="stable")[: max(k, _LOOKED_AT)]
    found = _evidence(corpus, question, None if vectors is None else vectors[-1], order)
    # A question for a time alone ("what did he say in spring?") has no other words to go by.
    found = np.maximum(found, known.near[order])
    if found[:_LOOKED_AT].max() < _NOTHING:
        return []
    # As sure as anything shown below it: what is around a turn speaks for it too.
    sure = np.maximum.accumulate(found[:k][::-1])[::-1]
    return [_hit(corpus, int(place), float(sure[i])) for i, place in enumerate(order[:k])]


def _evidence(
    corpus: Corpus,
    question: Question,
    vector: NDArray[np.float32] | None,
    order: NDArray[np.intp],
) -> NDArray[np.float64]:
    """How surely the words of each of the entries ``order`` speak to the question.

    ``vector`` is the question's as it was asked: a name is no help in finding the turn, but in
    telling what was said from what never was.
    """
    like = None if vector is None else corpus.meaning(vector)
    found = [
        evidence(
            corpus.covered(question.words, int(place)), None if like is None else float(like[place])
        )
        for place in order
    ]
    return np.array(found)


def signals(corpus: Corpus, question: Question, meaning: NDArray[np.float64] | None) -> Signals:
    """The signals of every entry for one question."""
    speakers = question.speakers if len(question.speakers) < len(corpus.speakers) else frozenset()
    named = [entry.speaker in speakers for entry in corpus.entries]
    return Signals(
        words=corpus.words(question.words),
        meaning=meaning,
        before=corpus.before,
        after=corpus.after,
        earlier=corpus.earlier,
        meeting=corpus.meeting,
        named=np.array(named, dtype=float),
        near=_near(corpus, question),
        tells_time=corpus.tells_time * question.asks_when,
        length=corpus.length,
        asking=corpus.asking,
        superseded=corpus.superseded,
    )


def _near(corpus: Corpus, question: Question) -> NDArray[np.float64]:
    if not question.days:
        return np.zeros(len(corpus.entries))
    return np.array(
        [
            max((nearness(day, question.days) for day in entry.days), default=0.0)
            for entry in corpus.entries
        ]
    )


def _hit(corpus: Corpus, place: int, score: float) -> RecallHit:
    entry = corpus.entries[place]
    beside = [corpus.entries[p] for p in (corpus.before[place], corpus.after[place]) if p >= 0]
    return RecallHit(
        id=entry.id,
        kind=entry.kind,
        text=entry.text,
        on=entry.on,
        score=round(min(score, 1.0), 4),
        speaker=entry.speaker,
        status=entry.status,
        context="\n".join(f"{other.speaker}: {other.text}" for other in beside),
    )
