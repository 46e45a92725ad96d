"""Scoring one message of the user's, from 0 to 3, with a reason in the user's own words. Pure.

A message starts at 1 for taking part; what it shows of the scenario's skills is added, the less the
less it has to do with the talk; what it costs is taken off, and the sum is rounded. The evidence is
graded, not counted, so that two ways to say the same thing come out within a point of each other.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from coach.content import wordings
from coach.rehearsal.habits import habits_in
from coach.rehearsal.hearing import Heard, Sentence
from coach.rehearsal.loading import common
from coach.rehearsal.reading import KIND_OF
from coach.rehearsal.scenario import Cue, Scenario
from coach.rehearsal.talk import Talk
from coach.text import words

MOST = 3
_FIRST, _SECOND = 1.35, 0.8
"""What the best shown skill adds, and the next one."""
_FROM, _FULL = 0.34, 0.58
"""Cosines to an example at which it begins to count, and counts fully."""
_FAINT = 0.3
_SHOWN = 0.5
"""Evidence from which a skill counts as shown."""
_NEAR = 0.22
"""Cosine to any example below which a message is about something else."""
_QUOTE = 90
_ANNOUNCES = re.compile(
    r"\W*(?:(?:so|well|today|there's something),? )?i(?:'d| would)?(?: like| want(?:ed)?| need)?"
    r"(?: us)? to (?:talk|speak|chat|ask you (?:something|about)|raise|discuss)\b",
    re.IGNORECASE,
)
_ANNOUNCED = 0.6
"""What saying that one will say something is worth of saying it."""
_PLEASANTRIES = frozenset({"greeting", "goodbye"})
_ASIDES = frozenset({"loss", "interruption", "who-hears", "in-earnest"})
"""What belongs to a talk without being part of what is practised in it."""


@dataclass(frozen=True)
class Sign:
    """What a message shows of a skill, or has of a habit: how clearly, and in which words."""

    name: str
    strength: float
    quote: str


@dataclass(frozen=True)
class Scored:
    """One message: its points, why, the user's words that it rests on, and a card."""

    place: int
    points: int
    reason: str
    quote: str
    card: str
    shown: tuple[Sign, ...] = ()
    costs: tuple[Sign, ...] = ()
    counted: bool = True
    """Whether it counts in the total: a greeting, a farewell and bad news do not."""

    def as_json(self) -> dict[str, Any]:
        """The score as the command line prints it."""
        return {
            "turn": self.place + 1, "score": self.points, "reason": self.reason,
            "quote": self.quote, "card": self.card, "skills": [sign.name for sign in self.shown],
            "habits": [sign.name for sign in self.costs],
        }  # fmt: skip


def score(talk: Talk, place: int) -> Scored:
    """The score of message ``place`` (from 0) of ``talk``."""
    heard = talk.turns[place].heard
    scenario = talk.scenario
    card = scenario.cards[0]
    if heard.problem:
        quote = quote_of(heard.text)
        return Scored(place, 0, _say(heard.problem, heard, quote), quote, card)
    signs = sorted(evidence(scenario, heard), key=lambda sign: -sign.strength)
    habits = common().habits
    costs = sorted(
        habits_in(talk, place), key=lambda one: -one[1] * habits[one[0]].costs
    )  # fmt: skip
    lost = [Sign(name, share, quote_of(said)) for name, share, said in costs if share >= _SHOWN]
    shown = tuple(s for s in signs if s.strength * heard.relevance >= _SHOWN)
    if not shown and not lost and _elsewhere(heard):
        quote = quote_of(heard.text)
        return Scored(place, 0, _say("elsewhere", heard, quote), quote, card)
    best = [_counted(sign.strength) for sign in signs[:2]] + [0.0, 0.0]
    total = 1 + heard.relevance * (_FIRST * best[0] + _SECOND * best[1])
    total -= sum(share * habits[name].costs for name, share, _ in costs)
    points = min(MOST, max(0, round(total)))
    best_shown = shown or tuple(signs[:1] if points > 1 else ())
    return _reasoned(place, points, heard, best_shown, tuple(lost), scenario)


