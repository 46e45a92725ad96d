"""Rules for weeks, months, quarters, seasons and years told from today, and for their ends."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from coach.memory.dates import calendar as cal
from coach.memory.dates.months import named_month
from coach.memory.dates.scene import Core, Rule, Scene, rule
from coach.memory.dates.words import (
    MONTH,
    MONTH_TAIL,
    ORDINAL_WORDS,
    WHICH,
    YEAR_TAIL,
    on_year,
    stands_alone,
)

_SPANS = {
    "month": cal.month_of,
    "quarter": cal.quarter_of,
    "year": cal.year_of,
}


def _span_of(day: date, unit: str, scene: Scene) -> cal.Interval:
    if unit == "week":
        return cal.week_of(day, scene.locale.sunday_first)
    return _SPANS[unit](day)


def _period(match: re.Match[str], scene: Scene) -> Core | None:
    """ "next week", "last month", "the week after next"; "this week" says no more than "soon"."""
    unit = match["unit"].lower()
    if match.group().lower().startswith(("the last", "the past")):
        return None
    step = {"next": 1, "coming": 1, "following": 1, "last": -1, "past": -1, "previous": -1}[
        match["mod"].lower()
    ]
    moved = cal.shift(scene.on, step * (1 if match["again"] is None else 2), unit)
    if moved is None or not stands_alone(scene.text, match.end()):
        return None
    first, last = _span_of(moved, unit, scene)
    return Core(first, last)


def _end_of(match: re.Match[str], scene: Scene) -> Core | None:
    unit = (match["unit"] or "").lower()
    if match["month"]:
        return Core(named_month(match, scene)[1])
    if match["y4"]:
        return Core(date(int(match["y4"]), 12, 31))
    if match["season"]:
        return Core(_season_span(match, scene)[1])
    if unit in {"day", "play", "business"}:
        lead = scene.lead(match.start())
        return Core(scene.on) if lead and lead.relation == "by" else None
    step = {"next": 1, "last": -1}.get((match["mod"] or "").lower(), 0)
    if not step and not match["mod"] and scene.tense(match.start(), match.end()) == "past":
        lead = scene.lead(match.start())
        step = -1 if lead and lead.relation == "on" else 0
    moved = cal.shift(scene.on, step, unit)
    if moved is None:
        return None
    if unit == "week":
        friday = cal.weekday_in_week(4, moved, scene.locale.sunday_first)
        return Core(friday if step or friday >= scene.on else friday + timedelta(days=7))
    return Core(_SPANS[unit](moved)[1])


def _short_end(match: re.Match[str], scene: Scene) -> Core | None:
    word = match["unit"].lower()
    unit = {"eom": "month", "eoq": "quarter", "eoy": "year"}.get(
        word, re.sub(r"['’-].*|\s.*", "", word)
    )
    lead = scene.lead(match.start())
    if lead is None or unit not in _SPANS:
        return None
    return Core(_SPANS[unit](scene.on)[1])


def _season_span(match: re.Match[str], scene: Scene) -> cal.Interval:
    name, on = match["season"].lower(), scene.on
    mod = (match.groupdict().get("smod") or "").lower()
    year = on_year(match, on)
    if year is not None:
        return cal.season(name, year, scene.locale.southern)
    spans = [cal.season(name, y, scene.locale.southern) for y in range(on.year - 2, on.year + 3)]
    if mod == "last":
        return [s for s in spans if s[1] < on][-1]
    if mod == "next":
        return next(s for s in spans if s[0] > on)
    tense = "unknown" if mod in {"this", "coming"} else scene.tense(match.start(), match.end())
    return cal.pick(spans, on, tense)


def _season(match: re.Match[str], scene: Scene) -> Core | None:
    lead = scene.lead(match.start())
    if not (match["smod"] or match["y"]) and (
        lead is None or lead.words in {"for", "to", "at", "on", "about"}
    ):
        return None
    if not stands_alone(scene.text, match.end()):
        return None
    return Core(*_season_span(match, scene), roll=relativedelta(years=1))


def _quarter(match: re.Match[str], scene: Scene) -> Core | None:
    word = (match["q"] or match["nth"]).lower()
    n = int(word) if word.isdigit() else ORDINAL_WORDS[word]
    year = on_year(match, scene.on)
    first = [date(y, 3 * n - 2, 1) for y in range(scene.on.year - 1, scene.on.year + 2)]
    spans = [cal.quarter_of(d) for d in ([date(year, 3 * n - 2, 1)] if year else first)]
    span = spans[0] if year else cal.pick(spans, scene.on, scene.tense(match.start(), match.end()))
    return Core(span[1]) if match["end"] else Core(*span)


def _week_of_month(match: re.Match[str], scene: Scene) -> Core | None:
    first, last = named_month(match, scene)
    which = match["which"].lower()
    if match["what"].lower() == "day":
        return Core(last if which == "last" else first)
    if match["what"].lower() == "half":
        return (
            Core(first, first.replace(day=15))
            if which == "first"
            else Core(first.replace(day=16), last)
        )
    if which == "last":
        return Core(last - timedelta(days=6), last)
    begin = first + timedelta(days=7 * (ORDINAL_WORDS[which] - 1))
    return Core(begin, min(begin + timedelta(days=6), last))


def _half(match: re.Match[str], scene: Scene) -> Core | None:
    year = on_year(match, scene.on)
    if year is None:
        return None
    if match["half"].lower() == "first":
        return Core(date(year, 1, 1), date(year, 6, 30))
    return Core(date(year, 7, 1), date(year, 12, 31))


_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
RULES: tuple[Rule, ...] = (
    rule(
        r"(?:the\s+)?(?P<half>first|second)\s+half\s+of\s+(?:(?P<y>(?:19|20)\d\d)|(?P<ry>next|this|last)\s+year)",
        _half,
    ),
    rule(
        rf"(?:the\s+)?{WHICH}\s+(?P<what>week|day|half)\s+(?:of|in)\s+{MONTH_TAIL}", _week_of_month
    ),
    rule(
        r"(?:the\s+)?(?:very\s+)?end\s+(?:of\s+)?(?:the\s+)?(?:(?P<mod>next|last|this)\s+)?"
        rf"(?:(?P<unit>week|month|quarter|year|day|play|business)|(?P<month>{MONTH}){YEAR_TAIL}"
        rf"|(?P<y4>(?:19|20)\d\d)|{_SEASON})",
        _end_of,
    ),
    rule(
        r"(?P<unit>(?:month|quarter|year)(?:(?:['’]s)?[- ]end|\s+(?:ends|is\s+(?:out|over)))"
        r"|eom|eoq|eoy)",
        _short_end,
    ),
    rule(
        rf"(?:(?P<end>(?:the\s+)?end\s+of\s+)(?:the\s+)?)?(?:Q(?P<q>[1-4])|(?:the\s+)?(?P<nth>first|second|third|fourth)\s+quarter){YEAR_TAIL}",
        _quarter,
    ),
    rule(r"(?:the\s+)?(?P<unit>week|month|year)\s+after\s+(?P<mod>next)(?P<again>)", _period),
    rule(
        r"(?:the\s+)?(?P<mod>next|coming|last|past|previous)\s+(?P<unit>week|month|quarter|year)(?P<again>\s+but\s+one)?",
        _period,
    ),
    rule(rf"(?:the\s+)?(?:(?P<smod>this|next|last|coming)\s+)?{_SEASON}{YEAR_TAIL}", _season),
)
