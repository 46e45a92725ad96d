"""Points for each kind of memory item, by the patterns of the rules and by a clause's structure."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from coach.memory.dates import DateMention
from coach.memory.items import About, Kind
from coach.memory.noticing.cast import Cast
from coach.memory.noticing.commitments import Promise
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.nearest import UNLIKE, Likeness
from coach.memory.noticing.promise_words import HAVE_READY
from coach.memory.noticing.segments import Clause
from coach.memory.noticing.subject import Subject

PAIR = frozenset({"me", "them", "both"})
_ALONE, STRONG, _MORE, _WEAK = 1.0, 3.0, 0.5, 1.5
_TASK, _SETTLED = 4.0, 4.5
# On equal points the kind that asks most of the reader wins.
ORDER: tuple[Kind, ...] = (
    "boundary", "expectation", "preference", "commitment", "goal", "event", "plan", "win",
    "struggle", "fact", "topic",
)  # fmt: skip
_HEADED: dict[str, Kind] = {
    "rules": "expectation", "goals": "goal", "boundaries": "boundary", "preferences": "preference",
    "wins": "win", "struggles": "struggle", "events": "event",
}  # fmt: skip
FUTURE = re.compile(
    r"\b(?:will|shall|going to|gonna|won't|is to|am to|are to|wants? to|hopes? to|would"
    r"|could|might|if|'ll|'d|should|must)\b|'ll\b|'d\b"
)
PAST = re.compile(
    r"\b(?:was|were|had|did|didn't|wasn't|weren't|has|have|'ve|ago|yesterday|last (?:week"
    r"|month|night|year))\b|'ve\b|\b\w+ed\b"
)
NOT = re.compile(
    r"\b(?:not|never|hardly|barely|no longer|without|nobody|nothing|no)\b|n't\b|\b(?:dont"
    r"|doesnt|didnt|cant|wont|isnt|hasnt)\b"
)
HYPOTHETIC = re.compile(
    r"^(?:if|unless|suppose|supposing|were|had)\b|\b(?:he|she|they|i|we|it)(?:'d| would"
    r"| could| might)\b(?! (?:like|love|rather|sooner|prefer|have|been|had|got|lost|won|left|\w+ed"
    r"|\w{3,}en)\b)|\bwould(?! (?:like"
    r"|love|rather|sooner|prefer)\b)|\b(?:would|could) have\b"
)
_OVER = re.compile(
    r"\b(?:no longer|not any ?more|any ?more|used to|stopped (?:being|worrying)|less"
    r"|is over|has gone|air cleared|apologised|solved|resolved|better|off)\b"
)
_ABSENT = re.compile(
    r"\b(?:not|never|didn't|missed|cancelled|forgot|waited|late|empty|alone)\b.*\bno \w+"
    r"(?: given| from \w+)?\W*$|\bno (?:reason|notice|excuse|apology|explanation|sign|reply"
    r"|answer|word|warning)\b"
)
"""What failed to come, which nobody has ruled out: "he did not turn up, no message"."""
MENTEES = frozenset({"struggle", "win"})
_MEET = re.compile(
    r"\b(?:do (?:this|it)|meet|speak|talk|see each other|call|ring|sit down|catch up|convene)\b"
)
WANTED = re.compile(r"\bwant(?:s|ed)? (?:me|him|her|us|them)\b")
AIMS: tuple[Kind, ...] = ("goal", "plan", "preference", "expectation")
_SOLID: tuple[Kind, ...] = ("boundary", "expectation", "preference")
_LIMITS = re.compile(
    NOT.pattern
    + r"|\b(?:only|off|out|stop\w*|leave|away|sacred|refus\w*|own|limits?|before|after)\b"
)
_NOW = re.compile(
    r"\b(?:is|are|has|have|will|to|shall|due|by|starts?|begins?|opens?|ends?|tonight|evening"
    r"|afternoon|later)\b|'(?:s|re|ll|m)\b"
)
_ATTENDS = re.compile(
    r"takes? over|attends?\b|goes to|go to|sits? (?:the|an?|her|his|my|their) (?:\w+ )?"
    r"(?:exam|finals?|test|resit|paper)"
)
_GLAD = re.compile(
    r"\b(?:in a good way|(?:for|of|with) (?:joy|happiness|laughter|relief)|happy tears)\b"
)
_HEADLINE = re.compile(
    r"\W*(?:new: |next: )?(?:\w+ ){1,4}(?:on )?\d{1,2}(?:[/.-]\d|(?:st|nd|rd|th)\b| [a-z]{3})"
)
"""A note's bare line of what is on which day: "Audit 12/3, dreads it"."""
_TALKS = re.compile(
    r"(?:speak(?:s|ing)?|talk(?:s|ing)?|meet(?:s|ing)?)\b(?!.*\b(?:about|on behalf|for)\b)"
)


