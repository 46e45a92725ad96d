"""Days and ages in the words one would say: "on Friday", "two weeks ago", "by 3 May"."""

from __future__ import annotations

from datetime import date, timedelta

_SMALL = ("no", "a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def say_date(day: date, on: date) -> str:
    """``day`` as said on the day ``on``, with its preposition.

    Near days by weekday ("on Friday", "last Tuesday"), whole weeks by number ("in two weeks"),
    the rest by date, with the year when it is another one.
    """
    days = (day - on).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    if abs(days) < 7:
        return f"on {day:%A}" if days > 0 else f"last {day:%A}"
    if days % 7 == 0 and abs(days) <= 21:
        weeks = _weeks(abs(days) // 7)
        return f"in {weeks}" if days > 0 else f"{weeks} ago"
    return f"on {plain_date(day, on)}"


def plain_date(day: date, on: date) -> str:
    """ "9 March", with the year when it is not that of ``on``."""
    return f"{day.day} {day:%B}" if day.year == on.year else f"{day.day} {day:%B} {day.year}"


def say_deadline(day: date, on: date) -> str:
    """A deadline: "by Friday", "by 3 May", "by today"."""
    said = say_date(day, on)
    if day > on and said.startswith("on "):
        return f"by {said.removeprefix('on ')}"
    return (
        f"by {said}" if said in {"today", "tomorrow", "yesterday"} else f"by {plain_date(day, on)}"
    )


def say_span(first: date, last: date | None, on: date) -> str:
    """A day or an interval: "on Friday", "in June", "this weekend", "from 3 to 9 May"."""
    if last is None or last == first:
        return say_date(first, on)
    after = last + timedelta(days=1)
    if first.day == 1 and after.day == 1:
        return _months(first, last, on)
    if first.weekday() == 5 and (last - first).days == 1:
        if 0 <= (last - on).days < 8:
            return "this weekend" if on <= last else "last weekend"
        return f"on the weekend of {plain_date(first, on)}"
    if (last - first).days == 1 and first.month == last.month:
        return f"on {first.day} and {plain_date(last, on)}"
    start = str(first.day) if first.month == last.month else plain_date(first, last)
    return f"from {start} to {plain_date(last, on)}"


def _months(first: date, last: date, on: date) -> str:
    year = "" if last.year == on.year else f" {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"in {first:%B}{year}"
    if first.month == 1 and last.month == 12:
        return f"in {first.year}"
    return f"between {first:%B} and {last:%B}{year}"


def say_age(day: date, on: date) -> str:
    """How long ago ``day`` was: "today", "3 days ago", "5 weeks ago", "4 months ago"."""
    days = (on - day).days
    if days <= 1:
        return "today" if days <= 0 else "yesterday"
    if days < 14:
        return f"{days} days ago"
    if days < 70:
        return f"{days // 7} weeks ago"
    return f"{round(days / 30.4)} months ago"


def say_days(days: int) -> str:
    """ "1 day", "3 days"."""
    return f"{days} day" if days == 1 else f"{days} days"


def _weeks(number: int) -> str:
    return f"{_SMALL[number]} week" if number == 1 else f"{_SMALL[number]} weeks"
