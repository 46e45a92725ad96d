"""Making a pair from the answers to the two questions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from coach.errors import CoachError
from coach.tui.notices import show_error
from coach.tui.screens.setup import Answers, SetupScreen

if TYPE_CHECKING:
    from coach.storage.pairs import Pair
    from coach.tui.app import CoachApp
    from coach.tui.opening import Opening
    from coach.tui.unfinished import Unfinished


async def make_pair(
    app: CoachApp, opening: Opening, expecting: Callable[[str], None], *, first: bool
) -> Pair | None:
    """Ask until a pair could be kept; None if the user would rather not say.

    The service may still be opening: ``expecting`` hears the name, and the pair is kept as soon as
    it can be. Call it from a worker.
    """
    given: Answers | None = None
    draft = app.drafts.of_new_pair()
    while True:
        asked = SetupScreen(first=first, given=given)
        asked.unfinished = draft
        given = await app.push_screen_wait(asked)
        if given is None:
            await _drop(draft)
            return None
        expecting(given.name)
        service = await opening.wait()
        try:
            made = await asyncio.to_thread(service.add_pair, given.name, given.role)
        except CoachError as error:
            show_error(app, error)
            continue
        await _drop(draft)
        return made


async def _drop(draft: Unfinished | None) -> None:
    if draft is not None:
        await draft.drop()
