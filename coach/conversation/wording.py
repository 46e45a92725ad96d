"""The built-in voice: picks among authored wordings, fills in names, keeps a reply short."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from coach.content import wordings
from coach.library.slots import NAMELESS, fill
from coach.text import words

Role = Literal["mentor", "mentee"]

_MENTOR_SIGNS = re.compile(
    r"\b(?:my|our) (?:\w+ )?mentees?\b|\bi(?:'m| am)? mentor(?:ing)?\b", re.I
)
_MENTEE_SIGNS = re.compile(
    r"\b(?:my|our) (?:\w+ )?mentors?\b|\bi(?:'m| am) (?:a |the )?mentee\b", re.I
)


def role_in(text: str, fallback: Role | None) -> Role | None:
    """The user's own role as the message tells it ("my mentor" is said by a mentee)."""
    mentor, mentee = bool(_MENTOR_SIGNS.search(text)), bool(_MENTEE_SIGNS.search(text))
    if mentor != mentee:
        return "mentor" if mentor else "mentee"
    return fallback


@dataclass
class Voice:
    """Chooses wordings for one reply.

    ``used`` lists the fingerprints of wordings of earlier replies, oldest first; what was used
    longest ago, or never, is preferred. ``taken`` collects this reply's. ``seed`` says with which
    of several equal ones to begin, so that not every conversation opens alike.
    """

    used: Sequence[str] = ()
    name: str = ""
    nameless: str = NAMELESS
    taken: list[str] = field(default_factory=list)
    seed: str = ""

    def pick(self, options: Iterable[str], liking: Mapping[str, float] | None = None) -> str:
        """One of ``options``: the least recently used, among those the best liked; "" if none.

        Deterministic: the seed decides where nothing else does, or the order of ``options``.
        """
        ranked = self.rank(options, liking)
        if not ranked:
            return ""
        self.take(ranked[0])
        return ranked[0]

    def rank(self, options: Iterable[str], liking: Mapping[str, float] | None = None) -> list[str]:
        """``options`` in the order in which :meth:`pick` would take them; none is taken."""
        liking = liking or {}
        return sorted(
            options, key=lambda text: (self._age(text), -liking.get(text, 0.0), self._turn(text))
        )

    def take(self, text: str) -> None:
        """Count ``text`` as used in this reply."""
        self.taken.append(fingerprint(text))

    def say(self, situation: str, *, sheet: str = "voice", **slots: str) -> str:
        """A wording of ``prompts/<sheet>.md`` for ``situation``, filled in."""
        text = self.pick(wordings(sheet)[situation])
        return self.fill(text, **slots)

    def fill(self, text: str, **slots: str) -> str:
        """``text`` with its slots filled; see :func:`coach.library.slots.fill`."""
        return fill(text, self.name, nameless=self.nameless, **slots)

    def seen(self, text: str) -> bool:
        """Whether this wording was used before, in an earlier reply."""
        return fingerprint(text) in self.used

    def _turn(self, text: str) -> str:
        return fingerprint(f"{self.seed} {text}") if self.seed else ""

    def _age(self, text: str) -> int:
        """0 for never used; the more recent the use, the higher."""
        mark = fingerprint(text)
        if mark in self.taken:
            return len(self.used) + 2
        for place in range(len(self.used) - 1, -1, -1):
            if self.used[place] == mark:
                return place + 1
        return 0


def fingerprint(text: str) -> str:
    """A short mark of a wording, kept with a reply so that the next one can differ."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def nameless_in(text: str) -> str:
    """How to speak of someone whose name is not known, as the object of a sentence."""
    told = set(words(text))
    she, he = bool(told & {"she", "her"}), bool(told & {"he", "him", "his"})
    if she != he:
        return "her" if she else "him"
    return NAMELESS


def after_colon(text: str) -> str:
    """``text`` as it goes on behind a colon: without its capital, unless it always has one."""
    first = text.partition(" ")[0].rstrip(",.")
    if first in {"I", "I'm", "I'd", "I'll", "I've"} or first.isupper() or text.startswith("{"):
        return text
    return text[:1].lower() + text[1:]
