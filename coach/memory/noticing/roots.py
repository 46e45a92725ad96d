"""Roots of words across verb and noun ("inspectors", "inspection"), and days named in a text."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import Stemmer

from coach.memory.noticing.lexicon import lexicon

_SHORTEST = 4
_MONTH = 35
_NOUN = re.compile(r"(?:ations?|itions?|ions?|ments?|ances?|ences?|als?|ors?|ers?|ees?|ure)$")
_ENDING = re.compile(r"(?:ss|[sdtcieyz])$")
_MONTHS = (
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?",
    "aug(?:ust)?", "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second",
    "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh",
    "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
)  # fmt: skip


@cache
def root(word: str) -> str:
    """What ``word`` (lower case) shares with its relatives: "apply", "application" -> "appl".

    The stem by Porter's second algorithm, without the endings that make a noun of a verb and
    without the consonant that changes before them; never shorter than four letters by this.
    """
    verb = lexicon().forms.get(word)
    stem = str(Stemmer.Stemmer("english").stemWord(verb.base if verb is not None else word))
    bare = _NOUN.sub("", word if verb is None else stem)
    short = bare if _SHORTEST <= len(bare) < len(word) and bare != word else stem
    for _ in range(2):
        cut = _ENDING.sub("", short)
        if len(cut) < _SHORTEST:
            break
        short = cut
    return short


def named_day(low: str, day: date, on: date) -> bool:
    """Whether flattened text of the day ``on`` names the earlier ``day``.

    "27 April" and "April 27" name it at any distance; "the 27th" only within the last month or
    so, since it means the latest.
    """
    month, others = _MONTHS[day.month - 1], "|".join(_MONTHS)
    ordinal = rf"{day.day}(?:st|nd|rd|th)|{_ORDINALS[day.day - 1]}"
    number = rf"(?:{day.day}|{ordinal})"
    if re.search(rf"\b{number}(?: of)? {month}\b|\b{month} (?:the )?{number}\b", low):
        return True
    bare = (
        rf"\b(?:the|on) (?:{ordinal})\b(?! (?:of )?(?:{others})\b)(?!-| (?:time|and)\b)"
        rf"|\b{day.day}(?:st|nd|rd|th)\b(?! (?:of )?(?:{others})\b)"
    )
    return (on - day).days <= _MONTH and re.search(bare, low) is not None
