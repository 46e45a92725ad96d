"""Two people's hours: when both can be reached, and how to say it."""

from __future__ import annotations

import re
from itertools import groupby

from coach.agreement.clock import ALL_DAYS, DAY, WEEKEND, WORKDAYS, Window, windows

_NOT = re.compile(
    r"\b(?:no|not|never|nothing|except|but not|without|cannot)\b|n't\b|\bdont\b|\bcant\b"
)
_PIECE = re.compile(
    r"[;\n.]+(?!\d)|,\s*(?=(?:but |and )?(?:no|not|never|except)\b)|\b(?=except\b|but not\b)"
)
_ALWAYS = re.compile(r"\b(?:any ?time|always|whenever|all day|all hours|at all times|any hour)\b")
_STEP = 15
_STEPS = DAY // _STEP
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Week = frozenset[tuple[int, int]]
"""Quarters of an hour in a week: (day, quarter of the day)."""


def open_hours(text: str) -> Week | None:
    """The quarters of an hour at which ``text`` says one can be reached; None when it says none."""
    allowed: set[tuple[int, int]] = set()
    barred: set[tuple[int, int]] = set()
    for piece in _PIECE.split(text.lower().replace("’", "'")):
        negated = bool(_NOT.search(piece))
        if not negated and _ALWAYS.search(piece) and not windows(piece):
            allowed.update(_quarters(Window()))
        for window in windows(piece, negated=negated):
            (barred if negated else allowed).update(_quarters(window))
    if not allowed and not barred:
        return None
    everything = {(day, step) for day in ALL_DAYS for step in range(_STEPS)}
    return frozenset((allowed or everything) - barred)


def say_hours(week: Week) -> str:
    """The hours in words: "Monday to Friday from 9:00 to 18:00, Saturday until 12:00"."""
    by_day = [tuple(_stretches(week, day)) for day in range(7)]
    parts = []
    for stretches, group in groupby(range(7), key=lambda day: by_day[day]):
        days = list(group)
        if stretches:
            parts.append((stretches, days))
    merged: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for stretches, days in parts:
        merged.setdefault(stretches, []).extend(days)
    said = []
    for stretches, days in merged.items():
        hours = " and ".join(map(_say_stretch, stretches))
        said.append(f"{_say_days(frozenset(days))} {hours}".strip())
    return ", ".join(said)


def overlap(one: str, other: str) -> str | None:
    """The hours that suit both, in words; "" when there are none, None when one names no hours."""
    left, right = open_hours(one), open_hours(other)
    if left is None or right is None:
        return None
    both = left & right
    return say_hours(both) if both else ""


def _quarters(window: Window) -> set[tuple[int, int]]:
    start, end = window.hours
    first, last = (start + _STEP - 2) // _STEP, (end + 1) // _STEP
    return {
        (day, step) for day in window.days or ALL_DAYS for step in range(first, min(last, _STEPS))
    }


def _stretches(week: Week, day: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for step in sorted(step for each, step in week if each == day):
        if found and found[-1][1] == step:
            found[-1] = (found[-1][0], step + 1)
        else:
            found.append((step, step + 1))
    return [(first * _STEP, last * _STEP) for first, last in found]


def _say_stretch(stretch: tuple[int, int]) -> str:
    start, end = stretch
    if start == 0 and end == DAY:
        return "at any time"
    if start == 0:
        return f"until {_clock(end)}"
    if end == DAY:
        return f"from {_clock(start)} on"
    return f"from {_clock(start)} to {_clock(end)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _say_days(days: frozenset[int]) -> str:
    named = {ALL_DAYS: "every day", WORKDAYS: "Monday to Friday", WEEKEND: "at the weekend"}
    if days in named:
        return named[days]
    order = sorted(days)
    if len(order) > 2 and order == list(range(order[0], order[-1] + 1)):
        return f"{_NAMES[order[0]]} to {_NAMES[order[-1]]}"
    names = [_NAMES[day] for day in order]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
