"""Slots in the cards' texts: ``{name}``, ``{thread}``, ``{goal}``."""

from __future__ import annotations

import re

NAMELESS = "the other person"
_POSSESSIVES = {"her": "her", "him": "his"}


def fill(text: str, name: str, *, nameless: str = NAMELESS, **slots: str) -> str:
    """``text`` with ``{name}`` and other slots filled.

    Without a name, an address is left out ("Shall we, {name}?" becomes "Shall we?"), a sentence
    starts with "The other person", and other mentions become ``nameless``.
    """
    if not name:
        text = re.sub(r",\s*\{name\}(?=[?.!,:;])", "", text)
        text = re.sub(r"(^|(?<=[.?!]\s))\{name\},\s*(\w)", lambda m: m[1] + m[2].upper(), text)
        text = re.sub(r"(^|(?<=[.?!]\s))\{name\}", r"\1The other person", text)
        text = re.sub(r"\{name\}['’]s\b", _POSSESSIVES.get(nameless, f"{nameless}'s"), text)
    values = {"name": name or nameless, **slots}
    return re.sub(r"\{(\w+)\}", lambda m: values.get(m[1], m[0]), text)


def needs_more(text: str) -> bool:
    """Whether a line has slots other than the name, so that it cannot be said as it is."""
    return bool(set(re.findall(r"\{(\w+)\}", text)) - {"name"})
