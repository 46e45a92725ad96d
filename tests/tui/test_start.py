"""What a start may import and how the app looks without colour."""

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

from .driving import NARROW, ask, open_chat, running, screen_text, wait_until
from .fakes import FakeCoach

HEAVY = ["sqlalchemy", "chromadb", "onnxruntime", "numpy", "pydantic", "yaml", "langchain",
         "tokenizers", "torch", "markdown_it", "coach.storage", "coach.library", "coach.models",
         "coach.conversation", "coach.settings"]  # fmt: skip


def test_the_app_imports_nothing_heavy() -> None:
    code = f"import sys, coach.tui.app; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_no_color_is_honoured(
    places: Places, fake: FakeCoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(lambda: fake, places) as (app, pilot):
        assert app.no_color
        await open_chat(app, pilot)
        await ask(app, pilot, "How do I set limits?")
        await wait_until(pilot, lambda: "Coach, selected" in screen_text(app))


async def test_the_theme_is_remembered(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places) as (app, pilot):
        await open_chat(app, pilot)
        assert app.theme == "coach-dark"
        app.theme = "coach-light"
        await wait_until(pilot, lambda: recall(places.home).theme == "coach-light")
        assert recall(places.home).pair == 1
    async with running(lambda: fake, places) as (app, pilot):
        assert app.theme == "coach-light"


async def test_help_names_the_keys(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_chat(app, pilot)
        await pilot.press("f1")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await wait_until(pilot, lambda: "Ctrl+Q        quit" in screen_text(app))
        assert "`coach doctor`" in screen_text(app), "all of it fits the smallest terminal"
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)


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
