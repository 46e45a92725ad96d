"""The first page: whom there is, what is waiting, and one key to each thing."""

from __future__ import annotations

from datetime import date, time

from coach.memory.items import Draft
from coach.paths import Places
from coach.storage.planned import Planned
from coach.tui.remembered import recall
from coach.tui.screens.brief import BriefScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.memory import MemoryScreen
from coach.tui.screens.setup import SetupScreen
from coach.tui.screens.write_up import NoteArea, WriteUpScreen

from .driving import NARROW, open_chat, running, screen_text, wait_until
from .fakes import FakeCoach, Memory

LIST = Draft(
    "commitment", "me", "me", "You promised to send the list", "I'll send it", 0, 12,
    date(2026, 2, 27),
)  # fmt: skip


async def test_it_says_what_is_next_and_what_is_due(places: Places, fake: FakeCoach) -> None:
    fake.planned = [Planned(date(2026, 3, 5), time(15), 45, "the library")]
    fake.add_item(fake.memory.pairs[0], LIST)
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await wait_until(pilot, lambda: "Amara Osei, your mentee" in screen_text(app))
        seen = screen_text(app)
        assert "next: Thu 5 Mar at 15:00, in 3 days" in seen
        assert "1 promise overdue" in seen
        assert "45 minutes, the library" in seen
        assert "You promised to send the list, overdue since Fri 27 Feb" in seen
        assert isinstance(app.screen, HomeScreen)


async def test_each_thing_has_a_key_and_comes_back_here(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await wait_until(pilot, lambda: app.home and app.home.loaded)
        for key, screen in (("p", BriefScreen), ("w", WriteUpScreen), ("m", MemoryScreen)):
            await pilot.press(key)
            await wait_until(pilot, lambda screen=screen: isinstance(app.screen, screen))
            await pilot.press("escape")
            await wait_until(pilot, lambda: app.screen is app.home)
        await pilot.press("a")
        await wait_until(pilot, lambda: isinstance(app.screen, SetupScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.home)
        await pilot.press("c")
        await open_chat(app, pilot)
        await pilot.press(*"half a thought", "f8")
        await wait_until(pilot, lambda: app.home and app.home.loaded)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)
        assert app.chat.composer.text == "half a thought"
        await pilot.press("f9")
        await wait_until(pilot, lambda: isinstance(app.screen, BriefScreen))


async def test_another_pair_is_entered_and_marked_next_time(places: Places, memory: Memory) -> None:
    FakeCoach(memory).add_pair("Jonas Lind", "mentee")
    async with running(lambda: FakeCoach(memory), places) as (app, pilot):
        await wait_until(pilot, lambda: app.home and app.home.loaded)
        assert app.pair is memory.pairs[1], "the newest, as none has a session planned"
        await pilot.press("down")
        await wait_until(pilot, lambda: app.pair is memory.pairs[0])
        await pilot.press("enter")
        await open_chat(app, pilot)
        assert "Amara Osei" in screen_text(app).splitlines()[0]
        await pilot.press("f8")
        await wait_until(pilot, lambda: app.home and app.home.loaded)
        await wait_until(pilot, lambda: app.pair is memory.pairs[0])
    assert recall(places.home).pair == 1
    async with running(lambda: FakeCoach(memory), places) as (app, pilot):
        await wait_until(pilot, lambda: app.home and app.home.loaded)
        await wait_until(pilot, lambda: app.pair is memory.pairs[0])


async def test_no_one_in_particular_has_a_chat_only(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places) as (app, pilot):
        await wait_until(pilot, lambda: app.home and app.home.loaded)
        await pilot.press("end", "p")
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen is app.chat and app.chat.session)
        assert app.pair is None


async def test_a_note_from_here_is_about_the_highlighted_pair(
    places: Places, fake: FakeCoach
) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await wait_until(pilot, lambda: app.home and app.home.loaded)
        await pilot.press("w")
        await wait_until(pilot, lambda: isinstance(app.focused, NoteArea))
        await pilot.press(*"tea", "ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, MemoryScreen))
        assert [one.note for one in fake.memory.sessions] == ["tea"]
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.home)
        await wait_until(pilot, lambda: "last met Mon 2 Mar, today" in screen_text(app))


async def test_where_nobody_is_there_it_teaches(new_places: Places) -> None:
    async with running(FakeCoach, new_places, NARROW) as (app, pilot):
        await wait_until(pilot, lambda: "A first round takes five minutes" in screen_text(app))
        seen = screen_text(app)
        assert "Add the person you mentor" in seen
        assert "demonstration" not in seen, "there is none to be had here"
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, SetupScreen))


async def test_a_start_can_name_the_pair(places: Places, memory: Memory) -> None:
    FakeCoach(memory).add_pair("Jonas Lind", "mentee")
    async with running(lambda: FakeCoach(memory), places, start="amara") as (app, pilot):
        await wait_until(pilot, lambda: app.chat.session)
        assert app.home is None
        assert app.pair is memory.pairs[0]
    async with running(lambda: FakeCoach(memory), places, start="nobody") as (app, pilot):
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        await wait_until(pilot, lambda: app.home and app.home.loaded)


async def test_a_demonstration_says_so_on_every_page(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW, demonstration=True) as (app, pilot):
        await wait_until(pilot, lambda: app.home and app.home.loaded)
        for key in ("p", "w", "m"):
            await wait_until(pilot, lambda: "DEMONSTRATION" in screen_text(app).splitlines()[0])
            await pilot.press(key)
            await wait_until(pilot, lambda: app.screen is not app.home)
            await wait_until(pilot, lambda: "DEMONSTRATION" in screen_text(app).splitlines()[0])
            await pilot.press("escape")
            await wait_until(pilot, lambda: app.screen is app.home)
        await pilot.press("enter")
        await open_chat(app, pilot)
        await wait_until(pilot, lambda: "DEMONSTRATION" in screen_text(app).splitlines()[0])
    assert recall(places.home).pair is None, "nothing of it is remembered"


async def test_the_demonstration_is_asked_for_by_a_key(new_places: Places) -> None:
    async with running(FakeCoach, new_places, NARROW, can_demonstrate=True) as (app, pilot):
        await wait_until(pilot, lambda: "See a demonstration" in screen_text(app))
        await pilot.press("d")
        await wait_until(pilot, lambda: app.wants_demonstration)
        await wait_until(pilot, lambda: app._exit)
