"""Running the app from start to end."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from coach.tui.background import at_work

if TYPE_CHECKING:
    from coach.paths import Places
    from coach.tui.app import CoachApp
    from coach.tui.service import Service


class Demonstration(Protocol):
    """Makes the service of a demonstration, and takes away all that it wrote."""

    def open(self) -> Service:
        """The service, built anew; blocks for seconds."""

    def remove(self) -> None:
        """Remove what it wrote, whether or not it was opened and closed."""


def run_app(
    opener: Callable[[], Service], *, places: Places | None = None, start: str = "",
    demo: Demonstration | None = None,
) -> int:  # fmt: skip
    """Run the app until the user quits, close the service, and return the exit code.

    ``start`` names the pair whose chat opens; ``demo`` is what the user can ask to see.
    """
    app = _run(opener, places=places, start=start, can_demonstrate=demo is not None)
    if demo is not None and app.wants_demonstration:
        app = _run_demo(demo, places=places)
    return _end(app)


def run_demo_app(demo: Demonstration, *, places: Places | None = None) -> int:
    """Run the app over a demonstration until the user quits, and return the exit code."""
    return _end(_run_demo(demo, places=places))


def _run_demo(demo: Demonstration, *, places: Places | None = None) -> CoachApp:
    try:
        return _run(demo.open, places=places, demonstration=True)
    finally:
        demo.remove()


def _run(opener: Callable[[], Service], **how: Any) -> CoachApp:
    # Nothing that is made before the first paint is garbage, and looking for some takes 5 to 10 %
    # of the launch. The app turns it on again.
    gc.disable()
    from coach.tui.app import CoachApp

    app = CoachApp(opener, **how)
    app.run()
    # A thread that still warms up holds what closing waits for; the process's end frees it too.
    if app.service is not None and not at_work():
        app.service.close()
    return app


def _end(app: CoachApp) -> int:
    code = app.return_code or 0
    if at_work():
        # The interpreter's own ending waits for what a model computes, or crashes in native code.
        with suppress(OSError):  # the terminal may be gone
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    return code
