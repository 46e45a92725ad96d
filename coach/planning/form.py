"""The form that a person fills in after a session: read tolerantly, and nothing in it lost.

What stands under an unknown heading, before the first one, or cannot be understood where it is,
goes to the notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, NamedTuple

from coach.memory.dates import HERE, Locale, find_dates
from coach.memory.dates.words import word_set
from coach.planning.texts import texts


@dataclass(frozen=True)
class Tick:
    """A line to tick: ``ref`` is a memory item's number, a topic's key or a goal's milestone."""

    ref: str
    text: str


@dataclass(frozen=True)
class NextSession:
    """The next session: its day and, where settled, hour, minutes and place."""

    on: date
    at: time | None = None
    minutes: int | None = None
    place: str = ""

    def as_line(self) -> str:
        """As the form has it: "2026-05-28 at 17:00, 60 minutes, library"."""
        at = f" at {self.at.isoformat('minutes')}" if self.at else ""
        parts = [f"{self.on.isoformat()}{at}"]
        parts += [f"{self.minutes} minutes"] if self.minutes else []
        return ", ".join([*parts, *([self.place] if self.place else [])])


@dataclass(frozen=True)
class Form:
    """What was filled in, entry by entry, each on one line."""

    on: date | None = None
    useful: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    change: tuple[str, ...] = ()
    mine: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    follow_up: tuple[str, ...] = ()
    done: tuple[Tick, ...] = ()
    open: tuple[Tick, ...] = ()
    learnt: tuple[str, ...] = ()
    next_session: NextSession | None = None
    notes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was filled in; lines left unticked are not."""
        return replace(self, on=None, open=()) == Form()


class Fault(NamedTuple):
    """Something in a form that could not be read as meant: its line, and what became of it."""

    line: int
    what: str


LISTS = frozenset({"mine", "theirs", "follow_up", "next_steps", "next_session"})
"""Sections in which each line is a thing of its own."""

_KEYS = (
    # The first that fits is meant, so that "What to change next time" is no next session.
    ("learnt", r"\blearn(?:t|ed|ing|ings)?\b"),
    ("next_session", r"\bnext (?:session|meeting|date|appointment|call)\b"
                     r"|\bmeet(?:ing)? (?:next|again)\b"),
    ("follow_up", r"\bfollow(?:ed|ing)?[- ]?ups?\b|\bcome back\b|\bthreads?\b"),
    ("useful", r"\buseful\b|\bhelpful\b|\bhelped\b|\bworked well\b"),
    ("change", r"\bchange\b|\bfocus\b|\bdifferently\b"),
    ("next_steps", r"\bnext steps?\b|\bsteps\b"),
    ("mine", r"\bI (?:have )?(?:promised|promise|offered|took on|owe|will do)\b"
             r"|\bmy (?:own )?(?:promises?|actions?|tasks?|to-?dos?|side)\b"),
    ("theirs", r"\b(?:promised|promises|offered|took on|owes|will do)\b"
               r"|\b(?:their|her|his|[^\W\d_]+['’]s?) (?:actions?|tasks?|to-?dos?|side)\b"),
    ("done", r"\bdone\b|\bticked\b|\bkept\b|\bcovered\b|\bfinished\b"),
    ("notes", r"\bnotes?\b|\banything else\b|\bother\b|\bremarks?\b"),
)  # fmt: skip
_PATTERNS = tuple((key, re.compile(pattern, re.IGNORECASE)) for key, pattern in _KEYS)
_HINT = re.compile(r"<!--.*?-->", re.DOTALL)
_HASHES = re.compile(r"^ {0,3}(#{1,6})\s+(?P<title>.*?)\s*#*\s*$")
_BOLD = re.compile(r"^ {0,3}(?:\*\*|__)(?P<title>[^*_]+)(?:\*\*|__)\s*:?\s*$")
_COLON = re.compile(r"^(?P<title>[^\W\d_][^.!?;:]{2,48}):\s*$")
_BULLET = re.compile(r"^\s*(?:[-*+•–]|\d{1,2}[.)])\s+")
_BOX = re.compile(r"^\[(?P<mark>[ xX✓✔]?)\]\s*")
_REF = re.compile(r"^#?(?P<ref>\d+|t\d+|[a-z][\w-]*/\d+)\s*(?:[:.)–-]\s*|\s+|$)(?P<text>.*)$")
_NOTHING = word_set("none nothing nil no n/a na keine -")
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_DUE = frozenset({"by", "before", "until"})
"""How a day that something is due is led in; nobody meets then."""
_CLOCK = re.compile(
    r"(?:\bat\s+)?\b(?P<h>2[0-3]|[01]?\d)(?!\d)(?:(?::|\.|h)(?P<m>[0-5]\d))?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"(?:\s*(?:o'clock|uhr))?",
    re.IGNORECASE,
)
_MINUTES = re.compile(
    r"\b(?:for\s+)?(?:(?P<n>\d{1,3})\s*(?:min(?:ute)?s?|m)\b|(?P<h>\d(?:[.,]5)?|an?|one|two)\s*(?:h|hours?)\b)",
    re.IGNORECASE,
)


def headings(name: str) -> dict[str, str]:
    """The form's own headings by section."""
    return {one["key"]: one["title"].replace("{name}", name) for one in texts("planning")["form"]}


