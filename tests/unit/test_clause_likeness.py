"""Clauses are compared without a second embedding, and what is repeated only once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coach.memory.noticing.clause_likeness import as_compared, likened
from coach.memory.noticing.segments import segment

LINE = "she will send it, and he reads it. "
TIMES = 200


class Counting:
    """A similarity by letters that counts what it is asked."""

    def __init__(self) -> None:
        self.texts = 0
        self.read: list[str] = []

    def __call__(self, texts: list[str], others: list[str]) -> NDArray[np.float32]:
        self.texts += len(texts)
        return self._rows(texts) @ self._rows(others).T

    def log_chances(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self.read.append(text)

    @staticmethod
    def _rows(texts: list[str]) -> NDArray[np.float32]:
        rows = np.array([[1 + t.count(c) for c in "abcdefghi"] for t in texts], dtype=np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def _sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in segment(text, frozenset()).sentences]


def test_a_line_pasted_many_times_is_compared_once() -> None:
    text = LINE * TIMES
    counting = Counting()
    compare = as_compared(text, segment(text, frozenset()), counting)
    many = compare(_sentences(text), ["the summary"])
    assert many.shape == (TIMES, 1)
    assert counting.texts < TIMES
    once = as_compared(LINE, segment(LINE, frozenset()), Counting())
    assert np.allclose(many, once(_sentences(LINE), ["the summary"]), atol=1e-6)


def test_equal_sentences_are_read_once() -> None:
    text = LINE * TIMES + "Something else is due."
    counting = Counting()
    likened(text, segment(text, frozenset()).clauses, counting)
    assert len(counting.read) == len(set(counting.read))


def test_texts_keep_their_order() -> None:
    text = LINE + "The budget is late. " + LINE
    compare = as_compared(text, segment(text, frozenset()), Counting())
    first, other, again = compare(_sentences(text), ["the summary"])
    assert first == again != other
