"""Goals: what their wording lacks, their changes, and when to look at them again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import NotFoundError, UsageError
from coach.memory.items import Item
from coach.planning.goal_views import FORGOTTEN, views
from coach.planning.goals import (
    Goal,
    change_milestone,
    checked,
    closed,
    find,
    moved_to,
    name_for,
    noted,
    with_milestone,
)
from coach.planning.smart import PARTS, day_in, gaps

DAY = date(2026, 3, 2)


def parts(text: str, **given: object) -> set[str]:
    return {gap.part for gap in gaps(text, on=DAY, **given)}  # type: ignore[arg-type]


def item(key: int, text: str, **fields: object) -> Item:
    known = {
        "kind": "goal", "about": "them", "owner": None, "quote": text, "when": None, "until": None,
        "status": "open", "private": False, "session": 2, "said_on": DAY, **fields,
    }  # fmt: skip
    return Item(id=key, text=text, **known)  # type: ignore[arg-type]


def goal(**fields: object) -> Goal:
    return Goal(
        **{"name": "g1", "text": "file a patent", "owner": "them", "made_on": DAY, **fields}
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["be better at my job", "grow as a professional", "improve my leadership", "more confidence",
     "become a good manager", "get better at networking", "feel more comfortable in meetings"],
)  # fmt: skip
def test_a_vague_wish_lacks_every_letter(text: str) -> None:
    assert parts(text) == set(PARTS)


@pytest.mark.parametrize(
    "text",
    ["submit the grant application by 30 June", "Ines wants to sail to Madeira by May 2027",
     "hold three customer interviews a week until the end of April",
     "pass the chartered accountant exam in November"],
)  # fmt: skip
def test_a_concrete_goal_with_a_day_lacks_neither_substance_nor_date(text: str) -> None:
    assert parts(text) <= {"attainable", "relevant"}


def test_what_stands_beside_the_goal_answers_for_its_letter() -> None:
    assert "measurable" in parts("understand the pension rules for part-timers")
    assert "measurable" not in parts("understand the pension rules for part-timers", measure="quiz")
    assert "dated" not in parts("write a will", by=DAY)
    assert "relevant" not in parts("write a will", why="peace of mind")
    assert "relevant" not in parts("learn Dutch so that I can work in Ghent")
    assert "attainable" not in parts("write a will", steps=True)


def test_figures_of_a_date_measure_nothing() -> None:
    assert "measurable" in parts("understand the market for heat pumps by 3 May 2027")


def test_only_a_day_to_come_is_a_goals_day() -> None:
    assert day_in("finish by 30 June 2026", DAY) == date(2026, 6, 30)
    assert day_in("finish what we began on 1 February 2026", DAY) is None
    assert day_in("run every Monday", DAY) is None


@given(st.text(max_size=200))
def test_any_text_is_read_and_always_the_same(text: str) -> None:
    assert gaps(text, on=DAY) == gaps(text, on=DAY)


days = st.dates(date(2026, 1, 1), date(2028, 1, 1))
texts = st.text(
    alphabet=st.characters(categories=["L", "N", "Zs"]), min_size=1, max_size=40
).filter(str.strip)


@given(st.lists(st.tuples(texts, st.none() | days)), st.lists(days), st.none() | days)
def test_a_goal_survives_being_kept(
    steps: list[tuple[str, date | None]], notes: list[date], by: date | None
) -> None:
    made = goal(item=4, measure="m", why="w")
    for text, day in steps:
        made = with_milestone(made, text, day)
    for day in notes:
        made = noted(made, "on", day)
    made = moved_to(moved_to(made, by, DAY), DAY, DAY)
    if steps:
        made = change_milestone(made, 1, done_on=DAY)
    assert Goal.from_body("g1", made.as_body()) == made


@given(st.lists(st.tuples(texts, st.none() | days), min_size=1))
def test_milestones_stay_in_order_and_none_is_lost(steps: list[tuple[str, date | None]]) -> None:
    made = goal()
    for text, day in steps:
        made = with_milestone(made, text, day)
    found = [one.by or date.max for one in made.milestones]
    assert found == sorted(found)
    assert len(found) == len(steps)


def test_a_goal_is_found_by_name_number_or_words() -> None:
    known = [goal(), goal(name="g2", text="run a marathon")]
    assert find(known, "g2", {}).name == "g2"
    assert find(known, "2", {}).name == "g2"
    assert find(known, "Marathon", {}).name == "g2"
    with pytest.raises(NotFoundError, match="g1 file a patent; g2 run a marathon"):
        find(known, "a", {})
    with pytest.raises(NotFoundError, match="no goal 'x'"):
        find(known, "x", {})


def test_free_names_do_not_repeat() -> None:
    known = [goal(name="g1"), goal(name="g3", item=7)]
    assert name_for(goal(name=""), known) == "g2"
    assert name_for(goal(name="thesis"), known) == "thesis"
    for taken in (goal(name="g3"), goal(name="", item=7)):
        with pytest.raises(UsageError):
            name_for(taken, known)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 501])
def test_a_text_has_to_be_one(text: str) -> None:
    with pytest.raises(UsageError):
        checked(text)


def seen(made: Goal, on: date, *items: Item) -> str:
    return views([made], items, on)[0].revisit


def test_a_day_gone_by_or_moved_is_a_reason_to_look_again() -> None:
    dated = moved_to(goal(), DAY + timedelta(days=10), DAY)
    assert seen(dated, DAY + timedelta(days=9)) == ""
    assert "12 March has gone by" in seen(dated, DAY + timedelta(days=11))
    later = moved_to(dated, DAY + timedelta(days=40), DAY + timedelta(days=5))
    assert "moved from 12 March to 11 April" in seen(later, DAY + timedelta(days=8))
    after = noted(later, "spoke about it", DAY + timedelta(days=9))
    assert seen(after, DAY + timedelta(days=10)) == ""


def test_a_milestone_missed_or_beyond_the_goals_day_is_said() -> None:
    late = with_milestone(goal(), "search is done", DAY)
    assert '"search is done" was for 2 March' in seen(late, DAY + timedelta(days=1))
    assert seen(change_milestone(late, 1, done_on=DAY), DAY + timedelta(days=1)) == ""
    beyond = with_milestone(goal(by=DAY), "draft", DAY + timedelta(days=3))
    assert "after the goal's own day" in seen(beyond, DAY)


def test_silence_is_noticed_and_a_closed_goal_left_alone() -> None:
    on = DAY + timedelta(days=60)
    assert "Nothing has been noted about it since 2 March" in seen(goal(), on)
    assert seen(noted(goal(), "half way", on - timedelta(days=3)), on) == ""
    assert seen(closed(goal(), "done", DAY), on) == ""


def test_a_goal_from_memory_has_its_words_and_loses_them_with_the_item() -> None:
    linked = goal(text="", item=7)
    told = item(7, "Ines wants to sail to Madeira", private=True)
    [one] = views([linked], [told], DAY)
    assert (one.text, one.said, one.private) == (told.text, "session 2, 2 March", True)
    [gone] = views([linked], [], DAY)
    assert (gone.text, gone.quote, gone.missing) == (FORGOTTEN, "", ())


def test_noticed_goals_stand_beside_the_kept_ones_once() -> None:
    told = [item(7, "sail to Madeira"), item(8, "learn Dutch"), item(9, "old", status="done")]
    found = views([replace(goal(), item=7)], told, DAY)
    assert [(one.name, one.item) for one in found] == [("g1", 7), ("", 8)]