def render(form: Form, name: str, *, hints: bool = False) -> str:
    """``form`` as Markdown, all headings there; ``hints`` adds what belongs under each."""
    day = f", {form.on.isoformat()}" if form.on else ""
    lines = [f"# Session with {name}{day}"]
    for one in texts("planning")["form"]:
        key = one["key"]
        lines += ["", f"## {one['title'].replace('{name}', name)}"]
        if hints:
            lines.append(f"<!-- {one['hint']} -->")
        if key == "done":
            lines += [f"- [x] {tick.ref}: {tick.text}".rstrip() for tick in form.done]
            lines += [f"- [ ] {tick.ref}: {tick.text}".rstrip() for tick in form.open]
        elif key == "next_session":
            lines += [form.next_session.as_line()] if form.next_session else []
        else:
            lines += [f"- {entry}" for entry in getattr(form, key)]
    return "\n".join(lines) + "\n"


def parse(text: str, on: date, locale: Locale = HERE) -> tuple[Form, tuple[Fault, ...]]:
    """What a filled-in form says, and what of it could not be read where it stood.

    ``on`` is the day that days in it are counted from, unless its title names the session's;
    ``locale`` how they are written. Never raises; what is not understood is in ``notes``.
    """
    found: dict[str, list[Any]] = {}
    faults: list[Fault] = []
    day: date | None = None
    notes = found.setdefault("notes", [])
    for number, key, title, entry in _entries(_without_hints(text)):
        if key == "title":
            day = _iso(title) or day
        elif key == "done":
            _tick(entry, number, found, faults)
        elif key == "next_session":
            meant = next_session(entry, day or on, locale)
            if meant is None or "next_session" in found:
                why = "is no date" if meant is None else "is a second next session"
                faults.append(Fault(number, f"{entry!r} {why}; it is kept in the notes"))
                notes.append(f"{title}: {entry}")
            else:
                found["next_session"] = [meant]
        elif key:
            found.setdefault(key, []).append(entry)
        else:
            notes.append(f"{title}: {entry}" if title else entry)
    ahead = found.pop("next_session", [None])[0]
    sections = {key: tuple(entries) for key, entries in found.items()}
    return Form(on=day, next_session=ahead, **sections), tuple(faults)


def next_session(text: str, on: date, locale: Locale = HERE) -> NextSession | None:
    """The session that a line such as "28 May at 5pm, one hour, library" sets; None for no day."""
    iso = _ISO.search(text)
    day = _iso(text)
    span = iso.span() if iso else (0, 0)
    if day is None:
        coming = [
            m for m in find_dates(text, on, locale)
            if m.when is not None and m.when >= on and m.relation not in _DUE
        ]  # fmt: skip
        if not coming:
            return None
        day, span = coming[0].when, (coming[0].start, coming[0].end)
    assert day is not None
    left = f"{text[: span[0]]},{text[span[1] :]}"
    minutes, left = _length(left)
    at, left = _hour(left)
    place = ", ".join(part for piece in left.split(",") if (part := piece.strip(" .;-–")))
    return NextSession(day, at, minutes, place)


