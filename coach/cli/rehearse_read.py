"""``coach rehearse --read FILE``: what each line of a transcript does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from coach.cli.common import opened, writable
from coach.cli.files import read_text
from coach.errors import UsageError
from coach.text import clean, shorten

if TYPE_CHECKING:
    from coach.rehearsal.reading import Reading, Utterance

_TITLE = "Utterances"
_SHOWN = 90


def read_utterances(source: str, *, as_json: bool) -> None:
    """Print one reading a line of ``source`` ("-" for the input), in its order; blank lines have
    none.

    All lines are checked before anything is read: raises :class:`UsageError` naming the first bad
    one.
    """
    turns = utterances(source)
    with opened() as coach:
        if coach.embedder() is None:
            click.echo(f"Note: {coach.search_state}", err=True)
        readings = coach.utterance_reader.read(turns)
    for turn, reading in zip(turns, readings, strict=True):
        click.echo(_json(reading) if as_json else _line(turn, reading))


def utterances(source: str) -> list[Utterance]:
    """The turns in a file of JSON lines with ``text`` and optionally ``before``."""
    from coach.rehearsal.reading import Utterance

    found = []
    # Only a newline ends a line here: JSON may hold the other separators as they are.
    for number, line in enumerate(read_text(_TITLE, source).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        text = row.get("text") if isinstance(row, dict) else None
        before = (row.get("before") or "") if isinstance(row, dict) else None
        if not isinstance(text, str) or not isinstance(before, str):
            raise UsageError(
                _TITLE,
                f"{source}:{number} is no JSON object with a text 'text' and perhaps 'before'",
                "Mend that line.",
            )
        found.append(Utterance(clean(text), clean(before)))
    return found


def _json(reading: Reading) -> str:
    return json.dumps(
        {"kind": reading.kind, "subtype": reading.subtype, "confidence": reading.confidence}
    )


def _line(turn: Utterance, reading: Reading) -> str:
    subtype = reading.subtype.replace("_", " ")
    words = writable(shorten(" ".join(turn.text.split()), _SHOWN))
    return f"{reading.confidence:.2f} {subtype:20} {words}".rstrip()
