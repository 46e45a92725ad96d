"""The name of a thing in a clause: "the steering group", "your interview", "Part B"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from coach.memory.dates.words import NUMBERS, word_set
from coach.memory.noticing.lexicon import lexicon

# An apostrophe or a pronoun that went astray: "let your have it", "with your one trial".
ASTRAY = re.compile(
    r"\b(?:your|my) (?:a|an|the|one|two|three|my|your|have|has|be|is|are|was|do|does|know|and"
    r"|or|to|in|on|at|by|for|with|before|after|that|it|him|them)\b"
    r"|\b(?:I are|I is|you is|you has|you am)\b"
)
_NP_END = re.compile(
    r"\s+(?:is|are|was|were|has|have|had|will|would|starts?|begins?"
    r"|meets?|met|opens?|closes?|ends?|resumes?|takes? place|comes?|goes|went|came|booked|fixed|set"
    r"|scheduled|moved|due|postponed|confirmed|planned|arrives?|lands?|returns?|leaves?|runs?|falls?"
    r"|on|in|at|for|by|from|to be|until|between|during|around|next|this|last)\b.*$"
    r"|\s*[:;,(–—.!?].*$",
    re.IGNORECASE,
)
_NOT_A_NAME = word_set(
    """
    i you he she it we they who what which there here this that these those and but so if when while
    as because since not no yes then also still both between on in at by for from to with of after
    before until during will would can could should shall must may might do does did have
    has had too very so most more only just never is are was were be been said says told
    think thinks thought let gonna gotta wanna without
    """
)
_ONLY_A_DAY = re.compile(
    r"(?:(?:is|was|are|were|has been|will be|booked|fixed|set|scheduled|due|confirmed|planned|now"
    r"|starts?|begins?)\b\s*)*$|(?:at|in|of|with|to|on|for) ",
    re.IGNORECASE,
)
# "the son's off", and not "the master's in law" at the end of a name.
_IS = re.compile(
    r"'s (?:on|off|away|back|going|been|not|now|very|an?|still|ill|out|up|down|over|gone)\b"
)
# "The exam you" (not "the talk with you") and "bricking it".
_NO_NOUN = re.compile(
    r"(?<!with)(?<!for)(?<!from)(?<!to)(?<!of)(?<!and)(?<!by)(?<!on) you\b"
    r"|^\w+ing (?:it|him|them|me|us|you|the|an?|my|your|our|his|her|their)\b",
    re.IGNORECASE,
)
_NO_HEAD = word_set("other others rest one ones another")
_HAPPENS = word_set("leaves starts ends begins returns closes opens comes goes retires moves")
_HAPPEN = word_set("leave start end begin return close open come go retire move")
_PARTICLES = word_set("out in up off away back down over")
_BE = word_set("is was are were has have had will would booked fixed set due moved scheduled")
_DETERMINED = word_set("my your our the a an his her their its this that some")
_COMMON_ENDING = re.compile(
    r"(?:ing|tion|sion|ment|ence|ance|ship|ture|ery|ity|ness|al|iew|ings|tions|ons|als|ers|ows)$"
)
_COMMON_NOUN = word_set(
    """
    exam exams talk talks party trip test trial match game show opening premiere launch pilot pitch
    visit move wedding birthday holiday viva defence defense deadline course paper thesis chapter
    draft report review class workshop conference congress assembly fair first second half operation
    surgery resit practical race marathon concert gig recital retreat job role post board committee
    council panel court case baby house flat lease visa grant call strike vote closing oral written
    certificate driving council's steering strategy kick-off kickoff offsite away-day
    """
)


@dataclass(frozen=True)
class Thing:
    """The name of something; ``alone`` when the clause says nothing more of it than its day."""

    name: str
    alone: bool

    @property
    def determined(self) -> bool:
        """Whether it says which one: "your son", "the new rota"."""
        return self.name.split()[0].lower() in _DETERMINED - {"a", "an", "some"}


def names_event(name: str) -> bool:
    """Whether a phrase names something that takes place: "your interview", "the steering group"."""
    return bool(lexicon().event_noun.search(name.lower()))


def thing(clause: str) -> Thing | None:
    """The name of what the clause is about: "the steering group", "your OSCE resit", "Part B".

    None when the clause has no clean noun phrase at its head.
    """
    clause = clause.strip()
    low = clause.lower().split()
    if len(low) <= 8 and not re.search(r"[,;:.!?(–—]", clause) and not _BE & set(low):
        name = _name(clause)
        if name is not None:
            return Thing(name, alone=True)
    end = _NP_END.search(clause)
    rest = clause[end.start() :].strip() if end else ""
    alone = not rest or bool(_ONLY_A_DAY.match(rest)) or rest[0] in ";(–—."
    alone = alone or not rest.strip(" :")
    name = _name(clause[: end.start()] if end else clause)
    return Thing(name, alone) if name is not None else None


def _name(head: str) -> str | None:
    head = re.sub(r"'s$", "", head.strip(" ,;:–—-.!?\"'&"))
    parts = head.split()
    if " - " in head:
        return None
    if not parts or len(parts) > 8 or '"' in head or ASTRAY.search(head):
        return None
    low = [p.lower().strip("'") for p in parts]
    a_person = any(w in lexicon().relatives for w in low[:3]) and not names_event(head)
    if a_person or (low[0] in NUMBERS and low[0] not in {"a", "an"}) or low[0] in _NOT_A_NAME:
        return None
    if any(w in {"i", "he", "she", "they", "we"} for w in low) or _NO_NOUN.search(head):
        return None
    if any(re.search(r"n't$|'(?:ll|ve|d|re|m)$", w) for w in low) or _has_finite_verb(low):
        return None
    if low[-1] in _NO_HEAD or _IS.search(head):
        return None
    if low[-1] in (_HAPPENS if len(low) == 1 else _HAPPEN if low[-2].endswith("s") else ()):
        return None
    if low[0] in _DETERMINED:
        return lowered(head)
    if not _proper(parts[0]):
        return f"the {lowered(head)}"
    # "the Glasgow conference", but "Part B" and "Anna's wedding".
    common = len(parts) > 1 and names_event(parts[-1]) and parts[-1].islower()
    common = common and not parts[0].endswith(("'s", "’s"))
    return f"the {head}" if common else head


def _has_finite_verb(low: list[str]) -> bool:
    """Whether a word after the first is a verb's third person or past form and no noun."""
    forms = lexicon().forms
    for word, after in list(pairwise([*low, ""]))[1:]:
        verb = None if names_event(word) and after not in _PARTICLES else forms.get(word)
        if verb is not None and word in {verb.third, verb.past} and word != verb.base:
            return True
        if verb is not None and word == verb.base and after in _PARTICLES:
            return True
    first = None if names_event(low[0]) else forms.get(low[0])
    return first is not None and low[0] != first.ing and low[0] not in _COMMON_NOUN


def _proper(word: str) -> bool:
    if any(c.isdigit() or c.isupper() for c in word[1:]):
        return True
    low = word.lower()
    return word[0].isupper() and not (
        low in _COMMON_NOUN or names_event(low) or _COMMON_ENDING.search(low)
    )


def is_plural(name: str) -> bool:
    """Whether a thing's name takes "are": "the interviews on the new rota"."""
    head = re.split(r" (?:of|for|with|in|at|on|before|about|from|to) ", name)[0].split()[-1]
    return bool(re.search(r"[^su'’i]s$", head)) or bool(re.search(r" and ", name))


def lowered(phrase: str) -> str:
    """``phrase`` with a small first letter, but for "PhD" and the like."""
    first = phrase.split(" ", 1)[0]
    keep = any(c.isdigit() or c.isupper() for c in first[1:])
    return phrase if keep else phrase[:1].lower() + phrase[1:]
