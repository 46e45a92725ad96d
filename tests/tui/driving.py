"""Driving the app in tests: waiting for conditions, and reading what is on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widget import Widget

from coach.paths import Places
from coach.tui.app import CoachApp
from coach.tui.service import Service

WIDE = (200, 60)
NARROW = (80, 24)


async def wait_until(pilot: Pilot[None], true: Callable[[], object]) -> None:
    """Let the app work until ``true()``; after 20 seconds fail with what is on the screen."""
    try:
        async with asyncio.timeout(20):
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
    opener: Callable[[], Service], places: Places, size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[CoachApp, Pilot[None]]]:
    """The app with its chat on the screen."""
    app = CoachApp(opener, places=places)
    async with app.run_test(size=size, notifications=True) as pilot:
        yield app, pilot
        await app.chat.leave()


async def open_chat(app: CoachApp, pilot: Pilot[None]) -> None:
    """Wait until a conversation is open and keys go to the message."""
    await wait_until(pilot, lambda: app.chat.session is not None and app.screen is app.chat)


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
