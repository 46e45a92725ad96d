"""Telling nouns, names and verbs apart by the words beside them."""

from __future__ import annotations

import re

from coach.memory.noticing.closed import AUXILIARY
from coach.memory.noticing.lexicon import Lexicon
from coach.memory.noticing.segments import Clause, is_finite


def means_i(words: Lexicon, matches: list[re.Match[str]], i: int) -> bool:
    """Whether "ill" or "id" at ``i`` is "I'll" or "I'd" without its apostrophe."""
    following = matches[i + 1].group() if i + 1 < len(matches) else ""
    return following in words.verbs or following in {"be", "also", "just", "have"}


def is_verb(words: Lexicon, word: str, i: int, matches: list[re.Match[str]], low: str) -> bool:
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
