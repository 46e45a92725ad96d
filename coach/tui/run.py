"""Running the app from start to end."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

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
    app, busy = _run(opener, places=places, start=start, can_demonstrate=demo is not None)
    if demo is not None and app.wants_demonstration:
        app, again = run_demo(demo, places=places)
        busy = busy or again
    return _end(app, busy=busy)


def run_demo_app(demo: Demonstration, *, places: Places | None = None) -> int:
    """Run the app over a demonstration until the user quits, and return the exit code."""
    app, busy = run_demo(demo, places=places)
    return _end(app, busy=busy)


def run_demo(demo: Demonstration, *, places: Places | None = None) -> tuple[CoachApp, bool]:
    """Run the app over a demonstration; also whether a thread of it is still at work."""
    try:
        return _run(demo.open, places=places, demonstration=True)
    finally:
        demo.remove()


def _run(opener: Callable[[], Service], **how: Any) -> tuple[CoachApp, bool]:
    # Nothing that is made before the first paint is garbage, and looking for some takes 5 to 10 %
    # of the launch. The app turns it on again.
    gc.disable()
    from coach.tui.app import CoachApp

    app = CoachApp(opener, **how)
    app.run()
    if app.service is not None:
        app.service.close()
    return app, app.opening.busy


def _end(app: CoachApp, *, busy: bool) -> int:
    code = app.return_code or 0
    if busy:
        # A model that is still loading in native code can crash the interpreter's own ending.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code