# -- reading ------------------------------------------------------------------


def _without_hints(text: str) -> str:
    """``text`` with its comments blanked; the lines keep their numbers."""
    return _HINT.sub(lambda match: "\n" * match.group().count("\n"), text)


def _entries(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Line, section ("" for none that is known), heading and text of each entry, in order."""
    key = title = ""
    waiting: tuple[int, list[str]] | None = None
    bullet = blank = False
    for number, line in enumerate(text.split("\n"), 1):
        heading = _heading(line)
        starts = _BULLET.match(line) is not None
        goes_on = bool(
            waiting and line.strip() and not starts and heading is None
            and (line[:1] in " \t" or not (bullet or blank or key in LISTS | {"done"}))
        )  # fmt: skip
        if goes_on and waiting:
            waiting[1].append(line.strip())
        elif waiting and (line.strip() or heading):
            yield from _entry(waiting, key, title)
            waiting = None
        if heading is not None:
            key, title = heading
            if key == "title":
                yield number, key, title, ""
                key = title = ""
        elif line.strip() and not goes_on:
            bullet = starts
            waiting = (number, [line.strip()])
        blank = not line.strip()
    if waiting:
        yield from _entry(waiting, key, title)


def _entry(
    waiting: tuple[int, list[str]], key: str, title: str
) -> Iterator[tuple[int, str, str, str]]:
    number, lines = waiting
    entry = _BULLET.sub("", " ".join(lines), count=1)
    if key != "done":
        entry = _BOX.sub("", entry)
    entry = " ".join(entry.split())
    if any(c.isalnum() for c in entry) and not (key and entry.casefold().strip(".") in _NOTHING):
        yield number, key, title, entry


def _heading(line: str) -> tuple[str, str] | None:
    """Section and title of a heading; "title" for the form's own, "" for one that is unknown."""
    match = _HASHES.match(line)
    if match:
        title = match["title"].strip(" *_:")
        if len(match[1]) == 1 and _iso(title) is not None:
            return "title", title
        return _key(title) or ("title" if len(match[1]) == 1 else ""), title
    match = _BOLD.match(line) or _COLON.match(line)
    if match and (key := _key(match["title"])):
        return key, match["title"].strip(" :")
    return None


def _key(title: str) -> str:
    return next((key for key, pattern in _PATTERNS if pattern.search(title)), "")


def _tick(entry: str, number: int, found: dict[str, list[Any]], faults: list[Fault]) -> None:
    box = _BOX.match(entry)
    rest = entry[box.end() :] if box else entry
    match = _REF.match(rest)
    ticked = box is None or box["mark"].strip() != ""
    if match is None:
        if ticked:
            faults.append(Fault(number, f"{rest!r} names no number; it is kept in the notes"))
        found["notes"].append(f"Done: {rest}" if ticked else rest)
        return
    found.setdefault("done" if ticked else "open", []).append(Tick(match["ref"], match["text"]))


def _length(text: str) -> tuple[int | None, str]:
    match = _MINUTES.search(text)
    if match is None:
        return None, text
    if match["n"]:
        minutes = int(match["n"])
    else:
        hours = {"a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0}.get(match["h"].lower())
        minutes = round(60 * (hours or float(match["h"].replace(",", "."))))
    return minutes or None, f"{text[: match.start()]}{text[match.end() :]}"


def _hour(text: str) -> tuple[time | None, str]:
    for match in _CLOCK.finditer(text):
        told = match.group().lower()
        if match["m"] is None and match["half"] is None and not told.startswith("at"):
            continue
        hour = int(match["h"])
        if match["half"]:
            if not 1 <= hour <= 12:
                continue
            hour = hour % 12 + (12 if match["half"][0].lower() == "p" else 0)
        at = time(hour, int(match["m"] or 0))
        return at, f"{text[: match.start()]},{text[match.end() :]}"
    return None, text


def _iso(text: str) -> date | None:
    for match in _ISO.finditer(text):
        try:
            return date.fromisoformat(match.group())
        except ValueError:
            continue
    return None
