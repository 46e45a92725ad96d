"""Habits that cost: what a message does that makes a talk harder, and how clearly. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.rehearsal.hearing import Heard, Sentence
from coach.rehearsal.loading import common
from coach.rehearsal.talk import Talk
from coach.text import words

Found = tuple[str, float, str]
"""The habit's name, how clearly (0 to 1), and the words it lies in."""

HEDGES = re.compile(
    r"\b(?:just|maybe|perhaps|possibly|kind of|sort of|a bit|i guess|i suppose|i was wondering"
    r"|if (?:that's|that is|it's|it is) (?:ok|okay|all right|alright|fine|possible|not too much)"
    r"|sorry (?:to|for) (?:bother|ask|troubl)(?:ing|e)?(?: you)?|no worries|don't worry"
    r"|never mind|whatever works"
    r"|if you (?:have|find|get) (?:the |any )?(?:time|a moment))\b",
    re.IGNORECASE,
)
_HEDGED = 3
_HEARD_FIRST = 2
"""Questions or reflections that come before advice."""
_ALIKE = {"blame": "blame", "insult": "insult", "pressure": "pressure", "dismissive": "dismissive"}
_FROM, _FULL = 0.5, 0.7
_SAID = 0.6
"""How clearly a sentence has a habit whose examples it is like, at least."""


def habits_in(talk: Talk, place: int) -> list[Found]:
    """What message ``place`` (from 0) of ``talk`` has of the habits that count for its role."""
    turn = talk.turns[place].heard
    kept = common().habits
    role = talk.scenario.role
    found = [*_read(turn), *_heard(talk, place, turn), *_feared(talk, turn)]
    return [one for one in found if one[0] in kept and role in kept[one[0]].roles]


def _read(heard: Heard) -> Iterator[Found]:
    """Habits that the message shows by itself."""
    for habit, cue in _ALIKE.items():
        said = max(heard.sentences, key=lambda one: one.says(cue))
        if said.own and cue in said.cues:
            yield habit, max(_SAID, _ramp(said.says(cue))), said.text
    hedges = len(HEDGES.findall(heard.text))
    if hedges >= 2:
        hedged = max(heard.sentences, key=lambda one: len(HEDGES.findall(one.text)))
        yield "hedging", min(1.0, hedges / _HEDGED), hedged.text
    for move in ("lecture", "double", "long"):
        if move in heard.moves:
            yield move, 1.0, _said_in(heard, move)
    for move in ("avoiding", "over-the-limit"):
        if move in heard.moves:
            yield move, 1.0, heard.text


def _said_in(heard: Heard, move: str) -> str:
    if move == "double":
        return [one.text for one in heard.sentences if one.asks][-1]
    if move == "lecture":
        return max(heard.sentences, key=lambda one: one.is_read("advice_unasked")).text
    return max(heard.sentences, key=lambda one: len(words(one.text))).text


def _heard(talk: Talk, place: int, heard: Heard) -> Iterator[Found]:
    """Habits that show against what went before."""
    before = [one for turn in talk.turns[:place] for one in turn.heard.sentences]
    listened = sum(_listens(one) for one in before)
    for one in heard.sentences:
        known = talk.scenario.cues.get(one.cue)
        wanted = known is not None and known.does
        share = one.is_read("advice_unasked") if one.own and not wanted else 0.0
        if share and "actionable" not in talk.scenario.skills:
            early = listened < _HEARD_FIRST
            yield "early-advice" if early else "advice", share, one.text
            break
        listened += _listens(one)
    asks = [one for one in heard.sentences if one.asks]
    if len(asks) == len(heard.sentences) and asks and all(map(_closed, asks)):
        yield "closed", max(one.is_read("closed_question") for one in asks), asks[0].text
    run = [turn.heard for turn in talk.turns[max(0, place - 2) : place]] + [heard]
    if len(run) == 3 and all(map(_only_asks, run)):
        yield "interrogation", 1.0, asks[0].text if asks else heard.text


def _feared(talk: Talk, heard: Heard) -> Iterator[Found]:
    """What the scenario itself has as a setback, or as a way round the matter."""
    for one in heard.sentences:
        cue = talk.scenario.cues.get(one.cue) if one.own else None
        if cue and cue.setback:
            yield "setback", 1.0, one.text
        elif cue and cue.dodge:
            yield "avoiding", 1.0, one.text


def _listens(one: Sentence) -> bool:
    return one.own and one.reading.kind in {"question", "reflection"}


def _closed(one: Sentence) -> bool:
    return one.reading.subtype == "closed_question"


def _only_asks(heard: Heard) -> bool:
    kinds = {one.reading.kind for one in heard.sentences}
    return "question" in kinds and not kinds & {"reflection", "affirmation"}


def _ramp(cosine: float) -> float:
    return min(1.0, max(0.0, (cosine - _FROM) / (_FULL - _FROM)))
