"""What "it" or "do that" stands for in a clause, where the words before it leave no doubt.

A memory item is read weeks later without its neighbours: "wants to sit it in December" says nothing
then. Only the clause just before, in the same sentence, is looked at, and only when it names a
single thing: an item that names the wrong thing is worse than one that is vague.
"""

from __future__ import annotations

import re

from coach.memory.noticing.closed import AUXILIARY, PREPOSITIONS, STATIVE
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.segments import flatten, is_finite

_DETERMINED = re.compile(
    r"(?<![\w'])(?:the|a|an|my|your|his|her|their|our|this|that|another) (?=[a-z])"
)
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_IT = re.compile(r"(?<![\w'])it(?![\w'])")
_EMPTY = re.compile(
    r"(?:make|made|making|take|took|find|found|hold|held|leave|left|call|called|worth|mind|of"
    r"|keep|kept|believe|think|thought|like|hate|love|put|did|for|with|at|on|about|to|round"
    r"|around) it\b"
    r"|\bit (?:is|was|would|will|up|upon|on (?:her|him|them|my|your)self|that|to|if|when|easy|hard"
    r"|difficult)\b",
)
""" "It" that stands for nothing, or for a whole situation."""
_STOPS = frozenset((
    "and", "or", "but", "so", "because", "since", "while", "when", "where", "which", "who", "that",
    "if", "than", "as", "to", "not", "now", "today", "then", "again", "soon", "first", "yet",
    "though", "although", "until", "till",
))  # fmt: skip
_DO_THAT = re.compile(
    r"(?<![\w'])(?:do|try) (?:that|this|so)(?![\w'])(?! (?:again|for|with|to|one)\b)"
)
_DEED = re.compile(
    r"(?<![\w'])(?:(?:about|suggested|recommended|considered|discussed|proposed|planned|try|tried)"
    r" (?P<ing>[a-z]+ing)"
    r"|(?:should|could|might|ought to|how to|idea is to|wants? to|wanted to|(?:me|him|her|them) to)"
    r" (?P<base>[a-z]+))(?P<rest>(?: [\w'’-]+)+)"
)
_LONGEST = 10
"""Words of a deed that an item takes over; what is longer says more than the deed."""
_MOST_WORDS = 4
_NO_THING = frozenset((
    "way", "moment", "time", "week", "month", "year", "day", "night", "evening", "morning", "end",
    "beginning", "start", "lot", "bit", "while", "hour", "minute", "thing", "man", "woman",
    "person", "boss", "manager", "wife", "husband", "son", "daughter", "mother", "father",
    "brother", "sister", "friend", "mentor", "mentee", "colleague", "team",
))  # fmt: skip
"""Nouns that "it" hardly stands for."""


def resolved(worded: str, before: str) -> str:
    """``worded`` with the one thing that ``before`` names instead of its first "it", or with the
    deed there instead of "do that".

    ``before`` is the clause just before it; where that names none or several, or ``worded`` names
    something before its "it", ``worded`` comes back as it is.
    """
    low = flatten(worded)
    if done := _DO_THAT.search(low):
        deed = _deed(before)
        return f"{worded[: done.start()]}{deed}{worded[done.end() :]}" if deed else worded
    found = _IT.search(low)
    if found is None or _EMPTY.search(low) or not found.start():
        return worded
    if _things(worded[: found.start()]):
        return worded
    named = _things(before)
    if len(named) != 1:
        return worded
    thing = re.sub(r"^(?:an?|another|this|that) ", "the ", named[0], flags=re.IGNORECASE)
    thing = re.sub(r"^my ", "your ", thing, flags=re.IGNORECASE)
    thing = thing[:1].lower() + thing[1:]
    return f"{worded[: found.start()]}{thing}{worded[found.end() :]}"


def _deed(before: str) -> str:
    """The last thing that ``before`` says somebody might do, from its verb on; "" for none.

    "We talked about preparing three questions" -> "prepare three questions".
    """
    found = list(_DEED.finditer(flatten(before)))
    if not found:
        return ""
    match = found[-1]
    verb = lexicon().forms.get(match["ing"] or match["base"])
    rest = before[match.start("rest") : match.end("rest")]
    if verb is None or verb.base in STATIVE or len(rest.split()) > _LONGEST:
        return ""
    return f"{verb.base}{rest}" if (match["base"] or verb.base) == verb.base else ""


def _things(text: str) -> list[str]:
    """The things that ``text`` names with a determiner, as written."""
    low = flatten(text)
    found = []
    for start in _DETERMINED.finditer(low):
        end = start.end()
        for count, word in enumerate(_WORD.finditer(low, start.end())):
            between = low[end : word.start()]
            if count >= _MOST_WORDS or (count and between != " ") or _ends(word.group()):
                break
            end = word.end()
        if end > start.end():
            found.append(text[start.start() : end])
    return [one for one in found if flatten(one).rsplit(" ", 1)[-1] not in _NO_THING]


def _ends(word: str) -> bool:
    return word in _STOPS or word in PREPOSITIONS or word in AUXILIARY or is_finite(word, lexicon())
