"""People outside the pair: what they do for themselves is nobody's thread."""

from __future__ import annotations

import re

from coach.memory.noticing.cast import Cast
from coach.memory.noticing.closed import TITLES
from coach.memory.noticing.segments import Clause, flatten
from coach.memory.noticing.subject import NAMED, Subject

_CALLED = (
    r"(?:\b(?:[Mm]rs?|[Mm]s|[Dd]r|[Pp]rof)\.? "
    r"|(?<=[a-z,;] )(?<!\b[Ii]n )(?<!\b[Aa]t )(?<!\b[Tt]o )"
    r"(?<!from )(?<!near )(?<!for )(?<!the ))"
    r"{}\b(?! (?:[Rr]oad|[Ss]treet|[Uu]niversity|[Hh]ospital|[Cc]ollege)\b)"
)
"""A name inside a sentence, that no place-word goes before: who is called so, not what."""
_AS_PEOPLE_DO = re.compile(
    r"(?:'s|’s)?\W*(?:(?:is|was|has|had|will|himself|herself) )*"
    r"(?:retir\w+|resign\w+|marr(?:y|ies|ied|ying)|presents?|presenting|graduat\w+|submits"
    r"|leaving|moving (?:to|house|back)|going for|off to|expecting|getting married|having a baby"
    r"|thinking of|applying|wants to|hopes to)\b"
)
"""What only somebody does: the name before it is a person's."""


def is_their_own_affair(text: str, clause: Clause, subject: Subject, cast: Cast) -> bool:
    """Whether somebody named outside the pair does something that touches neither of the two."""
    low = clause.low
    if not (subject.is_strangers and subject.pronoun == NAMED):
        return False
    if cast.mentions_me(low) or cast.mentions_them(low) or cast.mentions_both(low):
        return False
    if _AS_PEOPLE_DO.match(low[subject.end :]):
        return True
    before = flatten(clause.text[: subject.start]).split()
    if before and before[-1].rstrip(".") in TITLES:
        return True
    names = (word.rstrip(".,'’s") for word in clause.text[subject.start : subject.end].split())
    return any(re.search(_CALLED.format(re.escape(name)), text) for name in names if name)
