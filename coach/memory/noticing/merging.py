"""Putting clauses together that say one thing, and what a mark of confidence changes."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from coach.memory.dates import DateMention
from coach.memory.items import Kind
from coach.memory.noticing import promise_words as says
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.marks import content, find_mark, unmarked
from coach.memory.noticing.privacy import points
from coach.memory.noticing.reading import Reading
from coach.memory.noticing.segments import Clause, flatten

_JOINED = frozenset(
    {"struggle", "win", "preference", "boundary", "expectation", "fact", "topic", "plan", "goal"}
)
_PLACED = frozenset((
    "it", "its", "it's", "that", "that's", "this", "which", "is", "are", "was", "be", "will",
    "'ll", "would", "on", "at", "in", "by", "from", "for", "the", "a", "an", "of", "set",
    "starting", "beginning", "start", "starts", "begins", "deadline", "due", "date", "day", "and",
    "us", "both", "me", "him", "her", "them", "suits", "works", "fine", "ok", "okay", "i", "i'm",
    "think", "he", "she", "says", "said", "morning", "afternoon", "evening", "noon", "half",
    "past", "quarter", "o'clock", "sharp", "clock", "to", "then", "already", "now", "only",
    "just", "not", "without", "fail", "before", "after", "until", "no", "later",
    "than", "latest", "one", "two",
    "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "am",
    "pm", "next", "coming", "do", "does", "done", "shall", "can", "must", "get", "so", "intend",
    "promise", "promised", "new", "i'll", "he'll", "she'll", "have", "has", "as", "well", "too",
    "also", "put", "down", "we", "agreed", "fixed", "pencilled", "settled",
))  # fmt: skip
"""Words of a clause that does no more than name the day of what was said before it, or that
promises it once more."""
_CLOSED = re.compile(r",\s*(?:(?:[\w'-]+ ){0,6},? *)?(?:(?:on|by|before|at|in)\s+)?$")
"""What stands before a day after an aside: a comma, and few words."""
_MOVED = re.compile(r"\b(?:postponed|moved|put (?:off|back)|rescheduled|delayed|brought forward)\b")
_AWAITS = re.compile(
    r"\b(?:wants?|wanted|needs?|needed|expects?|expected|asked for|would like|'d like"
    r"|is waiting for)"
    r" (?:it|them|that|these|those|this|both|all)\b"
)
"""What the other one says of when something promised is wanted: "she wants it by Friday"."""
_OWN = re.compile(r"\b(?:promis|offer|will|'ll|agree|volunteer|undert)")


def merged(read: list[Reading]) -> list[Reading]:
    """Neighbouring clauses of one sentence that say one thing, as one."""
    out: list[Reading] = []
    for item in read:
        last = out[-1] if out else None
        if last is not None and (whole := _placed(last, item)):
            out[-1] = whole
            continue
        if last is not None and _after_aside(last, item):
            out[-1] = replace(last, date=item.date, clause=_through(last.clause, item.clause))
            continue
        if last is not None and (again := _again(last, item)):
            out[-1] = again
            continue
        if last is not None and (_same(last, item) or _says_what(last, item)):
            clause = _through(last.clause, item.clause)
            kept = last if last.kind is not None else replace(item, clause=clause)
            ahead = [d for d in (last.date, item.date) if d is not None and not d.past]
            day = ahead[0] if ahead else last.date or item.date
            out[-1] = replace(kept, clause=clause, date=day, points=max(last.points, item.points))
        else:
            out.append(item)
    return out


def with_secrets(text: str, read: list[Reading], private: set[int]) -> list[Reading]:
    """A sentence under a mark of confidence gives a fact at least; the mark itself is nothing."""
    out: list[Reading] = []
    for number, group in groupby(read, key=lambda item: item.clause.sentence):
        items = list(group)
        beside = bool({number - 1, number + 1} & private)
        out.extend(_secret(text, items, beside) if number in private else items)
    return out


def _secret(text: str, items: list[Reading], beside: bool) -> list[Reading]:
    """The readings of one governed sentence: each a fact at least, or all of it as one.

    ``beside`` says that a sentence next to it is governed as well, and may hold the secret.
    """
    told = any(item.kind and not _is_mark(item) for item in items)
    kept = [
        replace(item, kind=None)
        if _is_mark(item) or (told and item.kind is None and _is_slight(item))
        else replace(item, kind=item.kind or "fact")
        for item in items
    ]
    low = flatten(text[slice(*items[0].clause.span)])
    if any(item.kind for item in kept) or len(unmarked(low)) < (2 if beside and points(low) else 1):
        return kept
    start, end = items[0].clause.span
    clause = replace(
        items[0].clause, start=start, end=end, text=text[start:end], low=low, joiner=""
    )
    kind: Kind = "boundary" if any(item.kind == "boundary" for item in items) else "fact"
    return [replace(items[0], clause=clause, kind=kind), *kept[1:]]


_SLIGHT = 2
_STATES = re.compile(
    r"\b(?:he|she|they|i|we)(?:'(?:s|m|re|ve)| (?:is|are|am|was|were|has|have)) \w+"
)
"""Somebody is something: enough of a secret, however short ("between us, she is expecting")."""


def _is_slight(item: Reading) -> bool:
    """Whether a clause says too little to be the secret where something beside it is told."""
    return len(content(item.clause.low)) <= _SLIGHT


def _is_mark(item: Reading) -> bool:
    """Whether the clause is hardly more than the mark of confidence itself."""
    low = item.clause.low
    if find_mark(low) or item.felt:
        says = unmarked(low)
        told = len(says) > 1 or (says and _STATES.search(low))
        return not told or (item.felt and item.kind is None)
    return not content(low)


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
            and not says.OWES.search(a.clause.label.lower())
        )
    return a.kind in _JOINED and len(ahead) < 2


def _says_what(a: Reading, b: Reading) -> bool:
    """Whether ``a`` names what ``b`` calls "it" ("The exam has been put off: it is on 3 May")."""
    return (
        a.kind is None and b.kind == "event" and a.clause.sentence == b.clause.sentence
        and re.match(r"\W*it\b", b.clause.low) is not None and a.subject.who in ("other", "none")
    )  # fmt: skip


def _after_aside(a: Reading, b: Reading) -> bool:
    """Whether the day in ``b`` is that of ``a`` ("I'll ask Eva, who has the key, by Friday")."""
    if a.kind != "commitment" or a.date is not None or b.date is None or b.date.past:
        return False
    aside = b.clause.joiner.startswith(("who", "which", "where")) and b.kind != "commitment"
    before = b.clause.low[: max(b.date.start - b.clause.start, 0)]
    return aside and a.clause.sentence == b.clause.sentence and _CLOSED.search(before) is not None


def _through(first: Clause, last: Clause) -> Clause:
    """``first`` with what follows up to the end of ``last``."""
    between = _between(first, last)
    text, low = first.text + between, first.low + between.lower()
    return replace(first, end=last.end, text=text, low=low)


def _again(a: Reading, b: Reading) -> Reading | None:
    """``a`` as the promise that ``b`` only repeats, takes on or gives a day to, or None.

    "... which I have promised", "I said I would", "I'll do that before Friday".
    """
    if b.clause.sentence - a.clause.sentence not in (0, 1) or a.clause.block != b.clause.block:
        return None
    low = b.clause.low
    same = a.clause.sentence == b.clause.sentence
    if says.ACCEPTS.match(low) and says.TO_ME.search(a.clause.low) and b.subject.who == "me":
        return replace(a, kind="commitment", owner="me", points=max(a.points, b.points))
    if a.kind != "commitment":
        return None
    done = says.DOES_THAT.match(low) is not None and b.owner in (a.owner, None)
    if done or says.ACCEPTS.match(low):
        new = _undated(a) and b.date is not None and not b.date.past
        return replace(a, date=b.date if new else a.date)
    awaited = b.date is not None and b.date.relation == "by" and _AWAITS.search(low) is not None
    if awaited and not same and _undated(a) and not (b.date and b.date.past):
        return replace(a, date=b.date)
    wanted = b.kind == "commitment" and b.owner == a.owner and says.HAS_IT.search(low)
    if wanted and same and _undated(a) and b.date is not None and not b.date.past:
        return replace(a, date=b.date)
    repeats = b.kind == "commitment" and b.date is None and same
    return (
        a if repeats and b.clause.joiner.startswith(("which", "as")) and _is_placed(low) else None
    )


def _undated(a: Reading) -> bool:
    """Whether nothing says when a promise is due; "last year's list" is no day for it."""
    return a.date is None or (a.kind == "commitment" and a.date.past)


def _dates_it(a: Reading, b: Reading) -> bool:
    """Whether ``b`` only says when the promise ``a`` is kept ("which I can do tomorrow")."""
    if a.kind != "commitment" or not _undated(a) or b.date is None:
        return False
    awaited = _AWAITS.search(b.clause.low) is not None
    if b.kind not in ("event", "goal", "expectation") and not (awaited and b.kind == "commitment"):
        return False
    if b.date.relation == "by" and awaited and not b.date.past:
        return True
    brief = len(b.clause.low.split()) <= 8 and lexicon().event_noun.search(b.clause.low) is None
    return brief and not b.date.past and b.subject.who in ("it", "none", a.owner)


def _placed(a: Reading, b: Reading) -> Reading | None:
    """``a`` with the day that ``b`` only names ("The viva is set. It's on the 22nd."), or None."""
    day = b.date
    close = a.clause.block == b.clause.block and b.clause.sentence - a.clause.sentence in (0, 1)
    if not close or day is None or day.past or not _only_names(b, day):
        return None
    if not _undated(a):
        return a if a.kind and a.date and a.date.when == day.when else None
    if a.kind in ("commitment", "event"):
        kind: Kind = a.kind
    elif b.kind == "commitment" and b.clause.joiner.startswith("which"):
        kind = "commitment"
    elif lexicon().event_noun.search(a.clause.low) and (not a.plain or _MOVED.search(a.clause.low)):
        kind = "event"
    else:
        return None
    gap = " " * (b.clause.start - a.clause.end)
    clause = replace(
        a.clause,
        end=b.clause.end,
        text=a.clause.text + gap + b.clause.text,
        low=a.clause.low + gap + b.clause.low,
    )
    owner = (a.owner if a.kind == "commitment" else b.owner) if kind == "commitment" else None
    return replace(a, clause=clause, kind=kind, date=day, owner=owner, points=max(a.points, 3.0))


def _only_names(b: Reading, day: DateMention) -> bool:
    """Whether ``b`` says nothing but its day."""
    if b.kind not in (None, "event", "commitment"):
        return False
    start = day.start - b.clause.start
    left = b.clause.low[: max(start, 0)] + " " + b.clause.low[start + len(day.text) :]
    left += " " + flatten(b.clause.label)
    return _is_placed(left)


def _is_placed(low: str) -> bool:
    words = re.findall(r"[a-z']+", low)
    return all(word.strip("'") in _PLACED or word in _PLACED for word in words)
