"""What a user may change in an item, and whether the new values fit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict, get_args

from coach.errors import UsageError
from coach.memory.items import About, Kind, Owner
from coach.text import clean

MAX_ITEM = 1_000
"""Characters that an item's own text may have."""

_CHOICES = {"kind": get_args(Kind), "about": get_args(About), "owner": (None, *get_args(Owner))}


class Changes(TypedDict, total=False):
    """The fields that a user can change in an item."""

    kind: Kind
    text: str
    when: date | None
    until: date | None
    about: About
    owner: Owner | None
    private: bool


def checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    """``changes`` with the text cleaned. Raises :class:`UsageError` for what does not fit."""
    for field, choices in _CHOICES.items():
        if field in changes and changes[field] not in choices:
            listed = ", ".join(str(choice) for choice in choices if choice)
            raise UsageError("Memory", f"{changes[field]!r} is not a {field}", f"Use {listed}.")
    if "text" not in changes:
        return dict(changes)
    text = " ".join(clean(changes["text"], None).split())
    if not 0 < len(text) <= MAX_ITEM:
        raise UsageError(
            "Memory", f"an item's text has 1 to {MAX_ITEM} characters", "Shorten or fill it."
        )
    return {**changes, "text": text}


def check_days(when: date | None, until: date | None) -> None:
    """Raise :class:`UsageError` for an interval that ends before it starts, or has no start."""
    if until and (when is None or until < when):
        raise UsageError(
            "Memory", "the last day needs a first day that is not after it", "Give both days."
        )
