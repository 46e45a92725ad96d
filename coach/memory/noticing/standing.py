"""What lets words cut out of a note stand alone: no stray fragments, brackets or half sentences."""

from __future__ import annotations

import re

from coach.memory.noticing.closed import AUXILIARY
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.segments import flatten

_FRAGMENTS = re.compile(
    r"(?P<lead>(?!(?:if|when|once|until|before|after|as|on|in|by|at|for|from|since|with|without|next"
    r"|this|last|first|today|tomorrow|tonight|some|each|every|instead|because|although|while)\b)"
    r"[^,.;:]{3,60}(?:, [^,.;:]{2,24})*), (?=(?:i|he|she|they|we)(?:['’]\w+)?\b)",
    re.IGNORECASE,
)
_TO_WHOM = re.compile(
    r"(?P<to>\b(?:to|with|for|ask|ring|call|email|tell|meet|see) )(?:her|him)\b(?! \w+ing)"
)

_TO_BE = re.compile(r"(?P<what>[^.;:!?]{3,80}?) (?=to be \w+(?:ed|en|nt|ne|de|wn|ht|t)\b)")
_HEAD = re.compile(r"\W(?:of|for|to|from|in|on|at|with|about|by)\W")
_SOMEBODY = frozenset({"i", "he", "she", "they", "we", "you"})
_HOPES = re.compile(
    r"(?:hope|want|expect|need|plan|ask|agree|prefer|hate|like|seem)s?|ought|going|due|meant|likely"
    r"|supposed|about|happy|ready|glad|keen|able"
)
_NOT_SEVERAL = ("ss", "us", "is", "'s")


def said_to_be(text: str) -> str:
    """``text`` as a sentence where it tells a task without one: "list to be made" is "list is to
    be made"."""
    match = _TO_BE.match(text)
    if match is None:
        return text
    low = flatten(match["what"]).split()
    if _SOMEBODY.intersection(low) or any(w in AUXILIARY or finite(w) for w in low):
        return text
    if _HOPES.fullmatch(low[-1]):
        return text
    head = _HEAD.split(f" {match['what'].lower()} ")[0].strip()
    several = " and " in head or (head.endswith("s") and not head.endswith(_NOT_SEVERAL))
    return f"{match['what']} {'are' if several else 'is'} {text[match.end() :]}"


def closed(text: str) -> str:
    """``text`` with no bracket left open: what was cut off after it had the other one."""
    if text.count("(") <= text.count(")"):
        return text
    before, _, inside = text.rpartition("(")
    return f"{text})" if len(inside.split()) > 1 else before.rstrip()


def has_verb(text: str) -> bool:
    """Whether ``text`` can stand alone: "it aloud" cannot."""
    low = flatten(text)
    return "'" in low or any(w in AUXILIARY or w in lexicon().forms for w in low.split())


def from_doer(text: str) -> str:
    """``text`` without the fragments before who acts.

    "Bad line, my fault, I'll ring" is "I'll ring".

    "Her" and "him" then stand for the one other person whom the fragments named.
    """
    match = _FRAGMENTS.match(text)
    if match is None or any(finite(w) or w in AUXILIARY for w in flatten(match["lead"]).split()):
        return text
    rest = text[match.end() :]
    names = re.findall(r"(?<=[a-z] )[A-ZÀ-Þ][\w'-]+", match["lead"])
    return _TO_WHOM.sub(rf"\g<to>{names[0]}", rest, count=1) if len(names) == 1 else rest


def finite(word: str) -> bool:
    verb = lexicon().forms.get(word)
    return verb is not None and word == verb.past != verb.base
