"""What the pages of rehearsals ask of the service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from coach.rehearsal.feedback import Try
    from coach.rehearsal.scenario import Scenario
    from coach.rehearsal.service import Told
    from coach.rehearsal.talk import Talk
    from coach.storage.pairs import Pair


class RehearsalDesk(Protocol):
    """Rehearsals; any method may raise :class:`coach.errors.CoachError` and block for a second."""

    def scenarios(self, role: str | None = None) -> list[Scenario]:
        """All scenarios; those for ``role`` first."""

    def begin(
        self,
        pair: Pair,
        name: str,
        level: str = "plain",
        *,
        from_memory: bool = False,
        private: bool = False,
    ) -> Talk:
        """A talk that the counterpart opens."""

    def say(self, talk: Talk, text: str) -> Talk:
        """The talk after the user says ``text`` and is answered."""

    async def worded(self, talk: Talk) -> Talk:
        """The talk with its last reply in a chosen model's words; it may take half a minute."""

    def rewind(self, talk: Talk) -> Talk:
        """The talk without the last message and its answer."""

    def hint(self, talk: Talk) -> str:
        """What to do next."""

    def mood(self, talk: Talk) -> str:
        """How the counterpart seems."""

    def swapped(self, talk: Talk, text: str, said: Sequence[str]) -> str:
        """What the user might say to ``text``, which they speak as the counterpart."""

    def finish(self, pair: Pair, talk: Talk, on: date) -> Told:
        """Feedback; the try is kept."""

    def tries(self, pair: Pair, name: str) -> list[Try]:
        """Earlier tries of a scenario, oldest first."""

    def keep_words(self, pair: Pair, talk: Talk, on: date) -> str:
        """Keep what the user said as a script; returns it."""

    def words(self, pair: Pair, name: str) -> str:
        """The script kept for a scenario; "" for none."""

    def pause(self, pair: Pair, talk: Talk | None) -> None:
        """Keep a talk at hand to go on with; None for none. Does not block."""

    def has_paused(self, pair: Pair) -> bool:
        """Whether there is a talk to go on with, also one of an earlier run."""

    def paused(self, pair: Pair) -> Talk | None:
        """The talk to go on with."""
