"""Ways to be in touch, as a text names them: by phone, in writing, on a visit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from coach.agreement.topics import terms

CONTACT = "contact"
"""Being in touch in whatever way."""
REMOTE = ("call", "video", "message", "email", "letter", "visit")
"""The ways that "only by e-mail" leaves out; a meeting is agreed on its own."""

_PAST = frozenset(
    """
    called phoned rang telephoned texted messaged emailed e-mailed mailed pinged visited met spoke
    talked wrote contacted reached bothered disturbed
    """.split()  # noqa: SIM905
)
_WHOSE = frozenset("your her his their its whose my".split())  # noqa: SIM905
_NOT = re.compile(
    r"(?:\b(?:not|don't|dont|do not|never|no|without|avoid|avoiding|instead of|rather than|cannot"
    r"|can't|won't|shouldn't|mustn't|doesn't|doesnt)\b)(?:\s+[\w'-]+){0,4}\s*$"
)
_SOMEONE_ELSE = re.compile(
    r"\s+(?:(?:with|to|from|for|back)\s+)?(?:(?:the|a|an|my|your|his|their|its|this|that|another|some)\s+(?!bit\b|little\b"
    r"|day\b|week\b|few\b|quick\b|short\b|ring\b|call\b|line\b|message\b|text\b|evening\b|morning\b|weekend\b|same\b|end\b|other\b"
    r"|weekend|week\b|month\b|afternoon|night|\w+day\b|moment\b|early\b|late\b|coming\b)"
    r"|her\s+(?!(?:on|in|at|by|about|after|before|this|next|tonight|tomorrow|today|later|now|again|up|and|or|to|for"
    r"|with|when|if|first|back|over|during|every|each|late|early|once|twice|briefly|quickly|straight|directly|from"
    r"|until|till|around|some|any|only|instead|then|so|how|what|whether|at|via|a|an|the)\b"
    r"|\w+day\b|\d)\w)"
)
_TOLD = re.compile(r"\W*(?:(?:and |so )?(?:how|what|where|when|who|why) )?(?:did|was|were|had)\b")
# Said to the other person: what they meant to do with somebody else.
_PROMISED = re.compile(
    r"\b(?:you|he|she|they)(?: (?:would|will|were|are|wanted|meant|promised|planned|had)|'d|'ll)"
    r"(?: (?:going|to|also|still))*\s+$"
)
_CAPITAL = re.compile(r"\s+(?:(?:with|to)\s+)?(?P<name>[A-Z][\w'’-]+)")
_CALENDAR = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|i|zoom|teams|slack|whatsapp|skype|signal|telegram|dr|mr|mrs|ms|prof"
)


@dataclass(frozen=True)
class Named:
    """A channel named in a text, from ``start`` to ``end``."""

    channel: str
    start: int
    end: int


def named(text: str) -> list[Named]:
    """The channels that ``text`` names in any form, in order."""
    return _found(_blanked(text.lower().replace("’", "'")))


def proposed(clause: str, names: frozenset[str] = frozenset()) -> list[Named]:
    """The channels by which ``clause`` proposes that the two of the pair be in touch.

    Left out is what is told ("you rang", "your call with the bank"), ruled out ("do not ring")
    or meant for somebody else ("call the auditor"). ``names`` are the other person's, in lower
    case; without them a capitalised name is taken for theirs.
    """
    low = clause.lower().replace("’", "'").replace("why not", "why    ")
    if _TOLD.match(low):
        return []
    found = []
    for one in _found(_blanked(low)):
        said, before, after = low[one.start : one.end], low[: one.start], clause[one.end :]
        previous = before.split()[-1:] or [""]
        if said in _PAST or previous[0] in _WHOSE or previous[0].endswith("'s"):
            continue
        if (
            _PROMISED.search(before)
            or _NOT.search(before.rstrip() + " ")
            or _SOMEONE_ELSE.match(after.lower())
        ):
            continue
        person = _CAPITAL.match(after)
        if names and person and not _known_name(person["name"].lower(), names):
            continue
        found.append(one)
    return found


def _known_name(name: str, names: frozenset[str]) -> bool:
    """Whether a capitalised word is the other person's name, or none at all: a day, a tool."""
    return name.removesuffix("'s") in names or bool(_CALENDAR.fullmatch(name.rstrip(".")))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    def pattern(phrase: str) -> str:
        return re.escape(phrase).replace(r"\*\ ", r"(?:[\w']+ ){0,3}").replace(r"\ ", r"\s+")

    def any_of(phrases: tuple[str, ...]) -> str:
        return "|".join(map(pattern, sorted(phrases, key=len, reverse=True)))

    return {
        channel: re.compile(rf"(?<![\w'-])(?:{any_of(phrases)})(?![\w-])")
        for channel, phrases in terms().channels.items()
    }


@cache
def _not_channels() -> re.Pattern[str]:
    phrases = [
        re.escape(phrase).replace(r"\*\ ", r"(?:[\w']+ ){0,3}")
        for phrase in sorted(terms().not_a_channel, key=len, reverse=True)
    ]
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


def _blanked(low: str) -> str:
    return _not_channels().sub(lambda match: " " * len(match.group()), low)


def _found(low: str) -> list[Named]:
    found = [
        Named(channel, match.start(), match.end())
        for channel, pattern in _patterns().items()
        for match in pattern.finditer(low)
    ]
    return sorted(found, key=lambda one: (one.start, one.end))
