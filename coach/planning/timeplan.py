"""How the agreed minutes of a session are dealt out over its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coach.errors import UsageError
from coach.planning.texts import texts

DEFAULT_MINUTES = 60
SHORTEST, LONGEST = 10, 480
_ROUND = 5


@dataclass(frozen=True)
class Slice:
    """A part of the session and its minutes."""

    part: str
    minutes: int


def time_plan(kind: str, minutes: int, name: str) -> tuple[Slice, ...]:
    """The parts of a session of ``minutes``; their minutes add up to it, and each has some.

    ``kind`` is "mentor", "mentee", "first-mentor" or "first-mentee". Raises :class:`UsageError`
    for a length that no session has.
    """
    if not SHORTEST <= minutes <= LONGEST:
        raise UsageError(
            "Time plan", f"a session lasts {SHORTEST} to {LONGEST} minutes, not {minutes}",
            "Give --minutes.",
        )  # fmt: skip
    table: dict[str, Any] = texts("planning")["plan"][kind]
    parts: list[list[Any]] = table["parts"]
    unit = _ROUND if minutes % _ROUND == 0 and minutes // _ROUND >= len(parts) else 1
    many = max(2, min(len(parts), minutes // _ROUND))
    kept = sorted(table["keep"][:many])
    shares = deal(minutes // unit, [int(parts[place][1]) for place in kept])
    return tuple(
        Slice(str(parts[place][0]).replace("{name}", name), share * unit)
        for place, share in zip(kept, shares, strict=True)
    )


def deal(units: int, weights: Sequence[int]) -> list[int]:
    """``units`` dealt out by ``weights``, at least one each; they add up to ``units``.

    The largest remainders get what rounding leaves over, the first of equal ones first. ``units``
    is at least the number of weights.
    """
    spare = units - len(weights)
    total = sum(weights)
    exact = [spare * weight / total for weight in weights]
    shares = [1 + int(part) for part in exact]
    order = sorted(range(len(weights)), key=lambda place: (int(exact[place]) - exact[place], place))
    for place in order[: units - sum(shares)]:
        shares[place] += 1
    return shares