@dataclass(frozen=True)
class Setting:
    """What is known of a clause besides its words."""

    subject: Subject
    promise: Promise | None
    date: DateMention | None
    headed: str = ""
    hypothetical: bool = False
    like: Likeness = UNLIKE
    today: bool = False
    about: About | None = None
    recurring: bool = False


def score(clause: Clause, setting: Setting, cast: Cast) -> dict[Kind, float]:
    """Points for each kind that has any."""
    low = clause.low[len(clause.joiner) :].lstrip(" ,(\"“'&*_")
    points = _worded(low)
    _bend(points, low, setting)
    _bend_limits(points, low)
    _bend_aims(points, low, setting)
    _dated(points, low, setting, cast)
    if setting.headed in _HEADED and setting.headed != "events":
        kind = _HEADED[setting.headed]
        points[kind] = points.get(kind, 0.0) + 3.5
    if lexicon().closing["dropped"].search(low):
        for kind in ("fact", "plan", "goal", "topic"):
            points.pop(kind, None)
    promise = setting.promise
    if setting.recurring and setting.subject.who == "both" and _MEET.search(low):
        promise = None
        points["expectation"] = points.get("expectation", 0.0) + STRONG
    if (
        promise is not None
        and setting.headed in ("boundaries", "preferences")
        and setting.date is None
    ):
        promise = None
    if promise is not None:
        points["commitment"] = promise.points
        if points["commitment"] >= 6.0:
            points["boundary"] = points["expectation"] = points["preference"] = 0.0
    if HYPOTHETIC.search(low) or setting.hypothetical:
        keep = {*_SOLID, "commitment"} if promise and promise.points >= _SETTLED else {*_SOLID}
        points = {k: v for k, v in points.items() if k in keep}
    if not lexicon().closing["dropped"].search(low):
        _vote(points, low, setting, cast)
    return points


def _worded(low: str) -> dict[Kind, float]:
    """Points from the patterns alone."""
    words = lexicon()
    points: dict[Kind, float] = {}
    for kind in ORDER:
        strong = sum(1 for p in words.strong.get(kind, ()) if p.search(low))
        weak = sum(min(2, len(set(p.findall(low)))) for p in words.weak.get(kind, ()))
        if strong or weak:
            points[kind] = _WEAK * min(weak, 2)
            points[kind] += STRONG + _MORE * (strong - 1) if strong else 0.0
    return points


def _vote(points: dict[Kind, float], low: str, setting: Setting, cast: Cast) -> None:
    """What the nearest examples add; a promise or a date ahead leaves them little to say."""
    settled = {"commitment", "event"} & points.keys()
    for kind, vote in setting.like.votes.items():
        if (settled and kind not in settled) or (kind == "commitment" and setting.promise is None):
            continue
        weight = min(vote, 0.4) if settled else vote
        if kind in MENTEES and setting.about not in (cast.role, None):
            weight *= 0.5  # a mentor's own troubles and wins are told in passing
        if kind == "boundary" and not _LIMITS.search(low):
            weight *= 0.4
        if kind in points or weight >= _ALONE:
            points[kind] = points.get(kind, 0.0) + weight


def _bend(points: dict[Kind, float], low: str, setting: Setting) -> None:
    """What tense, negation and the subject make of the words."""
    negated = NOT.search(low) is not None
    future = FUTURE.search(low) is not None
    if "win" in points:
        if negated and not re.search(r"without|no longer|nobody died", low):
            points["win"] *= 0.4
        if future:
            points["win"] *= 0.3
        elif PAST.search(low):
            points["win"] += 0.6
    if "struggle" in points:
        if _OVER.search(low) and points["struggle"] < 4:
            points["struggle"] *= 0.5
        if _GLAD.search(low):
            points["struggle"] *= 0.3
        if setting.subject.is_strangers:
            points["struggle"] *= 0.9


