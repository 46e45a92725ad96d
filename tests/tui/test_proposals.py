"""What was noticed in a message: kept, edited or dropped, and never of its own accord."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from textual.pilot import Pilot
from textual.widgets import Input

from coach.errors import StorageError
from coach.memory.items import Draft
from coach.paths import Places
from coach.tui.app import CoachApp
from coach.tui.screens.item_edit import EditScreen
from coach.tui.unfinished import LEFT
from coach.tui.widgets.proposals import Proposal, Proposals

from .driving import NARROW, ask, chatting, open_chat, running, screen_text, wait_until
from .fakes import FakeCoach, Memory

SAID = "Her viva is on 13 March. I promised her the reading list. She likes tea."
VIVA = Draft("event", "them", None, "Amara has her viva", SAID[:24], 0, 24, date(2026, 3, 13))
LIST = Draft("commitment", "me", "me", "Send Amara [b]the list[/b]", SAID[25:58], 25, 58)
TEA = Draft("preference", "them", None, "Amara likes tea", SAID[59:], 59, len(SAID), private=True)


async def told(app: CoachApp, pilot: Pilot[None], fake: FakeCoach) -> list[Proposal]:
    """Tell the coach what it proposes three things of, and wait for them."""
    fake.proposes = (VIVA, LIST, TEA)
    await open_chat(app, pilot)
    await ask(app, pilot, SAID)
    await wait_until(pilot, lambda: len(app.chat.query(Proposal)) == 3)
    await wait_until(pilot, lambda: app.chat._turn is None)
    return list(app.chat.query(Proposal))


def texts(memory: Memory) -> list[str]:
    return [item.text for items in memory.items.values() for item in items]


async def test_nothing_is_kept_until_it_is_said(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places) as (app, pilot):
        rows = await told(app, pilot, fake)
        seen = screen_text(app)
        assert "I noted: Amara has her viva (event, Fri 13 Mar)  Keep  Edit  Drop" in seen
        assert "I noted: Send Amara [b]the list[/b] (commitment)" in seen
        assert "I noted: Amara likes tea (preference, private)" in seen
        assert texts(fake.memory) == []
        await pilot.press("tab")
        assert app.focused is rows[0]
        await pilot.press("k")
        await wait_until(pilot, lambda: "her viva (event, Fri 13 Mar): kept" in screen_text(app))
        assert texts(fake.memory) == [VIVA.text]
        assert app.focused is rows[1]
        await pilot.press("d")
        await wait_until(pilot, lambda: "(commitment): dropped" in screen_text(app))
        await pilot.press("K")
        await wait_until(pilot, lambda: "tea (preference, private): kept" in screen_text(app))
        assert texts(fake.memory) == [VIVA.text, TEA.text]
        await pilot.press("k")
        assert app.chat.composer.text == "k", "keys are letters again"


async def test_what_a_model_points_at_comes_to_the_others(places: Places, fake: FakeCoach) -> None:
    fake.pointed_at = (LIST, TEA)
    async with running(lambda: fake, places) as (app, pilot):
        fake.proposes = (VIVA,)
        await open_chat(app, pilot)
        await ask(app, pilot, SAID)
        await wait_until(pilot, lambda: len(app.chat.query_one(Proposals)._rows) == 3)
        await pilot.press("tab", "K")
        await wait_until(pilot, lambda: len(texts(fake.memory)) == 3)
        fake.proposes = ()
        await ask(app, pilot, SAID)
        await wait_until(pilot, lambda: len(app.chat.query(Proposals).last()._rows) == 2)


async def test_all_are_kept_at_once(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await told(app, pilot, fake)
        await pilot.press("tab", "down", "K")
        await wait_until(pilot, lambda: len(texts(fake.memory)) == 3)
        assert set(texts(fake.memory)) == {VIVA.text, LIST.text, TEA.text}


async def test_a_proposal_is_edited_before_it_is_kept(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        rows = await told(app, pilot, fake)
        await pilot.press("tab", "down", "e")
        await wait_until(pilot, lambda: isinstance(app.screen, EditScreen))
        app.screen.query_one("#text", Input).value = "Send the list"
        await pilot.press("enter", *"soonish", "enter")
        await wait_until(pilot, lambda: "I cannot read that as a date" in screen_text(app))
        app.screen.query_one("#date", Input).value = "friday"
        await wait_until(pilot, lambda: "Fri 6 Mar" in screen_text(app))
        await pilot.press("enter")
        await wait_until(
            pilot, lambda: "I noted: Send the list (commitment, Fri 6 Mar)" in screen_text(app)
        )
        assert texts(fake.memory) == []
        assert app.focused is rows[1]
        await pilot.press("k")
        await wait_until(pilot, lambda: texts(fake.memory) == ["Send the list"])
        item = fake.memory.items[1][0]
        assert (item.when, item.quote) == (date(2026, 3, 6), LIST.quote)


async def test_the_mouse_settles_too(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places) as (app, pilot):
        await told(app, pilot, fake)
        for word, line in (("Drop", "her viva"), ("Keep", "likes tea")):
            lines = screen_text(app).splitlines()
            y = next(n for n, text in enumerate(lines) if line in text and "I noted" in text)
            await pilot.click(offset=(lines[y].index(word) + 1, y))
        await wait_until(pilot, lambda: "private): kept" in screen_text(app))
        await wait_until(pilot, lambda: "13 Mar): dropped" in screen_text(app))
        assert texts(fake.memory) == [TEA.text]


async def test_a_failure_leaves_the_proposal_waiting(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places) as (app, pilot):
        rows = await told(app, pilot, fake)
        fake.refuse = StorageError("Memory", "the disk is full", "Make room.")
        await pilot.press("tab", "k")
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        assert rows[0].state == ""
        assert texts(fake.memory) == []
        fake.refuse = None
        rows[0].focus()
        await pilot.press("k")
        await wait_until(pilot, lambda: texts(fake.memory) == [VIVA.text])


async def test_after_a_restart_only_what_waits_is_shown(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places) as (app, pilot):
        await told(app, pilot, fake)
        await pilot.press("tab", "k", "d")
        detail = fake.memory.messages[-1].detail
        await wait_until(pilot, lambda: len(detail["proposals"]) == 1)
    detail["proposals"].append({"kind": "from another version"})
    again = FakeCoach(fake.memory)
    again.key_choices = {"proposal.keep": "j"}
    async with chatting(again, places) as (app, pilot):
        await wait_until(pilot, lambda: len(app.chat.query(Proposal)) == 1)
        assert "I noted: Amara likes tea" in screen_text(app)
        await wait_until(pilot, lambda: app._keymap)
        await pilot.press("tab")
        await wait_until(pilot, lambda: "j Keep" in screen_text(app).splitlines()[-1])
        await pilot.press("j")
        await wait_until(pilot, lambda: len(texts(fake.memory)) == 2)


async def test_newer_proposals_have_the_keys(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places) as (app, pilot):
        await told(app, pilot, fake)
        await ask(app, pilot, SAID)
        await wait_until(pilot, lambda: len(app.chat.query(Proposals)) == 2)
        await wait_until(pilot, lambda: len(app.chat.query(Proposal)) == 6)
        await pilot.press("tab")
        await wait_until(pilot, lambda: app.focused is app.chat.query(Proposals).last()._rows[0])


async def test_half_an_edit_is_there_after_a_crash(places: Places, fake: FakeCoach) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await told(app, pilot, fake)
        await pilot.press("tab", "down", "e")
        await wait_until(pilot, lambda: isinstance(app.screen, EditScreen))
        await pilot.press("end", *" by post")
        edited = f"{LIST.text} by post"
        await wait_until(pilot, lambda: edited in fake.memory.drafts.values())
        # Nothing is closed or left: this is all that a killed process leaves behind.
        copy = replace(fake.memory, drafts=dict(fake.memory.drafts))
    again = FakeCoach(copy)
    async with chatting(again, places, NARROW) as (app, pilot):
        await wait_until(pilot, lambda: len(app.chat.query(Proposal)) == 3)
        await pilot.press("tab", "down", "e")
        await wait_until(pilot, lambda: isinstance(app.screen, EditScreen))
        assert app.screen.query_one("#text", Input).value == edited
        assert LEFT in screen_text(app)
