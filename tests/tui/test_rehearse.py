"""Rehearsing in the app: choose, talk, take back, swap sides, hear what worked, again harder."""

from __future__ import annotations

import json
import threading
import tomllib
from datetime import date

import pytest
from textual.pilot import Pilot

from coach.errors import ModelError
from coach.paths import Places
from coach.rehearsal.background import NOTHING
from coach.rehearsal.hearing import Ear
from coach.rehearsal.likeness import by_words
from coach.rehearsal.loading import folders
from coach.rehearsal.service import Rehearsals
from coach.rehearsal.talk import Talk
from coach.storage.pairs import Pair
from coach.storage.tries import KeptTry
from coach.tui.app import CoachApp
from coach.tui.screens.rehearse import RehearseScreen
from coach.tui.screens.rehearse_talk import TalkScreen
from coach.tui.screens.rehearse_told import ToldScreen
from coach.tui.widgets.saying import Saying
from tests.fakes import FakeReader

from .driving import NARROW, WIDE, running, screen_text, wait_until
from .fakes import FakeCoach


class FakeTries:
    """Keeps tries in a list."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, KeptTry]] = []
        self.scripts: dict[str, str] = {}

    def keep(
        self, pair: Pair, scenario: str, level: str, said: list[str], points: list[int],
        total: float, shown: tuple[str, ...], on: date,
    ) -> None:  # fmt: skip
        one = KeptTry(level, tuple(said), tuple(points), total, tuple(shown), on)
        self.kept.append((scenario, one))

    def of(self, pair: Pair, scenario: str) -> list[KeptTry]:
        return [one for name, one in self.kept if name == scenario]

    def keep_words(self, pair: Pair, scenario: str, markdown: str, on: date) -> str:
        self.scripts[scenario] = markdown
        return markdown

    def words(self, pair: Pair, scenario: str) -> str:
        return self.scripts.get(scenario, "")


@pytest.fixture
def tries(fake: FakeCoach, places: Places) -> FakeTries:
    kept = FakeTries()
    ear = Ear(FakeReader(), by_words)
    fake.rehearsals = Rehearsals(  # type: ignore[attr-defined]
        lambda: ear, kept, lambda *_: NOTHING, lambda _: "", places.home,  # type: ignore[arg-type]
    )  # fmt: skip
    return kept


async def choose(app: CoachApp, pilot: Pilot[None], name: str = "guarded-mentee") -> TalkScreen:
    await wait_until(pilot, lambda: app.home and app.home.loaded)
    await pilot.press("r")
    await wait_until(pilot, lambda: isinstance(app.screen, RehearseScreen))
    return await open_talk(app, pilot, name)


async def open_talk(app: CoachApp, pilot: Pilot[None], name: str) -> TalkScreen:
    listed = app.screen.query_one("OptionList")
    await wait_until(pilot, lambda: name in {o.id for o in listed.options})  # type: ignore[attr-defined]
    listed.highlighted = listed.get_option_index(name)  # type: ignore[attr-defined]
    await pilot.press("enter")
    await wait_until(pilot, lambda: isinstance(app.screen, TalkScreen))
    assert isinstance(app.screen, TalkScreen)
    return app.screen


async def speak(pilot: Pilot[None], page: TalkScreen, text: str) -> Talk:
    before = len(page.talk.turns)
    page.query_one(Saying).put(text)
    await pilot.press("enter")
    await wait_until(pilot, lambda: len(page.talk.turns) > before)
    await wait_until(pilot, lambda: not page.query_one(Saying).text)
    return page.talk


async def test_a_talk_with_a_turn_taken_back_a_hint_and_feedback(
    places: Places, fake: FakeCoach, tries: FakeTries
) -> None:
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        page = await choose(app, pilot)
        assert page.talk.opening.text[:12] in screen_text(app)
        await speak(pilot, page, "You should talk to your boss.")
        talk = await speak(pilot, page, "What has changed since the winter?")
        await wait_until(pilot, lambda: talk.theirs[-1][:20] in screen_text(app))
        await pilot.press("f3")
        await wait_until(pilot, lambda: len(page.talk.turns) == 1)
        assert page.query_one(Saying).text == "What has changed since the winter?"
        await pilot.press("f2")
        await wait_until(pilot, lambda: "say back what you heard" in screen_text(app).lower())
        await pilot.press("f5")
        await wait_until(pilot, lambda: isinstance(app.screen, ToldScreen))
        await wait_until(pilot, lambda: "What worked" in screen_text(app))
        assert [one.said for _, one in tries.kept] == [("You should talk to your boss.",)]
        await pilot.press("k")
        await wait_until(pilot, lambda: "guarded-mentee" in tries.scripts)
        await pilot.press("h")
        await wait_until(pilot, lambda: app.screen is page)
        await wait_until(pilot, lambda: page.talk.level == "hard")
        assert not page.talk.turns


async def test_what_is_not_said_yet_is_there_after_a_quit(
    places: Places, fake: FakeCoach, tries: FakeTries, monkeypatch: pytest.MonkeyPatch
) -> None:
    quits = threading.Event()
    rewind = fake.rehearsals.rewind  # type: ignore[attr-defined]

    def slowly(talk: Talk) -> Talk:
        quits.wait()
        taken: Talk = rewind(talk)
        return taken

    async with running(lambda: fake, places, NARROW) as (app, pilot):
        page = await choose(app, pilot)
        await speak(pilot, page, "You should talk to your boss.")
        monkeypatch.setattr(fake.rehearsals, "rewind", slowly)  # type: ignore[attr-defined]
        await pilot.press("f3")
        ends = app.ending.begin()
        await pilot.pause()
        quits.set()
        await ends.wait()
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        page = await choose(app, pilot, "odd-hours")
        assert page.query_one(Saying).text == ""
        await pilot.press("escape")
        page = await open_talk(app, pilot, "guarded-mentee")
        box = page.query_one(Saying)
        await wait_until(pilot, lambda: box.text == "You should talk to your boss.")


async def test_feedback_that_is_asked_for_early_waits_for_the_answer(
    places: Places, fake: FakeCoach, tries: FakeTries, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    say = fake.rehearsals.say  # type: ignore[attr-defined]

    def slowly(talk: Talk, text: str) -> Talk:
        answers.wait()
        said: Talk = say(talk, text)
        return said

    monkeypatch.setattr(fake.rehearsals, "say", slowly)  # type: ignore[attr-defined]
    async with running(lambda: fake, places, NARROW) as (app, pilot):
        page = await choose(app, pilot)
        page.query_one(Saying).put("What has changed since the winter?")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "is thinking" in screen_text(app))
        await pilot.press("f2")
        assert "is thinking" in screen_text(app)
        await pilot.press("f5")
        assert app.screen is page
        answers.set()
        await wait_until(pilot, lambda: isinstance(app.screen, ToldScreen))
        assert [one.said for _, one in tries.kept] == [("What has changed since the winter?",)]


async def test_two_tries_are_shown_one_above_the_other(
    places: Places, fake: FakeCoach, tries: FakeTries
) -> None:
    async with running(lambda: fake, places, WIDE) as (app, pilot):
        page = await choose(app, pilot)
        for text in ("You should talk to your boss.", "So you feel it is safer to say nothing."):
            await speak(pilot, page, text)
            await pilot.press("f5")
            await wait_until(pilot, lambda: isinstance(app.screen, ToldScreen))
            await wait_until(pilot, lambda: "try 1" in screen_text(app))
            if len(tries.kept) == 1:
                await pilot.press("a")
                await wait_until(pilot, lambda: app.screen is page and not page.talk.turns)
        seen = screen_text(app)
        assert "try 2" in seen
        assert "the last time" in seen
        first, second = (one.total for _, one in tries.kept)
        assert second > first


async def test_sides_are_swapped_and_back(
    places: Places, fake: FakeCoach, tries: FakeTries
) -> None:
    async with running(lambda: fake, places, WIDE) as (app, pilot):
        page = await choose(app, pilot)
        model = page.talk.scenario.models[0].say.replace("{name}", page.talk.called)
        await pilot.press("f4")
        await wait_until(pilot, lambda: model[:30] in screen_text(app))
        page.query_one(Saying).put("It's all fine, really.")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "It's all fine, really." in screen_text(app))
        await pilot.press("f4")
        await wait_until(pilot, lambda: model[:30] not in screen_text(app))
        assert not page.talk.turns
        assert not tries.kept


async def test_a_paused_talk_goes_on(places: Places, fake: FakeCoach, tries: FakeTries) -> None:
    async with running(lambda: fake, places, WIDE) as (app, pilot):
        page = await choose(app, pilot)
        talk = await speak(pilot, page, "What has changed since the winter?")
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearseScreen))
        await pilot.press("g")
        await wait_until(pilot, lambda: isinstance(app.screen, TalkScreen))
        assert isinstance(app.screen, TalkScreen)
        assert app.screen.talk == talk


async def test_what_was_said_stays_when_it_cannot_be_answered(
    places: Places, fake: FakeCoach, tries: FakeTries, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Talk:
        raise ModelError("Rehearsal", "the model is gone", "Fetch it.")

    async with running(lambda: fake, places, WIDE) as (app, pilot):
        page = await choose(app, pilot)
        monkeypatch.setattr(fake.rehearsals, "say", refuse)  # type: ignore[attr-defined]
        page.query_one(Saying).put("Hello there.")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "the model is gone" in screen_text(app))
        box = page.query_one(Saying)
        await wait_until(pilot, lambda: not box.read_only)
        assert box.text == "Hello there."


BAD = "[/ [b]Title[/b] \x1b]52;c;aGk=\x07\x1b[2J\u202e[@click=app.quit]x[/]"


async def test_hostile_scenarios_are_only_text(
    places: Places, fake: FakeCoach, tries: FakeTries
) -> None:
    """A file of the user's own in which every text is an attack."""
    source = tomllib.loads((folders()[0] / "celebrating.toml").read_text("utf-8"))
    text = (folders()[0] / "celebrating.toml").read_text("utf-8")
    person = source["counterpart"]
    told = [source["title"], source["aim"], source["setting"], person["name"], person["wants"]]
    for one in told:
        assert json.dumps(one, ensure_ascii=False) in text
        text = text.replace(json.dumps(one, ensure_ascii=False), json.dumps(f"{BAD} {one}"))
    text = text.replace('say = ["', f'say = ["{json.dumps(BAD)[1:-1]} ')
    (places.home / "scenarios").mkdir()
    (places.home / "scenarios" / "bad.toml").write_text(
        text.replace('id = "celebrating"', 'id = "bad"'), "utf-8"
    )
    never = {chr(n) for n in (*range(32), *range(127, 160))} - {"\n"} | {"\u202e"}
    async with running(lambda: fake, places, WIDE) as (app, pilot):
        page = await choose(app, pilot, "celebrating")
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, RehearseScreen))
        seen = [screen_text(app)]
        page = await open_talk(app, pilot, "bad")
        await speak(pilot, page, "How did you do that?")
        seen.append(screen_text(app))
        await pilot.press("f4")
        await wait_until(pilot, lambda: "Sides are swapped" in screen_text(app))
        await pilot.press("f4", "f5")
        await wait_until(pilot, lambda: isinstance(app.screen, ToldScreen))
        await wait_until(pilot, lambda: "What worked" in screen_text(app))
        seen.append(screen_text(app))
        assert all("[b]Title[/b]" in text for text in seen)
        assert not set("".join(seen)) & never
        assert app.is_running


async def test_hostile_words_are_only_text(
    places: Places, fake: FakeCoach, tries: FakeTries
) -> None:
    async with running(lambda: fake, places, WIDE) as (app, pilot):
        page = await choose(app, pilot)
        await speak(pilot, page, "[bold red]loud[/] and \u202ereversed [/")
        seen = screen_text(app)
        assert "[bold red]loud[/] and reversed [/" in seen
        assert "\u202e" not in seen
