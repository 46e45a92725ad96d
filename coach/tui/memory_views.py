"""Opening the memory of a pair, and the page to write up a session on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.tui import wording

if TYPE_CHECKING:
    from coach.tui.app import CoachApp
    from coach.tui.screens.memory import Review
    from coach.tui.service import Session

NO_PAIR = "Memory belongs to one person. F2 chooses whom, or adds someone."


def show_memory(app: CoachApp, review: Review | None = None) -> None:
    """Show what is remembered of the pair; with ``review``, only what a note gave."""
    from coach.tui.screens.memory import MemoryScreen

    session = _session(app)
    if session is None or (review is None and _is_open(app, MemoryScreen)):
        return

    def closed(forgot: bool | None) -> None:
        # The conversation may still show a sentence that is forgotten.
        if forgot:
            app.reopen()

    app.push_screen(MemoryScreen(session, review), closed)


def write_up(app: CoachApp) -> None:
    """Let the user write about a session, keep it, and show what was noticed in it."""
    from coach.tui.screens.write_up import Unsaved, WriteUpScreen

    session = _session(app)
    if session is None or session.pair is None or _is_open(app, WriteUpScreen):
        return
    key = session.pair.id

    def closed(result: Unsaved | Review | None) -> None:
        app.unsaved_notes.pop(key, None)
        if isinstance(result, Unsaved):
            app.unsaved_notes[key] = (result.day, result.text)
        elif result is not None:
            show_memory(app, result)

    app.push_screen(WriteUpScreen(session, app.unsaved_notes.get(key)), closed)


def _session(app: CoachApp) -> Session | None:
    session = app.chat.session
    if session is None:
        app.notify(wording.STILL_OPENING, markup=False)
    elif session.pair is None:
        app.notify(NO_PAIR, markup=False)
        return None
    return session


def _is_open(app: CoachApp, screen: type) -> bool:
    return any(isinstance(one, screen) for one in app.screen_stack)
