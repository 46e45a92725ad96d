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


def is_to_another(item: Item, low: str) -> bool:
    """Whether a clause tells of words to a relative where they were promised to somebody else.

    "I told my mum about Eilidh" is no word to Eilidh.
    """
    promised = flatten(item.quote)
    told = {m["whom"] for m in _TO_KIN.finditer(low)} & frozenset(lexicon().relatives)
    return bool(told and _SPEAKS.search(promised)) and told.isdisjoint(tokens(promised))
