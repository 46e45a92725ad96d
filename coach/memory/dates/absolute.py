"""Rules for dates that name a day: "9 March", "March 9th", "the 22nd", "9/3", "2026-03-09"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from coach.memory.dates import calendar as cal
from coach.memory.dates.months import YEARLY
from coach.memory.dates.scene import Core, Rule, Scene, rule
from coach.memory.dates.tense import Tense
from coach.memory.dates.words import (
    DAY,
    FULL_WEEKDAY,
    MONTH,
    ORDINAL,
    ORDINAL_WORD,
    ORDINAL_WORDS,
    WEEKDAY,
    YEAR,
    month_number,
    on_year,
    stands_alone,
    weekday_number,
    word_set,
)

MONTHLY = relativedelta(months=1)
WEEK_OF = re.compile(
    r"\b(?:(?P<by>by|before|until|till)\s+)?(?:the\s+)?"
    r"(?:w/c|wc|(?:week|wk)\s+(?:of|beginning|commencing|starting))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_DOUBTFUL = frozenset(("may", "march", "mar"))
"""Months that are words of their own without a capital."""
_WD = rf"(?:(?P<wd>{WEEKDAY}),?\s+(?:\(\s*)?(?:the\s+)?)?"
_REL_YEAR = r"(?:,?\s+(?:of\s+)?(?P<ry>next|this|last)\s+year)"
_TAIL = rf"(?:(?:,\s*|\s+|-)(?P<y>{YEAR})\b|{_REL_YEAR})?(?:\s*\((?:a )?{FULL_WEEKDAY}\))?"


def day_in(text: str) -> int:
    """The day of the month in "9", "9th" or "ninth"."""
    low = text.lower().strip().replace(" ", "-")
    return ORDINAL_WORDS[low] if low in ORDINAL_WORDS else int(re.sub(r"\D", "", low))


def dated(day: int, month: int, year: int) -> date | None:
    """The date, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_month(match: re.Match[str], scene: Scene) -> Core | None:
    month, day = month_number(match["month"]), day_in(match["day"])
    if match["month"] in _DOUBTFUL and not stands_alone(scene.text, match.end()):
        return None
    year = on_year(match, scene.on)
    if year is not None:
        return Core(dated(day, month, year))
    found = cal.month_day(month, day, scene.on, scene.tense(match.start(), match.end()))
    if found is None:
        return None
    if match["wd"]:
        found = _agreeing(found, weekday_number(match["wd"]))
    return Core(found, roll=YEARLY)


def _agreeing(found: date, weekday: int) -> date:
    """``found``, or the same day one year off where only that one falls on the weekday said."""
    if found.weekday() == weekday:
        return found
    for years in (1, -1):
        other = found + relativedelta(years=years)
        if other.weekday() == weekday:
            return other
    return found


def _month_day(match: re.Match[str], scene: Scene) -> Core | None:
    lead = scene.lead(match.start())
    if match["day"].isdigit() and not match["the"] and not match.groupdict().get("y"):
        # "in March 20 people came": a bare number after a month is its day only outside "in".
        if (lead and lead.words == "in") or match["month"] in _DOUBTFUL:
            return None
        if not stands_alone(scene.text, match.end()):
            return None
    return _day_month(match, scene)


def _iso(match: re.Match[str], scene: Scene) -> Core | None:
    found = dated(int(match["d"]), int(match["m"]), int(match["y"]))
    return Core(found) if found else None


_ROUND = frozenset({15, 20, 24, 25, 30})
"""Days that are as often the whole of a score: "18/20"."""


def is_month_first(match: re.Match[str]) -> bool:
    """Whether the numbers ``a`` and ``b`` can only be a month and its day: "3/26"."""
    month, day = int(match["a"]), int(match["b"])
    return month <= 12 < day <= 31 and day not in _ROUND


def _numeric(match: re.Match[str], scene: Scene) -> Core | None:
    first, second = int(match["a"]), int(match["b"])
    day_first = scene.locale.day_first or match["sep"] == "."
    day, month = (first, second) if day_first else (second, first)
    if month > 12 >= day:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if match["y"]:
        year = int(match["y"]) if len(match["y"]) == 4 else 2000 + int(match["y"])
        found = dated(day, month, year)
        return Core(found) if found and 1900 <= year <= 2199 else None
    lead = scene.lead(match.start())
    marked = lead is not None and lead.words not in {"in", "at", "to", "about", "over"}
    # "31/3" and "24/03" are no scores; "24/7" is no day.
    marked = marked or (
        match["sep"] == "/"
        and (first, second) != (24, 7)
        and (first > 12 or "0" in (match["a"][0], match["b"][0]) or is_month_first(match))
    )
    if not (marked or match["wd"]) or match["sep"] not in "/.":
        return None
    if match["sep"] == "." and scene.text[match.end() - 1] != ".":
        return None
    found = cal.month_day(month, day, scene.on, scene.tense(match.start(), match.end()))
    return Core(found, roll=YEARLY) if found else None


