"""What to come back to with the other person now, why, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from coach.memory.continuity.asks import Asker
from coach.memory.continuity.followup import FollowUp
from coach.memory.continuity.ranking import Thread, rank
from coach.memory.continuity.reasons import cards_of, is_overdue, why
from coach.memory.continuity.say import say_date
from coach.memory.continuity.speech import pronoun_of
from coach.memory.continuity.topics import told_once
from coach.memory.continuity.weights import WEIGHTS, Weights
from coach.memory.items import Item, Person
from coach.text import shorten

__all__ = ["WEIGHTS", "FollowUp", "Weights", "follow_ups", "say_date", "told_once"]


def follow_ups(
    items: Sequence[Item],
    on: date,
    *,
    me_role: Literal["mentor", "mentee"],
    them: Person,
    next_session: date | None,
    sessions: Sequence[date],
    limit: int,
    weights: Weights = WEIGHTS,
) -> list[FollowUp]:
    """At most ``limit`` threads worth taking up with ``them`` on the day ``on``, best first.

    ``items`` are the whole memory of the pair, closed items too (they answer older ones);
    ``sessions`` the days on which the two met; ``next_session`` bounds what is "coming up", two
    weeks when it is None; ``me_role`` is the user's role. Pure, and the order of ``items`` and
    ``sessions`` does not matter.
    """
    threads = rank(
        items, on, them=them, next_session=next_session, sessions=sessions, weights=weights
    )
    asker = Asker(them, pronoun_of(them, items), on)
    return [_follow_up(thread, asker, on, me_role) for thread in threads[:limit]]


def _follow_up(
    thread: Thread, asker: Asker, on: date, me_role: Literal["mentor", "mentee"]
) -> FollowUp:
    item = thread.items[0]
    return FollowUp(
        topic=shorten(item.text, 80),
        ask=asker.ask(thread),
        why=why(thread, on),
        due=item.until or item.when,
        overdue=is_overdue(thread),
        items=tuple(member.id for member in thread.items),
        quote=item.quote,
        said_on=item.said_on,
        cards=cards_of(thread, me_role),
        private=any(member.private for member in thread.items),
        score=round(thread.score, 3),
    )
