"""What kind of memory item a clause is, by the fitted model, or by the rules without one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from coach.memory.dates import DateMention
from coach.memory.items import Kind
from coach.memory.noticing.cast import Cast
from coach.memory.noticing.kind_model import Signs, chances, choose, signs
from coach.memory.noticing.kind_points import (
    AIMS,
    FUTURE,
    HYPOTHETIC,
    MENTEES,
    NOT,
    ORDER,
    PAIR,
    PAST,
    STRONG,
    WANTED,
    Setting,
    is_task,
    score,
)
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.segments import Clause

THRESHOLD = 1.5
LIKELY = 0.2
"""How likely a clause must be worth keeping.

With 0.13 a fifth more is kept of what nobody asked for and no more of what a reader wants; with
0.28 a sixth less, but then a chat no longer finds what was told in passing
(tests/evals/notes/README.md).
"""
LEAST = 0.13
"""How likely where a pattern of the rules speaks for a kind."""
DOUBTFUL = 0.25
"""A burden or a success less likely than this is a fact where it is more like the facts."""
HARDLY = 0.22
"""A burden or a success less likely than this is a fact in any case."""
UNSAID = 0.45
"""How likely a promise must be that no rule finds; of so likely ones seven in ten are promises."""
SURE = 4.5
"""From so many points of the rules a clause is kept in any case."""
_SUPPOSES = re.compile(
    r"\W*(?:and |but |so )?if\b.*(?:\bwould\b|'d\b|\bmight\b|\bcould\b)(?! rather)"
)
_DECIDES = re.compile(
    r"(?<!was )(?<!were )(?<!been )\bturned (?:down (?:the|an?|it|his|her|my|their)|"
    r"(?:the|an?|it|that|his|her|my|their)\b(?: [\w'-]+){0,4} down)\b"
    r"|\b(?:said|told (?:him|her|them)) no\b|\b(?:declined|withdrew|pulled out|decided against)\b"
)
"""What somebody chose not to take is how things are, and no burden by itself."""


@dataclass(frozen=True)
class Decision:
    """The kind of a clause, None for nothing to keep; its points; what told of it."""

    kind: Kind | None
    points: float
    signs: Signs


def decide(clause: Clause, setting: Setting, cast: Cast) -> Decision:
    """The likeliest kind by the fitted model; by words alone the kind with most points.

    What the rules are sure of is something, whatever the model says, and a turning point of a
    life is an event.
    """
    points = score(clause, setting, cast)
    best = max(ORDER, key=lambda kind: points.get(kind, 0.0))
    most = points.get(best, 0.0)
    if not setting.like.near:
        return Decision(best if most >= THRESHOLD else None, most, {})
    found = signs(
        clause, points, setting.like, subject=setting.subject, promise=setting.promise,
        own=setting.about == cast.role, flags=_flags(clause.low, setting), cast=cast,
    )  # fmt: skip
    worded = most - setting.like.votes.get(best, 0.0)
    owed = setting.promise is not None or chances(found)["commitment"] >= UNSAID
    placed = setting.date is not None or setting.headed == "events" or _is_occasion(clause.low)
    barred = {"commitment": not owed, "event": not placed}
    if WANTED.search(clause.low):  # of somebody else, as in "Tom wants me to go"
        barred |= dict.fromkeys(AIMS if setting.subject.is_strangers else AIMS[:2], True)
    allowed = [kind for kind in ORDER if not barred.get(kind)]
    if _SUPPOSES.match(clause.low) and setting.promise is None:
        return Decision(None, 0.0, found)
    plain = worded >= STRONG
    least = 0.0 if worded >= SURE else LEAST if plain else LIKELY
    kind: Kind | None = choose(found, allowed, least=least)
    if plain and not setting.like.tuned and best in allowed:
        kind = best  # without the tuned layers the rules know better than the rest of the model
    if kind in MENTEES and not (kind == best and plain):
        likely = chances(found)[kind]
        if likely < HARDLY or _is_plain_fact(kind, clause.low, setting, likely):
            kind = "fact"
    if kind == "event" and is_task(setting, clause.low, cast):
        kind = "commitment"
    if best == "event" and any(p.search(clause.low) for p in lexicon().life):
        kind = "event"
    kind = "topic" if kind is None and best == "topic" and most >= THRESHOLD else kind
    return Decision(kind, max(points.get(kind, 0.0), THRESHOLD) if kind else 0.0, found)


def _is_plain_fact(kind: Kind, low: str, setting: Setting, likely: float) -> bool:
    """Whether what is hardly a burden or a success only tells how things are.

    What is wished for, still to come or denied is more than that.
    """
    if kind == "struggle" and setting.subject.who in PAIR and _DECIDES.search(low):
        return True
    like = setting.like
    nearer = like.near.get("fact", 0.0) > like.near.get(kind, 0.0)
    return nearer and likely < DOUBTFUL and not (NOT.search(low) or FUTURE.search(low))


def _is_occasion(low: str) -> bool:
    """Whether a clause names something of the calendar, or a turning point of a life."""
    return bool(lexicon().event_noun.search(low)) or any(p.search(low) for p in lexicon().life)


def _flags(low: str, setting: Setting) -> dict[str, bool]:
    """What the rules ask of a clause besides its points."""
    day = setting.date
    ahead = day is not None and not day.past
    return {
        "dated": ahead,
        "past day": day is not None and day.past,
        "by": ahead and day is not None and day.relation == "by",
        "span": ahead and day is not None and day.until is not None,
        "long span": ahead and day is not None and _is_long(day),
        "event noun": lexicon().event_noun.search(low) is not None,
        "negated": NOT.search(low) is not None,
        "future": FUTURE.search(low) is not None,
        "past": PAST.search(low) is not None,
        "hypothetical": setting.hypothetical or HYPOTHETIC.search(low) is not None,
        "recurring": setting.recurring,
        "today": setting.today,
        f"headed {setting.headed}": bool(setting.headed),
    }


def _is_long(day: DateMention) -> bool:
    return bool(day.until and day.when and day.until - day.when > timedelta(days=7))
