"""A chosen model reads a note once more, and sums sessions up; what it does is seen and decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from textual.pilot import Pilot

from coach.conversation.voice.proposing import Proposed
from coach.conversation.voice.summarising import Sentence, Summary
from coach.memory.items import Draft
from coach.memory.store import Session
from coach.paths import Places
from coach.tui.app import CoachApp
from coach.tui.screens.memory import MemoryScreen
from coach.tui.screens.write_up import NoteArea
from coach.tui.widgets.proposals import Proposal

from .driving import NARROW, chatting, open_chat, running, screen_text, wait_until
from .fakes import FakeCoach, Memory

NOTE = "Her viva is on 13 March. She likes tea."
VIVA = Draft("event", "them", None, "Amara has her viva", NOTE[:24], 0, 24, date(2026, 3, 13))
TEA = Draft("preference", "them", None, "Amara likes tea", NOTE[25:], 25, len(NOTE))


class Helped(FakeCoach):
    """With a model that proposes ``found``, or sums up as ``came``."""

    found = Proposed((TEA, replace(VIVA, text="Her viva, again")), "tiny")
    came = Summary("2026-02-27", (Sentence("Amara likes tea.", NOTE[25:], (), True),), "tiny")

    def helper(self) -> str:
        return "tiny"

    async def proposals(self, pair: object, number: int | None = None) -> Proposed:
        return self.found

    def keep_proposed(self, pair: object, number: int, drafts: tuple[Draft, ...]) -> None:
        for draft in drafts:
            self.add_item(self.memory.pairs[0], draft, number)

    async def summary(
        self, pair: object, on: date | None = None, *, worded: bool = True
    ) -> Summary:
        return self.came if worded else replace(self.came, engine="built-in")


async def save(app: CoachApp, pilot: Pilot[None]) -> None:
    await open_chat(app, pilot)
    await pilot.press("f5")
    await wait_until(pilot, lambda: isinstance(app.focused, NoteArea))
    app.screen.query_one(NoteArea).insert(NOTE)
    await pilot.press("ctrl+s")
    await wait_until(pilot, lambda: isinstance(app.screen, MemoryScreen))


async def test_what_a_model_points_at_waits_below_what_the_note_gave(
    places: Places, memory: Memory
) -> None:
    fake = Helped(memory)
    fake.notices = (VIVA,)
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await save(app, pilot)
        await wait_until(pilot, lambda: len(app.screen.query(Proposal)) == 2)
        assert "I noted: Amara likes tea (preference)  Keep  Edit  Drop" in screen_text(app)
        assert "tiny points at this too" in screen_text(app)
        assert len(fake.memory.items[1]) == 1
        app.screen.query(Proposal).first().focus()
        await pilot.press("k")
        await wait_until(pilot, lambda: "(preference): kept" in screen_text(app))
        assert [item.text for item in fake.memory.items[1]] == [VIVA.text, TEA.text]
        await pilot.press("d")
        await wait_until(pilot, lambda: "13 Mar): dropped" in screen_text(app))
        assert len(fake.memory.items[1]) == 2
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)


async def test_why_a_model_proposes_nothing_is_told(places: Places, memory: Memory) -> None:
    fake = Helped(memory)
    fake.found = Proposed((), "tiny", "the model cannot be reached.")
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        await save(app, pilot)
        await wait_until(pilot, lambda: "the model cannot be reached" in screen_text(app))
        assert not app.screen.query(Proposal)


async def test_a_session_is_shown_in_short_with_its_quotes(places: Places, memory: Memory) -> None:
    fake = Helped(memory)
    async with chatting(fake, places, NARROW) as (app, pilot):
        await pilot.press("f10", "n")
        await wait_until(pilot, lambda: "No session is kept yet" in screen_text(app))
        await pilot.press("escape")
        fake.memory.sessions.append(Session(1, 1, date(2026, 2, 27), NOTE))
        await pilot.press("f10", "n")
        await wait_until(pilot, lambda: "Amara likes tea. (private)" in screen_text(app))
        seen = screen_text(app)
        assert "“She likes tea.”" in seen
        assert "Fri 27 Feb" in seen
        assert "Enter lets tiny word it" in seen
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Worded by tiny" in screen_text(app))
        fake.came = replace(fake.came, engine="built-in", why="the model said nothing.")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "the model said nothing" in screen_text(app))
