"""Slash commands in the line one writes in."""

from __future__ import annotations

from pathlib import Path

from coach.paths import Places
from coach.tui.screens.brief import BriefScreen
from coach.tui.screens.help import HelpScreen
from coach.tui.screens.pairs import PairsScreen
from coach.tui.screens.write_up import NoteArea

from .driving import NARROW, chatting, open_chat, screen_text, visible, wait_until
from .fakes import FakeCoach


async def test_commands_are_completed(places: Places, fake: FakeCoach) -> None:
    async with chatting(fake, places, NARROW) as (app, pilot):
        offered = app.chat.query_one("Suggestions")
        await pilot.press("slash")
        await wait_until(pilot, lambda: visible(offered))
        assert "/questions [ABOUT]" in screen_text(app)
        await pilot.press("f")
        await wait_until(pilot, lambda: "> /followups" in screen_text(app))
        await pilot.press("down", "tab")
        await wait_until(pilot, lambda: app.chat.composer.text == "/forget ")
        await wait_until(pilot, lambda: not visible(offered))
        await pilot.press(*"tea", "enter")
        await wait_until(pilot, lambda: fake.asked == ["Forget what I told you about tea"])


async def test_commands_go_where_keys_go(places: Places, fake: FakeCoach) -> None:
    async with chatting(fake, places, NARROW) as (app, pilot):
        for typed, screen in (
            ("/prep", BriefScreen),
            ("/help", HelpScreen),
            ("/pair", PairsScreen),
        ):
            await pilot.press(*typed, "enter")
            await wait_until(pilot, lambda screen=screen: isinstance(app.screen, screen))
            await pilot.press("escape")
            await wait_until(pilot, lambda: app.screen is app.chat)
            assert app.chat.composer.text == ""
        await pilot.press(*"/log met today", "enter")
        await wait_until(pilot, lambda: isinstance(app.focused, NoteArea))
        assert app.screen.query_one(NoteArea).text == "met today"
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)
        await pilot.press(*"/export there.md", "enter")
        await wait_until(pilot, lambda: fake.exported == Path("there.md"))
        assert not fake.asked


async def test_a_pair_is_gone_to_by_name(places: Places, fake: FakeCoach) -> None:
    fake.add_pair("Jonas Lind", "mentee")
    async with chatting(fake, places, NARROW) as (app, pilot):
        await pilot.press(*"/pair amara", "enter")
        await wait_until(pilot, lambda: app.pair is fake.memory.pairs[0])
        await open_chat(app, pilot)
        await pilot.press(*"/pair bogus", "enter")
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        assert app.pair is fake.memory.pairs[0]


async def test_what_is_no_command_is_not_lost(places: Places, fake: FakeCoach) -> None:
    async with chatting(fake, places, NARROW) as (app, pilot):
        await pilot.press(*"/etc/hosts is gone", "enter")
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        await wait_until(pilot, lambda: app.chat.composer.text == "/etc/hosts is gone")
        await pilot.press("home", "slash", "enter")
        await wait_until(pilot, lambda: fake.asked == ["/etc/hosts is gone"])
