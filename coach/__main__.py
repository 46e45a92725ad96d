"""``python -m coach`` and the ``coach`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Open the app when called alone in a terminal; else run the command line."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        # The quickest way to the first paint: no command line is parsed.
        from coach.cli.app import open_app, open_demonstration

        if len(sys.argv) == 1:
            sys.exit(open_app())
        if sys.argv[1:] == ["--demo"]:
            sys.exit(open_demonstration())
    from coach.cli.main import run

    sys.exit(run())


if __name__ == "__main__":
    main()
