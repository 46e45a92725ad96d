"""Texts that ship with the program: prompts by name, the wordings in them, tables of TOML."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from coach import paths
from coach.errors import ContentError

Content = TypeVar("Content")


def knowledge(name: str) -> Path:
    """Where ``knowledge/<name>`` is."""
    return paths.content_root() / "knowledge" / name


def from_toml(path: Path, read: Callable[[dict[str, Any]], Content], wants: str) -> Content:
    """What ``read`` makes of the tables of a TOML file.

    Raises :class:`ContentError` that says what the file ``wants`` when it cannot be read, is no
    TOML, or lacks an entry or has one of another form.
    """
    import tomllib

    try:
        return read(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, re.error) as error:
        raise ContentError(path, 1, f"{wants}: {error}") from None


@cache
def prompt(name: str) -> str:
    """The text of ``prompts/<name>.md``.

    Raises :class:`ContentError` naming the prompts there are when ``name`` is not one of them.
    """
    folder = paths.content_root() / "prompts"
    known = sorted(p.stem for p in folder.glob("*.md"))
    if name not in known:
        raise ContentError(folder, 1, f"there is no prompt {name!r}; there are {', '.join(known)}")
    return (folder / f"{name}.md").read_text(encoding="utf-8")


@cache
def wordings(name: str) -> dict[str, tuple[str, ...]]:
    """The bulleted lines of ``prompts/<name>.md`` by their ``## heading``.

    Each heading is one situation of the built-in voice, each bullet one way to word it.
    Raises :class:`ContentError` for a bullet before the first heading or an empty heading.
    """
    path = paths.content_root() / "prompts" / f"{name}.md"
    found: dict[str, list[str]] = {}
    heading = ""
    for number, raw in enumerate(prompt(name).splitlines(), 1):
        line = raw.strip()
        if line.startswith("## "):
            heading = line[3:].strip()
            found[heading] = []
        elif line.startswith("- "):
            if not heading:
                raise ContentError(path, number, "a wording stands before the first '## heading'")
            found[heading].append(line[2:].strip())
    for key, lines in found.items():
        if not lines:
            raise ContentError(path, 1, f"the heading {key!r} has no wording under it")
    return {key: tuple(lines) for key, lines in found.items()}
