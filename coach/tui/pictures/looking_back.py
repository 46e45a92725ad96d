"""The four pictures of a pair's time together, from what is known of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coach.tui.memory_words import say_day
from coach.tui.pictures.model import Lane, Lanes, Mark, Picture, Series, Stacks, Trend
from coach.tui.plain import one_line

if TYPE_CHECKING:
    from coach.memory.items import Owner
    from coach.planning.check import Answers
    from coach.planning.goal_views import GoalView
    from coach.planning.lookback import Lookback, Promise, Thread

MOST_THREADS = 30
"""Threads that the picture shows: the newest ones, and those that are open."""
MOST_LATE = 3
"""Overdue promises that are named."""
_MARGIN = timedelta(days=7)
_LEAST = timedelta(days=60)
HELD, PLANNED, ABOUT, CLOSED, LATE = "●", "○", "◆", "x", "!"
KEPT, OPEN, DROPPED = "+", "o", "-"
YOU, THEM, BOTH = "o", "x", "*"

_SESSIONS_KEY = (
    (HELD, "met"), (PLANNED, "planned"), (ABOUT, "the day it is about"), (CLOSED, "closed"),
    ("¦", "today"),
)  # fmt: skip
_PROMISES_KEY = ((KEPT, "kept"), (OPEN, "open"), (LATE, "overdue"), (DROPPED, "given up"))
_GOALS_KEY = (
    (KEPT, "milestone reached"), (OPEN, "ahead"), (LATE, "past its day"), (":", "noted"),
    (CLOSED, "goal closed"), ("¦", "today"),
)  # fmt: skip


def pictures(seen: Lookback) -> list[Picture]:
    """All of them, in the order of the pages that show them."""
    return [threads(seen), promises(seen), goals(seen.goals, seen.on, _since(seen)), trend(seen)]


def _since(seen: Lookback) -> date:
    told = [one.told_on for one in seen.threads]
    return min([*seen.held, *told, seen.on], default=seen.on)


# -- threads and sessions -------------------------------------------------------------------------


def threads(seen: Lookback) -> Picture:
    """When you met, and how long each thread was open."""
    title = "Sessions and threads"
    if not (seen.held or seen.planned or seen.threads):
        return Picture(
            title, "There is nothing to show yet. Write up a session, and"
            " what was told in it appears here, beside the days on which you met.",
        )  # fmt: skip
    first = min([_since(seen), *seen.planned]) - _MARGIN
    ahead = [one.falls_on for one in seen.threads if one.falls_on and one.closed_on is None]
    near = [day for day in ahead if day <= seen.on + 2 * _LEAST]
    last = max([seen.on, *seen.planned[:3], *near]) + _MARGIN
    sessions = Lane(
        "Sessions",
        (*(Mark(day, HELD) for day in seen.held), *(Mark(day, PLANNED) for day in seen.planned)),
    )
    shown = sorted(seen.threads, key=lambda one: (one.closed_on is not None, -_ordinal(one)))
    lanes = [_thread(one, seen.on) for one in sorted(shown[:MOST_THREADS], key=_ordinal)]
    return Picture(
        title,
        _said_threads(seen, len(shown) - MOST_THREADS),
        _SESSIONS_KEY,
        Lanes((sessions, *lanes), first, last, seen.on),
    )


def _ordinal(one: Thread) -> int:
    return one.told_on.toordinal()


def _thread(one: Thread, today: date) -> Lane:
    about = [Mark(one.falls_on, ABOUT)] if one.falls_on else []
    closed = [Mark(one.closed_on, CLOSED)] if one.closed_on else []
    end = one.closed_on or max(today, one.falls_on or today)
    return Lane(_named(one.text, one.private), (*about, *closed), (one.told_on, end))


def _said_threads(seen: Lookback, hidden: int) -> str:
    is_open = [one for one in seen.threads if one.closed_on is None]
    parts = [f"You met {_times(len(seen.held))}" if seen.held else "You have not met yet"]
    if seen.held:
        parts[0] += f", last on {say_day(seen.held[-1], seen.on)}"
    if seen.planned:
        parts.append(f"the next session is planned for {say_day(seen.planned[0], seen.on)}")
    said = f"{'; '.join(parts)}. {_count(len(is_open), 'thread is', 'threads are')} open"
    closed = len(seen.threads) - len(is_open)
    said += f", {closed} closed." if closed else "."
    if is_open:
        oldest = min(is_open, key=_ordinal)
        said += f" Open longest: {one_line(oldest.text)}, since {say_day(oldest.told_on, seen.on)}."
    return f"{said} {hidden} older ones are left out." if hidden > 0 else said


def _named(text: str, private: bool) -> str:
    return f"{one_line(text)}{' (private)' if private else ''}"


# -- promises -------------------------------------------------------------------------------------


def promises(seen: Lookback) -> Picture:
    """What each side promised, and what came of it, month by month."""
    title = "Promises, both ways"
    name = one_line(seen.name)
    if not seen.promises:
        return Picture(
            title, f"No promise is remembered yet, neither yours nor {name}'s. One that a note"
            ' names ("I send her the list by Friday") is counted here, and so is whether it was'
            " kept.",
        )  # fmt: skip
    mine = [one for one in seen.promises if one.owner in {"me", "both"}]
    theirs = [one for one in seen.promises if one.owner in {"them", "both"}]
    days = [one.on for one in seen.promises]
    words = f"{_said_promises(mine, 'You')} {_said_promises(theirs, name)}"
    late = [one for one in seen.promises if one.outcome == "late"]
    listed = "; ".join(f"{_named(one.text, one.private)}, since {say_day(one.on, seen.on)}"
                       for one in late[-MOST_LATE:])  # fmt: skip
    words += f" Overdue: {listed}." if listed else ""
    return Picture(
        title,
        words,
        _PROMISES_KEY,
        Stacks(
            _signs(mine), _signs(theirs), "You", name, min([*days, seen.on - _LEAST]),
            max([*days, seen.on]),
        ),
    )  # fmt: skip


def _signs(found: Sequence[Promise]) -> tuple[tuple[date, str], ...]:
    sign = {"kept": KEPT, "open": OPEN, "late": LATE, "dropped": DROPPED}
    order = list(sign)
    piled = sorted(found, key=lambda one: (order.index(one.outcome), one.on))
    return tuple((one.on, sign[one.outcome]) for one in piled)


def _said_promises(found: Sequence[Promise], who: str) -> str:
    if not found:
        return f"{who} promised nothing that is remembered."
    counts = {what: sum(one.outcome == what for one in found) for what in ("open", "late")}
    kept = sum(one.outcome == "kept" for one in found)
    said = f"{who} kept {kept} of {_count(len(found), 'promise')}"
    rest = [
        f"{counts['open']} open" if counts["open"] else "",
        f"{counts['late']} overdue" if counts["late"] else "",
    ]
    listed = " and ".join(part for part in rest if part)
    return f"{said}; {listed}." if listed else f"{said}."


# -- goals ----------------------------------------------------------------------------------------


def goals(found: Sequence[GoalView], today: date, since: date | None = None) -> Picture:
    """Each goal from the day it was set to its day, with its milestones."""
    title = "Goals"
    kept = [one for one in found if one.name]
    if not kept:
        return Picture(
            title, "No goal is set yet. With a goal, its day and two or three milestones, this"
            " shows how far it is. The page of goals is where one is added.",
        )  # fmt: skip
    days = [day for one in kept for day in _days(one)]
    first = min([*days, since or today]) - _MARGIN
    last = max([*days, today + _LEAST]) + _MARGIN
    return Picture(
        title,
        _said_goals(kept, today),
        _GOALS_KEY,
        Lanes(tuple(_goal(one, today) for one in kept), first, last, today),
    )


def _days(goal: GoalView) -> list[date]:
    marks = [day for one in goal.milestones for day in (one.by, one.done_on) if day]
    return [goal.set_on, *([goal.by] if goal.by else []), *marks, *(n.on for n in goal.progress)]


def _goal(one: GoalView, today: date) -> Lane:
    marks = [Mark(note.on, ":") for note in one.progress]
    for step in one.milestones:
        if step.done_on is not None:
            marks.append(Mark(step.done_on, KEPT))
        elif step.by is not None:
            marks.append(Mark(step.by, LATE if step.by < today else OPEN))
    end = one.by or today
    if one.closed_on is not None:
        end = one.closed_on
        marks.append(Mark(end, CLOSED))
    return Lane(f"{_share(one)}{one_line(one.text)}", tuple(marks), (one.set_on, end))


def _share(one: GoalView) -> str:
    if one.status != "open":
        return f"{one.status}: "
    done = sum(step.done_on is not None for step in one.milestones)
    return f"{done}/{len(one.milestones)} " if one.milestones else ""


def _said_goals(kept: Sequence[GoalView], today: date) -> str:
    is_open = [one for one in kept if one.status == "open"]
    reached = sum(one.status == "done" for one in kept)
    said = f"{_count(len(is_open), 'goal is', 'goals are')} open"
    said += f", {reached} reached." if reached else "."
    for one in is_open:
        done = sum(step.done_on is not None for step in one.milestones)
        text = one_line(one.text)
        if one.milestones:
            said += f" {text}: {done} of {_count(len(one.milestones), 'milestone')} reached"
            said += f", next {one_line(one.next.text)}" if one.next else ""
            if one.next and one.next.by:
                said += f" by {say_day(one.next.by, today)}"
            said += "."
    return said


# -- the check ------------------------------------------------------------------------------------


def trend(seen: Lookback) -> Picture:
    """How both sides answered the relationship check over time."""
    return check_trend(seen.checks, one_line(seen.name), seen.on)


def check_trend(checks: Sequence[Answers], name: str, today: date) -> Picture:
    """The mean of each side's answers by day."""
    title = "How it goes between you"
    if not checks:
        return Picture(
            title, f"Neither of you has answered yet. Eight short statements, from 1 to 5, for you"
            f" and for {name}: answered every few months, they show here what grows and what"
            " fades.",
        )  # fmt: skip
    series = [Series(YOU, _means(checks, "me")), Series(THEM, _means(checks, "them"))]
    first = min(one.on for one in checks)
    return Picture(
        title,
        f"{_said_means(checks, 'me', 'You')} {_said_means(checks, 'them', name)}",
        ((YOU, "you"), (THEM, name), (BOTH, "both the same")),
        Trend(
            tuple(one for one in series if one.points), 1, 5, min(first, today - _LEAST), today,
            BOTH,
        ),
    )  # fmt: skip


def _means(checks: Sequence[Answers], side: Owner) -> tuple[tuple[date, float], ...]:
    by_day = {one.on: one.mean for one in checks if one.side == side}
    return tuple(sorted(by_day.items()))


def _said_means(checks: Sequence[Answers], side: Owner, who: str) -> str:
    points = _means(checks, side)
    if not points:
        return f"{who} did not answer yet." if who == "You" else f"{who} has not answered yet."
    now = points[-1][1]
    if len(points) == 1:
        return f"{who} answered once, {now:.1f} out of 5 on average."
    before = points[-2][1]
    moved = "as before" if now == before else f"{'up' if now > before else 'down'} from"
    moved = moved if now == before else f"{moved} {before:.1f}"
    return f"{who} answered {_times(len(points))}, last {now:.1f} out of 5 on average, {moved}."


# -- words ----------------------------------------------------------------------------------------


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def _times(number: int) -> str:
    return {0: "not yet", 1: "once", 2: "twice"}.get(number, f"{number} times")
