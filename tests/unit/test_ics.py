"""Calendar files: what is read from them, what is written, and that both agree."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import UsageError
from coach.memory.ics.reading import Found, choose, gone, read_calendar
from coach.memory.ics.writing import Entry, Step, entries, write_calendar
from coach.memory.items import Item
from coach.storage.pairs import Pair
from coach.storage.planned import Planned

LISBON = ZoneInfo("Europe/Lisbon")
TODAY = date(2026, 5, 4)  # a Monday
PAIR = Pair(1, "rosa-lind", "Rosa Lind", "mentor", datetime(2026, 1, 1, tzinfo=UTC))


def calendar(*events: str, head: str = "") -> bytes:
    """A calendar file with these events, each given as its lines."""
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//example//EN\n{head}{body}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def read(*events: str, head: str = "", today: date = TODAY) -> Found:
    return read_calendar(calendar(*events, head=head), LISBON, today)


def planned(found: Found) -> list[tuple[str, str | None]]:
    """Day and hour of each meeting, in order."""
    rows = [(one.planned.on.isoformat(), one.planned.at) for one in found.meetings]
    return sorted((on, at.isoformat("minutes") if at else None) for on, at in rows)


ONE = """UID:one@example
SUMMARY:Coffee with Rosa
LOCATION:Room 2\\, first floor
DTSTART;TZID=Europe/Berlin:20260512T150000
DTEND;TZID=Europe/Berlin:20260512T154500"""


def test_an_event_is_read_by_the_users_own_clock() -> None:
    (meeting,) = read(ONE).meetings
    assert meeting.planned == Planned(
        date(2026, 5, 12), time(14), 45, "Room 2, first floor", "one@example"
    )


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("DTSTART:20260512T233000Z", ("2026-05-13", "00:30")),
        ("DTSTART:20260512T150000", ("2026-05-12", "15:00")),
        ("DTSTART;VALUE=DATE:20260512", ("2026-05-12", None)),
        ("DTSTART;TZID=America/New_York:20260512T220000", ("2026-05-13", "03:00")),
    ],
    ids=["in UTC", "by nobody's clock", "a whole day", "far west"],
)
def test_each_sort_of_start(start: str, expected: tuple[str, str | None]) -> None:
    assert planned(read(f"UID:x\n{start}")) == [expected]


def test_what_repeats_is_followed_for_a_year_and_keeps_its_hour() -> None:
    found = read(
        "UID:w\nSUMMARY:Rosa\nDTSTART;TZID=Europe/Berlin:20260105T150000\nRRULE:FREQ=WEEKLY"
    )
    days = planned(found)
    assert days[0] == ("2026-05-04", "14:00")
    assert {at for _, at in days} == {"14:00"}, "the clocks change on the same nights"
    assert 52 <= len(days) <= 54
    assert max(days)[0] <= "2027-05-08"


def test_a_rule_ends_where_it_says() -> None:
    weekly = "UID:w\nDTSTART;TZID=Europe/Berlin:20260504T150000\nRRULE:FREQ=WEEKLY"
    assert len(planned(read(f"{weekly};COUNT=3"))) == 3
    assert planned(read(f"{weekly};UNTIL=20260511T130000Z"))[-1][0] == "2026-05-11"
    assert planned(read(f"{weekly};UNTIL=20260511T125959Z"))[-1][0] == "2026-05-04"
    assert planned(read(f"{weekly};UNTIL=20260518"))[-1][0] == "2026-05-18"


def test_single_meetings_of_a_series_can_be_left_out_moved_and_added() -> None:
    series = """UID:w
DTSTART;TZID=Europe/Berlin:20260505T150000
RRULE:FREQ=WEEKLY;COUNT=4
EXDATE;TZID=Europe/Berlin:20260512T150000
RDATE;TZID=Europe/Berlin:20260530T100000"""
    moved = """UID:w
RECURRENCE-ID;TZID=Europe/Berlin:20260519T150000
DTSTART;TZID=Europe/Berlin:20260520T160000"""
    cancelled = """UID:w
