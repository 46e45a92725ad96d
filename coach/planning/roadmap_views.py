"""The roadmap as it is shown: each topic in words, with its session and where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coach.memory.continuity.say import plain_date
from coach.memory.continuity.signs import is_over
from coach.memory.items import Item
from coach.memory.noticing.lexicon import lexicon
from coach.planning.goal_views import GoalView, is_of_kin
from coach.planning.goals import Milestone
from coach.planning.roadmap import Roadmap, Slot, Topic, carried, proposed
from coach.planning.texts import texts
from coach.planning.where import one_line, said
from coach.text import words

ENDING = "stage:ending"
"""The source of the topic of a last meeting."""
_BURDENS = 4
_SLIGHT = 0.2
"""A burden of less weight than this is no topic for a session,"""
_SLIGHT_BEHIND = 0.5
"""nor one of less than this that is told as something that happened: "she cried"."""
_SUBJECT_WORDS = 3
_CARD = "six/roadmap"
_GOAL_CARDS = (_CARD, "six/smart-goals")
_BURDEN_CARDS = (_CARD, "fain/ask-good-questions")


@dataclass(frozen=True)
class Entry:
    """One topic of the roadmap, in words.

    ``place`` counts from 1 for what is ahead and is 0 for what is behind; ``session`` is the number
    that its session will have; ``carried_from`` the day that it was meant for and that has gone by,
    with ``missed`` when no session was held on it. ``said`` is where its words come from, "" for
    words that are nobody's.
    """

    key: str
    place: int
    topic: str
    state: str
    session: int | None = None
    day: date | None = None
    reckoned: bool = False
    carried_from: date | None = None
    missed: bool = False
    cards: tuple[str, ...] = ()
    item: int | None = None
    quote: str = ""
    said: str = ""
    private: bool = False
    ended_on: date | None = None
    source: str = ""

    def as_json(self) -> dict[str, Any]:
        """The entry as the command line prints it."""
        return {
            "key": self.key, "n": self.place or None, "topic": self.topic, "state": self.state,
            "session": self.session, "day": _iso(self.day), "reckoned": self.reckoned,
            "carried_from": _iso(self.carried_from), "missed": self.missed,
            "cards": list(self.cards), "item": self.item, "quote": self.quote or None,
            "said": self.said or None, "private": self.private, "ended_on": _iso(self.ended_on),
        }  # fmt: skip


def sources(
    goals: Sequence[GoalView], items: Sequence[Item], on: date, held: int,
    *, mentee: str, ending: bool = False,
) -> list[str]:  # fmt: skip
    """What a roadmap for these goals and open struggles is made of, in order.

    ``mentee`` is "me" or "them"; ``ending`` says that the end of the pair's time is in sight.
    """
    dated: list[tuple[date, str]] = []
    undated: list[str] = []
    for goal in goals:
        if goal.status != "open":
            continue
        for one in goal.milestones:
            if goal.name and one.done_on is None:
                _sort_in(dated, undated, one.by, _milestone(goal, one), on)
        _sort_in(dated, undated, goal.by, _goal(goal), on)
    burdens = [
        item
        for item in items
        if item.kind == "struggle"
        and item.status == "open"
        and item.about in {mentee, "both"}
        and not is_of_kin(item)
        and _weighs(item)
    ]
    burdens.sort(key=lambda item: (-item.said_on.toordinal(), -item.importance, item.id))
    found = proposed(dated, undated, [f"item:{item.id}" for item in burdens[:_BURDENS]], held)
    return [*found, ENDING] if ending else found


def _weighs(item: Item) -> bool:
    """Whether a burden is worth a session: it weighs something, and is not only over and done."""
    if is_over(item) or item.importance < _SLIGHT:
        return False
    return item.importance >= _SLIGHT_BEHIND or not happened(item.text)


def happened(text: str) -> bool:
    """Whether a clause is told in the simple past: "Beatriz cried", "you were ill"."""
    forms = lexicon().forms
    for word in words(text)[1 : _SUBJECT_WORDS + 2]:
        if word in {"was", "were"}:
            return True
        verb = forms.get(word)
        if verb is not None and word != verb.ing:
            return word == verb.past and word != verb.base
        if word in {"has", "have", "is", "are", "does", "do", "can", "will", "had"}:
            return False
    return False


def closing_first(ahead: Sequence[Entry]) -> list[Entry]:
    """The topics of a last meeting: how to part well, before all that is still ahead."""
    return sorted(ahead, key=lambda entry: entry.source != ENDING)


def live(
    goals: Sequence[GoalView], items: Sequence[Item], held: int, *, ending: bool = False
) -> frozenset[str]:
    """The sources that still hold: open goals, milestones ahead, open items, stages not passed."""
    found = {f"stage:{name}" for name in texts("planning")["stage"]}
    open_goals = [goal for goal in goals if goal.status == "open"]
    if not ending:
        found.discard(ENDING)
    if held:
        found.discard("stage:first")
    if open_goals:
        found.discard("stage:goals")
    found |= {_goal(goal) for goal in open_goals}
    for goal in open_goals:
        found |= {_milestone(goal, one) for one in goal.milestones if one.done_on is None}
    return frozenset(found | {f"item:{item.id}" for item in items if item.status == "open"})


def entries(
    roadmap: Roadmap,
    ahead: Sequence[Slot],
    goals: Sequence[GoalView],
    items: Sequence[Item],
    on: date,
    held: Sequence[date],
) -> list[Entry]:
    """The topics behind, then those ahead laid on the sessions ``ahead``."""
    named = {goal.name: goal for goal in goals if goal.name}
    reader = _Reader(named, {str(item.id): item for item in items}, on)
    late = carried(roadmap, on)
    found = [reader.entry(topic, place=0) for topic in roadmap.behind]
    for place, topic in enumerate(roadmap.ahead, 1):
        slot = ahead[place - 1] if place <= len(ahead) else None
        found.append(
            reader.entry(
                topic,
                place=place,
                session=len(held) + place,
                day=slot.day if slot else None,
                reckoned=bool(slot and slot.reckoned),
                carried_from=late.get(topic.key),
                missed=topic.key in late and late[topic.key] not in set(held),
            )
        )
    return found


@dataclass(frozen=True)
class _Reader:
    """Finds the words behind a topic's source."""

    goals: Mapping[str, GoalView]
    items: Mapping[str, Item]
    on: date

    def entry(self, topic: Topic, **fields: Any) -> Entry:
        found = {**self._words(topic), **fields}
        return Entry(
            key=topic.key, state=topic.state, ended_on=topic.ended_on, source=topic.source, **found
        )

    def _words(self, topic: Topic) -> dict[str, Any]:
        kind, _, rest = topic.source.partition(":")
        match kind:
            case "stage":
                table = texts("planning")["stage"].get(rest, {"topic": rest, "card": _CARD})
                return {"topic": table["topic"], "cards": (table["card"],)}
            case "goal" if rest in self.goals:
                return _from_goal(self.goals[rest])
            case "milestone":
                name, _, step = rest.partition("/")
                goal = self.goals.get(name)
                return {
                    "topic": step, "cards": _GOAL_CARDS, "private": bool(goal and goal.private),
                    "said": f"set on {plain_date(goal.set_on, self.on)}" if goal else "",
                }  # fmt: skip
            case "item" if rest in self.items:
                return _from_item(self.items[rest], self.on)
            case "own":
                return {"topic": topic.text, "cards": (_CARD,)}
            case _:
                return {"topic": "(forgotten)", "cards": (_CARD,)}


def _from_item(item: Item, on: date) -> dict[str, Any]:
    return {
        "topic": item.text, "item": item.id, "quote": one_line(item.quote), "said": said(item, on),
        "private": item.private, "cards": _GOAL_CARDS if item.kind == "goal" else _BURDEN_CARDS,
    }  # fmt: skip


def _from_goal(goal: GoalView) -> dict[str, Any]:
    return {
        "topic": goal.text, "item": goal.item, "quote": goal.quote, "said": goal.said,
        "private": goal.private, "cards": _GOAL_CARDS,
    }  # fmt: skip


def _sort_in(
    dated: list[tuple[date, str]], undated: list[str], day: date | None, source: str, on: date
) -> None:
    if day is None:
        undated.append(source)
    else:
        dated.append((max(day, on), source))


def _goal(goal: GoalView) -> str:
    # A goal that memory noticed is the same topic before and after it is taken up.
    return f"goal:{goal.name}" if goal.item is None else f"item:{goal.item}"


def _milestone(goal: GoalView, one: Milestone) -> str:
    return f"milestone:{goal.name}/{one.text}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
