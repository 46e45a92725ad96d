from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.memory.question import read_question
from coach.memory.ranking import MEETING, Signals, evidence, nearness, rank
from coach.memory.wordforms import base_forms, sought
from coach.text import words

ON = date(2025, 6, 1)
NONE = frozenset[str]()


def signals(size: int, **given_: object) -> Signals:
    zeros = np.zeros(size)
    nowhere = np.full(size, -1, dtype=np.intp)
    plain = Signals(
        words=zeros, meaning=zeros, before=nowhere, after=nowhere, earlier=nowhere,
        meeting=np.arange(size), named=zeros, near=zeros, tells_time=zeros, length=zeros,
        asking=zeros, superseded=zeros,
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


def test_an_answer_profits_from_its_question_and_from_what_its_speaker_said_before() -> None:
    # Four turns of one meeting and one of another; only the first uses the words.
    scores = rank(
        signals(
            5,
            words=np.array([5.0, 0, 0, 0, 0]),
            before=np.array([-1, 0, 1, 2, -1]),
            after=np.array([1, 2, 3, -1, -1]),
            earlier=np.array([-1, -1, 0, 1, -1]),
            meeting=np.array([0, 0, 0, 0, 1]),
        )
    )
    assert scores[0] > scores[1] > scores[2] > scores[3] > scores[4]


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3)), min_size=1, max_size=12))
def test_each_turn_profits_from_the_best_three_of_its_meeting(
    turns: list[tuple[float, int]],
) -> None:
    words = np.array([1.0, *(match for match, _ in turns)])  # the first makes 1 the best
    meeting = np.array([9, *(number for _, number in turns)])
    apart = rank(signals(len(words), words=words, meeting=np.arange(len(words))))
    together = rank(signals(len(words), words=words, meeting=meeting))
    for place, number in enumerate(meeting):
        best = np.sort(words[meeting == number])[-3:].mean()
        assert np.isclose((together - apart)[place], MEETING * (best - words[place]))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.randoms())
def test_the_order_of_things_does_not_matter(values: list[float], chance: object) -> None:
    order = list(range(len(values)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    plain = np.array(values)
    given_: dict[str, object] = {
        "words": plain,
        "meaning": plain,
        "meeting": np.arange(len(plain)) % 3,
    }
    moved = {name: value[order] for name, value in given_.items()}  # type: ignore[index]
    assert np.allclose(
        rank(signals(len(plain), **moved)), rank(signals(len(plain), **given_))[order]
    )


@given(
    st.lists(st.floats(0.01, 1), min_size=1, max_size=12), st.floats(0.5, 50), st.floats(-0.3, 0.3)
)
def test_only_differences_of_meaning_and_shares_of_the_best_words_count(
    values: list[float], times: float, more: float
) -> None:
    plain = np.array(values)
    scores = rank(signals(len(plain), words=plain, meaning=plain))
    assert np.allclose(scores, rank(signals(len(plain), words=plain * times, meaning=plain + more)))


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("What did Ravi buy for Nora's cat?", "What did I buy for your cat?"),
        ("Where is Ravi Rao's garden?", "Where is my garden?"),
        ("What does Nora owe ravi?", "What does I owe you?"),
        ("Who won the race that Anna ran?", "Who won the race that Anna ran?"),
    ],
)
def test_a_question_is_put_in_the_person_of_its_answer(text: str, said: str) -> None:
    assert read_question(text, ON, ["Nora", "Ravi Rao"], "Ravi Rao", []).as_said == said


@given(
    st.text("abc .?'", max_size=20), st.lists(st.text("xyz", min_size=2, max_size=4), max_size=3)
)
def test_no_name_is_left_in_the_person_of_an_answer(text: str, speakers: list[str]) -> None:
    read = read_question(" ".join([text, *speakers, text]), ON, speakers, "B", [])
    assert not set(words(read.as_said)) & set(speakers)


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
