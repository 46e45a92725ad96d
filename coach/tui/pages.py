"""Opening the pages that are not about what a pair remembers: conversations, library, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.tui.app import CoachApp


async def choose_conversation(app: CoachApp, *, search: bool = False) -> None:
    """Let the user go on with another conversation of the pair, or look for what was said."""
    from coach.tui.screens.conversations import ConversationsScreen

    if _is_open(app, ConversationsScreen):
        return
    service = await app.opening.wait()
    pair, session = app.pair, app.chat.session
    now = session.conversation if session and session.pair == pair else None
    chosen = await app.push_screen_wait(ConversationsScreen(service, pair, now, search=search))
    if chosen == "new" and not app.guard.refuses():
        await app.going.enter(pair, fresh=True)
    elif chosen is not None and not isinstance(chosen, str):
        await app.going.enter(pair, at=chosen.conversation, message=chosen.message)


def show_library(app: CoachApp, key: str = "") -> None:
    """Show the library; with ``key``, that card or document of it."""
    from coach.tui.screens.library import LibraryScreen

    assert app.service is not None
    if not _is_open(app, LibraryScreen):
        app.push_screen(LibraryScreen(app.service, key))


def show_settings(app: CoachApp) -> None:
    """Show the settings."""
    from coach.tui.screens.settings import SettingsScreen

    assert app.service is not None
    if not _is_open(app, SettingsScreen):
        app.push_screen(SettingsScreen(app.service))


def _is_open(app: CoachApp, screen: type) -> bool:
    return any(isinstance(one, screen) for one in app.screen_stack)
