"""Settling in other people's words: what ends a thread, and what only sounds like it."""

from __future__ import annotations

from datetime import date

import pytest

from coach.memory.items import Item, Person
from coach.memory.noticing import notice
from coach.memory.noticing.closing_polarity import is_reversed
from coach.memory.noticing.closing_results import bare_deed, sends_off, tells_result
from coach.memory.noticing.closing_signs import Says

ROSA = Person("Rosa Lind", "mentee", "she")
EARLIER, LATER = date(2026, 3, 4), date(2026, 4, 1)


def says(text: str) -> Says:
    return Says(text, text)


def closed(kind: str, first: str, second: str, **fields: object) -> bool:
    """Whether the later note closes the one item of the earlier one (by words alone)."""
    values = {
        "id": 1, "kind": kind, "about": "them", "owner": "them", "text": first, "quote": first,
        "when": None, "until": None, "status": "open", "private": False, "session": 1,
        "said_on": EARLIER, **fields,
    }  # fmt: skip
    item = Item(**values)  # type: ignore[arg-type]
    found = notice(second, on=LATER, them=ROSA, my_role="mentor", open_items=[item])
    return [closing.item_id for closing in found.closings] == [1]


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("struggle", "She has a tax letter that she hasn't opened", "Tax letter opened: a refund."),
        ("struggle", "Her bow shakes on stage", "The bow didn't shake on stage, not once."),
        ("struggle", "Her sister owes her money", "Her sister paid the money back in full."),
        ("struggle", "She quarrels with Olaf about the rota",
         "Olaf has moved to another site, so the rota is hers."),
        ("commitment", "She will do a mock interview with a friend", "She got the job!"),
        ("commitment", "She will write to the client about calls",
         "She never had to write to the client about calls."),
        ("goal", "She wants to travel to the machine fair",
         "Concerning the machine fair, with a baby it is not this year."),
        ("goal", "She wants the story time running", "The story time has started."),
    ],
)  # fmt: skip
def test_settling_in_other_words_closes(kind: str, first: str, second: str) -> None:
    assert closed(kind, first, second)


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("commitment", "She will get three quotes for the oven",
         "Two of the three oven quotes are in."),
        ("commitment", "She will finish the pottery course", "The pottery course is half done."),
        ("commitment", "She will ask her boss for a day of training", "Her boss sent flowers."),
        ("commitment", "She will ask Ute about the opening", "Ute has a baby!"),
        ("goal", "She wants to give better talks", "She was proud of her talk."),
        ("commitment", "She will send the slides", "She hasn't sent the slides."),
        ("commitment", "She will finish the welding course",
         "Another welder finished the welding course."),
        ("commitment", "She will finish the price sheet",
         "Her brother finished his price sheet in an evening."),
        ("commitment", "She has to tell Olga about the shift", "She told her mum about Olga."),
        ("commitment", "I've to tell Olga about it", "I've three quotes to get, have one."),
        ("struggle", "Her bow shakes on stage", "The bow still shakes on stage."),
    ],
)  # fmt: skip
def test_a_part_a_greeting_or_other_news_closes_nothing(kind: str, first: str, second: str) -> None:
    assert not closed(kind, first, second)


def test_a_day_put_off_to_no_day_ends_the_event() -> None:
    exam, day = "She has the cloud exam on 30 May", {"when": date(2026, 5, 30), "owner": None}
    assert closed("event", exam, "She has decided to put the cloud exam off.", **day)
    assert closed("event", exam, "The firm has been sold, so no cloud exam.", **day)
    assert not closed("event", exam, "There is no cloud exam timetable yet.", **day)
    assert not closed("event", exam, "She has bought the book for the cloud exam.", **day)


@pytest.mark.parametrize(
    ("burden", "told", "expected"),
    [
        ("she hasn't opened the letter", "letter opened, a refund", True),
        ("she sleeps badly", "she slept well", True),
        ("she hasn't opened the letter", "the letter is still not opened", False),
        ("the boss shouts", "the boss didn't come", False),
        ("she sleeps badly", "she isn't sleeping", False),
    ],
)
def test_a_burden_told_with_the_other_sign(burden: str, told: str, expected: bool) -> None:
    assert is_reversed(burden, told) is expected


def test_signs_of_a_part_and_of_results() -> None:
    assert says("two of the three are in").partly
    assert says("the diary is in its third week").partly
    assert not says("the client spoke first nine times out of ten").partly
    assert tells_result("she got the job!")
    assert not tells_result("her sister has passed her exams")
    assert sends_off("i sent off everything on friday")
    assert not sends_off("she'll send it in on sunday")
    told = ("i performed.", "wrote it all down.", "she did.", "i rang him.")
    assert [bare_deed(low) for low in told] == ["perform", "write", "", ""]
