"""Writing up a session: the note is kept, and what was noticed is there to check."""

from __future__ import annotations

from datetime import date
from functools import partial

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from coach.errors import StorageError
from coach.memory.items import Draft
from coach.paths import Places
from coach.tui.app import CoachApp
from coach.tui.screens.memory import MemoryScreen
from coach.tui.screens.write_up import NoteArea, WriteUpScreen

from .driving import NARROW, open_chat, running, screen_text, wait_until
from .fakes import FakeCoach

NOTE = "Her viva is on 13 March. She likes tea."
VIVA = Draft("event", "them", None, "Amara has her viva", NOTE[:24], 0, 24, date(2026, 3, 13))
TEA = Draft("preference", "them", None, "Amara likes tea", NOTE[25:], 25, len(NOTE))


def shows(app: CoachApp, text: str) -> bool:
    return text in screen_text(app)


async def open_page(app: CoachApp, pilot: Pilot[None]) -> None:
    await open_chat(app, pilot)
    await pilot.press("f5")
    await wait_until(pilot, lambda: isinstance(app.focused, NoteArea))


async def test_a_note_is_kept_and_what_it_gave_is_checked(places: Places, fake: FakeCoach) -> None:
    fake.notices = (VIVA, TEA)
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_page(app, pilot)
        assert "Write up a session with Amara Osei" in screen_text(app)
        assert "2026-03-02" in screen_text(app)
        await pilot.press(*"Her viva")
        app.screen.query_one(Input).value = "friday"
        await wait_until(pilot, lambda: "Fri 27 Feb" in screen_text(app))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, MemoryScreen))
        await wait_until(pilot, lambda: "Remembered from this note" in screen_text(app))
        (session,) = fake.memory.sessions
        assert (session.on, session.note) == (date(2026, 2, 27), "Her viva")
        seen = screen_text(app)
        assert "Session 1, Fri 27 Feb: kept" in seen
        assert "Amara has her viva" in seen
        await pilot.press("down", "f")
        await wait_until(pilot, lambda: "about to be forgotten" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: len(fake.memory.items[1]) == 1)
        assert fake.memory.items[1][0].text == VIVA.text
        await wait_until(pilot, lambda: app.screen is app.chat)


async def test_what_cannot_be_kept_stays_to_be_tried_again(places: Places, fake: FakeCoach) -> None:
    fake.refuse = StorageError("Memory", "the disk is full", "Make room.")
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_page(app, pilot)
        app.screen.query_one(NoteArea).insert(NOTE)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "The note is not kept yet" in screen_text(app))
        assert app.screen.query_one(NoteArea).text == NOTE
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)
        await pilot.press("f5")
        await wait_until(pilot, lambda: NOTE in screen_text(app))
        fake.refuse = None
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "I noticed nothing in it" in screen_text(app))
        assert [session.note for session in fake.memory.sessions] == [NOTE]
        await pilot.press("escape", "f5")
        await wait_until(pilot, lambda: isinstance(app.focused, NoteArea))
        assert app.screen.query_one(NoteArea).text == ""


async def test_a_day_to_come_and_an_empty_note_are_not_kept(
    places: Places, fake: FakeCoach
) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_page(app, pilot)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "nothing in the note yet" in screen_text(app))
        app.screen.query_one(NoteArea).insert(NOTE)
        for day, problem in (("2026-03-03", "still to come"), ("whenever", "cannot read that")):
            app.screen.query_one(Input).value = day
            await pilot.press("ctrl+s")
            await wait_until(pilot, partial(shows, app, problem))
        assert isinstance(app.screen, WriteUpScreen)
        assert not fake.memory.sessions


async def test_pasted_text_is_cleaned(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_page(app, pilot)
        app.post_message(events.Paste("a \x1b[2Jb\r\n[bold]c\u202e"))
        await wait_until(pilot, lambda: app.screen.query_one(NoteArea).text == "a b\n[bold]c")


async def test_what_a_note_settled_is_shown(places: Places, fake: FakeCoach) -> None:
    pair = fake.memory.pairs[0]
    old = fake.add_item(pair, TEA)
    log = fake.log_session

    def settling(pair: object, on: date, text: str) -> object:
        fake.close_item(fake.memory.pairs[0], old.id)
        return log(fake.memory.pairs[0], on, text)

    fake.log_session = settling  # type: ignore[method-assign, assignment]
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_page(app, pilot)
        app.screen.query_one(NoteArea).insert(NOTE)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "Settled by this note" in screen_text(app))
        assert "preference, done" in screen_text(app)
