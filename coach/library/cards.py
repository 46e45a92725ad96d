"""Cards of guidance: what one holds, and the loader that checks every field of every file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

import yaml

from coach.content import from_toml
from coach.errors import ContentError, NotFoundError
from coach.paths import content_root

Audience = Literal["mentor", "mentee", "both"]
Stage = Literal["before", "first", "ongoing", "closing", "any"]
Depth = Literal["opening", "exploring", "deeper", "closing"]

THEMES = frozenset(
    {
        "trust", "boundaries", "expectations", "goals", "agenda", "questions", "listening",
        "feedback", "encouragement", "follow-through", "honesty", "discretion", "continuity",
        "connection", "vulnerability", "levity", "learning", "preparation", "reciprocity",
        "ending", "patience", "common-ground", "context",
    }
)  # fmt: skip
SLOTS = frozenset({"name", "thread", "goal"})

# Heading -> how many bullets it has at least and at most; Answer is prose.
_SECTIONS = {
    "Answer": (1, 1), "Openings": (3, 6), "Moves": (2, 4), "Questions": (3, 6), "Say": (2, 8),
    "Back": (2, 5), "Pitfalls": (1, 3), "Situations": (8, 12), "Cues": (8, 24),
}  # fmt: skip
_HEADER = ("id", "title", "audience", "stage", "themes", "related")


@dataclass(frozen=True)
class Question:
    """A question to ask the other person; ``text`` may hold slots such as ``{name}``."""

    depth: Depth
    text: str


@dataclass(frozen=True)
class Line:
    """Words that the user, in ``role``, could say aloud."""

    role: Literal["mentor", "mentee"]
    text: str


@dataclass(frozen=True)
class Card:
    """One piece of guidance, ``source/slug``, distilled from one article."""

    id: str
    title: str
    audience: Audience
    stage: Stage
    themes: tuple[str, ...]
    related: tuple[str, ...]
    answer: str
    openings: tuple[str, ...]
    moves: tuple[str, ...]
    questions: tuple[Question, ...]
    say: tuple[Line, ...]
    back: tuple[str, ...]
    pitfalls: tuple[str, ...]
    situations: tuple[str, ...]
    cues: tuple[str, ...]

    @property
    def source(self) -> str:
        return self.id.partition("/")[0]

    def lines_for(self, role: str) -> tuple[str, ...]:
        """The lines to say for someone in ``role``."""
        return tuple(line.text for line in self.say if line.role == role)


@dataclass(frozen=True)
class Source:
    """An article that cards come from, and whom to credit for it."""

    title: str
    author: str


@dataclass(frozen=True)
class Deck:
    """All cards by id, in a fixed order, with their sources."""

    cards: dict[str, Card]
    sources: dict[str, Source]

    def get(self, card_id: str) -> Card:
        """The card with this id. Raises :class:`NotFoundError` naming near ones."""
        if card_id in self.cards:
            return self.cards[card_id]
        from difflib import get_close_matches

        near = get_close_matches(card_id, self.cards, n=3, cutoff=0.4)
        hint = f"Did you mean {' or '.join(near)}?" if near else "List them with `coach kb list`."
        raise NotFoundError("Card", f"there is no card {card_id!r}", hint)


@cache
def load_deck(folder: Path | None = None) -> Deck:
    """Read and check every card under ``folder`` (default: the ones that ship).

    Raises :class:`ContentError`, naming file and line, for the first thing that is wrong.
    """
    root = folder or content_root() / "knowledge"
    sources = _sources(root / "sources.toml")
    cards: dict[str, Card] = {}
    for path in sorted((root / "cards").glob("*/*.md")):
        card = read_card(path)
        if card.source not in sources:
            raise ContentError(path, 1, f"source {card.source!r} is not in sources.toml")
        cards[card.id] = card
    for card in cards.values():
        missing = [other for other in card.related if other not in cards]
        if missing:
            path = root / "cards" / f"{card.id}.md"
            raise ContentError(path, 1, f"related card {missing[0]!r} does not exist")
    return Deck(cards, sources)


def _sources(path: Path) -> dict[str, Source]:
    def read(raw: dict[str, Any]) -> dict[str, Source]:
        return {key: Source(one["title"], one["author"]) for key, one in raw.items()}

    return from_toml(path, read, "sources need a title and an author each")


def read_card(path: Path) -> Card:
    """Read one card's file; raises :class:`ContentError` with file and line."""
    lines = _lines(path)
    if not lines or lines[0] != "---" or "---" not in lines[1:]:
        raise ContentError(path, 1, "a card starts with front matter between two lines '---'")
    end = lines.index("---", 1)
    header = _header(path, lines[1:end])
    sections = _sections(path, lines, end + 1)
    expected = f"{path.parent.name}/{path.stem}"
    if header["id"] != expected:
        raise ContentError(
            path, 2, f"id is {header['id']!r}, but the file's place says {expected!r}"
        )
    return Card(
        id=header["id"],
        title=header["title"],
        audience=header["audience"],
        stage=header["stage"],
        themes=tuple(header["themes"]),
        related=tuple(header["related"]),
        answer=sections["Answer"][0][1],
        openings=_texts(sections["Openings"]),
        moves=_texts(sections["Moves"]),
        questions=tuple(
            Question(cast(Depth, kind), text)
            for kind, text in _labelled(path, sections["Questions"], get_args(Depth))
        ),
        say=tuple(
            Line(cast(Literal["mentor", "mentee"], role), text)
            for role, text in _labelled(path, sections["Say"], ("mentor", "mentee"))
        ),
        back=_texts(sections["Back"]),
        pitfalls=_texts(sections["Pitfalls"]),
        situations=_texts(sections["Situations"]),
        cues=_texts(sections["Cues"]),
    )


