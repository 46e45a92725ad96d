"""Writing: several lines, earlier messages, long pastes."""

from __future__ import annotations

from textual import events

from coach.paths import Places
from coach.text import MAX_MESSAGE

from .driving import NARROW, chatting, screen_text, wait_until
from .fakes import FakeCoach


async def test_enter_sends_and_ctrl_j_starts_a_line(places: Places, fake: FakeCoach) -> None:
    async with chatting(fake, places, NARROW) as (app, pilot):
        await pilot.press("enter", *"one", "ctrl+j", *"two", "shift+enter", *"three")
        assert app.chat.composer.text == "one\ntwo\nthree"
        assert app.chat.composer.size.height == 3
        await pilot.press("enter")
        await wait_until(pilot, lambda: fake.asked == ["one\ntwo\nthree"])
        assert app.chat.composer.text == ""
        assert app.chat.composer.size.height == 1


async def test_up_and_down_go_through_what_was_sent(places: Places, fake: FakeCoach) -> None:
    async with chatting(fake, places) as (app, pilot):
        composer = app.chat.composer
        await pilot.press("up")
        await pilot.press(*"one", "enter", *"two", "ctrl+j", *"lines", "enter", *"dra")
        await pilot.press("up")
        assert composer.text == "two\nlines"
        await pilot.press("up")
        assert composer.text == "two\nlines", "first the cursor goes up a line"
        await pilot.press("up", "up", "up")
        assert composer.text == "one"
        await pilot.press("down", "down", "down")
        assert composer.text == "dra"


async def test_a_paste_is_cleaned_and_cut_with_a_word_about_it(
    places: Places, fake: FakeCoach
) -> None:
    async with chatting(fake, places) as (app, pilot):
        app.chat.composer.post_message(events.Paste("a\x1b[31mb\u202ec"))
        await wait_until(pilot, lambda: app.chat.composer.text == "abc")
        app.chat.composer.post_message(events.Paste("x" * 2_000_000))
        await wait_until(pilot, lambda: len(app.chat.composer.text) == MAX_MESSAGE)
        await wait_until(pilot, lambda: "Pasted in part" in screen_text(app))


async def test_a_long_message_leaves_room_for_the_conversation(
    places: Places, fake: FakeCoach
) -> None:
    async with chatting(fake, places, NARROW) as (app, pilot):
        app.chat.composer.insert("\n".join("line" for _ in range(60)))
        await pilot.pause()
        assert app.chat.composer.region.height <= 10
        assert app.chat.reading.transcript.region.height >= 10
