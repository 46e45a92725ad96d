"""Settings and keys: shown with where they come from, and changed in place."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import Input

from coach.paths import Places
from coach.tui.app import CoachApp
from coach.tui.screens.settings import SettingsScreen
from coach.tui.widgets.memory_list import MemoryList

from .driving import NARROW, chatting, open_chat, running, screen_text, wait_until
from .fakes import FakeCoach


async def open_page(app: CoachApp, pilot: Pilot[None], row: str) -> SettingsScreen:
    """The page of settings with this row highlighted."""
    await open_chat(app, pilot)
    await pilot.press("f12")
    await wait_until(pilot, lambda: isinstance(app.screen, SettingsScreen))
    page = app.screen
    assert isinstance(page, SettingsScreen)
    await wait_until(pilot, lambda: page.query_one(MemoryList).row is not None)
    page.query_one(MemoryList).go_to(row)
    return page


async def test_a_value_that_does_not_fit_is_told_in_place(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        page = await open_page(app, pilot, "reply_words")
        assert "nothing leaves this machine" in screen_text(app).splitlines()[0]
        await wait_until(pilot, lambda: "120, the default" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen is not page)
        # What leaves the machine is told over a dialog, too.
        told = "nothing leaves this machine"
        await wait_until(pilot, lambda: told in screen_text(app).splitlines()[0])
        app.screen.query_one(Input).value = "many"
        await pilot.press("enter")
        await wait_until(pilot, lambda: "it is not a number" in screen_text(app))
        app.screen.query_one(Input).value = "90"
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen is page)
        await wait_until(pilot, lambda: "90, from settings.toml" in screen_text(app))
        page.query_one(MemoryList).go_to("language")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "given by COACH_LANGUAGE" in screen_text(app))
        assert app.screen is page


async def test_the_theme_changes_at_once(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        page = await open_page(app, pilot, "theme")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen is not page)
        app.screen.query_one(Input).value = "contrast"
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.theme == "coach-contrast")


async def test_a_key_is_changed_by_pressing_another(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places) as (app, pilot):
        page = await open_page(app, pilot, "keys:chat.copy")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen is not page)
        await pilot.press("ctrl+f")
        await wait_until(pilot, lambda: "Search what was said already" in screen_text(app))
        assert fake.key_choices == {}
        await pilot.press("f11")
        await wait_until(pilot, lambda: fake.key_choices == {"chat.copy": "f11"})
        await wait_until(pilot, lambda: "its own is Ctrl+G" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)
        await wait_until(pilot, lambda: "F11 Copy" in screen_text(app))
        await pilot.press("f11")
        await wait_until(pilot, lambda: "no answer to copy" in screen_text(app))
        await pilot.press("f1")
        await wait_until(pilot, lambda: "F11              Copy" in screen_text(app))


async def test_keys_that_clash_in_the_settings_are_told(places: Places, fake: FakeCoach) -> None:
    fake.key_choices = {"chat.copy": "f3", "chat.search": "f11"}
    async with chatting(fake, places, NARROW) as (app, pilot):
        await wait_until(
            pilot, lambda: any("F3 is Sources already" in n.message for n in app._notifications)
        )
        assert app._keymap == {"chat.search": "f11"}
