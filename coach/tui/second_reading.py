"""A chosen model reads a note once more: what it points at is shown, and kept only on request."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from coach.tui.plain import one_line
from coach.tui.widgets.proposals import Proposals, Source

if TYPE_CHECKING:
    from coach.tui.screens.memory import MemoryScreen

ASKING = "{name} is asked what else the note holds. Esc does without."
NOTHING = "Nothing more is proposed: {why}"
NO_MORE = "{name} points at nothing more in the note."
FOUND = "{name} points at this too. Tab goes there."


async def read_once_more(screen: MemoryScreen, number: int) -> None:
    """Let the chosen model propose more of the session's note, below what it gave.

    Closing the page ends the request. Without a chosen model nothing happens.
    """
    service, pair = screen.service, screen.pair
    name = one_line(await asyncio.to_thread(service.helper))
    if not name:
        return
    screen.tell(ASKING.replace("{name}", name))
    found = await service.proposals(pair, number)
    if found is None or not found.drafts:
        why = found.why if found else ""
        told = NOTHING.replace("{why}", why) if why else NO_MORE.replace("{name}", name)
        screen.tell(told)
        return
    source = Source(
        f"noted:{number}",
        lambda drafts: service.keep_proposed(pair, number, drafts),
        lambda _: None,
        "OptionList",
    )
    await screen.mount(
        Proposals(service, pair, source, found.drafts), before=screen.query_one(".said")
    )
    screen.tell(FOUND.replace("{name}", name))
