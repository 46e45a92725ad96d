"""Where something was said: "session 3, 12 May"."""

from __future__ import annotations

import re
from datetime import date

from coach.memory.continuity.say import plain_date
from coach.memory.items import Item

_LONGEST = 160
_STOP = re.compile(r"[.!?][\"'”’)]*(?:\s+|$)")


def said(item: Item, on: date) -> str:
    """The place and day that an item comes from, as read on the day ``on``."""
    place = f"session {item.session}" if item.session is not None else "chat"
    return f"{place}, {plain_date(item.said_on, on)}"


def one_line(text: str) -> str:
    """``text`` without line breaks and doubled spaces."""
    return " ".join(text.split())


def sentence(quote: str, note: str) -> str:
    """The whole sentence of ``note`` that ``quote`` is a part of, where it is short enough."""
    plain = one_line(note)
    start = plain.find(quote)
    if not quote or start < 0:
        return quote
    begin = max((end.end() for end in _STOP.finditer(plain, 0, start)), default=0)
    stop = _STOP.search(plain, start + len(quote.rstrip(" .!?")))
    whole = plain[begin : stop.start() + 1 if stop else len(plain)].strip()
    return whole if len(whole) <= _LONGEST else quote


def mark(private: bool) -> str:
    """What stands beside a private line."""
    return " (private)" if private else ""
