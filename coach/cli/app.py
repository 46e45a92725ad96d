"""Opening the app; imports as little as can be, for the first paint."""

from __future__ import annotations

import getpass
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.bootstrap import Coach


def passphrase() -> str:
    """Asked for before the app takes the screen, where the database is locked with one."""
    from coach.paths import default_places

    recorded = default_places().key_choice
    if "COACH_PASSPHRASE" in os.environ or not recorded.is_file():
        return ""
    if recorded.read_text(encoding="ascii", errors="replace").strip() != "passphrase":
        return ""
    return getpass.getpass("Passphrase of coach's database: ")


def open_app(start: str = "", *, leads_on: bool = True) -> int:
    """Run the app, with the chat of the pair called ``start`` in front if one is named.

    Where it ``leads_on``, the user can go from it to the demonstration.
    """
    # The quickest way to the first paint: no settings are read yet.
    from coach.tui.run import run_app

    given = passphrase()

    def opener() -> Coach:
        from coach.bootstrap.app_coach import open_app_coach

        return open_app_coach(lambda: given)

    return run_app(opener, start=start, demo=_Demonstration() if leads_on else None)


def open_page(page: str, start: str = "") -> int:
    """Run the app in a browser's page: the user's "own", or the "demonstration"."""
    # Such a page ends with its app, so that one cannot lead on to the other.
    return open_demonstration() if page == "demonstration" else open_app(start, leads_on=False)


def open_demonstration() -> int:
    """Run the app over an invented pair, apart from the user's data."""
    from coach.tui.run import run_demo_app

    return run_demo_app(_Demonstration())


class _Demonstration:
    """Imports what builds a demonstration when it is asked for."""

    def open(self) -> Coach:
        from coach.bootstrap.demo import open_demo

        return open_demo()

    def remove(self) -> None:
        from coach.bootstrap.demo import remove_own

        remove_own()
