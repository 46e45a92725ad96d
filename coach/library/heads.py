"""Two linear readers over a question's embedding: which card, and whether any card at all.

Both are regularised least-squares classifiers (Rifkin, Yeo and Poggio, "Regularized least-squares
classification", 2003): one small linear system, solved in closed form from the library's own
texts, so an edited card takes effect at the next start and nothing is trained by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LinearHead:
    """``weights`` of shape (dimension + 1, outputs); the last row is the offset."""

    weights: Array

    def scores(self, vectors: NDArray[np.float32]) -> Array:
        """One row of raw scores for each row of ``vectors``: shape (n, outputs)."""
        return _with_offset(vectors) @ self.weights


def fit(
    vectors: NDArray[np.float32], targets: Array, sample_weights: Array, ridge: float
) -> LinearHead:
    """Fit ``targets`` (n, outputs) from ``vectors`` (n, dimension), rows weighted."""
    x = _with_offset(vectors)
    weighted = x * sample_weights[:, None]
    system = x.T @ weighted + ridge * np.eye(x.shape[1])
    return LinearHead(np.asarray(np.linalg.solve(system, weighted.T @ targets), np.float64))


def one_hot(labels: Sequence[int], classes: int) -> Array:
    """Indicator rows: shape (n, classes)."""
    rows: Array = np.zeros((len(labels), classes))
    rows[np.arange(len(labels)), list(labels)] = 1.0
    return rows


def _with_offset(vectors: NDArray[np.float32]) -> Array:
    return np.hstack([vectors.astype(np.float64), np.ones((len(vectors), 1))])
