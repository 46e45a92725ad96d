"""One pair's items and turns as recall searches them: loaded whole, never another pair's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from coach.lexical import LexicalIndex, stems
from coach.memory.items import Status
from coach.memory.vectors import from_blob
from coach.memory.wordforms import base_forms
from coach.storage.database import Database
from coach.storage.pairs import Pair
from coach.storage.schema import items, turns
from coach.text import sentences

_TIME = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|ago|since|until|till|last|next|weeks?|weekend|months?|"
    r"years?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|"
    r"august|september|october|november|december|spring|summer|autumn|winter|christmas|easter|"
    r"\d{1,2}(?:st|nd|rd|th)|\d{1,2}[:.]\d\d|(?:19|20)\d\d|first|second|third|\w+teenth|\w+tieth)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Entry:
    """One thing that can be recalled; ``id`` as the user sees it, ``on`` the day it was said.

    ``days`` are all days that it is about or was said on.
    """

    id: str
    kind: Literal["item", "turn"]
    text: str
    on: date | None
    at: str | None
    speaker: str | None
    status: Status
    days: tuple[date, ...]
    searched: str


class Corpus:
    """The entries of one pair, turns in the order they were said, with what searching needs.

    ``vectors`` has one unit row an entry, zeros where ``known`` is False.
    """

    def __init__(self, entries: Sequence[Entry], vectors: Sequence[bytes | None]) -> None:
        self.entries = list(entries)
        found = [from_blob(blob) for blob in vectors if blob]
        width = len(found[0]) if found else 0
        self.known = np.array([bool(blob) for blob in vectors], dtype=bool)
        self.vectors = np.zeros((len(self.entries), width), dtype=np.float32)
        if found:
            self.vectors[self.known] = found
        texts = [base_forms(entry.searched) for entry in self.entries]
        self.lexical = LexicalIndex(texts)
        self.meeting = _meetings(self.entries)
        self.before, self.after = _neighbours(self.meeting)
        self.earlier = np.append(self.before, -1)[self.before]
        self.length = _lengths(self.entries)
        self.superseded = np.array([e.status == "superseded" for e in self.entries], dtype=float)

    @cached_property
    def speakers(self) -> list[str]:
        """Everyone who says something, in order of appearance."""
        return list(dict.fromkeys(e.speaker for e in self.entries if e.speaker))

    @cached_property
    def tells_time(self) -> NDArray[np.float64]:
        """1 for each entry that names a time."""
        return np.array([bool(_TIME.search(e.text) or (e.kind == "item" and len(e.days) > 1))
                         for e in self.entries], dtype=float)  # fmt: skip

    @cached_property
    def asking(self) -> NDArray[np.float64]:
        """The share of each entry's sentences that are questions."""
        return np.array([_asking(entry.text) for entry in self.entries])

    @cached_property
    def frequencies(self) -> dict[str, int]:
        """In how many entries each stem occurs."""
        counts: dict[str, int] = {}
        for place in range(len(self.entries)):
            for stem in self.lexical.vocabulary_of(place):
                counts[stem] = counts.get(stem, 0) + 1
        return counts

    def words(self, query: str) -> NDArray[np.float64]:
        """The BM25 score of each entry."""
        scores = np.zeros(len(self.entries))
        for place, score in self.lexical.search(query, len(self.entries)):
            scores[place] = score
        return scores

    def meaning(self, vector: NDArray[np.float32]) -> NDArray[np.float64] | None:
        """The cosine of each entry; where one has no vector yet, what is usual for the others."""
        if not self.known.any():
            return None
        scores = (self.vectors @ vector).astype(float)
        scores[~self.known] = scores[self.known].mean()
        return scores

    def covered(self, query: str, place: int) -> float:
        """The share of the query's words, rare ones weighing more, in an entry and those beside."""
        wanted = set(stems(query))
        if not wanted:
            return 0.0
        size = len(self.entries)
        weights = {s: np.log(1 + size / (1 + self.frequencies.get(s, 0))) for s in wanted}
        places = [p for p in (place, self.before[place], self.after[place]) if p >= 0]
        used = frozenset().union(*(self.lexical.vocabulary_of(int(p)) for p in places))
        return float(sum(weights[s] for s in wanted & used) / sum(weights.values()))


def load_corpus(database: Database, pair: Pair, digest: str | None) -> Corpus:
    """Read one pair's items and turns, with the vectors that the model ``digest`` made."""
    of_items = select(items).where(items.c.pair_id == pair.id).order_by(items.c.id)
    of_turns = select(turns).where(turns.c.pair_id == pair.id).order_by(turns.c.position)
    with database.read() as connection:
        rows = [
            *((_item_entry(row), row) for row in connection.execute(of_items)),
            *_in_order([(_turn_entry(row), row) for row in connection.execute(of_turns)]),
        ]
    vectors = [row.vector if digest and row.model == digest else None for _, row in rows]
    return Corpus([entry for entry, _ in rows], vectors)


def _item_entry(row: Any) -> Entry:
    days = tuple(day for day in (row.said_on, row.when_on, row.until_on) if day)
    searched = f"{row.text}\n{row.quote}"
    return Entry(str(row.id), "item", row.text, row.said_on, None, None, row.status, days, searched)


def _turn_entry(row: Any) -> Entry:
    shown = row.external_id if row.external_id is not None else f"turn-{row.id}"
    days = (row.said_on,) if row.said_on else ()
    return Entry(
        shown, "turn", row.text, row.said_on, row.said_at, row.speaker, "open", days, row.text
    )


def _in_order(found: list[tuple[Entry, Any]]) -> list[tuple[Entry, Any]]:
    """By time, however the files were imported; a turn without a time follows the one before it."""
    times = []
    latest = ""
    for entry, _ in found:
        latest = entry.at or latest
        times.append(latest)
    return [found[i] for i in sorted(range(len(found)), key=lambda i: times[i])]


def _meetings(entries: Sequence[Entry]) -> NDArray[np.intp]:
    """A number for each entry: turns of one day that follow each other share it, items do not."""
    apart = [
        not (one.kind == other.kind == "turn" and one.on == other.on)
        for one, other in pairwise(entries)
    ]
    return np.cumsum([0, *apart], dtype=np.intp)[: len(entries)]


def _neighbours(meeting: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places of the turns said just before and after each, in the same meeting; else -1."""
    places = np.arange(len(meeting), dtype=np.intp)
    same = meeting[1:] == meeting[:-1]
    before = np.full(len(meeting), -1, dtype=np.intp)
    after = before.copy()
    before[1:] = np.where(same, places[:-1], -1)
    after[:-1] = np.where(same, places[1:], -1)
    return before, after


def _lengths(entries: Sequence[Entry]) -> NDArray[np.float64]:
    """In words; an item, which leaves out all that says nothing, counts as the longest turn."""
    lengths = np.array([len(entry.text.split()) for entry in entries], dtype=float)
    items_ = np.array([entry.kind == "item" for entry in entries], dtype=bool)
    if len(lengths):
        lengths[items_] = lengths.max()
    return lengths


def _asking(text: str) -> float:
    parts = sentences(text)
    return sum(part.endswith("?") for part in parts) / len(parts) if parts else 0.0
