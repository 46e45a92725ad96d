"""Keys that come faster than the page they are for."""

from __future__ import annotations

from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input

from coach.bootstrap.coach import Coach
from coach.tui.app import CoachApp
from coach.tui.screens.agreement import AgreementScreen
from coach.tui.screens.setup import SetupScreen
from coach.tui.widgets.memory_list import MemoryList

from .desk import at_home
from .driving import wait_until


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
