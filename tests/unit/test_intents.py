"""The rules of the intent reader: what they settle, and what they must leave alone."""

from __future__ import annotations

import pytest

from coach.conversation.intents import by_rule, examples


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hi", "greeting"),
        ("Good morning!", "greeting"),
        ("Hey coach :)", "greeting"),
        ("thanks a lot", "thanks"),
        ("OK, thank you so much.", "thanks"),
        ("bye", "goodbye"),
        ("see you tomorrow", "goodbye"),
        ("what can you do?", "capabilities"),
        ("help", "capabilities"),
        ("HELP ME!!", "capabilities"),
        ("Are you a human?", "identity"),
        ("is this chatgpt", "identity"),
        ("are you a bot or a real person", "identity"),
        ("give me some good questions for tomorrow", "questions"),
        ("Questions to ask her about the exam", "questions"),
        ("What should I ask him next time?", "questions"),
        ("have you any deeper questions", "questions"),
        ("a script to set expectations", "script"),
        ("script please", "script"),
        ("the wording to settle our expectations", "script"),
    ],
)
def test_what_a_rule_settles(text: str, intent: str) -> None:
    found = by_rule(text)
    assert found is not None
    assert found.name == intent
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "hi, my mentee has stopped answering me",
        "thanks for asking, but he still cancels every time",
        "she said bye and left the room",
        "how can you help someone who does not want it",
        "he never asks me anything",
        "My mentor answers every question with a story",
        "He questions everything I say",
        "she has expectations that I cannot meet",
        "I am afraid of the question of money",
        "what can I do when she cancels",
        "is this person a good mentor for me",
    ],
)
def test_what_the_rules_leave_alone(text: str) -> None:
    assert by_rule(text) is None


def test_no_rule_contradicts_an_authored_example() -> None:
    wrong = {
        text: (name, found.name)
        for name, texts in examples().items()
        for text in texts
        if (found := by_rule(text)) and found.name != name
    }
    assert wrong == {}
