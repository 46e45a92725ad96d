"""Whether a thing is told again with the other sign: "hasn't opened it", later "opened: a refund".

A word counts as denied within a few words after a negation, or before "badly"; the rest of a text
is told plainly. What was denied and is now plain has come about; a verb that was plain and is
now denied has stopped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.memory.dates.words import word_set
from coach.memory.noticing.closed import STOP
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.roots import root
from coach.memory.noticing.segments import tokens

_REACH = 4
_NEGATION = word_set(
    """
    not never no nobody nothing none neither nor without hardly barely scarcely cannot cant dont
    didnt hasnt havent isnt wont aint lacks lack lacking missing stopped unable
    """
)
_AFTERWARDS = frozenset({"badly", "poorly"})
_STILL = re.compile(r"\b(?:still|again|as ever|even (?:less|more)|worse|yet)\b")


_STRUCK = re.compile(r"(?:^\W*|[,;:.] |\b(?:so|and|but|then) )no (?P<what>\w+)")
_UNDONE = re.compile(
    r"\b(?:(?:is|are|has|have)(?:n't| not| yet to be)|'s not|not yet)(?: yet| been| quite)*"
    r" (?P<deed>[a-z-]+)"
)
"""Present and perfect: what "was not sent" may have had its reasons, what "is not sent" is open."""
_NOT_FINAL = re.compile(r"\b(?:yet|so far|still|till|until|before)\b")


def is_struck(thing: str, told: str) -> bool:
    """Whether flattened ``told`` says that there is no such ``thing``: "so no consultation"."""
    if _NOT_FINAL.search(told):
        return False
    named = {root(word) for word in tokens(thing)}
    return any(root(found["what"]) in named for found in _STRUCK.finditer(told))


def denies(told: str, deeds: frozenset[str]) -> bool:
    """Whether flattened ``told`` says of one of the ``deeds`` (base forms) that it is not done."""
    forms = lexicon().forms
    undone = (forms.get(found["deed"]) for found in _UNDONE.finditer(told))
    return any(verb is not None and verb.base in deeds for verb in undone)


def is_reversed(burden: str, told: str) -> bool:
    """Whether the flattened clause ``told`` says the contrary of the flattened ``burden``."""
    if _STILL.search(told):
        return False
    plain, denied = _signs(burden)
    now, no_longer = _signs(told)
    came = (denied - plain) & (now - no_longer)
    stopped = {word for word in (plain - denied) & (no_longer - now) if word in _verbs(burden)}
    return bool(came or stopped)


def _signs(low: str) -> tuple[frozenset[str], frozenset[str]]:
    """The roots told plainly and the roots denied."""
    plain: set[str] = set()
    denied: set[str] = set()
    for stem, negated in _told(low):
        (denied if negated else plain).add(stem)
    return frozenset(plain), frozenset(denied)


def _told(low: str) -> Iterator[tuple[str, bool]]:
    for part in re.split(r"[,;:.!?()]|\b(?:and|but)\b", low):
        left, words = 0, tokens(part)
        for place, word in enumerate(words):
            if word in _NEGATION or word.endswith("n't"):
                left = _REACH
                continue
            badly = not _AFTERWARDS.isdisjoint(words[place + 1 : place + 3])
            if word not in STOP and len(word) > 2:
                yield root(word.removesuffix("'s")), left > 0 or badly
            left -= 1


def _verbs(low: str) -> frozenset[str]:
    return frozenset(root(word) for word in tokens(low) if word in lexicon().forms)
