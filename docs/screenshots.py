"""``python -m docs.screenshots``: pictures of the real app, with the demonstration's people.

The day is fixed, so that the pictures change only when the app does.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import Markdown

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from coach.tui.app import CoachApp

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 5, 14)
_QUESTION = "She rings me on Sundays, and I don't know how to bring it up"
_TALK = "Congratulations on the award! How did you get those two teams to one table?"
_STEP = 0.1
_PATIENCE = 900.0
# A fetched font would make a picture depend on the network; widths are in the SVG itself.
_REMOTE_FONT = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)

_SHOWN = {"home", "chat", "brief", "agreement", "goals", "rehearsal"}
"""What the documentation shows; the other pages are for looking at."""

_FILM = ("home", "chat", "brief", "rehearsal")
"""The pictures of ``session.svg``, one after the other."""
_SECONDS = 4

Snap = Callable[[str], Awaitable[None]]


def _seen(app: CoachApp) -> str:
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def _until(app: CoachApp, expected: str) -> None:
    """Wait until ``expected`` is on the screen and nothing on it has moved for three steps."""
    last, still, waited = "", 0, 0.0
    while still < 3 or expected not in last:
        if waited > _PATIENCE:
            raise SystemExit(f"{expected!r} never came; on the screen:\n{last}")
        await asyncio.sleep(_STEP)
        waited += _STEP
        now = _seen(app)
        still = still + 1 if now == last else 0
        last = now


async def _type(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*({" ": "space"}.get(letter, letter) for letter in text), "enter")


async def _walk(app: CoachApp, pilot: Pilot[None], snap: Snap) -> None:
    """Go through the pages that are worth a picture."""
    await _until(app, "Mira Example")
    while app.service is None or app.opening.busy:
        await asyncio.sleep(_STEP)
    await _until(app, "F1 Help")
    await snap("home")
    for name, key, expected in (
        ("brief", "p", "[ ]"),
        ("memory", "m", "Mira"),
        ("agreement", "s", "Agreed"),
        ("goals", "g", "flood"),
        ("roadmap", "o", "Roadmap"),
        ("check", "k", "Mira"),
        ("timeline", "t", "Sessions"),
        ("library", "ctrl+o", "Small talk"),
        ("settings", "f12", "What it does"),
        ("help", "f1", "On this page"),
        ("pages", "f10", "Pages about"),
        ("palette", "ctrl+p", "on this page"),
        ("add-pair", "a", "A new pair"),
    ):
        await pilot.press(key)
        await _until(app, expected)
        await snap(name)
        await pilot.press("escape")
        await _until(app, "your pairs")
    await pilot.press("r")
    await _until(app, "Level:")
    await snap("scenarios")
    await pilot.press("enter")
    await _until(app, "Hint")
    await _type(pilot, _TALK)
    await _until(app, "Take back")
    await snap("rehearsal")
    await pilot.press("f5")
    await _until(app, "What worked")
    await snap("feedback")
    await pilot.press("escape", "escape", "escape")
    await _until(app, "your pairs")
    await pilot.press("c")
    await _until(app, "Mira")
    await pilot.press("ctrl+n")
    await _type(pilot, _QUESTION)
    await _until(app, "Sources:")
    while not app.screen.query_one("SourcesPanel Markdown", Markdown).source:
        await asyncio.sleep(_STEP)
    await _until(app, "Sources:")
    await snap("chat")


def film(pictures: list[str]) -> str:
    """One SVG that shows the pictures in turn; the first one alone where motion is not wanted."""
    size = re.search(r'viewBox="[^"]*"', pictures[0])
    assert size is not None
    whole = len(pictures) * _SECONDS
    style = (
        f".frame{{opacity:0;animation:frame {whole}s infinite step-end}}"
        f"@keyframes frame{{0%{{opacity:1}}{100 / len(pictures):.3f}%{{opacity:0}}}}"
        "@media(prefers-reduced-motion:reduce){.frame{animation:none}"
        ".frame:first-of-type{opacity:1}}"
    )
    frames = "".join(
        f'<g class="frame" style="animation-delay:{number * _SECONDS}s">{one}</g>'
        for number, one in enumerate(pictures)
    )
    return (
        f'<svg {size[0]} xmlns="http://www.w3.org/2000/svg"><style>{style}</style>{frames}</svg>\n'
    )


async def _take(size: tuple[int, int], into: Path, *, every: bool) -> None:
    from coach.bootstrap.demo import open_demo
    from coach.tui.app import CoachApp

    app = CoachApp(lambda: open_demo(today=TODAY), demonstration=True)
    app.animation_level = "none"

    async def snap(name: str) -> None:
        if not every and name not in _SHOWN:
            return
        svg = _REMOTE_FONT.sub("", app.export_screenshot(title="coach"))
        (into / f"{name}.svg").write_text(svg, encoding="utf-8")

    async with app.run_test(size=size) as pilot:
        await _walk(app, pilot, snap)
        if app.service is not None:
            app.service.close()
    pictures = [(into / f"{name}.svg").read_text(encoding="utf-8") for name in _FILM]
    (into / "session.svg").write_text(film(pictures), encoding="utf-8")


def main() -> None:
    """Write the pictures."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--size", default="120x36", help="columns and rows")
    asked.add_argument("--theme", default="dark", choices=("dark", "light", "contrast"))
    asked.add_argument("--into", type=Path, default=ROOT / "docs" / "img")
    asked.add_argument("--every", action="store_true", help="every page, to look at")
    given = asked.parse_args()
    os.environ["COACH_THEME"] = given.theme
    os.environ.setdefault("COACH_CACHE", str(ROOT / ".cache" / "coach"))
    given.into.mkdir(parents=True, exist_ok=True)
    columns, rows = map(int, given.size.split("x"))
    asyncio.run(_take((columns, rows), given.into, every=given.every))


if __name__ == "__main__":
    main()
