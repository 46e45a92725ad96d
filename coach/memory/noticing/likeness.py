"""How surely a sentence speaks of an earlier item: roots in common, its heading, its day."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache

from coach.memory.items import Item
from coach.memory.noticing.closed import STOP
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.roots import named_day, root
from coach.memory.noticing.segments import flatten, tokens

ENOUGH = 1.0
_LABEL = 0.8
_DAY = 0.8
_LEFT_OUT = re.compile(
    r"\b(?:(?<!if )not|except|only not|apart from|all but|everything but|instead of) (?:for )?"
    r"(?:the|my|his|her|their|our|that of|those of|that|this) (?P<what>\w+(?: \w+)?)"
)
"""What was not done: "he read my poem, not the letter"."""
_DAYS = """january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday"""


def told(
    item: Item,
    text: str,
    key: frozenset[str],
    names: frozenset[str],
    on: date,
    days: Counter[date | None],
) -> float:
    """What the heading of a sentence ("CV: sent") and the day that it names add to its weight."""
    low = flatten(text)
    label = re.match(r"\W*([^:=]{2,30}?)\s*(?::|=|\s[–—-])\s", low)
    weight = _LABEL if label and stems_of(label.group(1), names) & key else 0.0
    passed = item.kind in ("event", "commitment") and item.when is not None and item.when <= on
    if passed and item.when is not None and named_day(low, item.when, on):
        weight += _DAY if days[item.when] > 1 else ENOUGH
    return weight


def weight_of(key: frozenset[str], stems: frozenset[str], shared: Counter[str]) -> float:
    """How surely stems of a sentence speak of an item with the stems ``key``; 1 is enough.

    ``shared`` counts in how many open items each stem is: one in a single item tells most.
    """
    common = _common()
    total = 0.0
    for stem in key & stems:
        if stem in common:
            total += 0.2
        else:
            total += 1.0 if shared[stem] == 1 else 0.7
    named = key - _calendar()
    if named and len(named & stems) >= max(min(2, len(named)), 0.6 * len(named)):
        total = max(total, ENOUGH)
    if total < ENOUGH:
        for line in _synonyms():
            if key & line and stems & line and not key & stems & line:
                total += 0.7
                break
    return total


def leaves_out(low: str, key: frozenset[str], names: frozenset[str]) -> bool:
    """Whether a flattened sentence names what has the stems ``key`` only as what was left out."""
    return any(stems_of(match["what"], names) & key for match in _LEFT_OUT.finditer(low))


def stems_of(text: str, names: frozenset[str]) -> frozenset[str]:
    """Stems of the content words of ``text``, numbers and the pair's own names left out."""
    return frozenset(
        root(t.removesuffix("'s")) for t in tokens(flatten(text))
        if t not in STOP and t.removesuffix("'s") not in names and not t.isdigit() and len(t) > 1
    )  # fmt: skip


@cache
def _calendar() -> frozenset[str]:
    return frozenset(root(day) for day in _DAYS.split())


@cache
def _common() -> frozenset[str]:
    return frozenset(root(w) for w in lexicon().common)


@cache
def _synonyms() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(root(w) for w in line) for line in lexicon().same)
