"""What the command palette offers on every page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from coach.tui.pair_pages import PAGES, open_page

if TYPE_CHECKING:
    from coach.tui.app import CoachApp


def app_commands(app: CoachApp) -> Iterable[SystemCommand]:
    """The commands, in the order in which they are listed."""
    yield SystemCommand("Home", "All pairs, and what is waiting", app.action_home)
    yield SystemCommand("Prepare", "The page for the next session", app.action_prepare)
    yield SystemCommand("Pairs", "Go to another pair, or add one", app.action_pairs)
    yield SystemCommand("Add a pair", "Someone you mentor, or who mentors you",
                        app.action_add_pair)  # fmt: skip
    yield SystemCommand(
        "New conversation", "Start afresh with this pair", app.action_new_conversation
    )
    yield SystemCommand("Conversations", "Go on with an earlier one", app.action_conversations)
    yield SystemCommand("Search what was said", "In all of the pair's conversations",
                        app.action_search)  # fmt: skip
    yield SystemCommand("Memory", "See and change what is remembered", app.action_memory)
    yield SystemCommand("Write up a session", "Keep a note of it", app.action_write_up)
    for page in PAGES[3:]:
        yield SystemCommand(page.title, page.shows, partial(open_page, app, page.name))
    yield SystemCommand("Sources", "Show or hide the sources", app.chat.action_sources)
    yield SystemCommand("Library", "Browse the guidance, add documents", app.action_library)
    yield SystemCommand("Settings", "What you can choose, and the keys", app.action_settings)
    yield SystemCommand("Show what is sent", "To a remote language model, for this message",
                        lambda: app.going.go(app.leave.preview()))  # fmt: skip
    yield SystemCommand("Theme", "Dark, light or high contrast", app.action_change_theme)
    yield SystemCommand("Help", "The keys of this page", app.action_help)
    if app.can_demonstrate:
        yield SystemCommand(
            "Demonstration", "An invented pair with a year behind it", app.action_demonstration
        )
    yield SystemCommand("Quit", "Everything is kept", app.action_quit)
