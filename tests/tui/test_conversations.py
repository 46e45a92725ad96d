"""Several conversations of a pair: going between them, naming one, finding what was said."""

from __future__ import annotations

import threading
from dataclasses import replace

from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from coach.paths import Places
from coach.tui.app import CoachApp
from coach.tui.screens.conversations import ConversationsScreen
from coach.tui.service import Service

from .driving import NARROW, ask, chatting, running, screen_text, wait_until
from .fakes import FakeCoach, Memory


def a_past(memory: Memory) -> None:
    """Two conversations; the later one is what opens."""
    fake = FakeCoach(memory)
    (pair,) = memory.pairs
    for topic in ("limits", "silence"):
        chat = fake.new_conversation(pair)
        memory.add_message(chat, "user", f"What of {topic}?")
        memory.add_message(chat, "coach", f"Speak of {topic} early.")


async def open_page(app: CoachApp, pilot: Pilot[None], key: str) -> ConversationsScreen:
    await pilot.press(key)
    await wait_until(pilot, lambda: isinstance(app.screen, ConversationsScreen))
    page = app.screen
    assert isinstance(page, ConversationsScreen)
    await wait_until(pilot, lambda: page.query_one(OptionList).option_count > 0)
    return page


async def test_another_conversation_is_gone_on_with(places: Places, memory: Memory) -> None:
    a_past(memory)
    async with chatting(FakeCoach(memory), places, NARROW) as (app, pilot):
        await wait_until(pilot, lambda: "Speak of silence early" in screen_text(app))
        await open_page(app, pilot, "ctrl+t")
        await wait_until(pilot, lambda: "2 messages, open now" in screen_text(app))
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: "Speak of limits early" in screen_text(app))
        assert "silence" not in screen_text(app)
        await ask(app, pilot, "And then?")
        await wait_until(pilot, lambda: len(memory.messages) == 6)
        assert memory.messages[-1].conversation_id == 1


async def test_a_conversation_gets_a_title(places: Places, memory: Memory) -> None:
    a_past(memory)
    async with chatting(FakeCoach(memory), places, NARROW) as (app, pilot):
        page = await open_page(app, pilot, "ctrl+t")
        await pilot.press("r")
        await wait_until(pilot, lambda: app.screen is not page)
        field = app.screen.query_one(Input)
        field.value = " "
        await pilot.press("enter")
        await wait_until(pilot, lambda: "needs a title" in screen_text(app))
        field.value = "Times when she says nothing"
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Times when she says nothing" in screen_text(app))
        assert memory.conversations[1].title == "Times when she says nothing"


async def test_what_was_said_is_found_in_all_conversations(places: Places, memory: Memory) -> None:
    a_past(memory)
    memory.messages[0] = replace(memory.messages[0], text="x\n" * 80 + "What of limits?")
    async with chatting(FakeCoach(memory), places, NARROW) as (app, pilot):
        page = await open_page(app, pilot, "ctrl+f")
        await pilot.press(*"limits")
        await wait_until(pilot, lambda: page.query_one(OptionList).option_count == 3)
        assert "Coach, Mon 2 Mar: Speak of limits early." in screen_text(app)
        await pilot.press("enter", "enter")
        await wait_until(pilot, lambda: app.screen is app.chat)
        await wait_until(pilot, lambda: "Speak of limits early" in screen_text(app))
        chosen = app.chat.reading.transcript.selected
        assert chosen is not None
        assert chosen.text == "Speak of limits early."


async def test_a_message_sent_before_the_past_is_read_stays_in_view(
    places: Places, memory: Memory
) -> None:
    fake = FakeCoach(memory)
    chat = fake.new_conversation(memory.pairs[0])
    for number in range(8):
        memory.add_message(chat, "user", f"What of the {number}th thing?")
        memory.add_message(chat, "coach", "Three things.\n\n- One.\n- Two.\n- Three.")
    may_open = threading.Event()

    def opener() -> Service:
        may_open.wait()
        return fake

    async with running(opener, places, NARROW) as (app, pilot):
        await wait_until(pilot, lambda: app.home is not None)
        await pilot.press("c")
        await wait_until(pilot, lambda: app.screen is app.chat)
        await ask(app, pilot, "How do we begin?")
        may_open.set()
        await wait_until(pilot, lambda: "Sources: Out of your depth" in screen_text(app))
        assert "How do we begin?" in screen_text(app)
