"""Results: what "She got the job!" says of the test and of what was to be done for it."""

from __future__ import annotations

import re

from coach.memory.items import Draft, Item
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.segments import flatten

_TEST = re.compile(
    r"\b(?:exam|resit|test|interview|oral|viva|defen[cs]e|practical|trial|audition"
    r"|application|assessment|panel|board|mock|theory|licen[cs]e)"
)
_RESULT = re.compile(
    r"(?:^|\b(?:i|he|she|they|and|grace i) )(?:have |has |had |'ve )?(?:passed|failed"
    r"|got (?:it|in|through|the (?:\w+ )?(?:job|place|post|role|part|position))|didn't (?:get it"
    r"|pass"
    r"|get in|get the (?:job|place|post|role|part))"
    r"|(?:been|was) (?:offered|given) (?:it|the (?:\w+ )?(?:job|place|post|role|part)))\b"
    r"|^\W*(?:(?:he|she|i)(?:'s|'m| is| am) )?through(?: this time| first time)?(?:\W|$)"
    r"|^\W*(?:an? )?offer from\b|\bthey (?:took|chose|picked) (?:an?|someone|somebody|another)\b"
)
_FOR_A_TEST = re.compile(
    r"\b(?:appl(?:y|ies|ying|ication)|put(?:ting)? in for|mock|past papers?|resit|interview"
    r"|audition"
    r"|reference|cv|cover(?:ing)? letter|personal statement|supporting statement)\b"
)
_DEADLINE = re.compile(r"\b(?:deadline|clos(?:es|ing)|due|hand-?in|submission)\b")
_SENT_OFF = re.compile(
    r"\b(?:sent|handed|turned|put|posted) (?:it|everything|all|them|the lot|mine) (?:all )?(?:off"
    r"|in)\b"
    r"|\bsent off (?:it|everything|the lot)\b|\b(?:it|everything)(?: is| was| went)(?: all)? in\b"
    r"|(?:^|\b(?:i|he|she|they|we))(?:'ve| have| has)? (?:submitted|applied)\b(?! to\b)"
)
_WILL = re.compile(r"'ll\b|\b(?:will|shall|going to|to be)\b")
_BARE = re.compile(
    r"\W*(?:(?:i|he|she|we|they)(?:'ve| have| has)? )?(?P<verb>\w+)"
    r"(?: (?:it|that))?(?: all)?(?: (?:up|off|down|in|out|over|back))?\W*$"
)
_OUTCOME = re.compile(
    r"\W*(?:(?:and|but|so|well|oh|by the way)[ ,]+)*(?:it|that|this|all)(?:'s| is| was| has)? ?"
    r"(?:all |now |really |very |so |actually |finally )*(?:went|gone|turned out|worked out|done"
    r"|over"
    r"|finished|behind|sorted|settled|happened|took place|a (?:success|disaster|hit))\b"
    r"|\W*(?:(?:and|but|so|well)[ ,]+)*(?:i|he|she|they|we)(?:'s|'ve| has| have)? "
    r"(?:did it|done it|made it|got through it|pulled it off|survived(?: it)?|nailed it)\b"
)


def gives_result(item: Item, low: str) -> bool:
    """Whether a sentence gives a result ("She passed!") and ``item`` is a test."""
    return bool(_TEST.search(flatten(item.quote)) and _RESULT.search(low))


def is_for_a_test(item: Item | Draft) -> bool:
    """Whether ``item`` is something to do for a test or an application."""
    return bool(_FOR_A_TEST.search(flatten(item.quote)))


def tells_result(low: str) -> bool:
    """Whether a flattened sentence gives the result of a test, and not of which."""
    return bool(_RESULT.search(low))


def is_deadline(item: Item) -> bool:
    """Whether ``item`` is the last day for handing something in."""
    return item.kind == "event" and bool(_DEADLINE.search(flatten(item.quote)))


def sends_off(low: str) -> bool:
    """Whether a flattened sentence says that all was handed in, and not what: "I sent it off"."""
    return bool(_SENT_OFF.search(low)) and not _WILL.search(low)


def bare_deed(low: str) -> str:
    """The base form of the verb in a flattened sentence that is one deed, else "".

    "I spoke.", "Wrote it."
    """
    told = _BARE.match(low)
    verb = lexicon().forms.get(told["verb"]) if told else None
    if verb is None or told is None or told["verb"] not in (verb.past, verb.participle):
        return ""
    return "" if verb.base in {"do", "be", "have", "say", "try", "go"} else verb.base


def gives_outcome(low: str) -> bool:
    """Whether a sentence says how "it" went, and not what: "It went well", "She did it"."""
    return bool(_OUTCOME.match(low))
