"""Drafts from suggestions: somebody else points at a place in a text, our own readers say the rest.

A suggestion says what kind of thing a passage is and whose. Its words are taken from the text, its
date from the date reader, its confidence from the reader of confidences; a suggestion that the text
does not bear out is nothing. Pure, and without a model: who suggests is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from coach.memory.items import About, Draft, Kind, Owner
from coach.memory.noticing.clause_likeness import joined
from coach.memory.noticing.importance import importance
from coach.memory.noticing.layout import trim
from coach.memory.noticing.marks import content
from coach.memory.noticing.notice import Look, days_of
from coach.memory.noticing.reading import Reading
from coach.memory.noticing.segments import flatten
from coach.memory.noticing.wording import wording

_SHORTEST, _LONGEST = 3, 60
"""Words that a quote has."""
_SAME = 0.5
"""The share of the shorter of two quotes from which they say the same."""
_OWNED = frozenset({"commitment", "plan", "goal"})
_POINTS = 2.0
"""How surely a kind that was only suggested counts as read."""


@dataclass(frozen=True)
class Suggestion:
    """What somebody takes a passage for. ``about`` and ``owner``: "me", "them", "both", a name."""

    kind: str
    about: str
    owner: str
    quote: str


def suggested(
    text: str, look: Look, found: Iterable[Suggestion], known: Sequence[str], most: int
) -> tuple[Draft, ...]:
    """The suggestions that ``text`` bears out, at most so many; none that is ``known`` already.

    ``known`` are quotes of what is kept of the text. ``look`` is how noticing has read it.
    """
    taken = [span for quote in known if (span := find_quote(text, quote))]
    drafts: list[Draft] = []
    for one in found:
        span = _place(text, one.quote)
        if span is None or any(_overlap(span, other) for other in taken):
            continue
        draft = _draft(text, look, one, span)
        if draft is not None:
            taken.append(span)
            drafts.append(draft)
    return tuple(drafts[:most])


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """Where ``quote`` stands in ``text`` as whole words, white space and capitals apart."""
    words = quote.strip().strip('"“”').split()
    if not words:
        return None
    pattern = r"\s+".join(map(re.escape, words)).replace("’", "'").replace("'", "['’]")
    match = re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)
    return match.span() if match else None


def openly(text: str, look: Look) -> str:
    """``text`` without the sentences that are told in confidence."""
    if not look.private:
        return text
    spans = [span for n, span in enumerate(look.segments.sentences) if n not in look.private]
    return " ".join(text[start:end].strip() for start, end in spans)


def _place(text: str, quote: str) -> tuple[int, int] | None:
    if not _SHORTEST <= len(quote.split()) <= _LONGEST or quote.rstrip(' "”').endswith("?"):
        return None
    span = find_quote(text, quote)
    return trim(text, *span) if span else None


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared >= _SAME * min(one[1] - one[0], other[1] - other[0])


def _draft(text: str, look: Look, one: Suggestion, span: tuple[int, int]) -> Draft | None:
    kind = one.kind.strip().lower()
    read = _reading(look, span)
    if kind not in get_args(Kind) or read is None:
        return None
    # "has been sleeping badly" is told with whom it is told of.
    span = (min(span[0], read.clause.start + joined(read.clause)), span[1])
    kind_of = cast("Kind", kind)
    low = flatten(text[slice(*span)])
    about, owner = _who(one.about, look), _who(one.owner, look)
    if about is None or not _borne(about, low, read, look) or not content(low):
        return None
    if kind_of == "commitment" and (owner is None or not _does(owner, low, read, look)):
        return None
    owner = owner if kind_of in _OWNED else None
    said = next((d for d in look.dates if span[0] <= d.start and d.end <= span[1]), None)
    when, until = days_of(kind_of, said)
    quote = text[slice(*span)]
    worded = wording(
        quote, kind=kind_of, subject=read.subject, them=look.cast.them.name,
        pronoun=look.cast.pronoun, speaker=read.speaker,
        owner=owner if kind_of == "commitment" else None,
    )  # fmt: skip
    private = any(
        start < span[1] and span[0] < end
        for number, (start, end) in enumerate(look.segments.sentences)
        if number in look.private
    )
    return Draft(
        kind_of, about, owner, worded, quote, *span, when, until, private,
        importance(kind_of, _POINTS, when, quote),
    )  # fmt: skip


def _reading(look: Look, span: tuple[int, int]) -> Reading | None:
    """The clause that the passage begins with; None for what is asked of the assistant."""
    return next((r for r in look.read if r.clause.start < span[1] and span[0] < r.clause.end), None)


def _who(said: str, look: Look) -> About | None:
    """Whom a suggestion means: one of the pair, both, or nobody that is known."""
    low = said.strip().lower()
    if low in {"me", "them", "both"}:
        return cast("About", low)
    return "them" if low and all(map(look.cast.is_name, low.split())) else None


def _borne(who: About, low: str, read: Reading, look: Look) -> bool:
    """Whether the passage can be about ``who``."""
    theirs = read.speaker == "them"
    me = look.cast.mentions_me(low) and not theirs
    them = look.cast.mentions_them(low) or (theirs and look.cast.mentions_me(low))
    both = look.cast.mentions_both(low)
    if not (me or them or both):
        return who == read.about  # "the poster is late" says nobody: as the sentence reads
    return {"me": me or both, "them": them or both, "both": both or (me and them)}[who]


def _does(owner: Owner, low: str, read: Reading, look: Look) -> bool:
    """Whether ``owner`` can be the one to do what the passage says."""
    who = read.subject.who
    return owner == who if who in ("me", "them", "both") else _borne(owner, low, read, look)
