"""Reading the sessions of a pair from a calendar file."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from icalendar import Calendar, Event

from coach.errors import UsageError
from coach.memory.ics.repeats import Moment, as_wall, starts
from coach.storage.planned import Planned
from coach.text import clean, shorten, words

MAX_BYTES = 10_000_000
AHEAD = timedelta(days=366)
"""How far ahead an event that repeats is followed."""
OWN = "coach-due-"
"""How the uid of a due date that coach has written begins: it is no session."""

_MAX_UID, _MAX_PLACE = 200, 300


@dataclass(frozen=True)
class Meeting:
    """One time that an event of a calendar takes place; ``series`` is shared by its repeats."""

    planned: Planned
    series: str


@dataclass
class Found:
    """What a calendar file holds from a day on.

    ``series`` are all the events, also those that are cancelled or take place no more; ``past``
    counts the meetings that were left out because they lie behind; ``faults`` say, event by event,
    what could not be read.
    """

    meetings: list[Meeting] = field(default_factory=list)
    series: dict[str, str] = field(default_factory=dict)
    past: int = 0
    faults: list[str] = field(default_factory=list)


def read_calendar(data: bytes, zone: tzinfo | None, today: date) -> Found:
    """The meetings in a calendar file from ``today`` on, by the clock of ``zone`` (None: here).

    Raises :class:`UsageError` for a file that is no calendar.
    """
    calendars = _parsed(data)
    found = Found()
    by_uid: dict[str, list[Event]] = defaultdict(list)
    for calendar in calendars:
        cancels = str(calendar.get("METHOD", "")).upper() == "CANCEL"
        for event in calendar.walk("VEVENT"):
            key = _key(event)
            if key.startswith(OWN):
                continue
            found.series[key] = f"{found.series.get(key, '')} {_said(event)}".strip()
            if not cancels:
                by_uid[key].append(event)
    for key, events in by_uid.items():
        try:
            meetings = list(_meetings(key, events, zone, today))
        except (ValueError, TypeError, OverflowError, ArithmeticError) as error:
            title = shorten(_text(events[0], "SUMMARY") or key, 60)
            found.faults.append(f"{title}: {_reason(error)}")
            continue
        ahead = [one for one in meetings if one.planned.on >= today]
        found.past += len(meetings) - len(ahead)
        found.meetings += ahead
    return found


def choose(found: Found, name: str, match: str | None, every: bool) -> set[str]:
    """The series that are sessions with the person called ``name``.

    Those that hold the words of ``match``; else those that name the person; else the only one
    there is; with ``every``, all. Raises :class:`UsageError` when that leaves none.
    """
    if every or not found.series:
        return set(found.series)
    if match:
        wanted = match.casefold()
        chosen = {key for key, said in found.series.items() if wanted in said.casefold()}
        if chosen:
            return chosen
        raise UsageError("Calendar", f"no event in it says {match!r}", "Try another word.")
    names = {word for word in words(name) if len(word) > 1}
    chosen = {key for key, said in found.series.items() if names & set(words(said))}
    if chosen or len(found.series) == 1:
        return chosen or set(found.series)
    raise UsageError(
        "Calendar", f"none of its {len(found.series)} events names {name}",
        "Say which are meant with --match WORDS, or take them all with --all.",
    )  # fmt: skip


def gone(known: Sequence[Planned], found: Found, chosen: set[str], today: date) -> list[str]:
    """The uids of sessions planned from ``today`` on that their series holds no longer."""
    there = {one.planned.uid for one in found.meetings}
    return [
        one.uid
        for one in known
        if one.on >= today and one.uid not in there and one.uid.partition("#")[0] in chosen
    ]


def _parsed(data: bytes) -> Sequence[Any]:
    try:
        if len(data) > MAX_BYTES:
            raise ValueError(f"it is over {MAX_BYTES // 1_000_000} MB")
        calendars = Calendar.from_ical(data.decode("utf-8-sig"), multiple=True)
    except UnicodeDecodeError:
        raise UsageError(
            "Calendar", "the file is not UTF-8 text", "Export it from your calendar again."
        ) from None
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise UsageError(
            "Calendar", f"the file is no calendar: {_reason(error)}",
            "Give an .ics file as your calendar exports it.",
        ) from None  # fmt: skip
    found = [one for one in calendars if one.name == "VCALENDAR"]
    if not any(calendar.walk("VEVENT") for calendar in found):
        raise UsageError(
            "Calendar", "the file holds no event", "Give an .ics file with the sessions in it."
        )
    return found


def _meetings(
    key: str, events: Sequence[Event], zone: tzinfo | None, today: date
) -> Iterator[Meeting]:
    """Each time of one event; those that were moved or cancelled by themselves stand in place."""
    masters = [event for event in events if "RECURRENCE-ID" not in event]
    changed = [event for event in events if "RECURRENCE-ID" in event]
    origin = _moment(masters[0] if masters else changed[0], "DTSTART")
    instead = {as_wall(_moment(one, "RECURRENCE-ID"), origin): one for one in changed}
    for event in masters[-1:]:
        if _cancelled(event):
            continue
        start = _moment(event, "DTSTART")
        single = "RRULE" not in event and "RDATE" not in event
        for moment in starts(event, start, today, today + AHEAD):
            wall = as_wall(moment, origin)
            if wall not in instead:
                uid = key if single else f"{key}#{wall:%Y%m%dT%H%M}"
                yield _meeting(event, key, uid, moment, zone)
    if masters and _cancelled(masters[-1]):
        return
    for wall, event in instead.items():
        if not _cancelled(event):
            moment = _moment(event, "DTSTART")
            yield _meeting(event, key, f"{key}#{wall:%Y%m%dT%H%M}", moment, zone)


def _meeting(event: Event, key: str, uid: str, moment: Moment, zone: tzinfo | None) -> Meeting:
    place = shorten(_text(event, "LOCATION"), _MAX_PLACE)
    if not isinstance(moment, datetime):
        return Meeting(Planned(moment, None, None, place, uid), key)
    local = moment.astimezone(zone) if moment.tzinfo else moment
    at = local.time().replace(second=0, microsecond=0, tzinfo=None)
    return Meeting(Planned(local.date(), at, _minutes(event), place, uid), key)


def _minutes(event: Event) -> int | None:
    length = getattr(event.get("DURATION"), "dt", None)
    start, end = (getattr(event.get(name), "dt", None) for name in ("DTSTART", "DTEND"))
    if length is None and isinstance(start, datetime) and isinstance(end, datetime):
        if (start.tzinfo is None) != (end.tzinfo is None):
            return None
        length = end - start
    if not isinstance(length, timedelta) or not timedelta(0) < length < timedelta(days=1):
        return None
    return max(1, round(length.total_seconds() / 60))


def _moment(event: Event, name: str) -> Moment:
    value = getattr(event.get(name), "dt", None)
    if isinstance(value, date):
        return value
    raise ValueError("it has no start that can be read")


def _cancelled(event: Mapping[str, Any]) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _key(event: Event) -> str:
    """What tells an event from others; without "#", which sets off the single repeats."""
    uid = _text(event, "UID") or f"{_text(event, 'DTSTART')} {_text(event, 'SUMMARY')}"
    if len(uid) <= _MAX_UID and "#" not in uid and "UID" in event:
        return uid
    return hashlib.sha256(uid.encode("utf-8", "replace")).hexdigest()


def _said(event: Event) -> str:
    parts = [_text(event, name) for name in ("SUMMARY", "DESCRIPTION", "LOCATION")]
    for name in ("ATTENDEE", "ORGANIZER"):
        people = event.get(name)
        for one in people if isinstance(people, list) else [people] if people else []:
            parts += [str(getattr(one, "params", {}).get("CN", "")), str(one)]
    return " ".join(part for part in parts if part)


def _text(event: Event, name: str) -> str:
    value = event.get(name)
    if isinstance(value, list):
        value = value[0]
    shown = value.to_ical().decode() if name == "DTSTART" and value is not None else value
    return " ".join(clean(str(shown or ""), None).split())


def _reason(error: Exception) -> str:
    return shorten(" ".join(clean(str(error), None).split()) or type(error).__name__, 120)
