"""Goals, milestones and the roadmap: added, ticked, moved and taken back by key."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from coach.bootstrap.coach import Coach
from coach.planning.goals import Goal, Milestone, reached, reworded
from coach.storage.pairs import Pair
from coach.tui.app import CoachApp
from coach.tui.screens.form import FormScreen
from coach.tui.screens.goals import GoalsScreen

from .desk import at_home
from .driving import screen_text, wait_until


@pytest.fixture
def pair(coach: Coach) -> Pair:
    return coach.add_pair("Amara Osei", "mentor")


async def open_goals(app: CoachApp, pilot: Pilot[None], key: str = "g") -> GoalsScreen:
    await pilot.press(key)
    await wait_until(pilot, lambda: isinstance(app.screen, GoalsScreen))
    screen = app.screen
    assert isinstance(screen, GoalsScreen)
    await wait_until(pilot, lambda: screen._loaded)
    return screen


async def fill(app: CoachApp, pilot: Pilot[None], **given: str) -> None:
    await wait_until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.is_mounted)
    for name, text in given.items():
        app.screen.query_one(f"#{name}", Input).value = text
    await pilot.press("ctrl+s")


async def test_an_empty_page_teaches_and_a_goal_is_asked_about_kindly(
    coach: Coach, pair: Pair
) -> None:
    async with at_home(coach) as (app, pilot):
        await open_goals(app, pilot)
        await wait_until(pilot, lambda: "No goal is set yet" in screen_text(app))
        await wait_until(pilot, lambda: "e Edit" not in screen_text(app))
        await pilot.press("a")
        await fill(app, pilot, text="Become better at talks [/b] \x1b[31m")
        await wait_until(pilot, lambda: "It could still use" in screen_text(app))
        await wait_until(pilot, lambda: "Become better at talks [/b]" in screen_text(app))
        assert coach.goals(pair)[0].missing
        await pilot.press("u")
        await wait_until(pilot, lambda: not coach.goals(pair))


async def test_milestones_are_ticked_reworded_and_taken_back(coach: Coach, pair: Pair) -> None:
    coach.add_goal(pair, "Give three talks", by=date(2999, 5, 1))
    async with at_home(coach) as (app, pilot):
        await open_goals(app, pilot)
        await wait_until(pilot, lambda: "Give three talks" in screen_text(app))
        await pilot.press("m")
        await fill(app, pilot, text="the first talk", by="2999-02-01")
        await wait_until(pilot, lambda: "[ ] the first talk" in screen_text(app))
        await pilot.press("down", "d")
        await wait_until(pilot, lambda: "[x] the first talk" in screen_text(app))
        await wait_until(pilot, lambda: "1 of 1 milestone" in screen_text(app))
        await pilot.press("u")
        await wait_until(pilot, lambda: "[ ] the first talk" in screen_text(app))
        await pilot.press("e")
        await fill(app, pilot, text="a talk at home", by="")
        await wait_until(pilot, lambda: "[ ] a talk at home" in screen_text(app))
        await pilot.press("up", "n")
        await fill(app, pilot, text="two people came")
        await wait_until(pilot, lambda: "two people came" in screen_text(app))
        await pilot.press("d")
        await wait_until(pilot, lambda: coach.goals(pair)[0].status == "done")
        await pilot.press("u")
        await wait_until(pilot, lambda: coach.goals(pair)[0].status == "open")


async def test_topics_move_are_covered_and_come_back(coach: Coach, pair: Pair) -> None:
    coach.planned.add(pair, coach.today + timedelta(days=3), None, 60, "")
    before = [one.topic for one in coach.roadmap(pair)]
    async with at_home(coach) as (app, pilot):
        await open_goals(app, pilot, "o")
        await wait_until(pilot, lambda: f"1. {before[0]}" in screen_text(app))
        await pilot.press("plus")
        await wait_until(pilot, lambda: coach.roadmap(pair)[1].topic == before[0])
        await pilot.press("minus")
        await wait_until(pilot, lambda: [o.topic for o in coach.roadmap(pair)] == before)
        await pilot.press("a")
        await fill(app, pilot, text="how to rest")
        await wait_until(pilot, lambda: "1. how to rest" in screen_text(app))
        await pilot.press("home", "d")
        await wait_until(pilot, lambda: coach.roadmap(pair)[0].state == "covered")
        await wait_until(pilot, lambda: "Behind you" in screen_text(app))
        await pilot.press("u")
        await wait_until(pilot, lambda: "1. how to rest" in screen_text(app))


async def test_the_timeline_says_in_words_what_it_shows(coach: Coach, pair: Pair) -> None:
    coach.add_goal(pair, "Give three talks", by=coach.today + timedelta(days=90))
    async with at_home(coach) as (app, pilot):
        await open_goals(app, pilot)
        await pilot.press("3")
        await wait_until(pilot, lambda: "1 goal is open." in screen_text(app))
        await wait_until(pilot, lambda: "¦ today" in " ".join(screen_text(app).split()))


def test_a_milestone_is_reached_and_not_after_all() -> None:
    day = date(2026, 5, 1)
    goal = Goal("g1", "x", "me", day, milestones=(Milestone("a", day), Milestone("b")))
    done = reached(goal, 2, day)
    assert [one.done_on for one in done.milestones] == [None, day]
    assert reached(done, 2, None) == goal
    moved = reworded(goal, 1, "c", None)
    assert [(one.text, one.by) for one in moved.milestones] == [("c", None), ("b", None)]
