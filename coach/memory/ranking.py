"""The order in which remembered things answer a question: a pure function of named signals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Places = NDArray[np.intp]

# The weights are the rounded coefficients of a listwise logistic regression (softmax over all turns
# of a conversation, evidence against the rest) on the tuning sets of tests/evals/recall; fitted to
# either of these alone they differ by less than a third. MEETING, LENGTH and QUESTION, which depend
# most on who writes, are made smaller; DATE is larger, since who names a day means it.
MEANING = 4.0
"""Weight of the cosine, from its mean; shared words are between 0 and 1, the best of them at 1."""
BEFORE = 0.55
AFTER = 0.2
EARLIER = 0.45
"""What a match of the turns around counts, the turn itself being 1: an answer often makes sense
only with its question, or with what the same person said before that."""
MEETING = 0.7
"""What the mean of the best few matches in the same meeting counts: talk stays on a subject."""
BEST_OF_MEETING = 3
SPEAKER = 0.5
"""Less than a good match, because people misremember who said it."""
DATE = 2.0
TIME = 0.6
LENGTH = 0.7
LONG = 40.0
"""Words beyond which a turn is no more likely to say something for being longer."""
QUESTION = 1.0
SUPERSEDED = 1.0
DAYS_AROUND = 14.0
"""Days after which nearness to the days asked about has fallen to a third."""


@dataclass(frozen=True)
class Signals:
    """What is known of each thing for one question; every array has one entry a thing.

    ``words`` is its BM25 score; ``meaning`` its cosine, or None while there is no model;
    ``before`` and ``after`` the places of the turns beside it and ``earlier`` that of the turn
    before ``before``, -1 where there is none; ``meeting`` a number for the meeting it was said in;
    ``named`` whether its speaker is asked about; ``near`` how near it is to the days asked about,
    0 to 1; ``tells_time`` whether it holds a time while the question asks for one; ``length`` in
    words; ``asking`` the share of its sentences that are questions; ``superseded`` whether it is.
    """

    words: Scores
    meaning: Scores | None
    before: Places
    after: Places
    earlier: Places
    meeting: Places
    named: Scores
    near: Scores
    tells_time: Scores
    length: Scores
    asking: Scores
    superseded: Scores


def rank(signals: Signals) -> Scores:
    """The joined score of each thing; higher is better."""
    best = signals.words.max(initial=0.0)
    match = signals.words / best if best > 0 else signals.words
    if signals.meaning is not None and signals.meaning.size:
        match = match + MEANING * (signals.meaning - signals.meaning.mean())
    padded = np.append(match, 0.0)  # place -1 is "none"
    return np.asarray(
        match
        + BEFORE * padded[signals.before]
        + AFTER * padded[signals.after]
        + EARLIER * padded[signals.earlier]
        + MEETING * _best_of_meeting(match, signals.meeting)
        + SPEAKER * signals.named
        + DATE * signals.near
        + TIME * signals.tells_time
        + LENGTH * np.log1p(np.minimum(signals.length, LONG))
        - QUESTION * signals.asking
        - SUPERSEDED * signals.superseded
    )


def _best_of_meeting(match: Scores, meeting: Places) -> Scores:
    """For each thing the mean of the best :data:`BEST_OF_MEETING` of its meeting."""
    order = np.lexsort((-match, meeting))
    _, first, group, size = np.unique(
        meeting[order], return_index=True, return_inverse=True, return_counts=True
    )
    among = np.arange(len(order)) - first[group] < BEST_OF_MEETING
    sums = np.bincount(group, weights=match[order] * among, minlength=len(size))
    means = np.empty_like(match)
    means[order] = (sums / np.minimum(size, BEST_OF_MEETING))[group]
    return means


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
