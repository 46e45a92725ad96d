"""Which script a message asks for, by the occasion that it names (``knowledge/occasions.toml``)."""

from __future__ import annotations

import re
from functools import cache

from coach.content import from_toml, knowledge


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return from_toml(
        knowledge("occasions.toml"),
        lambda raw: tuple(
            (kind, re.compile("|".join(entry["patterns"]), re.IGNORECASE))
            for kind, entry in raw.items()
        ),
        "each occasion needs patterns",
    )


def script_kind(message: str) -> str:
    """The kind of script for the occasion that ``message`` names; "" when it names none.

    Raises :class:`ContentError` for a broken file.
    """
    plain = " ".join(message.replace("’", "'").split())
    if plain in dict(_patterns()):
        return plain
    return next((kind for kind, pattern in _patterns() if pattern.search(plain)), "")
