"""What "it" stands for in an item that is read without its neighbours."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.memory.items import Person
from coach.memory.noticing import notice
from coach.memory.noticing.reference import resolved


@pytest.mark.parametrize(
    ("worded", "before", "found"),
    [
        ("Jo wants to sit it", "he doesn't feel ready for the maths test",
         "Jo wants to sit the maths test"),
        ("You will check it on 2 December", "She'll fill in my form", None),
        ("Jo will send it by Friday", "an outline is all that is missing",
         "Jo will send the outline by Friday"),
    ],
)  # fmt: skip
def test_the_one_thing_named_before_is_named_again(
    worded: str, before: str, found: str | None
) -> None:
    assert resolved(worded, before) == (found or "You will check your form on 2 December")


@pytest.mark.parametrize(
    ("worded", "before"),
    [
        ("Jo will send it by Friday", "the outline or the summary is missing"),
        ("Jo will send the outline once she has it", "the boss was away"),
        ("It will go on Friday", "the letter has not gone"),
        ("Jo finds it hard to say no", "the week was long"),
        ("Jo will make it on Friday", "the train is late"),
        ("Jo will do it at the end", "she was late in the end"),
        ("Jo will ring", "the letter has not gone"),
    ],
)
def test_where_there_is_a_doubt_nothing_is_put_in(worded: str, before: str) -> None:
    assert resolved(worded, before) == worded


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_are_taken(worded: str, before: str) -> None:
    assert worded.count("it") >= resolved(worded, before).count("it") - before.count("it")


def test_a_note_gives_texts_that_read_well_alone() -> None:
    told = (
        "Tunde will fill in the form by Friday and I will check it on 28 September. "
        "We talked for a while about how he loses his temper with one of the loaders."
    )
    person = Person("Tunde Bakare", "mentee", "he")
    drafts = notice(told, on=date(2026, 9, 24), them=person, my_role="mentor").drafts
    texts = [draft.text for draft in drafts]
    assert any("You will check the form" in text for text in texts), texts
    assert "Tunde loses his temper with one of the loaders" in texts
