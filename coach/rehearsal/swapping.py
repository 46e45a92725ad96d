"""Sides swapped: the user speaks as the counterpart, and the coach plays the user's part. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from coach.rehearsal.likeness import Similarity
from coach.rehearsal.scenario import Model, Scenario


def model_reply(
    scenario: Scenario, name: str, text: str, said: Sequence[str], likeness: Similarity
) -> str:
    """What the user might say to ``text``, spoken by the counterpart; "" when all was said.

    The counterpart's own lines say which beat ``text`` is like; the models of that beat answer it.
    """
    free = [one for one in scenario.models if _spoken(one, name) not in said]
    if not free:
        return ""
    told = [
        (says, beat) for line in scenario.lines for beat in line.beats[:1] for says in line.says
    ]
    beat = scenario.beats[0].name
    if text.strip() and said and told:
        cosines = likeness([text], [one for one, _ in told])[0]
        beat = told[int(cosines.argmax())][1]
    names = [one.name for one in scenario.beats]
    at = names.index(beat) if beat in names else len(names) - 1
    return _spoken(
        min(free, key=lambda one: (_away(names.index(one.beat), at), free.index(one))), name
    )


def _away(place: int, at: int) -> float:
    """Models of the same beat first, then those of the next ones."""
    return place - at if place >= at else at - place + 0.5


def _spoken(model: Model, name: str) -> str:
    return model.say.replace("{name}", name)
