"""The times at which a calendar's event takes place: once, or again and again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.rrule import rruleset, rrulestr
from icalendar import Event
from icalendar.prop import vRecur

Moment = date | datetime
"""A day without an hour, or a time: in a time zone, or by the clock of whoever reads it."""

_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_MARGIN = timedelta(days=2)


def starts(event: Event, start: Moment, first: date, last: date) -> Iterator[Moment]:
    """The starts of an event that begins at ``start``; of one that repeats, those about the days
    from ``first`` to ``last``.

    Repeats keep the hour of their own time zone over a change of the clocks. Raises ValueError for
    a rule that cannot be followed.
    """
    rules, more = _listed(event.get("RRULE")), list(_moments(event.get("RDATE")))
    if not rules and not more:
        yield start
        return
    wall = as_wall(start, start)
    every = rruleset()
    every.rdate(wall)
    for rule in rules:
        every.rrule(_rule(rule, wall, start))
    for moment in more:
        every.rdate(as_wall(moment, start))
    for moment in _moments(event.get("EXDATE")):
        every.exdate(as_wall(moment, start))
    after = datetime.combine(first, time()) - _MARGIN
    for found in every.between(after, datetime.combine(last, time()) + _MARGIN, inc=True):
        yield from_wall(found, start)


def as_wall(moment: Moment, like: Moment) -> datetime:
    """``moment`` by the clock on the wall where ``like`` is, without a zone."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    zone = like.tzinfo if isinstance(like, datetime) else None
    if moment.tzinfo is not None and zone is not None:
        moment = moment.astimezone(zone)
    return moment.replace(tzinfo=None)


def from_wall(wall: datetime, like: Moment) -> Moment:
    """What :func:`as_wall` gave ``wall`` for."""
    return wall.replace(tzinfo=like.tzinfo) if isinstance(like, datetime) else wall.date()


def _rule(rule: Any, wall: datetime, start: Moment) -> Any:
    if not isinstance(rule, vRecur) or _OFTEN & set(map(str, rule.get("FREQ", []))):
        raise ValueError("it repeats in a way that is not understood")
    parts = {key: value for key, value in rule.items() if key != "UNTIL"}
    text = vRecur(parts).to_ical().decode()  # type: ignore[no-untyped-call]  # the library's own
    for until in _listed(rule.get("UNTIL"))[:1]:
        # dateutil wants the end by the same clock as the start; a day ends with its last hour.
        end = as_wall(until, start)
        whole_day = not isinstance(until, datetime)
        text += f";UNTIL={end + timedelta(hours=23, minutes=59) * whole_day:%Y%m%dT%H%M%S}"
    return rrulestr(text, dtstart=wall)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _moments(value: Any) -> Iterable[Moment]:
    """The moments of an RDATE or EXDATE; of a period, its start."""
    for part in _listed(value):
        for one in getattr(part, "dts", ()):
            moment = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            if isinstance(moment, date):
                yield moment
