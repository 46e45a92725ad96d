"""Going from one pair to another."""

from __future__ import annotations

import stat

from textual.widgets import OptionList

from coach.paths import Places
from coach.tui.remembered import FILE_NAME
from coach.tui.screens.pairs import PairsScreen
from coach.tui.screens.setup import SetupScreen

from .driving import ask, chatting, open_chat, screen_text, wait_until
from .fakes import FakeCoach, Memory


async def test_no_message_of_one_pair_shows_in_the_other(places: Places, memory: Memory) -> None:
    fake = FakeCoach(memory)
    other = fake.add_pair("Jonas Lind", "mentee")
    memory.add_message(fake.resume(other), "user", "About Jonas alone")
    memory.add_message(fake.resume(other), "coach", "An answer about Jonas")
    async with chatting(fake, places) as (app, pilot):
        assert "An answer about Jonas" in screen_text(app)
        await pilot.press(*"draft", "f2")
        await wait_until(pilot, lambda: isinstance(app.screen, PairsScreen))
        assert "Jonas Lind, your mentor  (open now)" in screen_text(app)
        await pilot.press("up", "enter")
        await wait_until(pilot, lambda: "Amara Osei, your mentee" in screen_text(app))
        await open_chat(app, pilot)
        assert "Jonas" not in screen_text(app)
        assert app.chat.composer.text == ""
        await pilot.press("up")
        assert app.chat.composer.text == ""
        fake.gate.clear()
        await ask(app, pilot, "About Amara alone")
        await wait_until(pilot, lambda: "build-trust" in screen_text(app))

        # An answer that is still coming does not follow to the other pair.
        await pilot.press("f2")
        await wait_until(pilot, lambda: isinstance(app.screen, PairsScreen))
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: "Jonas Lind, your mentor" in screen_text(app))
        await open_chat(app, pilot)
        fake.gate.set()
        await wait_until(pilot, lambda: "An answer about Jonas" in screen_text(app))
        assert "Amara" not in screen_text(app)
        assert app.chat.composer.text == "draft"
    of_amara = [m for m in memory.messages if "Amara" in m.text or m.status == "interrupted"]
    assert {m.conversation_id for m in of_amara} == {fake.resume(memory.pairs[0]).id}


async def test_the_pair_that_was_open_last_opens_again(places: Places, memory: Memory) -> None:
    FakeCoach(memory).add_pair("Jonas Lind", "mentee")
    async with chatting(FakeCoach(memory), places) as (app, pilot):
        await pilot.press("f2")
        await wait_until(pilot, lambda: isinstance(app.screen, PairsScreen))
        await pilot.press("up", "enter")
        await wait_until(pilot, lambda: "Amara Osei" in screen_text(app))
    kept = places.home / FILE_NAME
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "Amara" not in kept.read_text()
    async with chatting(FakeCoach(memory), places) as (app, pilot):
        assert "Amara Osei" in screen_text(app)


async def test_another_person_can_be_added(places: Places, memory: Memory) -> None:
    async with chatting(FakeCoach(memory), places) as (app, pilot):
        await pilot.press("f2")
        await wait_until(pilot, lambda: isinstance(app.screen, PairsScreen))
        app.screen.query_one(OptionList).action_last()
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, SetupScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)
        assert "Amara Osei" in screen_text(app)
        await pilot.press("f2", "end", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, SetupScreen))
        await pilot.press(*"Li Na", "enter", "enter")
        await wait_until(pilot, lambda: "Li Na, your mentee" in screen_text(app))


async def test_a_new_conversation_starts_empty(places: Places, memory: Memory) -> None:
    fake = FakeCoach(memory)
    async with chatting(fake, places) as (app, pilot):
        await ask(app, pilot, "An old matter")
        await wait_until(pilot, lambda: len(memory.messages) == 2)
        await wait_until(pilot, lambda: app.chat.reading.transcript.selected)
        before = app.chat
        await pilot.press("ctrl+n")
        await wait_until(pilot, lambda: app.chat is not before)
        await open_chat(app, pilot)
        await wait_until(pilot, lambda: app.chat.query("Welcome"))
        assert "An old matter" not in screen_text(app)
        assert len(memory.conversations) == 2
        await pilot.press("ctrl+n", *"still here")
        await wait_until(pilot, lambda: app.chat.composer.text == "still here")
        assert len(memory.conversations) == 2, "an empty one is as good as a new one"
