"""Tasks told by what is to be done, with a few words for whose they are; days in a told month."""

from __future__ import annotations

from datetime import date

import pytest

from coach.memory.dates import find_dates
from coach.memory.items import Item, Person
from coach.memory.noticing import notice

ON = date(2026, 3, 4)  # a Wednesday
MAYA = Person("Maya Ruiz", "mentee", "she")


def owed(text: str) -> list[tuple[str | None, str | None]]:
    """Owner and day of each promise."""
    drafts = notice(text, on=ON, them=MAYA, my_role="mentor").drafts
    return [
        (d.owner, d.when.isoformat() if d.when else None) for d in drafts if d.kind == "commitment"
    ]


@pytest.mark.parametrize(
    ("text", "owner", "day"),
    [
        ("There's a form wants sending in by Friday, by me not her.", "me", "2026-03-06"),
        ("Ticket to York not booked yet! Me, by Friday.", "me", "2026-03-06"),
        ("The intro gets cut by Sunday, she's doing it herself.", "them", "2026-03-08"),
        ("The van wants insuring, and that's for her to do, not the depot.", "them", None),
        ("The audit file, first draft (MR), by 13 March.", "them", "2026-03-13"),
        ("Budget slide to be redone, by her.", "them", None),
        ("Her hours still have to be logged, by Friday, and not by me.", "them", "2026-03-06"),
        ("So that's me, the caterer to be spoken to before the 16th.", "me", "2026-03-16"),
        ("Her report form's on me, the office want it on Thursday.", "me", "2026-03-05"),
    ],
)
def test_a_task_is_whose_a_few_words_say(text: str, owner: str, day: str | None) -> None:
    assert owed(text) == [(owner, day)]


@pytest.mark.parametrize(
    "text",
    [
        "The report was written by her.",
        "Lunch on Friday is on me.",
        "The next session is on Friday, at her request.",
        "She rang me, and that's her, always late.",
        "I felt let down by her.",
    ],
)
def test_what_somebody_did_or_pays_for_is_no_task(text: str) -> None:
    assert owed(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The slot is the 16th of July, and the mould must be there by the 9th.", "2026-07-09"),
        ("The concert in June goes back a week, to the 20th.", "2026-06-20"),
        ("It starts on 28 June and goes on until the 5th.", "2026-07-05"),
        ("The farm is handed over on the 1. of July.", "2026-07-01"),
        ("Everything is moved to the 15. July.", "2026-07-15"),
        ("Term is starting on 15th of this month.", "2026-03-15"),
        ("She has until Lady Day to answer.", "2026-03-25"),
        ("The slides must be with them until noon of tomorrow.", "2026-03-05"),
    ],
)
def test_a_day_is_read_in_the_month_that_was_told(text: str, day: str) -> None:
    assert day in [d.when.isoformat() for d in find_dates(text, ON) if d.when]


def test_an_ordinal_with_a_full_stop_ends_no_sentence() -> None:
    drafts = notice("The interview is on the 2. April.", on=ON, them=MAYA, my_role="mentor").drafts
    assert [(d.kind, d.when) for d in drafts] == [("event", date(2026, 4, 2))]


def test_what_is_told_as_not_done_closes_no_promise() -> None:
    first = "She has to send the renewal by 30 November."
    item = Item(
        1, "commitment", "them", "them", first, first, date(2026, 11, 30), None, "open", False, 1,
        date(2026, 11, 3),
    )  # fmt: skip
    note = (
        "The renewal is filled in but lacks his signature and he is travelling, so it is not sent."
    )
    noticed = notice(note, on=date(2026, 12, 1), them=MAYA, my_role="mentor", open_items=[item])
    assert not noticed.closings
