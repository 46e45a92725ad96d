"""Calendar arithmetic: which day a partial date means, seen from another day. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

Interval = tuple[date, date]

_SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
JUST_GONE = 28
"""Days. A date this little past is taken as past when nothing says that it is to come."""
_UNITS = {"wk": "week", "mth": "month", "yr": "year", "night": "day", "evening": "day"}
SOON, LONG_GONE = 75, 240
"""Days. Even after a verb in the past, a date this near ahead beats one that long ago."""


def last_of_month(day: date) -> date:
    """The last day of the month of ``day``."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_of(day: date) -> Interval:
    """First and last day of the month of ``day``."""
    return day.replace(day=1), last_of_month(day)


def week_of(day: date, sunday_first: bool = False) -> Interval:
    """First and last day of the week of ``day``, which begins with its Monday or its Sunday."""
    first = day - timedelta(days=(day.weekday() + sunday_first) % 7)
    return first, first + timedelta(days=6)


def weekday_in_week(weekday: int, day: date, sunday_first: bool = False) -> date:
    """The ``weekday`` (0 is Monday) in the week of ``day``."""
    return week_of(day, sunday_first)[0] + timedelta(days=(weekday + sunday_first) % 7)


def weekend_of(day: date) -> Interval:
    """Saturday and Sunday of the week of ``day``."""
    monday, sunday = week_of(day)
    return monday + timedelta(days=5), sunday


def quarter_of(day: date) -> Interval:
    """First and last day of the calendar quarter of ``day``."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return first, last_of_month(first + relativedelta(months=2))


def year_of(day: date) -> Interval:
    """First and last day of the year of ``day``."""
    return date(day.year, 1, 1), date(day.year, 12, 31)


def season(name: str, year: int, southern: bool = False) -> Interval:
    """The meteorological season that starts in ``year``: autumn is 1 September to 30 November."""
    month = _SEASON_STARTS[name]
    if southern:
        month = (month + 5) % 12 + 1
    first = date(year, month, 1)
    return first, last_of_month(first + relativedelta(months=2))


def pick(spans: list[Interval], on: date, tense: str) -> Interval:
    """Of the yearly occurrences ``spans`` (in order) the one meant on the day ``on``.

    "past": the latest that has begun (see :data:`SOON`). "future" and "present": the first not
    over. "unknown": the same, but one that ended within :data:`JUST_GONE` days is preferred to one
    that is far ahead.
    "gone": the latest that is over, as "last March" says outright.
    """
    begun = [s for s in spans if s[0] <= on]
    ahead = [s for s in spans if s[1] >= on]
    if not ahead or not begun:
        return (begun or ahead)[-1 if begun else 0]
    if tense == "gone":
        return [s for s in begun if s[1] < on][-1]
    if tense == "past":
        # Verbs mislead now and then: "they found a flat and move on 30 May".
        gone, to_come = (on - begun[-1][1]).days, (ahead[0][0] - on).days
        return ahead[0] if 0 < to_come <= SOON and gone > LONG_GONE else begun[-1]
    over = [s for s in begun if s[1] < on]
    if tense == "unknown" and over:
        just_gone = (on - over[-1][1]).days <= JUST_GONE < (ahead[0][0] - on).days
        return over[-1] if just_gone else ahead[0]
    return ahead[0]


def month_day(month: int, day: int, on: date, tense: str) -> date | None:
    """The ``day`` of ``month`` meant on ``on``; None when no year has it (30 February)."""
    years = range(on.year - 8, on.year + 9)
    found = [date(y, month, day) for y in years if 1 <= day <= monthrange(y, month)[1]]
    return pick([(d, d) for d in found], on, tense)[0] if found else None


def day_of_month(day: int, on: date, tense: str) -> date:
    """The next (or, "past", the last) date whose day of the month is ``day`` (1 to 31)."""
    step = -1 if tense == "past" else 1
    first = on.replace(day=1)
    while True:
        if day <= last_of_month(first).day:
            found = first.replace(day=day)
            if (found <= on) if tense == "past" else (found >= on):
                return found
        first += relativedelta(months=step)


def weekday_after(weekday: int, on: date) -> date:
    """The first ``weekday`` (0 is Monday) strictly after ``on``."""
    return on + timedelta(days=(weekday - on.weekday() - 1) % 7 + 1)


def weekday_before(weekday: int, on: date) -> date:
    """The last ``weekday`` (0 is Monday) strictly before ``on``."""
    return on - timedelta(days=(on.weekday() - weekday - 1) % 7 + 1)


def nth_weekday(nth: int, weekday: int, month: Interval) -> date | None:
    """The ``nth`` (1 to 5, or -1 for the last) ``weekday`` of ``month``; None without a fifth."""
    first, last = month
    if nth < 0:
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if found <= last else None


def shift(day: date, count: int, unit: str) -> date | None:
    """``day`` moved by ``count`` units (day, week, fortnight, month, quarter, year).

    None when that leaves the years 1900 to 2199, which no note about a meeting speaks of.
    """
    unit = _UNITS.get(unit.lower(), unit.lower())
    steps = {
        "day": relativedelta(days=count), "week": relativedelta(weeks=count),
        "fortnight": relativedelta(weeks=2 * count), "month": relativedelta(months=count),
        "quarter": relativedelta(months=3 * count), "year": relativedelta(years=count),
    }  # fmt: skip
    try:
        moved = day + steps[unit]
    except (OverflowError, ValueError):
        return None
    return moved if 1900 <= moved.year <= 2199 else None
