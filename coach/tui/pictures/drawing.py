"""Drawing a picture as lines of text, with plotille's canvas; pure, and legible without colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from rich.cells import cell_len, set_cell_size

from coach.tui.pictures.model import Drawn, Lane, Lanes, Stacks, Trend

_BLANK = "\N{BRAILLE PATTERN BLANK}"
_LEAST = 24
"""Columns that the time itself takes at least."""
_MOST_LABEL = 34
_NAME = 5
"""Columns that the name of a month takes, with a space."""
_TODAY = "¦"


@dataclass(frozen=True)
class Line:
    """One line of a picture: words, and to their right what is drawn in signs."""

    words: str
    signs: str = ""

    def __str__(self) -> str:
        return (self.words + self.signs).rstrip()


def draw(what: Drawn, width: int, height: int) -> list[Line]:
    """The lines of the picture, at most ``width`` columns wide; a trend is ``height`` lines high.

    Lanes and stacks take the lines that they need.
    """
    match what:
        case Lanes():
            return _lanes(what, width)
        case Trend():
            return _trend(what, width, height)
        case Stacks():
            return _stacks(what, width)


# -- time -----------------------------------------------------------------------------------------


def _place(first: date, last: date, width: int) -> Callable[[date], int]:
    """Gives the column of a day, from 0 to ``width - 1``."""
    days = max(1, (last - first).days)

    def column(day: date) -> int:
        return min(width - 1, max(0, round((day - first).days * (width - 1) / days)))

    return column


def _axis(first: date, last: date, width: int) -> str:
    """The names of months under their first days, evenly: each, every second, third ..."""
    column = _place(first, last, width)
    months = _months(first, last)
    room = width / max(1, (last - first).days) * 30.4
    step = next((n for n in (1, 2, 3, 4, 6) if room * n >= _NAME), 12)
    line = ""
    for day in months:
        at, name = column(day), _name(day)
        free = len(line) + bool(line) <= at and at + len(name) <= width
        if (day.month - 1) % step == 0 and free:
            line = f"{line:{at}}{name}"
    return line


def _name(month: date) -> str:
    """A month's name; January's is the year."""
    return str(month.year) if month.month == 1 else f"{month:%b}"


def _months(first: date, last: date) -> list[date]:
    found = []
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            found.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return found


# -- lanes ----------------------------------------------------------------------------------------


def _lanes(what: Lanes, width: int) -> list[Line]:
    label = min(_MOST_LABEL, max((cell_len(lane.label) for lane in what.lanes), default=0))
    label = max(0, min(label, width - _LEAST - 2, width * 2 // 5))
    room = max(_LEAST, width - label - 2)
    lines = [Line(f"{_cut(lane.label, label)}  ", _lane(lane, what, room)) for lane in what.lanes]
    return [Line(f"{'':{label}}  {_axis(what.first, what.last, room)}"), *lines]


def _lane(lane: Lane, what: Lanes, width: int) -> str:
    from plotille import Canvas

    column = _place(what.first, what.last, width)
    canvas = Canvas(width, 1, 0, 0, width, 1)

    def put(at: int, sign: str) -> None:
        canvas.point(at + 0.25, 0.5, marker=sign)

    if lane.span is not None:
        start, end = (column(day) for day in lane.span)
        canvas.line(start + 0.25, 0.5, end + 0.25, 0.5)
    if what.first <= what.today <= what.last:
        put(column(what.today), _TODAY)
    for mark in lane.marks:
        put(column(mark.day), mark.sign)
    return _text(canvas.plot())


def _cut(text: str, width: int) -> str:
    """``text`` in exactly so many columns."""
    if cell_len(text) > width:
        text = f"{set_cell_size(text, max(0, width - 1))}…"
    return set_cell_size(text, width)


# -- trends ---------------------------------------------------------------------------------------


def _trend(what: Trend, width: int, height: int) -> list[Line]:
    from plotille import Canvas

    steps = what.high - what.low
    each = max(1, (height - 1) // (steps + 1))
    rows = each * steps + 1
    edge = len(str(what.high)) + 2
    room = max(_LEAST, width - edge)
    column = _place(what.first, what.last, room)
    canvas = Canvas(room, rows, 0, 0, room, rows)

    def at(point: tuple[date, float]) -> tuple[float, float]:
        return column(point[0]) + 0.25, (point[1] - what.low) * each + 0.5

    signs: dict[tuple[int, int], str] = {}
    for series in what.series:
        places = [at(point) for point in series.points]
        for (x0, y0), (x1, y1) in pairwise(places):
            canvas.line(x0, y0, x1, y1)
        for x, y in places:
            cell = int(x), int(y)
            signs[cell] = what.both if signs.get(cell, series.sign) != series.sign else series.sign
    for (x, y), sign in signs.items():
        canvas.point(x + 0.25, y + 0.5, marker=sign)
    drawn = canvas.plot().split("\n")
    lines = []
    for row, line in enumerate(drawn):
        step, rest = divmod(rows - 1 - row, each)
        name = str(what.low + step) if rest == 0 else ""
        lines.append(Line(f"{name:>{edge - 2}} {'┤' if name else '│'}", _text(line)))
    return [*lines, Line(f"{'':{edge}}{_axis(what.first, what.last, room)}")]


# -- stacks ---------------------------------------------------------------------------------------


def _stacks(what: Stacks, width: int) -> list[Line]:
    from plotille import Canvas

    months = _months(what.first.replace(day=1), what.last)
    label = min(_MOST_LABEL, max(cell_len(what.up_label), cell_len(what.down_label)))
    room = max(_LEAST, width - label - 2)
    step = max(1, min(6, room // max(1, len(months))))
    up, down = (_piles(signs, months) for signs in (what.up, what.down))
    above, below = (max(map(len, piles), default=0) for piles in (up, down))
    columns = min(room, step * len(months))
    canvas = Canvas(columns, above + below + 1, 0, 0, columns, above + below + 1)
    canvas.line(0, below + 0.5, columns - 0.25, below + 0.5)
    for place in range(len(months)):
        for height, sign in enumerate(up[place]):
            canvas.point(place * step + 0.25, below + 1.5 + height, marker=sign)
        for depth, sign in enumerate(down[place]):
            canvas.point(place * step + 0.25, below - 0.5 - depth, marker=sign)
    names = {above - 1: what.up_label, above + 1: what.down_label}
    lines = [
        Line(f"{_cut(names.get(row, ''), label)}  ", _text(line))
        for row, line in enumerate(canvas.plot().split("\n"))
    ]
    return [*lines, Line(f"{'':{label}}  {_month_names(months, step)}")]


def _piles(signs: Sequence[tuple[date, str]], months: Sequence[date]) -> list[str]:
    return [
        "".join(sign for day, sign in signs if (day.year, day.month) == (one.year, one.month))
        for one in months
    ]


def _month_names(months: Sequence[date], step: int) -> str:
    line = ""
    for place, month in enumerate(months):
        said = _name(month) if step >= _NAME else f"{month:%b}"[: max(1, step - 1)]
        line = f"{line:{place * step}}{said}"
    return line


def _text(drawn: str) -> str:
    return drawn.replace(_BLANK, " ")
