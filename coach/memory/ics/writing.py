"""Writing planned sessions and due dates as a calendar file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from coach.memory.export import shareable
from coach.memory.ics.reading import OWN
from coach.memory.items import Item, Owner
from coach.storage.pairs import Pair
from coach.storage.planned import Planned


@dataclass(frozen=True)
class Entry:
    """One line of the calendar: a day, or with ``at`` an hour by the user's own clock."""

    uid: str
    title: str
    on: date
    at: time | None = None
    minutes: int | None = None
    place: str = ""


@dataclass(frozen=True)
class Step:
    """A step towards the goal with the name ``goal`` that is to be reached by a day."""

    goal: str
    text: str
    by: date
    owner: Owner


def entries(
    pair: Pair,
    planned: Iterable[Planned],
    items: Iterable[Item],
    steps: Iterable[Step] = (),
    *,
    shared: bool = False,
) -> list[Entry]:
    """Planned sessions, the days on which open promises are due, and steps towards goals.

    What is private is in no calendar, which is read in many places; with ``shared`` only what the
    other person may read is: of the ``steps``, which must be none of a private goal, not those
    towards the user's own goals.
    """
    title = "Mentoring session" if shared else f"Mentoring session with {pair.name}"
    found = [Entry(p.uid, title, p.on, p.at, p.minutes, p.place) for p in planned]
    for item in items:
        due = item.until or item.when
        if item.kind != "commitment" or item.status != "open" or item.private or due is None:
            continue
        if not shared or shareable(item):
            found.append(Entry(_uid(pair, str(item.id)), f"Due: {item.text}", due))
    for step in steps:
        if not shared or step.owner != "me":
            key = f"{step.goal}/{step.text}"
            found.append(Entry(_uid(pair, key), f"Milestone: {step.text}", step.by))
    return found


def write_calendar(lines: Sequence[Entry], zone: tzinfo | None) -> bytes:
    """The calendar file; hours are read by the clock of ``zone`` (None: here) and kept as UTC."""
    calendar = Calendar()
    calendar.add("PRODID", "-//coach//mentoring//EN")
    calendar.add("VERSION", "2.0")
    for line in sorted(lines, key=lambda one: (one.on, one.at or time(), one.uid)):
        calendar.add_component(_event(line, zone))
    return bytes(calendar.to_ical())


def _event(line: Entry, zone: tzinfo | None) -> Event:
    event = Event()
    event.add("UID", line.uid)
    event.add("DTSTAMP", datetime.now(UTC))
    event.add("SUMMARY", line.title)
    if line.at is None:
        event.add("DTSTART", line.on)
        event.add("TRANSP", "TRANSPARENT")
    else:
        local = datetime.combine(line.on, line.at, tzinfo=zone)
        event.add("DTSTART", local.astimezone(UTC))
        if line.minutes:
            event.add("DURATION", timedelta(minutes=line.minutes))
    if line.place:
        event.add("LOCATION", line.place)
    return event


def _uid(pair: Pair, key: str) -> str:
    """Always the same for one entry, so that a calendar that reads the file again has it once."""
    return f"{OWN}{uuid5(NAMESPACE_URL, f'{pair.created_at.isoformat()}/{key}')}@coach"
