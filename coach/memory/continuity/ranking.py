"""Which threads to come back to today, most pressing first. Pure: same input, same answer.

The order follows what the library's cards ask of a good mentor: what has just happened
(``fain/create-continuity``), promises due on both sides, one's own first (``six/follow-through``),
struggles and goals without news, wins, personal matters, what is coming up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from coach.memory.continuity.settled import doubt, still_open_on
from coach.memory.continuity.signs import is_dread, is_success
from coach.memory.continuity.situations import Moment, is_scrap, score, situation_of
from coach.memory.continuity.topics import (
    ALIKE,
    Likeness,
    closed_topics,
    is_closed,
    told_once,
)
from coach.memory.continuity.weights import FAMILIES, Situation, Weights
from coach.memory.items import Item, Person

_NEVER = frozenset({"boundary", "preference"})


@dataclass(frozen=True)
class Thread:
    """Items that belong together, the leading one first, with why they matter today."""

    items: tuple[Item, ...]
    situation: Situation
    score: float


def rank(
    items: Sequence[Item],
    on: date,
    *,
    them: Person,
    next_session: date | None,
    sessions: Sequence[date],
    weights: Weights,
) -> list[Thread]:
    """The threads worth pulling on the day ``on``, best first; ties go to the smaller item id.

    Left out: what is closed, resting, suggested often enough, behind a boundary, answered by a
    later item, or too old to ask about; beyond the first few also what has too few points.
    """
    moment = Moment.at(on, sessions, next_session, weights)
    known = sorted((item for item in items if item.said_on <= on), key=lambda item: item.id)
    likeness = Likeness(known, them)
    closed = closed_topics(known, them)
    owed = [item for item in known if item.kind == "commitment" and item.status == "open"]
    again = {item.id for item in owed} - {item.id for item in told_once(owed, them)}
    scored = []
    for item in known:
        if not _can_surface(item, on, weights) or is_closed(item, closed) or item.id in again:
            continue
        # What was told again as open is as fresh as that word of it.
        told = replace(item, said_on=still_open_on(item, known, likeness) or item.said_on)
        situation = situation_of(told, moment, weights)
        if situation is not None and not _answered(told, known, likeness):
            points = score(told, situation, moment, weights)
            if _retold(told, known, likeness):
                points -= weights.retold
            points -= weights.settled * doubt(told, known, likeness)
            if is_scrap(item, situation, likeness.telling(item)):
                points -= weights.scrap
            scored.append((points, item, situation))
    scored.sort(key=lambda found: (-found[0], found[1].id))
    return _merged(scored, likeness, weights)


def _can_surface(item: Item, on: date, w: Weights) -> bool:
    if item.status != "open" or item.kind in _NEVER or item.surfaced >= w.most_surfaced:
        return False
    if item.surfaced_on is None or (on - item.surfaced_on).days >= w.rest_days:
        return True
    last = item.until or item.when
    return last is not None and item.surfaced_on <= last < on


def _retold(item: Item, known: Sequence[Item], likeness: Likeness) -> bool:
    """Whether a later session came back to what ``item`` promised or told."""
    if item.kind == "goal":
        return False
    near = likeness.near(item)
    since = item.when if item.kind == "event" and item.when else item.said_on
    return any(
        other.id in near
        and other.said_on >= since
        and other.said_on > item.said_on
        and likeness(item, other) >= ALIKE
        for other in known
    )


def _answered(item: Item, known: Sequence[Item], likeness: Likeness) -> bool:
    """Whether a later item already brings the news of this one.

    A struggle is answered by a later success in it, or by the end of the event that it was about;
    an event, by anything like it that was said after it had taken place; anything, by a later item
    of its kind and owner that says the same and is closed.
    """
    last = item.until or item.when
    near = likeness.near(item)
    if item.kind == "struggle" and any(_was_dreaded(other, item) for other in known):
        return True
    for other in known:
        if other.id == item.id or other.id not in near:
            continue
        if item.kind == "struggle" and _ended_after(other, item) and likeness(item, other) >= ALIKE:
            return True
        if other.said_on <= item.said_on:
            continue
        told_after = item.kind == "event" and last is not None and other.said_on > last
        if _dated_better(other, item) and likeness(item, other) >= ALIKE:
            return True
        overcome = item.kind == "struggle" and other.kind == "win" and other.about == item.about
        news = overcome or (told_after and other.kind != "commitment")
        if news and likeness(item, other) >= ALIKE:
            return True
        same = other.kind == item.kind and other.owner == item.owner and other.status != "open"
        same = same and (item.kind != "event" or item.when in {None, other.when})
        if same and likeness(item, other, names=False) >= ALIKE:
            return True
    return False


def _ended_after(event: Item, item: Item) -> bool:
    """Whether ``event`` was closed later than ``item`` was said."""
    closed = event.closed_on
    return event.kind == "event" and closed is not None and closed > item.said_on


def _was_dreaded(event: Item, item: Item) -> bool:
    """Whether ``item`` is the dread, told in one breath, of an event that was told as over."""
    together = event.session == item.session and abs(event.id - item.id) == 1
    return together and is_dread(item) and _ended_after(event, item)


def _dated_better(other: Item, item: Item) -> bool:
    """Whether ``other`` names the day of an event that was only known by its interval."""
    if other.kind != "event" or item.kind != "event" or item.until is None or item.when is None:
        return False
    narrower = (other.until or other.when) != item.until or other.when != item.when
    return narrower and other.when is not None and item.when <= other.when <= item.until


def _merged(
    scored: Sequence[tuple[float, Item, Situation]], likeness: Likeness, w: Weights
) -> list[Thread]:
    """One thread for items that speak of the same thing, led by the most pressing of them."""
    groups: list[tuple[float, Situation, list[Item]]] = []
    for points, item, situation in scored:
        near = likeness.near(item)
        for _, _, members in groups:
            lead = members[0]
            if (lead.id in near or lead.session == item.session) and likeness.same_thread(
                lead, item
            ):
                members.append(item)
                break
        else:
            groups.append((points, situation, [item]))
    threads = [
        Thread(tuple(members), situation, points + w.merged * (len(members) - 1))
        for points, situation, members in groups
    ]
    return _varied(sorted(threads, key=_order), likeness, w)


def _varied(threads: Sequence[Thread], likeness: Likeness, w: Weights) -> list[Thread]:
    """The threads with those put back whose family or theme already has its places."""
    seen: Counter[str] = Counter()
    found: list[Thread] = []
    own = {thread.items[0].id: thread.score for thread in threads}
    for thread in threads:
        family, places = FAMILIES[thread.situation.split("-")[0]]
        over = max(0, seen[family] + 1 - places)
        seen[family] += 1
        lead = thread.items[0]
        again = any(
            other.items[0].when == lead.when
            and lead.kind == "event"
            and likeness(other.items[0], lead) >= ALIKE
            for other in found
        )
        points = thread.score - w.crowded * over
        if again:
            points -= w.same_theme
            own[lead.id] = points
        found.append(replace(thread, score=points))
    found.sort(key=_order)
    return [
        thread
        for place, thread in enumerate(found)
        if (place < w.least_threads and thread.score >= w.floor)
        or own[thread.items[0].id] >= w.least_score
        or _is_real_win(thread, w)
    ]


def _is_real_win(thread: Thread, w: Weights) -> bool:
    """Whether the thread is a success clear enough to be celebrated whatever its points."""
    lead = thread.items[0]
    return thread.situation == "win" and lead.importance >= w.least_win and is_success(lead)


def _order(thread: Thread) -> tuple[float, int]:
    return (-thread.score, thread.items[0].id)