_LEAST_IN_WORDS = 4
"""The first to the third are said of much else, but for "by the first"."""
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_TOLD_MONTH = re.compile(
    rf"\b(?:in\s+|(?:the\s+)?(?P<first>{DAY})\s+(?:of\s+)?)(?P<month>{MONTH})\b(?!\s+\d)",
    re.IGNORECASE,
)
_SOON = timedelta(days=150)
_LASTS_TO = word_set("until till til to through")
_DEADLINES = word_set("by within before until till")
_NOT_BEFORE_DAYS = word_set("in at over during through")
_DAY_LEADS = word_set("on by before until till til from since after")


def _the_day(match: re.Match[str], scene: Scene) -> Core | None:
    lead = scene.lead(match.start())
    in_words = match["day"][0].isalpha()
    if lead is not None and lead.words in _NOT_BEFORE_DAYS and not match["wd"]:
        return None
    due = lead is not None and lead.words in _DEADLINES
    if in_words and (lead is None or (day_in(match["day"]) < _LEAST_IN_WORDS and not due)):
        return None
    if match["day"].isdigit() and not match["wd"] and not due:
        return None
    on_its_own = lead is not None and lead.words.split()[-1] in _DAY_LEADS and not in_words
    of_week = WEEK_OF.search(scene.text, max(0, match.start() - 28), match.start())
    if not (match["the"] or match["wd"] or on_its_own or of_week or (lead and lead.the)):
        return None
    if not stands_alone(scene.text, match.end()):
        return None
    day, rest = day_in(match["day"]), match.groupdict().get("rest")
    if rest:
        base = scene.on + relativedelta(months={"next": 1, "this": 0, "last": -1}[rest.lower()])
        found = dated(day, base.month, base.year)
        return Core(found) if found else None
    tense = scene.tense(match.start(), match.end())
    if not match["wd"] and (found := _in_month_told(match, day, scene, tense)):
        return Core(found, roll=YEARLY)
    if match["wd"]:
        return Core(_weekday_day(weekday_number(match["wd"]), day, scene.on, tense), roll=MONTHLY)
    return Core(cal.day_of_month(day, scene.on, tense), roll=MONTHLY)


def _in_month_told(match: re.Match[str], day: int, scene: Scene, tense: Tense) -> date | None:
    """The day in the month that its sentence has told before, if it is one of the next months.

    "The slot is the 16th of July, and the mould must be there by the 9th." After a day of that
    month, what lasts until a lower one lasts into the month after.
    """
    if tense == "past":
        return None
    before = _SENTENCE_END.split(scene.text[: match.start()])[-1]
    told = list(_TOLD_MONTH.finditer(before))
    if not told:
        return None
    last = told[-1]
    found = cal.month_day(month_number(last["month"]), day, scene.on, "future")
    if found is None or found > scene.on + _SOON:
        return None
    lead = scene.lead(match.start())
    goes_on = lead is not None and lead.words in _LASTS_TO
    if last["first"] and day_in(last["first"]) > day and goes_on:
        return found + MONTHLY
    return found


def _weekday_day(weekday: int, day: int, on: date, tense: str) -> date:
    """ "Monday the 12th": the nearest such date where they agree, else the plain 12th."""
    forward = cal.day_of_month(day, on, "future")
    back = cal.day_of_month(day, on, "past")
    order = (back, forward) if tense == "past" else (forward, back)
    return next((d for d in order if d.weekday() == weekday), order[0])


RULES: tuple[Rule, ...] = (
    rule(
        r"(?P<y>(?:19|20|21)\d\d)(?P<isep>[-/])(?P<m>\d\d)(?P=isep)(?P<d>\d\d)(?:T[\d:.]+Z?)?", _iso
    ),
    rule(
        rf"{_WD}(?P<a>\d{{1,2}})(?P<sep>[/.-])(?P<b>\d{{1,2}})"
        r"(?:(?P=sep)(?P<y>\d{4}|\d\d)|(?<=\.\d)\.|(?<=\.\d\d)\.)?(?![\d/%])(?!\.\d)",
        _numeric,
    ),
    rule(
        rf"{_WD}(?:the\s+)?(?P<day>{DAY}\.?|{ORDINAL_WORD})\s*(?:\s+of\s+|-)?"
        rf"(?P<month>{MONTH}){_TAIL}",
        _day_month,
    ),
    rule(
        rf"{_WD}(?P<month>{MONTH})\s*(?P<the>the\s+)?(?P<day>{DAY}|{ORDINAL_WORD})"
        rf"(?![\d:%/]|[.,]\d|\s*(?:am|pm|%)){_TAIL}",
        _month_day,
    ),
    rule(
        rf"(?P<wd>)(?P<the>the\s+)?(?P<day>{ORDINAL}|{ORDINAL_WORD})\s+(?:of\s+)?(?:the\s+)?"
        r"(?P<rest>next|this|last)\s+month",
        _the_day,
    ),
)

PLAIN_RULES: tuple[Rule, ...] = (
    rule(r"(?P<wd>)(?P<the>the\s+)(?P<day>(?:[1-9]|[12]\d|3[01]))(?=\s*(?:[.,;)]|$))", _the_day),
    rule(rf"{_WD}(?P<the>the\s+)?(?P<day>{ORDINAL}|{ORDINAL_WORD})", _the_day),
    rule(
        rf"(?P<wd>{WEEKDAY}),?\s+(?P<the>the\s+)?(?P<day>{DAY})"
        r"(?![\d:.%/]|\s*(?:am|pm|o'clock|%))",
        _the_day,
    ),
)
