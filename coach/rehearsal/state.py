"""How the counterpart feels, and conditions on it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

Feeling = Literal["warmth", "openness", "patience"]
Level = Literal["easy", "plain", "hard"]
FEELINGS: tuple[Feeling, ...] = get_args(Feeling)
LEVELS: tuple[Level, ...] = get_args(Level)

_TERM = re.compile(r"(?P<feeling>\w+)\s*(?P<sign>[<>])\s*(?P<than>0?\.\d+|[01](?:\.0+)?)")


@dataclass(frozen=True)
class State:
    """Three feelings, each between 0 and 1.

    ``warmth``: how well disposed; ``openness``: how ready to tell and to be moved; ``patience``:
    what is left before the counterpart ends the talk.
    """

    warmth: float = 0.5
    openness: float = 0.5
    patience: float = 0.7

    def moved(self, by: Mapping[str, float], *, ups: float = 1.0, downs: float = 1.0) -> State:
        """The state after ``by`` is added; gains count ``ups`` times, losses ``downs`` times."""
        changed = {
            feeling: min(
                1.0, max(0.0, getattr(self, feeling) + step * (ups if step > 0 else downs))
            )
            for feeling, step in by.items()
        }
        return replace(self, **changed)

    def as_json(self) -> dict[str, float]:
        """The state as plain values, to two decimals."""
        return {feeling: round(getattr(self, feeling), 2) for feeling in FEELINGS}


@dataclass(frozen=True)
class Condition:
    """What must hold: feelings above or below a figure, and the level of difficulty."""

    terms: tuple[tuple[Feeling, str, float], ...] = ()
    levels: tuple[Level, ...] = ()

    def holds(self, state: State, level: Level) -> bool:
        """Whether it holds in ``state`` at ``level``."""
        if self.levels and level not in self.levels:
            return False
        return all(
            getattr(state, feeling) > than if sign == ">" else getattr(state, feeling) < than
            for feeling, sign, than in self.terms
        )

    @property
    def weight(self) -> int:
        """How many things it asks for: the more, the more particular."""
        return len(self.terms) + bool(self.levels)


ALWAYS = Condition()


def condition(text: str) -> Condition:
    """Read ``"warmth > 0.6 and hard"``; raises :class:`ValueError` naming what is wrong."""
    terms: list[tuple[Feeling, str, float]] = []
    levels: list[Level] = []
    for part in filter(None, (one.strip() for one in text.split(" and "))):
        level = next((one for one in LEVELS if one == part), None)
        match = _TERM.fullmatch(part)
        feeling = next((one for one in FEELINGS if match and one == match["feeling"]), None)
        if level is not None:
            levels.append(level)
        elif match and feeling:
            terms.append((feeling, match["sign"], float(match["than"])))
        else:
            raise ValueError(f"{part!r} is no condition such as 'warmth > 0.6' or 'hard'")
    return Condition(tuple(terms), tuple(levels))


def summed(changes: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Several changes as one."""
    total: dict[str, float] = dict.fromkeys(FEELINGS, 0.0)
    for change in changes:
        for feeling in FEELINGS:
            total[feeling] += change.get(feeling, 0.0)
    return total
