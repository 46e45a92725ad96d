"""How the counterpart seems, in words: what one would see in a face. Pure."""

from __future__ import annotations

from coach.content import wordings
from coach.rehearsal.scoring import choose
from coach.rehearsal.state import State
from coach.rehearsal.talk import Talk

_STEP = 0.06


def mood(talk: Talk) -> str:
    """How the counterpart seems now, and where that is going."""
    before = talk.turns[-2].state if len(talk.turns) > 1 else talk.start
    found = choose(wordings("rehearsal")[f"mood {_named(before, talk.state)}"], talk.scenario.id)
    return found.replace("{name}", talk.called)


def _named(before: State, now: State) -> str:
    if now.patience < 0.3:
        return "impatient"
    nearer = (now.warmth - before.warmth) + (now.openness - before.openness)
    if nearer > _STEP:
        return "warming"
    if nearer < -_STEP:
        return "closing"
    kind = (now.warmth + now.openness) / 2
    return "open" if kind > 0.65 else "wary" if kind < 0.4 else "listening"
