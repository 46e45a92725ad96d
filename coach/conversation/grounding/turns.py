"""Whether a sentence turns what it rests on into something else: other verbs, or the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coach.conversation.grounding.claims import bare, denies
from coach.conversation.grounding.grounds import Grounds, Source
from coach.conversation.grounding.rules import rules
from coach.lexical import stems
from coach.text import words

_FORBIDS = re.compile(
    r"^\W*(?:please )?(?:don't|do not|never|avoid|stop \w+ing)\b|(?<!what )(?<!which )(?<!where )"
    r"\byou (?:cannot|can't|have no|must not|mustn't|should not|shouldn't)\b",
    re.IGNORECASE,
)
_TOLD_SOMEBODY = re.compile(r"\byou (?:told|wrote to|promised|asked|answered|warned)\b", re.I)
_TOLD_BY_ME = re.compile(r"\bi (?:told|wrote|promised|asked|said|answered|warned)\b", re.I)


def opposite(text: str, sources: Iterable[Source]) -> str:
    """A word of ``text`` in the place of its opposite in a source that is like it; else ""."""
    told = set(words(text))
    close = [s for s in sources if len(bare(text) & s.stems) >= 0.5 * max(2, len(bare(text)))]
    if not close:
        return ""
    for word in sorted(told):
        rivals = any(_opposed(word, other) for s in close for other in words(s.text))
        if rivals and not any(word in words(s.text) for s in close):
            return word
    return ""


def _opposed(one: str, other: str) -> bool:
    return one != other and frozenset(stems(f"{one} {other}")) in rules().opposites


def denied(text: str, closest: Source | None) -> bool:
    """Whether ``text`` denies, or forbids, what the source nearest to it says."""
    if closest is None or "?" in text or not _FORBIDS.search(text) or denies(closest.text):
        return False
    told = bare(text)
    return len(told & closest.stems) >= 0.4 * max(1, len(told))


def told_by_nobody(text: str, grounds: Grounds) -> bool:
    """Whether ``text`` has the user tell somebody what no source of the user's does."""
    if not _TOLD_SOMEBODY.search(text) or re.search(r"\btold (?:me|coach)\b", text, re.IGNORECASE):
        return False
    return not any(
        _TOLD_BY_ME.search(s.text) if s.spoken else _TOLD_SOMEBODY.search(s.text)
        for s in grounds.facts
    )
