"""Phrases to build an ask from: what someone was to do, the name of a thing, a whole clause."""

from __future__ import annotations

import re
from datetime import date

from coach.memory.continuity.things import (
    ASTRAY,
    Thing,
    is_plural,
    lowered,
    names_event,
    thing,
)
from coach.memory.dates import find_dates
from coach.memory.dates.words import word_set
from coach.memory.noticing.lexicon import lexicon
from coach.text import shorten

__all__ = [
    "Thing", "aim", "deed", "first_line", "is_intent", "is_plural", "names_aim",
    "names_event", "quoted", "sound", "thing", "undated", "whole",
]  # fmt: skip

_MOST_WORDS = 16
# Letters that a verb has at least to say something alone: "enrol", but not "do" or "come".
_TELLING_VERB = 5
_WHO = r"(?P<who>I|you|we|both of us)"
_INTENT = re.compile(
    rf"^{_WHO}(?: (?:also|still|now|then|finally|just|do|so|really)){{0,2}}"
    r" (?:(?:would|'d) like to|will|shall|would|should|must|can|could"
    r"|(?:am|are) (?:going|due|supposed|meant|planning|hoping|trying|aiming|looking) to"
    r"|(?:am|are) to|gonna"
    r"|(?:have|has) (?:got )?to|need to|want(?:ed)? to|plan(?:ned)? to|intend(?:ed)? to"
    r"|hope(?:d)? to|mean to|decided to|aim(?:ed)? to"
    r"|(?:(?:have|had) )?(?:promised?|offer(?:ed)?|agreed?|undertook|undertaken|volunteered|pledged"
    r"|committed|taken on)"
    r"(?: (?:me|you))? to"
    r"|(?:said|promised?|offered?)(?: (?:me|you|[A-Z][\w'-]+))?(?: that)? (?:I|you) (?:would|will))"
    r" (?:also |still |then |now )?(?P<vp>.+?)(?: now)?$",
    re.IGNORECASE,
)
_OWES = re.compile(
    rf"^{_WHO}(?: still)? (?:owes?|promised) (?P<to>me|you)(?: still)?"
    r" (?P<np>(?!(?:to|that|I|you)\b).+)$",
    re.IGNORECASE,
)
_AIM_IS = re.compile(
    r"^(?:your|my|our|the) (?:\w+ ){0,2}?(?:goals?|aims?|targets?|ambitions?|dreams?|wish|hopes?)"
    r"(?: (?:for|this|in) (?:\w+ ){0,2}?\w+)? (?:is|was|are|remains)(?: still| now)?:? "
    r"|^to (?=[a-z])",
    re.IGNORECASE,
)
_FEW_WORDS = 3
_DOING = re.compile(rf"^{_WHO} (?:am|are) (?P<verb>\w+ing)\b(?P<rest>.*)$", re.IGNORECASE)
_MUSES = frozenset({"think", "consider", "wonder", "toy", "dream", "ponder", "weigh"})
"""Who does these has decided nothing: it is told as it was said."""
_DOES = re.compile(rf"^{_WHO} (?P<verb>\w+)\b(?P<rest>.*)$", re.IGNORECASE)
_CUT = re.compile(
    r"\s*(?:[;:(–—]|\s-\s|,(?! (?:and|or) )|\bjust (?:to|for|so)\b"
    r"|\b(?:because|so that|while|since|as soon as|once|when)\b"
    r"|\bbefore (?:I|you|we|it|they|he|she)\b"
    r"|, (?:and|but|so) (?:I|you|he|she|they|we|it)\b|\band (?:I|you|he|she|they|we|it)\b).*$"
)
# Told from another date, which the ask leaves out.
_LOOSE_END = re.compile(
    r",? (?:(?:the|a) (?:day|week) (?:before|after)|before|after|by then|until then|then)"
    r"(?: that)?(?=$|[,.;])",
    re.IGNORECASE,
)
_WHICH_DAY = re.compile(r"\b(?:next|this|coming)\s+$", re.IGNORECASE)
# What is left when a date was taken out of the middle of a sentence.
_DANGLING = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|will|the|a|an|on|in|at|by|for|from|of|to|with|and|or|but"
    r"|until|till|before|after|between|as|that|than|my|your|our)\s*(?:[,;:.!?]|$)"
    r"|\b(?:on|at|by|from|until|till|between|of) (?:and|to|or|until|off)\b|^\W|\(\W*\)",
    re.IGNORECASE,
)
_JOTTED = re.compile(
    r"\b(?:bc|cos|lol|btw|w/|ppl|tbh|tbc|tba|re|asap|pls|thx|gonna|dont|didnt|theyll|hes|shes)\b"
    r"|(?:^|, )ill\b|[→*#!]|\?\?",
    re.IGNORECASE,
)
# Verbs that say nothing without an object right after them.
_NEEDS_OBJECT = word_set("have send bring give get make take put let tell show hand lend do find")
_NOT_AN_OBJECT = word_set(
    "ready for by to on at in until till from with before after and or around over back"
)
# "Take over a firm", "bring back the keys": the verb has its object behind the particle.
_PHRASAL = re.compile(
    r"\w+ (?:over|on|back) (?:the|a|an|my|your|our|his|her|their|some|more)\b", re.IGNORECASE
)
_STATES = word_set(
    "want need have like owe hope think know be feel love hate seem mean keep find believe"
)
_LIKES = word_set("love hate prefer rather sooner like")


_WHOSE = re.compile(
    r"(?:me|him|her|them|he|she|they|I|you|both|us)\s*(?::|[–-](?=\s))\s*", re.IGNORECASE
)
"""Before a jotted task, whose it is: the ask says so in its own words."""


