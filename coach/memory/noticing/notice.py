"""Noticing: from a text to the drafts of memory items in it, and what it closes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from coach.memory.dates import DateMention, find_dates
from coach.memory.items import Draft, Item, Kind, Noticed, Person
from coach.memory.noticing.cast import Cast
from coach.memory.noticing.closings import closings
from coach.memory.noticing.layout import blocks, trim
from coach.memory.noticing.merging import merged, with_secrets
from coach.memory.noticing.nearest import Similarity
from coach.memory.noticing.privacy import private_sentences
from coach.memory.noticing.reading import Reading, joined, read_clauses
from coach.memory.noticing.segments import flatten, segment
from coach.memory.noticing.wording import told, wording

_IMPORTANCE: dict[Kind, float] = {
    "commitment": 0.8, "event": 0.7, "goal": 0.7, "struggle": 0.7, "boundary": 0.7, "win": 0.6,
    "expectation": 0.6, "preference": 0.5, "plan": 0.5, "fact": 0.4, "topic": 0.3,
}  # fmt: skip
_BRIEF = 5
_UNDATED = frozenset({"boundary", "preference", "topic", "struggle"})


def notice(
    text: str,
    *,
    on: date,
    them: Person,
    my_role: Literal["mentor", "mentee"],
    open_items: Sequence[Item] = (),
    similarity: Similarity | None = None,
    day_first: bool = True,
) -> Noticed:
    """The memory items in ``text`` (a note or a chat message) and the earlier ones it closes.

    ``on`` is the day of the session or message. ``similarity`` gives the cosine of each of some
    texts with each of others (shape: len(first), len(second)); without it words alone decide.
    Deterministic; never raises on any text.
    """
    cast = Cast(them, my_role, flatten(text))
    segments = segment(text, cast.names)
    dates = find_dates(text, on, day_first=day_first)
    read = read_clauses(text, segments, dates, cast, on, similarity)
    telling = frozenset(r.clause.sentence for r in read if r.plain)
    private = private_sentences(text, segments, blocks(text), telling)
    read = with_secrets(merged(read), private)
    drafts = tuple(_drafts(text, read, private, them, cast, dates))
    closed = closings(text, segments, drafts, open_items, on, cast.names, similarity)
    return Noticed(drafts, closed)


def _drafts(
    text: str,
    read: list[Reading],
    private: set[int],
    them: Person,
    cast: Cast,
    dates: list[DateMention],
) -> list[Draft]:
    drafts: list[Draft] = []
    for item in read:
        if item.kind is None:
            continue
        clause = item.clause
        start = clause.span[0] if clause.first and clause.label else clause.start + joined(clause)
        span = trim(text, start, clause.end)
        if span is None:
            continue
        start, end = span
        quote = text[start:end]
        when, until = _days(item)
        offsets = tuple(
            (d.start - start, d.end - start)
            for d in dates
            if start <= d.start and d.end <= end and d.when == when
        )
        worded = wording(
            quote, kind=item.kind, subject=item.subject, them=them.name, pronoun=cast.pronoun,
            label=clause.label if item.labelled and clause.first else "", speaker=item.speaker,
            owner=item.owner if item.kind == "commitment" else None, dates=offsets if when else (),
        )  # fmt: skip
        if clause.quoted and item.kind == "commitment" and len(quote.split()) <= _BRIEF:
            start, end = trim(text, *clause.span) or span
            quote = text[start:end]
            if rest := text[clause.end : clause.span[1]].strip(' .,;\n"”’'):
                worded = f"{worded} ({told(rest, them.name, '')})"
        is_private = clause.sentence in private
        importance = min(1.0, _IMPORTANCE[item.kind] + (0.1 if when else 0.0))
        drafts.append(
            Draft(
                item.kind,
                item.about,
                item.owner,
                worded,
                quote,
                start,
                end,
                when,
                until,
                is_private,
                importance,
            )
        )
    return drafts


def _days(item: Reading) -> tuple[date | None, date | None]:
    if item.date is None or item.kind in _UNDATED:
        return None, None
    if item.date.past and item.kind not in ("event", "win"):
        return None, None
    return item.date.when, item.date.until
