"""The sections of the page before a session, each from what is known. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from coach.library.cards import Card
from coach.library.slots import fill, needs_more
from coach.memory.continuity import FollowUp
from coach.memory.continuity.say import plain_date, say_age
from coach.memory.continuity.signs import is_over
from coach.memory.items import Item
from coach.planning.goal_views import GoalView, is_of_kin
from coach.planning.known import Known, Line, may_say
from coach.planning.texts import texts
from coach.planning.where import one_line, said, sentence

_WIN_DAYS = 90
_LONG_GAP = 60
"""After so many days without a session the silence comes before any topic."""
_QUESTIONS = 5
_TOLD = ("struggle", "event", "plan", "win", "goal")
"""What can be the latest from the mentee; of one day what weighs most comes first, then by kind,"""
_UNCLEAR = re.compile(r"(?:one of|it|this|that|these|those|they|he|she|there)\b", re.IGNORECASE)
"""but what does not say by itself whom it is about comes last."""


# -- where things stand -------------------------------------------------------


def stand(known: Known, goals: Sequence[GoalView], owed: Sequence[Item]) -> tuple[Line, ...]:
    """Three lines: how often you met, the latest from the mentee, what is open."""
    return (_met(known), _latest(known), _open(known, goals, owed))


def stand_first(known: Known, goals: Sequence[GoalView]) -> tuple[Line, ...]:
    """The three lines before a first meeting."""
    name = known.name
    return (
        Line(f"You have not met yet, as far as I know, and I know nothing about {name}."),
        Line("So this page is for getting to know each other and settling how you work."),
        Line(f"{_count(len(goals), 'goal is set', 'goals are set').capitalize()}."),
    )


def _met(known: Known) -> Line:
    held = [one for one in known.sessions if one.on <= known.on]
    if not held:
        return Line("You have not met yet, as far as I know.")
    last = max(held, key=lambda one: (one.on, one.number))
    times = {1: "once", 2: "twice"}.get(len(held), f"{len(held)} times")
    when = f"{plain_date(last.on, known.on)}, {say_age(last.on, known.on)}"
    met = f"You have met {times}, last on {when} (session {last.number})."
    if (known.on - last.on).days < _LONG_GAP:
        return Line(met)
    words = texts("planning")["page"][known.role]
    gap, card = str(words["gap"]).replace("{name}", known.name), str(words["gap_card"])
    return Line(f"{met} {gap}", cards=(card,))


def _latest(known: Known) -> Line:
    told = [
        item
        for item in known.items
        if item.about in {_mentee(known), "both"}
        and item.kind in _TOLD
        and item.status == "open"
        and not is_over(item)
        and not (item.kind == "goal" and is_of_kin(item))
    ]  # fmt: skip
    if not told:
        whose = "your" if known.role == "mentee" else f"{known.name}'s"
        return Line(f"Nothing is noted yet of what is on {whose} mind.")
    best = min(
        told,
        key=lambda one: (
            -one.said_on.toordinal(), bool(_UNCLEAR.match(one.text)), -one.importance,
            _TOLD.index(one.kind), one.id,
        ),
    )  # fmt: skip
    lead = str(texts("planning")["page"][known.role]["latest"])
    line = from_item(best, known.on, text=lead.replace("{name}", known.name))
    note = next((one.note for one in known.sessions if one.number == best.session), "")
    whole = sentence(line.quote, note)
    return replace(line, quote=whole) if may_say(known, best, whole) else line


def _open(known: Known, goals: Sequence[GoalView], owed: Sequence[Item]) -> Line:
    mine = sum((item.owner or item.about) != "them" for item in owed)
    late = sum(_late(item, known.on) > 0 for item in owed)
    past = f", {late} past the day" if late else ""
    coming = [line.due for line in milestones(goals, known.on) if line.due and not line.late]
    ahead = f"; the next milestone is for {plain_date(coming[0], known.on)}" if coming else ""
    return Line(
        f"Open: {_count(mine, 'promise', 'promises')} of yours and {len(owed) - mine or 'none'}"
        f" of {known.name}'s{past}; {_count(len(goals), 'goal', 'goals')}{ahead}."
    )


# -- from memory --------------------------------------------------------------


def follow_up(one: FollowUp, known: Known) -> Line:
    """A thread to come back to, with its quote and where that was said."""
    item = next((item for item in known.items if item.id == one.items[0]), None)
    where = said(item, known.on) if item else plain_date(one.said_on, known.on)
    return Line(
        one.ask, one_line(one.quote), where, one.items[0], one.private, one.due,
        why=one.why, cards=one.cards,
    )  # fmt: skip


def promises(items: Sequence[Item], owners: tuple[str, ...], on: date) -> tuple[Line, ...]:
    """The promises of these owners: what is late first, then by day, then without one."""
    found = [item for item in items if (item.owner or item.about) in owners]
    found.sort(key=lambda item: (_last(item) or date.max, item.said_on, item.id))
    return tuple(from_item(item, on) for item in found)


def milestones(goals: Sequence[GoalView], on: date) -> tuple[Line, ...]:
    """The next milestone of each goal, by day."""
    found = []
    for goal in goals:
        if (one := goal.next) is not None:
            late = max(0, (on - one.by).days) if one.by else 0
            found.append(
                Line(
                    one.text, said=f"set on {plain_date(goal.set_on, on)}", private=goal.private,
                    due=one.by, late=late, why=goal.text,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda line: line.due or date.max))


def celebrate(known: Known) -> Line:
    """The mentee's newest success; else a promise they kept or a milestone reached; else a hint."""
    since = known.on - timedelta(days=_WIN_DAYS)
    wins = [
        (item.said_on, item)
        for item in known.items
        if item.kind == "win"
        and item.about in {_mentee(known), "both"}
        and item.status not in {"superseded", "dropped"}
    ]
    kept = [
        (item.closed_on or item.said_on, item)
        for item in known.items
        if item.kind == "commitment"
        and item.status == "done"
        and (item.owner or item.about) == _mentee(known)
    ]
    for found in (wins, kept):
        recent = [(day, item) for day, item in found if since <= day <= known.on]
        if recent:
            best = max(recent, key=lambda pair: (pair[0], pair[1].importance, -pair[1].id))[1]
            line = from_item(best, known.on)
            return line if found is wins else replace(line, text=f"A promise kept: {line.text}")
    for goal in known.goals:
        for one in goal.milestones:
            if one.done_on is not None and since <= one.done_on <= known.on:
                reached = f"reached on {plain_date(one.done_on, known.on)}"
                return Line(one.text, said=reached, private=goal.private, why=goal.text)
    page = texts("planning")["page"][known.role]
    text = str(page["no_win"]).replace("{name}", known.name)
    return Line(text, cards=(page["no_win_card"],))


