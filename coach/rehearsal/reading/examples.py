"""The authored examples that the reader learns from: ``knowledge/utterances-*.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import get_args

from coach.errors import ContentError
from coach.paths import content_root
from coach.rehearsal.reading.port import Subtype, Utterance

SUBTYPES: tuple[Subtype, ...] = get_args(Subtype)
_SAID_BEFORE = " >> "


@dataclass(frozen=True)
class Example:
    """One turn, what it does, and the scenario that it belongs to."""

    turn: Utterance
    subtype: Subtype
    scenario: str


@cache
def examples() -> tuple[Example, ...]:
    """All examples, files and scenarios in alphabetical and written order.

    Raises :class:`ContentError` for a file that cannot be read, a subtype that there is not, an
    empty line, or a scenario that is in two files.
    """
    found: list[Example] = []
    seen: set[str] = set()
    for path in sorted((content_root() / "knowledge").glob("utterances-*.toml")):
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ContentError(path, 1, f"it cannot be read: {error}") from None
        for scenario, lists in tables.items():
            if scenario in seen or not isinstance(lists, dict):
                raise ContentError(path, 1, f"{scenario!r} must be one table in one file")
            seen.add(scenario)
            for name, lines in lists.items():
                subtype = next((one for one in SUBTYPES if one == name), None)
                if subtype is None:
                    raise ContentError(path, 1, f"{scenario}: there is no subtype {name!r}")
                for line in lines:
                    if not isinstance(line, str) or not line.strip():
                        raise ContentError(path, 1, f"{scenario}: {name} needs lines of text")
                    before, mark, text = line.rpartition(_SAID_BEFORE)
                    turn = Utterance(text, before) if mark else Utterance(line)
                    found.append(Example(turn, subtype, scenario))
    return tuple(found)
