"""Tries of rehearsals, and the words kept from them: papers of a pair.

Only the user's own words are kept, with their points: what the counterpart said can be had again
from the scenario, and may hold what is later forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coach.storage.pairs import Pair
from coach.storage.papers import PaperStore


@dataclass(frozen=True)
class KeptTry:
    """One try: what the user said, the points of each message (0 to 3), and their mean."""

    level: str
    said: tuple[str, ...]
    points: tuple[int, ...]
    total: float
    shown: tuple[str, ...]
    on: date


class TryStore:
    """The tries in the database."""

    def __init__(self, papers: PaperStore) -> None:
        self._papers = papers

    def keep(
        self, pair: Pair, scenario: str, level: str, said: Sequence[str], points: Sequence[int],
        total: float, shown: Sequence[str], on: date,
    ) -> None:  # fmt: skip
        """Keep a try; the very same as the last one counts once."""
        body = {"level": level, "said": list(said), "points": list(points), "total": total,
                "shown": list(shown)}  # fmt: skip
        self._papers.keep(pair, "rehearsal", scenario, body, on)

    def of(self, pair: Pair, scenario: str) -> list[KeptTry]:
        """The tries of a scenario, oldest first."""
        return [
            KeptTry(
                paper.body["level"], tuple(paper.body["said"]), tuple(paper.body["points"]),
                paper.body["total"], tuple(paper.body["shown"]), paper.made_on,
            )
            for paper in self._papers.versions(pair, "rehearsal", scenario)
        ]  # fmt: skip

    def keep_words(self, pair: Pair, scenario: str, markdown: str, on: date) -> str:
        """Keep a script made of the user's own words; returns it."""
        self._papers.keep(pair, "words", scenario, {"markdown": markdown}, on)
        return markdown

    def words(self, pair: Pair, scenario: str) -> str:
        """The script that was kept last for a scenario; "" for none."""
        found = self._papers.versions(pair, "words", scenario)
        return str(found[-1].body["markdown"]) if found else ""
