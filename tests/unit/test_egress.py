"""What may leave the machine: stand-ins for names both ways, and nothing private."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.models.egress import StandIns, stand_ins_for, touches_private

COMMON = frozenset(
    ["how", "do", "i", "give", "her", "feedback", "the", "trust", "some", "ask", "tell", "you"]
)
PUBLIC = COMMON | {"rosa", "lindqvist", "lab", "reading", "list", "chapter", "calls"}
SECRET = "Rosa is thinking of leaving the laboratory in Uppsala"


def test_names_are_hidden_and_put_back() -> None:
    text = "Tell Rosa Lindqvist that Dr Adeyemi called. Rosa's chapter waits; O'Brien agreed."
    hidden = stand_ins_for([text], ["Rosa Lindqvist"], COMMON)
    gone = hidden.hide(text)
    for name in ("Rosa", "Lindqvist", "Adeyemi", "O'Brien"):
        assert name not in gone
    assert hidden.put_back(gone) == text


def test_a_name_at_the_beginning_of_a_sentence_is_hidden_and_a_word_is_not() -> None:
    hidden = stand_ins_for(["Priya is late. Trust needs time. How do I ask?"], [], COMMON)
    assert [name for name, _ in hidden.names] == ["Priya"]


def test_a_name_in_small_letters_is_hidden_too() -> None:
    assert "rosa" not in stand_ins_for(["ask rosa about it"], ["Rosa"], COMMON).hide("ask rosa")


def test_a_name_that_only_the_program_fills_in_is_hidden() -> None:
    hidden = stand_ins_for(["Should I bluff?"], ["Rosa Lindqvist"], COMMON, "The mentor of Rosa.")
    assert "Rosa" not in hidden.hide("The mentor of Rosa.")


def test_addresses_and_numbers_are_left_out_and_days_are_not() -> None:
    hidden = stand_ins_for(["x"], [], COMMON)
    assert hidden.hide("by 2026-05-11, a@b.example or +44 20 7946 0000") == (
        "by 2026-05-11, [left out] or [left out]"
    )


@given(st.lists(st.from_regex(r"[A-Z][a-z]{2,8}", fullmatch=True), unique=True, max_size=40))
def test_hiding_is_undone_exactly(names: list[str]) -> None:
    text = " met ".join(["they", *names, "there"])
    hidden = stand_ins_for([text], names, COMMON)
    gone = hidden.hide(text)
    assert not set(gone.split()) & set(names)
    assert hidden.put_back(gone) == text


def test_no_stand_ins_change_nothing() -> None:
    assert StandIns().hide("Rosa, 2026-05-11, a@b.example") == "Rosa, 2026-05-11, a@b.example"


@pytest.mark.parametrize(
    "text",
    [
        "She is thinking of leaving us soon.", "What about Uppsala?", "LABORATORY matters",
        "Should Rosa be leaving? I keep thinking about the lab and what is private.\n"
        "Rosa is thinking of leaving the laboratory in Uppsala.",
    ],
)  # fmt: skip
def test_what_tells_a_private_text_is_held(text: str) -> None:
    public = PUBLIC | {"thinking", "leaving", "is", "in", "the", "of"}
    assert touches_private(text, [SECRET], public)


@pytest.mark.parametrize("text", ["How do I give Rosa feedback?", "The reading list is late.", ""])
def test_what_has_nothing_to_do_with_it_may_go(text: str) -> None:
    public = PUBLIC | {"thinking", "leaving", "is", "in", "the", "of"}
    assert not touches_private(text, [SECRET], public)


def test_nothing_private_holds_nothing() -> None:
    assert not touches_private(SECRET, [], PUBLIC)
