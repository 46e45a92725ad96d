"""Nearest-example classification: votes for a kind from authored examples and their likeness."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from coach.errors import ContentError
from coach.memory.items import Kind
from coach.paths import content_root

Similarity = Callable[[list[str], list[str]], NDArray[np.float32]]
"""The cosine of each of some texts with each of others: shape (len(first), len(second))."""

_SHARPNESS = 2.5
_RIDGE = 0.3
_SURE, _UNSURE = 0.47, 0.15
_LEANING: dict[str, float] = {"none": 1.08, "fact": 0.8}
"""What a score counts for: small talk is commoner in notes, facts are rarely asked for."""


@cache
def examples() -> tuple[tuple[Kind | Literal["none"], str], ...]:
    """The authored (kind, example) pairs; the kind "none" is what is not worth keeping.

    Raises :class:`ContentError` for a missing or broken file.
    """
    path = content_root() / "knowledge" / "noticing-examples.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        known: dict[str, Kind | Literal["none"]] = {
            "none": "none",
            **{k: k for k in get_args(Kind)},
        }
        return tuple((known[kind], str(text)) for kind, texts in raw.items() for text in texts)
    except (OSError, tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        raise ContentError(path, 1, f"each kind needs a list of examples: {error}") from None


def votes(texts: Sequence[str], similarity: Similarity) -> list[dict[Kind, float]]:
    """For each text up to 3 points for the kind that it is most like.

    Kernel ridge regression on the examples (one column a kind, kernel exp(s(cosine - 1))): it
    weighs all examples and not just the nearest few. No points for what is most like "none".
    """
    if not texts:
        return []
    names, weights = _fitted(similarity)
    near = np.asarray(similarity(list(texts), [text for _, text in examples()]), dtype=np.float64)
    scores = (_kernel(near) @ weights) * np.array([_LEANING.get(name, 1.0) for name in names])
    out: list[dict[Kind, float]] = []
    for row in scores:
        best = int(row.argmax())
        points = 3.0 * min(1.0, (float(row[best]) - _UNSURE) / (_SURE - _UNSURE))
        kind = names[best]
        out.append({kind: points} if kind != "none" and points > 0 else {})
    return out


@lru_cache(maxsize=2)
def _fitted(similarity: Similarity) -> tuple[list[Kind | Literal["none"]], NDArray[np.float64]]:
    known = examples()
    texts = [text for _, text in known]
    names = sorted({kind for kind, _ in known})
    target = np.array([[float(kind == name) for name in names] for kind, _ in known])
    kernel = _kernel(np.asarray(similarity(texts, texts), dtype=np.float64))
    return names, np.linalg.solve(kernel + _RIDGE * np.eye(len(texts)), target)


def _kernel(cosine: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.exp(_SHARPNESS * (cosine - 1.0))
