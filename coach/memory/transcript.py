"""Reading a transcript file, line by line, whatever is in it. No effects but reading the file."""

from __future__ import annotations

import hashlib
import json
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dateutil import parser as dateutil_parser

from coach.errors import UsageError
from coach.text import MAX_MESSAGE, clean

MAX_LINE = 1_000_000
"""Bytes of one line; a longer one is no turn of a conversation."""
MAX_ID = 200
MAX_SPEAKER = 200


@dataclass(frozen=True)
class Turn:
    """One thing said, from line ``line`` of its file; ``at`` as ISO 8601 if it was given."""

    line: int
    external_id: str | None
    speaker: str
    text: str
    at: str | None
    on: date | None

    def key(self, occurrence: int = 0) -> str:
        """What makes it the same turn when it comes again: its id, else what was said and when.

        ``occurrence`` counts equal turns without an id within one file, from 0.
        """
        if self.external_id is not None:
            parts = ["id", self.external_id]
        else:
            parts = ["said", self.speaker, self.at or "", self.text, str(occurrence)]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Fault:
    """A line that was left out, or a part of it, and why."""

    line: int
    what: str


def read_transcript(path: Path) -> Iterator[Turn | Fault]:
    """The turns of a JSON Lines file in order, with a fault for each line that is not one.

    A turn whose time cannot be read, or whose text is too long, is both: the turn without the
    time or the rest, and a fault. Raises :class:`UsageError` when the file cannot be read at all.
    """
    try:
        with path.open("rb") as file:
            if file.peek(4)[:2] in {BOM_UTF16_LE, BOM_UTF16_BE}:
                raise UsageError("Import", f"{path} is not in UTF-8", "Save it as UTF-8.")
            for number, raw in _lines(file):
                if raw is None:
                    yield Fault(number, f"over {MAX_LINE:,} bytes")
                elif raw.strip():
                    yield from _read_line(number, raw)
    except OSError as error:
        raise UsageError(
            "Import", f"{path} cannot be read: {error.strerror}", "Check the name."
        ) from None


def count_lines(path: Path) -> int:
    """About how many lines the file has, for showing progress; 0 when it cannot be read."""
    try:
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) + 1
    except OSError:
        return 0


def _lines(file: Any) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number; None for one that is too long, which is never held whole."""
    number = 0
    while raw := file.readline(MAX_LINE + 1):
        number += 1
        if number == 1:
            raw = raw.removeprefix(BOM_UTF8)
        if len(raw) <= MAX_LINE:
            yield number, raw
            continue
        while raw and not raw.endswith(b"\n"):
            raw = file.readline(MAX_LINE)
        yield number, None


def _read_line(number: int, raw: bytes) -> Iterator[Turn | Fault]:
    try:
        value = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        yield Fault(number, "not valid UTF-8")
        return
    except (ValueError, RecursionError):
        yield Fault(number, "not JSON")
        return
    if not isinstance(value, dict):
        yield Fault(number, "not a JSON object")
        return
    missing = [f for f in ("speaker", "text") if not _text_of(value.get(f), 1)]
    if missing:
        yield Fault(number, f"no {' and no '.join(missing)}")
        return
    external = value.get("id")
    if isinstance(external, int) and not isinstance(external, bool):
        external = str(external)
    if external is not None and not (isinstance(external, str) and 0 < len(external) <= MAX_ID):
        yield Fault(number, f"the id is not a string of 1 to {MAX_ID} characters")
        return
    at, on = _read_time(value.get("at"))
    if at is None and value.get("at") not in (None, ""):
        yield Fault(number, "kept without its time, which is not ISO 8601")
    text = _text_of(value["text"], None)
    if len(text) > MAX_MESSAGE:
        yield Fault(number, f"kept without what is beyond {MAX_MESSAGE:,} characters")
    speaker = " ".join(_text_of(value["speaker"], MAX_SPEAKER).split())
    yield Turn(number, external, speaker, text[:MAX_MESSAGE], at, on)


def _text_of(value: object, limit: int | None) -> str:
    return clean(value, limit) if isinstance(value, str) else ""


def _read_time(value: object) -> tuple[str | None, date | None]:
    """A time as ISO 8601 and its day, both by the writer's own clock; None when it is no time."""
    if not isinstance(value, str) or not value.strip():
        return None, None
    try:
        read = datetime.fromisoformat(value.strip())
    except ValueError:
        # Transcripts made by other programs write "1:56 pm on 8 May, 2023"; a date that is not
        # complete would be filled up with today's, so two readings must agree.
        try:
            read, other = (
                dateutil_parser.parse(value.replace(" on ", " "), default=default)
                for default in (datetime(2001, 1, 1), datetime(2004, 12, 28))  # noqa: DTZ001
            )
        except (ValueError, OverflowError):
            return None, None
        if read.date() != other.date():
            return None, None
    timed = ":" in value or "T" in value
    return (read if timed else read.date()).isoformat(), read.date()
