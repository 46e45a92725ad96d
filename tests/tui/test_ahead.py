"""Keys that come faster than the page they are for."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input

from coach.bootstrap.coach import Coach
from coach.planning.goals import with_milestone
from coach.planning.roadmap import put
from coach.tui.app import CoachApp
from coach.tui.screens.agreement import AgreementScreen
from coach.tui.screens.goals import GoalsScreen
from coach.tui.screens.memory import MemoryScreen
from coach.tui.screens.pair_page import PairPage
from coach.tui.screens.setup import SetupScreen
from coach.tui.widgets.memory_list import MemoryList

from .desk import at_home
from .driving import screen_text, wait_until


def at_once(app: CoachApp, *keys: str) -> None:
    """What a terminal sends in one go: all of it is there before the first is handled."""
    for key in keys:
        named = _character_to_key(key) if len(key) == 1 else key
        app.post_message(events.Key(named, key if len(key) == 1 else None))


async def test_keys_typed_ahead_reach_the_form_they_open(coach: Coach) -> None:
    pair = coach.add_pair("Amara Osei", "mentor")
    coach.put_agreement(pair, "length", {"mine": "30 minutes", "theirs": "60 minutes"})
    async with at_home(coach) as (app, pilot):
        await pilot.press("s")
        await wait_until(pilot, lambda: isinstance(app.screen, AgreementScreen))
        page = app.screen
        await wait_until(pilot, lambda: page.query_one(MemoryList).row)
        at_once(app, "s", "ctrl+s")
        await wait_until(pilot, lambda: len(coach.agreement(pair).versions) == 2)
        entry = next(t for t in coach.agreement(pair).topics if t.topic.name == "length").entry
        assert entry.agreed == "45 minutes"
        await wait_until(pilot, lambda: app.screen is page)
        at_once(app, "e", *"ten", "ctrl+s")
        await wait_until(pilot, lambda: len(coach.agreement(pair).versions) == 3)
        entry = next(t for t in coach.agreement(pair).topics if t.topic.name == "length").entry
        assert entry.mine == "ten30 minutes"
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.home)
        at_once(app, "a", *"Rosa")
        await wait_until(pilot, lambda: isinstance(app.screen, SetupScreen))
        await wait_until(pilot, lambda: app.screen.query_one(Input).value == "Rosa")


async def test_a_page_that_opens_while_the_window_is_left_takes_keys(coach: Coach) -> None:
    coach.add_pair("Amara Osei", "mentor")
    async with at_home(coach) as (app, pilot):
        app.post_message(events.AppBlur())
        app.action_add_pair()
        await wait_until(pilot, lambda: isinstance(app.screen, SetupScreen))
        await wait_until(pilot, lambda: app.screen.query(Input))
        app.post_message(events.AppFocus())
        at_once(app, *"Rosa")
        await wait_until(pilot, lambda: app.screen.query_one(Input).value == "Rosa")


async def test_two_quick_presses_do_what_two_slow_ones_do(coach: Coach) -> None:
    pair = coach.add_pair("Amara Osei", "mentor")
    note = "I will send Amara the list by Friday. I promised to call her lab. She will send it."
    coach.log_session(pair, coach.today, note)
    goal = coach.add_goal(pair, "Finish the thesis")
    coach.change_goal(pair, goal.name, lambda one: with_milestone(one, "A draft", None))
    for text in ("First", "Second", "Third"):
        coach.change_roadmap(pair, lambda one, text=text: put(one, 9, text))
    before = coach.remembered(pair)

    def ahead() -> list[str]:
        placed = sorted((one.place, one.key) for one in coach.roadmap(pair) if one.place)
        return [key for _, key in placed]

    def listed(app: CoachApp) -> bool:
        return isinstance(app.screen, PairPage) and bool(app.screen.query_one(MemoryList).row)

    async with at_home(coach) as (app, pilot):

        async def go(keys: str, then: Callable[[], object]) -> None:
            at_once(app, *keys)
            await wait_until(pilot, then)

        await go("m", lambda: listed(app))
        page = app.screen
        assert isinstance(page, MemoryScreen)
        # On and off again; two different ones are done; forgetting begins once and can be undone.
        await go("pp", lambda: "No longer private" in screen_text(app))
        assert not any(one.private for one in coach.remembered(pair))
        rows = page.query_one(MemoryList)._rows
        assert len(rows) > 1, screen_text(app)
        await go("dd", lambda: len(page.query_one(MemoryList)._rows) == len(rows) - 2)
        await go("uu", lambda: len(page.query_one(MemoryList)._rows) == len(rows))
        await go("ff", lambda: app.forgetting.going(pair))
        await go("u", lambda: not app.forgetting.going(pair))
        assert [one.text for one in coach.remembered(pair)] == [one.text for one in before]
        assert {one.status for one in coach.remembered(pair)} == {"open"}
        at_once(app, "escape", "g")
        await wait_until(pilot, lambda: isinstance(app.screen, GoalsScreen) and listed(app))
        at_once(app, "down", "d", "d")
        await wait_until(pilot, lambda: "Ahead again." in screen_text(app))
        assert coach.goals(pair)[0].milestones[0].done_on is None
        first = ahead()[0]
        at_once(app, "2", "plus", "plus", "escape", "w", *"met", "escape")
        await wait_until(pilot, lambda: coach.draft(pair, "note"))
        assert ahead().index(first) == 2
        assert coach.draft(pair, "note") == "met"


async def test_what_is_typed_at_once_goes_to_the_pair_that_was_chosen(coach: Coach) -> None:
    coach.add_pair("Rosa Lind", "mentor")
    coach.add_pair("Amara Osei", "mentor")
    said: dict[str, str] = {}
    async with at_home(coach) as (app, pilot):
        for keys, text in ((("home", "c"), "first"), (("home", "down", "c"), "then")):
            at_once(app, *keys, *text)
            await wait_until(pilot, lambda: app.screen is app.chat and app.chat.pair)
            await wait_until(pilot, lambda text=text: app.chat.composer.text == text)  # type: ignore[misc]
            assert app.chat.pair is not None
            said[text] = app.chat.pair.name
            at_once(app, "f8")
            await wait_until(pilot, lambda: app.home and app.home.loaded)
    assert len(set(said.values())) == 2, said
