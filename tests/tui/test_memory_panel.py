"""What is remembered of a pair: seen, found, changed and forgotten by key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from coach.errors import StorageError
from coach.memory.continuity import FollowUp
from coach.memory.items import Draft, Item
from coach.memory.store import Version
from coach.paths import Places
from coach.tui.app import CoachApp
from coach.tui.memory_words import read_days, write_days
from coach.tui.screens.forget import ForgetScreen
from coach.tui.screens.item_edit import EditScreen
from coach.tui.screens.memory import MemoryScreen
from coach.tui.widgets.threads import ThreadRow

from .driving import NARROW, WIDE, ask, chatting, open_chat, running, screen_text, wait_until
from .fakes import NOW, TODAY, FakeCoach

VIVA = Draft("event", "them", None, "Amara has her viva", "The viva is on 27 Feb.", 0, 22,
             date(2026, 2, 27))  # fmt: skip
MINE = Draft("commitment", "me", "me", "Send Amara the list", "I send the list.", 0, 16,
             date(2026, 2, 20))  # fmt: skip
HERS = Draft("commitment", "them", "them", "Amara rings [b]Li[/b]", "She rings Li.", 0, 13,
             date(2026, 3, 9), private=True)  # fmt: skip
TEA = Draft("preference", "them", None, "Amara likes tea", "She likes tea.", 0, 14)
BOOK = Draft("goal", "them", None, "Amara wants to write a book", "A book.", 0, 7)


@pytest.fixture
def known(fake: FakeCoach) -> dict[str, Item]:
    """Five items of one session; the viva is a thread."""
    pair = fake.memory.pairs[0]
    items = {draft.text: fake.add_item(pair, draft, 1) for draft in (VIVA, MINE, HERS, TEA, BOOK)}
    viva = items[VIVA.text]
    fake.threads = [
        FollowUp(
            VIVA.text, "How did the viva go?", "It was 3 days ago.", VIVA.when, False, (viva.id,),
            VIVA.quote, TODAY, ("engage/build-trust", "gone/card"), False, 1.0,
        )
    ]  # fmt: skip
    return items


async def open_memory(app: CoachApp, pilot: Pilot[None]) -> MemoryScreen:
    await open_chat(app, pilot)
    await pilot.press("f4")
    await wait_until(pilot, lambda: isinstance(app.screen, MemoryScreen))
    screen = app.screen
    assert isinstance(screen, MemoryScreen)
    await wait_until(pilot, lambda: screen._now is not None)
    return screen


def now(fake: FakeCoach, text: str) -> Item:
    return next(item for item in fake.memory.items[1] if item.text == text)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_each_section_shows_its_own(
    places: Places, fake: FakeCoach, known: dict[str, Item], size: tuple[int, int]
) -> None:
    async with running(lambda: fake, places, size) as (app, pilot):
        await open_memory(app, pilot)
        await wait_until(pilot, lambda: "How did the viva go?" in screen_text(app))
        await wait_until(pilot, lambda: "d Done" in screen_text(app))
        seen = screen_text(app)
        for text in ("Memory of Amara Osei, your mentee", "Why now: It was 3 days ago.",
                     "d Done", "w Filter"):  # fmt: skip
            assert text in seen
        await pilot.press("2")
        await wait_until(pilot, lambda: "What you promised" in screen_text(app))
        seen = screen_text(app)
        assert "overdue since Fri 20 Feb, open" in seen
        assert "What Amara promised" in seen
        assert "due Mon 9 Mar, open, private" in seen
        assert "Amara rings [b]Li[/b]" in seen
        assert seen.index("Send Amara") < seen.index("Amara rings")
        await pilot.press("right")
        await wait_until(pilot, lambda: "Preferences" in screen_text(app))
        assert "Amara likes tea" in screen_text(app)
        assert "the list" not in screen_text(app)
        await pilot.press("4")
        await wait_until(pilot, lambda: "wants to write a book" in screen_text(app))
        await pilot.press("right")
        await wait_until(pilot, lambda: "Session 1, Mon 2 Mar" in screen_text(app))
        await pilot.press("right")
        await wait_until(pilot, lambda: "How did the viva go?" in screen_text(app))


async def test_an_entry_shows_its_quote_and_guidance(
    places: Places, fake: FakeCoach, known: dict[str, Item]
) -> None:
    async with running(lambda: fake, places) as (app, pilot):
        await open_memory(app, pilot)
        await wait_until(pilot, lambda: "“The viva is on 27 Feb.”" in screen_text(app))
        seen = screen_text(app)
        assert "Said on Mon 2 Mar, session 1: “The viva is on 27 Feb.”" in seen
        assert "Guidance: Trust comes first; gone/card" in seen


async def test_keys_change_the_highlighted_entry(
    places: Places, fake: FakeCoach, known: dict[str, Item]
) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_memory(app, pilot)
        await pilot.press("2")
        await wait_until(pilot, lambda: "overdue" in screen_text(app))
        await pilot.press("d")
        await wait_until(pilot, lambda: now(fake, MINE.text).status == "done")
        await wait_until(pilot, lambda: "done on Mon 2 Mar" in screen_text(app))
        await wait_until(pilot, lambda: "d Reopen" in screen_text(app))
        assert "d Done" not in screen_text(app)
        await pilot.press("u")
        await wait_until(pilot, lambda: now(fake, MINE.text).status == "open")
        await pilot.press("p")
        await wait_until(pilot, lambda: now(fake, MINE.text).private)
        await wait_until(
            pilot, lambda: "overdue since Fri 20 Feb, open, private" in screen_text(app)
        )
        await pilot.press("p")
        await wait_until(pilot, lambda: not now(fake, MINE.text).private)
        await wait_until(pilot, lambda: "No longer private" in screen_text(app))
        await pilot.press("e")
        await wait_until(pilot, lambda: isinstance(app.screen, EditScreen))
        app.screen.query_one("#date", Input).value = ""
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: now(fake, MINE.text).when is None)
        await wait_until(pilot, lambda: "no date, open" in screen_text(app))


async def test_what_was_asked_rests_and_can_be_taken_back(
    places: Places, fake: FakeCoach, known: dict[str, Item]
) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_memory(app, pilot)
        await wait_until(pilot, lambda: "How did the viva go?" in screen_text(app))
        await wait_until(pilot, lambda: "a Asked" in screen_text(app))
        assert now(fake, VIVA.text).surfaced == 0, "showing it does not count"
        await pilot.press("a")
        await wait_until(pilot, lambda: now(fake, VIVA.text).surfaced_on == TODAY)
        await wait_until(pilot, lambda: "No thread is waiting" in screen_text(app))
        await wait_until(pilot, lambda: "it rests a while" in screen_text(app))
        await pilot.press("5", "/", *"viva", "enter")
        await wait_until(pilot, lambda: "open, asked Mon 2 Mar" in screen_text(app))
        await pilot.press("a")
        await wait_until(pilot, lambda: now(fake, VIVA.text).surfaced == 0)
        await wait_until(pilot, lambda: "Not asked after all" in screen_text(app))


async def test_follow_ups_in_the_chat_can_be_marked_as_asked(
    places: Places, fake: FakeCoach, known: dict[str, Item]
) -> None:
    fake.intent = "followups"
    async with chatting(fake, places, NARROW) as (app, pilot):
        await ask(app, pilot, "what should I ask her?")
        await wait_until(pilot, lambda: len(app.screen.query(ThreadRow)) == 1)
        row = app.screen.query_one(ThreadRow)
        row.focus()
        await wait_until(pilot, lambda: app.focused is row)
        assert now(fake, VIVA.text).surfaced == 0, "showing it does not count"
        await pilot.press("a")
        await wait_until(pilot, lambda: "asked, it rests" in screen_text(app))
        assert now(fake, VIVA.text).surfaced_on == TODAY
        await pilot.press("a")
        await wait_until(pilot, lambda: now(fake, VIVA.text).surfaced == 0)
        fake.refuse = StorageError("Memory", "the disk is full", "Make room.")
        await pilot.press("a")
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        assert not row.asked
        assert app.chat.composer.text == ""
        fake.refuse = None


async def test_forgetting_leaves_a_moment_to_take_it_back(
    places: Places, fake: FakeCoach, known: dict[str, Item]
) -> None:
    pair = fake.memory.pairs[0]
    fake.memory.add_message(fake.resume(pair), "user", "The viva is on 27 Feb.")
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        app.forgetting.grace = 600
        await open_memory(app, pilot)
        await wait_until(pilot, lambda: "How did the viva go?" in screen_text(app))
        await pilot.press("f")
        await wait_until(pilot, lambda: "about to be forgotten" in screen_text(app))
        assert now(fake, VIVA.text), "a crash now would lose nothing"
        await wait_until(pilot, lambda: "e Edit" not in screen_text(app))
        await pilot.press("u")
        await wait_until(pilot, lambda: "Nothing was forgotten" in screen_text(app))
        await wait_until(pilot, lambda: "about to be forgotten" not in screen_text(app))
        app.forgetting.grace = 0.01
        await pilot.press("f")
        await wait_until(pilot, lambda: len(fake.memory.items[1]) == 4)
        await wait_until(pilot, lambda: "No thread is waiting" in screen_text(app))
        # The sentence has gone from the conversation as well, so that is read anew.
        fake.memory.messages[0] = replace(fake.memory.messages[0], text="(forgotten)")
        before = app.chat
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.chat is not before)
        await wait_until(pilot, lambda: "(forgotten)" in screen_text(app))


@pytest.mark.parametrize("leaving", ["escape", "ctrl+q"])
async def test_what_goes_along_is_shown_first_and_leaving_ends_the_wait(
    places: Places, fake: FakeCoach, known: dict[str, Item], monkeypatch: pytest.MonkeyPatch,
    leaving: str,
) -> None:  # fmt: skip
    both = [known[VIVA.text], known[TEA.text]]
    monkeypatch.setattr(fake, "would_forget", lambda pair, ids: both)
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        app.forgetting.grace = 600
        screen = await open_memory(app, pilot)
        await wait_until(pilot, lambda: "How did the viva go?" in screen_text(app))
        for no in ("n", "enter"):
            await pilot.press("f")
            await wait_until(pilot, lambda: isinstance(app.screen, ForgetScreen))
            await wait_until(pilot, lambda: "- Amara likes tea" in screen_text(app))
            await pilot.press(no)
            await wait_until(pilot, lambda: app.screen is screen)
        await pilot.press("f")
        await wait_until(pilot, lambda: isinstance(app.screen, ForgetScreen))
        await pilot.press("y")
        await wait_until(pilot, lambda: "and 1 more" in screen_text(app))
        assert len(fake.memory.items[1]) == 5
        await pilot.press(leaving)
        await wait_until(pilot, lambda: len(fake.memory.items[1]) == 3)


async def test_kind_status_and_person_narrow_the_list(
    places: Places, fake: FakeCoach, known: dict[str, Item]
) -> None:
    async with running(lambda: fake, places) as (app, pilot):
        await open_memory(app, pilot)
        await pilot.press("5", "w", "w")
        await wait_until(pilot, lambda: "Listed: Amara" in screen_text(app))
        seen = screen_text(app)
        assert "Amara likes tea" in seen
        assert "Send Amara the list" not in seen
        await pilot.press("s", "k", "k", "k", "k")
        await wait_until(pilot, lambda: "Listed: goal, open, Amara" in screen_text(app))
        await wait_until(pilot, lambda: "Amara likes tea" not in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Send Amara the list" in screen_text(app))


async def test_an_entry_tells_what_it_was_and_what_replaced_it(
    places: Places, fake: FakeCoach, known: dict[str, Item]
) -> None:
    tea, book = known[TEA.text], known[BOOK.text]
    fake.change_item(fake.memory.pairs[0], tea.id, status="superseded", superseded_by=book.id)
    was = {"text": "Amara likes\x1b[2J coffee", "when": None, "until": None, "status": "open",
           "private": False}  # fmt: skip
    fake.versions = {tea.id: [Version(NOW, NOW, was)]}
    async with running(lambda: fake, places) as (app, pilot):
        await open_memory(app, pilot)
        await pilot.press("5", "/", *"coffee", "enter")
        await wait_until(pilot, lambda: "Replaced by: Amara wants" in screen_text(app))
        await wait_until(pilot, lambda: "“Amara likes[2J coffee”, open" in screen_text(app))


async def test_words_filter_what_is_shown(
    places: Places, fake: FakeCoach, known: dict[str, Item]
) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        screen = await open_memory(app, pilot)
        await pilot.press("5", "/", *"LIKES tea")
        await wait_until(pilot, lambda: list(screen.query("MemoryList")))
        await wait_until(pilot, lambda: "Send Amara" not in screen_text(app))
        assert "Amara likes tea" in screen_text(app)
        await pilot.press("enter", "d")
        await wait_until(pilot, lambda: now(fake, TEA.text).status == "done")
        await pilot.press("/", *" nowhere")
        await wait_until(pilot, lambda: "Nothing here has those words" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Send Amara" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)


async def test_an_empty_memory_teaches(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_memory(app, pilot)
        await wait_until(pilot, lambda: "Write up a session with F5" in screen_text(app))
        assert "e Edit" not in screen_text(app)
        await pilot.press("e", "d", "f", "p", "u", "down")
        assert isinstance(app.screen, MemoryScreen)


async def test_a_failure_is_told(places: Places, fake: FakeCoach, known: dict[str, Item]) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await open_memory(app, pilot)
        await wait_until(pilot, lambda: "How did the viva go?" in screen_text(app))
        fake.refuse = StorageError("Memory", "the disk is full", "Make room.")
        await pilot.press("d")
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        assert now(fake, VIVA.text).status == "open"


async def test_without_a_pair_there_is_no_memory(places: Places, fake: FakeCoach) -> None:
    async with chatting(fake, places) as (app, pilot):
        await app.going.enter(None)
        await pilot.press("f4", "f5")
        await wait_until(pilot, lambda: len(app._notifications) > 0)
        assert app.screen is app.chat


@pytest.mark.parametrize(
    ("text", "past", "read"),
    [
        ("", False, (None, None)),
        ("2026-05-09", False, (date(2026, 5, 9), None)),
        ("2026-05-09 to 2026-05-11", False, (date(2026, 5, 9), date(2026, 5, 11))),
        ("9 May", False, (date(2026, 5, 9), None)),
        ("friday", False, (date(2026, 3, 6), None)),
        ("friday", True, (date(2026, 2, 27), None)),
        ("yesterday", True, (date(2026, 3, 1), None)),
    ],
)
def test_days_are_read(text: str, past: bool, read: tuple[date | None, date | None]) -> None:
    assert read_days(text, TODAY, past=past) == read
    assert read_days(write_days(*read), TODAY) == read


@pytest.mark.parametrize(
    "text", ["soon", "9 May perhaps", "2026-05-11 to 2026-05-09", "2026-13-01"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        read_days(text, TODAY)
