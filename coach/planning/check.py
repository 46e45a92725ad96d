"""The relationship check: a few statements that each side answers, what they show, where to invest.

It says nothing of anybody's mood or character: it reads numbers that people gave themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import fmean
from typing import Any, Literal

from coach.errors import UsageError
from coach.memory.continuity.say import plain_date
from coach.planning.texts import texts
from coach.text import join_names

Side = Literal["me", "them"]

LEAST, MOST = 1, 5
_STRONG = 4.0
_LOW = 2.2
_LOW_AND_FALLING = 2.8
_FALL = 0.5
_APART = 2


@dataclass(frozen=True)
class Statement:
    """One statement of the check, with the area it belongs to; ``{name}`` is the other person."""

    id: str
    area: str
    text: str


@dataclass(frozen=True)
class Answers:
    """What one side answered on a day, from 1 to 5, by statement."""

    side: Side
    on: date
    given: Mapping[str, int]

    @property
    def areas(self) -> dict[str, float]:
        """The mean of each area that was answered, in the order of the statements."""
        by_area: dict[str, list[int]] = {}
        for statement in statements():
            if statement.id in self.given:
                by_area.setdefault(statement.area, []).append(self.given[statement.id])
        return {area: round(fmean(found), 2) for area, found in by_area.items()}

    @property
    def mean(self) -> float:
        """The mean over all that was answered."""
        return round(fmean(self.given.values()), 2)

    def as_json(self) -> dict[str, Any]:
        """The answers as the command line prints them."""
        return {
            "side": self.side, "on": self.on.isoformat(), "answers": dict(self.given),
            "areas": self.areas, "mean": self.mean,
        }  # fmt: skip


@dataclass(frozen=True)
class Advice:
    """What to make of the answers: the area to invest in and its cards, lines to show, and
    whether it is time for the honest talk about going on or ending."""

    area: str = ""
    cards: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    ending: bool = False
    change: Mapping[str, float] = field(default_factory=dict)


def statements() -> tuple[Statement, ...]:
    """The statements in their order."""
    table = texts("check")["statement"]
    return tuple(Statement(one["id"], one["area"], one["text"]) for one in table)


def read_answers(side: Side, on: date, given: str) -> Answers:
    """Answers from "4,5,3,..." in the order of the statements, or "trust-me=4, limits=2".

    Raises :class:`UsageError` for a number outside 1 to 5, an unknown statement, or too few.
    """
    parts = [part for part in re.split(r"[,;\s]+", given.strip()) if part]
    known = [statement.id for statement in statements()]
    if any("=" in part for part in parts):
        pairs = [part.partition("=")[::2] for part in parts]
    elif len(parts) == len(known):
        pairs = list(zip(known, parts, strict=True))
    else:
        raise UsageError(
            "Check", f"there are {len(known)} statements, and {len(parts)} answers",
            f"Give {len(known)} numbers from {LEAST} to {MOST}, or name them: {known[0]}=4.",
        )  # fmt: skip
    return checked(side, on, dict(pairs))


def checked(side: Side, on: date, given: Mapping[str, Any]) -> Answers:
    """Answers by statement. Raises :class:`UsageError` naming the first that does not fit."""
    known = [statement.id for statement in statements()]
    found: dict[str, int] = {}
    for name, value in given.items():
        if name not in known:
            raise UsageError("Check", f"there is no statement {name!r}", f"Use {', '.join(known)}.")
        number = int(value) if re.fullmatch(r"[1-5]", str(value).strip()) else 0
        if not number:
            raise UsageError(
                "Check", f"{value!r} is no answer to {name!r}", f"Answer {LEAST} to {MOST}."
            )
        found[name] = number
    if not found:
        raise UsageError("Check", "nothing is answered", f"Answer with {LEAST} to {MOST}.")
    return Answers(side, on, {name: found[name] for name in known if name in found})


_FORM_LINE = re.compile(
    r"^[\s>]*(?:[-*+]\s*)?(?:[\[(]\s*(?P<boxed>[^\])]*?)\s*[\])]|(?P<value>[^\s:]*))\s*"
    r"(?P<id>[a-z]+(?:-[a-z]+)*)\s*(?::|$)"
)


def form(name: str, on: date) -> str:
    """An empty form for either side, to fill in and give back as a file."""
    scale = ", ".join(f"{n} {word}" for n, word in enumerate(texts("check")["scale"], 1))
    lines = [
        f"# How it goes between you and {name}, {on.isoformat()}", "",
        f"A number in each bracket: {scale}. Leave one empty rather than guess.", "",
    ]  # fmt: skip
    lines += [f"- [ ] {one.id}: {one.text.replace('{name}', name)}" for one in statements()]
    return "\n".join(lines) + "\n"


def read_form(side: Side, on: date, text: str) -> Answers:
    """Answers from a filled-in :func:`form`; lines that hold no statement are passed over.

    Raises :class:`UsageError` as :func:`checked` does.
    """
    known = {statement.id for statement in statements()}
    given: dict[str, str] = {}
    for line in text.splitlines():
        match = _FORM_LINE.match(line)
        value = (match["boxed"] or match["value"]) if match else ""
        if match and match["id"] in known and value:
            given[match["id"]] = value
    return checked(side, on, given)


# -- reading ------------------------------------------------------------------


def advise(history: Sequence[Answers], name: str) -> Advice:
    """Where to invest, from all answers of both sides (any order); empty for no answers."""
    mine, theirs = _of(history, "me"), _of(history, "them")
    newest = [found[-1] for found in (mine, theirs) if found]
    if not newest:
        return Advice()
    say, areas = texts("check")["words"], texts("check")["area"]
    level = {
        area: min(one.areas[area] for one in newest if area in one.areas)
        for area in areas
        if any(area in one.areas for one in newest)
    }
    change = _change(mine, theirs)
    lines = [_moved(mine, "your"), _moved(theirs, f"{name}'s")]
    lines += [_apart(mine[-1], theirs[-1], name)] if mine and theirs else []
    if ending := _ending(newest, mine, theirs):
        return Advice("", tuple(say["ending_cards"]), (*filter(None, lines), ending), True, change)
    area = min(level, key=lambda one: (level[one], change.get(one, 0.0)))
    title = areas[area]["title"]
    template = say["strong"] if level[area] >= _STRONG else say["low"]
    lines.append(template.replace("{area}", title))
    if not (mine and theirs):
        lines.append(say["one_side"].replace("{name}", name))
    return Advice(area, tuple(areas[area]["cards"]), tuple(filter(None, lines)), False, change)


def _of(history: Sequence[Answers], side: Side) -> list[Answers]:
    """One side's answers by day; the last of a day counts."""
    by_day = {one.on: one for one in history if one.side == side}
    return [by_day[day] for day in sorted(by_day)]