# -- questions ----------------------------------------------------------------


def questions(known: Known) -> tuple[Line, ...]:
    """Five of the suggested questions, with where what they rest on was said."""
    by_id = {item.id: item for item in known.items}
    found = []
    for one in known.questions[:_QUESTIONS]:
        items = [by_id[key] for key in one.items if key in by_id]
        found.append(
            Line(
                one.question,
                quote=one_line(items[0].quote) if items else "",
                said=said(items[0], known.on) if items else "",
                item=items[0].id if items else None,
                private=any(item.private for item in items),
                why=one.why,
                cards=tuple(one.cards),
            )
        )
    return tuple(found)


def questions_first(known: Known, card: Callable[[str], Card]) -> tuple[Line, ...]:
    """Five questions for a first meeting, taken in turn from the cards about one."""
    placed = [
        (place, Line(fill(text, known.name), cards=(key,), why=card(key).title))
        for key in texts("planning")["page"]["first"]["cards"]
        for place, text in enumerate(_early(card(key)))
    ]
    return tuple(line for _, line in sorted(placed, key=lambda pair: pair[0]))[:_QUESTIONS]


def _early(card: Card) -> list[str]:
    depths = {"opening", "exploring"}
    return [q.text for q in card.questions if q.depth in depths and not needs_more(q.text)]


# -- pieces -------------------------------------------------------------------


def from_item(item: Item, on: date, text: str = "") -> Line:
    """A memory item as a line, in its own words or after ``text``."""
    return Line(
        text or item.text, one_line(item.quote), said(item, on), item.id, item.private,
        _last(item), _late(item, on),
    )  # fmt: skip


def _mentee(known: Known) -> str:
    return "them" if known.role == "mentor" else "me"


def _late(item: Item, on: date) -> int:
    last = _last(item)
    return max(0, (on - last).days) if last and item.status == "open" else 0


def _last(item: Item) -> date | None:
    return item.until or item.when


def _count(number: int, one: str, many: str) -> str:
    return f"{number or 'no'} {one if number == 1 else many}"
