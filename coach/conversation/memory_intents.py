"""Requests to a pair's memory: by the patterns of ``knowledge/requests.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, cast, get_args

from coach.content import from_toml, knowledge
from coach.conversation.asked import read_asked
from coach.conversation.redating import shifted
from coach.memory.dates import HERE, Locale, find_dates

Request = Literal[
    "followups", "promises-mine", "promises-theirs", "promises-both", "upcoming", "recall",
    "forget", "is-private", "private", "change-date", "remember", "remember-what", "asked",
    "overdue",
]  # fmt: skip

_WHO = r"(?:he|she|they|him|her|them|my (?:mentor|mentee)|{name})"
PLEASE = (
    r"(?:(?:please|pls|plz|ok(?:ay)?|oh|so|and|hey|hi|hello|hm+|actually|sorry|coach|also|no|just"
    r"|now"
    r"|kindly|then|by the way|btw|one thing|(?:can|could|would|will|might) you"
    r"(?: please| pls| kindly| just| also| now)*|you (?:can|may|should|could|must)(?: just| now)?"
    r"|(?:i want|i need|i(?:'d| would) (?:like|prefer)|i ask) you (?:please )?to|let's|go ahead and"
    r"|be so kind and|i think you should|would you be so kind (?:as )?to)[,:.;!]* +)*"
)
LEAD = (
    r"(?:(?:please|pls|oh|ah|and|so|but|sorry|hey|just|also|actually|ok(?:ay)?|wait|by the way|btw"
    r"|remember|note|careful|one thing|just so you know|mind you)[,:.;!]* +)*"
)
RECORD = (
    r"(?:(?:that|this|the|my|your|those|these|all|every|any)(?: (?:last|latest|first|second|third"
    r"|previous|whole|one|new|old|about|other|same|the|my|your|single))*"
    r" (?:notes?|bits?|parts?|things?|items?|entr(?:y|ies)|lines?|details?|info(?:rmation)?|facts?"
    r"|memor(?:y|ies)|messages?|records?|sentences?|stuff|one|ones|comments?|remarks?|pieces?))"
)
# A question for advice that only mentions memory: "how do I follow up with her?"
_ASKS_HOW = re.compile(
    r"^\s*(?:how (?:do|should|can|could|would) (?:i|we|you)|should i|is it ok)\b", re.IGNORECASE
)
_FILLER = re.compile(
    r"^(?:\W|all|everything|anything|what(?:ever)? (?:i|we|you)(?:'ve)? (?:have |ever |just )?"
    r"(?:told|said|wrote|noted|know|have)|to you|you|me|it|that|this|(?:the )?(?:last|latest)|my"
    r"|please|pls"
    r"|(?:the )?(?:things?|parts?|bits?|items?|notes?|stuff|messages?|entry|line)|i (?:ever )?said"
    r"|about|of|on|regarding)+\b",
    re.IGNORECASE,
)
_AFTERTHOUGHT = re.compile(
    r"(?:,? (?:please|pls|thanks|thank you|now|again|from (?:your|my|the) (?:memory|notes?"
    r"|records?))"
    r"|[,.;:!-]+ *(?:i|it|that|this|please|pls|thanks|so|because|we|you|sorry)\b.*)+$",
    re.IGNORECASE,
)
_STORY = re.compile(
    r"\b(?:and|so|because|since|that|when|while|where|still) (?:i|she|he|they|we)\b"
    r"|\bwhat (?:do|should|can|could) i\b|\bsince \w+\W*$",
    re.IGNORECASE,
)
"""A correction of a date tells nothing else."""
_DID = re.compile(
    r"\b(?:i|we|he|she|they)(?:'ve| have| has| had|'d)? (?:(?:already|just|finally|never|actually"
    r"|also|only|even|did) )*(?!(?:need|want|mean|moved|postponed|pushed|rescheduled|shifted"
    r"|delayed|changed|mixed|messed|noted|got|told you|gave you|put it)\b)(?:\w{2,}ed|gave|give"
    r"|sent|send|did|made|took|brought|went|met|saw|spoke|read|paid|bought|found|left|lent|lost"
    r"|won|forgot|came|told|rang|wrote (?:to )?(?:him|her|them)|asks?|calls?|was|were|felt|had)\b",
    re.IGNORECASE,
)
"""Who tells what somebody did ("oh, I gave it to her last week") corrects no date."""
_BIDS = re.compile(
    r"\b(?:(?:give|show|tell|write|suggest|find|get|send) me|questions?|help|ask (?:her|him|them)"
    r"|suggest|draft|prepare|script|page|what|how|why|who)\b",
    re.IGNORECASE,
)
"""Nor does it ask for anything: "no, just give me questions to ask her next Tuesday"."""


@dataclass(frozen=True)
class MemoryRequest:
    """What is asked of memory; ``about`` is the rest of the message that says about what."""

    name: Request
    about: str = ""


def memory_request(
    text: str, name: str, today: date, locale: Locale = HERE
) -> MemoryRequest | None:
    """What ``text``, said ``today``, asks of the memory of the pair with ``name``, or None.

    ``locale`` says how the user writes days.
    """
    plain = " ".join(text.replace("’", "'").split())
    if _ASKS_HOW.match(plain):
        return None
    for request, pattern in _compiled(name):
        found = pattern.search(plain)
        if found:
            groups = found.groupdict()
            about = (groups.get("about") or groups.get("date") or "").strip()
            about += groups.get("rest") or ""
            if request == "change-date" and not _names_day(about, plain, today, locale):
                continue
            if request == "asked" and read_asked(about) is None:
                continue  # more is told than that one asked
            if request == "forget":
                about = _FILLER.sub("", _AFTERTHOUGHT.sub("", about)).strip(" .!?,")
            return MemoryRequest(request, about)
    return None


def _names_day(about: str, text: str, today: date, locale: Locale) -> bool:
    """Whether ``about`` names a day ("it's on my mind" does not) and ``text`` tells no more."""
    more = any(one.search(text) for one in (_STORY, _BIDS, _DID))
    day = shifted(about) or find_dates(f"on {about}", today, locale)
    return bool(day) and not more


def _filled(pattern: str, who: str) -> str:
    parts = {"{who}": who, "{please}": PLEASE, "{lead}": LEAD, "{record}": RECORD}
    for slot, part in parts.items():
        pattern = pattern.replace(slot, part)
    return pattern


@lru_cache(maxsize=16)
def _compiled(name: str) -> tuple[tuple[Request, re.Pattern[str]], ...]:
    """The patterns for a pair; compiled once a name, there are more than ``re`` remembers."""
    who = _WHO.replace("{name}", re.escape(name))
    return tuple(
        (request, re.compile(_filled(pattern, who), re.IGNORECASE))
        for request, pattern in _patterns()
    )


@cache
def _patterns() -> tuple[tuple[Request, str], ...]:
    return from_toml(knowledge("requests.toml"), _read, "each request needs patterns")


def _read(raw: dict[str, Any]) -> tuple[tuple[Request, str], ...]:
    found = tuple((name, p) for name, entry in raw.items() for p in entry["patterns"])
    for name, pattern in found:
        if name not in get_args(Request):
            raise ValueError(f"there is no request {name!r}")
        re.compile(_filled(pattern, _WHO.replace("{name}", "x")))
    return tuple((cast(Request, name), pattern) for name, pattern in found)
