"""Driving the app in tests: waiting for conditions, and reading what is on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot
from textual.widget import Widget

from coach.paths import Places
from coach.tui.app import CoachApp
from coach.tui.screens.setup import SetupScreen
from coach.tui.service import Service

WIDE = (200, 60)
NARROW = (80, 24)


async def wait_until(pilot: Pilot[None], true: Callable[[], object], seconds: float = 60) -> None:
    """Let the app work until ``true()``; after ``seconds`` fail with what is on the screen."""
    try:
        async with asyncio.timeout(seconds):
            while not true():
                await pilot.pause()
                # Lets threads of the app have the interpreter.
                await asyncio.sleep(0)
    except TimeoutError:
        app = pilot.app
        assert isinstance(app, CoachApp)
        raise AssertionError(f"it never came to that; on the screen:\n{screen_text(app)}") from None


@asynccontextmanager
async def running(
    opener: Callable[[], Service], places: Places, size: tuple[int, int] = WIDE, **how: Any
) -> AsyncIterator[tuple[CoachApp, Pilot[None]]]:
    """The app at its start; ``how`` goes to :class:`CoachApp`."""
    app = CoachApp(opener, places=places, **how)
    async with app.run_test(size=size, notifications=True) as pilot:
        yield app, pilot
        await app.chat.leave()


async def open_chat(app: CoachApp, pilot: Pilot[None]) -> None:
    """Go from the first page to the chat; wait until a conversation is open to be written in."""
    home = app.home
    if home is not None:
        await wait_until(pilot, lambda: home.loaded)
        home.action_chat()
    await wait_until(pilot, lambda: app.chat.session is not None and app.screen is app.chat)


@asynccontextmanager
async def chatting(
    service: Service, places: Places, size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[CoachApp, Pilot[None]]]:
    """The app over ``service``, with the chat open."""
    async with running(lambda: service, places, size) as (app, pilot):
        await open_chat(app, pilot)
        yield app, pilot


async def begin_setup(app: CoachApp, pilot: Pilot[None]) -> None:
    """Where nobody is there yet: choose to add the person, and wait for the questions."""
    await wait_until(pilot, lambda: app.home is not None and app.home.query("Start"))
    await pilot.press("a")
    await wait_until(pilot, lambda: isinstance(app.screen, SetupScreen))


async def ask(app: CoachApp, pilot: Pilot[None], text: str) -> None:
    """Type ``text`` and send it."""
    app.chat.composer.insert(text)
    await pilot.press("enter")


def screen_text(app: CoachApp) -> str:
    """What one sees, line by line, without styles."""
    lines = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in lines)


def visible(widget: Widget) -> bool:
    """Whether the widget takes up room on the screen."""
    return widget.display and widget.region.area > 0 and widget.is_on_screen
