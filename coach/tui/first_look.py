"""What the first paint needs of the settings: read without the checks, which come behind it."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from typing import Any

from coach.paths import Places
from coach.tui.themes import theme_name


@dataclass(frozen=True)
class Look:
    """The name of the theme, and the keys that the user chose by what they do."""

    theme: str
    keys: dict[str, str] = field(default_factory=dict)


def first_look(places: Places) -> Look:
    """What ``settings.toml`` and ``COACH_THEME`` say; what cannot be read is left to the checks."""
    try:
        raw: dict[str, Any] = tomllib.loads(places.settings_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raw = {}
    keys = raw.get("keys")
    theme = os.environ.get("COACH_THEME") or raw.get("theme", "")
    chosen = keys.items() if isinstance(keys, dict) else ()
    return Look(theme_name(str(theme)), {str(key): str(value) for key, value in chosen})
