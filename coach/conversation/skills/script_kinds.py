"""Which script a message asks for, by the occasion that it names (``knowledge/occasions.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from coach.errors import ContentError
from coach.paths import content_root


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    path = content_root() / "knowledge" / "occasions.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(
            (kind, re.compile("|".join(entry["patterns"]), re.IGNORECASE))
            for kind, entry in raw.items()
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, re.error) as error:
        raise ContentError(path, 1, f"each occasion needs patterns: {error}") from None


def script_kind(message: str) -> str:
    """The kind of script for the occasion that ``message`` names; "" when it names none.

    Raises :class:`ContentError` for a broken file.
    """
    plain = " ".join(message.replace("’", "'").split())
    if plain in dict(_patterns()):
        return plain
    return next((kind for kind, pattern in _patterns() if pattern.search(plain)), "")
