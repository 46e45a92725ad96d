""" "And if she says no?": what is heard as the other person's reaction, and which one it is."""

from __future__ import annotations

import pytest

from coach.conversation.dialogue.pushback import OPEN, foreseen, reaction_in, reactions
from coach.library.cards import load_deck


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("and if she says no?", "she says no"),
        ("What if Rosa doesn't answer?", "Rosa doesn't answer"),
        ("and when he say he has no time?", "he say he has no time"),
        ("what do I say if he asks me why", "he asks me why"),
        ("he'll just laugh", "he'll just laugh"),
        ("if she's late I text her", ""),
        ("she said no", ""),
        (
            "He'll tell me why he was late and then we go on to his plans for next summer",
            "",
        ),
    ],
)
def test_what_may_come_back_is_heard(text: str, clause: str) -> None:
    assert foreseen(text, "Rosa", after_words=True) == clause


def test_what_somebody_will_do_is_a_reaction_only_to_words_that_were_shown() -> None:
    assert foreseen("he'll just laugh", "Rosa", after_words=False) == ""


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("she cries", "upset"),
        ("she turns me down", "refuses"),
        ("she says it was my idea", OPEN),
        ("it rains", ""),
    ],
)
def test_without_a_model_its_words_tell_which_it_is(clause: str, kind: str) -> None:
    assert reaction_in(clause, None, lambda _: None) == kind


def test_each_reaction_has_words_for_both_sides_and_a_card_that_exists() -> None:
    cards = load_deck().cards
    for one in reactions().values():
        assert one.card in cards
        assert all(one.lines[role] for role in ("mentor", "mentee"))
        assert one.examples or one.kind == OPEN
