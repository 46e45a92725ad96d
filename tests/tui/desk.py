"""The app over the real service, with a fake only in the place of the model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from coach.bootstrap.coach import Coach
from coach.tui.app import CoachApp

from .driving import NARROW, running, wait_until


@asynccontextmanager
async def at_home(
    coach: Coach, size: tuple[int, int] = NARROW
) -> AsyncIterator[tuple[CoachApp, Pilot[None]]]:
    """The first page, with the newest pair highlighted; the index is not needed and not built."""
    coach.warm_up = lambda *_: None  # type: ignore[method-assign]
    async with running(lambda: coach, coach.places, size) as (app, pilot):
        await wait_until(pilot, lambda: app.home and app.home.loaded)
        yield app, pilot
