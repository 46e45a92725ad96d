"""Whose deed a clause tells: somebody else's own thing, or words to another person, end nothing."""

from __future__ import annotations

import re

from coach.memory.dates.words import word_set
from coach.memory.items import Item
from coach.memory.noticing.closed import STOP
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.segments import flatten, tokens

_OTHERS = word_set("mate friend colleague neighbour classmate flatmate cousin team depot group")
_ANOTHER = r"(?:another|an other|the other|a different|some other|somebody else's|someone else's)"
_THEIRS = re.compile(r"\b(?:his|hers?|theirs?|its)\b")
_SUBJECT = re.compile(
    rf"\W*(?:(?:and|but|so|also|now|next week) )*(?:\w+ (?:said|says|thinks|told me) (?:that )?)?"
    rf"(?:(?:{_ANOTHER}|my|his|her|their|our|an?|the"
    r"|one of (?:my|his|her|their|our)) )?(?P<who>(?:[\w-]+(?:'s)? ){1,2})"
)
_TO_KIN = re.compile(
    r"\b(?:told|asked|rang|rung|called|phoned|met|saw|emailed|mailed|texted"
    r"|(?:spoke|spoken|talked|wrote|written) (?:to|with)) (?:my|his|her|their|our) (?P<whom>\w+)"
)
_TO_NAME = re.compile(
    r"\b(?i:tell|told|ask|asked|ring|rang|rung|call|called|phone|phoned|meet|met|see|saw|email|emailed"
    r"|text|texted|messaged?|(?:speak|spoke|spoken|talk|talked|write|wrote|written) (?:to|with)"
    r"|word with) (?:(?:Dr|Prof|Mr|Mrs|Ms|Sister|Father)\.? )?(?P<whom>[A-ZÀ-Þ][\w-]+)"
)
_LIGHT = word_set("has have had also already just then since now finally even 's 've 'd")
_SPEAKS = re.compile(
    r"\b(?:tell|ask|ring|call|phone|meet|see|email|mail|text|(?:speak|talk|write) (?:to|with)"
    r"|(?:a )?word with|sit down with)\b"
)


def is_their_own(item: Item, low: str) -> bool:
    """Whether a flattened clause tells of another person's own thing of the same sort.

    "Her sister has passed her exams", "a mate of his finished his price sheet".
    """
    subject = _SUBJECT.match(low)
    if subject is None:
        return False
    who = frozenset(tokens(subject["who"])) - STOP
    anothers = re.match(rf"\W*{_ANOTHER}\b", low) is not None
    stranger = anothers or bool(who & (frozenset(lexicon().relatives) | _OTHERS))
    if not stranger or who & frozenset(tokens(flatten(item.quote))):
        return False
    return anothers or _THEIRS.search(low[subject.end("who") - 1 :]) is not None


def is_to_another(item: Item, low: str, written: str) -> bool:
    """Whether a clause tells of words to somebody else than those promised.

    "I told my mum about Eilidh" is no word to Eilidh, nor "she talked to Hanneke" one with Piet.
    ``written`` is the clause with its capitals.
    """
    promised = flatten(item.quote)
    told = {m["whom"] for m in _TO_KIN.finditer(low)} & frozenset(lexicon().relatives)
    if told and _SPEAKS.search(promised) and told.isdisjoint(tokens(promised)):
        return True
    meant = {m["whom"] for m in _TO_NAME.finditer(item.quote)}
    named = {m["whom"] for m in _TO_NAME.finditer(written)}
    return bool(meant and named) and all(name not in item.quote for name in named)


def does_it_oneself(low: str, deeds: frozenset[str]) -> bool:
    """Whether the subject of a flattened clause did one of the ``deeds`` (base forms): "she rang".

    A passive is another's deed: "she was introduced".
    """
    forms = lexicon().forms
    for word in tokens(low)[1:4]:
        verb = forms.get(word)
        if word in _LIGHT or verb is None:
            if word in _LIGHT:
                continue
            return False
        return word in (verb.past, verb.participle) and verb.base in deeds
    return False
