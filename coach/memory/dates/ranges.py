"""Rules for ranges that share a month: "3 to 9 May", "May 3-9", "March to May"."""

from __future__ import annotations

import re
from datetime import date

from dateutil.relativedelta import relativedelta

from coach.memory.dates import calendar as cal
from coach.memory.dates.absolute import dated, day_in
from coach.memory.dates.months import YEARLY, month_span
from coach.memory.dates.scene import Core, Rule, Scene, rule
from coach.memory.dates.words import (
    DAY,
    MONTH,
    ORDINAL,
    ORDINAL_WORD,
    WEEKDAY,
    YEAR_TAIL,
    month_number,
    on_year,
    stands_alone,
)

_TO = r"\s*(?:to|and|or|until|till|til|through|thru|-|–|—|/|&)\s*"
_DAY = rf"(?:{DAY}\.?|{ORDINAL_WORD})"
_WDS = rf"(?:{WEEKDAY},?\s+)?(?:the\s+)?"


def _within_month(match: re.Match[str], scene: Scene) -> Core | None:
    """Two days of one month; "28 to 3 May" starts in the month before."""
    month, first, last = month_number(match["month"]), day_in(match["a"]), day_in(match["b"])
    year = on_year(match, scene.on)
    if year is not None:
        end = dated(last, month, year)
    else:
        end = cal.month_day(month, last, scene.on, scene.tense(match.start(), match.end()))
    if end is None:
        return None
    start_month = end if first < last else end.replace(day=1) - relativedelta(days=1)
    start = dated(first, start_month.month, start_month.year)
    if start is None or first == last:
        return None
    return Core(start, end, relation="between", roll=YEARLY)


def _days_of_month(match: re.Match[str], scene: Scene) -> Core | None:
    """ "the 3rd to the 9th", with the month left open."""
    if not stands_alone(scene.text, match.end()) or day_in(match["a"]) >= day_in(match["b"]):
        return None
    end = cal.day_of_month(day_in(match["b"]), scene.on, scene.tense(match.start(), match.end()))
    start = dated(day_in(match["a"]), end.month, end.year)
    return Core(start, end, relation="between") if start else None


def _months(match: re.Match[str], scene: Scene) -> Core | None:
    year = on_year(match, scene.on)
    tense = scene.tense(match.start(), match.end())
    first = month_span(month_number(match["m1"]), scene.on, tense, year)[0]
    last = month_span(month_number(match["m2"]), first, "future")[1]
    if year is not None and last.year != year:
        first = date(first.year - 1, first.month, 1)
        last = month_span(month_number(match["m2"]), first, "future")[1]
    return Core(first, last, relation="between", roll=YEARLY)


_OPEN = r"(?:(?:from|between)\s+)?"
RULES: tuple[Rule, ...] = (
    rule(
        rf"{_OPEN}{_WDS}(?P<a>{_DAY}){_TO}{_WDS}(?P<b>{_DAY})\s*(?:of\s+)?(?P<month>{MONTH})"
        rf"{YEAR_TAIL}",
        _within_month,
    ),
    rule(
        rf"{_OPEN}(?P<month>{MONTH})\s+(?P<a>{_DAY}){_TO}(?:the\s+)?(?P<b>{_DAY})"
        rf"(?![\d:%]|\s*(?:am|pm)){YEAR_TAIL}",
        _within_month,
    ),
    rule(rf"{_OPEN}{_WDS}(?P<a>{ORDINAL}){_TO}{_WDS}(?P<b>{ORDINAL})", _days_of_month),
    rule(
        rf"(?:from|between|in|over)\s+(?P<m1>{MONTH})"
        rf"\s*(?:to|and|or|until|till|through|-|–|/)\s*(?P<m2>{MONTH}){YEAR_TAIL}",
        _months,
    ),
)
