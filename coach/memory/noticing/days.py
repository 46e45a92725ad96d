"""Which day goes with a clause."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from coach.memory.dates import DateMention
from coach.memory.noticing.segments import Clause, flatten

_FAR = timedelta(days=366 * 15)
_NEAR = 14
_IN_TURN = re.compile(
    r"\b(?:whatever|anything|everything|each|every|any|always)\b"
    r"|\b(?:returns?|repl(?:y|ies)|answers?|responds?|comes? back|gets? back|sends? back)\b"
)
"""What is done so long after something else: "she returns it within three days"."""
_TO = re.compile(r"\W*(?:to|until|till|and (?:is )?now|it is now)\b|\s*(?:->|→|=>|>)")
_MOVES = re.compile(
    r"\b(?:mov|shift|postpon|put (?:back|off)|push|reschedul|delay|chang|brought forward|bump|slip)"
)
_FOR_THEN = re.compile(r"\b(?:book|reserve|order|buy)\b.* for (?:the )?(?:\w+ of )?$")

_PROVIDED = re.compile(
    r"\S.*\b(?:if|provided(?: that)?|once|as long as|unless) (?:i|he|she|they|we|you)\b"
    r"(?!(?:'d| (?:can|could|may|might|manage|get|have))\b)[^,;]*$"
)
"""Before the day of a condition, which is no deadline: "she'll read it if I send it by Friday"."""


def _counted(clause: Clause, day: DateMention) -> bool:
    """Whether ``day`` counts from something yet to come, or is that of an order or a condition."""
    before = clause.low[: max(day.start - clause.start, 0)]
    if day.text.lower().startswith("within"):
        return _IN_TURN.search(before) is not None
    return _FOR_THEN.search(before) is not None or _PROVIDED.match(before) is not None


def day_of(clause: Clause, dates: list[DateMention], on: date) -> DateMention | None:
    """The date that goes with ``clause``: a day ahead before a past one, a deadline first.

    Of a vague date and an exact one right after it ("over Easter, 3 to 12 April") the exact one.
    """
    label = clause.span[0] if clause.first and clause.label else clause.start
    inside = [d for d in dates if label <= d.start < clause.end and d.when]
    inside = [d for d in inside if d.when is not None and abs(d.when - on) <= _FAR]
    inside = [d for d in inside if not _counted(clause, d)]
    ahead = [d for d in inside if not d.past and d.relation != "from"] or [
        d for d in inside if not d.past
    ]
    if not ahead:
        return inside[0] if inside else None
    if due := [d for d in ahead if d.relation == "by"]:
        return due[-1]
    if len(ahead) == 1:
        moved = _MOVES.search(clause.low) and ahead[0].text.lower().startswith("from")
        if moved and ahead[0].until is not None:
            return replace(ahead[0], when=ahead[0].until, until=None)
        return ahead[0]
    if clause.first and _MOVES.search(flatten(clause.label)):
        return ahead[-1]
    after = clause.low[max(ahead[0].end - clause.start, 0) :]
    if _MOVES.search(clause.low) and _TO.match(after):
        return ahead[-1]
    if re.search(r"\band [a-z]+ ", flatten(clause.text)):
        return ahead[-1]
    first, second = ahead[:2]
    vague = not re.search(r"\d", first.text) and re.search(r"\d", second.text)
    return second if vague and second.start - first.end <= _NEAR else ahead[0]