def _reasoned(
    place: int, points: int, heard: Heard, shown: tuple[Sign, ...], lost: tuple[Sign, ...],
    scenario: Scenario,
) -> Scored:  # fmt: skip
    shared = common()
    if lost and (points <= 1 or not shown):
        one, card = lost[0], shared.habits[lost[0].name].card
        reason = _say(f"habit {one.name}", heard, one.quote)
    elif shown:
        one, card = shown[0], shared.skills[shown[0].name].card
        reason = _say(f"skill {one.name}", heard, one.quote)
        if lost:
            reason += " " + _say(f"but {lost[0].name}", heard, lost[0].quote)
        elif len(shown) > 1 and points == MOST:
            reason += f" And {shared.skills[shown[1].name].title}."
    else:
        wanted = shared.skills[scenario.skills[0]]
        one, card = Sign("", 0.0, quote_of(_longest(heard))), wanted.card
        reason = _say("plain", heard, one.quote)
    first = next(iter(heard.cues), "")  # the clearest
    aside = first in _ASIDES or (first and not set(heard.cues) - _PLEASANTRIES)
    counted = bool(shown or (lost and first not in _ASIDES) or not aside)
    if not counted:
        reason = _say("aside", heard, one.quote)
    return Scored(place, points, reason, one.quote, card, shown, lost, counted)


def evidence(scenario: Scenario, heard: Heard) -> list[Sign]:
    """What the message shows of each skill that the scenario practises."""
    cues, skills = {**common().cues, **scenario.cues}, common().skills
    practised = dict.fromkeys(scenario.skills)
    also = (name for cue in heard.cues for name in cues[cue].does)
    practised.update((name, None) for name in also if not skills[name].only_practised)
    found = []
    for name in practised:
        best = Sign(name, 0.0, "")
        for one in heard.sentences:
            strength = _strength(one, name, cues) if one.own and one.helps else 0.0
            if strength > best.strength:
                best = Sign(name, strength, quote_of(one.text))
        found.append(best)
    return found


def _strength(one: Sentence, name: str, cues: Mapping[str, Cue]) -> float:
    reads = common().skills[name].reads
    if reads and not one.asks and all(KIND_OF[kind] == "question" for kind in reads):
        return 0.0
    read = sum(weight * one.is_read(kind) for kind, weight in reads.items())
    like = max((one.says(c.name) for c in cues.values() if name in c.does), default=0.0)
    whole = min(1.3, max(read, _ramp(like), 0.6 * read + 0.7 * _ramp(like)))
    return _ANNOUNCED * whole if _ANNOUNCES.match(one.text) else whole


def _counted(strength: float) -> float:
    """What a strength adds: a faint likeness adds next to nothing."""
    return max(0.0, (strength - _FAINT) / (1 - _FAINT)) if strength < 1 else strength


def _ramp(cosine: float) -> float:
    return min(1.0, max(0.0, (cosine - _FROM) / (_FULL - _FROM)))


def _elsewhere(heard: Heard) -> bool:
    """Whether nothing in the message has to do with the talk."""
    nearest = max((max(one.likes.values(), default=0.0) for one in heard.sentences), default=0.0)
    return len(words(heard.text)) > 3 and nearest < _NEAR and heard.moves <= {"avoiding", "long"}


def _longest(heard: Heard) -> str:
    return max((one.text for one in heard.sentences), key=len, default=heard.text)


def quote_of(text: str) -> str:
    """The beginning of ``text``, verbatim, cut at a word."""
    told = text.strip()
    if len(told) <= _QUOTE:
        return told
    return told[:_QUOTE].rsplit(None, 1)[0].rstrip(",;:")


def _say(situation: str, heard: Heard, quote: str) -> str:
    """A wording for ``situation``; which of them depends on the message alone."""
    said = choose(wordings("rehearsal")[situation], heard.text)
    return said.replace("{quote}", told(quote, heard.text))


def told(quote: str, text: str) -> str:
    """``quote`` as it is shown: with dots where a sentence of ``text`` was cut."""
    whole = quote[-1:] in ".?!…" or text.strip().endswith(quote)
    return quote if whole else f"{quote} …"


def choose(options: Iterable[str], seed: str) -> str:
    """One of ``options``, always the same for the same ``seed``."""
    return min(options, key=lambda text: hashlib.sha256(f"{seed}\0{text}".encode()).digest())
