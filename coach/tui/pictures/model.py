"""What a picture shows, before it is drawn: pure values, each with the same said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Mark:
    """A character that stands at a day; different things have different characters."""

    day: date
    sign: str


@dataclass(frozen=True)
class Lane:
    """One line along the time: ``span`` is drawn through, the marks stand on it."""

    label: str
    marks: tuple[Mark, ...] = ()
    span: tuple[date, date] | None = None


@dataclass(frozen=True)
class Lanes:
    """Several things beside each other, one line each, from ``first`` to ``last``."""

    lanes: tuple[Lane, ...]
    first: date
    last: date
    today: date


@dataclass(frozen=True)
class Series:
    """Values by day, joined by a line; ``sign`` marks each value."""

    sign: str
    points: tuple[tuple[date, float], ...]


@dataclass(frozen=True)
class Trend:
    """Values over time between ``low`` and ``high``; where two signs meet stands ``both``."""

    series: tuple[Series, ...]
    low: int
    high: int
    first: date
    last: date
    both: str = "*"


@dataclass(frozen=True)
class Stacks:
    """Signs piled up month by month: ``up`` over the line, ``down`` below it, each by month."""

    up: tuple[tuple[date, str], ...]
    down: tuple[tuple[date, str], ...]
    up_label: str
    down_label: str
    first: date
    last: date


Drawn = Lanes | Trend | Stacks


@dataclass(frozen=True)
class Picture:
    """A picture with its title, the meaning of its signs, and what it shows in words.

    ``drawn`` is None while there is nothing to draw: then the words say how to get there.
    """

    title: str
    words: str
    key: Sequence[tuple[str, str]] = ()
    drawn: Drawn | None = None
