"""The page for the next session: ticked off, and notes beside it that become the log."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date

from textual.pilot import Pilot

from coach.errors import StorageError
from coach.paths import Places
from coach.planning.page import Ref, Written
from coach.storage.pairs import Pair
from coach.tui.app import CoachApp
from coach.tui.screens.brief import LOADING, BriefScreen, Page
from coach.tui.screens.form import FormScreen
from coach.tui.screens.memory import MemoryScreen
from coach.tui.screens.write_up import NoteArea

from .driving import NARROW, WIDE, running, screen_text, wait_until
from .fakes import FakeCoach
from .test_hostile_text import HOSTILE


async def open_brief(app: CoachApp, pilot: Pilot[None]) -> None:
    await wait_until(pilot, lambda: app.home and app.home.loaded)
    await pilot.press("p")
    await wait_until(pilot, lambda: isinstance(app.screen, BriefScreen))
    await wait_until(pilot, lambda: "[ ]" in screen_text(app))


async def test_lines_are_ticked_off_and_stay_so(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, WIDE) as (app, pilot):
        await open_brief(app, pilot)
        assert "[ ] How did the viva go?" in screen_text(app)
        assert "[ ] Yours: send the reading list" in screen_text(app)
        await pilot.press("space", "down")
        await wait_until(pilot, lambda: "[x] How did the viva go?" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.home)
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_brief(app, pilot)
        await wait_until(pilot, lambda: "[x] How did the viva go?" in screen_text(app))
        assert screen_text(app).count("[x]") == 1


async def test_every_line_has_the_room_it_needs(places: Places, fake: FakeCoach) -> None:
    fake.page = [Written(f"- [ ] It is {'l' * many}ong") for many in range(30, 60)]
    waited = threading.Event()
    given = fake.brief_page

    def slow(pair: Pair) -> tuple[date, Sequence[Written]]:
        waited.wait()
        return given(pair)

    fake.brief_page = slow  # type: ignore[method-assign]
    async with running(lambda: fake, places, (100, 34)) as (app, pilot):
        await wait_until(pilot, lambda: app.home and app.home.loaded)
        await pilot.press("p")
        await wait_until(pilot, lambda: LOADING in screen_text(app))
        waited.set()
        await wait_until(pilot, lambda: "[ ]" in screen_text(app))
        page = app.screen.query_one(Page)
        needed = page.get_content_height(page.size, app.size, page.scrollable_content_region.width)
        assert page.virtual_size.height == needed


async def test_notes_beside_it_become_the_log(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_brief(app, pilot)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "nothing in the note yet" in screen_text(app))
        await pilot.press("space", "tab", *"went well")
        fake.refuse = StorageError("Memory", "the disk is full", "Make room.")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "not kept yet" in screen_text(app))
        fake.refuse = None
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, MemoryScreen))
        assert [(one.on, one.note) for one in fake.memory.sessions] == [(fake.today, "went well")]
        assert not any(fake.memory.drafts.values())
        assert fake.ticked == [Ref("thread", "7")]


async def test_ticks_without_a_note_are_kept_too(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_brief(app, pilot)
        await pilot.press("end", "space", "ctrl+s")
        await wait_until(pilot, lambda: app.screen is app.home)
        assert fake.ticked == [Ref("promise", "3")]
        assert not fake.memory.sessions
        assert not any(fake.memory.drafts.values())


async def test_the_page_goes_to_a_file_as_it_is_ticked(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_brief(app, pilot)
        await pilot.press("space", "x")
        await wait_until(pilot, lambda: isinstance(app.screen, FormScreen))
        assert "amara-osei-2026-03-02.pdf" in screen_text(app)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: fake.printed)
        ((file, page),) = fake.printed.items()
        assert file.name == "amara-osei-2026-03-02.pdf"
        assert "- [x] How did the viva go?" in page
        assert "- [ ] Yours: send the reading list" in page


async def test_unfinished_notes_are_those_of_the_write_up(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_brief(app, pilot)
        await pilot.press("tab", *"half", "escape")
        await wait_until(pilot, lambda: app.screen is app.home)
        await pilot.press("w")
        await wait_until(pilot, lambda: isinstance(app.focused, NoteArea))
        assert app.screen.query_one(NoteArea).text == "half"


async def test_hostile_lines_are_only_text(places: Places, fake: FakeCoach) -> None:
    fake.page = [Written(f"- {text[:300]}") for text in HOSTILE]
    async with running(lambda: fake, places, WIDE) as (app, pilot):
        await open_brief(app, pilot)
        seen = screen_text(app)
        assert "[bold red]loud[/] [/" in seen
        assert "\x1b" not in seen
        assert "\u202e" not in seen
        await pilot.press("space")
        await wait_until(pilot, lambda: "[x] [bold red]loud" in screen_text(app))
