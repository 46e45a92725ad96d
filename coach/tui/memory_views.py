"""Opening the pages about one pair: its memory, the brief, and the one to write up a session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from coach.tui.keys import keyed

if TYPE_CHECKING:
    from coach.storage.pairs import Pair
    from coach.tui.app import CoachApp
    from coach.tui.screens.memory import Review
    from coach.tui.service import Service

NO_PAIR = "This belongs to one person. {F2|chat.pairs} chooses whom, or adds someone."


def show_memory(app: CoachApp, review: Review | None = None, of: Pair | None = None) -> None:
    """Show what is remembered of the pair; with ``review``, only what a note gave."""
    from coach.tui.screens.memory import MemoryScreen

    found = subject(app, of)
    if found is None or (review is None and _is_open(app, MemoryScreen)):
        return
    service, pair = found

    def closed(forgot: bool | None) -> None:
        # The conversation may still show a sentence that is forgotten.
        if forgot:
            app.going.reopen(pair)

    app.push_screen(MemoryScreen(service, pair, review), closed)


def write_up(app: CoachApp, added: str = "") -> None:
    """Let the user write about a session, keep it, and show what was noticed in it.

    ``added`` goes below what is written there already.
    """
    found = subject(app)
    if found is not None:
        task = _write_up(app, *found, added)
        app.run_worker(task, group="write-up", exclusive=True, exit_on_error=False)


async def _write_up(app: CoachApp, service: Service, pair: Pair, added: str) -> None:
    from coach.tui.screens.write_up import WriteUpScreen

    before = app.screen
    with app.ahead.coming():
        text = await app.drafts.read(service, pair, "note")
        day = await app.drafts.read(service, pair, "note-day")
        if app.screen is not before or _is_open(app, WriteUpScreen):
            return
        text = "\n\n".join(filter(None, [text, added]))
        app.push_screen(WriteUpScreen(service, pair, app.drafts, text, day), _show(app, pair))


def prepare(app: CoachApp) -> None:
    """Show the page for the next session; notes made beside it are kept as its note."""
    found = subject(app)
    if found is not None:
        task = _prepare(app, *found)
        app.run_worker(task, group="write-up", exclusive=True, exit_on_error=False)


async def _prepare(app: CoachApp, service: Service, pair: Pair) -> None:
    from coach.tui.screens.brief import BriefScreen

    before = app.screen
    with app.ahead.coming():
        note = await app.drafts.read(service, pair, "note")
        ticks = await app.drafts.read(service, pair, "brief")
        if app.screen is before and not _is_open(app, BriefScreen):
            app.push_screen(BriefScreen(service, pair, app.drafts, note, ticks), _show(app, pair))


def _show(app: CoachApp, pair: Pair) -> Callable[[Review | None], None]:
    def closed(result: Review | None) -> None:
        if result is not None:
            show_memory(app, result, pair)

    return closed


def choose_page(app: CoachApp) -> None:
    """Let the user choose a page about the pair in front."""
    from coach.tui.pair_pages import open_page
    from coach.tui.screens.pages import PagesScreen

    found = subject(app)
    if found is None or _is_open(app, PagesScreen):
        return

    def chosen(name: str | None) -> None:
        if name:
            open_page(app, name)

    app.push_screen(PagesScreen(found[1].name), chosen)


def subject(app: CoachApp, of: Pair | None = None) -> tuple[Service, Pair] | None:
    """The service, and the pair that the page in front is about; told to the user if none."""
    pair = of or app.pair
    if app.service is None or pair is None:
        app.notify(keyed(app, NO_PAIR), markup=False)
        return None
    return app.service, pair


def _is_open(app: CoachApp, screen: type) -> bool:
    return any(isinstance(one, screen) for one in app.screen_stack)
