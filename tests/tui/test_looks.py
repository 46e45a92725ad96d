"""How every page looks, at three sizes and in three themes, against what is kept in ``looks/``.

``KEEP_LOOKS=1`` with this test keeps what it sees instead; the change is then read in the diff.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input, TextArea
from textual.widgets._toast import Toast

from coach.bootstrap.coach import Coach
from coach.memory.continuity import FollowUp
from coach.memory.items import Draft
from coach.paths import Places
from coach.planning.check import read_answers
from coach.planning.goals import noted, with_milestone
from coach.rehearsal.background import NOTHING
from coach.rehearsal.hearing import Ear
from coach.rehearsal.likeness import by_words
from coach.rehearsal.service import Rehearsals
from coach.settings import load_settings
from coach.storage.planned import Planned
from coach.tui.app import CoachApp
from tests.fakes import FakeReader, load_fake

from .driving import ask, running, screen_text, wait_until
from .fakes import TODAY, FakeCoach, Memory
from .rendition import rendition
from .walking import back, rest

KEPT = Path(__file__).parent / "looks"
SIZES = ((80, 24), (120, 36), (200, 60))
VIEWS = (
    *((size, theme) for size in SIZES for theme in ("dark", "light")),
    ((80, 24), "contrast"),
)
QUICK = ((80, 24), "dark")
"""What the fast set looks at."""
PAGES = (
    ("brief", ("p",)),
    ("write-up", ("w",)),
    ("memory", ("m",)),
    ("agreement", ("s",)),
    ("agreement-edit", ("s", "e")),
    ("goals", ("g",)),
    ("roadmap", ("o",)),
    ("check", ("k",)),
    ("timeline", ("t",)),
    ("scenarios", ("r",)),
    ("rehearsal", ("r", "enter")),
    ("conversations", ("ctrl+t",)),
    ("library", ("ctrl+o",)),
    ("settings", ("f12",)),
    ("help", ("f1",)),
    ("pages", ("f10",)),
    ("add-pair", ("a",)),
)


class StillCoach(FakeCoach):
    """Two pairs on a fixed day; what is planned and agreed lies in a real database."""

    def __init__(self, real: Coach) -> None:
        super().__init__(Memory())
        self.real = real
        for made in (real, super()):
            made.add_pair("Jonas Weber", "mentee")
            self.pair = made.add_pair("Amara Osei", "mentor")
        ear = Ear(FakeReader(), by_words)
        self.rehearsals = Rehearsals(
            lambda: ear, NoTries(), lambda *_: NOTHING, lambda _: "",  # type: ignore[arg-type]
            real.places.home,
        )  # fmt: skip
        self.threads = [FollowUp(
            "the viva", "How did the viva go?", "it was on Friday 27 February, 3 days ago",
            TODAY - timedelta(days=3), False, (100,), "She has her viva on Friday.",
            TODAY - timedelta(days=10), ("engage/build-trust",), False, 1.0,
        )]  # fmt: skip
        self._remember()
        self._plan()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def _remember(self) -> None:
        for kind, owner, text, when, private in (
            ("event", None, "Amara has her viva", TODAY - timedelta(days=3), False),
            ("commitment", "me", "You promised to send Amara the reading list",
             TODAY - timedelta(days=2), False),
            ("commitment", "them", "Amara promised to write the outline",
             TODAY + timedelta(days=4), False),
            ("struggle", "them", "Amara is thinking of leaving the lab", None, True),
            ("goal", "them", "Amara wants to publish two papers", date(2026, 12, 31), False),
        ):  # fmt: skip
            draft = Draft(kind, "them", owner, text, f"{text}.", 0, len(text), when,  # type: ignore[arg-type]
                          private=private)  # fmt: skip
            self.add_item(self.pair, draft, 2)
        self.planned = [Planned(TODAY + timedelta(days=3), time(15), 60, "Room 2")]

    def _plan(self) -> None:
        real, pair = self.real, self.pair
        note = "Amara defends her thesis on 27 February. I promised her the list by 28 February."
        real.memory.log(pair, TODAY - timedelta(days=40), note)
        goal = real.add_goal(pair, "Publish two papers", by=date(2026, 12, 31)).name
        assert goal is not None
        real.change_goal(pair, goal, lambda one: with_milestone(one, "outline", date(2026, 4, 2)))
        real.change_goal(pair, goal, lambda one: noted(one, "half of it is written", TODAY))
        real.put_agreement(pair, "frequency", {"mine": "weekly", "theirs": "once a month"})
        real.put_agreement(pair, "hours", {"agreed": "no calls after six"})
        for days, mine, theirs in ((90, "3,4,3,3,4,3,4,3", "4,4,3,3,4,4,4,3"),
                                   (5, "4,5,3,4,4,5,4,4", "4,4,4,4,5,4,4,4")):  # fmt: skip
            on = TODAY - timedelta(days=days)
            real.keep_check(pair, read_answers("me", on, mine))
            real.keep_check(pair, read_answers("them", on, theirs))


class NoTries:
    """Nothing was tried before."""

    def of(self, *_: object) -> list[Any]:
        return []

    def words(self, *_: object) -> str:
        return ""


@dataclass
class Album:
    """What was seen, page by page, and where the like of it is kept."""

    folder: Path
    seen: dict[str, str] = field(default_factory=dict)

    def changes(self) -> str:
        """How it differs from what is kept; keeps it first where that is asked for."""
        if os.environ.get("KEEP_LOOKS"):
            self._keep()
        kept = {one.stem: one.read_text(encoding="utf-8") for one in self.folder.glob("*.txt")}
        return "\n".join(
            line
            for name in sorted({*kept, *self.seen})
            for line in unified_diff(
                kept.get(name, "").splitlines(), self.seen.get(name, "").splitlines(),
                f"kept {name}", f"seen {name}", lineterm="",
            )
        )  # fmt: skip

    def _keep(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.glob("*.txt"):
            old.unlink()
        for name, text in self.seen.items():
            (self.folder / f"{name}.txt").write_text(text, encoding="utf-8")


@pytest.fixture
def still(new_places: Places, monkeypatch: pytest.MonkeyPatch) -> Iterator[StillCoach]:
    monkeypatch.delenv("NO_COLOR", raising=False)
    real = Coach(new_places, load_settings(new_places), today=TODAY, load_embedder=load_fake)
    yield StillCoach(real)
    real.close()


@pytest.mark.parametrize(
    ("size", "theme"),
    [
        pytest.param(
            size,
            theme,
            id=f"{size[0]}x{size[1]}-{theme}",
            marks=[] if (size, theme) == QUICK else [pytest.mark.slow],
        )
        for size, theme in VIEWS
    ],
)
async def test_every_page_looks_as_it_did(
    still: StillCoach, new_places: Places, size: tuple[int, int], theme: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("COACH_THEME", theme)
    album = Album(KEPT / f"{size[0]}x{size[1]}-{theme}")
    async with running(lambda: still, new_places, size) as (app, pilot):
        app.animation_level = "none"
        await wait_until(pilot, lambda: app.home and app.home.loaded and not app.opening.busy)
        home = app.screen
        await look(app, pilot, album, "home")
        for name, keys in PAGES:
            before = app.screen
            for key in keys:
                before = app.screen
                await pilot.press(key)
                await wait_until(pilot, lambda before=before: app.screen is not before)  # type: ignore[misc]
                await rest(app, pilot)
            await look(app, pilot, album, name)
            await back(app, pilot, home)
        await pilot.press("c")
        await wait_until(pilot, lambda: app.chat.session is not None and app.screen is app.chat)
        await look(app, pilot, album, "chat-empty")
        await ask(app, pilot, "She rings me on Sundays")
        await wait_until(pilot, lambda: not app.chat.busy and app.chat.reading.transcript.replies)
        await look(app, pilot, album, "chat")
        await pilot.press("slash")
        await look(app, pilot, album, "chat-commands")
    changes = album.changes()
    assert not changes, f"it looks different; KEEP_LOOKS=1 keeps it:\n{changes}"


async def look(app: CoachApp, pilot: Pilot[None], album: Album, name: str) -> None:
    """Put how the screen looks into ``album``, once nothing on it moves any more."""
    await rest(app, pilot)
    for one in (*app.screen.query(Input), *app.screen.query(TextArea)):
        one.cursor_blink = False
    last: list[Strip] = []
    same = 0

    def still() -> bool:
        nonlocal last, same
        now = app.screen._compositor.render_strips()
        same = same + 1 if now == last else 0
        last = now
        return same >= 2

    await wait_until(pilot, still)
    assert not app.screen.query(Toast), screen_text(app)
    album.seen[name] = rendition(last)
