"""How often, how long, how soon: read from the words people use, and said again in plain ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.memory.dates.words import NUMBERS, WEEKDAY

_N = (
    r"(?:\d+(?:[.,]\d+)?|(?:a )?couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|fifteen|twenty|thirty|forty(?:[- ]five)?|fifty|sixty|ninety|half an?)"
)
_MINUTES = {"minute": 1, "min": 1, "mins": 1, "minutes": 1, "m": 1, "h": 60, "hr": 60, "hrs": 60,
            "hour": 60, "hours": 60}  # fmt: skip
_DAYS = {"hour": 1 / 24, "day": 1, "working day": 1.4, "week": 7, "fortnight": 14, "month": 30.4,
         "quarter": 91.3, "term": 122, "semester": 182, "year": 365}  # fmt: skip
_UNIT = r"(?P<unit>hour|working day|day|week|fortnight|month|quarter|term|semester|year)s?"

_NAMED_RHYTHMS = (
    (r"\b(?:twice|two times) (?:a|per|each|every) week\b|\b2\s*x (?:a )?week(?:ly)?\b", 3.5),
    (r"\b(?:twice|two times) (?:a|per|each|every) month\b|\bbi-?weekly\b|\bfortnightly\b"
     r"|\b(?:every|each) fortnight\b|\bonce a fortnight\b|\bsemi-?monthly\b", 14.0),
    (r"\b(?:every )?other week\b|\bevery second week\b|\balternate weeks?\b", 14.0),
    (r"\bevery (?:other|second) month\b|\bbi-?monthly\b", 60.8),
    (r"\bevery other day\b", 2.0),
    (r"\bdaily\b|\bevery day\b|\beach day\b", 1.0),
    (r"\bweekly\b", 7.0), (r"\bmonthly\b", 30.4), (r"\bquarterly\b", 91.3),
    (r"\b(?:yearly|annually)\b", 365.0),
)  # fmt: skip
_EVERY_N = re.compile(rf"\b(?:every|each) (?:(?P<n>{_N}) )?{_UNIT}\b", re.IGNORECASE)
_TIMES = re.compile(
    rf"\b(?:(?P<once>once|twice|thrice)|(?P<n>{_N})(?: times?|\s*x)?)"
    rf" (?:a|an|per|in a|each|every) {_UNIT}\b",
    re.IGNORECASE,
)
_WEEKDAY_RHYTHM = re.compile(
    rf"\b(?:every|each)(?P<other> other| second| third| fourth)? (?:{WEEKDAY})", re.IGNORECASE
)
_MONTHDAY_RHYTHM = re.compile(
    rf"\b(?:first|second|third|fourth|last) (?:{WEEKDAY}) (?:of|in) (?:the|each|every) month\b",
    re.IGNORECASE,
)
_RANGE = r"(?:\s*(?:-|–|to|or)\s*)"
_LENGTH = re.compile(
    rf"(?P<low>{_N})(?:{_RANGE}(?P<high>{_N}))?(?: (?P<half>and a half))?[\s-]*"
    r"(?P<unit>minutes?|mins?|hours?|hrs?|h|m)(?![a-z])"
    r"(?: (?P<after>and a half)|,?\s*(?:and )?(?P<rest>\d{1,2})(?!\d)"
    r"(?:\s*(?:minutes?|mins?|m))?\b)?",
    re.IGNORECASE,
)
_SPAN = re.compile(
    rf"(?P<low>{_N})(?:{_RANGE}(?P<high>{_N}))?(?: (?P<half>and a half))?[\s-]*{_UNIT}\b"
    r"(?P<after> and a half)?",
    re.IGNORECASE,
)
_QUARTERS = re.compile(r" and (?:a quarter|(?P<three>three quarters))\b")
_NAMED_SPANS = (
    (r"\b(?:the )?same day\b", 0.5), (r"\b(?:the )?next day\b", 1.0),
    (r"\bovernight\b", 1.0), (r"\bhalf a year\b", 182.0), (r"\bhalf a day\b", 0.5),
)  # fmt: skip

_RHYTHMS: tuple[tuple[float, str], ...] = (
    (1, "every day"), (3.5, "twice a week"), (7, "every week"), (14, "every two weeks"),
    (21, "every three weeks"), (30.4, "once a month"), (42, "every six weeks"),
    (60.8, "every two months"), (91.3, "every three months"), (121.7, "every four months"),
    (182, "twice a year"), (365, "once a year"),
)  # fmt: skip
_SPANS: tuple[tuple[float, str], ...] = (
    (0.5, "the same day"), (1, "one day"), (2, "two days"), (3, "three days"), (5, "five days"),
    (7, "a week"), (10, "ten days"), (14, "two weeks"), (21, "three weeks"), (30.4, "a month"),
    (45.6, "six weeks"), (60.8, "two months"), (91.3, "three months"), (121.7, "four months"),
    (152, "five months"), (182, "six months"), (243, "eight months"), (274, "nine months"),
    (365, "a year"), (456, "fifteen months"), (547, "a year and a half"), (730, "two years"),
    (1095, "three years"),
)  # fmt: skip


@dataclass(frozen=True)
class Middle:
    """A middle ground in words; ``computed`` tells whether it lies between two figures."""

    text: str
    computed: bool


def rhythm(text: str) -> float | None:
    """The days between two meetings that ``text`` speaks of; None when it names no rhythm."""
    low = _plain(text)
    monthly = _MONTHDAY_RHYTHM.search(low)
    if monthly:
        return 30.4
    day = _WEEKDAY_RHYTHM.search(low)
    if day:
        return 7.0 * {"other": 2, "second": 2, "third": 3, "fourth": 4}.get(
            (day["other"] or "").strip(), 1
        )
    for pattern, days in _NAMED_RHYTHMS:
        if re.search(pattern, low):
            return days
    times = _TIMES.search(low)
    if times:
        often = {"once": 1.0, "twice": 2.0, "thrice": 3.0}.get(times["once"] or "")
        return _DAYS[times["unit"].lower()] / (often or number(times["n"]))
    every = _EVERY_N.search(low)
    if every:
        return _DAYS[every["unit"].lower()] * number(every["n"] or "one")
    return None


def length(text: str) -> float | None:
    """The minutes that ``text`` speaks of, the middle of a range; None when it names none."""
    low = _plain(text)
    if re.search(r"\b(?:an|one|1) hour and a half\b|\bhour and a half\b", low):
        return 90.0
    found = _LENGTH.search(low)
    if found is None:
        return 60.0 if re.search(r"\ban? hour\b", low) else None
    value = _middle_of(found) * _MINUTES[found["unit"].lower()]
    quarters = _QUARTERS.match(low, found.end())
    if quarters:
        return value + (45 if quarters["three"] else 15)
    return value + float(found["rest"] or 0) if found["unit"].lower().startswith("h") else value


def span(text: str) -> float | None:
    """The days that ``text`` speaks of ("within two days", "after a year"); None for none."""
    low = _plain(text)
    for pattern, days in _NAMED_SPANS:
        if re.search(pattern, low):
            return days
    found = _SPAN.search(low)
    return _middle_of(found) * _DAYS[found["unit"].lower()] if found else None


def middle_rhythm(one: float, other: float) -> Middle:
    """A rhythm between two, by the mean of their logarithms: between 7 and 30 days lie 14."""
    mean = (one * other) ** 0.5
    return _between(
        one, other, mean, _RHYTHMS, "{shorter} for the first three meetings, then {longer}"
    )


def middle_span(one: float, other: float) -> Middle:
    """A span between two."""
    return _between(
        one, other, (one + other) / 2, _SPANS, "{longer} at most, {shorter} if possible"
    )


def middle_length(one: float, other: float) -> Middle:
    """A length between two, to a quarter of an hour if one lies between, else to five minutes."""
    low, high = sorted((one, other))
    mean = (one + other) / 2
    for step in (15, 5, 1):
        found = round(mean / step) * step
        if low < found < high:
            return Middle(say_minutes(found), computed=True)
    return Middle(say_minutes(round(mean)), computed=True)


def say_minutes(minutes: float) -> str:
    """ "45 minutes", "an hour", "an hour and a quarter", "two hours and 20 minutes"."""
    whole, rest = divmod(round(minutes), 60)
    if whole == 0:
        return f"{rest} minutes"
    hours = "an hour" if whole == 1 else f"{_word(whole)} hours"
    quarter = {0: "", 15: " and a quarter", 30: " and a half", 45: " and three quarters"}
    return hours + quarter.get(rest, f" and {rest} minutes")


def say_rhythm(days: float) -> str:
    """The rhythm in words, the nearest that people use."""
    return _nearest(days, _RHYTHMS)


def number(word: str) -> float:
    """ "two", "a couple of", "half an", "1.5" as a figure."""
    word = word.lower().strip()
    if word.startswith("half"):
        return 0.5
    if re.fullmatch(r"\d+(?:[.,]\d+)?", word):
        return max(float(word.replace(",", ".")), 0.01)
    first = word.removeprefix("a ").split()[0] if "couple" in word else word
    if first.startswith("forty") and "five" in first:
        return 45.0
    return float(NUMBERS.get(first, 1))


def _middle_of(found: re.Match[str]) -> float:
    low = number(found["low"])
    value = (low + number(found["high"])) / 2 if found["high"] else low
    return value + (0.5 if found["half"] or found["after"] else 0)


def _between(
    one: float, other: float, mean: float, scale: Sequence[tuple[float, str]], neither: str
) -> Middle:
    shorter, longer = sorted((one, other))
    inside = [step for step in scale if shorter * 1.05 < step[0] < longer * 0.95]
    if inside:
        return Middle(min(inside, key=lambda step: abs(step[0] - mean))[1], computed=True)
    said = {"shorter": _nearest(shorter, scale), "longer": _nearest(longer, scale)}
    return Middle(neither.format(**said), computed=True)


def _nearest(value: float, scale: Sequence[tuple[float, str]]) -> str:
    return min(scale, key=lambda step: abs(step[0] - value) / max(step[0], value))[1]


def _word(count: int) -> str:
    return next((w for w, n in NUMBERS.items() if n == count and w not in {"a", "an"}), str(count))


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())
