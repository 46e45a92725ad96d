"""Memory items: what one is, before it is kept (a draft) and after (an item)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal[
    "event", "struggle", "win", "goal", "plan", "commitment", "expectation", "boundary",
    "preference", "fact", "topic",
]  # fmt: skip
About = Literal["me", "them", "both"]
Owner = Literal["me", "them", "both"]
Status = Literal["open", "done", "dropped", "superseded"]
How = Literal["done", "dropped", "superseded"]


@dataclass(frozen=True)
class Person:
    """The other person of the pair as notes may refer to them.

    ``pronoun`` is "she", "he" or "they" when it is known, else "" and noticing infers it.
    """

    name: str
    role: Literal["mentor", "mentee"]
    pronoun: str = ""


@dataclass(frozen=True)
class Draft:
    """Something noticed in a text and not kept yet.

    ``text`` reads well on its own; ``quote`` is ``source[start:end]``, verbatim. ``when`` is the
    day it falls on, is due or starts; ``until`` the last day of an interval. ``importance`` is
    between 0 and 1.
    """

    kind: Kind
    about: About
    owner: Owner | None
    text: str
    quote: str
    start: int
    end: int
    when: date | None = None
    until: date | None = None
    private: bool = False
    importance: float = 0.5

    def as_json(self) -> dict[str, Any]:
        """The draft as plain JSON values."""
        days = {name: day.isoformat() if day else None for name, day in self._days()}
        return {**asdict(self), **days}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Draft:
        """The draft that :meth:`as_json` gave ``values`` for."""
        days = {
            name: date.fromisoformat(values[name]) if values[name] else None
            for name in ("when", "until")
        }
        return cls(**{**values, **days})

    def _days(self) -> tuple[tuple[str, date | None], ...]:
        return (("when", self.when), ("until", self.until))


@dataclass(frozen=True)
class Closing:
    """What a text says of an earlier item: that it is done, dropped, or replaced.

    ``item_id`` is the earlier item; ``replacement`` indexes the drafts of the same text when the
    old item is superseded by one of them.
    """

    item_id: int
    how: How
    quote: str
    replacement: int | None = None


@dataclass(frozen=True)
class Noticed:
    """All that was noticed in one text."""

    drafts: tuple[Draft, ...] = ()
    closings: tuple[Closing, ...] = ()


@dataclass(frozen=True)
class Item:
    """One thing remembered of a pair, with where it came from.

    ``session`` is the session's number, None for what was said in the chat; ``said_on`` the day
    it was said. ``surfaced`` counts on how many days the user asked about it and
    ``surfaced_on`` is the last of them.
    """

    id: int
    kind: Kind
    about: About
    owner: Owner | None
    text: str
    quote: str
    when: date | None
    until: date | None
    status: Status
    private: bool
    session: int | None
    said_on: date
    importance: float = 0.5
    surfaced: int = 0
    surfaced_on: date | None = None
    closed_on: date | None = None
    superseded_by: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The item as the command line prints it (design.md, section 7)."""
        return {
            "id": self.id,
            "kind": self.kind,
            "about": self.about,
            "owner": self.owner,
            "text": self.text,
            "quote": self.quote,
            "when": self.when.isoformat() if self.when else None,
            "until": self.until.isoformat() if self.until else None,
            "status": self.status,
            "private": self.private,
            "session": self.session,
            "said_on": self.said_on.isoformat(),
            "asked": self.surfaced,
            "asked_on": self.surfaced_on.isoformat() if self.surfaced_on else None,
        }


def embedded_text(text: str, beside: str) -> str:
    """What is embedded of an item (``beside`` its quote) or a turn (``beside`` its speaker)."""
    return f"{beside}: {text}"
