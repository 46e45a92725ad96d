"""How surely a sentence closes an earlier item: signs of link and of ending, weighed.

A logistic model over a few readable features. Its weights were fitted by
``python -m tests.evals.closings_fit`` on the development notes (four authors), each author's
notes predicted by the others' while the features were chosen. No text is in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from coach.memory.items import Draft, Item
from coach.memory.noticing.closed import STOP
from coach.memory.noticing.closing_persons import does_it_oneself, is_their_own, is_to_another
from coach.memory.noticing.closing_polarity import is_reversed, is_struck
from coach.memory.noticing.closing_signs import Says
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.segments import flatten, tokens

Features = dict[str, float]
CLOSES = 0.3
"""The score from which an item is closed by words alone: the log odds that a reader would."""
CLOSES_BY_MEANING = 0.0
"""The same with likeness of meaning.

On twelve development sets (1,139 closings) 0.3 finds 29 fewer and makes ten wrong ones fewer: a
question about what is settled costs more trust than one that is not asked. Fitted again, each
set left out once, the weights lie on the same curve as these: 832 found and 71 wrong against 834
and 67. Neither a linear reading of the sentence embedding, nor whether a success is
told beside it, moved that curve. By words alone the first fit's weights did as well.
"""
_LINK_ENOUGH, _NEAR_ENOUGH = 0.6, 0.3
_DUE = re.compile(r"\b(?:deadline|clos(?:es|ing)|due|hand-?in|submission)\b")
_OBLIGED = re.compile(r"\b(?:must|has to|have to|had to|needs? to|to be|due)\b")
_HANDS_IN = frozenset({"send", "submit", "hand", "post", "apply", "deliver", "upload", "file"})
"""What meets a deadline before its day."""
_NEAR_BY_SYNONYM = 0.45
_COMMON_LINK = 0.5
_CONFLICT = re.compile(
    r"\b(?:loggerheads|quarrel\w*|rows?|argu\w+|shout\w*|yell\w*|bull(?:y|ies|ied|ying)|rude"
    r"|conflict"
    r"|fights?|fighting|war|overrul\w+|clash\w*|tension|friction|undermin\w+|behind \w+ back)\b"
)
_TWO_WORDS = 1.2
_MOST_LINK = 2.5
_NEAR_FROM = 0.25
_ALIKE, _ALIKE_LESS = 0.55, 0.6
_RESTATED = 2.0
_NONE = (0.0, 0.0)
_FRESH_DAYS = 45
_ACTORS = frozenset({"i", "i'd", "i've", "my", "mine", "he", "she", "they"})
_OWED = frozenset({"commitment", "plan"})
_OTHERS = frozenset({"he", "she", "they"})
_TO_DO = frozenset({"commitment", "plan", "goal", "expectation"})
_RULES = frozenset({"boundary", "preference", "expectation"})
CORRECTABLE = frozenset({"goal", "plan", "fact", "boundary", "preference", "expectation"})
"""Kinds that a correction replaces without a day being told."""

WEIGHTS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "bias": (-1.38, -2.18),
        "link": (0.63, 0.65),
        "sure link": (0.38, 0.91),
        "near": (0.0, -0.38),
        "nearest": (0.0, 0.42),
        "past": (0.03, 0.2),
        "done": (-0.11, -0.21),
        "done link": (0.6, 0.6),
        "done near": (0.0, -0.44),
        "future": (-0.41, -0.49),
        "moved": (-0.77, -0.74),
        "not yet": (-0.36, -0.52),
        "goes on": (0.35, 0.8),
        "turned": (-0.02, 0.66),
        "reported": (0.68, 0.49),
        "over": (0.93, 0.51),
        "ahead": (-0.61, -0.89),
        "new promise": (-1.08, -1.36),
        "new day": (-0.66, -0.8),
        "burden told": (-0.54, -0.74),
        "actor": (1.17, 0.77),
        "private": (0.65, 0.15),
        "fresh": (0.54, 0.57),
        "event": (0.89, 1.5),
        "event past": (0.52, 0.71),
        "aim": (-1.66, -1.39),
        "remark": (-1.13, -0.92),
        "promise past": (0.61, 1.12),
        "promise over": (0.9, 1.22),
        "promise ahead": (0.8, 0.87),
        "burden link": (-1.56, -0.79),
        "burden lifted": (1.54, 1.0),
        "renewed": (0.15, -0.02),
    }
)
"""For each feature its weight by words alone, and with likeness of meaning."""


@dataclass(frozen=True)
class Link:
    """How closely a sentence speaks of an item: by words (1 is sure), by meaning (cosine).

    ``nearest`` says that no other open item is nearer in meaning to the sentence.
    """

    words: float
    meaning: float
    nearest: bool
    covered: float = 0.0
    """Of the item's telling stems, the share that the sentence has."""
    known: bool = False
    """Whether ``meaning`` was measured."""

    @property
    def least_meaning(self) -> float:
        """How near in meaning a sentence must be that has a promise only by other words."""
        return 0.0 if self.covered else _NEAR_BY_SYNONYM

    @property
    def strength(self) -> float:
        """Both in one figure; 1 is sure."""
        alike = self.meaning >= _ALIKE
        return self.words + (2 * self.meaning - _ALIKE_LESS if alike else 0.0)


