"""How likely a careful reader would insist that an item is kept: its importance, from 0 to 1.

A logistic model over what noticing already knows. The weights were fitted by
``python -m tests.evals.importance_fit`` on the development notes: drafts that an author expected
against those that none did. On an author left out, 83 to 85 of 100 pairs of an expected and an
unexpected draft are in the right order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from coach.memory.items import Kind
from coach.memory.noticing.closing_signs import is_past
from coach.memory.noticing.segments import flatten

_MOST_POINTS, _MANY_WORDS, _FEW_WORDS = 6.0, 20, 5
_DATED = frozenset({"event", "commitment", "fact", "win"})

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "bias": -2.2,
        "event": -0.51,
        "points": 3.16,
        "words": 1.47,
        "few words": -0.41,
        "scrap": -0.39,
        "past": -0.62,
        "dated": 1.13,
        "dated event": 0.39,
        "struggle": -0.21,
        "commitment": -0.08,
        "dated commitment": 0.45,
        "boundary": 0.56,
        "win": -0.69,
        "dated win": -0.8,
        "plan": 0.22,
        "preference": 0.04,
        "fact": -0.1,
        "dated fact": -0.7,
        "expectation": 0.11,
        "topic": -1.54,
    }
)
"""Weights of :func:`features`."""


def features(kind: Kind, points: float, when: date | None, quote: str) -> dict[str, float]:
    """What tells of importance: the kind, how surely it was told (``points``), the words."""
    words = len(quote.split())
    given = {
        "bias": 1.0,
        kind: 1.0,
        "points": min(points, _MOST_POINTS) / _MOST_POINTS,
        "words": min(words, _MANY_WORDS) / _MANY_WORDS,
        "few words": words <= _FEW_WORDS,
        "scrap": quote[:1].islower(),
        "past": is_past(flatten(quote)),
        "dated": when is not None,
        f"dated {kind}": when is not None and kind in _DATED,
    }
    return {name: float(value) for name, value in given.items()}


def importance(kind: Kind, points: float, when: date | None, quote: str) -> float:
    """The importance of a draft; ``points`` is how surely noticing read its kind."""
    found = features(kind, points, when, quote)
    total = sum(WEIGHTS.get(name, 0.0) * value for name, value in found.items())
    return round(1 / (1 + math.exp(-total)), 3)
