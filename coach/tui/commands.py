"""Doing what a slash command in the app asks for: each does the same as a key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from coach.tui.plain import one_line
from coach.tui.slash import Goto

if TYPE_CHECKING:
    from coach.tui.app import CoachApp


def go(app: CoachApp, meant: Goto) -> None:
    """Go where the command says."""
    page, rest = meant.page, meant.rest
    plain: dict[str, Callable[[], object]] = {
        "prep": app.action_prepare, "help": app.action_help,
        "chats": app.action_conversations, "library": app.action_library,
        "settings": app.action_settings,
        "quit": lambda: app.run_worker(app.action_quit(), exit_on_error=False),
    }  # fmt: skip
    match page:
        case _ if page in plain:
            plain[page]()
        case "log":
            app.action_write_up(rest)
        case "pair" if rest:
            app.going.go(_named(app, rest))
        case "pair":
            app.action_pairs()
        case "export":
            app.going.go(_export(app, rest))
        case _:
            app.action_page(page)


async def _named(app: CoachApp, name: str) -> None:
    service = await app.opening.wait()
    await app.going.enter(await asyncio.to_thread(service.find_pair, name))


async def _export(app: CoachApp, file: str) -> None:
    from coach.tui.memory_views import subject

    found = subject(app)
    if found is None:
        return
    service, pair = found
    target = await asyncio.to_thread(service.export_to, pair, Path(file) if file else None)
    app.notify(
        one_line(f"{target}. It is not encrypted, and private things are in it."),
        title="Written", timeout=12, markup=False,
    )  # fmt: skip