def features(
    item: Item,
    link: Link,
    says: Says,
    inside: Sequence[Draft],
    on: date,
    names: frozenset[str],
    *,
    renewed: bool,
) -> Features:
    """The features of one sentence (its nearest clauses ``says``) for one item.

    ``inside`` are the drafts noticed in that sentence, ``names`` those of the other person;
    ``renewed`` says that one of the drafts is the same with another day.
    """
    words = min(link.strength, _MOST_LINK)
    near = max(0.0, link.meaning - _NEAR_FROM)
    kind, last = item.kind, item.until or item.when
    over, ahead = last is not None and last <= on, item.when is not None and item.when > on
    past, done = says.past, says.done
    promise, event, struggle = kind == "commitment", kind == "event", kind == "struggle"
    acts = not (_ACTORS | names).isdisjoint(tokens(says.low))
    given = {
        "bias": 1.0,
        "link": words,
        "sure link": link.strength >= 1,
        "near": near,
        "nearest": link.nearest,
        "past": past,
        "done": done,
        "done link": done * words,
        "done near": done * near,
        "future": says.future,
        "moved": says.moved,
        "not yet": says.not_yet,
        "goes on": says.goes_on,
        "turned": says.turned,
        "reported": says.reported,
        "over": over,
        "ahead": ahead,
        "new promise": any(d.kind == "commitment" for d in inside),
        "new day": any(d.when is not None and d.when > on for d in inside),
        "burden told": any(d.kind == "struggle" for d in inside),
        "actor": item.owner in {"me", "them"} and acts,
        "private": item.private,
        "fresh": (on - item.said_on).days <= _FRESH_DAYS,
        "event": event,
        "event past": event and past and over,
        "aim": kind == "goal",
        "remark": kind in {"fact", "topic"},
        "promise past": promise and past,
        "promise over": promise and over,
        "promise ahead": promise and ahead,
        "burden link": struggle * words,
        "burden lifted": (struggle and says.lifted) * min(words, 1.0),
        "renewed": (says.moved and renewed) * min(words, 1.0),
    }
    return {name: float(value) for name, value in given.items()}


def can_close(
    item: Item, link: Link, says: Says, names: frozenset[str], *, renewed: bool, on: date
) -> bool:
    """Whether the sentence may close the item at all, whatever its score.

    It must speak of it, and not only of a greeting or of a part of it. What lies ahead can only
    be called off or moved, a rule only lapse, and what has still to be done is only closed by a
    new promise for it (``renewed``).
    """
    if link.words < _LINK_ENOUGH and link.meaning < _NEAR_ENOUGH:
        return False
    if item.kind == "event" and item.when is not None and item.when > on:
        met = bool(_DUE.search(flatten(item.quote))) and not says.done_verbs.isdisjoint(_HANDS_IN)
        met = met or (is_obliged(item) and link.words >= 1 and _keeps_early(item, says))
        off = says.dropped or says.put_off or is_struck(flatten(item.quote), says.low)
        return off or met or (says.moved and renewed)
    if item.kind in _OWED and (_is_far(link) or _is_anothers(item, link, says, names)):
        return False
    another = is_their_own(item, says.low) or is_to_another(item, says.low, says.written)
    if item.kind in _TO_DO and another:
        return False
    if item.kind in _TO_DO and says.no_deed and not says.dropped:
        return False
    if item.kind in _TO_DO and says.partly and not says.dropped:
        return False
    if item.kind in _RULES and item.kind != "expectation" and not (says.lapsed or renewed):
        return False
    return not is_still_open(item, says) or says.dropped or (says.moved and renewed)


