"""What the first page lists: pure functions from how things stand to rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from coach.tui.memory_rows import Row, Section
from coach.tui.memory_words import say_date_of, say_day
from coach.tui.plain import one_line
from coach.tui.wording import pair_line

if TYPE_CHECKING:
    from coach.memory.items import Item
    from coach.planning.standing import Standing
    from coach.storage.planned import Planned

NO_ONE = "none"
"""The key of the row for a conversation about no one in particular; others are ids of pairs."""
_MOST_LINES = 4


def home_sections(found: Sequence[Standing], today: date) -> list[Section]:
    """The pairs, then the row for no one in particular."""
    alone = Row(
        NO_ONE, (), "No one in particular", "questions about mentoring in general",
        (("", "No one in particular"),
         ("Chat", "Ask about mentoring in general. Nothing of it is kept with a pair.")),
    )  # fmt: skip
    return [Section("", (*(_row(one, today) for one in found), alone))]


def _row(one: Standing, today: date) -> Row:
    name = pair_line(one.pair)
    meta = "\n  ".join([_when(one, today), _waiting(one)])
    return Row(str(one.pair.id), (), name, meta, tuple(_detail(one, today, name)))


def _when(one: Standing, today: date) -> str:
    if one.coming is not None:
        return f"next: {_planned(one.coming, today)}, {_ahead(one.coming.on, today)}"
    if one.last is not None:
        return f"last met {say_day(one.last, today)}, {_ago(one.last, today)}"
    return "not met yet"


def _waiting(one: Standing) -> str:
    parts = [
        f"{_count(len(one.overdue), 'promise')} overdue" if one.overdue else "",
        f"{len(one.due)} due soon" if one.due else "",
        f"{_count(len(one.threads), 'thread')} open" if one.threads else "",
    ]
    return ", ".join(part for part in parts if part) or "nothing is waiting"


def _detail(one: Standing, today: date, name: str) -> list[tuple[str, str]]:
    coming = "none is planned: coach session plan"
    if one.coming is not None:
        length = f"{one.coming.minutes} minutes" if one.coming.minutes else ""
        said = [_planned(one.coming, today), length, one_line(one.coming.place)]
        coming = ", ".join(part for part in said if part)
    last = f"{say_day(one.last, today)}, {_ago(one.last, today)}" if one.last else "not yet"
    lines = [
        ("", name),
        ("Next session", coming),
        ("Last met", f"{last}; {_count(one.sessions, 'session')}" if one.last else last),
        ("Overdue", _list(one.overdue, today)),
        ("Due soon", _list(one.due, today)),
        ("To come back to", _threads(one)),
    ]
    return [(label, text) for label, text in lines if text]


def _list(items: Sequence[Item], today: date) -> str:
    lines = [
        f"- {one_line(item.text)}, {say_date_of(item, today)}{' (private)' if item.private else ''}"
        for item in items[:_MOST_LINES]
    ]
    return "\n".join([*lines, *_more(len(items))])


def _threads(one: Standing) -> str:
    lines = [
        f"- {one_line(thread.topic)}{' (private)' if thread.private else ''}"
        for thread in one.threads[:_MOST_LINES]
    ]
    return "\n".join([*lines, *_more(len(one.threads))])


def _more(count: int) -> list[str]:
    return [f"  and {count - _MOST_LINES} more"] if count > _MOST_LINES else []


def _planned(one: Planned, today: date) -> str:
    at = f" at {one.at.isoformat('minutes')}" if one.at else ""
    return f"{say_day(one.on, today)}{at}"


def _ahead(day: date, today: date) -> str:
    days = (day - today).days
    return {0: "today", 1: "tomorrow"}.get(days, f"in {_span(days)}")


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    return {0: "today", 1: "yesterday"}.get(days, f"{_span(days)} ago")


def _span(days: int) -> str:
    if days < 14:
        return _count(days, "day")
    return _count(round(days / 7), "week") if days < 70 else _count(round(days / 30.4), "month")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
