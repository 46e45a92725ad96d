"""Promises that are occasions: to give a talk or to visit somebody takes place on its day.

When the day has gone by one asks how it went, not how far it got.
"""

from __future__ import annotations

import re

from coach.memory.continuity.signs import is_for_a_day
from coach.memory.items import Item
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.segments import flatten

_HELD = re.compile(
    r"\b(?:giv(?:es?|ing)|hold(?:s|ing)?|do(?:es|ing)?|have|has|having|tak(?:es?|ing)|sit(?:s|ting)?"
    r"|run(?:s|ning)?|lead(?:s|ing)?|chair(?:s|ing)?|host(?:s|ing)?|play(?:s|ing)?|attend(?:s|ing)?"
    r"|defend(?:s|ing)?|go(?:es|ing)? to) (?P<what>(?:a|an|the|my|your|his|her|their|our|this)"
    r"(?: [\w'-]+){1,6})"
)
_IN_PERSON = re.compile(
    r"\b(?:visit(?:s|ing)?|meet(?:s|ing)?(?: with)?|attend(?:s|ing)?|tour(?:s|ing)?"
    r"|walk(?:s|ing)?|perform(?:s|ing)?|compet(?:e|es|ing)|audition(?:s|ing)?"
    r"|speak(?:s|ing)? (?:at|to|with|before)|sit(?:s|ting)? down with|shadow(?:s|ing)?)"
    r" (?:(?:an?|the|my|your|his|her|their|our)\b|\w{3,})"
)
_PAPERS = re.compile(
    r"\b(?:reports?|contracts?|proposals?|applications?|bids?|thesis|packet|grants?|submissions?"
    r"|decisions?|results?|papers?|notes?|feedback|comments?|answers?|draft|stage|move)$"
)
_ALSO = re.compile(r"\b(?:run(?:-through)?|lesson|shift|reading|walk|round)\b")
_OFFERED = re.compile(r"^(?:give|hold|do|run|play|lead) (?P<np>.+)$")
_GONE_TO = re.compile(r"^(?:attend|take|sit|have|chair|host|go to|defend) (?P<np>.+)$")
_GRANTED = re.compile(
    r"\b(?:(?:said yes|agreed|consented) to|approved|granted (?:you|me)|arranged|organised"
    r"|offered (?:you|me)|gave (?:you|me)|booked (?:you|me) (?:on|in for)) "
    r"(?P<np>(?:(?:an?|the|my|your|our|one|two|three|four|five|\d+) )(?:[\w'-]+ ){0,5}?[\w'-]+)"
    r"(?= (?:on|in|at|from|for|with|by|before|after|next|this)\b|\W*$|[,.;:(])"
)
_LASTS = re.compile(r"^(?:\w+) (?:days?|weeks?|hours?|mornings?|afternoons?|shifts?|months?) of \w")
_PREPOSITION = re.compile(r" (?:to|for|with|about|on|at|from|of|in) ")
_TAIL = 4


def is_occasion(item: Item) -> bool:
    """Whether a promise for a day is to take part in something: "she gives a talk on Thursday"."""
    if item.kind != "commitment" or item.when is None or not is_for_a_day(item):
        return False
    low = flatten(item.quote)
    return bool(_IN_PERSON.search(low) or any(_event(m["what"]) for m in _HELD.finditer(low)))


def occasion(deed: str) -> str | None:
    """The name of the occasion in "give a first talk at the fair": "your first talk at the fair".

    None when ``deed`` (a bare infinitive, as spoken) names none.
    """
    held, gone = _OFFERED.match(deed), _GONE_TO.match(deed)
    found = held or gone
    if found is None:
        return None
    head, determiner = found["np"].split(" ", 1) if " " in found["np"] else ("", "")
    named = _event(found["np"])
    if named is None or not determiner or len(named.split()) > _TAIL + 4:
        return None
    if head in {"a", "an"}:
        return f"{'your' if held else 'the'} {named.split(' ', 1)[1]}"
    return named if head in {"the", "my", "your", "our"} else None


def granted(clause: str) -> str | None:
    """The name of the occasion that somebody allowed: "Carol said yes to two days of shadowing".

    None where ``clause`` (as spoken) names none.
    """
    found = _GRANTED.search(clause)
    if found is None:
        return None
    named = found["np"]
    head, _, rest = named.partition(" ")
    if not (lexicon().event_noun.search(named.lower()) or _LASTS.match(named)):
        return None
    if head in {"a", "an"}:
        return f"the {rest}"
    return named if head in {"the", "my", "your", "our"} else f"the {named}"


def _event(phrase: str) -> str | None:
    """``phrase`` up to its first event and what is said of it; None without one."""
    ends = [m.end() for m in lexicon().event_noun.finditer(phrase.lower())]
    ends += [m.end() for m in _ALSO.finditer(phrase.lower())]
    for end in sorted(ends, reverse=True):
        upto = phrase[:end]
        if len(upto.split()) > _TAIL + 1 or _PREPOSITION.search(upto):
            continue
        if _PAPERS.search(upto.lower()):
            continue
        tail = re.match(r"(?: (?:at|on|in|for|about|to|with) [^,;.]+)?", phrase[end:])
        rest = tail.group() if tail and len(tail.group().split()) <= _TAIL else ""
        return upto + rest
    return None
