"""What the counterpart takes from the pair's memory: a name, things on their mind, limits. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from coach.memory.continuity.speech import pronoun_of, spoken
from coach.memory.continuity.things import thing
from coach.memory.items import Item, Person

_TELLING = frozenset({"event", "struggle", "goal", "plan"})
_SIDES = {"your": "my", "yours": "mine", "my": "your", "mine": "yours"}
_MINE = re.compile(r"\b(?:your|yours|my|mine)\b", re.I)
_OBJECT = re.compile(r"\b(?:your|my|the|a|an) ", re.I)
_WHEN = re.compile(r"\s+(?:on|in|at|by|for|next|this|last|tomorrow|today|before|after)\b", re.I)
_PERSON = re.compile(r"\b(?:I|you|me|she|he|they|her|him|them)\b")


@dataclass(frozen=True)
class Background:
    """``things`` are named as the counterpart would ("my defence"), the most important first.

    ``against`` gives the limit that a text goes against, in the words it was set in, or "".
    ``private`` says that private things were asked for too.
    """

    name: str = ""
    things: tuple[str, ...] = ()
    against: Callable[[str], str] = lambda _text: ""
    private: bool = False


NOTHING = Background()
"""A counterpart who is nobody the user knows."""


def background(
    person: Person,
    items: Iterable[Item],
    against: Callable[[str], str],
    *,
    name: str,
    private: bool = False,
) -> Background:
    """What is open and about the other person; what is private only when asked for."""
    known = [one for one in items if private or not one.private]
    pronoun = pronoun_of(person, known)
    told = [
        named
        for one in sorted(known, key=lambda item: (-item.importance, -item.id))
        if one.status == "open" and one.about != "me" and one.kind in _TELLING
        and (named := _named(one, person, pronoun))
    ]  # fmt: skip
    return Background(name, tuple(dict.fromkeys(told)), against, private)


def _named(item: Item, person: Person, pronoun: str) -> str:
    """What the item is about as the other person would name it; "" where that is not safe."""
    said = spoken(item.text, person, pronoun)
    object_ = _OBJECT.search(said) if said else None
    found = thing(said) if said else None
    if found is None and said and object_:
        found = thing(said[object_.start() :])
    if found is None or _PERSON.search(found.name):
        return ""
    name = _WHEN.split(found.name)[0]
    return _MINE.sub(lambda m: _SIDES[m.group().lower()], name)
