"""The relationship check as it is shown: all answers, where to invest, and what to do there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.library.cards import Card
from coach.library.slots import fill, needs_more
from coach.planning.check import Advice, Answers, advise


@dataclass(frozen=True)
class CheckStanding:
    """The answers by day; ``moves`` are (what to do, card), ready to be read by the user."""

    trend: tuple[Answers, ...]
    advice: Advice
    moves: tuple[tuple[str, str], ...]


def standing(
    history: Sequence[Answers], name: str, card: Callable[[str], Card]
) -> CheckStanding:  # fmt: skip
    """What the answers of both sides (any order) come to; ``name`` is the other person's."""
    advice = advise(history, name)
    moves = []
    for key in advice.cards:
        move = next((one for one in card(key).moves if not needs_more(one)), "")
        if move:
            moves.append((fill(move, name), key))
    trend = tuple(sorted(history, key=lambda one: (one.on, one.side)))
    return CheckStanding(trend, advice, tuple(moves))
