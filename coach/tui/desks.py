"""What the app's pages about one pair ask of the service, page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from coach.agreement.agreement import Side
    from coach.agreement.forms import Taken
    from coach.agreement.scripts import Script
    from coach.agreement.standing import AgreementStanding
    from coach.conversation.voice.proposing import Proposed
    from coach.conversation.voice.summarising import Summary
    from coach.memory.items import Draft, Item
    from coach.memory.store import Version
    from coach.planning.check import Answers
    from coach.planning.check import Side as CheckSide
    from coach.planning.check_views import CheckStanding
    from coach.planning.goal_views import GoalView
    from coach.planning.goals import Goal, Status
    from coach.planning.lookback import Lookback
    from coach.planning.page import Ref, Written
    from coach.planning.roadmap import Roadmap
    from coach.planning.roadmap_views import Entry
    from coach.storage.pairs import Pair


class AgreementDesk(Protocol):
    """How the two work together; any method may raise :class:`coach.errors.CoachError`."""

    def agreement(self, pair: Pair) -> AgreementStanding:
        """Every topic with what is open in it, the day of the review, and all versions."""

    def put_agreement(self, pair: Pair, topic: str, said: Mapping[Side, str]) -> None:
        """Keep what was said on one topic today; "" takes it back."""

    def put_back_agreement(self, pair: Pair, number: int) -> None:
        """Make a version the newest again; 0 is before anything was said."""

    def review_agreement(self, pair: Pair, day: date | None) -> None:
        """Set the day on which to look at the agreement again; None takes it back."""

    def export_agreement(self, pair: Pair, file: Path, me: str = "") -> Path:
        """Write the agreement, ready to be signed, to a new .md, .docx or .pdf file."""

    def write_form(self, pair: Pair, file: Path) -> Path:
        """Write the form for the other person to a new Markdown file."""

    def take_form(self, pair: Pair, file: Path) -> Taken:
        """Keep what the other person wrote into the form."""

    def script(self, pair: Pair, kind: str) -> Script:
        """Words to say for one conversation with the other person."""


class PlanDesk(Protocol):
    """Where the two want to get to, how it goes, and how it went."""

    def goals(self, pair: Pair) -> list[GoalView]:
        """The goals as seen today, and those that memory has noticed."""

    def add_goal(self, pair: Pair, text: str = "", **given: Any) -> GoalView:
        """Keep a goal; see :meth:`coach.planning.service.Planning.add_goal`."""

    def change_goal(self, pair: Pair, name: str, change: Callable[[Goal], Goal]) -> GoalView:
        """Change the goal with that short name."""

    def close_goal(self, pair: Pair, name: str, status: Status) -> GoalView:
        """A goal is done, dropped or open again."""

    def take_back_goal(self, pair: Pair, name: str) -> None:
        """A goal that was just added is there no more."""

    def roadmap(self, pair: Pair) -> list[Entry]:
        """The topics behind and ahead, laid on the sessions to come."""

    def change_roadmap(self, pair: Pair, change: Callable[[Roadmap], Roadmap]) -> list[Entry]:
        """Change the roadmap, and lay what is ahead on the sessions to come."""

    def check(self, pair: Pair) -> CheckStanding:
        """All answers to the relationship check, and where to invest."""

    def keep_check(self, pair: Pair, answers: Answers) -> int:
        """Keep one side's answers; the last of a day counts. Returns how many sets there were."""

    def take_back_check(self, pair: Pair, side: CheckSide, before: int) -> None:
        """Of one side's sets of answers, only the first ``before`` are there any more."""

    def look_back(self, pair: Pair) -> Lookback:
        """What was open when, and what was kept, up to today."""


class BriefDesk(Protocol):
    """The page before a session, and what became of it."""

    def brief_page(self, pair: Pair) -> tuple[date, Sequence[Written]]:
        """The day of the next session, and the lines of the page for it; may take a second."""

    def tick_off(self, pair: Pair, on: date, ticked: Sequence[Ref]) -> None:
        """Lines were ticked off in the session of that day: settle what they say."""

    def print_page(self, page: str, file: Path) -> Path:
        """Write a page (Markdown) to a new .md or .pdf file."""


class HistoryDesk(Protocol):
    """What memory items were before."""

    def histories(self, pair: Pair) -> dict[int, list[Version]]:
        """What the pair's items were before each change, oldest first, by the item's id."""


class SessionDesk(Protocol):
    """Sessions read once more; the asynchronous methods end their request when they are closed."""

    def helper(self) -> str:
        """The name of the chosen model that helps with it; "" for the built-in engine."""

    async def proposals(self, pair: Pair, number: int | None = None) -> Proposed | None:
        """What the chosen model would keep of a session's note beside what is kept."""

    def keep_proposed(self, pair: Pair, number: int, drafts: Sequence[Draft]) -> list[Item]:
        """Keep what the user agreed to of that."""

    def meeting_days(self, pair: Pair) -> list[date]:
        """The days of which a note or a transcript is kept, newest first."""

    async def summary(self, pair: Pair, on: date | None = None, *, worded: bool = True) -> Summary:
        """What was said on that day in a few sentences; ``worded`` lets a chosen model word it."""


class PairDesks(AgreementDesk, PlanDesk, BriefDesk, HistoryDesk, SessionDesk, Protocol):
    """All of them."""
