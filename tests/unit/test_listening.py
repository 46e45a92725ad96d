"""What a message wants, and news of somebody's life."""

from __future__ import annotations

import pytest

from coach.conversation.dialogue.listening import asks, asks_for_all, goes_on, proposes
from coach.conversation.skills.life_events import life_event
from coach.conversation.skills.reading_questions import further_question
from coach.conversation.skills.working import script_for, subject


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("how do i tell him", True),
        ("He is cross. what can i say", True),
        ("ok and should i write to her", True),
        ("in a hurry, she comes in ten minutes", True),
        ("She never says what she thinks", False),
        ("When she is late I get nervous", False),
        ("He asks me how to do everything", True),
    ],
)
def test_a_question_is_heard_without_its_mark(text: str, asked: bool) -> None:
    assert asks(text) is asked


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("and if she says no?", True),
        ("so what do I do", True),
        ("how do I tell Rosa", True),
        ("he has done it since the start", True),
        ("what's the capital of Peru", False),
        ("Rosa is late with her report again", False),
        ("my mentor never answers", False),
        ("He goes on far too long when he presents. How do I tell him?", False),
    ],
)
def test_what_goes_on_with_the_need_in_hand(text: str, leans: bool) -> None:
    assert goes_on(text, "Rosa") is leans


@pytest.mark.parametrize(
    ("text", "thought_of"),
    [
        ("should I ring her tonight?", True),
        ("questions about her salary", True),
        ("let's talk about her pay", True),
        ("She rang me at nine last night", False),
        ("how do I tell her that calls after six are off limits?", False),
    ],
)
def test_what_the_user_thinks_of_doing(text: str, thought_of: bool) -> None:
    assert proposes(text) is thought_of


def test_a_question_about_the_whole_person() -> None:
    assert asks_for_all("What do you know about Rosa?", "Rosa")
    assert not asks_for_all("What do you know about Rosa's exam?", "Rosa")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rosa's sister is ill. What do I do?", "hard"),
        ("my mentee lost her father last week", "hard"),
        ("He is getting divorced", "hard"),
        ("Luca invited me to his wedding", "happy"),
        ("Her report is ill prepared", None),
        ("the project died", None),
        ("where can I buy a birthday cake", None),
    ],
)
def test_news_of_a_life_is_told_from_work(text: str, kind: str | None) -> None:
    assert life_event(text) == kind


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("give me three questions for him", ""),
        ("quick, I have 5 minutes before I see Rosa, what do I ask", ""),
        ("give me one about the bridge", "the bridge"),
        ("and questions for after the pitch?", "the pitch"),
        ("Back to the audition: what could I ask him about it?", "the audition"),
        ("what could i ask instead", ""),
    ],
)
def test_what_questions_are_wanted_about(text: str, about: str) -> None:
    assert subject(text) == about


def test_a_script_follows_the_message_then_the_card_of_the_talk() -> None:
    assert script_for("words about limits please", "", "engage/constructive-feedback") == (
        "boundaries"
    )
    assert script_for("give me the words", "", "engage/constructive-feedback") == "feedback"
    assert script_for("give me the words", "we have not met since May", "") == (
        "restart-after-a-gap"
    )
    assert script_for("give me the words", "", "") == ""


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("And this one: How are you?", "How are you?"),
        ("and: What went well and what would you change?",
         "What went well and what would you change?"),
        ("thanks, and how do I begin?", None),
    ],
)  # fmt: skip
def test_a_further_question_to_read(text: str, question: str | None) -> None:
    assert further_question(text) == question
