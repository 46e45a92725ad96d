"""Rules for months and years: "in October", "mid-April", "next June", "in 2027"."""

from __future__ import annotations

import re
from datetime import date

from dateutil.relativedelta import relativedelta

from coach.memory.dates import calendar as cal
from coach.memory.dates.scene import Core, Rule, Scene, rule
from coach.memory.dates.words import (
    MONTH,
    YEAR_TAIL,
    month_number,
    on_year,
    stands_alone,
    word_set,
)

YEARLY = relativedelta(years=1)


def month_span(month: int, on: date, tense: str, year: int | None = None) -> cal.Interval:
    """The month meant on ``on``: of ``year``, else the current or coming (or past) one."""
    if year is not None:
        return cal.month_of(date(year, month, 1))
    spans = [cal.month_of(date(y, month, 1)) for y in range(on.year - 1, on.year + 3)]
    return cal.pick(spans, on, tense)


def named_month(match: re.Match[str], scene: Scene) -> cal.Interval:
    """The month in a match with ``month``, and perhaps ``mod`` (next, last), ``y`` or ``ry``."""
    month, mod = month_number(match["month"]), (match.groupdict().get("mod") or "").lower()
    if mod in {"last", "past", "this past"}:
        return month_span(month, scene.on.replace(day=1), "gone")
    if mod in {"next", "coming", "this coming"}:
        return month_span(month, cal.last_of_month(scene.on) + relativedelta(days=1), "future")
    tense = "present" if mod == "this" else scene.tense(match.start(), match.end())
    return month_span(month, scene.on, tense, on_year(match, scene.on))


def _month(match: re.Match[str], scene: Scene) -> Core | None:
    lead = scene.lead(match.start())
    said = match["mod"] or match["y"] or match["ry"]
    if not said and (lead is None or lead.the or lead.words in _NOT_BEFORE_MONTHS):
        moved = lead is not None and lead.words == "to" and not lead.the
        if lead is None or not (moved and _MOVED.search(scene.text, 0, lead.start)):
            return None
    if lead is not None and lead.the and not match["y"]:
        return None
    if not said and not stands_alone(scene.text, match.end()):
        return None
    first, last = named_month(match, scene)
    return Core(first, last, roll=YEARLY)


# "a page about August" is left alone; so is "march" in "to march".
_NOT_BEFORE_MONTHS = word_set("at to over for about circa roughly latest")
_MOVED = re.compile(
    r"\b(?:moved|postponed|shifted|pushed|put|delayed|deferred|rescheduled|slipped|slips)"
    r"(?: (?:it|that|this|back|off|out|forward|on))*\s+$",
    re.IGNORECASE,
)
_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


def _part_of_month(match: re.Match[str], scene: Scene) -> Core | None:
    first, last = named_month(match, scene)
    word = re.sub(r"[\s-].*", "", match["part"].lower())
    begin, end = _PARTS[{"middle": "mid", "beginning": "early", "start": "early"}.get(word, word)]
    return Core(
        first.replace(day=begin), min(last, first.replace(day=min(end, last.day))), relation="about"
    )


def _year(match: re.Match[str], scene: Scene) -> Core | None:
    lead = scene.lead(match.start())
    if lead is None or lead.the or lead.words not in _YEAR_LEADS:
        return None
    if not stands_alone(scene.text, match.end()):
        return None
    first, last = cal.year_of(date(int(match["y"]), 1, 1))
    return Core(first, last)


_YEAR_LEADS = word_set("in by until till since before after from during throughout") | {
    "ever since", "as of", "starting in", "sometime in", "some time in",
}  # fmt: skip

RULES: tuple[Rule, ...] = (
    rule(
        r"(?P<part>early|mid|late|middle\s+of|(?:beginning|start)\s+of)[\s-]+"
        rf"(?:in\s+)?(?:(?P<mod>next|last|this)\s+)?(?P<month>{MONTH}){YEAR_TAIL}",
        _part_of_month,
    ),
    rule(
        r"(?:(?P<mod>next|last|this(?: coming| past)?|coming|past)\s+)?"
        rf"(?P<month>{MONTH}){YEAR_TAIL}",
        _month,
    ),
    rule(r"(?P<y>(?:19[5-9]|20\d)\d)", _year),
)