def says_outright(
    item: Item, link: Link, says: Says, names: frozenset[str], *, renewed: bool, on: date
) -> bool:
    """Whether the words leave no doubt: the thing is named, and called off, moved or lifted.

    A wish, a rule or a fact is also replaced by another one that a correction tells.
    """
    if says.corrects and renewed and item.kind in CORRECTABLE:
        return True
    if link.strength < 1:
        return False
    last = item.until or item.when
    over = item.kind == "event" and last is not None and last <= on
    lifted = (item.kind == "struggle" or over) and says.lifted and not says.not_yet
    turned = item.kind == "struggle" and link.strength >= _TWO_WORDS
    turned = turned and is_reversed(flatten(item.quote), says.low)
    parted = item.kind == "struggle" and says.departs and _parts_from(item, says, names)
    put_off = item.kind == "event" and not over and says.put_off
    reached = item.kind == "goal" and says.reached and not says.future
    moved = item.kind in {"event", "goal"} and says.moved and renewed
    restated = item.kind == "goal" and renewed and link.strength >= _RESTATED
    struck = item.kind in {"event", "plan"} and is_struck(flatten(item.quote), says.low)
    if turned or parted or put_off or reached or struck:
        return True
    return lifted or moved or restated or (says.called_off and item.kind not in _RULES)


def _parts_from(item: Item, says: Says, names: frozenset[str]) -> bool:
    """Whether who has gone is whom the trouble was with: in a conflict, or by name."""
    low = flatten(item.quote)
    who = says.doer.removesuffix("'s")
    named = who in tokens(low) and who.capitalize() in item.quote
    return bool(_CONFLICT.search(low)) or (named and who not in STOP | names)


def is_still_open(item: Item, says: Says) -> bool:
    """Whether the sentence says of something to be done that it has not been done."""
    return item.kind in _TO_DO and says.still_open and not (says.moot or _keeps(item, says))


def _keeps(item: Item, says: Says) -> bool:
    """Whether the very thing promised is told as done, if late: "I emailed it, too late"."""
    return item.kind == "commitment" and not verbs_of(item).isdisjoint(says.done_verbs)


def is_obliged(item: Item) -> bool:
    """Whether an item tells what has to be done by its day: "it must be signed before 3 May"."""
    return bool(_OBLIGED.search(flatten(item.quote)))


def _keeps_early(item: Item, says: Says) -> bool:
    """Whether the very deed that a day was set for is told as done."""
    return not says.future and not verbs_of(item).isdisjoint(says.done_verbs)


def _is_far(link: Link) -> bool:
    """Whether a sentence that shares no word with a promise is not near enough in meaning."""
    return link.known and link.words < _COMMON_LINK and link.meaning < link.least_meaning


def _is_anothers(item: Item, link: Link, says: Says, names: frozenset[str]) -> bool:
    """Whether only a verb ties a promise to what the other one of the pair did."""
    first = says.doer.split("'")[0]
    others = first in _OTHERS | names if item.owner == "me" else first == "i"
    deed = link.words < _TWO_WORDS and not verbs_of(item).isdisjoint(_verbs_in(says.low))
    deed = deed or does_it_oneself(says.first, verbs_of(item))
    return others and (deed or link.words < _COMMON_LINK) and not (says.dropped or says.moot)


def verbs_of(item: Item) -> frozenset[str]:
    """The base forms of all verbs in the words of an item."""
    return _verbs_in(flatten(item.quote))


def _verbs_in(low: str) -> frozenset[str]:
    forms = lexicon().forms
    return frozenset(forms[token].base for token in tokens(low) if token in forms)


def score(found: Features, *, meaning: bool) -> float:
    """The log odds that a sentence with these features closes the item."""
    side = 1 if meaning else 0
    return sum(WEIGHTS.get(name, _NONE)[side] * value for name, value in found.items())
