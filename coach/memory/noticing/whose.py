"""Tasks told by what is to be done, with a few words for whose they are: "train not booked; me"."""

from __future__ import annotations

import re
from dataclasses import replace

from coach.memory.dates import DateMention
from coach.memory.items import Owner
from coach.memory.noticing.cast import Cast
from coach.memory.noticing.marks import content
from coach.memory.noticing.reading import Reading

_WHO = r"(?P<who>[\w'.]+?)"
_NOT = r"(?:,? (?:and )?not (?:the )?[\w']+)?"
_TO_DO = r"(?: to (?:do|sort|see to|fix|find|write|arrange|handle|deal with))?"
_LONE = re.compile(
    rf"\W*(?:(?:and|so|that|that's|that is|this is|it's|which is|is|on|for|by|down to|up to)\b\W*)*"
    rf"\b{_WHO}{_TO_DO}(?: (?:again|alone))?{_NOT}\W*"
)
"""Nothing but whose it is: "that's me", "by her, not me", "and that's for him to do"."""
_NOT_BY = re.compile(rf"\W*(?:and |but )?not (?:by|for|on) {_WHO}\W*")
_IS_ON = re.compile(
    rf"^(?P<what>.{{3,80}}?)(?:'s| is| are) (?:on|down to|up to|for) {_WHO}{_TO_DO}"
    r"(?=\W*$|,| from\b)"
)
"""A thing and whose it is: "her form's on me", "the cap table is for her"."""
_TREAT = re.compile(
    r"\W*(?:and |but )?(?:the )?"
    r"(?:lunch|dinner|coffees?|drinks?|rounds?|tea|beers?|it|this|that|blame)\b"
)
_BY = re.compile(rf"\bto be \w+(?: \w+)?? by {_WHO}\b|(?:,? by|,) (?P<last>[\w'.]+?){_NOT}\W*$")
_HEADED = re.compile(rf"\W*(?:so |and )?that(?:'s| is) {_WHO}, \S")
_BRACKETED = re.compile(r"\((?P<who>[\w'. ]{1,20})\)")
_SELF = re.compile(
    r"\W*(?P<who>\w+)(?:'s|'m| is| am)? (?:doing|does|do) (?:it|that|this) \w+sel(?:f|ves)\W*$"
)
_OPEN = re.compile(
    r"\bto be \w+|\b(?:wants?|needs?) (?:\w+ )?\w+ing\b|\b(?:has|have|needs?|ought) to be\b"
    r"|\b(?:must|should) be\b|\bstill\b|\bnot (?:yet )?\w+(?: yet)?\b|\bn't\b|\bdue\b|\bto do\b"
    r"|\b(?:missing|outstanding|pending|owed|draft)\b"
)
"""What is still to be done."""
_WANTED = re.compile(r"\b(?:wants?|needs?|expects?) (?:it|them|that)\b")
_DONE = re.compile(r"\b(?:was|were|has been|have been|been|did) (?!to\b)\w+")
_ME = frozenset({"me", "i", "mine", "myself"})
_THEM = {
    "she": frozenset({"her", "hers", "she"}),
    "he": frozenset({"him", "his", "he"}),
    "": frozenset({"her", "hers", "him", "his", "them", "theirs"}),
}
_THEY = frozenset({"them", "theirs", "they"})


def with_owners(read: list[Reading], cast: Cast) -> list[Reading]:
    """``read`` with each task that only a few words give to somebody as that person's promise.

    The words stand in the clause itself ("to be drafted by me"), or alone in the next one or in the
    one before, of the same sentence, or else open the next sentence.
    """
    out = list(read)
    for number, item in enumerate(read):
        within = _within(item, cast)
        if within and _is_task(item, _day(read, item)):
            out[number] = _promised(item, within, _day(read, item))
            continue
        owner = _alone(item, cast)
        if owner is None:
            continue
        near = [n for n in (number - 1, number + 1) if 0 <= n < len(read)]
        for other in near:
            task = out[other]
            together = task.clause.sentence == item.clause.sentence
            before = other < number and task.clause.sentence == item.clause.sentence - 1
            if not together and not (before and item.clause.first):
                continue
            day = _ahead(item) or _ahead(task)
            if len(content(task.clause.low)) > 1 and _is_task(task, day):
                out[other] = _promised(task, owner, day)
                out[number] = replace(item, kind=None)
                break
    return out


def _promised(item: Reading, owner: Owner, day: DateMention | None) -> Reading:
    subject = item.subject
    if subject.elided and subject.who not in (owner, "none"):
        subject = replace(subject, who="other", elided=False)
    return replace(
        item, kind="commitment", owner=owner, about=owner, date=day or item.date,
        subject=subject, points=max(item.points, 4.0),
    )  # fmt: skip


def _is_task(item: Reading, day: DateMention | None) -> bool:
    low = item.clause.low
    if _DONE.search(low):
        return False
    return day is not None or _OPEN.search(low) is not None


def _within(item: Reading, cast: Cast) -> Owner | None:
    """Whose the task of a clause is, by words in the clause itself."""
    clause = item.clause
    if _alone(item, cast):
        return None
    for match in _BRACKETED.finditer(clause.text):
        if owner := _named(match["who"], cast):
            return owner
    low = clause.low
    given = _HEADED.match(low) or _IS_ON.match(low)
    if given and (given.re is _HEADED or not _TREAT.match(low)):
        return _named(clause.text[slice(*given.span("who"))], cast)
    if item.subject.who in ("me", "them", "both") and not item.subject.elided:
        return None
    for match in _BY.finditer(low):
        group = "who" if match["who"] else "last"
        if owner := _named(clause.text[slice(*match.span(group))], cast):
            return owner
    return None


def _alone(item: Reading, cast: Cast) -> Owner | None:
    """Whose the task beside a clause is, where the clause says no more than that."""
    text, low = item.clause.text, item.clause.low
    if item.date is not None:
        start = item.date.start - item.clause.start
        if 0 <= start < len(low):
            end = start + len(item.date.text)
            low = (low[:start] + low[end:]).replace(" ,", ",")
            text = text[:start] + text[end:]
            low, text = low.strip(" ,.;"), text.strip(" ,.;")
    if match := _NOT_BY.fullmatch(low):
        named = _named(match["who"], cast)
        return "me" if named == "them" else "them" if named == "me" else None
    if match := _SELF.match(low) or _LONE.fullmatch(low):
        return _named(match["who"], cast)
    return None


def _named(word: str, cast: Cast) -> Owner | None:
    low = word.lower().strip(" .'")
    if low in _ME:
        return "me"
    if cast.is_name(low, word.strip(" .")):
        return "them"
    return "them" if low in _THEM.get(cast.pronoun, _THEY) else None


def _ahead(item: Reading) -> DateMention | None:
    return item.date if item.date is not None and not item.date.past else None


def _day(read: list[Reading], item: Reading) -> DateMention | None:
    """The day ahead of the clause, or else a deadline in its sentence."""
    if day := _ahead(item):
        return day
    inside = [r for r in read if r.clause.sentence == item.clause.sentence and _ahead(r)]
    wanted = [
        r for r in inside if r.date and (r.date.relation == "by" or _WANTED.search(r.clause.low))
    ]
    return wanted[0].date if wanted else None
