"""Sessions that are planned: in the database, through the commands, and in what to come back to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.bootstrap import Coach
from coach.errors import NotFoundError
from coach.storage.pairs import Pair
from coach.storage.planned import Planned

# Dozens of whole commands, each with its model and database: minutes on a small machine.
pytestmark = pytest.mark.slow

Json = dict[str, Any]
Run = Callable[..., Json]
DAY = date(2026, 5, 12)


@pytest.fixture
def rosa(coach: Coach) -> Pair:
    return coach.add_pair("Rosa Lind", "mentor")


def test_a_session_is_planned_changed_moved_and_taken_off(coach: Coach, rosa: Pair) -> None:
    store = coach.planned
    first = store.add(rosa, DAY, time(15), 45, "Room 2")
    again = store.add(rosa, DAY, time(16))
    assert again == Planned(DAY, time(16), 45, "Room 2", first.uid)
    moved = store.move(rosa, DAY, date(2026, 5, 19))
    assert store.all(rosa) == [moved]
    assert (moved.on, moved.at, moved.uid) == (date(2026, 5, 19), time(16), first.uid)
    with pytest.raises(NotFoundError, match=r"2026-05-12.*Planned: 2026-05-19"):
        store.remove(rosa, DAY)
    assert store.remove(rosa, date(2026, 5, 19)) == [moved]
    assert store.all(rosa) == []


def test_the_next_session_is_the_first_after_the_day(coach: Coach, rosa: Pair) -> None:
    for day in (date(2026, 6, 2), DAY, date(2026, 5, 19)):
        coach.planned.add(rosa, day)
    found = [coach.planned.next(rosa, day) for day in (date(2026, 5, 1), DAY, date(2026, 6, 2))]
    assert [one.on if one else None for one in found] == [DAY, date(2026, 5, 19), None]


def test_each_pair_has_its_own_plan(coach: Coach, rosa: Pair) -> None:
    other = coach.add_pair("Rosa Berg", "mentor")
    coach.planned.add(rosa, DAY)
    assert coach.planned.all(other) == []
    with pytest.raises(NotFoundError):
        coach.planned.remove(other, DAY)
    coach.planned.take(other, [], [one.uid for one in coach.planned.all(rosa)])
    assert len(coach.planned.all(rosa)) == 1
    coach.pair_store.delete(rosa)
    assert coach.planned.all(rosa) == []


def test_taking_a_calendar_is_the_same_twice_as_once(coach: Coach, rosa: Pair) -> None:
    numbers = iter(range(10_000))

    @given(
        st.lists(
            st.builds(
                Planned, st.dates(DAY, date(2027, 5, 1)), st.just(time(15)), st.just(45),
                st.just(""), st.integers(0, 9).map(str),
            ),
            unique_by=lambda one: one.uid,
        )
    )  # fmt: skip
    def check(sessions: list[Planned]) -> None:
        pair = coach.add_pair(f"Rosa {next(numbers)} Lind", "mentor")
        assert coach.planned.take(pair, sessions, []) == len(sessions)
        there = coach.planned.all(pair)
        assert sorted(there, key=lambda one: one.uid) == sorted(sessions, key=lambda one: one.uid)
        assert there == sorted(there, key=lambda one: one.on)
        assert coach.planned.take(pair, sessions, []) == 0
        assert coach.planned.take(pair, [], [one.uid for one in sessions]) == len(sessions)
        assert coach.planned.all(pair) == []

    check()


# -- the commands ---------------------------------------------------------------


@pytest.fixture
def pair(ok: Run) -> str:
    ok("pair", "add", "Rosa Lind", "--as", "mentor")
    return "rosa"


def test_planning_and_listing(ok: Run, pair: str, fails: Callable[..., str]) -> None:
    at = ("--at", "9:30", "--minutes", "45", "--on", "2026-05-12")
    made = ok("session", "plan", pair, "2026-05-12", *at)["session"]
    assert (made["on"], made["at"], made["minutes"], made["place"]) == (
        "2026-05-12", "09:30", 45, None,
    )  # fmt: skip
    past = fails(2, "session", "plan", pair, "2026-05-11", "--on", "2026-05-12")
    assert "2026-05-11 is past" in past
    fails(2, "session", "move", pair, "2026-05-12", "2026-05-11", "--on", "2026-05-12")
    ok("session", "move", pair, "2026-05-12", "2026-05-13", "--at", "10:00", "--on", "2026-05-12")
    listed = ok("session", "list", pair, "--on", "2026-05-01")
    assert [(one["on"], one["at"]) for one in listed["planned"]] == [("2026-05-13", "10:00")]
    assert listed["held"] == []
    assert ok("session", "list", pair, "--on", "2026-05-14")["planned"] == []
    assert ok("session", "cancel", pair, "2026-05-13")["cancelled"]
    assert "Planned: none" in fails(2, "session", "cancel", pair, "2026-05-13")
    for wrong in (("--at", "25:00"), ("--at", "noon"), ("--minutes", "0")):
        fails(2, "session", "plan", pair, "2026-05-12", *wrong)


EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:weekly@example
SUMMARY:Rosa
DTSTART;TZID=Europe/Berlin:20260505T150000
DURATION:PT45M
RRULE:FREQ=WEEKLY;COUNT={count}
END:VEVENT
BEGIN:VEVENT
UID:dentist@example
SUMMARY:Dentist
DTSTART:20260506T090000
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_is_imported_again_and_again(
    ok: Run, pair: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: Callable[..., str]
) -> None:
    monkeypatch.setenv("COACH_TIME_ZONE", "Europe/Lisbon")
    file = tmp_path / "calendar.ics"
    file.write_text(EVENT.format(count=4))
    take = ("session", "import", pair, str(file), "--on", "2026-05-06")
    first = ok(*take)
    assert [(one["on"], one["at"]) for one in first["planned"]] == [
        ("2026-05-12", "14:00"), ("2026-05-19", "14:00"), ("2026-05-26", "14:00"),
    ]  # fmt: skip
    assert (first["changed"], first["past"], first["others"]) == (3, 1, 1)
    assert ok(*take)["changed"] == 0
    file.write_text(EVENT.format(count=3))
    assert ok(*take)["removed"] == 1
    assert len(ok("session", "list", pair, "--on", "2026-05-06")["planned"]) == 2
    file.write_text("no calendar")
    assert "no calendar" in fails(2, *take)
    assert "cannot be read" in fails(2, "session", "import", pair, str(tmp_path / "none.ics"))


def test_a_calendar_is_exported_without_what_is_private(
    ok: Run, pair: str, tmp_path: Path, fails: Callable[..., str]
) -> None:
    note = tmp_path / "note.md"
    note.write_text(
        "I promised to send her the reading list by 12 May.\n\n"
        "Between us: I will ask the dean about the merger by 14 May."
    )
    ok("log", pair, "--on", "2026-05-04", "--file", str(note))
    room = ("--at", "15:00", "--place", "Room 2", "--on", "2026-05-04")
    ok("session", "plan", pair, "2026-05-13", *room)
    for extra in ((), ("--shared",)):
        file = tmp_path / f"out{len(extra)}.ics"
        done = ok("session", "export", pair, str(file), *extra)
        text = file.read_text().replace("\r\n ", "")
        assert done["events"] == text.count("BEGIN:VEVENT") == 2
        assert "reading list" in text
        assert "dean" not in text
        assert file.stat().st_mode & 0o077 == 0
    assert ok("session", "export", pair, str(tmp_path / "out0.ics"))["events"] == 2
    assert "is no calendar" in fails(2, "session", "export", pair, str(note))
    there = ok("session", "list", pair, "--on", "2026-05-04")["planned"]
    back = ok("session", "import", pair, str(tmp_path / "out0.ics"), "--on", "2026-05-04")
    assert (back["changed"], back["planned"]) == (0, there)


def test_what_comes_before_the_next_session_is_more_pressing(
    ok: Run, pair: str, tmp_path: Path
) -> None:
    note = tmp_path / "note.md"
    note.write_text(
        "She presents the audit to her board on Friday 5 June.\n\n"
        "She is still struggling with the noise in the office."
    )
    ok("log", pair, "--on", "2026-05-04", "--file", str(note))

    def first() -> str:
        return str(ok("followups", pair, "--on", "2026-05-05")["followups"][0]["topic"])

    assert "noise" in first()
    ok("session", "plan", pair, "2026-06-09", "--on", "2026-05-05")
    assert "board" in first()
    ok("session", "plan", pair, "2026-05-12", "--on", "2026-05-05")
    assert "noise" in first()
