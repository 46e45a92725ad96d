"""Noticing: from a text to the drafts of memory items in it, and what it closes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from coach.memory.dates import HERE, DateMention, Locale, find_dates
from coach.memory.items import Closing, Draft, Item, Kind, Noticed, Person
from coach.memory.noticing.cast import Cast
from coach.memory.noticing.clause_likeness import as_compared, joined
from coach.memory.noticing.closing_signs import is_taken_back
from coach.memory.noticing.closings import closings
from coach.memory.noticing.importance import importance
from coach.memory.noticing.layout import blocks, trim
from coach.memory.noticing.marks import Mark, lifted
from coach.memory.noticing.merging import merged, with_secrets
from coach.memory.noticing.nearest import Similarity
from coach.memory.noticing.privacy import private_sentences
from coach.memory.noticing.reading import Reading, owner_behind, read_clauses
from coach.memory.noticing.reference import resolved
from coach.memory.noticing.segments import Clause, Segments, flatten, segment
from coach.memory.noticing.standing import has_verb
from coach.memory.noticing.tasks import apart
from coach.memory.noticing.whose import with_owners
from coach.memory.noticing.wording import told, wording

_BRIEF = 5
_ANNOUNCES = re.compile(
    r"(?:(?:the|my|her|his|their|our|one|an?|another|other|and|also|but|so|very|really) )*"
    r"(?:(?:big|bigger|biggest|main|key|good|great|bad|sad|best|worst|new|only|next|first|second"
    r"|third|last|important|interesting|hard|hardest|tough|quick|small|little|low|high) )*"
    r"(?:things?|news|worr(?:y|ies)|points?|highlights?|lowlights?|issue|problem|trouble|concern"
    r"|snag|surprise|update|headline|takeaway|upshot|moment|bit|fyi|nb|btw|ps|important)$",
    re.IGNORECASE,
)
"""A label that only says that something is told now."""
_CALL = re.compile(r"\b\w{3,}\(\w{2,}\)")
"""What is written to a machine, as in "delete(all)", is nothing that somebody told."""
_AHEAD = frozenset({"commitment", "plan", "goal", "event"})
_ENDABLE = frozenset({"commitment", "struggle"})
_UNDATED = frozenset({"boundary", "preference", "topic", "struggle"})
_AIMS = frozenset({"goal", "plan"})


def notice(
    text: str,
    *,
    on: date,
    them: Person,
    my_role: Literal["mentor", "mentee"],
    open_items: Sequence[Item] = (),
    similarity: Similarity | None = None,
    locale: Locale = HERE,
) -> Noticed:
    """The memory items in ``text`` (a note or a chat message) and the earlier ones it closes.

    ``on`` is the day of the session or message. ``similarity`` gives the cosine of each of some
    texts with each of others (shape: len(first), len(second)); without it words alone decide.
    Deterministic; never raises on any text.
    """
    seen = look(text, on=on, them=them, my_role=my_role, similarity=similarity, locale=locale)
    read = merged(with_owners(seen.read, seen.cast))
    read = with_secrets(text, apart(read, seen.dates, on), seen.private)
    drafts = _once(_drafts(text, read, seen.private, them, seen.cast, seen.dates))
    near = as_compared(text, seen.segments, similarity) if similarity else None
    names, ends = seen.cast.names, frozenset(seen.ends)
    closed = closings(text, seen.segments, drafts, open_items, on, names, near, ends)
    return Noticed(_as_secret(text, seen.segments, drafts, closed, open_items), closed)


def _as_secret(
    text: str,
    segments: Segments,
    drafts: tuple[Draft, ...],
    closed: Sequence[Closing],
    known: Sequence[Item],
) -> tuple[Draft, ...]:
    """``drafts``, private where their sentence tells how something private ended.

    Where it tells that everybody knows by now there is nothing left to keep.
    """
    private = {item.id for item in known if item.private}
    ends = [text.find(one.quote) for one in closed if one.item_id in private]
    secret = [
        (a, b)
        for a, b in segments.sentences
        if any(a <= end < b for end in ends) and not lifted(flatten(text[a:b]))
    ]
    return tuple(
        replace(draft, private=True) if any(a <= draft.start < b for a, b in secret) else draft
        for draft in drafts
    )


@dataclass(frozen=True)
class Look:
    """A text as noticing reads it, before it decides what to propose.

    ``private`` numbers the sentences that are told in confidence, ``ends`` those that only say
    that such a passage ends.
    """

    cast: Cast
    segments: Segments
    dates: list[DateMention]
    read: list[Reading]
    private: set[int]
    ends: set[int] = field(default_factory=set)


def look(
    text: str,
    *,
    on: date,
    them: Person,
    my_role: Literal["mentor", "mentee"],
    similarity: Similarity | None = None,
    locale: Locale = HERE,
) -> Look:
    """Read ``text``: see :func:`notice`."""
    cast = Cast(them, my_role, flatten(text))
    segments = segment(text, cast.names)
    dates = find_dates(text, on, locale)
    read = read_clauses(text, segments, dates, cast, on, similarity)
    telling = frozenset(r.clause.sentence for r in read if r.plain)
    felt = {r.clause.sentence: _mark(r) for r in read if r.felt}
    private, ends = private_sentences(text, segments, blocks(text), telling, felt)
    read = [r for r in read if r.clause.sentence not in ends]
    return Look(cast, segments, dates, read, private, ends)


def _mark(item: Reading) -> Mark:
    """The place in its sentence of a clause that reads like a mark of confidence."""
    first = item.clause.span[0]
    return Mark(item.clause.start - first, item.clause.end - first)


def _before(last: Clause, clause: Clause, text: str) -> str:
    """What an "it" may stand for: the clause before, or the whole of the sentence before."""
    if last.sentence == clause.sentence:
        return last.text
    return text[slice(*last.span)] if last.sentence == clause.sentence - 1 else ""


def _drafts(
    text: str,
    read: list[Reading],
    private: set[int],
    them: Person,
    cast: Cast,
    dates: list[DateMention],
) -> list[Draft]:
    drafts: list[Draft] = []
    for last, item in pairwise([None, *read]):
        if item is None or item.kind is None:
            continue
        clause = item.clause
        if _CALL.search(clause.text):
            continue
        if item.kind in _ENDABLE and is_taken_back(text[clause.end : clause.span[1]]):
            continue
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
            label=_label_to_leave_out(item), speaker=item.speaker,
            owner=item.owner if item.kind == "commitment" else None, dates=offsets if when else (),
        )  # fmt: skip
        if last and item.kind in _AHEAD and last.clause.block == clause.block:
            before = told(_before(last.clause, clause, text), them.name, "")
            worded = resolved(worded, before)
        if clause.quoted and item.kind == "commitment" and len(quote.split()) <= _BRIEF:
            start, end = trim(text, *clause.span) or span
            quote = text[start:end]
            if rest := text[clause.end : clause.span[1]].strip(' .,;\n"”’'):
                worded = f"{worded} ({told(rest, them.name, '')})"
        is_private = clause.sentence in private
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
                importance(item.kind, item.points, when, quote),
            )
        )
    return drafts


def _days(item: Reading) -> tuple[date | None, date | None]:
    return days_of(item.kind, item.date) if item.kind else (None, None)


def days_of(kind: Kind, said: DateMention | None) -> tuple[date | None, date | None]:
    """The first and the last day of what is told with that date; none for kinds without one."""
    if said is None or kind in _UNDATED or (said.past and kind not in ("event", "win")):
        return None, None
    return said.when, said.until or (said.within if kind in _AIMS else None)


def _label_to_leave_out(item: Reading) -> str:
    """The label of ``item``'s clause where it says whose it is, or only announces it."""
    label = item.clause.label if item.clause.first else ""
    if item.labelled and not label:
        label = owner_behind(item.clause)
    announces = _ANNOUNCES.match(label) and has_verb(item.clause.text)
    return label if item.labelled or announces else ""


def _once(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """``drafts`` without those that say again, word for word, what one before them says."""
    said: dict[tuple[object, ...], Draft] = {}
    for one in drafts:
        said.setdefault((one.kind, one.owner, one.text, one.when, one.until, one.private), one)
    return tuple(said.values())
