"""How the other person may take what is said to them ("and if she says no?"), and what then."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.content import from_toml, knowledge
from coach.conversation.wording import Role
from coach.lexical import stems
from coach.text import word_count

Vectors = NDArray[np.float32]

OPEN = "open"
_NEAR = 0.63
"""A clause means the reaction of the nearest example when their cosine is at least this."""
_SHARED = 0.6
"""Without a model: when so much of the words of both is shared."""
_LONGEST = 16
_BEGINS = r"^\W*(?:(?:and|but|or|ok(?:ay)?|so|then|well|hm+|yes|right|thanks|fine)\b[,.]? )*"
_IF = (
    r"(?:what (?:do|should|can|shall|would) i (?:say|do|answer) "
    r"|how (?:do|should) i (?:react|answer) "
    r"|what (?:then|now) )?(?:what happens (?:if|when)|what if|what when|if|when|suppose(?: that)?"
    r"|in case|say) "
)
_THEY = (
    r"(?P<clause>(?:he|she|they|it|there|i|{name}|my (?:mentor|mentee))(?:'\w+)? (?:\w|').*?)\W*$"
)
_ASKS = re.compile(r"\?|^\W*(?:and|but|or|so|ok(?:ay)?|what|how|suppose)\b", re.IGNORECASE)
_SPEAKS = re.compile(
    r"\b(?:says?|said|asks?|asked|thinks?|wants?|tells?|answers?|feels?|takes|reacts?|hears?)\b",
    re.I,
)
_FORETOLD = (
    r"(?P<clause>(?:he|she|they|{name})(?:'ll| will| would|'d|'s going to| is going to)"
    r" (?:just|only|probably|never|simply|surely|say|not|take|laugh|get|think|tell|be|ask|go)\b"
    r".*?)\W*$"
)


@dataclass(frozen=True)
class Reaction:
    """What helps when the other person reacts so; ``lines`` by role are words to say."""

    kind: str
    card: str
    thought: str
    lines: dict[Role, tuple[str, ...]]
    examples: tuple[str, ...]


def pushback_file() -> Path:
    """Where the reactions are."""
    return knowledge("pushback.toml")


@cache
def reactions() -> dict[str, Reaction]:
    """The reactions by kind. Raises :class:`ContentError` for a broken file."""
    return from_toml(pushback_file(), _reactions, "each reaction needs card, thought, examples")


def _reactions(tables: dict[str, Any]) -> dict[str, Reaction]:
    return {
        kind: Reaction(
            kind, one["card"], one["thought"],
            {
                "mentor": (*one.get("say", ()), *one.get("mentor", ())),
                "mentee": (*one.get("say", ()), *one.get("mentee", ())),
            },
            tuple(one["examples"]),
        )
        for kind, one in tables.items()
    }  # fmt: skip


def foreseen(text: str, name: str, *, after_words: bool) -> str:
    """The clause of a brief message that says how the other person, ``name``, may take it: "she
    says no" of "and if she says no?"; "" when it says nothing of the kind. ``after_words`` says
    that words to say were shown: then "he'll just laugh" is about these.
    """
    plain = " ".join(text.replace("’", "'").split())
    if word_count(plain) > _LONGEST:
        return ""
    for pattern in (_IF + _THEY, _FORETOLD if after_words and "?" not in plain else ""):
        filled = pattern.replace("{name}", re.escape(name) if name else "he")
        found = re.match(_BEGINS + filled, plain, re.IGNORECASE) if pattern else None
        if found and (_ASKS.search(plain) or pattern is _FORETOLD):
            return found["clause"]
    return ""


def reaction_in(
    clause: str, vector: Vectors | None, embedded: Callable[[Sequence[str]], Vectors | None]
) -> str:
    """Which reaction ``clause`` tells: :data:`OPEN` for words that are like none of those known,
    "" for what is no reaction. ``vector`` is its embedding, None
    while there is no model; ``embedded`` gives those of the examples."""
    said = [(one, kind) for kind, reaction in reactions().items() for one in reaction.examples]
    vectors = embedded([one for one, _ in said]) if vector is not None else None
    if vector is not None and vectors is not None:
        near, least = vectors @ vector, _NEAR
    else:
        asked = set(stems(clause))
        known = [set(stems(one)) for one, _ in said]
        near = np.array([len(asked & own) / max(1, len(asked | own)) for own in known])
        least = _SHARED
    best = int(np.argmax(near))
    if near[best] >= least:
        return said[best][1]
    return OPEN if _SPEAKS.search(clause) else ""
