"""Days, states and persons of memory items in words, and days read from words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from coach.tui.plain import one_line

if TYPE_CHECKING:
    from coach.memory.dates import Locale
    from coach.memory.items import Draft, Item

_STATUS = {"open": "open", "done": "done", "dropped": "given up", "superseded": "replaced"}
_DATED = {"event", "commitment"}


def say_day(day: date, today: date) -> str:
    """ "Fri 9 May", with the year when it is not that of ``today``."""
    said = f"{day:%a} {day.day} {day:%b}"
    return said if day.year == today.year else f"{said} {day.year}"


def say_days(when: date | None, until: date | None, today: date) -> str:
    """A day, or an interval as "Sun 3 May to Sat 9 May"; empty for no date."""
    if when is None:
        return ""
    first = say_day(when, today)
    return f"{first} to {say_day(until, today)}" if until and until != when else first


def is_overdue(item: Item, today: date) -> bool:
    """Whether ``item`` is a promise that is open past its day."""
    last = item.until or item.when
    return item.kind == "commitment" and item.status == "open" and bool(last and last < today)


def say_date_of(item: Item, today: date) -> str:
    """When an item is due or takes place; empty for one without a date."""
    said = say_days(item.when, item.until, today)
    if not said or item.kind != "commitment" or item.status != "open":
        return said
    return f"overdue since {said}" if is_overdue(item, today) else f"due {said}"


def say_state(item: Item, today: date) -> str:
    """Date, status and marks of an item: "due Fri 9 May, open, asked Fri 2 May, private"."""
    date_said = say_date_of(item, today)
    if not date_said and item.kind in _DATED and item.status == "open":
        date_said = "no date"
    asked = f"asked {say_day(item.surfaced_on, today)}" if item.surfaced_on else ""
    parts = [date_said, _STATUS[item.status], asked, "private" if item.private else ""]
    return ", ".join(part for part in parts if part)


def say_status(item: Item, today: date) -> str:
    """The status, with the day when it was closed: "done on Fri 9 May"."""
    said = _STATUS[item.status]
    return f"{said} on {say_day(item.closed_on, today)}" if item.closed_on else said


def say_asked(item: Item, today: date) -> str:
    """How often the user has asked about it, and when last; empty for never."""
    if item.surfaced_on is None:
        return ""
    times = {1: "once", 2: "twice"}.get(item.surfaced, f"{item.surfaced} times")
    return f"{times}, on {say_day(item.surfaced_on, today)}"


def say_who(who: str | None, name: str) -> str:
    """ "you", the other person's first name, or both; empty for no one."""
    return {"me": "you", "them": name, "both": f"you and {name}"}.get(who or "", "")


def say_source(said_on: date, session: int | None, today: date) -> str:
    """Where an item comes from: "Said on Mon 2 Mar, session 3"."""
    place = f"session {session}" if session else "in the chat"
    return f"Said on {say_day(said_on, today)}, {place}"


def say_draft(draft: Draft, today: date) -> str:
    """A proposal as one reads it: "Rosa defends her thesis (event, Fri 9 May)"."""
    marks = [draft.kind, say_days(draft.when, draft.until, today)]
    marks.append("private" if draft.private else "")
    return f"{one_line(draft.text)} ({', '.join(mark for mark in marks if mark)})"


def write_days(when: date | None, until: date | None) -> str:
    """Days as :func:`read_days` reads them back: ISO, an interval with "to"."""
    if when is None:
        return ""
    return f"{when} to {until}" if until and until != when else str(when)


def read_days(
    text: str, today: date, locale: Locale | None = None, *, past: bool = False
) -> tuple[date | None, date | None]:
    """The day or interval that ``text`` names: ISO, "9 May", "next Friday", "3 to 9 May".

    With ``past``, "Friday" is the last one rather than the next; ``locale`` says what 3/4 is.
    (None, None) for no text. Raises ValueError for a text that is anything else.
    """
    text = one_line(text)
    if not text:
        return None, None
    first, _, last = text.partition(" to ")
    try:
        when, until = date.fromisoformat(first), date.fromisoformat(last) if last else None
    except ValueError:
        return _read_words(text, today, locale, "we met " if past else "")
    if until and until < when:
        raise ValueError(text)
    return when, until


def _read_words(
    text: str, today: date, locale: Locale | None, lead: str
) -> tuple[date | None, date | None]:
    from coach.memory.dates import HERE, find_dates

    for said in (f"{lead}{text}", f"{lead}on {text}", f"{lead}from {text}"):
        for mention in find_dates(said, today, locale or HERE):
            rest = said[len(lead) : max(len(lead), mention.start)] + said[mention.end :]
            if mention.when and not rest.strip(" ."):
                return mention.when, mention.until
    raise ValueError(text)
