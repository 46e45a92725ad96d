"""Promises, days and rules told in a roundabout way, and how they are worded."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from coach.memory.noticing.standing import said_to_be
from tests.noting import ON, drafts_of


@pytest.mark.parametrize(
    ("text", "owner", "when"),
    [
        ("She wants me to write to the centre. I will, by 1 April.", "me", "2026-04-01"),
        ("She has handed me the plan to check, deadline 6 April.", "me", "2026-04-06"),
        ("I said it will be there on the 24th.", "me", "2026-03-24"),
        ("She asked to see a hundred pages by 15 March.", "me", "2026-03-15"),
        ("Her to get me a place on the list.", "them", None),
        ("Over to me to find a reader by 12 March.", "me", "2026-03-12"),
        ("A draft to her by 9 April.", "me", "2026-04-09"),
        ("Two pages about the strike by Friday.", "them", "2026-03-06"),
        ("My comments on chapter two, by Monday.", "me", "2026-03-09"),
        ("She telephones him on Wednesday.", "them", "2026-03-04"),
        ("She is writing me the template.", "them", None),
        ("I'm to stop copying Grant. Starting tomorrow.", "me", "2026-03-03"),
        ("I will run her through it; Monday the 16th suits us both.", "me", "2026-03-16"),
        ("I'll read the chapter. Deadline: Friday.", "me", "2026-03-06"),
        ("i said id sit with her sat morning", "me", "2026-03-07"),
    ],
)
def test_a_promise_that_no_verb_of_promising_tells(text: str, owner: str, when: str | None) -> None:
    made = [d for d in drafts_of(text) if d.kind == "commitment"]
    assert [(d.owner, d.when and d.when.isoformat()) for d in made] == [(owner, when)]


@pytest.mark.parametrize(
    ("text", "when", "until"),
    [
        ("The viva has been moved from 3 March to 24 March.", "2026-03-24", None),
        ("The post is advertised in the new year, closing 30 January.", "2027-01-30", None),
        ("He put her on a rewire over Easter, 3 to 12 April.", "2026-04-03", "2026-04-12"),
        ("Her viva is set. It's on the 22nd.", "2026-03-22", None),
        ("The bank wants a business plan by 30 September.", "2026-09-30", None),
        ("Her office is going to be split in two in the autumn.", "2026-09-01", "2026-11-30"),
        ("She will speak with the notary on 5 May.", "2026-05-05", None),
    ],
)
def test_the_day_of_an_event(text: str, when: str, until: str | None) -> None:
    (event,) = (d for d in drafts_of(text) if d.kind == "event")
    assert str(event.when) == when
    assert (event.until and event.until.isoformat()) == until


@pytest.mark.parametrize(
    "text", ["Got five introductions by the 20th.", "She sent both letters by the 25th."]
)
def test_what_was_done_by_a_day_is_not_to_come(text: str) -> None:
    assert not any(d.when and d.when > ON for d in drafts_of(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("She asked me not to bring up her marriage again.", "boundary"),
        ("She says never to ask her for money.", "boundary"),
        ("She doesn't do hugs.", "boundary"),
        ("Her Thursdays are sacrosanct.", "boundary"),
        ("No talking about the trial at lunch.", "boundary"),
        ("We meet on the second Tuesday of each month.", "expectation"),
        ("She wants that I am there ten minutes early.", "expectation"),
        ("We said no phones.", "expectation"),
        ("Her wish is to stay on the ward after the exam.", "goal"),
        ("She told me she'd like to be head of the school in three years.", "goal"),
        ("She and her husband have split up.", "fact"),
    ],
)
def test_limits_rules_and_aims(text: str, kind: str) -> None:
    assert [d.kind for d in drafts_of(text)] == [kind]


def test_a_sentence_ends_after_an_hour() -> None:
    drafts = drafts_of("The alarm went at 3 a.m. She's worried about the inspection.")
    assert [d.quote for d in drafts] == ["She's worried about the inspection."]


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        ("I will run her through the numbers by Friday.", "You will run Anna through the numbers"),
        ("She's died.", "Anna has died"),
        ("She'd failed the exam by four points.", "Anna had failed the exam by four points"),
        ("She's torn and afraid of the board.", "Anna is torn and afraid of the board"),
    ],
)
def test_words_that_read_well(text: str, worded: str) -> None:
    assert worded in [d.text for d in drafts_of(text)]


def alike(first: list[str], second: list[str]) -> NDArray[np.float32]:
    """Whatever has to do with water is alike, and so is all the rest."""

    def vector(one: str) -> list[float]:
        return [1.0, 0.0] if "drown" in one or "harvest" in one else [0.0, 1.0]

    a, b = np.array([vector(t) for t in first]), np.array([vector(t) for t in second])
    return np.asarray(a @ b.T, dtype=np.float32)


def test_a_mentors_own_trouble_counts_for_less_than_the_mentees() -> None:
    text = "The harvest of my first year went under water all the same."
    as_mentee = drafts_of(text, "mentee", alike)
    as_mentor = drafts_of(text, "mentor", alike)
    assert len(as_mentor) <= len(as_mentee)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("a list of three firms to be drafted", "a list of three firms is to be drafted"),
        ("two mocks to be arranged", "two mocks are to be arranged"),
        ("the cap and the gown to be brought in", "the cap and the gown are to be brought in"),
        ("Anna hopes to be promoted", "Anna hopes to be promoted"),
        ("she asked to be told", "she asked to be told"),
        ("the form has to be signed", "the form has to be signed"),
        ("the room is to be booked", "the room is to be booked"),
    ],
)
def test_a_task_is_said_as_a_sentence(told: str, said: str) -> None:
    assert said_to_be(told) == said


def test_a_word_inside_another_asks_for_no_silence() -> None:
    drafts = drafts_of(
        "We met for 40 min in the glasshouse. She will send me the list by Friday, she says."
    )
    assert drafts
    assert not any(draft.private for draft in drafts)


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("For Anna's ears only: I have asked for a transfer to Lund.", True),
        ("Still only us two: she will send me the plans from Lund.", True),
        ("She will send me the plans from Lund, same rule as last time.", True),
        ("Dinnae let on: she will send me the plans from Lund.", True),
        ("She waited until he said yes, and she will send me the plans from Lund.", False),
        ("It is only us two in the lab, and she will send me the plans from Lund.", False),
        ("Keep it off the floor. She will send me the plans from Lund.", False),
    ],
)
def test_who_is_meant_to_hear_it(text: str, private: bool) -> None:
    found = [draft.private for draft in drafts_of(text) if "Lund" in draft.quote]
    assert found
    assert all(one is private for one in found)
