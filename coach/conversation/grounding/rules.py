"""The words and patterns of ``knowledge/grounding.toml``, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from coach.content import from_toml, knowledge
from coach.lexical import stems


@dataclass(frozen=True)
class Rules:
    """Compiled patterns by name, and word lists: stems of soft words, function words, labels.

    ``soft`` words claim little, ``light`` ones nothing, ``mild`` ones nothing where only guidance
    is put into other words. ``endings`` are what words built on one root may end in;
    ``attitudes`` what an item of some kind says of somebody, whatever its words.
    """

    patterns: dict[str, re.Pattern[str]]
    soft: frozenset[str]
    light: frozenset[str]
    mild: frozenset[str]
    charged: frozenset[str]
    opposites: frozenset[frozenset[str]]
    openers: frozenset[str]
    endings: frozenset[str]
    first_person: frozenset[str]
    neutral_verbs: frozenset[str]
    attitudes: dict[str, frozenset[str]]
    clinical: tuple[str, ...]
    moods: tuple[str, ...]
    english: frozenset[str]
    foreign: frozenset[str]


@cache
def rules() -> Rules:
    """The rules. Raises :class:`ContentError` where the file is not as it has to be."""
    return from_toml(knowledge("grounding.toml"), _read, "the rules of grounding cannot be read")


def _read(told: dict[str, Any]) -> Rules:
    english = frozenset(told["language"]["english"].split())
    foreign = frozenset(told["language"]["foreign"].split())
    return Rules(
        {name: re.compile(text, re.IGNORECASE) for name, text in told["patterns"].items()},
        frozenset(stems(told["soft"])),
        frozenset(told["light"].split()),
        frozenset(stems(told["mild"])),
        frozenset(stems(told["charged"])),
        frozenset(frozenset(stems(pair)) for pair in told["opposites"]),
        frozenset(told["openers"].split()),
        frozenset(["", *told["endings"].split()]),
        frozenset(told["first_person"].split()),
        frozenset(told["neutral_verbs"].split()),
        {kind: frozenset(stems(text)) for kind, text in told["attitudes"].items()},
        tuple(told["labels"]["clinical"].split()),
        tuple(told["labels"]["moods"].split()),
        english,
        foreign - english,
    )
