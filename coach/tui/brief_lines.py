"""A brief's page as the lines one ticks off: pure, from Markdown and back to what is ticked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2s
from typing import TYPE_CHECKING, Literal

from coach.tui.plain import shown

if TYPE_CHECKING:
    from coach.planning.page import Ref, Written

Kind = Literal["title", "heading", "item", "text"]
_ITEM = re.compile(r"^- (?:\[ \] )?(?P<text>.*)$")
_HEADING = re.compile(r"^\*\*(?P<text>.+)\*\*$")
_SLANTED = re.compile(r"\*(\([^*]+\)|[^*]+)\*")


@dataclass(frozen=True)
class Line:
    """One line of the page, with what is indented below it; ``key`` tells it from the others.

    ``ref`` is what ticking it off settles, if anything.
    """

    kind: Kind
    text: str
    key: str = ""
    ref: Ref | None = None


def lines_of(page: Iterable[Written]) -> list[Line]:
    """The page's lines in order, as plain text; blank ones are left out."""
    found: list[Line] = []
    for one in page:
        line = _one(one)
        if line.startswith("  ") and found and found[-1].kind == "item":
            last = found.pop()
            found.append(replace(last, text=f"{last.text}\n{_plain(line.strip())}"))
        elif line:
            found.append(replace(_line(line), ref=one.ref))
    seen: dict[str, int] = {}
    return [_keyed(line, seen) for line in found]


def markdown_of(page: Iterable[Written], ticked: Collection[str]) -> str:
    """The page as Markdown, with a mark at each line whose key is in ``ticked``."""
    lines = list(page)
    keys = iter([line.key for line in lines_of(lines) if line.kind == "item"])
    made = []
    for line in map(_one, lines):
        item = _ITEM.match(line)
        ticked_off = item is not None and next(keys, "") in ticked
        made.append(f"- [x] {item['text']}" if item and ticked_off else line)
    return "\n".join(made) + "\n"


def _one(written: Written) -> str:
    return " ".join(shown(written.text).splitlines()).rstrip()


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
    return replace(line, key=blake2s(marked, digest_size=6).hexdigest())


def write_ticks(on: date, keys: Iterable[str]) -> str:
    """What is ticked off on the page for the session of that day; "" for nothing."""
    ticked = sorted(keys)
    return " ".join([on.isoformat(), *ticked]) if ticked else ""


def read_ticks(text: str, on: date) -> set[str]:
    """The keys that :func:`write_ticks` wrote; none for a page of another day."""
    day, *keys = text.split() or [""]
    return set(keys) if day == on.isoformat() else set()
