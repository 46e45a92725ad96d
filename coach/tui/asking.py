"""Making a pair from the answers to the two questions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from coach.errors import CoachError
from coach.tui.notices import show_error
from coach.tui.screens.setup import Answers, SetupScreen

if TYPE_CHECKING:
    from textual.app import App

    from coach.storage.pairs import Pair
    from coach.tui.opening import Opening


async def make_pair(
    app: App[Any], opening: Opening, expecting: Callable[[str], None], *, first: bool
) -> Pair | None:
    """Ask until a pair could be kept; None if the user would rather not say.

    The service may still be opening: ``expecting`` hears the name, and the pair is kept as soon as
    it can be. Call it from a worker.
    """
    given: Answers | None = None
    while True:
        given = await app.push_screen_wait(SetupScreen(first=first, given=given))
        if given is None:
            return None
        expecting(given.name)
        service = await opening.wait()
        try:
            return await asyncio.to_thread(service.add_pair, given.name, given.role)
        except CoachError as error:
            show_error(app, error)
