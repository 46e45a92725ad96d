"""The order in which remembered things answer a question: a pure function of named signals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

# All figures were chosen on the dev half of tests/evals/recall; the held half is reported.
WORDS_BEFORE = 0.4
WORDS_AFTER = 0.3
"""What the words of the turns beside count: an answer often makes sense only with its question."""
MEANING_BEFORE = 0.2
MEANING_AFTER = 0.1
MEANING = 2.0
"""Weight of the cosine; shared words are between 0 and 1, the best of them at 1."""
SPEAKER = 0.1
"""Small, because people misremember who said it."""
DATE = 0.8
TIME = 0.1
LENGTH = 0.1
QUESTION = 0.2
SUPERSEDED = 0.4
DAYS_AROUND = 14.0
"""Days after which nearness to the days asked about has fallen to a third."""


@dataclass(frozen=True)
class Signals:
    """What is known of each thing for one question; every array has one entry a thing.

    ``words`` is its BM25 score; ``meaning`` its cosine, or None while there is no model;
    ``before`` and ``after`` the places of the turns beside it, -1 where there is none; ``named``
    whether its speaker is asked about; ``near`` how near it is to the days asked about, 0 to 1;
    ``tells_time`` whether it holds a time while the question asks for one; ``length`` in words;
    ``asking`` the share of its sentences that are questions; ``superseded`` whether it is.
    """

    words: Scores
    meaning: Scores | None
    before: NDArray[np.intp]
    after: NDArray[np.intp]
    named: Scores
    near: Scores
    tells_time: Scores
    length: Scores
    asking: Scores
    superseded: Scores


def rank(signals: Signals) -> Scores:
    """The joined score of each thing; higher is better."""
    words = _with_neighbours(signals, signals.words, WORDS_BEFORE, WORDS_AFTER)
    best = words.max(initial=0.0)
    score = words / best if best > 0 else words
    if signals.meaning is not None:
        score = score + MEANING * _with_neighbours(
            signals, signals.meaning, MEANING_BEFORE, MEANING_AFTER
        )
    return np.asarray(
        score
        + SPEAKER * signals.named
        + DATE * signals.near
        + TIME * signals.tells_time
        + LENGTH * np.log1p(signals.length)
        - QUESTION * signals.asking
        - SUPERSEDED * signals.superseded
    )


def _with_neighbours(signals: Signals, own: Scores, before: float, after: float) -> Scores:
    padded = np.append(own, 0.0)  # place -1 is "none"
    return np.asarray(own + before * padded[signals.before] + after * padded[signals.after])


def nearness(day: date | None, days: tuple[tuple[date, date], ...]) -> float:
    """How near ``day`` is to the nearest of the intervals ``days``: 1 within, falling to 0."""
    if day is None or not days:
        return 0.0
    away = min(max((first - day).days, (day - last).days, 0) for first, last in days)
    return float(np.exp(-away / DAYS_AROUND))


def evidence(covered: float, cosine: float | None) -> float:
    """How surely a thing speaks to the question, 0 to 1.

    ``covered`` is the share of the question's words, by weight, that it and the turns beside it
    use; ``cosine`` the similarity of meaning, None while there is no model.
    """
    if cosine is None:
        return covered
    return float(np.clip(0.5 * covered + 0.5 * (cosine - 0.15) / 0.5, 0.0, 1.0))
