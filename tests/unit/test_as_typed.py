"""Messages as people type them: slips of the keys, turns of a question, wishes for less."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.conversation.dialogue.needs import requests_in
from coach.conversation.dialogue.shortening import shortened
from coach.conversation.dialogue.turning import asks_fact, fact_in, somebody_else, turned_side
from coach.conversation.dialogue.variation import in_another_tone, wants_shorter
from coach.conversation.memory_intents import memory_request
from coach.conversation.relating import RELATED, everyday, shared_words
from coach.conversation.spelling import as_meant
from coach.library.cards import load_deck
from coach.text import words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("give me soem qustions about her evenigns", "give me some questions about her evenings"),
        ("lol whats the daedline", "what's the deadline"),
        ("do u know wot i promissed", "do you know what I promised"),
        # Real words one slip away from those of a request stay, and so do names.
        ("the premises were deleted", "the premises were deleted"),
        ("Prue and Moira agree on the swords", "Prue and Moira agree on the swords"),
        ("lol", "lol"),
    ],
)
def test_a_slip_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert as_meant(typed) == meant


@given(st.text(max_size=60))
def test_reading_what_was_meant_never_fails_and_settles(text: str) -> None:
    once = as_meant(text)
    assert as_meant(once) == once or len(words(once)) <= len(words(text))


def test_a_name_that_looks_like_a_slip_is_left_alone() -> None:
    assert as_meant("did sessio answer", ["Sessio Lund"]) == "did sessio answer"


@pytest.mark.parametrize(
    ("said", "side"),
    [
        ("and hers?", "promises-theirs"), ("What about Ruth's?", "promises-theirs"),
        ("ok, and mine", "promises-mine"), ("and on my side?", "promises-mine"),
        ("both of us?", "promises-both"), ("what about her exam?", None),
        ("hers was better", None), ("and her husband?", None),
    ],
)  # fmt: skip
def test_whose_promises_are_wanted_now(said: str, side: str | None) -> None:
    assert turned_side(said, "Ruth") == side


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("when does she move?", True), ("whats the name of her dog", True),
        ("what's the deadline for his form again", True), ("who is her new lead?", True),
        ("what should I say to her?", False), ("is it ok to ask about her divorce?", False),
        ("does it matter that she is late?", False), ("how do I ask her?", False),
    ],
)  # fmt: skip
def test_a_question_for_a_fact_is_told_from_one_for_advice(said: str, fact: bool) -> None:
    assert asks_fact(as_meant(said)) == fact


def test_a_fact_is_found_where_something_known_speaks_of_it() -> None:
    known = ["Callum's ethics form is due on 23 January"]
    assert fact_in("what's the deadline for his form again", "Callum Fraser", known)
    assert not fact_in("what's the name of his dog", "Callum Fraser", known)
    assert not fact_in("when is it due", "Callum Fraser", known)


def test_another_person_is_noticed_unless_this_one_is_named() -> None:
    others = ["Priya Nair", "Tom Reyes"]
    assert somebody_else("What have I promised Priya?", others, "Amara Diallo") == "Priya Nair"
    assert not somebody_else("Does Amara know Priya?", others, "Amara Diallo")
    assert not somebody_else("What have I promised Amara?", others, "Amara Diallo")


@pytest.mark.parametrize(
    ("said", "shorter"),
    [
        ("yes but shorter please", True), ("too long", True), ("that's far too long", True),
        ("in one sentence please", True), ("can you make it shorter?", True),
        ("our meetings are too long", False), ("her answers get shorter", False),
    ],
)  # fmt: skip
def test_a_wish_for_less_is_heard(said: str, shorter: bool) -> None:
    assert wants_shorter(said) == shorter


def test_the_second_one_in_another_tone() -> None:
    assert in_another_tone("the second one, but warmer") == "the second one"
    assert not in_another_tone("the second one, but about her exam")


def test_what_is_left_of_a_script_and_of_advice() -> None:
    script = (
        'A script.\n\n# Limits\n\n**To open** [six/set-limits]\n\n> "Rosa, one thing."\n\n'
        '> "Fine. When shouldn\'t I ring? Tell me."'
    )
    assert shortened(script, "script") == ('> "Rosa, one thing."\n\n> "When shouldn\'t I ring?"')
    advice = 'Say it. Then wait. [fain/own-it]\n\nSay: "I would like to ask first."\n\nShall I?'
    assert shortened(advice, "advice") == 'Say it. [fain/own-it]\n\n"I would like to ask first."'
    assert not shortened("Hello there.", "greeting")


def test_two_requests_in_one_message() -> None:
    said = "some questions for her and also the words to tell her no"
    assert requests_in(said) == ("some questions for her", "the words to tell her no")
    assert requests_in("she is late and what is worse she lies") == (
        "she is late", "what is worse she lies",
    )  # fmt: skip
    assert requests_in("two things: what did he promise, and how do I raise it?") == (
        "what did he promise", "how do I raise it?",
    )  # fmt: skip
    assert len(requests_in("she came and he left")) == 1


@pytest.mark.parametrize(
    ("said", "name", "about"),
    [
        ("Remind me of something", "remember-what", ""),
        ("please remind me to send her the list", "remember", "to send her the list"),
        ("ok please you remember: her talk is on 29 May", "remember", "her talk is on 29 May"),
        ("I'll meet her on Monday. keep that", "remember", "I'll meet her on Monday"),
        ("is anything overdue?", "overdue", ""),
        ("remind me what she said", "recall", ""),
        ("can you remember when her exam is", "recall", ""),
    ],
)
def test_requests_to_memory_as_they_are_typed(said: str, name: str, about: str) -> None:
    found = memory_request(said, "Rosa", date(2026, 5, 18))
    if name == "recall":
        assert found is None or found.name != "remember"
    else:
        assert found is not None
        assert (found.name, found.about) == (name, about)


def test_a_telling_word_relates_two_texts_and_everyday_ones_do_not() -> None:
    uses = everyday(load_deck().cards.values())
    thread = "I promised to send her my handover checklist by Friday"
    late = shared_words("I'm late with the checklist", thread, uses, "Rosa Delgado")
    talk = shared_words("I have my talk with Rosa at 4", thread, uses, "Rosa Delgado")
    assert late >= RELATED > talk


def test_words_that_any_question_has_name_nothing() -> None:
    known = ["Ruth did not come", "Ruth is nervous about her talk"]
    assert not fact_in("what did she say about the helicopter?", "Ruth", known)
    assert fact_in("what did she say about the talk?", "Ruth", known)
