"""What the pages about one pair ask of the service, as the fake of the tests answers it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from coach.memory.store import Version
from coach.planning.page import Ref, Written
from coach.storage.pairs import Pair

PAGE = (
    Written("# Before you meet {name}, Monday 2 March 2026"),
    Written(""),
    Written("You have met twice."),
    Written(""),
    Written("**To come back to**"),
    Written("- How did the viva go?", Ref("thread", "7")),
    Written('  "She has her viva" (session 2, 20 February); it was last week'),
    Written("- What of the reading list? *(private)*"),
    Written(""),
    Written("**Promises: yours first**"),
    Written(
        "- [ ] Yours: send the reading list, due 27 February, 3 days late", Ref("promise", "3")
    ),
    Written(""),
    Written("**Your 60 minutes**"),
    Written("10' Arrive"),
)


class FakeDesks:
    """Keeps what it was told; the page and the histories are what a test makes them."""

    today: date

    def __init__(self) -> None:
        super().__init__()
        self.page: Sequence[Written] = PAGE
        self.ticked: list[Ref] = []
        self.printed: dict[Path, str] = {}
        self.versions: dict[int, list[Version]] = {}

    def brief_page(self, pair: Pair) -> tuple[date, Sequence[Written]]:
        lines = [Written(o.text.replace("{name}", pair.first_name), o.ref) for o in self.page]
        return self.today, lines

    def tick_off(self, pair: Pair, on: date, ticked: Sequence[Ref]) -> None:
        self.ticked += ticked

    def print_page(self, page: str, file: Path) -> Path:
        self.printed[file] = page
        return file

    def histories(self, pair: Pair) -> dict[int, list[Any]]:
        return self.versions
