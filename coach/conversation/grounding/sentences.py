"""Sentences as the check reads them: what is quoted in them, and which words carry a claim."""

from __future__ import annotations

import re
from functools import lru_cache

from coach.conversation.grounding.numerals import NUMBERS
from coach.conversation.grounding.rules import rules
from coach.lexical import stems
from coach.memory.noticing.lexicon import lexicon
from coach.text import CALENDAR, words

CALENDAR_STEMS = frozenset(stems(" ".join(CALENDAR)))

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_QUOTE = re.compile(r'"([^"]{2,}?)"')
_SINGLE = re.compile(r"(?<![\w'])'((?:[^']|(?<=\w)'(?=\w)){12,}?)'(?!\w)")
_NO_ENGLISH = 5
"""An English sentence of more words has a function word among them."""
_SPACE = re.compile(r"[^a-z0-9']+")


def straight(text: str) -> str:
    """``text`` with straight quotation marks and single spaces."""
    return " ".join(text.translate(_STRAIGHT).split())


def plain(text: str) -> str:
    """``text`` in lower case, without punctuation, to compare wordings."""
    return _SPACE.sub(" ", straight(text).lower()).strip()


def apart(sentence: str) -> tuple[str, list[str]]:
    """What a sentence says itself, and what it quotes, without the marks."""
    text = straight(sentence)
    quotes = [m.group(1).strip() for m in _QUOTE.finditer(text)]
    text = _QUOTE.sub(" … ", text)
    quotes += [m.group(1).strip() for m in _SINGLE.finditer(text)]
    return " ".join(_SINGLE.sub(" … ", text).split()), quotes


def content(text: str) -> list[str]:
    """The stems of ``text`` that claim something: no function words, no soft ones."""
    idle = rules().soft | rules().english
    return [stem for stem in stems(text) if stem not in idle and "'" not in stem]


def base(word: str) -> str:
    """A verb's base form; another word as it is."""
    verb = lexicon().forms.get(word)
    return verb.base if verb is not None else word


@lru_cache(maxsize=4096)
def telling(text: str) -> dict[str, str]:
    """The words of ``text`` that tell something, each with the stem of its base form.

    Function words, light ones, days and numbers are left out. Unlike :func:`content` it takes
    "rewrote" for "rewrite", and keeps the words that a paraphrase may bring in.
    """
    idle = rules().english | rules().light | NUMBERS.keys() | CALENDAR
    found: dict[str, str] = {}
    for word in words(rules().patterns["idiom"].sub(" ", straight(text))):
        bare = word.removesuffix("'s")
        if bare in idle or not bare[0].isalpha() or "'" in bare:
            continue
        for stem in stems(base(bare)):
            if stem not in _light_stems():
                found[bare] = stem
    return found


@lru_cache(maxsize=1)
def _light_stems() -> frozenset[str]:
    return frozenset(stems(" ".join(rules().light)))


def is_english(text: str) -> bool:
    """Whether a sentence is English, as far as its letters and small words tell."""
    letters = [char for char in text if char.isalpha()]
    if sum(char > "ɏ" for char in letters) > 0.15 * len(letters):
        return False
    told = words(text)
    english = sum(word in rules().english for word in told)
    foreign = sum(word in rules().foreign for word in told)
    if english == 0 and (len(told) > _NO_ENGLISH or (foreign and len(told) > 2)):
        return False
    return foreign <= english
