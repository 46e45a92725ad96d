"""The relationship check, and the time plan's sums."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import UsageError
from coach.library.cards import load_deck
from coach.memory.continuity.say import plain_date
from coach.planning.check import (
    Answers,
    Side,
    advise,
    checked,
    form,
    read_answers,
    read_form,
    statements,
)
from coach.planning.texts import texts
from coach.planning.timeplan import LONGEST, SHORTEST, deal, time_plan

DAY = date(2026, 3, 2)
IDS = [one.id for one in statements()]
LATER = DAY + timedelta(days=90)


def answers(side: Side, on: date, level: int, **other: int) -> Answers:
    return Answers(side, on, {key: other.get(key.replace("-", "_"), level) for key in IDS})


def test_it_is_short_and_every_area_has_guidance() -> None:
    areas = texts("check")["area"]
    deck = load_deck()
    assert 6 <= len(IDS) <= 8
    assert {one.area for one in statements()} == set(areas)
    assert all(card in deck.cards for area in areas.values() for card in area["cards"])
    assert {"trust", "questions", "continuity", "levity", "honesty"} <= set(areas)


@given(st.fixed_dictionaries({key: st.integers(1, 5) for key in IDS}))
def test_answers_are_read_back_from_both_ways_of_giving_them(given_: dict[str, int]) -> None:
    in_order = ",".join(str(given_[key]) for key in IDS)
    by_name = "; ".join(f"{key}={value}" for key, value in reversed(given_.items()))
    assert read_answers("me", DAY, in_order).given == given_
    assert read_answers("me", DAY, by_name).given == given_
    filled = form("Ines", DAY)
    for key, value in given_.items():
        filled = filled.replace(f"[ ] {key}:", f"[{value}] {key}:")
    assert read_form("them", DAY, filled).given == given_


@pytest.mark.parametrize("given_", ["1,2,3", "6" + ",1" * 7, "a" + ",1" * 7, "trusty=3", ""])
def test_what_is_no_answer_is_named(given_: str) -> None:
    with pytest.raises(UsageError):
        read_answers("me", DAY, given_)


@pytest.mark.parametrize(
    "line",
    [
        "- [4] limits: said aloud",
        "* [ 4 ] limits",
        "> - [4] limits: said",
        "(4) limits",
        "4 limits:",
    ],
)
def test_a_form_filled_in_by_another_editor_is_read(line: str) -> None:
    assert read_form("them", DAY, f"# How it goes\n\n{line}\n").given == {"limits": 4}


def test_an_unanswered_form_is_an_error_and_a_half_answered_one_is_not() -> None:
    with pytest.raises(UsageError, match="nothing is answered"):
        read_form("me", DAY, form("Ines", DAY))
    half = form("Ines", DAY).replace("[ ] limits", "[ 4 ] limits")
    assert read_form("me", DAY, half).given == {"limits": 4}


@pytest.mark.parametrize("area", list(texts("check")["area"]))
def test_the_lowest_area_is_where_to_invest(area: str) -> None:
    low = {one.id: 2 if one.area == area else 4 for one in statements()}
    advice = advise([checked("me", DAY, low)], "Ines")
    assert (advice.area, advice.ending) == (area, False)
    assert advice.cards


def test_the_two_sides_count_together_and_far_apart_comes_first() -> None:
    mine, theirs = answers("me", DAY, 4), answers("them", DAY, 4, lightness=1)
    advice = advise([mine, theirs], "Ines")
    assert advice.area == "levity"
    assert "4 from you, 1 from Ines" in advice.lines[0]


def test_a_fall_is_said_and_the_trend_has_signs() -> None:
    advice = advise([answers("me", DAY, 5), answers("me", LATER, 5, questions=3)], "Ines")
    assert advice.area == "questions"
    assert advice.change["questions"] == -2
    assert any("questions is down from 5 to 3" in line for line in advice.lines)


def test_what_moved_is_said_in_words_for_each_side() -> None:
    mine = [answers("me", DAY, 4), answers("me", LATER, 4, lightness=2, thread=5)]
    theirs = [answers("them", DAY, 4), answers("them", LATER, 4)]
    lines = advise([*mine, *theirs], "Ines").lines
    day = plain_date(DAY, LATER)
    assert lines[0] == (
        f"In your answers since {day}, lightness is down from 4 to 2"
        " and continuity is up from 4 to 5."
    )
    assert lines[1] == f"Nothing has moved in Ines's answers since {day}."


def test_all_low_or_low_and_falling_leads_to_the_honest_talk() -> None:
    low = advise([answers("me", DAY, 2), answers("them", DAY, 1)], "Ines")
    assert low.ending
    assert low.cards[0] == "keijzer/call-it-a-day"
    falling = [answers("me", DAY, 4), answers("me", LATER, 3, questions=2, honest=2, thread=2)]
    assert advise(falling, "Ines").ending
    assert not advise(falling[:1], "Ines").ending


def test_one_good_thing_left_is_no_ending() -> None:
    assert not advise([answers("me", DAY, 2, lightness=5)], "Ines").ending


def test_nothing_answered_gives_no_advice() -> None:
    assert advise([], "Ines").lines == ()


# -- the time plan ------------------------------------------------------------

KINDS = st.sampled_from(["mentor", "mentee", "first-mentor", "first-mentee"])


@given(KINDS, st.integers(SHORTEST, LONGEST))
def test_the_minutes_add_up_and_every_part_has_some(kind: str, minutes: int) -> None:
    plan = time_plan(kind, minutes, "Ines")
    assert sum(one.minutes for one in plan) == minutes
    assert all(one.minutes > 0 for one in plan)
    assert len(plan) >= 2
    assert not any("{" in one.part for one in plan)


@given(st.lists(st.integers(1, 20), min_size=1, max_size=9), st.integers(0, 200))
def test_dealing_is_fair(weights: list[int], spare: int) -> None:
    units = len(weights) + spare
    shares = deal(units, weights)
    assert sum(shares) == units
    assert min(shares) >= 1
    heavy, light = weights.index(max(weights)), weights.index(min(weights))
    assert shares[heavy] >= shares[light]


@pytest.mark.parametrize("minutes", [0, 9, 481, -60])
def test_no_session_has_that_length(minutes: int) -> None:
    with pytest.raises(UsageError):
        time_plan("mentor", minutes, "Ines")
