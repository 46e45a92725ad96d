"""Finding the dates of a text: rules in order, then ranges, repeats and back-references."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coach.memory.dates import absolute, months, periods, ranges, recurring, relative, weekdays
from coach.memory.dates import calendar as cal
from coach.memory.dates.locale import HERE, Locale
from coach.memory.dates.mention import DateMention, Relation
from coach.memory.dates.references import refer_back, shifted
from coach.memory.dates.scene import Core, Scene

_RULES = (
    *recurring.RULES, *ranges.RULES, *absolute.RULES, *weekdays.RULES, *relative.RULES,
    *periods.RULES, *months.RULES, *absolute.PLAIN_RULES, *weekdays.PLAIN_RULES,
)  # fmt: skip
# No rule can match without one of these: most sentences of a note stop here.
_HINT = re.compile(
    r"\d|day\b|days\b|nite\b|hogmanay|(?:by|before|within|until|till) the (?:first|second|third)"
    r"|night|morning|evening|afternoon|-(?:first|second|third)\b"
    r"|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|teen|tie)th\b|tom|tmr|week|month|year|quarter|fortnight|end\b|spring|summer"
    r"|autumn|fall\b|winter|easter|christ|xmas|whit|pentec|ascen|advent|thanks|hallow|martin|michael"
    r"|candle|epiph|mardi|juneteenth|all saints|ly\b|then\b|that\b|mon\b|tue|wed|thu|fri|sat\b"
    r"|sun\b|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|eo[mqy]|before|after",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<![\d/.])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/%])")
_MONTHS = 120
# "moved from the 3rd to the 10th" tells a new day and no range.
_MOVED = re.compile(
    r"\b(?:moved|shifted|postponed|changed|pushed|put|brought|rescheduled|delayed|slipped|bumped)"
    r"(?: (?:back|forward|on|out|again))?\s+$",
    re.IGNORECASE,
)
_JOINER = re.compile(r"\s*(?:to|until|till|til|through|and|-|–|—)\s*(?:the\s+)?", re.IGNORECASE)
_FROM_NOW = re.compile(
    r"\b(?:between|from) now (?:and|until|till|to|through)\s+(?:the\s+)?$", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?\n]")


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    core: Core


def find_dates(text: str, on: date, locale: Locale = HERE) -> list[DateMention]:
    """The dates that ``text`` speaks of, in order, said on the day ``on``.

    ``locale`` says how to read 9/3, where a week begins and when it is summer. Give a whole note
    rather than its sentences one by one: "a week before that" and "by then" are resolved by the
    date before them. Spans do not overlap. Never raises on any text.
    """
    if not _HINT.search(text):
        return []
    scene = Scene(text, on, _as_written(text, locale))
    taken = bytearray(len(text))
    found: list[_Found] = []
    for pattern, build in _RULES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if start == end or any(taken[start:end]):
                continue
            core = build(match, scene)
            if core is not None and (core.when or core.recurring):
                taken[start:end] = b"\1" * (end - start)
                found.append(_Found(start, end, core))
    found.sort(key=lambda f: f.start)
    whole = _in_its_month(_starts(_joined(found, scene), scene), scene)
    mentions = [_mention(f, scene) for f in whole]
    return refer_back(text, on, mentions)


def _as_written(text: str, locale: Locale) -> Locale:
    """``locale``, the month first where a text writes one day so that it can be read no other way.

    "Kim is 4/16" tells how to read the "3/11" beside it; a writer keeps to one way.
    """
    if any(absolute.is_month_first(match) for match in _SLASHED.finditer(text)):
        return replace(locale, day_first=False)
    return locale


def _joined(found: list[_Found], scene: Scene) -> list[_Found]:
    """``found`` with "from A to B", "between A and B", "A - B" and "between now and B" as one."""
    out: list[_Found] = []
    for item in found:
        if out and (both := _pair(out[-1], item, scene)):
            out[-1] = both
            continue
        now = _FROM_NOW.search(scene.text, max(0, item.start - 40), item.start)
        if now and item.core.when and item.core.when >= scene.on:
            core = Core(scene.on, item.core.when, relation="between")
            out.append(_Found(now.start(), item.end, core))
        else:
            out.append(item)
    return out


def _pair(first: _Found, second: _Found, scene: Scene) -> _Found | None:
    a, b = first.core, second.core
    joiner = scene.text[first.end : second.start]
    if not _JOINER.fullmatch(joiner) or a.when is None or b.when is None or a.relation == "between":
        return None
    word = joiner.strip().lower().split()[0]
    lead = scene.lead(first.start)
    opener = lead.words if lead else ""
    if word == "and" and opener != "between":
        return None
    if word not in {"and", "-", "–", "—"} and not (
        opener in {"from", "away", "off"} or word == "to"
    ):
        return None
    if opener == "from" and lead and _MOVED.search(scene.text, max(0, lead.start - 32), lead.start):
        return None
    end = b.until or b.when
    begin = _begun(a, end, scene)
    if b.roll is not None:
        steps = 0
        while end < begin and steps < 60:
            steps += 1
            end = (b.until or b.when) + b.roll * steps
    if end <= begin:
        return None
    start = lead.start if lead and opener in {"from", "between"} else first.start
    return _Found(start, second.end, Core(begin, end, relation="between"))


def _begun(first: Core, end: date, scene: Scene) -> date:
    """The first day of a range that has begun: one that comes round, before it comes again."""
    assert first.when is not None
    if first.roll is None or not first.roll.years or end < scene.on:
        return first.when
    earlier = first.when - first.roll
    return earlier if 0 < (end - earlier).days < _MONTHS else first.when


def _starts(found: list[_Found], scene: Scene) -> list[_Found]:
    """``found`` with "every Monday, starting 4 May" as one that repeats from that day on."""
    out: list[_Found] = []
    for item in found:
        if out and out[-1].core.recurring and out[-1].core.when is None and item.core.when:
            between = scene.text[out[-1].end : item.start]
            if recurring.STARTING.fullmatch(between.rstrip()):
                core = replace(out[-1].core, when=item.core.when, relation="from")
                out[-1] = _Found(out[-1].start, item.end, core)
                continue
        out.append(item)
    return out


def _in_its_month(found: list[_Found], scene: Scene) -> list[_Found]:
    """``found`` with "in January they decide, on the 20th" as a day of that January."""
    out: list[_Found] = []
    for item in found:
        day = item.core.when if item.core.roll == absolute.MONTHLY else None
        before = out[-1] if out and day else None
        month = before.core.when if before else None
        if day and month and before and (month, before.core.until) == cal.month_of(month):
            same = absolute.dated(day.day, month.month, month.year)
            if same and not _SENTENCE_END.search(scene.text[before.end : item.start]):
                out.append(replace(item, core=replace(item.core, when=same)))
                continue
        out.append(item)
    return out


def _mention(found: _Found, scene: Scene) -> DateMention:
    core, start = found.core, found.start
    lead = scene.lead(start)
    if core.relation == "between":
        start, lead = (lead.start if lead and lead.relation == "on" else start), None
    relation: Relation = core.relation or (lead.relation if lead else "on")
    when, until = core.when, core.until
    within: date | None = None
    if lead is not None:
        start = lead.start
        if core.relation is None or lead.relation in {"by", "from"}:
            relation = lead.relation
        if relation in {"by", "from"} and not core.recurring and lead.words != "due":
            within, until = (until if relation == "by" else None), None
    since = lead is not None and lead.words.endswith("since")
    shift = shifted(scene, start, lead, when)
    if shift is not None:
        start, when, until, relation = shift
    week = absolute.WEEK_OF.search(scene.text, max(0, start - 28), found.start)
    if week and when:
        start, until, relation = week.start(), when + timedelta(days=6), "on"
        if week["by"]:
            until, relation = None, "by"
    last = until or when
    past = last is not None and not core.recurring and (last < scene.on or since)
    text = scene.text[start : found.end]
    within = within if shift is None and week is None else None
    return DateMention(start, found.end, text, when, until, core.recurring, relation, past, within)
