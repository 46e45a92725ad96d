"""A message as it is meant: slips of the keys and the short forms of chats spelt out.

What is read for its meaning is read so; what is kept or quoted stays as it was typed. Mended are
the words of requests alone (``knowledge/chat-words.toml``), where exactly one of them is one slip
away: a letter too many, too few, another, or two that changed places (Damerau, A technique for
computer detection and correction of spelling errors, 1964).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from coach.content import from_toml, knowledge

_SHORTEST = 5
"""Shorter words have too many neighbours to be mended safely."""
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?")


def as_meant(text: str, names: Collection[str] = ()) -> str:
    """``text`` with slips and short forms spelt out; ``names`` are words to leave alone."""
    known = {part.lower() for name in names for part in name.split()}
    start = _fillers().match(text)
    rest = text[start.end() :] if start else text
    return _TOKEN.sub(lambda found: _spelt(found[0], known), rest or text)


def other_words(text: str) -> list[str]:
    """``text`` with another word that means the same, for each that it has one: "his dad" for
    "his father"."""
    found = []
    for group in _alike():
        for word in group & {one.lower() for one in _TOKEN.findall(text)}:
            named = re.compile(rf"\b{word}\b", re.IGNORECASE)
            found += [named.sub(other, text) for other in sorted(group - {word})]
    return found


def _spelt(word: str, known: set[str]) -> str:
    low = word.lower().replace("’", "'")
    if low in known:
        return word
    short = _short().get(low)
    if short:
        return f"{short[:1].upper()}{short[1:]}" if word[0].isupper() else short
    if len(low) < _SHORTEST or not low.isalpha() or word[0].isupper() or low in _real():
        return word
    return _nearest(low) or word


@cache
def _nearest(word: str) -> str:
    """The one word of requests that ``word`` is a slip of; "" when none or several are."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near = process.extract(word, _mended(), scorer=OSA.distance, score_cutoff=1, limit=2)
    return near[0][0] if len(near) == 1 else ""


@cache
def _mended() -> frozenset[str]:
    return frozenset(str(_sheet()["slips"]["mended"]).split())


@cache
def _real() -> frozenset[str]:
    return _mended() | frozenset(str(_sheet()["slips"]["real"]).split())


@cache
def _sheet() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = from_toml(
        knowledge("chat-words.toml"),
        lambda raw: {name: raw[name] for name in ("short", "fillers", "slips", "alike")},
        "it lacks a table",
    )
    return found


@cache
def _alike() -> tuple[frozenset[str], ...]:
    groups = _sheet()["alike"]["groups"]
    assert isinstance(groups, list)
    return tuple(frozenset(str(group).split()) for group in groups)


@cache
def _short() -> dict[str, str]:
    return {key: str(value) for key, value in _sheet()["short"].items()}


@cache
def _fillers() -> re.Pattern[str]:
    words = _sheet()["fillers"]["words"]
    assert isinstance(words, list)
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, words))})\b[\s,.!:)-]*)+", re.IGNORECASE)
