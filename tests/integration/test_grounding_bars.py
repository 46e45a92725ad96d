"""The grounding check over authored replies, with the real embeddings."""

from __future__ import annotations

import pytest

from coach.bootstrap import Coach
from tests.evals.grounding.evaluate import counterpart, evaluate, fresh, hard, read


def test_the_authored_sets_are_whole() -> None:
    plans, honest, lies = read("plans"), read("honest"), read("lies")
    assert set(plans) == set(honest) == set(lies)
    told = [reply for replies in honest.values() for reply in replies]
    assert (len(set(told)), len({lie for each in lies.values() for _, lie in each})) == (200, 100)


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("half", ["dev", "held"])
def test_lies_are_caught_and_honest_replies_are_not_replaced(real_coach: Coach, half: str) -> None:
    found = evaluate(half, real_coach.library.deck.cards, real_coach._similarity())
    assert (found.honest, found.lies) == (100, 50)
    assert found.passed == 0
    assert found.replaced <= 0.02 * found.honest


@pytest.mark.real
@pytest.mark.slow
def test_lies_made_of_the_plans_own_words_are_caught(real_coach: Coach) -> None:
    lies, passed = hard(real_coach.library.deck.cards, real_coach._similarity())
    assert (lies, passed <= 1) == (65, True)


@pytest.mark.real
@pytest.mark.slow
def test_a_counterparts_line_in_other_words(real_coach: Coach) -> None:
    honest, dropped, others, passed = counterpart(real_coach)
    assert (honest, others) == (19, 16)
    assert dropped <= 4
    assert passed <= 1


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "lies", "honest", "passed", "replaced"),
    [
        ("fresh", 60, 60, 3, 2),
        ("fresh2", 32, 28, 4, 0),
        ("blind3", 60, 80, 1, 2),
        ("blind4", 40, 60, 0, 9),
        ("blind5", 60, 60, 2, 10),
    ],
)
def test_sets_that_were_written_blind(
    real_coach: Coach, name: str, lies: int, honest: int, passed: int, replaced: int
) -> None:
    found = fresh(name, real_coach.library.deck.cards, real_coach._similarity())
    assert (found.lies, found.honest) == (lies, honest)
    assert found.passed <= passed
    assert found.replaced <= replaced
