"""``python -m coach`` and the ``coach`` command."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.bootstrap import Coach


def _open() -> Coach:
    from coach.bootstrap import open_coach

    return open_coach()


def main() -> None:
    """Open the app when called alone in a terminal; else run the command line."""
    if len(sys.argv) == 1 and sys.stdin.isatty() and sys.stdout.isatty():
        # The quickest way to the first paint: no command line is parsed, no settings are read yet.
        from coach.tui.run import run_app

        sys.exit(run_app(_open))
    from coach.cli.main import run

    sys.exit(run())


if __name__ == "__main__":
    main()