def _lines(path: Path) -> list[str]:
    content = path.read_bytes()
    try:
        return content.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ContentError(path, line, "this line is not UTF-8") from None


def _header(path: Path, lines: list[str]) -> dict[str, Any]:
    try:
        header = yaml.load("\n".join(lines), getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ContentError(path, 2 + (mark.line if mark else 0), "not valid YAML") from None
    if not isinstance(header, dict):
        raise ContentError(path, 2, "the front matter is not a list of fields")

    for key in _HEADER:
        if key not in header:
            raise ContentError(path, 1, f"the field {key!r} is missing")
    for key, value in header.items():
        fault = _field_fault(key, value)
        if fault:
            line = next((n for n, text in enumerate(lines, 2) if text.startswith(f"{key}:")), 2)
            raise ContentError(path, line, fault)
    return header


def _field_fault(key: str, value: Any) -> str:
    """What is wrong with a field of the front matter, or ""."""
    choices = {"audience": get_args(Audience), "stage": get_args(Stage)}
    if key not in _HEADER:
        return f"there is no field {key!r}"
    if key in choices:
        return "" if value in choices[key] else f"{key} is one of {', '.join(choices[key])}"
    if key in {"themes", "related"}:
        if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
            return f"{key} is a list of at least one name"
        strange = sorted(set(value) - THEMES) if key == "themes" else []
        return f"there is no theme {strange[0]!r}" if strange else ""
    if not isinstance(value, str) or not 3 <= len(value) <= 60:
        return f"{key} is a text of 3 to 60 characters"
    return ""


def _sections(path: Path, lines: list[str], start: int) -> dict[str, list[tuple[int, str]]]:
    """The body's items by heading, each with its line number; checked for names and counts."""
    found: dict[str, list[tuple[int, str]]] = {}
    places: dict[str, int] = {}
    heading = ""
    for number, text in enumerate(lines[start:], start + 1):
        if text.startswith("## "):
            heading = text[3:].strip()
            if heading not in _SECTIONS or heading in found:
                raise ContentError(path, number, f"unknown or repeated section {heading!r}")
            found[heading], places[heading] = [], number
        elif text.strip():
            _add_line(path, number, text, heading, found)
    for name, (least, most) in _SECTIONS.items():
        items = found.get(name, [])
        if not least <= len(items) <= most:
            where = places.get(name, len(lines))
            raise ContentError(
                path, where, f"section {name} has {len(items)} entries, not {least} to {most}"
            )
    for number, text in (item for items in found.values() for item in items):
        unknown = set(re.findall(r"\{(\w*)\}", text)) - SLOTS
        if unknown:
            raise ContentError(path, number, f"there is no slot {{{sorted(unknown)[0]}}}")
    return found


def _add_line(
    path: Path, number: int, text: str, heading: str, found: dict[str, list[tuple[int, str]]]
) -> None:
    if not heading:
        raise ContentError(path, number, "text stands before the first section")
    items = found[heading]
    if text.strip() == "-":
        raise ContentError(path, number, "there is nothing in this line of the list")
    if heading == "Answer" or not text.startswith("- "):
        if heading != "Answer" and not (items and text.startswith("  ")):
            raise ContentError(path, number, f"section {heading} is a list of '- ' lines")
        if items:  # a wrapped line goes on with what stands above it
            items[-1] = (items[-1][0], f"{items[-1][1]} {text.strip()}")
        else:
            items.append((number, text.strip()))
    else:
        items.append((number, text[2:].strip()))


def _texts(items: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(text for _, text in items)


def _labelled(
    path: Path, items: list[tuple[int, str]], labels: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for number, text in items:
        label, colon, rest = text.partition(": ")
        if not colon or label not in labels or not rest.strip():
            raise ContentError(path, number, f"start the line with one of {', '.join(labels)}: ")
        yield label, rest.strip()
