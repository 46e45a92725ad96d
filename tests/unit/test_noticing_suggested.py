"""Drafts from what somebody else points at: the text decides what becomes of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.memory.items import Draft, Person
from coach.memory.noticing.notice import look
from coach.memory.noticing.suggested import Suggestion, openly, suggested

NOTE = """We met in the canteen. Amara will send me the outline by Friday, 8 May.
The flat eats most of her evenings. I offered to look for a reader.
Between us: she keeps a second account in Lugano.
Perhaps the data course in autumn is the way to go for her."""
LOOK = look(NOTE, on=date(2026, 5, 4), them=Person("Amara Osei", "mentee"), my_role="mentor")


def drafts(*found: tuple[str, str, str, str], known: tuple[str, ...] = ()) -> tuple[Draft, ...]:
    return suggested(NOTE, LOOK, [Suggestion(*one) for one in found], known, 5)


@pytest.mark.parametrize(
    ("found", "text", "when", "private"),
    [
        (("struggle", "Amara", "", "the flat eats  most of her\nevenings"),
         "The flat eats most of Amara's evenings", None, False),
        (("commitment", "them", "them", "will send me the outline by Friday, 8 May"),
         "Amara will send you the outline by Friday, 8 May", date(2026, 5, 8), False),
        (("commitment", "me", "me", "I offered to look for a reader."),
         "You offered to look for a reader", None, False),
        (("fact", "them", "", "she keeps a second account in Lugano"),
         "Amara keeps a second account in Lugano", None, True),
        (("plan", "them", "them", "the data course in autumn is the way to go for her"),
         "Perhaps the data course in autumn is the way to go for Amara", date(2026, 9, 1), False),
        (("struggle", "them", "", "the data course in autumn is the way to go for her"),
         "Perhaps the data course in autumn is the way to go for Amara", None, False),
    ],
)  # fmt: skip
def test_the_words_the_day_and_the_confidence_are_the_texts_own(
    found: tuple[str, str, str, str], text: str, when: date | None, private: bool
) -> None:
    (draft,) = drafts(found)
    assert (draft.text, draft.when, draft.private) == (text, when, private)
    assert NOTE[draft.start : draft.end] == draft.quote


@pytest.mark.parametrize(
    "found",
    [
        ("struggle", "them", "", "The flat eats all of her evenings."),
        ("omen", "them", "", "The flat eats most of her evenings."),
        ("struggle", "Brutus", "", "The flat eats most of her evenings."),
        ("struggle", "me", "", "The flat eats most of her evenings."),
        ("commitment", "them", "me", "Amara will send me the outline by Friday, 8 May."),
        ("commitment", "them", "", "Amara will send me the outline by Friday, 8 May."),
        ("commitment", "both", "both", "I offered to look for a reader."),
        ("fact", "them", "", "the flat"),
        ("fact", "them", "", ""),
        ("fact", "them", "", "lat eats most of her eve"),
    ],
)
def test_what_the_text_does_not_bear_out_is_nothing(found: tuple[str, str, str, str]) -> None:
    assert drafts(found) == ()


def test_what_is_known_or_was_pointed_at_before_is_not_proposed_again() -> None:
    flat = ("struggle", "them", "", "The flat eats most of her evenings.")
    assert len(drafts(flat, flat)) == 1
    assert drafts(flat, known=("The flat eats most of her evenings",)) == ()


def test_what_is_told_in_confidence_is_left_out_of_what_may_be_read_elsewhere() -> None:
    assert "Lugano" not in openly(NOTE, LOOK)
    assert "outline" in openly(NOTE, LOOK)


@given(st.text(max_size=80), st.sampled_from(["fact", "event", "commitment", "x"]), st.text())
def test_whatever_is_pointed_at_a_draft_is_verbatim(quote: str, kind: str, who: str) -> None:
    for draft in drafts((kind, who, who, quote), (kind, "them", "them", quote)):
        assert NOTE[draft.start : draft.end] == draft.quote
