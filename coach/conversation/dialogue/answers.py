"""Short answers to what the coach said before: yes, no, the second one, just tell me.

An answer of this kind says nothing by itself, so a rule must hold for the whole message: "yes, but
she never replies" is a new thought and no acceptance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast, get_args

from coach.content import from_toml, knowledge
from coach.lexical import stems
from coach.text import words

AnswerKind = Literal[
    "yes", "no", "other", "keep", "choice", "straight", "more", "unsure", "back", "stop",
    "rephrase", "source",
]  # fmt: skip

ORDINALS = {
    "first": 1, "1st": 1, "one": 1, "1": 1, "top": 1, "former": 1, "second": 2, "2nd": 2, "two": 2,
    "2": 2, "third": 3, "3rd": 3, "three": 3, "3": 3, "fourth": 4, "4th": 4, "four": 4, "4": 4,
    "fifth": 5, "5th": 5, "five": 5, "5": 5, "sixth": 6, "6th": 6, "six": 6, "6": 6, "seventh": 7,
    "7th": 7, "seven": 7, "7": 7, "eighth": 8, "8th": 8, "eight": 8, "8": 8, "last but one": -2,
    "second to last": -2, "very last": -1, "last": -1, "final": -1, "latter": -1, "bottom": -1,
}  # fmt: skip
"""Which entry of a list is meant: from 1, or from the end below 0."""
_NUMBER = "|".join(sorted(ORDINALS, key=len, reverse=True))
_SOFT = (
    r"(?:(?:ok|okay|right|well|oh|ah|um|uh|er|erm|hm+|and|so|then|please|pls|actually|maybe|just"
    r"|hey"
    r"|honestly|look|listen|coach|but|sorry|now|i think|i guess|for now|perhaps|eh)\s+)*"
)
_TAIL = (
    r"(?:\s+(?:please|pls|plz|thanks|thank you|thx|ty|then|coach|now|sounds good|that would help"
    r"|that (?:would|d) be(?: very| really)?\s?(?:good|great|helpful|nice|useful|lovely)|go ahead"
    r"|do that|do it|do so|if you (?:can|could|would|don t mind|like)|if possible|for me|here|today"
    r"|for now|at the moment|i think|i guess|this time|for today|again|mate|really|so much))*"
)
_GOOD = (
    r"(?:good|great|nice|fine|right|useful|helpful|lovely|perfect|best|interesting|better|ideal)"
)
_THING = r"(?:it|that|this|one|them|those|so)"

_NAMED = re.compile(
    r"^\W*(?:no,? |yes,? |ok,? |maybe |please )*(?:(?:let's|let us|i'd|i would|i'll|i|can (?:we"
    r"|you)"
    r"|could (?:we|you)) (?:like |take |do |use |have |prefer |pick |choose |try |go (?:for"
    r"|with) )*"
    r"|take |use |pick |tell me (?:more )?about |what about |more (?:on|about) )?"
    r"the (?:one|question|card|point|idea) (?:about|on|with|that (?:asks|mentions)(?: about)?"
    r"|where (?:you|it|i) asks?(?: about)?)\s+(?!who)(?P<about>[^,.;?!]{2,60}?)"
    r"(?:,? (?:please|pls|then|sounds good|is (?:good|best|nice)))*\W*$",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|so|and|now|anyway|anyhow|right|well|but|sorry|please|thanks|hm+"
    r"|no)[,.]? )*"
    r"(?:(?:(?:can|could|shall|may|should) (?:we|i|you) (?:please )?|let(?:'s| us| me) |i(?:'d"
    r"| would)"
    r" (?:like|love|prefer) (?:us )?to |i want to |i need to |we (?:should|could|can) )"
    r"(?:(?:go|get|come|turn|jump|switch|move|return) )?(?:back )?(?:to|on to)"
    r"|(?:going |coming |getting |returning |to (?:go|come|get) |to return |go |come "
    r"|return )?(?:back )?"
    r"to(?! (?:me|be|do|her|him)\b)"
    r"|(?:let's |let us |can we |could we |i want to |i'd like to )?(?:resume|revisit|return to"
    r"|pick up)(?= (?:the|our|my|what) )"
    r"|as for|about what i said (?:on|about)|(?:let's |let us )?continue with(?= (?:the|our|my"
    r"|what) )"
    r"|(?:can we |let's )?(?:talk|speak) (?:again )?about(?= .* again\b))"
    r"\s+(?P<about>[^.?!;:]{2,80}?)(?:,? (?:please|pls|again|now|then|first|instead))*[\s.?!]*$",
    re.IGNORECASE,
)
_RETURNS = re.compile(
    r"\b(?:back|return\w*|resume|revisit|continue|pick up|again|as for|what i said)\b", re.I
)
_STORY = re.compile(
    r"\b(?:is|was|are|has been|have been|keeps?|makes?|made|feels?|seems?|didn't|doesn't|don't"
    r"|can't|won't|makes)\b",
    re.IGNORECASE,
)
_RECALLS = re.compile(r"(?:what|where|the \w+ (?:we|i|you)|how)\b", re.IGNORECASE)
_LONGEST_BACK = 12
_BARE_BACK = re.compile(
    r"^\W*(?:ok(?:ay)?|so|and|now|please|can we|could we|let's|let us|let me|i want to"
    r"|i'd like to|\s)*"
    r"(?:go |turn )?(?:one step )?back(?: please| again| one step| a step)?\W*$",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"^\W*(?:no,? |sorry,? |wait,? |oh,? |actually,? |not that,? )*"
    r"(?:(?<=no, )about|(?<=no )about|(?<=that, )about"
    r"|i (?:meant|mean|was talking about|am talking about|'m talking about)"
    r"|what i (?:meant|mean) (?:is|was)|it(?:'s| is) (?:rather|more|not that,? it(?:'s| is)))"
    r"\s+(?:that )?(?P<about>.+)",
    re.IGNORECASE,
)


_MEANT_AFTER = re.compile(
    r"^\W*(?:no,? |sorry,? |oh,? )*(?P<about>[^.?!]{3,60}?),? (?:(?:is|was) what i (?:mean|meant)"
    r"|i mean|i meant|that is|i was talking about)\W*$",
    re.IGNORECASE,
)
_KEPT_WORD = re.compile(
    r"^\W*(?:(?:yes|yeah|yep|oh|ok(?:ay)?|well)[,.]? )*(?:he|she|they|i|we)(?:'ve|'s)?"
    r" (?:(?:already|just|now|actually) )*(?:did|has|have|done)(?: (?:it|that|so|done it|already"
    r"|now|yesterday|today|this morning|last \w+))*\W*$"
    r"|^\W*(?:(?:yes|yeah|ok(?:ay)?|please|so|you can|then)[,.]? )*(?:mark|tick|close|cross|set)"
    r" (?:it|that|this)(?: one)? (?:down |as )*(?:done|off|settled|closed|finished)"
    r"(?: please| then| now)*\W*$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:work|school|uni\w*|college|square|normal|basics|back|his old|her old|their old"
    r"|the office)\b",
    re.IGNORECASE,
)


_TELL_NOTHING = frozenset(
    stems(
        """a an the this that it i me my we us our you your he him his she her hers they them their
        is are was were be been do does did have has had to of in on at for from with about and or
        but so not no must should would could can will what when where who how thing matter one"""
    )
)
"""Stems that any two needs can share."""


@dataclass(frozen=True)
class Answer:
    """What a short message answers.

    ``place`` is the number of the entry that a choice names, from 1, or -1 for the last one, and 0
    when it is named by its matter; ``about`` is that matter, or what "back to ..." names.
    """

    kind: AnswerKind
    place: int = 0
    about: str = ""


def read_answer(text: str) -> Answer | None:
    """What ``text`` answers, or None when it says something of its own."""
    plainly = text.replace("’", "'").strip()
    back = _back_to(plainly)
    if back is not None:
        return Answer("back", about=back)
    plain = " ".join(words(text.replace("’", " ").replace("'", " ")))
    for kind, pattern in _rules():
        found = pattern.fullmatch(plain)
        if found:
            place = ORDINALS[found["n"]] if kind == "choice" else 0
            return Answer(kind, place)
    named = _NAMED.match(plainly)
    if named:
        return Answer("choice", about=named["about"].strip())
    return _doubled(plain)


@cache
def _rules() -> tuple[tuple[AnswerKind, re.Pattern[str]], ...]:
    return from_toml(knowledge("answers.toml"), _read, "each answer needs patterns")


def _read(raw: dict[str, Any]) -> tuple[tuple[AnswerKind, re.Pattern[str]], ...]:
    slots = {"{good}": _GOOD, "{thing}": _THING, "{number}": f"(?P<n>{_NUMBER})"}
    found: list[tuple[AnswerKind, re.Pattern[str]]] = []
    for kind, entry in raw.items():
        if kind not in get_args(AnswerKind):
            raise ValueError(f"there is no answer {kind!r}")
        pattern = "|".join(entry["patterns"])
        for slot, part in slots.items():
            pattern = pattern.replace(slot, part)
        whole = re.compile(rf"{_SOFT}(?:{pattern}){_TAIL}\b")
        found.append((cast(AnswerKind, kind), whole))
    return tuple(found)


def _back_to(text: str) -> str | None:
    """What "back to ..." names ("" for "go back"), None when the message tells something."""
    if _BARE_BACK.match(text):
        return ""
    found = _BACK.match(text)
    if not found or not _RETURNS.search(text[: found.end("about")]):
        return None
    about = found["about"].strip()
    told = len(words(about)) > _LONGEST_BACK or _ELSEWHERE.match(about)
    return None if told or (_STORY.search(about) and not _RECALLS.match(about)) else about


def _doubled(plain: str) -> Answer | None:
    """ "Yes, sure, let's do that": several answers of one kind in a row are that answer."""
    kinds: tuple[AnswerKind, ...] = ("yes", "no", "straight")
    for kind in kinds:
        pattern = next(p for k, p in _rules() if k == kind)
        rest = plain
        taken = 0
        while rest:
            found = pattern.match(rest)
            if not found or not found.end() or rest[found.end() : found.end() + 1].strip():
                break
            rest = rest[found.end() :].strip()
            taken += 1
        if taken and not rest:
            return Answer(kind)
    return None


def kept_word(text: str) -> bool:
    """Whether a brief message says that what was just told has been done: "yes she did"."""
    return _KEPT_WORD.match(text.replace("’", "'")) is not None


def correction(text: str) -> str:
    """What the user says they meant instead, or "" when the message corrects nothing."""
    plain = text.strip()
    found = _MEANT.match(plain) or _MEANT_AFTER.match(plain)
    return found["about"].strip(" ,") if found else ""


def place_of(about: str, texts: tuple[str, ...]) -> int:
    """The place, from 1, of the one of ``texts`` that ``about`` names; 0 when none does."""
    named = returned_to(about, texts)
    return texts.index(named) + 1 if named else 0


def returned_to(about: str, needs: tuple[str, ...]) -> str:
    """The earlier need that ``about`` names, the newest of those with most words in common."""
    named = set(stems(about)) - _TELL_NOTHING
    best = max(reversed(needs), key=lambda need: len(named & set(stems(need))), default="")
    return best if named & set(stems(best)) else ""
