"""The reader of likeness to examples: by words alone, and with embeddings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.conversation.example_reader import ExampleReader, Examples

_TEXTS = [
    "show me the goals", "the goals please", "which goals did we set",
    "goodbye and good night", "good night", "goodbye for today",
]  # fmt: skip
_LABELS = [0, 0, 0, 1, 1, 1]


def _reader(
    texts: list[str], labels: list[int], classes: int, vectors: NDArray[np.float32] | None
) -> ExampleReader:
    return ExampleReader.of(Examples(texts, labels, classes, vectors))


def test_words_alone_decide_without_a_model() -> None:
    reader = _reader(_TEXTS, _LABELS, 2, None)
    assert not reader.reads_meaning
    assert reader.scores("the goals we set", None).argmax() == 0
    assert reader.scores("night night, goodbye", None).argmax() == 1


def test_examples_score_highest_for_their_own_class() -> None:
    reader = _reader(_TEXTS, _LABELS, 2, None)
    assert [int(reader.scores(text, None).argmax()) for text in _TEXTS] == _LABELS


def test_meaning_decides_where_no_word_is_shared() -> None:
    vectors = np.array([[1, 0]] * 3 + [[0, 1]] * 3, np.float32)
    reader = _reader(_TEXTS, _LABELS, 2, vectors)
    assert reader.reads_meaning
    assert reader.scores("xyzzy", np.array([1, 0], np.float32)).argmax() == 0
    assert reader.scores("xyzzy", np.array([0, 1], np.float32)).argmax() == 1


def test_a_reader_with_meaning_still_reads_words_alone() -> None:
    vectors = np.array([[1, 0]] * 3 + [[0, 1]] * 3, np.float32)
    scores = _reader(_TEXTS, _LABELS, 2, vectors).scores("the goals", None)
    assert scores.argmax() == 0


def test_a_text_without_known_words_leans_to_no_class() -> None:
    scores = _reader(_TEXTS, _LABELS, 2, None).scores("", None)
    assert scores.shape == (2,)
    assert abs(float(scores[0] - scores[1])) < 0.2


def test_a_rare_class_holds_its_own_against_a_frequent_one() -> None:
    texts = [f"my mentee has the problem {n}" for n in range(30)] + ["stop the talk", "stop talk"]
    reader = _reader(texts, [0] * 30 + [1] * 2, 2, None)
    assert reader.scores("stop talk", None).argmax() == 1
