"""Telling nouns, names and verbs apart by the words beside them."""

from __future__ import annotations

import re

from coach.memory.noticing.closed import AUXILIARY
from coach.memory.noticing.lexicon import Lexicon
from coach.memory.noticing.segments import Clause, is_finite

_HAS_OR_IS = re.compile(
    r"(?:been|got|going|gonna|just|not|still|now|a|an|in|on|at|to|very|so|away|already|also|never"
    r"|finally|back|off|out|due|too|really|about)$"
)
_OBJECT = re.compile(
    r"(?:me|him|her|us|them|my|his|our|their|the|a|an|it|this|that|to|in|on|for|off|up|out|back|with"
    r"|next|from|at|over|down|about|around|through|some|two|three|by|after|before)$"
)

_WHOM = frozenset({"me", "him", "her", "us", "them", "it"})


def means_i(words: Lexicon, matches: list[re.Match[str]], i: int) -> bool:
    """Whether "ill" or "id" at ``i`` is "I'll" or "I'd" without its apostrophe."""
    following = matches[i + 1].group() if i + 1 < len(matches) else ""
    return following in words.verbs or following in {"be", "also", "just", "have"}


def is_verb(words: Lexicon, word: str, i: int, matches: list[re.Match[str]]) -> bool:
    if is_finite(word, words):
        following = matches[i + 1].group() if i + 1 < len(matches) else ""
        plural = i == 0 and word not in AUXILIARY
        return not (plural and is_finite(following, words))
    if word == "to":
        return i == 0
    following = matches[i + 1].group() if i + 1 < len(matches) else ""
    return i == 0 and word in words.forms and not is_finite(following, words)


def named(words: Lexicon, clause: Clause, matches: list[re.Match[str]], i: int) -> bool:
    """Whether the capitalised word at ``i`` is somebody's name, as what follows shows."""
    for match in matches[i + 1 : i + 4]:
        word = match.group()
        if is_finite(word, words) or clause.low[match.start() - 1 : match.start()] == "'":
            return word not in words.lead
        if not (clause.text[match.start()].isupper() or word in {"and", "von", "de", "van", "s"}):
            return False
    return False


def until_verb(words: Lexicon, matches: list[re.Match[str]], i: int) -> int:
    for match in matches[i + 1 : i + 8]:
        if is_finite(match.group(), words):
            return match.start()
    return matches[i].end()


def contracted(words: Lexicon, after: str) -> bool:
    """Whether the "'s" that ``after`` begins with is "is" or "has"."""
    match = re.match(r"'s ([a-z-]+)(?: ([a-z']+))?", after)
    if match is None:
        return False
    if _HAS_OR_IS.match(match.group(1)):
        return True
    verb, following = words.forms.get(match.group(1)), match.group(2) or ""
    if verb is None:
        return match.group(1).endswith("ing") and following in _WHOM
    if is_finite(following, words):
        return False
    return match.group(1) == verb.participle or (
        match.group(1) == verb.ing and _OBJECT.match(following) is not None
    )
