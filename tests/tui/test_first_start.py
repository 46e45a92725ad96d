"""A first start: two questions, and then one can type."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widgets import Input, Static

from coach.errors import StorageError
from coach.paths import Places
from coach.tui.app import CoachApp
from coach.tui.screens.setup import SetupScreen
from coach.tui.screens.write_up import WriteUpScreen
from coach.tui.service import Service

from .driving import NARROW, ask, begin_setup, open_chat, running, screen_text, wait_until
from .fakes import FakeCoach, Memory


@asynccontextmanager
async def named_before_it_is_open(
    fake: FakeCoach, places: Places
) -> AsyncIterator[tuple[CoachApp, Pilot[None], threading.Event]]:
    """The chat after Amara was named; the service opens once the event is set."""
    may_open = threading.Event()

    def opener() -> Service:
        may_open.wait()
        return fake

    async with running(opener, places) as (app, pilot):
        await begin_setup(app, pilot)
        await pilot.press(*"Amara", "enter", "enter")
        await wait_until(pilot, lambda: app.screen is app.chat)
        yield app, pilot, may_open


async def test_two_questions_then_one_can_type(new_places: Places) -> None:
    fake = FakeCoach()
    async with running(lambda: fake, new_places, NARROW) as (app, pilot):
        await begin_setup(app, pilot)
        await pilot.press(*"Amara", "enter", "right", "enter")
        await open_chat(app, pilot)
        assert [(p.name, p.role) for p in fake.memory.pairs] == [("Amara", "mentee")]
        await pilot.press(*"hello")
        assert app.chat.composer.text == "hello"
        assert "Amara, your mentor" in screen_text(app)


async def test_the_questions_do_not_wait_for_the_service(new_places: Places) -> None:
    fake = FakeCoach()
    async with named_before_it_is_open(fake, new_places) as (app, pilot, may_open):
        await ask(app, pilot, "How do we begin?")
        await wait_until(pilot, lambda: "waiting until" in screen_text(app))
        assert "Amara" in screen_text(app).splitlines()[0]
        assert not fake.asked
        may_open.set()
        await wait_until(pilot, lambda: len(app.chat.reading.transcript.replies) == 1)
        await wait_until(pilot, lambda: app.chat.reading.transcript.replies[0].sources)
        assert fake.asked == ["How do we begin?"]
        assert fake.memory.pairs[0].role == "mentor"


async def test_a_name_without_letters_is_asked_for_again(new_places: Places) -> None:
    async with running(FakeCoach, new_places) as (app, pilot):
        await begin_setup(app, pilot)
        await pilot.press("tab", "enter")
        assert "give the person's name" in str(app.screen.query_one(".problem", Static).render())
        assert isinstance(app.focused, Input)


async def test_a_name_the_service_refuses_is_asked_for_again(new_places: Places) -> None:
    fake = FakeCoach()
    async with running(lambda: fake, new_places) as (app, pilot):
        await begin_setup(app, pilot)
        await pilot.press(*"Refused", "enter", "enter")
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        await wait_until(pilot, lambda: isinstance(app.screen, SetupScreen))
        assert app.screen.query_one(Input).value == "Refused"
        await pilot.press(*"Ruth", "enter", "enter")
        await open_chat(app, pilot)
        assert fake.memory.pairs[0].name == "Ruth"


async def test_the_questions_can_be_left_for_later(new_places: Places) -> None:
    fake = FakeCoach()
    async with running(lambda: fake, new_places) as (app, pilot):
        await begin_setup(app, pilot)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.home)
        await pilot.press("c")
        await wait_until(pilot, lambda: app.screen is app.chat)
        await ask(app, pilot, "What makes a good first meeting?")
        await wait_until(pilot, lambda: len(fake.memory.messages) == 2)
        assert fake.memory.conversations[0].pair_id is None


async def test_a_database_without_pairs_says_how_to_begin_too(places: Places) -> None:
    async with running(lambda: FakeCoach(Memory()), places) as (app, pilot):
        await begin_setup(app, pilot)


async def test_failing_to_open_says_so_and_can_be_tried_again(
    places: Places, fake: FakeCoach
) -> None:
    attempts: list[int] = []

    def opener() -> Service:
        attempts.append(1)
        if len(attempts) == 1:
            raise StorageError("Database", "the passphrase does not fit", "Set COACH_PASSPHRASE.")
        return fake

    async with running(opener, places) as (app, pilot):
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        await wait_until(pilot, lambda: "Ctrl+R tries again" in screen_text(app))
        notice = next(iter(app._notifications))
        assert notice.title == "Database"
        assert notice.message == "the passphrase does not fit. Set COACH_PASSPHRASE."
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen is app.chat)
        await ask(app, pilot, "Are you there?")
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: fake.asked == ["Are you there?"])


async def test_a_page_that_is_asked_for_too_early_opens_by_itself(new_places: Places) -> None:
    fake = FakeCoach()
    async with named_before_it_is_open(fake, new_places) as (app, pilot, may_open):
        await pilot.press("f4", "f5")
        assert len(app._notifications) == 2
        assert app.screen is app.chat
        may_open.set()
        await wait_until(pilot, lambda: isinstance(app.screen, WriteUpScreen))
        assert "Amara" in screen_text(app)
