"""Questions to ask the other person of a pair: gathers what they rest on and has them chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from coach.conversation.questioning.asking import About, Occasion, Suggestion
from coach.conversation.questioning.choosing import choose, closed_subject
from coach.conversation.questioning.marks import mark
from coach.library.cards import Depth
from coach.library.library import Library
from coach.memory.items import Person
from coach.memory.memory import Memory
from coach.storage.asked import AskedStore
from coach.storage.pairs import Pair, Role

Forbids = Callable[[str], str | None]
Limits = Callable[[Pair, date], Forbids | None]
"""Gives what says, for a pair on a day, which boundary a text would cross (None: it may be"
" said)."""

COUNT = 5
CLOSING_COUNT = 3
_CARDS = 4
_NEAR = 0.6
"""A further card is about the subject too when its score is at least this part of the best"
" one's."""
_RECALLED = 8
_SPEAKS = 0.25
"""What is remembered speaks of the subject when its score is at least this."""
_BESIDE = 0.7
"""What is asked about beside the best answer has at least this share of its score."""
_LAST_SESSIONS = 2

_REQUEST = re.compile(
    r"^.*?\b(?:questions?|ask(?: (?:her|him|them|my \w+|\w+))?|something)\b.*?"
    r"\b(?:about|on|regarding|around|concerning)\s+(?P<subject>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_DEPTHS: dict[Depth, str] = {
    "closing": r"clos(?:e|es|ing)|end(?:ing)?|finish\w*|round off|wrap(?:ping)? up|last|final",
    "deeper": r"deep(?:er|est)?|go further|probing|harder|tougher|braver|searching",
    "exploring": r"explor(?:e|ing|atory)|dig|follow[- ]up",
    "opening": r"opening|open with|opener|start(?: with|er|ing)?|warm[- ]?up|light|easy"
    r"|ice ?breaker",
}


class Questioner:
    """Suggests questions for a pair from its memory and the library, and keeps what was asked."""

    def __init__(
        self,
        library: Library,
        memory: Memory,
        asked: AskedStore,
        limits: Limits = lambda pair, on: None,
    ) -> None:
        self._library = library
        self._memory = memory
        self._asked = asked
        self._limits = limits

    def suggest(
        self,
        pair: Pair | None,
        on: date,
        count: int | None = None,
        *,
        about: str | None = None,
        depth: Depth | None = None,
        role: Role | None = None,
        shown: Iterable[str] = (),
    ) -> list[Suggestion]:
        """Questions to put to the other person on the day ``on``.

        ``count`` is five, or the three to end with, unless it is given. ``shown`` are wordings'
        fingerprints that were on show lately: others come first. Outside a pair they rest on the
        library alone, for the user's ``role``. Raises nothing; may be fewer than ``count``.
        """
        many = count or (CLOSING_COUNT if depth == "closing" else COUNT)
        subject = subject_of(about) if about else ""
        occasion = self._occasion(pair, on, subject, role, frozenset(shown))
        return choose(occasion, self._library.deck, many, depth)

    def closed(self, pair: Pair, about: str, on: date) -> str | None:
        """Why nothing is suggested about a subject: a boundary, in words; None when it may be."""
        return closed_subject(self._occasion(pair, on, subject_of(about), None, frozenset()))

    def mark_asked(self, pair: Pair, questions: Sequence[str], on: date) -> int:
        """Remember that these were asked on that day; how many of them were new for it."""
        return self._asked.add(pair, [mark(text, pair.name, on) for text in questions], on)

    def _occasion(
        self, pair: Pair | None, on: date, subject: str, role: Role | None, shown: frozenset[str]
    ) -> Occasion:
        about = self._about(pair, on, subject) if subject else None
        if pair is None:
            mine = role or "mentor"
            them = Person("", "mentee" if mine == "mentor" else "mentor")
            return Occasion(mine, them, on, about=about, shown=shown, seed=str(len(shown)))
        store = self._memory.store
        sessions = [session.on for session in store.sessions(pair) if session.on <= on]
        return Occasion(
            pair.role,
            Person(pair.name, pair.their_role),
            on,
            items=[item for item in store.items(pair) if item.said_on <= on],
            sessions=sessions,
            about=about,
            asked=self._asked.since(pair, lately(sessions), on),
            forbids=self._limits(pair, on),
            shown=shown,
            seed=f"{pair.slug} {len(set(sessions))}",
        )

    def _about(self, pair: Pair | None, on: date, subject: str) -> About:
        hits = [
            h for h in self._library.search(subject, 12).hits if h.card in self._library.deck.cards
        ]
        near = [hit.card for hit in hits if hit.score >= _NEAR * hits[0].score] if hits else []
        recalled = self._memory.search(pair, subject, _RECALLED, on) if pair else []
        least = max([_SPEAKS, *(_BESIDE * hit.score for hit in recalled[:1])])
        items = [int(h.id) for h in recalled if h.kind == "item" and h.score >= least]
        return About(subject, tuple(near[:_CARDS]), tuple(items))


def lately(sessions: Sequence[date]) -> date | None:
    """Since when a question counts as asked lately: the last session but one; None for ever."""
    held = sorted(set(sessions))
    return held[-_LAST_SESSIONS] if len(held) >= _LAST_SESSIONS else None


def subject_of(request: str) -> str:
    """What questions are wanted about: "her thesis" of "give me questions about her thesis"."""
    found = _REQUEST.match(" ".join(request.split()))
    return (found["subject"] if found else request).strip(" ?.!")


def depth_in(request: str) -> Depth | None:
    """How deep the questions should go that a chat message asks for, where it says so."""
    plain = " ".join(request.split())
    found = _REQUEST.match(plain)
    plain = plain[: found.start("subject")] if found else plain
    return next(
        (depth for depth, words in _DEPTHS.items() if re.search(rf"\b(?:{words})\b", plain, re.I)),
        None,
    )
