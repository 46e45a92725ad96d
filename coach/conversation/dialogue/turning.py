"""Messages that turn a question of memory: to the other side, to a fact, to somebody else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, cast

from coach.lexical import stems
from coach.memory.items import Owner
from coach.text import first_name, word_count

Side = Literal["promises-mine", "promises-theirs", "promises-both"]

_BEGINS = (
    r"^\W*(?:(?:and|ok(?:ay)?|so|right|good|thanks|thank you|now|then|but|hm+|yes|what about"
    r"|how about|what of|show me|tell me|list|which are|what are)[,.:]? )*"
)
_ENDS = r"(?: ones?| own| side| part| promises?| commitments?| then| now| please| again| too)*\W*$"
_MINE = re.compile(rf"{_BEGINS}(?:mine|my(?: (?:own|side|part|ones))+|me|on my side){_ENDS}", re.I)
_THEIRS = (
    r"(?:hers|his|theirs|(?:her|his|their)(?: (?:own|side|part|ones))+|her|him|them|{name}(?:'s)?"
    r"|on (?:her|his|their|{name}'s) side)"
)
_BOTH = re.compile(rf"{_BEGINS}(?:both(?: sides| of us)?|ours|all of (?:it|them)){_ENDS}", re.I)

_FACT = re.compile(
    r"^\W*(?:(?:and|ok(?:ay)?|so|right|now|then|but|hm+|wait|sorry|hey|by the way|btw|oh|well"
    r"|remind me|tell me|do (?:you|we|i) (?:know|remember)|can you (?:tell|remind) me|quick"
    r"|please)[,.:]? )*"
    r"(?:what(?:'s| is| was| were| are| did| does| time| day| date)|when(?:'s| is| was| did| does"
    r"| do| will| are)|where(?:'s| is| was| did| does| do| will| are)|who(?:'s| is| was| did| does)"
    r"|which|whose|did|has|have|is|was|are|were|does|how (?:did|was|were|is|are|old|long|many|much"
    r"|far)|by when)\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"\b(?:should|shall|can i|could i|do i|am i|would (?:i|you|it)|may i|might|to (?:do|say|ask"
    r"|tell|bring up|raise|give|handle|deal)|best|good (?:way|time|idea)|better|how to|worth|ok"
    r"|okay|wise|right (?:way|time)|point|difference|mean|matters?|important|normal|usual|people"
    r"|mentors|mentees|one|you|your|i|we)\b",
    re.IGNORECASE,
)
OF_ANYTHING = frozenset(
    stems(
        """what when where who did does do is was has have will say said tell told mention remember
        happen due by again exactly about on at the a it that this he she they him her them me us
        you"""
    )
)
"""Stems of the words that any question to memory may have, whatever it is about."""
_TIMES = OF_ANYTHING | frozenset(
    stems(
        """which whose are were how old long many much far deadline date day time go goes going
        went gone still already now yet news latest thing things know with of an to in for or his
        hers their theirs its i my we our your"""
    )
)
_LONGEST = 14
_SHARE = 0.5


def turned_side(text: str, name: str) -> Side | None:
    """Whose promises are wanted now, after some were told: "and hers?", "what about mine?"."""
    plain = text.replace("’", "'")
    if _MINE.match(plain):
        return "promises-mine"
    if _BOTH.match(plain):
        return "promises-both"
    theirs = _THEIRS.replace("{name}", re.escape(name))
    found = re.match(rf"{_BEGINS}{theirs}{_ENDS}", plain, re.IGNORECASE)
    return "promises-theirs" if found else None


def asks_fact(text: str) -> bool:
    """Whether a message asks for a fact about somebody, and not what to do or think."""
    plain = text.replace("’", "'")
    found = _FACT.match(plain)
    if not found or word_count(plain) > _LONGEST:
        return False
    return not _ADVICE.search(plain[found.end() :])


def asks_deed(text: str, name: str) -> Owner | None:
    """Whose deed a message asks for: "did she send it?", "was it me who ...?"; None for none."""
    them, me = rf"(?:he|she|they|him|her|them|{re.escape(name)})", r"(?:i|me)"
    for who, owner in ((them, "them"), (me, "me")):
        was_it = rf"was it {who}\b(?=.* (?:who|that|to)\b)"
        did = rf"did {who}\b(?! (?:say|mention|tell|talk|mean))"
        pattern = rf"{_BEGINS}(?:{did}|{was_it}|has {who} (?:\w+ )?\w+ed\b)"
        if re.match(pattern, text.replace("’", "'"), re.IGNORECASE):
            return cast(Owner, owner)
    return None


def fact_in(text: str, name: str, known: Sequence[str]) -> bool:
    """Whether one of the ``known`` texts speaks of at least half of what a question names."""
    asked = {one for one in stems(text) if not one[:1].isdigit()} - _TIMES - set(stems(name))
    most = max((len(asked & set(stems(one))) for one in known), default=0)
    return bool(asked) and most >= _SHARE * len(asked)


def somebody_else(text: str, names: Sequence[str], own: str) -> str:
    """Which of ``names``, of other people, a message names that does not name ``own``; else ""."""
    if re.search(rf"\b{re.escape(first_name(own))}\b", text, re.IGNORECASE):
        return ""
    called = {first_name(one): one for one in names if first_name(one) != first_name(own)}
    found = [one for one in called if re.search(rf"\b{re.escape(one)}\b", text)]
    return called[found[0]] if len(found) == 1 else ""
