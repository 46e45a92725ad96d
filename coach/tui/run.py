"""Running the app from start to end."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.paths import Places
    from coach.tui.service import Service


def run_app(opener: Callable[[], Service], *, places: Places | None = None) -> int:
    """Run the app until the user quits, close the service, and return the exit code."""
    # Nothing that is made before the first paint is garbage, and looking for some takes 5 to 10 %
    # of the launch. The app turns it on again.
    gc.disable()
    from coach.tui.app import CoachApp

    app = CoachApp(opener, places=places)
    app.run()
    if app.service is not None:
        app.service.close()
    code = app.return_code or 0
    if app.opening.busy:
        # A model that is still loading in native code can crash the interpreter's own ending.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code
