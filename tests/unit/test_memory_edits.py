"""Changes to memory said in the user's own way: what they name, and what only sounds like one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.conversation.memory_edits import (
    Edit,
    corrected,
    meant,
    misspelt,
    read_edits,
    replaced,
    turned,
    waited,
    waiting,
)
from coach.conversation.redating import shifted
from coach.memory.items import Item

DAY = date(2026, 5, 4)
TEXTS = (
    "Zoe is pregnant", "Zoe will ask her landlord about the lease", "Zoe has an interview at Shell",
    "Zoe has an interview at BP", "Zoe's daughter Mila starts school",
)  # fmt: skip


def item(key: int, text: str) -> Item:
    return Item(
        id=key, kind="fact", about="them", owner=None, text=text, quote=text, when=None, until=None,
        status="open", private=False, session=1, said_on=DAY,
    )  # fmt: skip


ITEMS = [item(key, text) for key, text in enumerate(TEXTS)]


def named(said: str) -> tuple[str, list[int]] | None:
    """The first change of a message that names something, and what it names."""
    for edit in read_edits(said, "Zoe"):
        found = meant(edit, ITEMS, "Zoe")
        if found:
            return edit.op, [one.id for one in found]
    return None


@pytest.mark.parametrize(
    ("said", "op", "ids"),
    [
        ("delete the pregnancy please", "forget", [0]),
        ("I should never have noted the pregnancy. Take it out again.", "forget", [0]),
        ("Zoe asked me not to keep anything about her pregnancy", "forget", [0]),
        ("the lease thing should not be in there", "forget", [1]),
        ("could you get rid of the landlord bit?", "forget", [1]),
        ("forget the interview", "forget", [2, 3]),
        ("the pregnancy must stay between us", "private", [0]),
        ("nobody must hear about the lease", "private", [1]),
        ("her pregnancy is no longer a secret", "public", [0]),
        ("the pregnancy is common knowledge by now, you can lift the private mark", "public", [0]),
        ("tick off the lease", "done", [1]),
        ("the BP interview isn't happening after all", "dropped", [3]),
        ("the lease isn't settled yet", "reopen", [1]),
    ],
)
def test_a_change_names_what_is_kept(said: str, op: str, ids: list[int]) -> None:
    assert named(said) == (op, ids)


@pytest.mark.parametrize(
    "said",
    [
        "How do I tell her to forget the interview?", "Did she forget the lease?",
        "I keep forgetting the lease", "The interview? I told her: forget the lease",
        "forget the garden", "remove the obstacle in her way", "is the pregnancy private?",
        "she is private about her garden", "What if the interview is cancelled?",
    ],
)  # fmt: skip
def test_what_is_no_change_or_names_nothing_changes_nothing(said: str) -> None:
    assert named(said) is None


@pytest.mark.parametrize(
    ("said", "wrong", "right"),
    [
        ("the interview is with Vestas rather than Shell", "Shell", "Vestas"),
        ("Not Shell - Vestas.", "Shell", "Vestas"),
        ("I meant Vestas, not Shell, for the interview", "Shell", "Vestas"),
        ("the interview isn't at Shell, it's at Vestas", "Shell", "Vestas"),
    ],
)
def test_words_that_were_wrong_are_told_from_those_that_are_right(
    said: str, wrong: str, right: str
) -> None:
    pairs = [corrected(edit) for edit in read_edits(said, "Zoe") if edit.op == "correct"]
    assert (wrong, right) in pairs


def test_a_name_that_was_misspelt_is_found_by_its_likeness() -> None:
    assert misspelt("Her daughter is Mira. I misspelled it.", ITEMS) == ("Mila", "Mira")
    assert misspelt("I misspelled Constantinople", ITEMS) is None


def test_a_promise_changes_hands() -> None:
    assert turned("You will send Luke your list", "Luke") == "Luke will send you Luke's list"
    assert turned("Maya is to book your room", "Maya") == "You are to book Maya's room"


@given(st.text("abAB ", max_size=30), st.text("abAB", min_size=1, max_size=4))
def test_only_whole_words_are_replaced(text: str, old: str) -> None:
    told = replaced(text, old, "ZZ").split()
    assert told == ["ZZ" if w.lower() == old.lower() else w for w in text.split()]


@pytest.mark.parametrize(
    ("said", "days"),
    [("it starts a week later", 7), ("two days earlier", -2), ("10 days after that", 10),
     ("see you later", None), ("a weekly talk", None)],
)  # fmt: skip
def test_a_day_moves_by_so_much(said: str, days: int | None) -> None:
    assert shifted(said) == (None if days is None else timedelta(days))


def test_a_change_waits_in_the_state_of_the_conversation() -> None:
    assert waited(waiting("correct", "Shell", "BP")) == Edit("correct", old="Shell", new="BP")
    assert waited("remember") is None
