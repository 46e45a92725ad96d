"""Rules for weekdays and weekends: "next Monday", "Tuesday week", "the first Monday in May"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from coach.memory.dates import calendar as cal
from coach.memory.dates.months import named_month
from coach.memory.dates.scene import Core, Rule, Scene, rule
from coach.memory.dates.words import (
    COUNT,
    FULL_WEEKDAY,
    MONTH_TAIL,
    ORDINAL_WORDS,
    PART_OF_DAY,
    RISKY_WEEKDAYS,
    WEEKDAY,
    WHICH,
    number,
    stands_alone,
    weekday_number,
)

WEEKLY = relativedelta(weeks=1)
_OWNED = re.compile(
    r"(?:\b(?:the|an?|his|her|my|our|their|your|its|each other's|usual|regular)|['’]s)\s+$", re.I
)
# "the following Friday" is left to the references; "some Friday" and "Black Friday" are no day.
_TOLD_FROM_ANOTHER = re.compile(
    rf"\b(?:two|three|four|five|six|several|both|\d+)\s+{FULL_WEEKDAY}\s+\w+s\b"
    rf"|\b(?:following|an?|(?<!first )(?<!next )one|some|any|no|which|what)\s+{FULL_WEEKDAY}"
    rf"|\b{FULL_WEEKDAY}\s+(?:of|in)\s+(?:that|the)\b"
    rf"|\b(?:black|good|shrove|ash|whit|easter|maundy|palm|man)\s+{FULL_WEEKDAY}"
    rf"|\bthe\s+{FULL_WEEKDAY}\s+(?:before|after)\b(?!\s+(?:next|the|last|\d))",
    re.I,
)
_LABEL = re.compile(
    r"\s+(?:\w+\s+)?(?:slots?|meetings?|calls?|sessions?|groups?|class(?:es)?|shifts?|lessons?"
    r"|seminars?|clubs?|market|services?|catch-?ups?|stand-?ups?|rota|team|times|telegraph"
    r"|paper|prayers)\b",
    re.I,
)


def _weekday(match: re.Match[str], scene: Scene) -> Core | None:
    name, number_ = match["wd"].lower().rstrip("."), weekday_number(match["wd"])
    mod = re.sub(r"\s+", " ", (match["mod"] or "").lower())
    after = (match["after"] or "").lower().strip()
    lead = scene.lead(match.start())
    if _TOLD_FROM_ANOTHER.search(scene.text, max(0, match.start() - 14), match.end() + 12):
        return None
    if not (lead or mod or after):
        parted = re.search(rf"\s{PART_OF_DAY}$", match.group(), re.I)
        if name in RISKY_WEEKDAYS and not parted and not _clearly_short_day(match, scene):
            return None
        owned = _OWNED.search(scene.text, max(0, match.start() - 16), match.start())
        if owned and not stands_alone(scene.text, match.end()):
            return None
        if _LABEL.match(scene.text, match.end()):
            return None
    elif lead and lead.the and not (mod or after) and not stands_alone(scene.text, match.end()):
        return None
    if lead and name in RISKY_WEEKDAYS and (lead.the or lead.words == "in"):
        return None
    return Core(
        _weekday_date(number_, mod, after, match, scene), roll=None if mod or after else WEEKLY
    )


def _clearly_short_day(match: re.Match[str], scene: Scene) -> bool:
    """Whether "Sat" or "Mon" alone is a day: capitalised, and not where a sentence begins."""
    before = scene.text[: match.start()].rstrip()
    return (
        match["wd"][0].isupper() and bool(before) and (before[-1].isalnum() or before[-1] in ",(&")
    )


def _weekday_date(weekday: int, mod: str, after: str, match: re.Match[str], scene: Scene) -> date:
    on = scene.on
    ahead, back = cal.weekday_after(weekday, on), cal.weekday_before(weekday, on)
    monday = cal.week_of(on)[0]
    if mod in {"last", "past", "this past", "previous"} or after in {"last", "just gone", "gone"}:
        return back
    if mod == "next" or after == "next":
        return monday + timedelta(days=7 + weekday)
    if after in {"week", "fortnight"}:
        return ahead + timedelta(days=7 if after == "week" else 14)
    if after in {"after next"}:
        return monday + timedelta(days=14 + weekday)
    tense = scene.tense(match.start(), match.end())
    if mod == "this":
        this = monday + timedelta(days=weekday)
        return (
            this
            if (this < on) == (tense == "past") or this == on
            else (back if tense == "past" else ahead)
        )
    return back if tense == "past" else ahead


def _day_of_week(match: re.Match[str], scene: Scene) -> Core:
    """ "Friday of next week", "Tuesday to Thursday next week"."""
    within = scene.on + timedelta(weeks={"next": 1, "this": 0, "last": -1}[match["mod"].lower()])
    sunday_first = scene.locale.sunday_first
    first = cal.weekday_in_week(weekday_number(match["wd"]), within, sunday_first)
    last = (
        cal.weekday_in_week(weekday_number(match["wd2"]), within, sunday_first)
        if match["wd2"]
        else None
    )
    return Core(
        first, last if last and last > first else None, relation="between" if last else None
    )


def _weekdays_ahead(match: re.Match[str], scene: Scene) -> Core:
    """ "two Fridays from now"."""
    first = cal.weekday_after(weekday_number(match["wd"]), scene.on)
    return Core(first + timedelta(weeks=number(match["n"]) - 1))


def _nth_weekday(match: re.Match[str], scene: Scene) -> Core | None:
    if match["month"]:
        month = named_month(match, scene)
    else:
        step = {"next": 1, "this": 0, "last": -1}[match["rel"].lower()]
        month = cal.month_of(scene.on + relativedelta(months=step))
    nth = -1 if match["which"].lower() == "last" else ORDINAL_WORDS[match["which"].lower()]
    found = cal.nth_weekday(nth, weekday_number(match["wd"]), month)
    return Core(found) if found else None


def _weekend(match: re.Match[str], scene: Scene) -> Core | None:
    mod, lead = (match["mod"] or "").lower(), scene.lead(match.start())
    if not mod and (lead is None or not (match["the"] or lead.the)):
        return None
    if not stands_alone(scene.text, match.end()):
        return None
    this = cal.weekend_of(scene.on)
    week = timedelta(days=7)
    if mod == "next":
        return Core(this[0] + week, this[1] + week)
    back = mod in {"last", "past", "this past"} or scene.tense(match.start(), match.end()) == "past"
    if back and (mod != "this" or this[0] > scene.on) and not (not mod and this[0] < scene.on):
        return Core(this[0] - week, this[1] - week)
    return Core(*this)


RULES: tuple[Rule, ...] = (
    rule(
        rf"(?P<wd>{WEEKDAY})(?:\s*(?:to|or|and|-|–)\s*(?P<wd2>{WEEKDAY}))?\s+(?:of\s+)?(?P<mod>next|this|last)\s+week",
        _day_of_week,
    ),
    rule(
        rf"(?P<mod>next|this|last)\s+week(?:['’]s)?,?\s+(?:on\s+)?(?P<wd>{FULL_WEEKDAY})(?P<wd2>)\b",
        _day_of_week,
    ),
    rule(rf"(?P<n>{COUNT})\s+(?P<wd>{FULL_WEEKDAY})s\s+from\s+(?:now|today)", _weekdays_ahead),
    rule(
        rf"(?:the\s+)?{WHICH}\s+(?P<wd>{FULL_WEEKDAY})\s+(?:of|in)\s+(?:{MONTH_TAIL}|(?P<rel>next|this|last)\s+month)",
        _nth_weekday,
    ),
    rule(
        r"(?:(?P<the>the)\s+)?(?:(?P<mod>this(?: past)?|next|last|coming|past)\s+)?weekend",
        _weekend,
    ),
)
PLAIN_RULES: tuple[Rule, ...] = (
    rule(
        r"(?:(?P<mod>next|last|this(?:\s+coming|\s+past)?|coming|past|previous)\s+)?"
        rf"(?P<wd>{WEEKDAY})(?:['’]s)?(?P<after>\s+(?:after\s+next|just\s+gone|gone|last|next|week|fortnight)(?!\s+(?:to|of|in|at(?!\s+(?:\d|half|quarter|noon|{COUNT})))\b))?(?:\s+{PART_OF_DAY})?",
        _weekday,
    ),
)
