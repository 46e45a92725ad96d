"""A brief's page as the lines one ticks off: pure, from Markdown and back to what is ticked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2s
from typing import Literal

from coach.tui.plain import shown

Kind = Literal["title", "heading", "item", "text"]
_ITEM = re.compile(r"^- (?:\[ \] )?(?P<text>.*)$")
_HEADING = re.compile(r"^\*\*(?P<text>.+)\*\*$")
_SLANTED = re.compile(r"\*(\([^*]+\)|[^*]+)\*")


@dataclass(frozen=True)
class Line:
    """One line of the page, with what is indented below it; ``key`` tells it from the others."""

    kind: Kind
    text: str
    key: str = ""


def lines_of(page: str) -> list[Line]:
    """The page's lines in order, as plain text; blank ones are left out."""
    found: list[Line] = []
    for raw in shown(page).splitlines():
        line = raw.rstrip()
        if line.startswith("  ") and found and found[-1].kind == "item":
            last = found.pop()
            found.append(Line("item", f"{last.text}\n{_plain(line.strip())}"))
        elif line:
            found.append(_line(line))
    seen: dict[str, int] = {}
    return [_keyed(line, seen) for line in found]


def _line(line: str) -> Line:
    if line.startswith("# "):
        return Line("title", line[2:])
    if heading := _HEADING.match(line):
        return Line("heading", heading["text"])
    if item := _ITEM.match(line):
        return Line("item", _plain(item["text"]))
    return Line("text", _plain(line))


def _plain(text: str) -> str:
    return _SLANTED.sub(r"\1", text)


def _keyed(line: Line, seen: dict[str, int]) -> Line:
    if line.kind != "item":
        return line
    seen[line.text] = seen.get(line.text, 0) + 1
    marked = f"{seen[line.text]} {line.text}".encode()
    return Line("item", line.text, blake2s(marked, digest_size=6).hexdigest())


def write_ticks(on: date, keys: Iterable[str]) -> str:
    """What is ticked off on the page for the session of that day; "" for nothing."""
    ticked = sorted(keys)
    return " ".join([on.isoformat(), *ticked]) if ticked else ""


def read_ticks(text: str, on: date) -> set[str]:
    """The keys that :func:`write_ticks` wrote; none for a page of another day."""
    day, *keys = text.split() or [""]
    return set(keys) if day == on.isoformat() else set()
