"""What front ends do with what a pair agreed on and plans: agreement, goals, roadmap, check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.bootstrap.files import free, read_text, write_new
from coach.bootstrap.parts import Parts

if TYPE_CHECKING:
    from coach.agreement.agreement import Side
    from coach.agreement.forms import Taken
    from coach.agreement.scripts import Script
    from coach.agreement.standing import AgreementStanding
    from coach.memory.store import Version
    from coach.planning.check import Answers
    from coach.planning.check import Side as CheckSide
    from coach.planning.check_views import CheckStanding
    from coach.planning.goal_views import GoalView
    from coach.planning.goals import Goal, Status
    from coach.planning.lookback import Lookback
    from coach.planning.roadmap import Roadmap
    from coach.planning.roadmap_views import Entry
    from coach.storage.pairs import Pair


class PairPlans(Parts):
    """The parts of the program, asked about what one pair agreed on and plans."""

    # -- agreement ---------------------------------------------------------

    def agreement(self, pair: Pair) -> AgreementStanding:
        """Every topic with what is open in it, the day of the review, and all versions."""
        return self.agreements.standing(pair)

    def put_agreement(self, pair: Pair, topic: str, said: Mapping[Side, str]) -> None:
        """Keep what was said on one topic today; "" takes it back."""
        self.agreements.put(pair, topic, said, self.today)

    def put_back_agreement(self, pair: Pair, number: int) -> None:
        """Make a version the newest again; 0 is before anything was said."""
        self.agreements.put_back(pair, number, self.today)

    def review_agreement(self, pair: Pair, day: date | None) -> None:
        """Set the day on which to look at the agreement again; None takes it back."""
        self.agreements.review(pair, day, self.today)

    def export_agreement(self, pair: Pair, file: Path, me: str = "") -> Path:
        """Write the agreement, ready to be signed, to a new .md, .docx or .pdf file."""
        target = free(file, "Export")
        self.agreements.export(pair, target, self.today, me)
        return target

    def write_form(self, pair: Pair, file: Path) -> Path:
        """Write the form for the other person to fill in to a new Markdown file."""
        return write_new(file, self.agreements.form(pair).encode(), "Form")

    def take_form(self, pair: Pair, file: Path) -> Taken:
        """Keep what the other person wrote into the form."""
        return self.agreements.take_form(pair, read_text(file, "Form"), self.today)

    def script(self, pair: Pair, kind: str) -> Script:
        """Words to say for one conversation with the other person."""
        return self.agreements.script(pair, kind, self.today)

    # -- goals and roadmap -------------------------------------------------

    def goals(self, pair: Pair) -> list[GoalView]:
        """The goals as seen today, and those that memory has noticed."""
        return self.planning.goal_views(pair, self.today)

    def add_goal(self, pair: Pair, text: str = "", **given: Any) -> GoalView:
        """Keep a goal; see :meth:`coach.planning.service.Planning.add_goal`."""
        return self.planning.add_goal(pair, self.today, text, **given)

    def change_goal(self, pair: Pair, name: str, change: Callable[[Goal], Goal]) -> GoalView:
        """Change the goal with that short name."""
        return self.planning.change_goal(pair, name, self.today, change)

    def close_goal(self, pair: Pair, name: str, status: Status) -> GoalView:
        """A goal is done, dropped or open again."""
        return self.planning.close_goal(pair, name, status, self.today)

    def take_back_goal(self, pair: Pair, name: str) -> None:
        """A goal that was just added is there no more."""
        self.papers.remove(pair, "goal", name)

    def roadmap(self, pair: Pair) -> list[Entry]:
        """The topics behind and ahead, laid on the sessions to come."""
        return self.planning.roadmap(pair, self.today, keep=not self.read_only)

    def change_roadmap(self, pair: Pair, change: Callable[[Roadmap], Roadmap]) -> list[Entry]:
        """Change the roadmap, and lay what is ahead on the sessions to come."""
        return self.planning.change_roadmap(pair, self.today, change)

    # -- check and looking back --------------------------------------------

    def check(self, pair: Pair) -> CheckStanding:
        """All answers to the relationship check, and where to invest."""
        from coach.planning.check_views import standing

        history = [one for one in self.planning.checks(pair) if one.on <= self.today]
        return standing(history, pair.first_name, self.library.card)

    def keep_check(self, pair: Pair, answers: Answers) -> int:
        """Keep one side's answers; the last of a day counts. Returns how many sets there were."""
        return self.planning.keep_check(pair, answers)

    def take_back_check(self, pair: Pair, side: CheckSide, before: int) -> None:
        """Of one side's sets of answers, only the first ``before`` are there any more."""
        self.planning.take_back_check(pair, side, before)

    def look_back(self, pair: Pair) -> Lookback:
        """What was open when, and what was kept, up to today."""
        from coach.planning.lookback import look_back

        store, today = self.memory.store, self.today
        return look_back(
            pair.first_name,
            today,
            items=store.items(pair),
            held=[session.on for session in store.sessions(pair)],
            planned=[one.on for one in self.planned.all(pair)],
            goals=self.planning.goal_views(pair, today),
            checks=self.planning.checks(pair),
        )

    # -- memory's history ---------------------------------------------------

    def histories(self, pair: Pair) -> dict[int, list[Version]]:
        """What the pair's items were before each change, oldest first, by the item's id."""
        return self.memory.store.histories(pair)

    def print_page(self, page: str, file: Path) -> Path:
        """Write a page (Markdown) to a new .md or .pdf file."""
        from coach.planning.printing import printed

        target = free(file, "Print")
        return write_new(target, printed(page, target.suffix), "Print")
