"""Keeping a session's note, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from coach.tui.memory_words import say_day
from coach.tui.screens.memory import Review

if TYPE_CHECKING:
    from coach.planning.page import Ref
    from coach.storage.pairs import Pair
    from coach.tui.service import Service


async def keep_note(
    service: Service, pair: Pair, day: date, text: str, ticked: Sequence[Ref] = ()
) -> Review:
    """Keep the note of the session on ``day``: what was noticed in it, and what it settled.

    ``ticked`` is what was ticked off of the page in that session, and is settled too.
    """
    before = await asyncio.to_thread(service.remembered, pair)
    logged = await asyncio.to_thread(service.log_session, pair, day, text)
    if ticked:
        await asyncio.to_thread(service.tick_off, pair, day, ticked)
    after = await asyncio.to_thread(service.remembered, pair)
    status = {item.id: item.status for item in before}
    settled = [i.id for i in after if status.get(i.id, i.status) != i.status]
    session = logged.session
    title = f"Session {session.number}, {say_day(session.on, service.today)}"
    title += ": kept" if logged.new else ": this note was there already"
    number = session.number if logged.new else None
    return Review(title, tuple(item.id for item in logged.items), tuple(settled), number)
