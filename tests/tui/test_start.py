"""What a start may import, and what the app offers and keeps from there."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from coach.paths import Places
from coach.tui.app import CoachApp
from coach.tui.remembered import Keeper, Remembered, recall
from coach.tui.screens.help import HelpScreen
from coach.tui.service import Service

from .driving import NARROW, chatting, running, screen_text, wait_until
from .fakes import FakeCoach

HEAVY = ["sqlalchemy", "chromadb", "onnxruntime", "numpy", "pydantic", "yaml", "langchain",
         "tokenizers", "torch", "markdown_it", "coach.storage", "coach.library", "coach.models",
         "coach.conversation", "coach.settings"]  # fmt: skip


def test_the_app_imports_nothing_heavy() -> None:
    code = f"import sys, coach.tui.app; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_the_theme_is_kept_in_the_settings(places: Places, fake: FakeCoach) -> None:
    async with chatting(fake, places) as (app, pilot):
        assert app.theme == "coach-dark"
        assert set(app.available_themes) == {"coach-dark", "coach-light", "coach-contrast"}
        app.theme = "coach-light"
        await wait_until(pilot, lambda: fake.chosen == {"theme": "light"})
    places.settings_file.write_text('theme = "light"')
    async with running(lambda: fake, places) as (app, pilot):
        assert app.theme == "coach-light"


async def test_help_names_the_keys_of_the_page_below(places: Places, fake: FakeCoach) -> None:
    async with chatting(fake, places) as (app, pilot):
        await pilot.press("f1")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await wait_until(pilot, lambda: "Ctrl+Q           Quit" in screen_text(app))
        assert "Ctrl+G           Copy" in screen_text(app)
        assert "Enter            Send" in screen_text(app)
        assert "`coach doctor`" in screen_text(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)
        await pilot.press("f12", "f1")
        await wait_until(pilot, lambda: "Enter            Change" in screen_text(app))
        assert "Copy" not in screen_text(app)


async def test_the_palette_finds_pages_people_and_cards(places: Places, fake: FakeCoach) -> None:
    async with chatting(fake, places, NARROW) as (app, pilot):
        await pilot.press("ctrl+p")
        await wait_until(pilot, lambda: "All pairs" in screen_text(app))
        listed = screen_text(app)
        assert listed.index("on this page, F3") < listed.index("All pairs")
        await pilot.press(*"Amara")
        await wait_until(pilot, lambda: "Chat about Amara Osei" in screen_text(app))
        for _ in "Amara":
            await pilot.press("backspace")
        await pilot.press(*"Copy")
        await wait_until(pilot, lambda: "on this page, Ctrl+G" in screen_text(app))
        for _ in "Copy":
            await pilot.press("backspace")
        await pilot.press(*"Trust comes")
        await wait_until(pilot, lambda: "Read: Trust comes first" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "All of engage/build-trust" in screen_text(app))


@pytest.mark.parametrize("content", ["", "[]", "{", '{"pair": "x", "theme": 3}', '{"pair": true}'])
def test_a_damaged_state_file_is_as_good_as_none(places: Places, content: str) -> None:
    (places.home / "app.json").write_text(content)
    assert recall(places.home) == Remembered()
    keeper = Keeper(places.home)
    keeper.keep(pair=4)
    assert recall(places.home) == Remembered(pair=4)


async def test_quitting_does_not_wait_for_the_service(places: Places, fake: FakeCoach) -> None:
    may_open = threading.Event()

    def opener() -> Service:
        may_open.wait()
        return fake

    app = CoachApp(opener, places=places)
    async with app.run_test(size=NARROW) as pilot:
        await wait_until(pilot, lambda: app.opening.busy)
        await pilot.press("ctrl+q")
    assert app.return_code == 0
    may_open.set()
