"""Scripts: words to say for one conversation, filled in for a pair."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coach.content import prompt
from coach.errors import UsageError
from coach.text import join_names

KINDS = ("expectations",)

# What a script may need to know, and how to ask for it; never filled in by guessing.
_ASKED_FOR = {
    "hope": "what you hope to gain from this",
    "offer": "what you can give",
    "frequency": "how often you would like to meet",
    "length": "how long one meeting should be",
    "channel": "how you prefer to be contacted",
    "hours": "at what hours you can be reached",
}
_SLOT = re.compile(r"\{(\w+)\}")
_CITATION = re.compile(r"\[([a-z]+/[a-z0-9-]+)\]")


@dataclass(frozen=True)
class Script:
    """A filled-in script; ``missing`` says in words what the user still has to fill in."""

    kind: str
    markdown: str
    cards: tuple[str, ...]
    missing: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The script as the command line prints it."""
        return {
            "kind": self.kind, "markdown": self.markdown, "cards": list(self.cards),
            "missing": list(self.missing),
        }  # fmt: skip


def script(kind: str, role: str, name: str, known: Mapping[str, str] | None = None) -> Script:
    """The script of ``kind`` for a user in ``role`` speaking to ``name``.

    ``known`` fills slots such as "frequency"; what it lacks stays a blank to fill in and is
    listed in ``missing``. Raises :class:`UsageError` for an unknown kind.
    """
    if kind not in KINDS:
        raise UsageError(
            "Script", f"there is no script {kind!r}", f"There is: {join_names([*KINDS])}."
        )
    template = prompt(f"script-{kind}-{role}")
    values = {"name": name, **(known or {})}
    missing: dict[str, str] = {}

    def put(match: re.Match[str]) -> str:
        slot = match[1]
        if slot in values:
            return values[slot]
        missing[slot] = _ASKED_FOR[slot]
        return f"**[{_ASKED_FOR[slot]}]**"

    text = _SLOT.sub(put, template)
    cards = tuple(dict.fromkeys(_CITATION.findall(text)))
    return Script(kind, text.strip(), cards, tuple(missing.values()))
