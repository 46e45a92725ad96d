"""Passages told in confidence that say where they end: "Between us: ... End of secret."."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from coach.memory.noticing.layout import Block
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.segments import flatten

_REACH = 4
_BRIEF = 8
_CURT = 5
_SECRET = re.compile(
    r"\b(?:secrets?|amanah|secrecy|private|privacy|confiden\w+|(?:the|on) record)\b"
)
_ENDS = re.compile(
    r"\b(?:ends?|ended|ending|over|conclud\w+|finish(?:ed)?|done|so far|up to (?:here|there|this)"
    r"|back (?:on|to)|was|(?:no|not)(?: \w+)?(?= (?:secrets?|private|confiden\w+)\b))\b"
    r"|\b(?:by|past)\W*$"
)
_GOES_ON = re.compile(
    r"\b(?:rest|others?|next|everything else|from (?:here|now)(?: on)?|rules?"
    r"|after (?:this|that))\b"
)
_OPEN = re.compile(r"\b(?:normal|open|public|ordinary|usual|not? secrets?|shareable)\b")
_CURT_END = re.compile(
    r"\W*(?:(?:ok|okay|right|so|and|well|now|there|that(?:'s| is| was)?|this|all|here|i'm)\W+)*"
    r"(?:end|ends|enough|done|over|finish(?:ed)?|out (?:of|from)|back (?:on|to|in)|said|by|past"
    r"|closed|stops here|ends here|all|\w+ off(?=\W*$))\b"
)
_SOMEBODY = re.compile(r"\b(?:i|we|he|she|they|his|her|their|my|our|\d+)\b")
_ASKS = re.compile(
    r"[^:]*\b(?:keep|kept|please|pls|kindly|us|(?:be|a)tween|same (?:rule|privacy|terms|deal)"
    r"|quiet|nobody|not for|only (?:you|me)|(?:n't|not?|never|dinna) (?:tell|say|mention))\b"
    r"[^:]*:\s*\S"
)
"""A head that asks for something, before the news: "Keep this off the radio: he fell."."""


def passages(
    source: str,
    spans: Sequence[tuple[int, int]],
    blocks: Sequence[Block],
    marked: Collection[int],
) -> dict[int, int]:
    """Where passages told in confidence end: the sentence that says so, and where they begin.

    ``marked`` are the sentences with a mark of confidence. A passage begins at the last of those
    before its end or at a sentence with a head that asks for something ("Keep this off the radio:
    ..."), since nothing else could end there. Where the end speaks of a secret and nothing before
    it does, the sentence before it is the secret.
    """
    found: dict[int, int] = {}
    for number, (start, end) in enumerate(spans):
        low = flatten(source[start:end])
        if not _ends(low):
            continue
        block = next((b for b in blocks if b.start <= start < b.end), None)
        first = next((i for i, (a, _) in enumerate(spans) if block and a >= block.start), number)
        near = range(number - 1, max(first, number - _REACH, _last(found) + 1) - 1, -1)
        begins = [i for i in near if i in marked or _asks(flatten(source[slice(*spans[i])]))]
        if not begins and near and number in marked and not lexicon().private["above"].search(low):
            begins = [number - 1]
        if begins:
            found[number] = begins[0]
    return found


def _asks(low: str) -> bool:
    return _ASKS.match(low) is not None


def _last(found: Collection[int]) -> int:
    return max(found, default=-1)


def _ends(low: str) -> bool:
    """Whether a sentence says no more than that something is over, or that what follows is open."""
    count = len(re.findall(r"[\w']+", low))
    if count > _BRIEF or re.search(r"[:?]\s*\w", low):
        return False
    if _SECRET.search(low) and _ENDS.search(low):
        return True
    if _GOES_ON.search(low) and _OPEN.search(low):
        return True
    somebody = _SOMEBODY.search(low.replace("i'm ", ""))
    return count <= _CURT and not somebody and _CURT_END.match(low) is not None
