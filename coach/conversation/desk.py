"""What a conversation can have made by other parts of the program: pages, scripts, questions.

The conversation knows this port only; the composition root fulfils it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from coach.conversation.dialogue.state import Listed
from coach.conversation.wording import Role, Voice
from coach.storage.pairs import Pair


@dataclass(frozen=True)
class Page:
    """Something made to read: Markdown, the cards and items it rests on, what it lists."""

    markdown: str
    cards: tuple[str, ...] = ()
    items: tuple[int, ...] = ()
    listed: tuple[Listed, ...] = ()


@dataclass(frozen=True)
class Limit:
    """A limit of the two in the words it was set in, and when that was."""

    text: str
    since: date | None = None


class Desk(Protocol):
    """Makes pages for a pair. Each may raise :class:`coach.errors.CoachError`."""

    def script(self, pair: Pair | None, kind: str, role: Role, request: str = "") -> Page:
        """Words to say for one conversation; ``kind`` is one of the scripts' kinds. What the
        ``request`` itself tells is used and not asked for."""

    def questions(
        self, pair: Pair | None, request: str, about: str, need: str, count: int, role: Role,
        voice: Voice,
    ) -> Page:  # fmt: skip
        """Questions for the other person as ``request`` asks for them, about ``about`` unless that
        is "": then from memory, or where that has none about the ``need`` in hand. Outside a pair
        they are for the user's ``role``.
        """

    def limit(self, pair: Pair, text: str) -> Limit | None:
        """The limit of the two that doing what ``text`` says would go against; None when none."""

    def asked(self, pair: Pair, questions: Sequence[str]) -> None:
        """Remember that these were asked today: they rest."""

    def closing_questions(self, pair: Pair | None) -> Page:
        """The questions to end a session with."""

    def brief(self, pair: Pair, request: str = "", minutes: int | None = None) -> Page:
        """One page for the session on the day that ``request`` names, else the next one; of
        ``minutes`` if that is given."""

    def goals(self, pair: Pair) -> Page:
        """The pair's goals, and what they lack."""

    def add_goal(self, pair: Pair, text: str) -> Page:
        """Keep ``text`` as a goal; the goal as it stands, and what it lacks."""

    def roadmap(self, pair: Pair) -> Page:
        """Topics for the coming sessions."""

    def agreement(self, pair: Pair) -> Page:
        """What the two have settled and what not."""

    def others(self, pair: Pair) -> list[str]:
        """The names of the other people whom the user has a pair with."""

    def proposals_taken(self, reply_id: int) -> None:
        """What a reply proposed to keep was kept: it is offered no more."""

    def check(self, pair: Pair) -> Page:
        """How the relationship check stands, or how to do it."""
