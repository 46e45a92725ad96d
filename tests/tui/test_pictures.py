"""Pictures of a pair's time together: drawn at any size, told apart without colour, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from coach.bootstrap.coach import Coach
from coach.memory.items import Draft, Item, Noticed
from coach.planning.check import Answers
from coach.planning.lookback import Lookback, Promise, Thread, look_back
from coach.storage.pairs import Pair
from coach.tui.pictures.drawing import draw
from coach.tui.pictures.looking_back import check_trend, pictures
from coach.tui.pictures.model import Lane, Lanes, Mark, Series, Stacks, Trend
from coach.tui.screens.answering import AnswerScreen
from coach.tui.screens.check import CheckScreen
from coach.tui.screens.pages import PagesScreen
from coach.tui.screens.timeline import TimelineScreen

from .desk import at_home
from .driving import NARROW, WIDE, open_chat, screen_text, wait_until

TODAY = date(2026, 5, 12)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def lines(what: Lanes | Trend | Stacks, width: int = 78, height: int = 12) -> list[str]:
    return [str(line) for line in draw(what, width, height)]


# -- drawing --------------------------------------------------------------------------------------


@given(
    st.lists(st.tuples(st.text(max_size=60), DAYS, DAYS, DAYS), min_size=1, max_size=5),
    st.integers(40, 200),
)
def test_lanes_fit_the_width_and_show_every_mark(
    given_lanes: list[tuple[str, date, date, date]], width: int
) -> None:
    lanes = tuple(
        Lane("".join(label.split()), (Mark(at, "!"),), (min(one, two), max(one, two)))
        for label, one, two, at in given_lanes
    )
    days = [day for _, *rest in given_lanes for day in rest]
    made = lines(Lanes(lanes, min(days), max(days) + timedelta(days=1), TODAY), width)
    assert len(made) == len(lanes) + 1
    assert all("!" in line for line in made[1:])
    assert max(map(cell_len, made)) <= width
    assert "\N{BRAILLE PATTERN BLANK}" not in "".join(made)


@given(
    st.lists(st.tuples(DAYS, st.floats(1, 5)), min_size=1, max_size=9, unique_by=lambda p: p[0]),
    st.integers(40, 140),
    st.integers(7, 24),
)
def test_a_trend_fits_its_place_at_any_size(
    points: list[tuple[date, float]], width: int, height: int
) -> None:
    points.sort()
    series = Series("o", tuple(points))
    made = lines(Trend((series,), 1, 5, points[0][0], points[-1][0]), width, height)
    assert len(made) <= max(6, height + 1)
    assert max(map(len, made)) <= width
    assert 1 <= sum(line.count("o") for line in made[:-1]) <= len(points)
    assert [line[0] for line in made if line[:1].isdigit()] == list("54321")


def test_where_both_answered_the_same_stands_a_sign_of_its_own() -> None:
    points = ((date(2026, 1, 1), 3.0), (date(2026, 4, 1), 5.0))
    other = ((date(2026, 1, 1), 3.0), (date(2026, 4, 1), 1.0))
    trend = Trend((Series("o", points), Series("x", other)), 1, 5, points[0][0], points[1][0])
    drawn = "\n".join(lines(trend))
    assert [drawn.count(sign) for sign in "*ox"] == [1, 1, 1]


@given(st.lists(st.tuples(DAYS, st.sampled_from("+o!-")), max_size=12), st.integers(40, 200))
def test_stacks_show_each_sign_once(signs: list[tuple[date, str]], width: int) -> None:
    days = [day for day, _ in signs] or [TODAY]
    made = lines(Stacks(tuple(signs), (), "You", "Li", min(days), max(days)), width)
    drawn = "\n".join(line[5:] for line in made[:-1])
    if (max(days) - min(days)).days < 30 * (width - 6):
        assert sum(map(drawn.count, "+o!-")) == len(signs)
    assert max(map(len, made)) <= width


def test_names_of_months_are_even_and_whole() -> None:
    lanes = Lanes((Lane("a"),), date(2025, 2, 3), date(2026, 12, 20), TODAY)
    for width in range(40, 160):
        names = lines(lanes, width)[0].split()
        assert set(names) <= {"2026", *(f"{date(2026, m, 1):%b}" for m in range(2, 13))}
        assert names.count("2026") == 1


# -- what they show -------------------------------------------------------------------------------


def seen(**given_parts: object) -> Lookback:
    empty = Lookback("Li", TODAY, (), (), (), (), (), ())
    return replace(empty, **given_parts)  # type: ignore[arg-type]


def test_with_nothing_known_each_says_how_to_get_there() -> None:
    for picture in pictures(seen()):
        assert picture.drawn is None
        assert len(picture.words) > 60


def test_each_says_in_words_what_it_shows() -> None:
    thread = Thread("Li\x1b[2J moves", date(2026, 2, 1), date(2026, 6, 1), None, True)
    late = Promise("You promised tea", "me", date(2026, 5, 1), "late", False)
    kept = Promise("Li promised cake", "them", date(2026, 4, 1), "kept", False)
    checks = (
        Answers("me", date(2026, 1, 1), {"thread": 2}),
        Answers("me", date(2026, 4, 1), {"thread": 4}),
    )
    made = pictures(
        seen(held=(date(2026, 2, 1),), planned=(date(2026, 5, 14),), threads=(thread,),
             promises=(late, kept), checks=checks)
    )  # fmt: skip
    threads, promises, goals, check = made
    assert "You met once, last on Sun 1 Feb; the next session is planned for" in threads.words
    assert "Open longest: Li[2J moves, since Sun 1 Feb" in threads.words
    assert "You kept 0 of 1 promise; 1 overdue. Li kept 1 of 1 promise." in promises.words
    assert "You promised tea, since Fri 1 May" in promises.words
    assert goals.drawn is None
    assert "You answered twice, last 4.0 out of 5 on average, up from 2.0." in check.words
    assert "Li has not answered yet." in check.words
    assert threads.drawn is not None
    drawn = lines(threads.drawn)  # type: ignore[arg-type]
    assert any("(private)" in line for line in drawn)
    for picture in made:
        signs = [sign for sign, _ in picture.key]
        assert len(signs) == len(set(signs)), "told apart without colour"


def test_what_happened_later_is_not_seen() -> None:
    later = Item(1, "event", "them", None, "x", "x", None, None, "open", False, 1, date(2026, 6, 1))
    back = look_back("Li", TODAY, items=[later], held=[date(2026, 6, 1)], planned=[],
                     goals=[], checks=[])  # fmt: skip
    assert (back.threads, back.held) == ((), ())


# -- the pages ------------------------------------------------------------------------------------


@pytest.fixture
def pair(coach: Coach) -> Pair:
    """Amara, with one session, a promise that is overdue, and one round of the check."""
    made = coach.add_pair("Amara Osei", "mentor")
    day = coach.today - timedelta(days=40)
    promised = Draft("commitment", "me", "me", "You promised to send the list", "I send the list",
                     0, 15, day + timedelta(days=7))  # fmt: skip
    coach.memory.store.add_session(made, day, "I send the list.", Noticed((promised,)))
    coach.keep_check(made, Answers("me", day, {"thread": 2, "lightness": 4}))
    return made


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_looking_back_shows_each_picture(
    coach: Coach, pair: Pair, size: tuple[int, int]
) -> None:
    async with at_home(coach, size) as (app, pilot):
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, TimelineScreen))
        await wait_until(pilot, lambda: "You met once" in screen_text(app))
        await pilot.press("2")
        await wait_until(pilot, lambda: "You kept 0 of 1 promise; 1 overdue" in screen_text(app))
        await pilot.press("right", "right")
        await wait_until(pilot, lambda: "Amara has not answered yet" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.home)


async def test_the_check_is_answered_by_number_keys(coach: Coach, pair: Pair) -> None:
    async with at_home(coach) as (app, pilot):
        await pilot.press("k")
        await wait_until(pilot, lambda: isinstance(app.screen, CheckScreen))
        await wait_until(pilot, lambda: "You answered once" in screen_text(app))
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        await wait_until(pilot, lambda: "Amara's answers" in screen_text(app))
        await wait_until(pilot, lambda: "With your mentor I can say" in screen_text(app))
        await pilot.press("s")
        await wait_until(pilot, lambda: "Nothing is answered yet" in screen_text(app))
        await pilot.press("5", "4", "0", "down", "2", "up", "right")
        await wait_until(pilot, lambda: "5 left" in screen_text(app))
        await pilot.press("s")
        await wait_until(pilot, lambda: len(coach.check(pair).trend) == 2)
        theirs = next(one for one in coach.check(pair).trend if one.side == "them")
        assert list(theirs.given.values()) == [5, 4, 3]
        await wait_until(pilot, lambda: "Where to invest" in screen_text(app))


def test_one_side_alone_is_a_trend_too() -> None:
    picture = check_trend([Answers("them", TODAY, {"thread": 3})], "Li", TODAY)
    assert picture.drawn is not None
    assert "You did not answer yet." in picture.words


async def test_every_page_is_reached_from_the_chat(coach: Coach, pair: Pair) -> None:
    async with at_home(coach) as (app, pilot):
        await open_chat(app, pilot)
        await pilot.press("f10")
        await wait_until(pilot, lambda: isinstance(app.screen, PagesScreen))
        await pilot.press("k")
        await wait_until(pilot, lambda: isinstance(app.screen, CheckScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: app.screen is app.chat)
        await pilot.press(*"/timeline", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, TimelineScreen))
