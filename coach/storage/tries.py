"""Tries of rehearsals, the words kept from them, and a talk that is paused: papers of a pair.

Only the user's own words are kept, with their points: what the counterpart said can be had again
from the scenario, and may hold what is later forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from coach.storage.pairs import Pair
from coach.storage.papers import PaperStore

_TALK = "talk"


@dataclass(frozen=True)
class KeptTry:
    """One try: what the user said, the points of each message (0 to 3), and their mean."""

    level: str
    said: tuple[str, ...]
    points: tuple[int, ...]
    total: float
    shown: tuple[str, ...]
    on: date


@dataclass(frozen=True)
class PausedTalk:
    """A talk to go on with: what the user said in it, and what it was begun with."""

    scenario: str
    level: str
    said: tuple[str, ...]
    from_memory: bool
    private: bool


class TalkStore:
    """The talk of a pair that is not at its end: one, the newest.

    Where ``writes`` says that another app writes, nothing is kept, and nothing fails.
    """

    def __init__(
        self, papers: PaperStore, today: Callable[[], date], writes: Callable[[], bool]
    ) -> None:
        self._papers = papers
        self._today = today
        self._writes = writes

    def keep(self, pair: Pair, talk: PausedTalk) -> None:
        """Keep ``talk`` in the place of the one before."""
        if self._writes():
            self._papers.remove(pair, "paused", _TALK)
            self._papers.keep(pair, "paused", _TALK, {**asdict(talk), "said": list(talk.said)},
                              self._today())  # fmt: skip

    def of(self, pair: Pair) -> PausedTalk | None:
        """The talk to go on with; None for none."""
        found = self._papers.versions(pair, "paused", _TALK)
        if not found:
            return None
        body = dict(found[-1].body)
        return PausedTalk(**{**body, "said": tuple(body["said"])})

    def drop(self, pair: Pair) -> None:
        """There is no talk to go on with any more."""
        if self._writes():
            self._papers.remove(pair, "paused", _TALK)


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
