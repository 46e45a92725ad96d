"""The rules of ``knowledge/safety.toml`` and ``safety-certain.toml``, read once and compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast, get_args

from coach.content import from_toml, knowledge

Kind = Literal[
    "self-harm", "abuse", "harassment", "discrimination", "threat", "medical", "legal",
    "immigration",
]  # fmt: skip

_WANTS = "the safety rules cannot be read"

_NAME = re.compile(r"\{([a-z]+\d?)\}")
# A sentence of plain words, and the one after it: where the parts of one rule must stand together.
_NEAR = 160  # characters from the first part of a rule to the end of its last
_PASSAGE = re.compile(r"(?=(?:^|(?<=[.?] ))((?:[^.?]*[.?]? ?){1,2}))")


@dataclass(frozen=True)
class Rule:
    """A sign: each of ``parts`` is found in one or two sentences on end, and none of ``without``.

    A rule of one part without exceptions looks at the whole message.
    """

    parts: tuple[re.Pattern[str], ...]
    without: tuple[re.Pattern[str], ...] = ()

    def find(self, plain: str) -> tuple[int, int] | None:
        """Where the sign stands in ``plain``: from its first part to the end of its last."""
        if len(self.parts) == 1 and not self.without:
            found = self.parts[0].search(plain)
            return found.span() if found else None
        for start, passage in _passages(plain):
            spans = [part.search(passage) for part in self.parts]
            told = [span for span in spans if span]
            if len(told) < len(spans) or any(bar.search(passage) for bar in self.without):
                continue
            first, last = min(m.start() for m in told), max(m.end() for m in told)
            if last - first <= _NEAR:
                return start + first, start + last
        return None


@dataclass(frozen=True)
class Spelling:
    """Other spellings of words, and words to which a word one slip away is corrected."""

    spelt: dict[str, str]
    keys: tuple[str, ...]


Kinds = tuple[tuple[Kind, tuple[Rule, ...]], ...]


@dataclass(frozen=True)
class Certain:
    """``kinds`` in the order in which they are tried."""

    spelling: Spelling
    kinds: Kinds


@dataclass(frozen=True)
class Rules:
    """``kinds`` in the order in which they are tried; each with its rules."""

    spelling: Spelling
    harmless: tuple[re.Pattern[str], ...]
    kinds: Kinds
    frames: tuple[re.Pattern[str], ...]
    others: re.Pattern[str]
    first_person: re.Pattern[str]
    third_person: re.Pattern[str]


@cache
def rules() -> Rules:
    """The rules that ship. Raises :class:`ContentError` for a file that cannot be used."""
    return from_toml(knowledge("safety.toml"), parse, _WANTS)


@cache
def certain() -> Certain:
    """The few rules that nothing overrules. Raises :class:`ContentError` as :func:`rules` does.

    Compiled apart, in a few milliseconds; the whole of the rules takes most of a second.
    """
    shared = from_toml(knowledge("safety.toml"), lambda raw: raw, _WANTS)
    own = knowledge("safety-certain.toml")
    return from_toml(own, lambda raw: parse_certain(raw, shared), _WANTS)


def parse(raw: dict[str, Any]) -> Rules:
    """Rules from the tables of the file.

    Raises KeyError for a table, a kind or a family of words that is missing, TypeError for a value
    of another type, re.error for a pattern.
    """
    families: dict[str, str] = raw["words"]
    who = raw["concerns"]
    return Rules(
        spelling=_spelling(raw),
        harmless=tuple(_compiled(pattern, families) for pattern in raw["harmless"]["patterns"]),
        kinds=_kinds(raw, raw["order"]["kinds"], families),
        frames=tuple(_compiled(pattern, families) for pattern in who["frames"]),
        others=_compiled(who["others"], families),
        first_person=_compiled(who["me"], families),
        third_person=_compiled(who["them"], families),
    )


def parse_certain(raw: dict[str, Any], shared: dict[str, Any]) -> Certain:
    """Certain rules from ``raw``, with the words and spellings of ``shared``, the other file.

    Raises as :func:`parse` does.
    """
    return Certain(_spelling(shared), _kinds(raw, list(raw), shared["words"]))


def _spelling(raw: dict[str, Any]) -> Spelling:
    spelling = raw["spelling"]
    keep = frozenset(spelling["keep"])
    return Spelling(
        {**{word: word for word in keep}, **spelling["as"]},
        tuple(word for word in spelling["words"] if word not in keep),
    )


def _kinds(raw: dict[str, Any], order: list[str], families: dict[str, str]) -> Kinds:
    return tuple(
        (_known(kind), tuple(_rule(given, families) for given in raw[kind]["patterns"]))
        for kind in order
    )


def _rule(given: str | list[str], families: dict[str, str]) -> Rule:
    if isinstance(given, str):
        return Rule((_compiled(given, families),))
    parts = tuple(_compiled(part, families) for part in given if not part.startswith("!"))
    without = tuple(_compiled(part[1:], families) for part in given if part.startswith("!"))
    return Rule(parts, without)


def _compiled(pattern: str, families: dict[str, str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_filled(pattern, families)})(?!\w)")


def _known(kind: str) -> Kind:
    if kind not in get_args(Kind):
        raise KeyError(kind)
    return cast(Kind, kind)


def _filled(pattern: str, families: dict[str, str]) -> str:
    """``pattern`` with each ``{family}`` written out; families may use others."""
    while _NAME.search(pattern):
        pattern = _NAME.sub(lambda m: f"(?:{families[m[1]]})", pattern)
    return pattern


def _passages(plain: str) -> Iterator[tuple[int, str]]:
    """Each sentence of ``plain`` with the one after it, and where it starts."""
    for found in _PASSAGE.finditer(plain):
        if found[1].strip():
            yield found.start(1), found[1]
