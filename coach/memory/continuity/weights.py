"""What makes one thread more pressing than another: every figure, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Situation = Literal[
    "passed", "ongoing", "own-overdue", "own-due", "own-open", "theirs-overdue", "theirs-due",
    "theirs-open", "both-overdue", "both-due", "both-open", "goal-passed", "goal-due", "goal",
    "struggle", "news", "opening", "personal", "plan", "coming", "ahead", "win", "topic",
]  # fmt: skip
"""Why a thread is worth pulling today; each has its own wordings in ``prompts/followups.md``."""


BASE: Mapping[Situation, float] = MappingProxyType(
    {
        # What has just happened is what a good mentor asks about first.
        "passed": 124, "ongoing": 80,
        # Then what was promised: one's own first, since it is ours to mend.
        "own-overdue": 90, "own-due": 84, "own-open": 80,
        "both-overdue": 86, "both-due": 80, "both-open": 72,
        "theirs-overdue": 82, "theirs-due": 76, "theirs-open": 74,
        # What they strive for or carry, and what is about to happen.
        "goal-passed": 76, "coming": 74, "goal-due": 70, "opening": 68, "news": 68, "struggle": 62,
        "goal": 75, "ahead": 64, "personal": 58, "plan": 72, "win": 38, "topic": 40,
    }
)  # fmt: skip
"""Points by situation, before age and urgency."""


@dataclass(frozen=True)
class Weights:
    """The figures of the ranking, in points; tuned on ``tests/evals/notes/dev*.jsonl`` only.

    The result hardly changes when one of them does by a third: of 60 such changes none finds
    three threads in a hundred more on any author's notes. Fitting them to single threads by
    logistic regression did no better on authors left out.
    """

    base: Mapping[Situation, float] = field(default_factory=lambda: BASE)
    overdue_day: float = 0.2
    """For each day overdue: older debts press more."""
    overdue_cap: int = 40
    """Days after which a debt presses no harder."""
    passed_day: float = 0.8
    """Off for each day since an event: the question goes stale."""
    missed_session: float = 44
    """Off for each session since an event that brought no news: it was not worth telling."""
    fresh: float = 12
    """For what was said in the latest session: it is what the two remember."""
    earlier_session: float = 6
    """Off for each session further back in which it was not taken up again."""
    silent_promise: float = 15
    """Off for a promise that a later session, whichever, brought no news of.

    Without it (and with ``earlier_promise`` 36) 542 of 624 wanted threads on eleven sets are in
    the first six and 12 settled ones are shown; with 10 to 20 it is 542 and 10. To sink threads
    by the chance that a later sentence closed them (the closing model, from log odds of -1.5)
    lost two wanted ones for two settled on nine of them: most settled ones are told of in words
    that it cannot tie to them.
    """
    earlier_promise: float = 31
    """Off for each session after the one in which a promise was made: most have been kept since."""
    earlier_burden: float = 12
    """The same for a struggle: most of them change from session to session."""
    earlier_remark: float = 14
    """The same for a personal remark without a day."""
    earlier_cap: int = 3
    """Sessions after which age counts no more."""
    importance: float = 14
    """Spread between the least and the most important."""
    least_importance: float = 0.1
    """What is less important is no thread."""
    least_promise: float = 0.42
    """The same for a promise without a day: many a turn of phrase reads like one."""
    quiet_days: int = 30
    """Days without news after which a struggle or a goal deserves a question again."""
    quiet: float = 5
    """For such a struggle or goal."""
    private: float = 2
    """For what was told in confidence: to forget that would hurt most."""
    retold: float = 14
    """Off when a later session came back to it: that note tells more than this one."""
    settled: float = 60
    """Off for what later items tell to be settled, in the measure of that doubt."""
    lasting: float = 6
    """For a struggle told as one that goes on, and off for one told in passing."""
    aside: float = 12
    """Off for a cheerful remark or a scrap of a sentence."""
    until: float = 10
    """Off for the end of a lasting state ("away until June"): it is no event to ask about."""
    scrap: float = 18
    """Off for words that hardly tell anything by themselves."""
    same_day: float = 30
    """Off for an event of the session's own day: the two spoke of it then."""
    same_theme: float = 60
    """Off for an event that a more pressing thread already asks about: variety."""
    dated_goal: float = 8
    """For a goal with a day set, and off for one without: a wish is not yet an aim."""
    far_day: float = 0.05
    """Off for each day that an event lies beyond the next session, up to ``far_cap`` days."""
    far_cap: int = 150
    own_event: float = 4
    """Off for what happened to oneself: one asks before one tells."""
    crowded: float = 7
    """Off for each more pressing thread of the same family beyond the first ones: variety."""
    merged: float = 2
    """For each further item in the same thread."""
    least_score: float = 64
    """A thread with fewer points is not suggested: better none than one that nobody misses."""
    least_threads: int = 3
    """But so many are, down to ``floor``."""
    floor: float = 10
    """Below this a thread is very likely settled, and none is shown for want of a better one."""
    least_win: float = 0.5
    """The same for a success of this importance: it is to be celebrated."""
    horizon: int = 14
    """Days ahead that count as "before the next session" when its date is not known."""
    win_days: int = 45
    """Days for which a success is fresh enough to celebrate."""
    news_days: int = 60
    """Days for which reported news is still worth a question."""
    personal_days: int = 150
    """Days for which a personal or private matter is: it weighs longer than news."""
    passed_days: int = 45
    """Days after an event during which "how did it go?" is still a good question."""
    rest_days: int = 10
    """Days that a thread rests after it was suggested, unless its day has come meanwhile."""
    most_surfaced: int = 2
    """A thread suggested this often without effect does not come back."""


FAMILIES: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "passed": ("event", 3), "ongoing": ("event", 3),
        "coming": ("ahead", 2), "ahead": ("ahead", 2),
        "own": ("promise", 4), "theirs": ("promise", 4), "both": ("promise", 4),
        "goal": ("goal", 1), "struggle": ("struggle", 1), "news": ("news", 2),
        "opening": ("news", 2), "personal": ("personal", 1), "plan": ("goal", 1),
        "win": ("win", 1), "topic": ("topic", 1),
    }
)  # fmt: skip
"""The family of a situation (its part before a hyphen) and how many of it come uncrowded."""


WEIGHTS = Weights()
