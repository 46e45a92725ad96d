"""Dates told from another date: "a week before 9 May", "the day after that", "by then"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from coach.memory.dates import calendar as cal
from coach.memory.dates.mention import DateMention, Relation
from coach.memory.dates.scene import Lead, Scene
from coach.memory.dates.words import COUNT, FULL_WEEKDAY, UNIT, number, weekday_number

_NEAR = 400
"""Characters. Further back than this, "then" is not understood to mean that date."""

_STEP = rf"(?P<n>{COUNT}|the|the very)\s+(?P<unit>{UNIT}|night|evening)s?"
_BEFORE_DATE = re.compile(rf"(?<!\w)(?P<lead>by\s+|on\s+)?{_STEP}\s+$", re.IGNORECASE)
_REFERENCES = re.compile(
    rf"(?<!\w)(?:(?:by|on)\s+)?{_STEP}\s+(?P<side>before|after|earlier|later|afterwards|beforehand)"
    r"(?:\s+that|\s+then)?(?=\s*(?:[.,;:!?)]|$|and\b|but\b|so\b))"
    rf"|(?<!\w)(?:(?:on|by)\s+)?the\s+(?:(?P<fwd>{FULL_WEEKDAY})\s+(?P<wside>before|after)(?:\s+that)?"
    rf"(?=\s*(?:[.,;:!?)]|$))|following\s+(?:(?P<fday>day)|(?P<fwd2>{FULL_WEEKDAY})))"
    r"|(?<!\w)(?P<rel>by|before|until|till|from|after|since|on)\s+"
    r"(?:then(?:\s+on)?|that\s+(?:day|date|morning|afternoon|evening|night)"
    r"|that(?=\s*(?:[.,;:!?)]|$|and\b|but\b)))"
    r"|(?<!\w)that\s+(?:same\s+)?(?P<same>day|morning|afternoon|evening|night)(?!\w)"
    r"|(?<=[a-z]\s)(?<!and\s)(?<!but\s)(?<!back\s)(?<!now\s)(?<!even\s)(?<!since\s)(?<!so\s)"
    r"(?<!just\s)(?P<then>then)(?=\s*[,.;!?]|$)",
    re.IGNORECASE,
)  # fmt: skip
_RELATIONS: dict[str, Relation] = {
    "by": "by", "before": "by", "until": "by", "till": "by", "from": "from", "after": "from",
    "since": "from", "on": "on",
}  # fmt: skip

_ITS_START = re.compile(
    r"(?<!\w)(?P<rel>before|until|till|by the time)\s+(?:he|she|they|i|we|it|that)(?:\s+even)?\s+"
    r"(?P<verb>start|begin|go|leav|open|fl(?:y|i)|mov|travel|present|defend|return|depart)(?:e?s)?\b",
    re.IGNORECASE,
)
"""A deadline told by what has its day elsewhere in the text: "before she starts"."""

Shifted = tuple[int, date, date | None, Relation]


def shifted(scene: Scene, start: int, lead: Lead | None, when: date | None) -> Shifted | None:
    """ "a week before 9 May": start, day, None and relation; None when no step is there."""
    if lead is None or when is None or lead.words not in {"before", "after"}:
        return None
    begin = max(0, start - 40)
    match = _BEFORE_DATE.search(scene.text[begin:start])
    if match is None:
        return None
    count = 1 if match["n"].lower().startswith("the") else number(match["n"])
    moved = cal.shift(when, count if lead.words == "after" else -count, match["unit"])
    if moved is None:
        return None
    relation: Relation = "by" if (match["lead"] or "").strip().lower() == "by" else "on"
    if match["n"].lower() == "the" and match["unit"].lower() in {"week", "month"}:
        week = match["unit"].lower() == "week"
        sunday_first = scene.locale.sunday_first
        first, last = cal.week_of(moved, sunday_first) if week else cal.month_of(moved)
        return begin + match.start(), first, last, relation
    return begin + match.start(), moved, None, relation


def refer_back(text: str, on: date, mentions: list[DateMention]) -> list[DateMention]:
    """``mentions`` with the references to them that the text makes, in order."""
    out = sorted([*mentions, *_by_its_start(text, mentions)], key=lambda m: m.start)
    for match in _REFERENCES.finditer(text):
        if any(m.start < match.end() and match.start() < m.end for m in out):
            continue
        before = [
            m for m in out if m.end <= match.start() and m.when and match.start() - m.end <= _NEAR
        ]
        if not before:
            continue
        last = max(before, key=lambda m: m.end)
        assert last.when is not None
        resolved = _resolve(match, last.when)
        if resolved is None:
            continue
        when, relation = resolved
        since = (match["rel"] or "").lower() == "since"
        if (match["then"] and when < on) or (since and when > on):
            continue
        out.append(
            DateMention(
                match.start(), match.end(), match.group(), when, None, False, relation, when < on
            )
        )
        out.sort(key=lambda m: m.start)
    return out


def _by_its_start(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """Deadlines such as "before she starts", where an earlier "starts on 3 May" gives the day."""
    found = []
    for match in _ITS_START.finditer(text):
        told = re.compile(rf"\b{match['verb'][:4]}\w*\W(?:[\w']+\W+){{0,4}}$", re.IGNORECASE)
        anchor = next(
            (
                m
                for m in reversed(mentions)
                if m.end <= match.start() and m.when and not m.past
                and told.search(text, max(0, m.start - 50), m.start)
            ),
            None,
        )  # fmt: skip
        if anchor is not None:
            found.append(
                DateMention(
                    match.start(), match.end(), match.group(), anchor.when, None, False, "by", False
                )
            )
    return found


def _resolve(match: re.Match[str], anchor: date) -> tuple[date, Relation] | None:
    starts_by = match.group().lower().startswith("by ")
    relation: Relation = "by" if starts_by else "on"
    if match["unit"]:
        count = 1 if match["n"].lower().startswith("the") else number(match["n"])
        back = match["side"].lower() in {"before", "earlier", "beforehand"}
        moved = cal.shift(anchor, -count if back else count, match["unit"])
        return (moved, relation) if moved else None
    if match["fwd"]:
        step = cal.weekday_before if match["wside"].lower() == "before" else cal.weekday_after
        return step(weekday_number(match["fwd"]), anchor), relation
    if match["fwd2"]:
        return cal.weekday_after(weekday_number(match["fwd2"]), anchor), relation
    if match["fday"]:
        return anchor + timedelta(days=1), relation
    if match["rel"]:
        return anchor, _RELATIONS[match["rel"].lower()]
    return anchor, "on"
