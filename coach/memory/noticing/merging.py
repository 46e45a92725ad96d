"""Putting clauses together that say one thing, and what a mark of confidence changes."""

from __future__ import annotations

import re
from dataclasses import replace

from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.privacy import content
from coach.memory.noticing.reading import Reading
from coach.memory.noticing.segments import Clause

_JOINED = frozenset(
    {"struggle", "win", "preference", "boundary", "expectation", "fact", "topic", "plan", "goal"}
)
_OWN = re.compile(r"\b(?:promis|offer|will|'ll|agree|volunteer|undert)")


def merged(read: list[Reading]) -> list[Reading]:
    """Neighbouring clauses of one sentence that say one thing, as one."""
    out: list[Reading] = []
    for item in read:
        last = out[-1] if out else None
        if last is not None and (_same(last, item) or _says_what(last, item)):
            clause = replace(
                last.clause,
                end=item.clause.end,
                text=last.clause.text + _between(last.clause, item.clause),
                low=last.clause.low + _between(last.clause, item.clause).lower(),
            )
            kept = last if last.kind is not None else replace(item, clause=clause)
            ahead = [d for d in (last.date, item.date) if d is not None and not d.past]
            day = ahead[0] if ahead else last.date or item.date
            out[-1] = replace(kept, clause=clause, date=day, points=max(last.points, item.points))
        else:
            out.append(item)
    return out


def with_secrets(read: list[Reading], private: set[int]) -> list[Reading]:
    """A clause under a mark of confidence is a fact at least; the mark itself is nothing."""
    out = []
    for item in read:
        if item.clause.sentence not in private:
            out.append(item)
        elif _is_mark(item):
            out.append(replace(item, kind=None))
        else:
            out.append(item if item.kind is not None else replace(item, kind="fact"))
    return out


def _is_mark(item: Reading) -> bool:
    """Whether the clause is hardly more than the mark of confidence itself."""
    low = item.clause.low
    mark = lexicon().private["words"].search(low)
    left = lexicon().private["words"].sub(" ", low) if mark else low
    return len(content(left)) < 2 if mark else len(left.split()) < 3


def _between(first: Clause, second: Clause) -> str:
    return " " * (second.start - first.end) + second.text


def _same(a: Reading, b: Reading) -> bool:
    if a.clause.sentence != b.clause.sentence or a.kind is None:
        return False
    if _dates_it(a, b):
        return True
    if a.kind != b.kind or a.about != b.about or a.clause.quoted != b.clause.quoted:
        return False
    ahead = [d for d in (a.date, b.date) if d is not None and not d.past]
    if a.kind == "commitment":
        return (
            a.owner == b.owner
            and b.subject.elided
            and (a.date is None or b.date is None)
            and not (a.date and _OWN.search(b.clause.low))
        )
    return a.kind in _JOINED and len(ahead) < 2


def _says_what(a: Reading, b: Reading) -> bool:
    """Whether ``a`` names what ``b`` calls "it" ("The exam has been put off: it is on 3 May")."""
    return (
        a.kind is None and b.kind == "event" and a.clause.sentence == b.clause.sentence
        and re.match(r"\W*it\b", b.clause.low) is not None and a.subject.who in ("other", "none")
    )  # fmt: skip


def _dates_it(a: Reading, b: Reading) -> bool:
    """Whether ``b`` only says when the promise ``a`` is kept ("which I can do tomorrow")."""
    if a.kind != "commitment" or b.kind != "event" or a.date is not None or b.date is None:
        return False
    brief = len(b.clause.low.split()) <= 8 and lexicon().event_noun.search(b.clause.low) is None
    return brief and not b.date.past and b.subject.who in ("it", "none", a.owner)
