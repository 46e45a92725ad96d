"""What was just shown, wished for in another way; and goals as they are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.conversation.dialogue.listening import asks_verdict, goes_on
from coach.conversation.dialogue.variation import (
    length_in,
    other_subject,
    wants_instead,
    wants_note,
    wants_others,
    without_script,
)
from coach.conversation.skills.goals import goal_in


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("the second one but about her own first year", "her own first year"),
        ("Make the third about money, please", "money"),
        ("that one, but about the exam", "the exam"),
        ("the second one is good", ""),
        ("I asked her about the exam", ""),
    ],
)
def test_another_subject_for_a_question(text: str, about: str) -> None:
    assert other_subject(text) == about


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("no, not a script. I'd rather send a short message", "I'd rather send a short message"),
        ("I don't need a script", ""),
        ("no script please", "please"),
        ("yes, a script", None),
        ("I have no idea how to open the talk, a script would help", None),
    ],
)
def test_who_wants_no_script_says_what_instead(text: str, instead: str | None) -> None:
    assert without_script(text) == instead


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I'd rather just send a short message", True), ("draft me a quick email", True),
        ("text him", True), ("he sent me a long message about his father", False),
        ("how do I open the talk", False),
    ],
)  # fmt: skip
def test_a_few_lines_to_send_are_no_whole_talk(text: str, *, wanted: bool) -> None:
    assert wants_note(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("less formal ones", True), ("other questions please", True), ("hm, deeper ones", True),
        ("a few different ones", True), ("the other mentor left", False),
        ("I want more time with her", False), ("more", True),
    ],
)  # fmt: skip
def test_others_of_the_same_sort(text: str, wanted: bool) -> None:
    assert wants_others(text) is wanted


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("we have 45 minutes", 45), ("only half an hour this time", 30), ("it is 90 min", 90),
        ("an hour and a half", 90), ("he was 20 minutes late, what do I do?", None),
        ("no idea", None),
    ],
)  # fmt: skip
def test_a_length_for_the_session(text: str, minutes: int | None) -> None:
    assert length_in(text) == minutes


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("I want to be a ward sister in two years", "Be a ward sister in two years"),
        ("My goal is to pass the exam.", "Pass the exam"),
        ("Rosa would like to chair a meeting", "Chair a meeting"),
        ("publish one paper by autumn", "Publish one paper by autumn"),
    ],
)
def test_the_goal_itself(text: str, goal: str) -> None:
    assert goal_in(text) == goal


@given(st.text(max_size=80))
def test_any_words_are_taken(text: str) -> None:
    assert goal_in(text).lower() in " ".join(text.replace("’", "'").split()).lower()
    assert not (wants_others(text) and other_subject(text))
    assert length_in(text) is None or length_in(text) in range(1000)


@pytest.mark.parametrize(
    "text",
    [
        "do you think I'm overreacting?",
        "am I being too strict?",
        "is it just me",
        "Is it wrong of me",
    ],
)
def test_who_wants_to_be_judged(text: str) -> None:
    assert asks_verdict(text)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("actually I think it's because she's got the audit until the end of the month", True),
        ("does that matter?", True),
        ("am I wrong?", True),
        ("how do I set up a first meeting with somebody else entirely?", False),
    ],
)
def test_what_goes_on_with_the_matter_in_hand(text: str, on: bool) -> None:
    assert goes_on(text, "Helen") is on


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("no, a check-in instead", True), ("rather one about feedback", True),
        ("goals instead please, she does not know what she wants from it at all", False),
        ("a script for boundaries", False),
    ],
)  # fmt: skip
def test_something_else_in_its_place(text: str, wanted: bool) -> None:
    assert wants_instead(text) is wanted
