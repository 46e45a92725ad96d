"""What the two settled, topic by topic: what each said, what was agreed, since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, get_args

from coach.agreement.topics import terms
from coach.errors import UsageError
from coach.text import clean, words

Side = Literal["mine", "theirs", "agreed"]
SIDES: tuple[Side, ...] = get_args(Side)

MOST_TEXT = 2_000
"""Characters that one side may say on one topic."""


@dataclass(frozen=True)
class Entry:
    """One topic: what the user says, what the other person says, and what both agreed.

    Each text is "" while nothing was said; its day is None then.
    """

    mine: str = ""
    theirs: str = ""
    agreed: str = ""
    mine_on: date | None = None
    theirs_on: date | None = None
    agreed_on: date | None = None

    def said(self, side: Side) -> str:
        """What one side says."""
        return str(getattr(self, side))

    @property
    def settled(self) -> bool:
        """Whether it is agreed and neither has said something else since then."""
        return bool(self.agreed) and not self.reopened

    @property
    def reopened(self) -> bool:
        """Whether one of them has said something else since it was agreed."""
        return bool(self.agreed) and any(
            said and day and self.agreed_on and day > self.agreed_on and not same(said, self.agreed)
            for said, day in ((self.mine, self.mine_on), (self.theirs, self.theirs_on))
        )

    @property
    def empty(self) -> bool:
        """Whether nobody has said anything."""
        return not (self.mine or self.theirs or self.agreed)


@dataclass(frozen=True)
class Agreement:
    """The entries by topic name, and the day on which to look at them again."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    review: date | None = None

    def entry(self, topic: str) -> Entry:
        """The topic's entry; an empty one when nothing was said about it."""
        return self.entries.get(topic, Entry())

    @property
    def empty(self) -> bool:
        """Whether nothing was said about anything."""
        return all(entry.empty for entry in self.entries.values())

    def put(self, topic: str, side: Side, text: str, on: date) -> Agreement:
        """This agreement with ``text`` said by ``side`` on the day ``on``; "" takes it back.

        The same words again keep their day. Raises :class:`UsageError` for a text over the limit.
        """
        text = _tidy(text)
        entry = self.entry(topic)
        if text == entry.said(side):
            return self
        values: dict[str, Any] = {side: text, f"{side}_on": on if text else None}
        changed = replace(entry, **values)
        return replace(self, entries={**self.entries, topic: changed})

    def as_body(self) -> dict[str, Any]:
        """The agreement as plain JSON values, as a paper keeps it."""
        return {
            "review": self.review.isoformat() if self.review else None,
            "topics": {
                name: {
                    key: value.isoformat() if isinstance(value, date) else value
                    for key, value in vars(self.entry(name)).items()
                    if value
                }
                for name in terms().topics
                if not self.entry(name).empty
            },
        }

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Agreement:
        """The agreement that :meth:`as_body` gave ``body`` for."""
        entries = {name: _entry(values) for name, values in body.get("topics", {}).items()}
        review = body.get("review")
        return cls(entries, date.fromisoformat(review) if review else None)


def _entry(values: Mapping[str, str]) -> Entry:
    fields: dict[str, Any] = {
        key: date.fromisoformat(value) if key.endswith("_on") else value
        for key, value in values.items()
    }
    return Entry(**fields)


@dataclass(frozen=True)
class Change:
    """One difference between two versions; ``topic`` is "review" for the day of the review."""

    topic: str
    side: Side
    before: str
    after: str


def difference(old: Agreement, new: Agreement) -> list[Change]:
    """What changed from ``old`` to ``new``, by topic."""
    found = [
        Change(name, side, old.entry(name).said(side), new.entry(name).said(side))
        for name in terms().topics
        for side in SIDES
        if old.entry(name).said(side) != new.entry(name).said(side)
    ]
    if old.review != new.review:
        days = [day.isoformat() if day else "" for day in (old.review, new.review)]
        found.append(Change("review", "agreed", *days))
    return found


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, whatever their case, punctuation and order of words."""
    return sorted(words(one)) == sorted(words(other))


def _tidy(text: str) -> str:
    text = "\n".join(" ".join(line.split()) for line in clean(text, None).splitlines()).strip()
    if len(text) > MOST_TEXT:
        raise UsageError(
            "Agreement", f"that is {len(text)} characters on one topic",
            f"Say it in at most {MOST_TEXT}.",
        )  # fmt: skip
    return text