RECURRENCE-ID:20260526T130000Z
STATUS:CANCELLED
DTSTART;TZID=Europe/Berlin:20260526T150000"""
    assert planned(read(series, moved, cancelled)) == [
        ("2026-05-05", "14:00"), ("2026-05-20", "15:00"), ("2026-05-30", "09:00"),
    ]  # fmt: skip


@pytest.mark.parametrize("cancel", ["STATUS:CANCELLED", ""], ids=["event", "calendar"])
def test_what_is_cancelled_is_no_meeting_but_known(cancel: str) -> None:
    found = read(f"{ONE}\n{cancel}", head="" if cancel else "METHOD:CANCEL\n")
    assert not found.meetings
    known = [Planned(date(2026, 5, 12), uid="one@example"), Planned(date(2026, 5, 13), uid="other")]
    assert gone(known, found, set(found.series), TODAY) == ["one@example"]


def test_what_lies_behind_is_counted_and_left_out() -> None:
    found = read(ONE, today=date(2026, 5, 13))
    assert (found.meetings, found.past) == ([], 1)


def test_only_the_events_that_name_the_person_are_chosen() -> None:
    dentist = "UID:d\nSUMMARY:Dentist\nDTSTART:20260512T090000"
    guest = "UID:g\nSUMMARY:Catch-up\nATTENDEE;CN=Rosa Lind:mailto:r@x.example\nDTSTART:20260513"
    found = read(ONE, dentist, guest)
    assert choose(found, "Rosa Lind", None, every=False) == {"one@example", "g"}
    assert choose(found, "Rosa Lind", "dent", every=False) == {"d"}
    assert choose(found, "Rosa Lind", None, every=True) == {"one@example", "d", "g"}
    assert choose(read(dentist), "Rosa Lind", None, every=False) == {"d"}
    with pytest.raises(UsageError, match="none of its 3 events names Li Wei"):
        choose(found, "Li Wei", None, every=False)
    with pytest.raises(UsageError, match="no event in it says 'opera'"):
        choose(found, "Rosa Lind", "opera", every=False)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"hello", b"\xff\xfe\x00\x01", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\n", b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n",
    ],
)  # fmt: skip
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="Calendar: the file"):
        read_calendar(data, LISBON, TODAY)


@pytest.mark.parametrize(
    "broken",
    ["DTSTART:2026", "SUMMARY:no start", "DTSTART:20260512T150000\nRRULE:FREQ=OFTEN",
     "DTSTART:20260512T150000\nRRULE:FREQ=SECONDLY"],
)  # fmt: skip
def test_a_broken_event_is_named_and_the_others_are_read(broken: str) -> None:
    found = read(f"UID:bad\n{broken}", ONE)
    assert planned(found) == [("2026-05-12", "14:00")]
    assert len(found.faults) == 1


@given(st.binary(max_size=300), st.text(max_size=200))
def test_no_file_breaks_it(data: bytes, text: str) -> None:
    for content in (data, calendar(f"UID:x\nDTSTART:20260512T150000\n{text}")):
        with suppress(UsageError):
            read_calendar(content, LISBON, TODAY)


DAYS = st.dates(TODAY, date(2030, 12, 31))
SESSIONS = st.builds(
    Planned,
    DAYS,
    st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.none() | st.integers(5, 720),
    st.text(st.characters(codec="utf-8", categories=["L", "N"]), max_size=40).map(
        lambda place: unicodedata.normalize("NFC", place)
    ),
    st.uuids().map(lambda key: f"{key}@coach"),
)


@given(st.lists(SESSIONS, min_size=1, max_size=5, unique_by=lambda one: one.uid))
def test_what_is_written_is_read_back(sessions: list[Planned]) -> None:
    data = write_calendar(entries(PAIR, sessions, []), LISBON)
    found = read_calendar(data, LISBON, TODAY)
    assert not found.faults
    back = {one.planned.uid: one.planned for one in found.meetings}
    for one in sessions:
        # An hour that the change of the clocks skips is another hour of the same day.
        real = one.at is None or _exists(one.on, one.at)
        expected = one if one.at else Planned(one.on, None, None, one.place, one.uid)
        if real:
            assert back[one.uid] == expected
        else:
            assert back[one.uid].on == one.on


def _exists(on: date, at: time) -> bool:
    local = datetime.combine(on, at, tzinfo=LISBON)
    return local.astimezone(UTC).astimezone(LISBON).replace(tzinfo=None) == datetime.combine(on, at)


@given(st.dates(TODAY, date(2027, 1, 1)), st.integers(1, 60), st.integers(1, 4))
def test_a_series_holds_only_days_of_its_rule(start: date, count: int, weeks: int) -> None:
    rule = f"FREQ=WEEKLY;INTERVAL={weeks};COUNT={count}"
    found = read(f"UID:w\nDTSTART;TZID=Europe/Berlin:{start:%Y%m%d}T150000\nRRULE:{rule}")
    days = [one.planned.on for one in found.meetings]
    assert days == [start + timedelta(weeks=weeks * n) for n in range(len(days))]
    assert len({one.planned.uid for one in found.meetings}) == len(days)


def item(number: int, **changes: object) -> Item:
    values: dict[str, object] = {
        "kind": "commitment", "about": "me", "owner": "me", "text": f"You send list {number}",
        "quote": "I send it", "when": date(2026, 5, 11), "until": None, "status": "open",
        "private": False, "session": 1, "said_on": TODAY,
    }  # fmt: skip
    return Item(id=number, **{**values, **changes})  # type: ignore[arg-type]


def test_due_dates_go_along_and_nothing_private_does() -> None:
    items = [
        item(1), item(2, private=True), item(3, status="done"), item(4, when=None),
        item(5, kind="event"), item(6, until=date(2026, 5, 15)),
    ]  # fmt: skip
    session = Planned(date(2026, 5, 12), time(15), 45, "", "s@coach")
    for shared in (False, True):
        lines = entries(PAIR, [session], items, shared=shared)
        assert [(line.title.partition(" ")[0], line.on.day) for line in lines] == [
            ("Mentoring", 12), ("Due:", 11), ("Due:", 15),
        ]  # fmt: skip
        assert ("Rosa" in lines[0].title) == (not shared)
    data = write_calendar(entries(PAIR, [session], items), LISBON)
    assert b"DTSTART:20260512T140000Z" in data
    assert list(read_calendar(data, LISBON, TODAY).series) == ["s@coach"], (
        "a due date is no session"
    )


def test_a_promise_keeps_its_uid() -> None:
    first, second = (entries(PAIR, [], [item(1)])[0] for _ in range(2))
    other = entries(PAIR, [], [item(2)])[0]
    assert first.uid == second.uid != other.uid


def test_an_hour_is_written_in_the_computers_zone_when_none_is_set() -> None:
    line = Entry("x", "Session", date(2026, 5, 12), time(15))
    here = datetime(2026, 5, 12, 15).astimezone(UTC)
    assert f"DTSTART:{here:%Y%m%dT%H%M%SZ}".encode() in write_calendar([line], None)


def test_steps_towards_a_goal_are_in_the_calendar_and_the_users_own_in_no_shared_one() -> None:
    steps = [
        Step("g1", "three chapters drafted", date(2026, 6, 1), "them"),
        Step("g2", "my own course booked", date(2026, 7, 1), "me"),
    ]
    titles = {one.title: one.on for one in entries(PAIR, [], [], steps)}
    assert titles == {
        "Milestone: three chapters drafted": date(2026, 6, 1),
        "Milestone: my own course booked": date(2026, 7, 1),
    }
    shared = entries(PAIR, [], [], steps, shared=True)
    assert [one.title for one in shared] == ["Milestone: three chapters drafted"]
    assert entries(PAIR, [], [], steps)[0].uid == shared[0].uid
