"""Times of the day and days of the week in what people write: "after six", "not on Sundays".

A bare hour is read as people mean it: no calls "after six" is six in the evening, "not before
nine" is nine in the morning. Where a suggestion leaves it open ("call at eight"), both are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from coach.memory.dates.words import FULL_WEEKDAY, NUMBERS

Edge = Literal["after", "before", "until", "from", "at"]
ALL_DAYS = frozenset(range(7))
WEEKEND = frozenset({5, 6})
WORKDAYS = ALL_DAYS - WEEKEND
DAY = 24 * 60

_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORD_HOURS = {
    word: n for word, n in NUMBERS.items() if n <= 12 and word not in {"a", "an", "couple"}
}
_HOUR_WORD = "|".join(_WORD_HOURS)
# What may follow a bare hour: anything else is the noun that it counts ("after six meetings").
_AFTER_HOUR = (
    r"(?=\s*(?:$|[,.;:!?)–-])|\s+(?:in|at|on|and|or|please|every|each|from|until|till|to|any|daily|sharp"
    r"|except|unless|but|weekdays?|weekends?|mon|tue|wed|thu|fri|sat|sun|tonight|today|tomorrow|by|if|because|with"
    r"|for|about|so|when|then|her|his|their|your|my|this|is|are|as|works?|only|onwards?|o'clock|mondays?"
    rf"|{FULL_WEEKDAY}s?)\b)"
)
_CLOCK = (
    rf"(?:(?P<rel>half|quarter) (?P<way>past|to) (?P<rh>\d{{1,2}}|{_HOUR_WORD})\b"
    r"|half (?P<hh>\d{1,2}|" + _HOUR_WORD + r")\b" + _AFTER_HOUR +
    r"|(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?\s*(?P<half>[ap])\.?m\b\.?"
    r"|(?P<h24>\d{1,2})[:.](?P<m24>[0-5]\d)(?!\d)(?:\s*h\b)?"
    r"|(?P<oh>\d{1,2}|" + _HOUR_WORD + r")\s*o'?clock\b"
    r"|(?P<hu>\d{1,2})\s?h\b"
    r"|(?P<named>noon|midday|midnight|sundown|sunset|lunchtime|lunch)\b"
    r"|(?P<bare>\d{1,2}|" + _HOUR_WORD + r")\b" + _AFTER_HOUR + r")"
)  # fmt: skip
_PART = r"(?:\s+(?:in the (?P<part>morning|afternoon|evening)|at (?P<night>night)))?"
_TIME = re.compile(
    r"\b(?:(?P<edge>after|past|later than|before|earlier than|until|til|till|by|from|since|at"
    r"|around|about)\s+(?:about |around )?)"
    rf"{_CLOCK}{_PART}(?P<on>\s+(?:onwards?|or later|and later))?",
)
_LONE = re.compile(
    r"\b(?:(?P<rel>half|quarter) (?P<way>past|to) (?P<rh>\d{1,2}|" + _HOUR_WORD + r")\b"
    r"|(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?\s*(?P<half>[ap])\.?m\b\.?"
    r"|(?P<h24>\d{1,2}):(?P<m24>[0-5]\d)(?!\d)|(?P<oh>\d{1,2}|" + _HOUR_WORD + r")\s*o'?clock\b)"
    rf"{_PART}(?P<on>\s+(?:onwards?|or later))?"
)
_COUNTED = (
    r"(?!\d|\s*(?:times|weeks?|months?|minutes?|mins?|years?|days?|people|questions?|%|meetings?))"
)
_RANGE = re.compile(
    rf"\b(?:between |from )?(?P<a>(?:\d{{1,2}}|{_HOUR_WORD})(?:[:.][0-5]\d)?\s?(?:[ap]\.?m\b\.?)?)"
    rf"\s*(?:-|–|\bto\b|\buntil\b|\btill\b|\band\b)\s*"
    rf"(?P<b>(?:\d{{1,2}}|{_HOUR_WORD}|noon|midday)(?:[:.][0-5]\d)?\s?(?:[ap]\.?m\b\.?)?){_COUNTED}(?!\w)",
)
_EVENING_FROM, _AFTER_WORK = 18 * 60, 18 * 60 + 1
_OFFICE = (9 * 60, 17 * 60 + 1)
_PARTS: dict[str, tuple[int, int]] = {
    "early morning": (0, 8 * 60), "late evening": (21 * 60, DAY), "late at night": (22 * 60, DAY),
    "morning": (0, 12 * 60), "forenoon": (0, 12 * 60), "lunchtime": (12 * 60, 14 * 60),
    "lunch break": (12 * 60, 14 * 60), "lunch": (12 * 60, 14 * 60),
    "afternoon": (12 * 60, 18 * 60), "evening": (_EVENING_FROM, DAY),
    "tonight": (_EVENING_FROM, DAY), "sundown": (_EVENING_FROM, DAY),
    "sunset": (_EVENING_FROM, DAY), "dinner time": (_EVENING_FROM, 21 * 60),
    "after dinner": (19 * 60, DAY), "after supper": (19 * 60, DAY), "over dinner": (19 * 60, DAY),
    "before bed": (20 * 60, DAY), "bedtime": (20 * 60, DAY),
    "night": (21 * 60, DAY), "after hours": (_AFTER_WORK, DAY), "after work": (_AFTER_WORK, DAY),
    "out of hours": (_AFTER_WORK, DAY), "office hours": _OFFICE, "working hours": _OFFICE,
    "business hours": _OFFICE, "work hours": _OFFICE,
}  # fmt: skip
_PART_OF_DAY = re.compile(
    rf"\b(?<!good )(?<!good-)(?P<name>{'|'.join(sorted(_PARTS, key=len, reverse=True))})s?\b(?!-)"
)
_DAY_NAME = rf"(?:{FULL_WEEKDAY}|mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)"
_DAYS = re.compile(
    rf"\b(?:(?P<first>{_DAY_NAME})s?\s*(?:-|–|to|till|until|through)\s*(?P<last>{_DAY_NAME})s?\b"
    rf"|(?P<one>{_DAY_NAME})s?(?:'s)?\b"
    r"|(?P<week>weekdays?|working days?|work days?|workdays?|during the week|in the week"
    r"|on week days)\b"
    r"|(?P<end>weekends?|week-ends?)\b)"
)
_EVENING = re.compile(r"\b(?:evenings?|tonight|nights?|afternoons?)\b")
_MORNING = re.compile(r"\b(?:mornings?|breakfast)\b")
_NAMED = {"noon": 12, "midday": 12, "midnight": 24, "sundown": 18, "sunset": 18, "lunchtime": 12,
          "lunch": 12}  # fmt: skip


@dataclass(frozen=True)
class Window:
    """A stretch of time: days of the week (0 is Monday) and minutes of the day.

    ``days`` is None when no day is named, ``start`` (first minute) and ``end`` (after the last)
    are None when no time is; one that is left out holds for all.
    """

    days: frozenset[int] | None = None
    start: int | None = None
    end: int | None = None

    @property
    def timed(self) -> bool:
        """Whether a time of the day is named."""
        return self.start is not None or self.end is not None

    @property
    def hours(self) -> tuple[int, int]:
        """First minute, and the minute after the last."""
        return self.start or 0, DAY if self.end is None else self.end


@dataclass(frozen=True)
class Mention:
    """A time or days in a text, from ``start`` to ``end``; several ``windows`` where it is open."""

    windows: tuple[Window, ...]
    start: int
    end: int


def mentions(text: str, *, negated: bool = False, proposal: bool = False) -> list[Mention]:
    """The times and days that ``text`` (any case) names, in order.

    ``negated`` says that they are ruled out ("no calls after eight": in the evening);
    ``proposal`` that an hour may be left open ("at eight").
    """
    low = text.lower().replace("’", "'")
    hint = 12 if _EVENING.search(low) else 0 if _MORNING.search(low) else None
    taken = bytearray(len(low))
    found: list[Mention] = []
    for windows, match in _all(low, hint, negated=negated, proposal=proposal):
        if any(taken[match.start() : match.end()]):
            continue
        taken[match.start() : match.end()] = b"\1" * len(match.group())
        found.append(Mention(windows, match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def _all(
    low: str, hint: int | None, *, negated: bool, proposal: bool
) -> Iterator[tuple[tuple[Window, ...], re.Match[str]]]:
    for match in _DAYS.finditer(low):
        days = _days(match)
        if days:
            yield (Window(days),), match
    for match in _RANGE.finditer(low):
        window = _range(match)
        if window:
            yield (window,), match
    for match in _TIME.finditer(low):
        yield _edged(match, hint, negated=negated, proposal=proposal), match
    for match in _LONE.finditer(low):
        yield _edged(match, hint, negated=negated, proposal=proposal), match
    for match in _PART_OF_DAY.finditer(low):
        name = match["name"]
        start, end = _PARTS[name]
        workdays = WORKDAYS if name.endswith("hours") and start < 18 * 60 else None
        yield (Window(workdays, start, end),), match


def _days(match: re.Match[str]) -> frozenset[int] | None:
    if match["week"]:
        return WORKDAYS
    if match["end"]:
        return WEEKEND
    if match["one"]:
        word = match["one"]
        # "sat", "sun" and "wed" alone are words of their own.
        return None if word in {"sat", "sun", "wed", "mon"} else frozenset({_SHORT.index(word[:3])})
    first, last = (_SHORT.index(match[name][:3]) for name in ("first", "last"))
    span = (last - first) % 7
    return frozenset((first + step) % 7 for step in range(span + 1))


def _range(match: re.Match[str]) -> Window | None:
    said = match.group()
    start, end = _loose(match["a"]), _loose(match["b"])
    if start is not None and end is not None and end >= 12 * 60 and re.search(r"p\.?m", match["b"]):
        start += 12 * 60 if start + 12 * 60 < end and not re.search("[ap]", match["a"]) else 0
    if start is None or end is None:
        return None
    clear = re.search(r"[:.]\d\d|[ap]\.?m\b", said) or said.startswith(("between ", "from "))
    if not clear and not re.match(r"\d{1,2}\s*(?:-|–|to)\s*\d{1,2}", said):
        return None
    exact = match["a"].strip().startswith("0") or re.search(r"a\.?m", match["a"])
    if end <= start and end + 12 * 60 <= DAY:
        end += 12 * 60
    if not exact and end <= 7 * 60 and start < end:
        start, end = start + 12 * 60, end + 12 * 60
    if not exact and start < 6 * 60 and end <= 12 * 60:
        start, end = start + 12 * 60, end + 12 * 60
    return Window(None, start, end + 1) if start < end <= DAY else None


def _loose(said: str) -> int | None:
    """Minutes of "9", "9:30", "5 pm", "noon", "nine" as written; None beyond 24."""
    said = said.strip()
    if said in _NAMED:
        return _NAMED[said] * 60
    match = re.match(rf"(\d{{1,2}}|{_HOUR_WORD})(?:[:.](\d\d))?\s?([ap])?", said)
    if match is None:
        return None
    hour = _hour(match[1])
    if match[3]:
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    return hour * 60 + int(match[2] or 0) if hour <= 24 else None


def _hour(word: str) -> int:
    return int(word) if word.isdigit() else _WORD_HOURS[word]


def _edged(
    match: re.Match[str], hint: int | None, *, negated: bool, proposal: bool
) -> tuple[Window, ...]:
    groups = match.groupdict()
    said = groups.get("edge") or "at"
    edge: Edge = {
        "after": "after", "past": "after", "later than": "after", "before": "before",
        "earlier than": "before", "until": "until", "til": "until", "till": "until", "by": "until",
        "from": "from", "since": "from",
    }.get(said, "at")  # type: ignore[assignment]  # fmt: skip
    if groups.get("on"):
        edge = "from"
    times = _times(groups, edge, hint, negated=negated, proposal=proposal)
    return tuple(_window(edge, time) for time in times if time <= DAY)


def _window(edge: Edge, time: int) -> Window:
    match edge:
        case "after":
            return Window(None, time + 1, None)
        case "from":
            return Window(None, time, None)
        case "before":
            return Window(None, None, time)
        case "until":
            return Window(None, None, time + 1)
        case _:
            return Window(None, time, min(time + 1, DAY))


def _times(
    groups: dict[str, str | None], edge: Edge, hint: int | None, *, negated: bool, proposal: bool
) -> tuple[int, ...]:
    """The minutes of the day that a time may stand for: two where morning or evening is open."""
    if named := groups.get("named"):
        return (_NAMED[named] * 60,)
    hour, minutes, exact = _said(groups)
    part = groups.get("part") or groups.get("night")
    if exact or hour > 12 or hour == 0:
        return (hour * 60 + minutes,)
    if part:
        return ((hour % 12 + (0 if part == "morning" else 12)) * 60 + minutes,)
    if hint is not None and hour < 12:
        return ((hour + hint) * 60 + minutes,)
    return tuple(h * 60 + minutes for h in _meant(hour, edge, negated=negated, proposal=proposal))


def _said(groups: dict[str, str | None]) -> tuple[int, int, bool]:
    """Hour, minutes (may be negative: "quarter to"), and whether it is one of 24 hours."""
    if half := groups.get("half"):
        hour = int(groups["h"] or 0) % 12 + (12 if half == "p" else 0)
        return hour, int(groups.get("m") or 0), True
    if rel := groups.get("rel"):
        minutes = (30 if rel == "half" else 15) * (1 if groups["way"] == "past" else -1)
        return _hour(groups["rh"] or ""), minutes, False
    if groups.get("hh"):
        return _hour(groups["hh"] or ""), 30, False
    if written := groups.get("h24"):
        return int(written), int(groups["m24"] or 0), written.startswith("0")
    if groups.get("hu"):
        return int(groups["hu"] or 0), 0, True
    return _hour(groups.get("oh") or groups.get("bare") or ""), 0, False


def _meant(hour: int, edge: Edge, *, negated: bool, proposal: bool) -> tuple[int, ...]:
    """The hour of 24 that a bare hour of twelve stands for."""
    if hour == 12:
        return (12,)
    evening = hour + 12
    if proposal and edge in {"at", "after", "from"} and hour in {7, 8}:
        return (hour, evening)
    # The last hour of the morning that is meant with this edge, when nothing else is said.
    earliest = {
        "after": 12 if negated else 7,
        "from": 12 if negated else 6,
        "before": 5 if negated else 9,
        "until": 5 if negated else 12,
        "at": 7,
    }[edge]
    return (hour,) if hour >= earliest else (evening,)


def windows(text: str, *, negated: bool = False, proposal: bool = False) -> list[Window]:
    """The stretches of time in ``text``: days and hours that belong together as one.

    "Friday evenings" is one, "evenings and weekends" two, "Mondays and Fridays after six" one.
    """
    low = text.lower().replace("’", "'")
    groups: list[list[Window]] = []
    last = 0
    for mention in mentions(text, negated=negated, proposal=proposal):
        joint = low[last : mention.start]
        last = mention.end
        merged = _merge(groups[-1], mention.windows, joint, negated=negated) if groups else None
        if merged:
            groups[-1] = merged
        else:
            groups.append([*mention.windows])
    return [window for group in groups for window in group]


def _merge(
    group: list[Window], more: tuple[Window, ...], joint: str, *, negated: bool
) -> list[Window] | None:
    """``group`` with what follows it after ``joint``, where the two are one; else None."""
    apart = bool(re.search(r"\b(?:and|or|nor)\b|[&/;.]", joint)) or (negated and "," in joint)
    one, other = group[0], more[0]
    if one.days and other.days and not one.timed and not other.timed:
        close = re.fullmatch(r"[\s,&/]*(?:(?:and|or|nor)\s+)?(?:on |the )?\s*", joint)
        return [Window(one.days | other.days)] if close else None
    if one.timed and other.timed:
        opens, closes = (one, other) if one.start is not None else (other, one)
        both = opens.end is None and closes.start is None
        if both and (opens.start or 0) < (closes.end or 0) and not (one.days and other.days):
            return [Window(one.days or other.days, opens.start, closes.end)]
        if apart or "," in joint or (one.days and other.days):
            return None
        start, end = max(one.hours[0], other.hours[0]), min(one.hours[1], other.hours[1])
        return [Window(one.days or other.days, start, end)] if start < end else None
    if apart or (one.days and other.days):
        return None
    return [
        Window(w.days or m.days, *(w if w.timed else m).hours)
        if w.timed or m.timed
        else Window(w.days or m.days)
        for w in group
        for m in more
    ]
