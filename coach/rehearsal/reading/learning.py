"""From authored examples to what the reader learns from, and the learning itself.

Softmax (multinomial logistic) regression with an L2 penalty, minimised with L-BFGS (Nocedal, 1980;
the two-loop recursion), in NumPy alone: some seconds for 7,000 rows, once for each model.
"""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from coach.rehearsal.reading.examples import SUBTYPES, Example
from coach.rehearsal.reading.lexicon import lexicon
from coach.rehearsal.reading.segments import Sentence, sentences

Array = NDArray[np.float32]

_PENALTY = 2.0
_STEPS = 80
_MEMORY = 8
_ENOUGH = 1e-5
"""The relative gain of a step below which the search ends."""
FIGURES = (_PENALTY, _STEPS, _ENOUGH)


@dataclass(frozen=True)
class Item:
    """A sentence to learn from, with the sentences said before it; ``label`` as in SUBTYPES."""

    sentence: Sentence
    before: tuple[Sentence, ...]
    label: int


def items(examples: Sequence[Example]) -> list[Item]:
    """What is learnt from: each example with words before it, and most without.

    Only reflections and answers were authored with the words before them. So that "something was
    said before" tells nothing, the others borrow such words from their own scenario; and so that
    reading works without, each is learnt alone too. Advice that was asked for is that only after
    the question. Questions that show by their grammar are learnt without the question mark too.
    """
    said: dict[str, set[str]] = {}
    for one in examples:
        if one.turn.before:
            said.setdefault(one.scenario, set()).add(one.turn.before)
    cut = {before: tuple(sentences(before)) for pool in said.values() for before in pool}
    found: list[Item] = []
    for one in examples:
        text, before = one.turn.text, one.turn.before
        pool = sorted(said.get(one.scenario, ()))
        borrowed = before or (pool[zlib.crc32(text.encode()) % len(pool)] if pool else "")
        label = SUBTYPES.index(one.subtype)
        own = [s for s in sentences(text) if not s.is_noise or s.asks]
        heard = cut.get(borrowed, ())
        found += [Item(s, heard, label) for s in own]
        if one.subtype in {"open_question", "closed_question"}:
            plain = [_unasked(s) for s in own]
            found += [Item(s, (), label) for s in plain]
            found += [Item(s, heard, label) for s in plain if s not in own]
        elif not (before and one.subtype == "advice_asked"):
            found += [Item(s, (), label) for s in own]
    return found


def _unasked(sentence: Sentence) -> Sentence:
    """Without its question mark, where the words still ask; the same for half of them."""
    if not any(word in lexicon().interrogative for word in sentence.words[:4]):
        return sentence
    drop = zlib.crc32(sentence.text.encode()) % 2
    return replace(sentence, asks=False) if drop else sentence


def solve(rows: Array, labels: NDArray[np.intp], classes: int) -> Array:
    """Weights for ``rows`` and, in the last row, the offset: shape (columns + 1, classes)."""
    full = np.hstack([rows, np.ones((len(rows), 1), np.float32)])
    targets = np.eye(classes, dtype=np.float32)[labels]
    penalty = np.full((full.shape[1], 1), _PENALTY, np.float32)
    penalty[-1] = 0.0

    def loss(weights: Array) -> tuple[float, Array]:
        scores = full @ weights
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        sums = powers.sum(axis=1, keepdims=True)
        told = float((np.log(sums[:, 0]) - (scores * targets).sum(axis=1)).sum())
        value = told + 0.5 * float((penalty * weights * weights).sum())
        return value, full.T @ (powers / sums - targets) + penalty * weights

    return _minimum(loss, np.zeros((full.shape[1], classes), np.float32))


def _minimum(loss: Callable[[Array], tuple[float, Array]], at: Array) -> Array:
    value, slope = loss(at)
    steps: deque[tuple[Array, Array]] = deque(maxlen=_MEMORY)
    for _ in range(_STEPS):
        direction = _direction(slope, steps)
        length, fall = 1.0, float((slope * direction).sum())
        while True:
            new = at - length * direction
            new_value, new_slope = loss(new)
            if new_value <= value - 1e-4 * length * fall or length < 1e-4:
                break
            length /= 2
        if float(((new - at) * (new_slope - slope)).sum()) > 1e-8:
            steps.append((new - at, new_slope - slope))
        done = value - new_value < _ENOUGH * abs(value)
        at, value, slope = new, new_value, new_slope
        if done:
            break
    return at


def _direction(slope: Array, steps: Sequence[tuple[Array, Array]]) -> Array:
    if not steps:
        return np.asarray(slope / max(1.0, float(np.linalg.norm(slope))), np.float32)
    found, shares = slope.copy(), []
    for moved, turned in reversed(steps):
        share = float((moved * found).sum()) / float((moved * turned).sum())
        shares.append(share)
        found -= share * turned
    moved, turned = steps[-1]
    found *= float((moved * turned).sum()) / float((turned * turned).sum())
    for (moved, turned), share in zip(steps, reversed(shares), strict=True):
        found += (share - float((turned * found).sum()) / float((moved * turned).sum())) * moved
    return found