def _bend_limits(points: dict[Kind, float], low: str) -> None:
    """A limit forbids something; that something did not come is none."""
    if "boundary" not in points:
        return
    if points["boundary"] < STRONG and not NOT.search(low):
        points["boundary"] *= 0.5
    if _ABSENT.search(low) and not FUTURE.search(low):
        points["boundary"] *= 0.2


def _bend_aims(points: dict[Kind, float], low: str, setting: Setting) -> None:
    """What negation and the subject make of wishes and plans."""
    for kind in AIMS:
        if kind in points and setting.subject.is_strangers:
            points[kind] *= 0.4
    if "goal" in points and (NOT.search(low) or WANTED.search(low)):
        points["goal"] *= 0.4
    if re.search(r"\b(?:would|'d) (?:\w+ )?(?:love|like) (?!(?:me|him|her|them|us|you)\b)", low):
        points["goal"] = max(points.get("goal", 0.0), 2.0)
        points.pop("preference", None)
    if "plan" in points and re.search(
        r"\b(?:not|n't|stopped|longer|quit) (?:\w+ )?(?:consider|think|plan|intend|tempt)", low
    ):
        points["plan"] *= 0.4


def _dated(points: dict[Kind, float], low: str, setting: Setting, cast: Cast) -> None:
    """Points of an event: a day ahead, a noun of the calendar, a turning point of a life."""
    words = lexicon()
    noun = words.event_noun.search(low) is not None
    base = points.pop("event", 0.0)
    day = setting.date
    if any(p.search(low) for p in words.life):
        points["event"] = 3.5
    elif setting.today and not _NOW.search(low):
        return
    elif (
        day is not None and not day.past and all(points.get(kind, 0.0) < STRONG for kind in _SOLID)
    ):
        points["event"] = 2.8 + (1.0 if noun else 0.0) + (0.7 if base >= STRONG else 0.0)
        points["win"] = points.get("win", 0.0) * (1.0 if setting.today else 0.5)
        if points.get("fact", 0.0) < _SETTLED:
            points["event"] = max(points["event"], points.get("fact", 0.0) + 0.1)
        own = setting.subject.who != "other" or setting.subject.about is not None
        if own and points.get("goal", 0.0) >= STRONG:
            points["goal"] += 2.5
        elif own and points.get("goal", 0.0) >= _WEAK and day.relation == "by":
            points["goal"] += 3.0
        if noun and _HEADLINE.match(low) and setting.promise is None:
            points["event"] += 1.5
        if _happens(low, setting, cast):
            points["event"] += 2.0
        else:
            points["event"] = min(points["event"], _most(setting.promise, day))
    elif setting.headed == "events" and noun:
        points["event"] = 3.0


def is_task(setting: Setting, low: str, cast: Cast) -> bool:
    """Whether what has a day is plainly what somebody of the pair is going to do for the other."""
    promise, day = setting.promise, setting.date
    if promise is None or promise.points < _TASK:
        return False
    if setting.subject.who not in PAIR:
        owed = day is not None and day.relation == "by" and setting.subject.who == "none"
        return owed and not promise.verb
    tail = low[max(low.find(promise.verb), 0) :]
    ready = promise.verb == "have" and HAVE_READY.search(tail) is not None
    return (ready or promise.verb in lexicon().deliver) and not (
        lexicon().happen.match(tail) or _happens(low, setting, cast)
    )


def _most(promise: Promise | None, day: DateMention) -> float:
    """The points that an event can have beside a promise whose deadline is the day."""
    sure = promise is not None and day.relation == "by" and promise.points >= _SETTLED
    return promise.points - _MORE if promise is not None and sure else math.inf


def _happens(low: str, setting: Setting, cast: Cast) -> bool:
    """Whether what reads like a promise is rather something that takes place on its day."""
    promise, day = setting.promise, setting.date
    if promise is None or day is None:
        return False
    tail = low[low.find(promise.verb) :] if promise.verb in low else promise.verb
    talk = setting.subject.who == "them" and _TALKS.match(tail) and day.relation != "by"
    if promise.verb and (_ATTENDS.match(tail) or (talk and not cast.mentions_me(low))):
        return True
    who = setting.subject.who
    mutual = cast.mentions_me(low) if who == "them" else who == "me" and cast.mentions_them(low)
    happens = lexicon().happen.match(tail) is not None
    return happens and promise.points < 5 and not mutual and day.relation != "by"
