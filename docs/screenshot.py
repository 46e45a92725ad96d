"""``python -m docs.screenshot``: the README's picture, from the real app with invented people."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

_QUESTION = "She rings me on Sundays, and I don't know how to bring it up"
_SIZE = (112, 34)
_STEP = 0.05
_PATIENCE = 120.0


async def _until(done: Callable[[], object], what: str) -> None:
    waited = 0.0
    while not done():
        if waited > _PATIENCE:
            raise SystemExit(f"the app never came to: {what}")
        await asyncio.sleep(_STEP)
        waited += _STEP


async def _take(target: Path) -> None:
    from coach.bootstrap import open_coach
    from coach.tui.app import CoachApp

    coach = open_coach()
    coach.add_pair("Rosa Example", "mentor")
    coach.warm_up()
    app = CoachApp(lambda: coach, start="rosa")
    async with app.run_test(size=_SIZE) as pilot:
        await _until(lambda: app.screen.query("#composer"), "the chat")
        await _until(lambda: app.service is not None, "an opened service")
        await pilot.press(*("space" if letter == " " else letter for letter in _QUESTION))
        await pilot.press("enter")
        await _until(lambda: "Sources" in app.export_screenshot(), "an answer")
        await pilot.pause()
        target.write_text(app.export_screenshot(title="coach"), encoding="utf-8")


def main() -> None:
    """Write ``docs/screenshot.svg``."""
    root = Path(__file__).resolve().parent.parent
    with tempfile.TemporaryDirectory() as home:
        os.environ["COACH_HOME"] = home
        os.environ.setdefault("COACH_CACHE", str(root / ".cache" / "coach"))
        asyncio.run(_take(root / "docs" / "screenshot.svg"))


main()
