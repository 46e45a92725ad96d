"""The roadmap: nothing is lost, and topics follow the sessions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import NotFoundError
from coach.planning.roadmap import (
    Roadmap,
    Topic,
    at,
    carried,
    end,
    grown,
    laid,
    move,
    proposed,
    put,
    rhythm,
    slots,
)

DAY = date(2026, 3, 2)
days = st.dates(date(2025, 6, 1), date(2027, 6, 1))
names = st.lists(st.sampled_from([f"item:{n}" for n in range(12)]), unique=True, max_size=12)


def roadmap(*sources: str) -> Roadmap:
    return grown(Roadmap(), sources, frozenset(sources), DAY)


def ahead(found: Roadmap) -> list[str]:
    return [topic.text or topic.source for topic in found.ahead]


@given(names, st.lists(st.tuples(st.integers(1, 14), st.integers(1, 14)), max_size=8))
def test_no_edit_loses_a_topic(sources: list[str], edits: list[tuple[int, int]]) -> None:
    found = roadmap(*sources)
    for number, (place, to) in enumerate(edits):
        if max(place, to) <= len(found.ahead):
            before = sorted(ahead(found))
            moving = at(found, place)
            found = move(found, place, to)
            assert sorted(ahead(found)) == before
            assert at(found, to) == moving
        else:
            found = put(found, place, f"own {number}")
    assert set(sources) <= {topic.source for topic in found.ahead}
    assert len({topic.key for topic in found.topics}) == len(found.topics)
    assert Roadmap.from_body(found.as_body()) == found


@given(names, st.lists(days, max_size=6), st.lists(days, max_size=6), days)
def test_missed_sessions_shift_topics_in_order_and_lose_none(
    sources: list[str], planned: list[date], held: list[date], on: date
) -> None:
    found = roadmap(*sources)
    first = laid(found, [slot.day for slot in slots(planned, held, on, 12)])
    later = on + timedelta(days=45)
    then = laid(first, [slot.day for slot in slots(planned, held, later, 12)])
    assert ahead(then) == ahead(first) == ahead(found)
    laid_on = [topic.day for topic in then.ahead if topic.day is not None]
    assert laid_on == sorted(set(laid_on))
    assert all(day >= later for day in laid_on)
    assert carried(first, later).keys() >= {
        topic.key for topic in first.ahead if topic.day and topic.day < later
    }


@given(st.lists(days, max_size=8), st.lists(days, max_size=8), days, st.integers(1, 12))
def test_sessions_to_come_are_the_planned_ones_then_by_rhythm(
    planned: list[date], held: list[date], on: date, count: int
) -> None:
    found = slots(planned, held, on, count)
    expected = sorted({day for day in planned if day >= on and day not in set(held)})[:count]
    assert [slot.day for slot in found if not slot.reckoned] == expected
    known = [day for day in held if day <= on] + expected
    assert len(found) == (count if known else 0)
    assert [slot.day for slot in found] == sorted({slot.day for slot in found})


def test_the_rhythm_is_the_pairs_own_within_reason() -> None:
    assert rhythm([]) == 14
    assert rhythm([DAY, DAY + timedelta(days=21), DAY + timedelta(days=42)]) == 21
    assert rhythm([DAY, DAY + timedelta(days=1)]) == 7
    assert rhythm([DAY, DAY + timedelta(days=400)]) == 56


def test_what_has_a_day_goes_by_it_and_the_check_in_comes_early() -> None:
    found = proposed(
        [(date(2026, 6, 1), "goal:g1"), (date(2026, 4, 1), "milestone:g1/draft")],
        ["goal:g2"], ["item:3"], held=2,
    )  # fmt: skip
    assert found == [
        "milestone:g1/draft", "item:3", "goal:g1", "stage:check-in", "goal:g2", "stage:together",
    ]  # fmt: skip
    assert proposed([], [], [], held=0)[:2] == ["stage:first", "stage:goals"]


def test_it_grows_at_its_end_and_lets_go_of_what_is_settled_elsewhere() -> None:
    found = move(roadmap("item:1", "item:2", "item:3"), 3, 1)
    more = grown(found, ["item:4", "item:1"], frozenset({"item:1", "item:3", "item:4"}), DAY)
    assert ahead(more) == ["item:3", "item:1", "item:4"]
    assert [(topic.source, topic.ended_on) for topic in more.behind] == [("item:2", DAY)]


def test_a_topic_comes_back_with_its_source_but_not_one_that_was_ended() -> None:
    """A milestone that is ticked and unticked is ahead again; "covered" by hand stays so."""
    steps = ["milestone:g1/Draft it", "item:1"]
    live = frozenset(steps)
    ticked = grown(roadmap(*steps), [], frozenset({"item:1"}), DAY)
    assert [topic.source for topic in ticked.behind] == steps[:1]
    kept = Roadmap.from_body(ticked.as_body())
    assert sorted(ahead(grown(kept, steps, live, DAY))) == sorted(steps)
    covered = end(roadmap(*steps), "t1", "covered", DAY)
    assert ahead(grown(covered, steps, live, DAY)) == ["item:1"]


def test_own_topics_stay_whatever_becomes_of_the_rest() -> None:
    found = put(roadmap("item:1"), 1, "How decisions are made here")
    assert ahead(grown(found, [], frozenset(), DAY)) == ["How decisions are made here"]


def test_setting_a_topic_twice_moves_it() -> None:
    found = put(put(roadmap("item:1", "item:2"), 1, "Pay rounds"), 9, "pay ROUNDS")
    assert ahead(found) == ["item:1", "item:2", "Pay rounds"]


def test_a_topic_ends_once_and_can_come_back() -> None:
    found = end(roadmap("item:1", "item:2"), "t1", "covered", DAY)
    assert ahead(found) == ["item:2"]
    assert ahead(end(found, "t1", "ahead", DAY)) == ["item:1", "item:2"]
    with pytest.raises(NotFoundError):
        end(found, "t9", "covered", DAY)


@pytest.mark.parametrize(("place", "to"), [(0, 1), (1, 3), (3, 1), (-1, 1)])
def test_a_place_that_is_not_there_is_named(place: int, to: int) -> None:
    with pytest.raises(NotFoundError, match="1 to 2"):
        move(roadmap("item:1", "item:2"), place, to)


def test_what_was_meant_for_a_day_gone_by_says_which() -> None:
    found = Roadmap(
        (Topic("t1", "own", "a", DAY), Topic("t2", "own", "b", DAY + timedelta(days=9)))
    )
    assert carried(found, DAY + timedelta(days=3)) == {"t1": DAY}
