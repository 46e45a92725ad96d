"""Finding what was said before, in any conversation of a pair. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coach.storage.conversations import Conversation, Message

_AROUND = 60
"""Characters that an excerpt shows before the first word that was looked for."""
_LENGTH = 160


@dataclass(frozen=True)
class Found:
    """A message that holds what was looked for, and the part of it around that."""

    conversation: Conversation
    message: Message
    excerpt: str


def find_said(
    said: Iterable[tuple[Conversation, Message]], wanted: str, limit: int = 100
) -> list[Found]:
    """The first ``limit`` messages that hold every word of ``wanted``, whatever its case."""
    needles = wanted.casefold().split()
    found: list[Found] = []
    if not needles:
        return found
    for conversation, message in said:
        text = message.text.casefold()
        if all(needle in text for needle in needles):
            found.append(Found(conversation, message, excerpt(message.text, needles)))
        if len(found) == limit:
            break
    return found


def excerpt(text: str, needles: Iterable[str]) -> str:
    """One line of ``text`` around the first of ``needles`` that is in it."""
    line = " ".join(text.split())
    lower = line.casefold()
    # Folding can lengthen a text ("ß"), so that a place in it is only nearly one in the original.
    places = [place for place in map(lower.find, needles) if place >= 0]
    start = max(0, min(places, default=0) - _AROUND)
    if start:
        start = line.find(" ", start) + 1 or start
    end = start + _LENGTH
    if end < len(line):
        end = max(line.rfind(" ", start, end), start + _LENGTH // 2)
    return ("… " if start else "") + line[start:end] + (" …" if end < len(line) else "")
