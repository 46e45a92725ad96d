"""A suggestion to come back to something now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class FollowUp:
    """One thread to pull: what to say, and why now.

    ``ask`` is said aloud to the other person; ``why`` tells the user its age or when it is or was
    due; ``quote`` is the sentence it came from, said on ``said_on``. ``items`` are the ids of the
    memory items that it brings together, the leading one first. ``due`` is the day of a deadline
    or an event; ``overdue`` says that a promise is past it. ``cards`` name the guidance behind it.
    """

    topic: str
    ask: str
    why: str
    due: date | None
    overdue: bool
    items: tuple[int, ...]
    quote: str
    said_on: date
    cards: tuple[str, ...]
    private: bool
    score: float
