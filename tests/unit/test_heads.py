"""The linear readers: they learn what is there to learn, and weights count."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.library.heads import fit, one_hot


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 6))
def test_clusters_that_are_apart_are_told_apart(seed: int, classes: int) -> None:
    random = np.random.default_rng(seed)
    labels = list(range(classes)) * 8
    vectors = unit(np.eye(16)[labels] + 0.1 * random.normal(size=(len(labels), 16)))
    head = fit(vectors, one_hot(labels, classes), np.ones(len(labels)), 0.1)
    scores = head.scores(vectors)
    assert scores.shape == (len(labels), classes)
    assert head.weights.shape == (17, classes)
    assert list(scores.argmax(axis=1)) == labels


def test_the_solution_is_that_of_the_normal_equations() -> None:
    random = np.random.default_rng(3)
    x, y = random.normal(size=(30, 4)).astype(np.float32), random.normal(size=(30, 2))
    weights = random.uniform(0.1, 3, 30)
    head = fit(x, y, weights, 0.5)
    extended = np.hstack([x, np.ones((30, 1))])
    residual = y - extended @ head.weights
    gradient = extended.T @ (weights[:, None] * residual) - 0.5 * head.weights
    assert np.abs(gradient).max() < 1e-6


def test_a_heavy_row_wins_over_a_light_one() -> None:
    same = np.ones((2, 1), dtype=np.float32)
    targets = np.array([[1.0], [-1.0]])
    assert fit(same, targets, np.array([9.0, 1.0]), 0.01).scores(same)[0, 0] > 0.5
    assert fit(same, targets, np.array([1.0, 9.0]), 0.01).scores(same)[0, 0] < -0.5


def test_a_stronger_ridge_gives_smaller_scores() -> None:
    x, y = np.eye(3, dtype=np.float32), np.eye(3)
    sizes = [np.abs(fit(x, y, np.ones(3), ridge).weights).max() for ridge in (0.01, 1.0, 100.0)]
    assert sizes == sorted(sizes, reverse=True)


def test_one_hot() -> None:
    assert one_hot([2, 0], 3).tolist() == [[0, 0, 1], [1, 0, 0]]
    with pytest.raises(IndexError):
        one_hot([3], 3)
