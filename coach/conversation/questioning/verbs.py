"""Verb forms that a question needs to be turned round: base forms, "-ing" forms."""

from __future__ import annotations

import re
from functools import cache

from coach.conversation.questioning.words import question_words
from coach.memory.noticing.lexicon import lexicon

_VOWELS = "aeiou"
_SHORT = re.compile(rf"[^{_VOWELS}]*[{_VOWELS}][bdgklmnprt]")
_WITH_E = re.compile(r"(?:[^aeiou]at|[cgvzu]|[^s]s|[^aeiou][aeiou]k|iz|is|[aeiou]r|[^aeiou]ot)$")


@cache
def irregular() -> dict[str, str]:
    """Every irregular form of a verb by its base: "spoken" is of "speak"."""
    found: dict[str, str] = {}
    for base, forms in question_words().irregular.items():
        found |= dict.fromkeys(forms, base)
    return found


def is_base(word: str) -> bool:
    """Whether ``word`` is the base form of a verb that is known."""
    verb = lexicon().forms.get(word)
    return (verb is not None and verb.base == word) or word in question_words().verbs


def base_of(word: str) -> str | None:
    """The base of a verb's past, participle, third person or "-ing" form; None if it is none."""
    low = word.lower()
    if low in irregular():
        return irregular()[low]
    if is_base(low):
        return low
    verb = lexicon().forms.get(low)
    if verb is not None:
        return verb.base
    for ending in ("ing", "ed"):
        if low.endswith(ending) and len(low) > len(ending) + 2:
            return _stem(low[: -len(ending)])
    if low.endswith("ies") and len(low) > 4:
        return f"{low[:-3]}y"
    stem = re.sub(r"(?<=ch|sh|ss|zz)es$|(?<=[xo])es$|s$", "", low)
    return stem if stem != low and is_base(stem) else None


def _stem(stem: str) -> str:
    if stem.endswith("i"):
        return f"{stem[:-1]}y"
    if is_base(stem):
        return stem
    if is_base(f"{stem}e"):
        return f"{stem}e"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsfz":
        return stem[:-1]
    return f"{stem}e" if _WITH_E.search(stem) and not stem.endswith(("ng", "nk", "ck")) else stem


def ing_of(base: str) -> str:
    """The "-ing" form of a base: "talk" gives "talking", "sit" gives "sitting"."""
    if base in question_words().doubling:
        return f"{base}{base[-1]}ing"
    known = lexicon().forms.get(base)
    if known is not None and known.base == base:
        return known.ing
    if base.endswith("ie"):
        return f"{base[:-2]}ying"
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")) and base != "be":
        return f"{base[:-1]}ing"
    return f"{base}{base[-1]}ing" if _SHORT.fullmatch(base) else f"{base}ing"


def gerund(phrase: str) -> str | None:
    """ "talk to your boss" as "talking to your boss"; a second verb after "and" or "or" too.

    None when the phrase does not begin with a verb's base form (adverbs may stand before it).
    """
    parts = re.match(rf"((?:{_ADVERB} )*)(not )?([A-Za-z-]+)\b(.*)$", phrase, re.IGNORECASE)
    if parts is None:
        return None
    adverbs, negation, verb, rest = parts.groups()
    if verb.lower() == "be" and re.match(r" \w+ing\b", rest):
        return f"{negation or ''}{rest.strip()}"
    if base_of(verb) != verb.lower():
        return f"{phrase}" if verb.lower().endswith("ing") and base_of(verb) else None
    rest = _ALONE.sub(_second, _SECOND.sub(_second, rest))
    return f"{negation or ''}{adverbs}{ing_of(verb.lower())}{rest}"


_ADVERB = (
    r"(?:also|just|simply|really|always|first|then|now|at least|still|maybe|perhaps|ever|even"
    r"|actually|rather|only|never|once|(?!(?:ap|re|sup|multi|im|comp)ply\b|rely\b|fly\b)\w+ly)"
)
_SECOND = re.compile(
    r"\b(and|or) ([a-z]+)(?= (?:a|an|the|my|your|our|their|his|her|it|them|me|us|him|some|more|to"
    r"|for|with|at|on|in|up|out|what|how|all)\b)"
)
_ALONE = re.compile(r"(?<=^ )(and|or) ([a-z]+)$")
"""A second verb right after the first: "stay or leave"."""


def _second(match: re.Match[str]) -> str:
    word = match[2]
    return f"{match[1]} {ing_of(word)}" if base_of(word) == word else match[0]
