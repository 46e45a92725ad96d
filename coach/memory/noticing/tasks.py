"""Several promises in one breath: "I'll ring Ute, send the list and book a room" are three."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from coach.memory.dates import DateMention
from coach.memory.noticing.days import day_of
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.reading import Reading
from coach.memory.noticing.segments import Clause

_NEXT = re.compile(
    r"(?:,\s*(?:(?:and|then|and then)\s+)?|\s(?:and|&|n)\s+)(?:to\s+)?(?P<verb>[a-z-]+)\b"
)
_TO = re.compile(r"\bto\b")
_ENOUGH = 3
_LEAST_WORDS = 3
"""A task says what is done to what: a verb and two words at least."""


def apart(read: list[Reading], dates: list[DateMention], on: date) -> list[Reading]:
    """``read`` with each list of three tasks or more in one promise as so many promises.

    Two deeds joined by "and" are mostly one task ("write it and send it to me") and stay one, but
    for those that are promised each by itself ("to send him two examples and to introduce him").
    """
    out: list[Reading] = []
    for item in read:
        starts = _starts(item.clause) if item.kind == "commitment" else []
        if not starts:
            out.append(item)
            continue
        spans = [(0, starts[0][0])]
        spans += [(at, end) for (_, at), (end, _) in pairwise([*starts, (len(item.clause.low), 0)])]
        for place, (start, end) in enumerate(spans):
            clause = _part(item.clause, start, end)
            subject = item.subject
            if place:
                subject = replace(
                    subject, who=item.owner or subject.who, elided=True, start=0, end=0
                )
            day = day_of(clause, dates, on)
            out.append(
                replace(
                    item,
                    clause=clause,
                    subject=subject,
                    date=day,
                    labelled=item.labelled and not place,
                )
            )
    return out


def _starts(clause: Clause) -> list[tuple[int, int]]:
    """Where what joins each task to the one before begins and ends in the clause."""
    deliver = lexicon().deliver
    found: list[tuple[int, int]] = []
    for match in _NEXT.finditer(clause.low):
        before = found[-1][1] if found else 0
        listed = match["verb"] in deliver or _third(match["verb"]) in deliver
        if listed and len(clause.low[before : match.start()].split()) >= _LEAST_WORDS:
            found.append((match.start(), match.start("verb")))
    while found and len(clause.low[found[-1][1] :].split()) < _LEAST_WORDS:
        found.pop()
    listed = len(found) + 1 >= _ENOUGH and any("," in clause.low[start:at] for start, at in found)
    if listed:
        return found
    each = [(start, at) for start, at in found if _TO.search(clause.low[start:at])]
    return each if each and _TO.search(clause.low[: each[0][0]]) else []


def _third(word: str) -> str:
    verb = lexicon().forms.get(word)
    return verb.base if verb is not None and word == verb.third else ""


def _part(clause: Clause, start: int, end: int) -> Clause:
    first, last = clause.start + start, clause.start + end
    return replace(
        clause, start=first, end=last, text=clause.text[start:end], low=clause.low[start:end],
        first=clause.first and not start, joiner="" if start else clause.joiner,
    )  # fmt: skip
