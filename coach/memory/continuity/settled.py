"""What later items say of a thread: that it has very likely ended, or that it is still open.

Closing (``coach.memory.noticing.closings``) has the whole note and closes only what it is sure of.
Here the note is gone and only its items are left, so the same model is asked again, by words
alone, with a lower bar: to ask about what is settled costs more trust than to leave out one
thread. Nothing is stored; the answer is computed when threads are ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coach.memory.continuity.signs import is_lasting, is_opening
from coach.memory.continuity.topics import ALIKE, Likeness, only_retells
from coach.memory.items import Item
from coach.memory.noticing.closing_model import CLOSES, Link, can_close, features, score
from coach.memory.noticing.closing_signs import Says
from coach.memory.noticing.segments import flatten

_UNSURE = -1.0
"""The log odds from which a later item makes it likely that a thread has ended."""
_TOUCHES = 0.5
_REPORTS = frozenset({"struggle", "fact", "event", "goal", "plan", "topic", "win"})
_NO_NAMES: frozenset[str] = frozenset()


def doubt(item: Item, known: Sequence[Item], likeness: Likeness) -> float:
    """How likely it is, from 0 to 1, that ``item`` is settled; ``known`` are the pair's items.

    1 is what closing itself would take for settled, had it read the later item as a sentence.
    """
    if is_report(item, known, likeness):
        return 1.0
    near = likeness.near(item)
    return max(
        (_ends(item, other, likeness) for other in known if other.id in near),
        default=0.0,
    )


def still_open_on(item: Item, known: Sequence[Item], likeness: Likeness) -> date | None:
    """The last day on which a promise was told again as not kept yet: "no word from the broker"."""
    if item.kind != "commitment":
        return None
    near = likeness.near(item)
    return max(
        (
            other.said_on
            for other in known
            if other.id in near
            and other.said_on > item.said_on
            and (other.kind != "commitment" or _retells(item, other))
            and likeness(item, other) >= ALIKE
            and _says_open(other)
        ),
        default=None,
    )


def _retells(item: Item, other: Item) -> bool:
    return other.owner == item.owner and only_retells(other)


def _says_open(item: Item) -> bool:
    low = flatten(item.quote)
    says = Says(low, low)
    return says.still_open and not (says.dropped or says.partly)


def is_report(item: Item, known: Sequence[Item], likeness: Likeness) -> bool:
    """Whether ``item`` only tells what became of an earlier thing: "I emailed it".

    What came of an event is news, and is asked about. What was taken for a burden, and goes back
    to a thing of an earlier session in the past tense, or as a turn ("is now"), without a word of
    weight, is how that went on: of 80 such in the development notes a reader wanted seven again.
    """
    if item.kind not in _REPORTS or is_lasting(item):
        return False
    if item.when is not None and item.when > item.said_on:
        return False
    low = flatten(item.quote)
    says = Says(low, low)
    off = says.moot or says.called_off
    turned = says.done_verbs or says.lifted or says.done or says.turned or says.corrects or off
    waits = (says.still_open and not off) or is_opening(item)
    retold = item.kind == "struggle" and turned and not waits
    ended = says.past or says.lifted or says.done
    told = says.done_verbs or off or (not says.still_open and ended)
    if says.future or not (told or retold):
        return False
    return any(
        other.said_on < item.said_on
        and (retold or (told and other.closed_on == item.said_on and _is_answered_by(item, other)))
        and likeness(item, other) >= ALIKE
        for other in known
        if other.id in likeness.near(item)
    )


def _is_answered_by(item: Item, other: Item) -> bool:
    """Whether ``item`` can be what was told when ``other`` closed; an event is news by itself."""
    if other.kind == "commitment":
        return True
    ended = other.kind in {"struggle", "plan"} or other.status == "dropped"
    return ended and item.kind in {"struggle", "fact", "win"}


def _ends(item: Item, other: Item, likeness: Likeness) -> float:
    if other.said_on <= item.said_on:
        return 0.0
    strength = likeness(item, other)
    if strength < _TOUCHES:
        return 0.0
    low = flatten(other.quote)
    says, link = Says(low, low), Link(strength, 0.0, nearest=False)
    ending = says.past or says.done or says.dropped or says.lifted or says.reported
    if says.future or not ending:
        return 0.0
    if not can_close(item, link, says, _NO_NAMES, renewed=False, on=other.said_on):
        return 0.0
    found = features(item, link, says, [], other.said_on, _NO_NAMES, renewed=False)
    points = score(found, meaning=False)
    return min(1.0, max(0.0, (points - _UNSURE) / (CLOSES - _UNSURE)))