def undated(text: str, on: date) -> str:
    """``text`` without the dates in it, since an ask tells the date in its own words."""
    for mention in reversed(find_dates(text, on)):
        if mention.recurring:
            continue
        text = _WHICH_DAY.sub("", text[: mention.start]) + text[mention.end :]
    text = re.sub(r"\s+([,.;:!?)])", r"\1", re.sub(r"\(\s*\)", "", text))
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    return re.sub(r"\s{2,}", " ", text).strip(" ,;:–—-.")


def first_line(text: str) -> str:
    """The first line of jotted notes where it says enough by itself, else all of them."""
    first, *rest = text.strip().splitlines() or [""]
    return first if rest and len(first.split()) >= _FEW_WORDS else text


def aim(clause: str) -> str:
    """The bare aim in "my goal is a first patent": "a first patent"; other clauses stay."""
    bare = _AIM_IS.sub("", clause)
    if bare == clause:
        return clause
    return bare if not bare.lower().startswith("to ") else bare[3:]


def names_aim(name: str) -> bool:
    """Whether a phrase can follow "you are aiming for": "a first patent", "40 a month"."""
    return bool(
        re.match(
            r"(?:\d|(?:a|an|(?:my|your|our)(?! (?:goal|aim))|more|fewer|less|zero|no)\b)",
            name.lower(),
        )
    )


def deed(clause: str) -> str | None:
    """What the clause's subject means to do, as a bare infinitive: "send me the slides".

    ``clause`` is spoken ("you will send me the slides", "look over your slides"); None when it
    says no such thing.
    """
    clause = clause.strip()
    owed = _OWES.match(clause)
    if owed:
        return _trimmed(f"get {owed['to']} {lowered(owed['np'])}")
    intent = _INTENT.match(clause)
    if intent:
        negated = re.match(r"(?:not|never|be able)\b", intent["vp"], re.IGNORECASE)
        return None if negated else _trimmed(intent["vp"])
    doing = _DOING.match(clause)
    if doing:
        verb = lexicon().forms.get(doing["verb"].lower())
        if verb is None or verb.base in _MUSES:
            return None
        return _trimmed(f"{verb.base}{doing['rest']}")
    does = _DOES.match(clause)
    if does and does["verb"].lower() in _STATES:
        return None
    if does:
        return _infinitive(f"{does['verb']}{does['rest']}")
    return _infinitive(clause[:1].lower() + clause[1:])


def is_intent(clause: str) -> bool:
    """Whether the clause says what somebody means to do, whether or not it can be told cleanly."""
    return bool(_INTENT.match(clause.strip()))


def _infinitive(phrase: str) -> str | None:
    """``phrase`` when it begins with a verb's base form, after an adverb at most."""
    first = re.match(r"(?:(?:also|still|then|now|please)\s+)?([\w'-]+)", phrase)
    if first is None:
        return None
    word = first.group(1).lower()
    verb = lexicon().forms.get(word)
    if verb is None or word != verb.base:
        return None
    return _trimmed(phrase)


def _trimmed(phrase: str) -> str | None:
    phrase = _LOOSE_END.sub("", phrase)
    short = _CUT.sub("", phrase).strip(" ,;:–—-.!?\"'")
    least = 3 if short.lower().startswith("be ") else 2
    phrase = short if len(short.split()) >= least else phrase
    phrase = re.sub(r"\s*&\s*", " and ", phrase).strip(" ,;:–—-.!?\"'")
    parts = phrase.lower().split()
    if not parts or parts[0] in _LIKES or not sound(phrase):
        return None
    if len(parts) == 1 and len(phrase) < _TELLING_VERB:
        return None
    after = parts[1] if len(parts) > 1 else "for"
    lacks = parts[0] in _NEEDS_OBJECT and after in _NOT_AN_OBJECT
    if after in {"until", "till"} or (lacks and not _PHRASAL.match(phrase)):
        return None
    if not 1 <= len(phrase.split()) <= _MOST_WORDS or '"' in phrase:
        return None
    return phrase


def sound(phrase: str) -> bool:
    """Whether ``phrase`` can be said aloud: nothing dangles, no pronoun went astray, no jotting."""
    return not any(wrong.search(phrase) for wrong in (_DANGLING, ASTRAY, _JOTTED))


def whole(clause: str) -> str | None:
    """The clause as it can follow "you told me that": one with a subject, not too long."""
    clause = clause.strip(" ,;:–—-.!?\"'")
    if not re.match(r"(?:I|you|we|your|my|our|the)\b(?!\s*[:–—])", clause, re.IGNORECASE):
        return None
    if not sound(clause):
        return None
    if re.search(r'"|, which|[.!?] ', clause):
        return None
    short = re.sub(r"\s*(?:[;(–—]|\s-\s).*$", "", clause)
    short = short if len(short.split()) >= 3 else clause
    if not 3 <= len(short.split()) <= 2 * _MOST_WORDS - 8:
        return None
    return short if short.startswith("I ") else short[:1].lower() + short[1:]


def quoted(quote: str) -> str:
    """The user's own words, short enough to be read out, with no double quotation marks inside."""
    words = " ".join(re.sub(r'["“”]', "'", quote).split()).strip(" -*•→").rstrip(".,;:")
    words = words[match.end() :] if (match := _WHOSE.match(words)) else words
    if len(words) > 2 and words[0] == "'" and words.find("'", 1) in {-1, len(words) - 1}:
        words = words.strip("'")
    return shorten(words.rstrip("."), 110)
