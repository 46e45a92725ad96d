"""The texts of ``knowledge/planning.toml`` and ``knowledge/check.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from coach import paths
from coach.errors import ContentError


@cache
def texts(name: str) -> dict[str, Any]:
    """The tables of ``knowledge/<name>.toml``. Raises :class:`ContentError` if it is no TOML."""
    path = paths.content_root() / "knowledge" / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContentError(path, 1, f"it cannot be read: {error}") from None
