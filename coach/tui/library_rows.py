"""What the library lists: pure functions from its entries to groups of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets.option_list import Option

from coach.tui.plain import one_line

if TYPE_CHECKING:
    from coach.library.search import Hit
    from coach.library.shelf import Entry

SOURCE, STAGE, THEME = "source", "stage", "theme"
TABS = {SOURCE: "By source", STAGE: "By stage", THEME: "By theme"}
_STAGES = {
    "before": "Before you begin",
    "first": "The first meetings",
    "ongoing": "Along the way",
    "closing": "Coming to an end",
    "any": "At any time",
    "": "Your documents",
}
_APART = "\x1f"
"""Stands between a group's number and a key: the same card may be in several groups."""


@dataclass(frozen=True)
class Group:
    """Entries under a heading."""

    heading: str
    entries: tuple[Entry, ...]


def groups(entries: Sequence[Entry], by: str) -> list[Group]:
    """The entries by source, by stage or by theme; a card with several themes is in each."""
    if by == STAGE:
        return _grouped(((entry.stage, entry) for entry in entries), _STAGES)
    if by == THEME:
        themes = {theme for entry in entries for theme in entry.themes}
        named = {theme: theme.replace("-", " ").capitalize() for theme in sorted(themes)}
        pairs = ((theme, entry) for entry in entries for theme in entry.themes or ("",))
        return _grouped(pairs, {**named, "": "Your documents"})
    sources = dict.fromkeys(entry.source for entry in entries)
    named = {source: source[:1].upper() + source[1:] for source in sources}
    return _grouped(((entry.source, entry) for entry in entries), named)


def _grouped(pairs: Iterable[tuple[str, Entry]], named: dict[str, str]) -> list[Group]:
    found: dict[str, list[Entry]] = {key: [] for key in named}
    for key, entry in pairs:
        found[key].append(entry)
    return [Group(named[key], tuple(inside)) for key, inside in found.items() if inside]


def matching(entries: Sequence[Entry], hits: Sequence[Hit]) -> list[Group]:
    """The entries that a search found, best first; a passage stands for its document."""
    by_key = {entry.key: entry for entry in entries}
    keys = dict.fromkeys(hit.card.partition("#")[0] for hit in hits)
    found = tuple(by_key[key] for key in keys if key in by_key)
    return [Group("Nearest first", found)] if found else []


def options(found: Sequence[Group]) -> list[Option]:
    """Headings and entries; an entry's id is read by :func:`key_of`."""
    made: list[Option] = []
    for number, group in enumerate(found):
        made.append(Option(Content(one_line(group.heading)), disabled=True))
        made += [
            Option(Content(f"  {one_line(entry.title)}"), id=f"{number}{_APART}{entry.key}")
            for entry in group.entries
        ]
    return made


def key_of(option: Option | None) -> str:
    """The key of the entry that an option stands for; "" for none."""
    return (option.id or "").partition(_APART)[2] if option else ""


def about(entry: Entry) -> str:
    """What a line under a card says of it: "for both of you; the first meetings; trust"."""
    if entry.is_document:
        return one_line(entry.about)
    themes = ", ".join(theme.replace("-", " ") for theme in entry.themes)
    return one_line("; ".join([entry.about, _STAGES[entry.stage].lower(), themes]))
