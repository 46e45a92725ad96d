"""Rules for days told from today, and for feasts: "tomorrow", "in two weeks", "before Easter"."""

from __future__ import annotations

import re
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from coach.memory.dates import calendar as cal
from coach.memory.dates.feasts import FEAST, feast
from coach.memory.dates.mention import Relation
from coach.memory.dates.scene import Core, Rule, Scene, rule
from coach.memory.dates.words import (
    COUNT,
    FULL_WEEKDAY,
    PART_OF_DAY,
    UNIT,
    number,
    stands_alone,
    weekday_number,
)  # fmt: skip

# "the first result in a year", "three times in two weeks": how long, not when.
_SPAN_OF = re.compile(
    r"\btimes?\s+$|\b(?:first|best|worst|biggest|only|third|second)\b[^.,;!?\n]*$", re.I
)
_DAYS = {
    "day after tomorrow": 2, "day before yesterday": -2, "tomorrow": 1, "tmrw": 1, "tmr": 1,
    "tomorow": 1, "yesterday": -1, "last night": -1, "yday": -1, "today": 0, "tonight": 0,
    "tonite": 0, "2day": 0, "2nite": 0, "2moro": 1, "2morrow": 1,
    "this morning": 0, "this afternoon": 0, "this evening": 0, "later today": 0,
}  # fmt: skip


def _named_day(match: re.Match[str], scene: Scene) -> Core:
    return Core(scene.on + timedelta(days=_DAYS[re.sub(r"\s+", " ", match["day"].lower())]))


def _in_units(match: re.Match[str], scene: Scene) -> Core | None:
    """ "in two weeks", "within a year": not when it tells how long something took."""
    within = match["how"].lower().startswith("within") or bool(match["next"])
    if scene.tense(match.start(), match.end()) == "past" and not match["time"]:
        return None
    if not match["time"] and not stands_alone(scene.text, match.end()):
        return None
    if _SPAN_OF.search(scene.text[max(0, match.start() - 60) : match.start()]):
        return None
    if not match["n"] and not match["next"]:
        return None
    found = cal.shift(scene.on, number(match["n"] or "1"), match["unit"])
    relation: Relation | None = "by" if within else None
    if not within and (match["loose"] or "couple" in (match["n"] or "")):
        relation = "about"
    return Core(found, relation=relation) if found else None


def _over_units(match: re.Match[str], scene: Scene) -> Core | None:
    found = cal.shift(scene.on, number(match["n"] or "1"), match["unit"])
    return Core(scene.on, found, relation="between") if found else None


def _ago(match: re.Match[str], scene: Scene) -> Core | None:
    found = cal.shift(scene.on, -number(match["n"]), match["unit"])
    return (
        Core(found, relation="about" if match["loose"] or "couple" in (match["n"] or "") else None)
        if found
        else None
    )


_ANCHOR = rf"(?:(?P<today>now|today|tomorrow)|(?P<wd>{FULL_WEEKDAY}))"


def _from_day(match: re.Match[str], scene: Scene) -> Core | None:
    """ "two weeks from now", "a week on Monday", "three weeks tomorrow"."""
    if match["wd"]:
        base = cal.weekday_after(weekday_number(match["wd"]), scene.on)
    else:
        base = scene.on + timedelta(days=match["today"].lower() == "tomorrow")
    found = cal.shift(base, number(match["n"]), match["unit"])
    return Core(found) if found else None


def _feast(match: re.Match[str], scene: Scene) -> Core | None:
    mod, lead = (match["mod"] or "").lower(), scene.lead(match.start())
    joined = bool(
        re.search(r"\b(?:and|or)\s+$", scene.text[max(0, match.start() - 5) : match.start()])
    )
    multiword = joined or (
        " " in match["feast"].strip() and match["feast"].lower() not in {"new year", "new year's"}
    )
    if not (mod or lead or multiword) or (lead and lead.words in {"to"}):
        return None
    if lead and lead.the and not match["feast"].lower().startswith("new year"):
        return None
    if not (
        stands_alone(scene.text, match.end())
        or re.match(r"\s+(?:weekend|break)\b", scene.text[match.end() :])
    ):
        return None
    tense = {"last": "gone", "next": "future", "this": "future"}.get(mod)
    return Core(
        feast(match["feast"], scene.on, tense or scene.tense(match.start(), match.end())),
        roll=relativedelta(years=1),
    )


_LOOSE = r"(?P<loose>about |around |roughly |some |just (?:over|under) )?"
RULES: tuple[Rule, ...] = (
    rule(rf"(?P<n>{COUNT})\s+(?P<unit>{UNIT})s?\s+(?:(?:from|on)\s+)?{_ANCHOR}", _from_day),
    rule(
        rf"(?:the\s+)?(?P<day>{'|'.join(_DAYS).replace(' ', chr(92) + 's+')})(?:\s+{PART_OF_DAY})?",
        _named_day,
    ),
    rule(
        rf"(?P<how>in|within)\s+(?:the\s+)?(?P<next>next\s+|coming\s+)?{_LOOSE}(?:(?P<n>{COUNT})\s+)?"
        rf"(?P<unit>{UNIT})(?:s['’]?|['’]s)?(?P<time>\s+time)?(?:\s+or\s+so)?",
        _in_units,
    ),
    rule(
        rf"(?:over|during|for)\s+the\s+(?:next|coming)\s+(?:(?P<n>{COUNT})\s+)?(?P<unit>{UNIT})s?",
        _over_units,
    ),
    rule(
        rf"{_LOOSE}(?P<n>{COUNT})\s+(?P<unit>{UNIT})s?\s+(?:ago(?:\s+today)?|back(?=[\s.,;]))", _ago
    ),
    rule(rf"(?:(?P<mod>this|next|last)\s+)?(?P<feast>{FEAST})", _feast),
)
