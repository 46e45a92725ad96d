"""What is written and not sent: it survives a quit, a crash, another pair and a full disk."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from textual import messages
from textual.pilot import Pilot
from textual.widgets import Input

from coach.conversation.events import Event, TurnStarted
from coach.errors import StorageError
from coach.paths import Places
from coach.tui.app import CoachApp
from coach.tui.screens.memory import MemoryScreen
from coach.tui.screens.write_up import NoteArea, WriteUpScreen
from coach.tui.service import Service

from .driving import NARROW, ask, chatting, open_chat, running, screen_text, wait_until
from .fakes import FakeCoach, Memory


def kept(memory: Memory, place: str = "message", pair: int | None = 1) -> Callable[[], str]:
    """What is on disk as the draft of that place."""
    return lambda: memory.drafts.get((pair, place), "")


async def open_page(app: CoachApp, pilot: Pilot[None]) -> NoteArea:
    await open_chat(app, pilot)
    await pilot.press("f5")
    await wait_until(pilot, lambda: isinstance(app.focused, NoteArea))
    return app.screen.query_one(NoteArea)


async def test_an_unsent_message_is_there_after_a_crash(places: Places, fake: FakeCoach) -> None:
    disk = kept(fake.memory)
    async with chatting(fake, places, NARROW) as (app, pilot):
        await pilot.press(*"she said")
        # Nothing is closed or left: this is all that a killed process leaves behind.
        await wait_until(pilot, lambda: disk() == "she said")
        copy = replace(fake.memory, drafts=dict(fake.memory.drafts))
    again = FakeCoach(copy)
    async with chatting(again, places, NARROW) as (app, pilot):
        await wait_until(pilot, lambda: app.chat.composer.text == "she said")
        await pilot.press(*" no", "enter")
        await wait_until(pilot, lambda: again.asked == ["she said no"])
        await wait_until(pilot, lambda: kept(copy)() == "")


async def test_quitting_keeps_the_last_letter(places: Places, fake: FakeCoach) -> None:
    async with chatting(fake, places, NARROW) as (app, _):
        app.chat.composer.insert("not sent")
        await app.ending.begin().wait()
        assert kept(fake.memory)() == "not sent"


async def test_quitting_keeps_what_waits_for_its_turn(places: Places, fake: FakeCoach) -> None:
    fake.gate.clear()
    async with chatting(fake, places, NARROW) as (app, pilot):
        await ask(app, pilot, "first")
        await wait_until(pilot, lambda: fake.asked == ["first"])
        await ask(app, pilot, "second")
        await wait_until(pilot, lambda: kept(fake.memory)() == "second")
        app.chat.composer.insert("third")
        await app.ending.begin().wait()
        assert kept(fake.memory)() == "second\n\nthird"


async def test_quitting_keeps_what_is_not_on_disk_yet(
    places: Places, fake: FakeCoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stuck(*_: object) -> AsyncIterator[Event]:
        await asyncio.Event().wait()
        yield TurnStarted(1)

    monkeypatch.setattr(fake, "turn", stuck)
    async with chatting(fake, places, NARROW) as (app, pilot):
        await ask(app, pilot, "how do I tell her?")
        await wait_until(pilot, lambda: app.chat.busy)
        await app.ending.begin().wait()
        assert kept(fake.memory)() == "how do I tell her?"


@pytest.mark.parametrize("closed", [False, True], ids=["by a key", "the page is closed"])
async def test_quitting_keeps_what_was_written_before_anything_was_open(
    places: Places, fake: FakeCoach, *, closed: bool
) -> None:
    may_open = threading.Event()

    def opener() -> Service:
        may_open.wait()
        return fake

    async with running(opener, places, NARROW, start="Amara") as (app, pilot):
        await pilot.press(*"sent early", "enter", *"half")
        if closed:
            app.post_message(messages.ExitApp())
            await wait_until(pilot, lambda: app.ending.begun)
        ended = app.ending.begin()
        await wait_until(pilot, lambda: "keeping what you wrote" in screen_text(app))
        may_open.set()
        await ended.wait()
        assert kept(fake.memory)() == "sent early\n\nhalf"


async def test_each_pair_has_its_own_draft(places: Places, fake: FakeCoach) -> None:
    li = fake.add_pair("Li Wei", "mentee")
    amara = fake.memory.pairs[0]
    async with chatting(fake, places, NARROW) as (app, pilot):
        await app.going.enter(amara)
        app.chat.composer.insert("for Amara")
        await app.going.enter(li)
        assert app.chat.composer.text == ""
        app.chat.composer.insert("for Li")
        await app.going.enter(None)
        assert app.chat.composer.text == ""
        await app.going.enter(amara)
        await wait_until(pilot, lambda: app.chat.composer.text == "for Amara")
    assert (kept(fake.memory)(), kept(fake.memory, pair=2)()) == ("for Amara", "for Li")


async def test_what_is_typed_while_the_draft_is_fetched_follows_it(
    places: Places, fake: FakeCoach
) -> None:
    fake.memory.drafts[1, "message"] = "from yesterday"
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        app.chat.composer.insert("now")
        await open_chat(app, pilot)
        both = "from yesterday\n\nnow"
        await wait_until(pilot, lambda: app.chat.composer.text == both)
        await wait_until(pilot, lambda: kept(fake.memory)() == both)


async def test_an_unkept_note_is_there_after_a_crash_with_its_day(
    places: Places, fake: FakeCoach
) -> None:
    note, day = kept(fake.memory, "note"), kept(fake.memory, "note-day")
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_page(app, pilot)
        await pilot.press(*"We met")
        await wait_until(pilot, lambda: (note(), day()) == ("We met", "2026-03-02"))
        app.screen.query_one(Input).value = "yesterday"
        await wait_until(pilot, lambda: day() == "yesterday")
        copy = replace(fake.memory, drafts=dict(fake.memory.drafts))
    again = FakeCoach(copy)
    async with running(lambda: again, places, NARROW) as (app, pilot):
        area = await open_page(app, pilot)
        assert area.text == "We met"
        assert app.screen.query_one(Input).value == "yesterday"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, MemoryScreen))
        assert [session.note for session in copy.sessions] == ["We met"]
        assert (kept(copy, "note")(), kept(copy, "note-day")()) == ("", "")


async def test_quitting_from_the_page_keeps_the_note(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        area = await open_page(app, pilot)
        area.insert("Half a sentence")
        await app.ending.begin().wait()
        assert kept(fake.memory, "note")() == "Half a sentence"


async def test_emptying_the_page_leaves_no_draft(places: Places, fake: FakeCoach) -> None:
    fake.memory.drafts |= {(1, "note"): "Old", (1, "note-day"): "2026-02-01"}
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        area = await open_page(app, pilot)
        area.text = ""
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)
        assert not any(fake.memory.drafts.values())


async def test_a_disk_that_cannot_be_written_is_told_once_and_nothing_is_lost(
    places: Places, fake: FakeCoach
) -> None:
    fake.refuse = StorageError("Storage", "the disk is full", "Make room.")
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        area = await open_page(app, pilot)
        area.insert("Kept in mind")
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)
        assert len(app._notifications) == 1
        fake.refuse = None
        await pilot.press("f5")
        await wait_until(pilot, lambda: isinstance(app.screen, WriteUpScreen))
        area = app.screen.query_one(NoteArea)
        assert area.text == "Kept in mind"
        area.insert(".")
        await wait_until(pilot, lambda: kept(fake.memory, "note")() == "Kept in mind.")
