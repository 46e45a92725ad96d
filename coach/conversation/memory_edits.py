"""What a message asks to be changed of what is kept, by the patterns of ``knowledge/edits.toml``.

Pure: what is read here changes nothing. The patterns are wide, so an edit that is not ``sure`` is
one only when it names something that is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from math import ceil
from typing import Any, Literal, cast, get_args

from coach.content import from_toml, knowledge
from coach.conversation.memory_intents import LEAD, PLEASE, RECORD
from coach.conversation.pasted import own_words
from coach.lexical import stems
from coach.memory.items import Item, Owner

Op = Literal[
    "forget", "private", "public", "done", "dropped", "reopen", "undo", "correct", "spelling",
    "owner", "redate",
]  # fmt: skip

WHICH = "which:"
"""Begins the slot of a conversation that waits to hear which item a change is meant for."""

WHOLE = frozenset({"correct", "spelling", "owner"})
"""What is said with its commas: the others hold for one clause."""
_HUSHED = (
    r"(?:strictly |very |really |still |kept |quite |all |to be )*(?:private|confidential"
    r"|(?:a )?secret|between (?:us|you and me|the two of us)|off the record"
    r"|not for (?:sharing|others|export|anyone else))"
)
_NOTE = (
    rf"(?:{RECORD}|(?:everything|anything|all|whatever) (?:about|on|of|regarding|concerning|to do"
    r" with)\b|(?:everything|anything|all|whatever|what) (?:i|we|you|he|she|they)\b)"
)
_CLAUSE = re.compile(r"[.;!?\n]+(?:\s+|$)|\s+[-–—]+\s+|:\s+|,\s+")
_TAIL = re.compile(
    r"(?:,? (?:please|pls|thanks|thank you|would you|will you|could you|can you|now|again|for good"
    r"|too|then|ok|okay|completely|entirely|any ?more|any longer|from (?:now on|here)"
    r"|(?:from|in|off) (?:your|my|the|our) (?:memory|notes?|records?|list|files?)))+$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:how|what|when|where|why|who|which|should|shall|is|are|am|was|were|do|does|did|has|have"
    r"|can i|could i|may i|can we)\b(?! (?:i|we|you|he|she|they) (?:said|told|wrote|noted)\b)",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\b(?:(?:told|tell|tells|asked|advised|urged) (?!you\b)\w+|said|says|thinks|thought|wrote)$",
    re.IGNORECASE,
)
"""What comes next is what somebody said, and asks nothing of the coach."""
_EVERY = re.compile(r"(?:all|everything|anything|whatever|both|any|every)\b", re.IGNORECASE)
_LEANS = re.compile(r"^(?:with|in|at|to|on|by|from|for|called|named) ", re.IGNORECASE)
_NO_ONE = re.compile(r"\bno[ -]one\b", re.IGNORECASE)
_BIDS = re.compile(rf"^{PLEASE}\w", re.IGNORECASE)
_BEGINS = re.compile(rf"^{LEAD}{PLEASE}(?:turns out (?:that )?|it turns out (?:that )?)?", re.I)
_OF_ANY_NOTE = frozenset(
    stems(
        """a an the this that these those it its he she they him her them his hers their theirs i
        me my mine you your we us our of on about in at to for from with and or by as is are was
        were be been has have had do does did will would thing bit part stuff business matter
        story piece issue detail info information fact note item entry line record message comment
        remark point plan idea everything anything all whatever what which who said say told tell
        wrote write written noted mention mentioned keep kept ask asked not no just also still
        again any more please whole some said one shouldn should've should down out never nothing
        really very so get rid there here being memory should shouldn't mustn't must don't didn't"""
    )
)
_ROLES: dict[str, Owner] = dict.fromkeys(("me", "i", "myself"), "me")
_LIKE = 0.6
"""How alike a name is to the one it was misspelt as."""
_SHARE = 0.75
_SHORTEST = 5
"""How much of two stems of one family is the same: so much of the longer, so many letters."""
_WORD = re.compile(r"[^\W\d_][\w'’-]+")


@dataclass(frozen=True)
class Edit:
    """A wish to change what is kept: ``about`` names it, or is "" where ``rest``, the other
    clauses, may. ``old`` is what was wrong and ``new`` what it should be.
    """

    op: Op
    about: str = ""
    rest: str = ""
    sure: bool = False
    old: str = ""
    new: str = ""


def waiting(op: Op, old: str = "", new: str = "") -> str:
    """The slot of a conversation that has asked which item a change is meant for."""
    return WHICH + json.dumps({"op": op, "old": old, "new": new})


def waited(slot: str) -> Edit | None:
    """The change that :func:`waiting` gave ``slot`` for; None for another slot."""
    return Edit(**json.loads(slot.removeprefix(WHICH))) if slot.startswith(WHICH) else None


def read_edits(message: str, name: str) -> list[Edit]:
    """All that ``message`` may ask to be changed, what is plainest first.

    ``name`` is the other person's first name.
    """
    text = " ".join(own_words(message).replace("’", "'").split())
    text = _NO_ONE.sub("nobody", text)  # its "no" is no mere beginning
    pieces = [_bare(one) for one in _CLAUSE.split(text)]
    pieces = [one for one in pieces if one]
    bids = _BIDS.match(text) and _BEGINS.sub("", text) != text
    if not pieces or any(_ASKS.match(one) for one in pieces) or ("?" in text and not bids):
        return []
    if any(_REPORTS.search(one) for one in pieces[:-1]):
        return []
    whole = _bare(text.strip(" .!?"))
    found = []
    for op, sure, pattern in _compiled(name):
        for place, piece in enumerate([whole] if op in WHOLE else pieces):
            match = pattern.fullmatch(piece)
            if match:
                said = {key: (value or "").strip() for key, value in match.groupdict().items()}
                about = f"{said.pop('about', '')} {said.pop('more', '')}".strip()
                rest = [] if op in WHOLE else [*pieces[:place], *pieces[place + 1 :]]
                found.append(Edit(op, about, " ".join(rest), sure, **said))
    return sorted(found, key=lambda edit: not edit.sure)


def matter(text: str, name: str) -> set[str]:
    """The stems of ``text`` that tell what it is about."""
    return set(stems(text)) - _OF_ANY_NOTE - set(stems(name))


def meant(edit: Edit, items: Sequence[Item], name: str) -> list[Item]:
    """Which of ``items`` the edit names: those that have all that it tells of them.

    Where only the rest of the message can tell, those that share most with it.
    """
    asked = matter(edit.about, name)
    if asked:
        return [item for item in items if all(_has(item, stem) for stem in asked)]
    rest = matter(edit.rest, name)
    shared = [sum(_has(item, stem) for stem in rest) for item in items]
    most = max(shared, default=0)
    return [item for item, count in zip(items, shared, strict=True) if most and count == most]


def means_all(edit: Edit) -> bool:
    """Whether everything that the edit names is meant, and not one of it."""
    return bool(_EVERY.match(edit.about))


def narrowed(about: str, items: Sequence[Item], name: str) -> list[Item]:
    """Those of ``items`` that share most words with ``about``; all when none shares any."""
    asked = matter(about, name)
    shared = [sum(_has(item, stem) for stem in asked) for item in items]
    most = max(shared, default=0)
    return [item for item, count in zip(items, shared, strict=True) if count == most]


def misspelt(message: str, items: Sequence[Item]) -> tuple[str, str] | None:
    """The name in ``items`` that the message spells otherwise, and how; None when none is."""
    known = {w for item in items for w in _WORD.findall(item.text) if w[0].isupper()}
    said = {w.removesuffix("'s") for w in _WORD.findall(message) if w[0].isupper()}
    known = {w.removesuffix("'s") for w in known}
    pairs = [
        (SequenceMatcher(None, old, new).ratio(), old, new) for old in known for new in said - known
    ]
    ratio, old, new = max(pairs, default=(0.0, "", ""))
    return (old, new) if ratio >= _LIKE else None


def corrected(edit: Edit) -> tuple[str, str]:
    """The words that were wrong and those that are right, without what only leads to them."""
    old, new = (_LEANS.sub("", one.strip(" \"'“”")) for one in (edit.old, edit.new))
    return old, new


def role(word: str) -> Owner:
    """Whose turn it is that ``word`` ("me", "her", a name) says."""
    return _ROLES.get(word.lower(), "them")


def turned(text: str, name: str) -> str:
    """An item's text with the user and the other person in each other's place."""
    swaps = {"you": name, name.lower(): "you", "your": f"{name}'s", f"{name.lower()}'s": "your"}
    verbs = {"are": "is", "have": "has", "were": "was"}
    back = {one: other for other, one in verbs.items()}
    who = rf"(?:{re.escape(name)}(?:'s)?|your|you)"
    ours = rf"\b{who}\b(?: (?:are|is|have|has|were|was)\b)?"

    def swap(found: re.Match[str]) -> str:
        who, _, verb = found[0].partition(" ")
        other = swaps[who.lower()]
        verb = (verbs if who.lower() == "you" else back).get(verb, verb)
        return f"{other} {verb}" if verb else other

    said = re.sub(ours, swap, text, flags=re.IGNORECASE)
    return said[:1].upper() + said[1:]


def replaced(text: str, old: str, new: str) -> str:
    """``text`` with ``new`` for ``old``, a whole word or more; ``text`` itself without it."""
    told = new.split()
    for place in range(1, len(told)):
        # "90 minutes a month" for "an hour", where "a month" follows it already.
        tail = " ".join(told[place:])
        if re.search(rf"(?<!\w){re.escape(f'{old} {tail}')}(?!\w)", text, re.IGNORECASE):
            return replaced(text, old, " ".join(told[:place]))
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, text, flags=re.IGNORECASE)


def _has(item: Item, stem: str) -> bool:
    return any(stem == own or _alike(stem, own) for own in _stems_of(f"{item.text} {item.quote}"))


def _alike(one: str, other: str) -> bool:
    """Whether two stems are of one family: "pregnanc" and "pregnant"."""
    length = max(_SHORTEST, ceil(_SHARE * max(len(one), len(other))))
    return one[:length] == other[:length] and len(one) >= length


@lru_cache(maxsize=4_096)
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(stems(text))


def _bare(clause: str) -> str:
    """A clause without what is only polite around it."""
    said = _BEGINS.sub("", clause.strip(" ,.;:!?"), count=1)
    return _TAIL.sub("", said).strip(" ,")


@lru_cache(maxsize=16)
def _compiled(name: str) -> tuple[tuple[Op, bool, re.Pattern[str]], ...]:
    return tuple(
        (op, sure, re.compile(_filled(pattern, re.escape(name)), re.IGNORECASE))
        for op, sure, pattern in _patterns()
    )


def _filled(pattern: str, name: str) -> str:
    for slot, part in {"{secret}": _HUSHED, "{note}": _NOTE, "{name}": name}.items():
        pattern = pattern.replace(slot, part)
    return pattern


@cache
def _patterns() -> tuple[tuple[Op, bool, str], ...]:
    return from_toml(knowledge("edits.toml"), _read, "each change needs patterns")


def _read(raw: dict[str, Any]) -> tuple[tuple[Op, bool, str], ...]:
    found = tuple(
        (op, key == "sure", pattern)
        for op, entry in raw.items()
        for key in ("sure", "likely")
        for pattern in entry.get(key, ())
    )
    for op, _, pattern in found:
        if op not in get_args(Op):
            raise ValueError(f"there is no change {op!r}")
        re.compile(_filled(pattern, "x"))
    return tuple((cast(Op, op), sure, pattern) for op, sure, pattern in found)
