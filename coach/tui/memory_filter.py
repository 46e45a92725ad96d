"""Narrowing down what the memory screen lists: by kind, status and person. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from coach.tui.memory_words import say_who

if TYPE_CHECKING:
    from coach.memory.items import Item
    from coach.tui.memory_rows import Section

What = Literal["kind", "status", "who"]
_KINDS = (
    "", "event", "struggle", "win", "goal", "plan", "commitment", "expectation", "boundary",
    "preference", "fact", "topic",
)  # fmt: skip
_STATUS = {"": "", "open": "open", "done": "done", "closed": "given up or replaced"}
_CHOICES: dict[What, Sequence[str]] = {
    "kind": _KINDS,
    "status": tuple(_STATUS),
    "who": ("", "me", "them", "both"),
}


@dataclass(frozen=True)
class Wanted:
    """What is to be listed; "" for all of them. ``who`` is whose it is, else whom it is about."""

    kind: str = ""
    status: str = ""
    who: str = ""

    def after(self, what: What) -> Wanted:
        """The next choice of that sort; after the last one all of them again."""
        choices = _CHOICES[what]
        place = choices.index(getattr(self, what))
        return replace(self, **{what: choices[(place + 1) % len(choices)]})

    def fits(self, item: Item) -> bool:
        """Whether an item is among them."""
        closed = "closed" if item.status in {"dropped", "superseded"} else item.status
        return (
            self.kind in {"", item.kind}
            and self.status in {"", closed}
            and self.who in {"", item.owner or item.about}
        )

    def said(self, name: str) -> str:
        """What is listed, in words: "struggles, open, of Mira"; "" for everything."""
        parts = [self.kind, _STATUS[self.status], say_who(self.who or None, name)]
        return ", ".join(part for part in parts if part)


def narrowed(found: Sequence[Section], wanted: Wanted) -> list[Section]:
    """Only the rows whose leading item is wanted."""
    kept = [
        replace(part, rows=tuple(row for row in part.rows if wanted.fits(row.items[0])))
        for part in found
    ]
    return [section for section in kept if section.rows]
