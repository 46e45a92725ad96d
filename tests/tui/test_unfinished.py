"""Half-written dialogs and half-answered checks: there again after a crash, gone once settled."""

from __future__ import annotations

from dataclasses import replace

from textual.pilot import Pilot
from textual.widgets import Input

from coach.bootstrap.coach import Coach
from coach.memory.items import Draft
from coach.paths import Places
from coach.tui.app import CoachApp
from coach.tui.screens.answering import AnswerScreen, read_given, write_given
from coach.tui.screens.check import CheckScreen
from coach.tui.screens.form import FormScreen
from coach.tui.screens.goals import GoalsScreen
from coach.tui.screens.item_edit import EditScreen
from coach.tui.screens.memory import MemoryScreen
from coach.tui.screens.setup import SetupScreen
from coach.tui.unfinished import LEFT

from .desk import at_home
from .driving import NARROW, running, screen_text, wait_until
from .fakes import FakeCoach

TEA = Draft("preference", "them", None, "Amara likes tea", "She likes tea.", 0, 14)


async def opens(app: CoachApp, pilot: Pilot[None], key: str, kind: type) -> None:
    await pilot.press(key)
    await wait_until(pilot, lambda: isinstance(app.screen, kind) and app.screen.is_mounted)


async def test_answers_and_a_goal_come_back_and_are_settled(coach: Coach) -> None:
    pair = coach.add_pair("Amara Osei", "mentor")
    async with at_home(coach) as (app, pilot):
        await opens(app, pilot, "k", CheckScreen)
        await opens(app, pilot, "a", AnswerScreen)
        await pilot.press("5", "4", "escape")
        await wait_until(pilot, lambda: isinstance(app.screen, CheckScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.home)
        await opens(app, pilot, "g", GoalsScreen)
        await opens(app, pilot, "a", FormScreen)
        await pilot.press(*"three talks")
        # Nothing is closed or left: this is all that a killed process leaves behind.
        await wait_until(pilot, lambda: "three talks" in coach.dialog_drafts(pair).values())
    async with at_home(coach) as (app, pilot):
        await opens(app, pilot, "g", GoalsScreen)
        await opens(app, pilot, "a", FormScreen)
        await wait_until(pilot, lambda: LEFT in screen_text(app))
        await pilot.press(*" a year", "ctrl+s")
        kept = ["three talks a year"]
        await wait_until(pilot, lambda: [one.text for one in coach.goals(pair)] == kept)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.home)
        await opens(app, pilot, "k", CheckScreen)
        await opens(app, pilot, "a", AnswerScreen)
        await wait_until(pilot, lambda: "6 left" in screen_text(app))
        await pilot.press("3", "s")
        await wait_until(pilot, lambda: len(coach.check(pair).trend) == 1)
        assert list(coach.check(pair).trend[0].given.values()) == [5, 4, 3]
        await wait_until(pilot, lambda: not coach.dialog_drafts(pair))
        await wait_until(pilot, lambda: "u takes it back" in screen_text(app))
        await pilot.press("u")
        await wait_until(pilot, lambda: not coach.check(pair).trend)
        await wait_until(pilot, lambda: "Taken back" in screen_text(app))
        await opens(app, pilot, "a", AnswerScreen)
        await wait_until(pilot, lambda: "5 left" in screen_text(app))


async def test_a_name_and_an_edit_come_back_and_escape_drops_them(
    places: Places, fake: FakeCoach
) -> None:
    pair = fake.memory.pairs[0]
    item = fake.add_item(pair, TEA)
    kept = fake.memory.drafts
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await wait_until(pilot, lambda: app.home and app.home.loaded)
        await opens(app, pilot, "a", SetupScreen)
        await pilot.press(*"Ro")
        await wait_until(pilot, lambda: kept.get((None, "pair.0")) == "Ro")
    again = FakeCoach(replace(fake.memory))
    async with running(lambda: again, places, NARROW) as (app, pilot):
        await wait_until(pilot, lambda: app.home and app.home.loaded and app.drafts._service)
        await opens(app, pilot, "a", SetupScreen)
        await pilot.press("s", "a", "escape")
        await wait_until(pilot, lambda: not kept.get((None, "pair.0")))
        await pilot.press("m")
        await wait_until(pilot, lambda: isinstance(app.screen, MemoryScreen))
        await pilot.press("5")
        await wait_until(pilot, lambda: "Amara likes tea" in screen_text(app))
        await opens(app, pilot, "e", EditScreen)
        await pilot.press("end", *" a lot")
        place = f"item:{item.id}.0"
        await wait_until(pilot, lambda: kept.get((pair.id, place)) == "Amara likes tea a lot")
    async with running(lambda: again, places, NARROW) as (app, pilot):
        await wait_until(pilot, lambda: app.home and app.home.loaded)
        await opens(app, pilot, "m", MemoryScreen)
        await pilot.press("5")
        await wait_until(pilot, lambda: "Amara likes tea" in screen_text(app))
        await opens(app, pilot, "e", EditScreen)
        assert app.screen.query_one("#text", Input).value == "Amara likes tea a lot"
        await pilot.press("escape")
        await wait_until(pilot, lambda: not kept.get((pair.id, place)))
        await opens(app, pilot, "e", EditScreen)
        assert app.screen.query_one("#text", Input).value == "Amara likes tea"
        assert LEFT not in screen_text(app)


def test_answers_are_read_as_they_were_written_and_nothing_else_is() -> None:
    given = {"thread": 4, "lightness": 2}
    assert read_given(write_given(given), {"thread", "lightness"}) == given
    assert read_given("thread=9 =1 lightness=x other=3 thread", {"thread", "lightness"}) == {}
