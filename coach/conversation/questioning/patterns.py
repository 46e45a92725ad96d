"""The authored patterns of questions, read once from ``knowledge/``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from coach.errors import ContentError
from coach.library.cards import Depth
from coach.paths import content_root
from coach.planning.stage import Stage

Form = Literal["np", "vp", "ing", "aim", "topic", "hard", "fear", "clause", "matter"]
Put = Literal["mentor", "mentee", ""]

FORMS: tuple[Form, ...] = get_args(Form)
DEPTHS: tuple[Depth, ...] = get_args(Depth)
SIDES = ("them", "me", "both", "")


@dataclass(frozen=True)
class ThreadPattern:
    """Wordings for a remembered thread: where it fits, what it needs, how deep it goes."""

    situations: frozenset[str]
    side: str
    to: Put
    form: Form
    depth: Depth
    cards: tuple[str, ...]
    asks: tuple[str, ...]


@dataclass(frozen=True)
class StagePattern:
    """Wordings for any pair at a stage."""

    stages: frozenset[str]
    to: Put
    depth: Depth
    cards: tuple[str, ...]
    asks: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """Questions that memory has answered once there is an item of a kind or with some words."""

    asks: re.Pattern[str]
    kinds: frozenset[str]
    words: re.Pattern[str] | None
    about: str
    both: bool
    recent: bool


@dataclass(frozen=True)
class CardUse:
    """How the cards' own questions may be used; see the comments in the two files."""

    thread: dict[str, str]
    not_a_doing: tuple[str, ...]
    only_about: frozenset[str]
    to_mentee: frozenset[str]
    later: frozenset[str]
    ending: frozenset[str]


@dataclass(frozen=True)
class Patterns:
    """All of them."""

    threads: tuple[ThreadPattern, ...]
    stages: tuple[StagePattern, ...]
    ending: tuple[StagePattern, ...]
    answered: tuple[Answered, ...]
    private_mine: tuple[str, ...]
    private_theirs: tuple[str, ...]
    cards: CardUse


@cache
def patterns() -> Patterns:
    """The patterns. Raises :class:`ContentError` when a file is missing, broken or incomplete."""
    folder = content_root() / "knowledge"
    threads = _read(folder / "question-patterns.toml")
    stages = _read(folder / "question-stages.toml")
    try:
        return _build(threads, stages)
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise ContentError(
            folder / "question-patterns.toml", 1,
            f"an entry here or in question-stages.toml is missing or malformed: {error}",
        ) from None  # fmt: skip


def _read(path: Any) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ContentError(path, 1, f"it cannot be used: {error}") from None


def _build(threads: dict[str, Any], stages: dict[str, Any]) -> Patterns:
    own, use = threads["cards"], stages["cards"]
    return Patterns(
        threads=tuple(_thread(entry) for entry in threads["threads"]),
        stages=tuple(_stage(entry, frozenset(entry["stage"])) for entry in stages["questions"]),
        ending=tuple(
            _stage({**entry, "depth": "closing"}, frozenset({"any"})) for entry in stages["ending"]
        ),
        answered=tuple(_answered(entry) for entry in threads["answered"]),
        private_mine=tuple(threads["private"]["mine"]),
        private_theirs=tuple(threads["private"]["theirs"]),
        cards=CardUse(
            thread={text: key for key, texts in own["thread"].items() for text in texts},
            not_a_doing=tuple(own["not_a_doing"]),
            only_about=frozenset(use["only_about"]),
            to_mentee=frozenset(use["to_mentee"]),
            later=frozenset(use["later"]),
            ending=frozenset(use["ending"]),
        ),
    )


def _thread(entry: dict[str, Any]) -> ThreadPattern:
    side, to = entry.get("side", ""), entry.get("to", "")
    if entry["form"] not in FORMS or entry["depth"] not in DEPTHS or side not in SIDES:
        raise ValueError(entry)
    return ThreadPattern(
        frozenset(entry["on"]), side, to, entry["form"], entry["depth"],
        tuple(entry["cards"]), tuple(entry["asks"]),
    )  # fmt: skip


def _stage(entry: dict[str, Any], named: frozenset[str]) -> StagePattern:
    if not named <= set(get_args(Stage)) or entry["depth"] not in DEPTHS:
        raise ValueError(entry)
    return StagePattern(
        named, entry.get("to", ""), entry["depth"], tuple(entry["cards"]), tuple(entry["asks"])
    )


def _answered(entry: dict[str, Any]) -> Answered:
    told = entry.get("words")
    return Answered(
        re.compile(entry["asks"], re.IGNORECASE),
        frozenset(entry.get("kinds", ())),
        re.compile(told, re.IGNORECASE) if told else None,
        entry.get("about", ""),
        entry.get("both", False),
        entry.get("recent", False),
    )
