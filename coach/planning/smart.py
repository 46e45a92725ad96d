"""What a goal's wording still lacks of SMART, asked as questions.

Specific, measurable, attainable, relevant, dated (``six/smart-goals``). Whether a goal is within
reach and worth it cannot be read off a sentence: those two are asked about, until a milestone or a
reason stands beside the goal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal
from zlib import crc32

from coach.memory.continuity.topics import stems
from coach.memory.dates import HERE, Locale, find_dates
from coach.memory.dates.words import word_set
from coach.planning.texts import texts
from coach.text import words

Part = Literal["specific", "measurable", "attainable", "relevant", "dated"]
PARTS: tuple[Part, ...] = ("specific", "measurable", "attainable", "relevant", "dated")

_ENOUGH = 3
"""Telling words that make a goal specific; one with a verb that can be ticked off needs one."""

# Directions and praise: they say that something should be more or better, not what.
_VAGUE = word_set(
    """
    ability abilities achieve achieved active advance area areas aspect attitude aware
    awareness balance balanced basics become becoming being best better bigger business career
    change changes clear clearer comfortable competence confidence confident connect connected
    connections develop developed development different do effective effectively efficient
    efficiently enough excellent experience explore feel feeling find focus forward fulfilled gain
    general generally get getting good great greater grow growing growth handle happier happy have
    help helpful improve improved improvement improving increase influence influential job
    know knowledge lead leader leaders leadership learn learning level life like look make making
    manage management manager maximise maximize mentoring mindset more motivated my network
    networking new next opportunities opportunity organised organized person personal personally
    position potential practice presence proactive productive productivity profession professional
    professionally professionalism progress quality really reach relationship relationships role
    self skill skilled skills soft some something step stronger succeed success successful
    successfully take team teams thing things think time try understand understanding up use
    useful value valuable visibility visible way ways well work working world
    """
)
# Verbs whose end anyone can see: the goal is reached when it is done.
_TICKED_OFF = word_set(
    """
    apply assemble attend book build buy certify chair close complete defend deliver deploy
    design draft enrol enroll facilitate file finalise finalize finish found give graduate hand
    hire host install introduce invite land launch migrate move negotiate open organise organize
    pass pay pitch place prepare present print produce propose prototype publish qualify read
    record recruit register release replace run sail schedule sell send set ship shoot show sign
    start submit swim teach test translate travel visit walk win write
    """
)
_LEAD = word_set(
    """
    i i'd i'll we she he they you want wants would like likes to hope hopes plan plans aim aims
    intend intends wish wishes need needs goal my our her his their is be able can could should
    will must the and also finally get ready try
    """
)
_COUNTED = re.compile(
    r"\d|%|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|twelve|twenty|half|twice"
    r"|once|double|triple|halve|every|each|daily|weekly|monthly|quarterly|per|zero|certificat\w+"
    r"|accredit\w+|licen[cs]e|diploma|degree|grade|score|deadline|draft|exam|promotion to"
    r"|at least|at most|no more than|fewer than|less than)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|so that|so (?:I|we|he|she|they|my|her|his|their) \w+|in order to|since I"
    r"|as (?:a|the) (?:basis|step|first step|stepping stone)|which (?:would|will|lets|allows)"
    r"|with a view to|to be able to|to qualify for|that would (?:let|allow))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Gap:
    """One part of SMART that is not said yet, the question that asks for it, and its cards."""

    part: Part
    ask: str
    cards: tuple[str, ...]


def gaps(
    text: str, *, on: date, by: date | None = None, measure: str = "", why: str = "",
    steps: bool = False,
) -> tuple[Gap, ...]:  # fmt: skip
    """What is missing, in the order of the letters.

    ``by``, ``measure``, ``why`` (what it is for) and ``steps`` (milestones are set) are what is
    kept beside the text. The same goal is always asked in the same words.
    """
    undated = _undated(text, on)
    given: dict[Part, bool] = {
        "specific": _is_specific(undated),
        "measurable": bool(measure) or _is_measurable(undated),
        "attainable": steps,
        "relevant": bool(why) or bool(_REASON.search(text)),
        "dated": by is not None or day_in(text, on) is not None,
    }
    return tuple(_gap(part, text) for part in PARTS if not given[part])


def day_in(text: str, on: date, locale: Locale = HERE) -> date | None:
    """The last day that a goal's own words set, as read on ``on``; None for none, or one gone.

    "By" a day or month is that day or the first of it; "in 2027" runs to its end.
    """
    found = [
        mention.until or mention.when
        for mention in find_dates(text, on, locale)
        if mention.when is not None and not mention.recurring and mention.relation != "from"
    ]
    ahead = [day for day in found if day is not None and day >= on]
    return max(ahead, default=None)


def _gap(part: Part, text: str) -> Gap:
    table = texts("planning")["smart"][part]
    asks = table["asks"]
    return Gap(part, asks[crc32(text.encode()) % len(asks)], tuple(table["cards"]))


def _undated(text: str, on: date) -> str:
    """``text`` without its dates: their figures measure nothing."""
    for mention in reversed(find_dates(text, on)):
        if not mention.recurring:
            text = f"{text[: mention.start]} {text[mention.end :]}"
    return text


def _is_specific(text: str) -> bool:
    said = words(text)
    telling = [word for word in said if word not in _VAGUE and word not in _TICKED_OFF]
    meant = stems(" ".join(telling))
    return len(meant) >= (1 if _verb(said) else _ENOUGH)


def _is_measurable(text: str) -> bool:
    return bool(_COUNTED.search(text)) or _verb(words(text))


def _verb(said: list[str]) -> bool:
    """Whether the goal leads with a verb that can be ticked off: "I want to publish ..."."""
    lead = [word for word in said if word not in _LEAD][:2]
    return any(word in _TICKED_OFF for word in lead)
