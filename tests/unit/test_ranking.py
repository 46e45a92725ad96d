from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.memory.question import read_question
from coach.memory.ranking import Signals, evidence, nearness, rank
from coach.memory.wordforms import base_forms, sought

ON = date(2025, 6, 1)
NONE = frozenset[str]()


def signals(size: int, **given_: object) -> Signals:
    zeros = np.zeros(size)
    nowhere = np.full(size, -1, dtype=np.intp)
    plain = Signals(
        words=zeros, meaning=zeros, before=nowhere, after=nowhere, named=zeros, near=zeros,
        tells_time=zeros, length=zeros, asking=zeros, superseded=zeros,
    )  # fmt: skip
    return replace(plain, **given_)  # type: ignore[arg-type]


@pytest.mark.parametrize("better", ["words", "meaning", "named", "near", "tells_time", "length"])
def test_more_of_a_good_signal_ranks_higher(better: str) -> None:
    scores = rank(signals(3, **{better: np.array([0.2, 0.4, 0.9])}))
    assert scores[0] < scores[1] < scores[2]


@pytest.mark.parametrize("worse", ["asking", "superseded"])
def test_more_of_a_bad_signal_ranks_lower(worse: str) -> None:
    scores = rank(signals(2, **{worse: np.array([0.0, 1.0])}))
    assert scores[0] > scores[1]


def test_the_answer_to_a_question_profits_from_its_words() -> None:
    before = np.array([-1, 0, -1], dtype=np.intp)
    after = np.array([1, -1, -1], dtype=np.intp)
    scores = rank(signals(3, words=np.array([5.0, 0.0, 0.0]), before=before, after=after))
    assert scores[0] > scores[1] > scores[2]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.randoms())
def test_the_order_of_things_does_not_matter(values: list[float], chance: object) -> None:
    order = list(range(len(values)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    plain = np.array(values)
    shuffled = rank(signals(len(values), words=plain[order], meaning=plain[order]))
    assert np.allclose(shuffled, rank(signals(len(values), words=plain, meaning=plain))[order])


@given(st.integers(-400, 400), st.integers(0, 60))
def test_nearness_falls_with_the_days_between(away: int, span: int) -> None:
    days = ((ON, ON + timedelta(days=span)),)
    here = nearness(ON + timedelta(days=away), days)
    assert 0 <= here <= 1
    assert (here == 1) == (0 <= away <= span)
    further = away + 1 if away > span else away - 1 if away < 0 else away
    assert nearness(ON + timedelta(days=further), days) <= here


@given(st.floats(0, 1), st.floats(-1, 1))
def test_evidence_is_a_share(covered: float, cosine: float) -> None:
    assert 0 <= evidence(covered, cosine) <= 1
    assert evidence(covered, None) == covered


def test_only_what_is_sought_is_searched_for() -> None:
    assert sought("What did Ravi say about the merger?", frozenset({"ravi"})) == "merger"
    assert sought("Who is he?", NONE) == "Who is he?"
    assert base_forms("I bought what she taught; Bought!") == "I buy what she teach; buy!"


@given(st.text(max_size=60))
def test_any_question_can_be_read(text: str) -> None:
    read = read_question(text, ON, ["A", "B"], "A", [])
    assert read.speakers <= {"A", "B"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("What did Ravi say about the merger?", {"Ravi Rao"}),
        ("What's Nora's plan?", {"Nora"}),
        ("What did he tell me about the merger?", {"Ravi Rao"}),
        ("What did I promise him?", {"Nora"}),
        ("Did Ravi thank Nora?", {"Nora", "Ravi Rao"}),
        ("What about the merger?", set()),
    ],
)
def test_whose_words_are_meant(text: str, named: set[str]) -> None:
    assert read_question(text, ON, ["Nora", "Ravi Rao"], "Ravi Rao", []).speakers == named


def test_a_day_without_a_year_is_looked_for_in_earlier_years() -> None:
    known = [date(2023, 4, 9), date(2023, 11, 2)]
    (days,) = read_question("What did he say in April?", ON, [], "Ravi", known).days
    assert days == (date(2023, 4, 1), date(2023, 4, 28))
    (days,) = read_question("What did he say in April 2025?", ON, [], "Ravi", known).days
    assert days[0].year == 2025


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("When did she leave?", True), ("On which day was it?", True),
        ("How long did it take?", True), ("What did she say when it broke?", False),
        ("Who was there on the day?", False),
    ],
)  # fmt: skip
def test_asking_when(text: str, asks: bool) -> None:
    assert read_question(text, ON, [], "Ravi", []).asks_when is asks
