"""Nearest-example classification: votes for a kind from authored examples and their likeness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal, Protocol, cast, get_args, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from coach.content import from_toml, knowledge
from coach.memory.items import Kind


class Similarity(Protocol):
    """The cosine of each of some texts with each of others: shape (len(first), len(second))."""

    def __call__(self, texts: list[str], others: list[str], /) -> NDArray[np.float32]: ...

    def __hash__(self) -> int: ...


@runtime_checkable
class ReadsClauses(Protocol):
    """A similarity that has also learnt to tell the kind of a clause in its sentence."""

    def log_chances(
        self, text: str, spans: Sequence[tuple[int, int]]
    ) -> NDArray[np.float32] | None:
        """The logarithm of how likely each label of :mod:`~coach.memory.noticing.kind_model` is for
        each part of ``text``, shape (len(spans), labels); None when it cannot tell."""
        ...


_SHARPNESS = 2.5
_RIDGE = 0.2
_WHOLE = 0.5
_LEAST = 0.1
"""The least share of its parts' length that a whole has, so that opposites divide by nothing."""
_BLOCK = 512
"""Parts of a sentence that are compared with all of its parts at a time."""
_SURE, _UNSURE = 0.36, 0.07
_RIVAL, _NOTHING = 0.3, 0.1
_LEANING: dict[str, float] = {"fact": 0.8}
"""What a score counts for: facts are rarely asked for."""

Name = Kind | Literal["none", "private"]
"""What an example shows: a kind, what is not worth keeping, or words that ask for silence."""


@dataclass(frozen=True)
class Likeness:
    """What a clause is like: up to 3 points for one kind; how like it is to a mark of confidence.

    ``confiding`` is about 1 for what could stand among the examples of such marks, 0 for others.
    ``alone`` and ``near`` are the scores by name that it has by itself and with its sentence, about
    1 for what could stand among the examples. ``tuned`` is how likely each kind is by what was
    learnt of clauses in their sentences: logarithms by label.
    """

    votes: dict[Kind, float] = field(default_factory=dict)
    confiding: float = 0.0
    near: dict[Name, float] = field(default_factory=dict)
    alone: dict[Name, float] = field(default_factory=dict)
    tuned: dict[str, float] = field(default_factory=dict)


UNLIKE = Likeness()
"""Of a clause that was compared with nothing."""


@cache
def examples() -> tuple[tuple[Name, str], ...]:
    """The authored (name, example) pairs.

    Raises :class:`ContentError` for a missing or broken file.
    """
    known: dict[str, Name] = {name: name for name in ("none", "private", *get_args(Kind))}
    return from_toml(
        knowledge("noticing-examples.toml"),
        lambda raw: tuple((known[k], str(text)) for k, texts in raw.items() for text in texts),
        "each kind needs a list of examples",
    )


@cache
def example_texts() -> list[str]:
    """The texts of :func:`examples`, always as the same list: what compares with it may keep it."""
    return [text for _, text in examples()]


def likenesses(
    clauses: Sequence[str], sentences: Sequence[str], similarity: Similarity
) -> list[Likeness]:
    """What each of ``clauses`` is like, read by itself and with its one of ``sentences``.

    Kernel ridge regression on the examples (one column a name, kernel exp(s(cosine - 1))): it
    weighs all examples and not just the nearest few. The two readings count alike; what speaks
    for another kind, or for nothing at all, is taken off.
    """
    if not clauses:
        return []
    names, weights = _fitted(similarity)
    near = np.asarray(similarity(list(clauses), example_texts()), dtype=np.float64)
    alone = _kernel(near) @ weights
    whole = _kernel(composed(near, clauses, sentences, similarity)) @ weights
    return [
        _likeness(names, a, (1 - _WHOLE) * a + _WHOLE * b)
        for a, b in zip(alone, whole, strict=True)
    ]


def composed(
    near: NDArray[np.float64], texts: Sequence[str], wholes: Sequence[str], similarity: Similarity
) -> NDArray[np.float64]:
    """For each of ``texts`` the cosines of the whole that it is part of, made up from the parts'.

    ``near`` has the cosines of each of ``texts`` with some others, ``wholes`` the whole of each.
    The model takes the mean over the tokens, so that a sentence's vector is near the mean of its
    clauses' weighed by their length: that saves embedding the sentence.
    """
    out = near.copy()
    groups: dict[str, list[int]] = {}
    for place, whole in enumerate(wholes):
        groups.setdefault(whole, []).append(place)
    for inside in groups.values():
        if len(inside) > 1:
            parts = [texts[i] for i in inside]
            weight = np.array([len(part.split()) + 1.0 for part in parts])
            square = _square(parts, weight, similarity)
            length = np.sqrt(max(square, float(weight @ weight) * _LEAST))
            out[inside] = weight @ near[inside] / length
    return out


def _square(parts: Sequence[str], weight: NDArray[np.float64], similarity: Similarity) -> float:
    """The squared length of the sum of the parts' vectors, each times its weight.

    What is said again adds up, and rows are taken in blocks: thousands of parts in one sentence
    take memory by their number and not by its square.
    """
    sums: dict[str, float] = {}
    for part, one in zip(parts, weight.tolist(), strict=True):
        sums[part] = sums.get(part, 0.0) + one
    texts, weights = list(sums), np.array(list(sums.values()))
    square = 0.0
    for first in range(0, len(texts), _BLOCK):
        block = slice(first, first + _BLOCK)
        cosines = np.asarray(similarity(texts[block], texts), dtype=np.float64)
        square += float(weights[block] @ cosines @ weights)
    return square


def _likeness(names: list[Name], alone: NDArray[np.float64], mean: NDArray[np.float64]) -> Likeness:
    kinds = {
        name: float(score) * _LEANING.get(name, 1.0)
        for name, score in zip(names, mean, strict=True)
        if name not in ("none", "private")
    }
    ranked = sorted(kinds, key=lambda name: -kinds[name])
    best, rival = ranked[0], max(kinds[ranked[1]], 0.0)
    score = kinds[best] - _RIVAL * rival - _NOTHING * max(float(mean[names.index("none")]), 0.0)
    points = 3.0 * min(1.0, (score - _UNSURE) / (_SURE - _UNSURE))
    confiding = float(alone[names.index("private")])
    votes = {cast(Kind, best): points} if points > 0 else {}
    near, by_itself = (dict(zip(names, row.tolist(), strict=True)) for row in (mean, alone))
    return Likeness(votes, confiding, near, by_itself)


@lru_cache(maxsize=2)
def _fitted(similarity: Similarity) -> tuple[list[Name], NDArray[np.float64]]:
    known = examples()
    texts = [text for _, text in known]
    names = sorted({kind for kind, _ in known})
    target = np.array([[float(kind == name) for name in names] for kind, _ in known])
    kernel = _kernel(np.asarray(similarity(texts, texts), dtype=np.float64))
    return names, np.linalg.solve(kernel + _RIDGE * np.eye(len(texts)), target)


def _kernel(cosine: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.exp(_SHARPNESS * (cosine - 1.0))
