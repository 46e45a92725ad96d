"""The library: browsing, searching, reading, and the user's own documents."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Tabs

from coach.paths import Places
from coach.tui.app import CoachApp
from coach.tui.screens.library import LibraryScreen

from .driving import NARROW, WIDE, open_chat, running, screen_text, wait_until
from .fakes import FakeCoach


async def open_page(app: CoachApp, pilot: Pilot[None]) -> LibraryScreen:
    await open_chat(app, pilot)
    await pilot.press("ctrl+o")
    await wait_until(pilot, lambda: isinstance(app.screen, LibraryScreen))
    page = app.screen
    assert isinstance(page, LibraryScreen)
    await wait_until(pilot, lambda: page.query_one(OptionList).option_count > 0)
    return page


async def test_it_is_browsed_and_searched(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, WIDE) as (app, pilot):
        page = await open_page(app, pilot)
        await wait_until(pilot, lambda: "All of argonne/honest-about-limits" in screen_text(app))
        assert "along the way; honesty, trust" in screen_text(app)
        await pilot.press("right")
        await wait_until(pilot, lambda: "The first meetings" in screen_text(app))
        await pilot.press("right")
        await wait_until(pilot, lambda: "Honesty" in screen_text(app))
        assert page.query_one(Tabs).active == "theme"
        await pilot.press("slash", *"trust")
        await wait_until(pilot, lambda: "Nearest first" in screen_text(app))
        await wait_until(pilot, lambda: "All of engage/build-trust" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Honesty" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)


async def test_in_a_small_terminal_a_card_takes_the_page(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        page = await open_page(app, pilot)
        assert "All of" not in screen_text(app)
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: "All of engage/build-trust" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "All of" not in screen_text(app))
        assert app.screen is page


async def test_a_document_is_added_and_removed(
    places: Places, fake: FakeCoach, tmp_path: Path
) -> None:
    handbook = tmp_path / "handbook.md"
    handbook.write_text("# Handbook")
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        page = await open_page(app, pilot)
        await pilot.press("a")
        await wait_until(pilot, lambda: app.screen is not page)
        field = app.screen.query_one(Input)
        field.value = str(tmp_path / "nothing.md")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "There is nothing at" in screen_text(app))
        field.value = str(handbook)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "1 document added" in screen_text(app))
        await wait_until(pilot, lambda: "Your documents" in screen_text(app))
        await pilot.press("up", "x")
        await wait_until(pilot, lambda: "Remove “handbook”" in screen_text(app))
        await pilot.press("right", "enter")
        await wait_until(pilot, lambda: not fake.documents)
        await wait_until(pilot, lambda: "Your documents" not in screen_text(app))