def _change(*sides: Sequence[Answers]) -> dict[str, float]:
    """By area, the change since the time before; the larger fall where both sides have one."""
    found: dict[str, float] = {}
    for side in sides:
        if len(side) < 2:
            continue
        before, now = side[-2].areas, side[-1].areas
        for area in now.keys() & before.keys():
            found[area] = min(found.get(area, float(MOST)), round(now[area] - before[area], 2))
    return dict(sorted(found.items()))


def _moved(side: Sequence[Answers], whose: str) -> str:
    """What moved in one side's answers since the time before, the most first; "" for the first."""
    if len(side) < 2:
        return ""
    say, areas = texts("check")["words"], texts("check")["area"]
    before, now = side[-2].areas, side[-1].areas
    steps = {area: now[area] - before[area] for area in now if area in before}
    told = [
        say["up" if step > 0 else "down"]
        .replace("{area}", areas[area]["title"].lower())
        .replace("{was}", f"{before[area]:g}")
        .replace("{now}", f"{now[area]:g}")
        for area, step in sorted(steps.items(), key=lambda one: -abs(one[1]))
        if step
    ]
    line = str(say["moved"] if told else say["still"])
    day = plain_date(side[-2].on, side[-1].on)
    slots = {"{day}": day, "{whose}": whose, "{what}": join_names(told)}
    for slot, value in slots.items():
        line = line.replace(slot, value)
    return line


def _apart(mine: Answers, theirs: Answers, name: str) -> str:
    """The statement on which the two are furthest apart, said in a line; "" for none far apart."""
    both = [one for one in statements() if one.id in mine.given and one.id in theirs.given]
    if not both:
        return ""
    widest = max(both, key=lambda one: abs(mine.given[one.id] - theirs.given[one.id]))
    if abs(mine.given[widest.id] - theirs.given[widest.id]) < _APART:
        return ""
    slots = {
        "{text}": widest.text, "{mine}": str(mine.given[widest.id]),
        "{theirs}": str(theirs.given[widest.id]), "{name}": name,
    }  # fmt: skip
    line = str(texts("check")["words"]["apart"])
    for slot, value in slots.items():
        line = line.replace(slot, value)
    return line


def _ending(newest: Sequence[Answers], *sides: Sequence[Answers]) -> str:
    """The line that opens the honest talk, or "": when all is low, or low and falling."""
    say = texts("check")["words"]
    level = fmean(one.mean for one in newest)
    if level <= _LOW and all(value <= 3 for one in newest for value in one.areas.values()):
        return str(say["ending"])
    falls = [side[-1].mean - side[-2].mean <= -_FALL for side in sides if len(side) > 1]
    return str(say["ending_falling"]) if falls and all(falls) and level <= _LOW_AND_FALLING else ""
