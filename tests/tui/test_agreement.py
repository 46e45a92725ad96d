"""How the two work together: seen by topic, edited, settled, compared and put into files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from coach.agreement.standing import Version, between, standing
from coach.bootstrap.coach import Coach
from coach.storage.pairs import Pair
from coach.tui.app import CoachApp
from coach.tui.screens.agreement import AgreementScreen
from coach.tui.screens.form import FormScreen
from coach.tui.screens.reading_page import ReadingPage
from coach.tui.screens.versions import VersionsScreen

from .desk import at_home
from .driving import WIDE, screen_text, wait_until


@pytest.fixture
def pair(coach: Coach) -> Pair:
    """Amara, with whom the length differs, a place is agreed, and a hostile text is said."""
    made = coach.add_pair("Amara Osei", "mentor")
    coach.put_agreement(made, "length", {"mine": "30 minutes", "theirs": "60 minutes"})
    coach.put_agreement(made, "place", {"agreed": "the library"})
    coach.put_agreement(made, "covered", {"theirs": "[b]work[/b] \x1b[2J[/"})
    return made


async def open_agreement(app: CoachApp, pilot: Pilot[None]) -> AgreementScreen:
    await pilot.press("s")
    await wait_until(pilot, lambda: isinstance(app.screen, AgreementScreen))
    screen = app.screen
    assert isinstance(screen, AgreementScreen)
    await wait_until(pilot, lambda: screen._now is not None)
    return screen


async def fill(app: CoachApp, pilot: Pilot[None], **given: str) -> None:
    """Fill in the form that is open, and keep it."""
    await wait_until(pilot, lambda: isinstance(app.screen, FormScreen) and app.screen.is_mounted)
    for name, text in given.items():
        widget = app.screen.query_one(f"#{name}")
        if isinstance(widget, Input):
            widget.value = text
        else:
            widget.text = text
    await pilot.press("ctrl+s")


async def test_gaps_come_first_with_a_middle_ground(coach: Coach, pair: Pair) -> None:
    async with at_home(coach) as (app, pilot):
        await open_agreement(app, pilot)
        await wait_until(pilot, lambda: "! How long" in screen_text(app))
        seen = screen_text(app)
        assert seen.index("To talk about") < seen.index("! How long")
        assert "you and Amara see it differently" in seen
        await pilot.press("down")
        await wait_until(pilot, lambda: "A happy medium: 45 minutes" in screen_text(app))
        await wait_until(pilot, lambda: "2 to talk about" in screen_text(app))
        await pilot.press("up")
        await wait_until(pilot, lambda: "[b]work[/b] [/" in screen_text(app))
        assert "\x1b" not in screen_text(app)


async def test_settling_takes_the_middle_ground_and_can_be_taken_back(
    coach: Coach, pair: Pair
) -> None:
    async with at_home(coach) as (app, pilot):
        await open_agreement(app, pilot)
        await pilot.press("down", "s")
        await fill(app, pilot)
        await wait_until(pilot, lambda: "makes version 4" in screen_text(app))
        entry = next(t for t in coach.agreement(pair).topics if t.topic.name == "length").entry
        assert (entry.agreed, entry.agreed_on) == ("45 minutes", coach.today)
        await pilot.press("u")
        await wait_until(pilot, lambda: "Taken back" in screen_text(app))
        entry = next(t for t in coach.agreement(pair).topics if t.topic.name == "length").entry
        assert (entry.mine, entry.agreed) == ("30 minutes", "")


async def test_a_topic_is_edited_where_it_stands_and_esc_changes_nothing(
    coach: Coach, pair: Pair
) -> None:
    async with at_home(coach) as (app, pilot):
        await open_agreement(app, pilot)
        screen = app.screen
        await pilot.press("e")
        await wait_until(pilot, lambda: isinstance(app.screen, FormScreen))
        await pilot.press(*"never", "escape")
        await wait_until(pilot, lambda: app.screen is screen)
        assert len(coach.agreement(pair).versions) == 3
        await pilot.press("e")
        await fill(app, pilot, mine="her work\nand her time")
        await wait_until(pilot, lambda: len(coach.agreement(pair).versions) == 4)
        entry = next(t for t in coach.agreement(pair).topics if t.topic.name == "covered").entry
        assert entry.mine == "her work\nand her time"


async def test_words_for_a_topic_are_a_key_away(coach: Coach, pair: Pair) -> None:
    async with at_home(coach, WIDE) as (app, pilot):
        await open_agreement(app, pilot)
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ReadingPage))
        await wait_until(pilot, lambda: "Settling expectations with Amara" in screen_text(app))


async def test_files_are_written_once_and_a_form_comes_back(
    coach: Coach, pair: Pair, tmp_path: Path
) -> None:
    form, sheet = tmp_path / "form.md", tmp_path / "sheet.md"
    async with at_home(coach) as (app, pilot):
        await open_agreement(app, pilot)
        await pilot.press("x")
        await fill(app, pilot, file=str(sheet), me="Kim")
        await wait_until(pilot, sheet.exists)
        assert "the library" in sheet.read_text()
        await pilot.press("x")
        await fill(app, pilot, file=str(sheet))
        await wait_until(pilot, lambda: any("there already" in n.message for n in said(app)))
        await pilot.press("f")
        await fill(app, pilot, file=str(form))
        await wait_until(pilot, form.exists)
        text = form.read_text()
        assert "30 minutes" not in text, "what the user said is not in it"
        head, found, tail = text.partition("How often would you like to meet?")
        form.write_text(f"{head}{found}\n\nAnswer: every month\n\n{tail}")
        await pilot.press("i")
        await fill(app, pilot, file=str(form))
        await wait_until(pilot, lambda: "Amara answered: frequency" in screen_text(app))
        entry = next(t for t in coach.agreement(pair).topics if t.topic.name == "frequency").entry
        assert entry.theirs == "every month"


async def test_a_day_to_look_at_it_again(coach: Coach, pair: Pair) -> None:
    async with at_home(coach) as (app, pilot):
        await open_agreement(app, pilot)
        await pilot.press("r")
        await fill(app, pilot, day="2020-01-01")
        await wait_until(pilot, lambda: "That day is past" in screen_text(app))
        await pilot.press("r")
        await fill(app, pilot, day="in a heap")
        await wait_until(pilot, lambda: "cannot read that" in screen_text(app))
        await fill(app, pilot, day="2999-01-02")
        await wait_until(pilot, lambda: coach.agreement(pair).review == date(2999, 1, 2))


async def test_versions_are_compared_and_taken_up_again(coach: Coach, pair: Pair) -> None:
    async with at_home(coach) as (app, pilot):
        screen = await open_agreement(app, pilot)
        await pilot.press("v")
        await wait_until(pilot, lambda: isinstance(app.screen, VersionsScreen))
        await wait_until(pilot, lambda: "Version 3" in screen_text(app))
        await pilot.press("c", "end")
        await wait_until(pilot, lambda: "From version 3" in screen_text(app))
        await wait_until(pilot, lambda: "the library" in screen_text(app))
        await pilot.press("b")
        await wait_until(pilot, lambda: len(coach.agreement(pair).versions) == 4)
        assert coach.agreement(pair).topics == standing_after_first(coach, pair)
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is screen)


def standing_after_first(coach: Coach, pair: Pair) -> object:
    first = coach.agreements.version(pair, 1)
    return standing([(coach.today, first)], pair.first_name).topics


def test_changes_between_any_two_versions(coach: Coach, pair: Pair) -> None:
    coach.put_agreement(pair, "place", {"agreed": ""})
    versions: tuple[Version, ...] = coach.agreement(pair).versions
    assert [one.number for one in versions] == [1, 2, 3, 4]
    assert not between(versions, 2, 2)
    forth, back = between(versions, 0, 4), between(versions, 4, 0)
    assert {(c.topic, c.before, c.after) for c in forth} == {
        (c.topic, c.after, c.before) for c in back
    }
    assert "place" not in {change.topic for change in forth}, "it came and went"


def said(app: CoachApp) -> list[object]:
    return list(app._notifications)
