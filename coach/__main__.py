"""``python -m coach`` and the ``coach`` command."""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.bootstrap import Coach


def _passphrase() -> str:
    """Asked for before the app takes the screen, where the database is locked with one."""
    from coach.paths import default_places

    recorded = default_places().key_choice
    if "COACH_PASSPHRASE" in os.environ or not recorded.is_file():
        return ""
    if recorded.read_text(encoding="ascii", errors="replace").strip() != "passphrase":
        return ""
    return getpass.getpass("Passphrase of coach's database: ")


def main() -> None:
    """Open the app when called alone in a terminal; else run the command line."""
    if len(sys.argv) == 1 and sys.stdin.isatty() and sys.stdout.isatty():
        # The quickest way to the first paint: no command line is parsed, no settings are read yet.
        from coach.tui.run import run_app

        passphrase = _passphrase()

        def opener() -> Coach:
            from coach.bootstrap import open_coach

            return open_coach(ask_passphrase=lambda: passphrase)

        sys.exit(run_app(opener))
    from coach.cli.main import run

    sys.exit(run())


if __name__ == "__main__":
    main()
