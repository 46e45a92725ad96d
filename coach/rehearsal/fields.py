"""Reading TOML with errors that name the file, the key and what to do."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from coach.errors import CoachError
from coach.rehearsal.state import FEELINGS, Condition, condition


def fault(path: Path, key: str, what: str) -> CoachError:
    """The error for something wrong at ``key`` of a scenario's file."""
    return CoachError(
        "Scenario", f"{path}: {key}: {what}", "docs/rehearsal.md says how one is written."
    )


class Fields:
    """One table of a file; ``key`` says where in the file it stands."""

    def __init__(self, path: Path, key: str, table: Any) -> None:
        if not isinstance(table, dict):
            raise fault(path, key or "the file", "this has to be a table")
        self.path, self.key = path, key
        self._table: dict[str, Any] = table
        self._read: set[str] = set()

    @classmethod
    def of_file(cls, path: Path) -> Fields:
        """The whole file; raises :class:`CoachError` when it cannot be read as TOML."""
        try:
            return cls(path, "", tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise fault(path, "the file", f"it cannot be read as TOML: {error}") from None

    def wrong(self, key: str, what: str) -> CoachError:
        """The error for ``key`` of this table."""
        return fault(self.path, f"{self.key}.{key}".strip("."), what)

    def _take(self, key: str, default: Any) -> Any:
        self._read.add(key)
        return self._table.get(key, default)

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not blank; ``default`` where there is none."""
        value = self._take(key, default)
        if not isinstance(value, str) or (not value.strip() and value != default):
            raise self.wrong(key, "a text is needed here; write one in quotation marks")
        return value.strip()

    def texts(self, key: str, *, least: int = 0) -> tuple[str, ...]:
        """A list of texts, at least ``least``; a single text counts as a list of one."""
        value = self._take(key, [])
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self.wrong(key, 'a list of texts is needed here, as in ["one", "two"]')
        if len(value) < least:
            raise self.wrong(key, f"at least {least} needed, {len(value)} given: write more")
        if len(set(value)) < len(value):
            raise self.wrong(key, "a text stands here twice: remove one")
        return tuple(v.strip() for v in value)

    def choice(self, key: str, among: Iterable[str]) -> str:
        """One of ``among``."""
        value, known = self.text(key), list(among)
        if value not in known:
            raise self.wrong(key, f"{value!r} is none of {', '.join(known)}: choose one of them")
        return value

    def choices(self, key: str, among: Iterable[str]) -> tuple[str, ...]:
        """Some of ``among``."""
        values, known = self.texts(key), list(among)
        for value in values:
            if value not in known:
                raise self.wrong(key, f"{value!r} is none of {', '.join(known)}: choose from them")
        return values

    def figure(self, key: str, default: float, low: float, high: float) -> float:
        """A number from ``low`` to ``high``."""
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(key, "a number is needed here")
        if not low <= value <= high:
            raise self.wrong(key, f"{value} is not from {low:g} to {high:g}: choose one in between")
        return float(value)

    def flag(self, key: str) -> bool:
        """True or false; false where it is not given."""
        value = self._take(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false is needed here")
        return value

    def feelings(self, key: str, low: float = -1.0, high: float = 1.0) -> dict[str, float]:
        """Figures by feeling."""
        inner = self.table(key)
        known: dict[str, float] = {
            name: inner.figure(name, 0.0, low, high) for name in FEELINGS if name in inner
        }
        inner.end()
        return known

    def condition(self, key: str) -> Condition:
        """A condition such as "warmth > 0.6 and hard"; nothing given holds always."""
        try:
            return condition(self.text(key, ""))
        except ValueError as error:
            raise self.wrong(key, f"{error}") from None

    def table(self, key: str) -> Fields:
        """The table under ``key``; an empty one where there is none."""
        return Fields(self.path, f"{self.key}.{key}".strip("."), self._take(key, {}))

    def tables(self, key: str) -> Iterator[Fields]:
        """The tables of the list ``[[key]]``."""
        value = self._take(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, f"write [[{key}]] with double brackets")
        for place, table in enumerate(value, 1):
            yield Fields(self.path, f"{self.key}.{key}[{place}]".strip("."), table)

    def named(self, key: str) -> Iterator[tuple[str, Fields]]:
        """The tables within ``[key]``, by name."""
        inner = self.table(key)
        for name in inner.names():
            yield name, inner.table(name)

    def names(self) -> list[str]:
        """The keys of this table, in the file's order."""
        return list(self._table)

    def names_among(self, known: Sequence[str]) -> list[str]:
        """:meth:`names`; raises for one that is none of ``known``."""
        for name in self._table:
            if name not in known:
                raise self.wrong(name, f"this is none of {', '.join(known)}: rename it")
        return self.names()

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def end(self) -> None:
        """Raise for a key that nobody has read: it is misspelt, or belongs somewhere else."""
        unknown = [key for key in self._table if key not in self._read]
        if unknown:
            known = ", ".join(sorted(self._read))
            raise self.wrong(unknown[0], f"there is no such key; there are {known}: rename it")
