"""The rules of the intent reader: what they settle, and what they must leave alone."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.conversation.intents import by_rule, examples
from coach.conversation.memory_intents import Request, memory_request


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
        ("Fair enough. Are you a person, by the way?", "identity"),
        ("Cheers, that's all for today.", "goodbye"),
        ("Thank you, and good night.", "goodbye"),
        ("are you a bot or a real person", "identity"),
        ("give me some good questions for tomorrow", "questions"),
        ("Questions to ask her about the exam", "questions"),
        ("What should I ask him next time?", "questions"),
        ("have you any deeper questions", "questions"),
        ("a script to set expectations", "script"),
        ("script please", "script"),
        ("the wording to settle our expectations", "script"),
        ("gimme the line", "script"),
        ("ok make me the words. friendly", "script"),
        ("Could you write what I say?", "script"),
        ("what do i even say", "script"),
        ("how would I put it to the boy, a few words only", "script"),
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
        "what do I say when she cancels again",
        "he wants the first line of the song",
    ],
)
def test_what_the_rules_leave_alone(text: str) -> None:
    assert by_rule(text) is None


def test_no_rule_contradicts_an_authored_example() -> None:
    wrong = {
        text: (name, found.name)
        for name, said in examples().items()
        for text in said.texts
        if (found := by_rule(text)) and found.name != name
    }
    assert wrong == {}


def _asked_of_memory(text: str) -> str:
    found = memory_request(text, "Rosa", date(2026, 11, 20))
    return found.name if found else ""


@pytest.mark.parametrize(
    ("request_name", "texts"),
    [
        ("forget", ["forget what I told you about her divorce", "please delete the bit about pay",
                    "remove that note", "I want the note about his salary gone",
                    "take that out of your notes please", "forget number 3", "delete it please",
                    "I shouldn't have told you about her illness, please delete that",
                    "would you mind deleting the thing about his wife"]),
        ("private", ["mark that as private", "this stays between us", "off the record",
                     "don't show that to anyone", "leave that out of the export",
                     "make the note about her health private", "hide that note"]),
        ("is-private", ["is that private?", "Is the note about her health confidential",
                        "is the interview still marked as private?", "did you mark that private?"]),
        ("change-date", ["actually it's on the 9th", "Sorry, I meant Thursday not Tuesday",
                         "It's been moved to the 14th", "change the date to the 3rd of June",
                         "not Tuesday, Wednesday", "it isn't on Monday but on Tuesday",
                         "Rosa's viva has been rescheduled for 8 December"]),
        ("upcoming", ["When is Rosa's interview?", "when does she fly"]),
        ("recall", ["When did Rosa mention the move", "what did she say about the exam"]),
        ("promises-mine", ["did I say I'd send something to Rosa", "my open promises",
                           "what was I going to do for her before we meet"]),
        ("promises-theirs", ["what did Rosa say she would do", "did she commit to anything",
                             "her promises please"]),
    ],
)  # fmt: skip
def test_what_is_asked_of_memory(request_name: str, texts: list[str]) -> None:
    assert {text: _asked_of_memory(text) for text in texts} == dict.fromkeys(texts, request_name)


@pytest.mark.parametrize(
    "text",
    [
        "I can't forget what he said",
        "oh I gave it to her last week",
        "wait, he was ill on Monday",
        "sorry, I forgot to call her on Friday",
        "oh, we met yesterday",
        "he keeps forgetting",
        "she asked me to forget what she said about me",
        "Should I forget about the goals?",
        "forget it",
        "forget that, let's talk about her exam instead",
        "forget what the books say, how do I really get her to talk",
        "I want to forget that meeting, it was so embarrassing",
        "I want to remove obstacles for her",
        "remove the pressure from her shoulders",
        "can we take out time for fun in a session",
        "I want to drop the subject of money",
        "please don't keep me waiting",
        "delete",
        "how do I make feedback private?",
        "What she told me is private, should I tell her boss?",
        "the meeting is private and cold",
        "he wants to keep our talks private and I need to report to HR",
        "is this private",
        "we moved our meeting three times already",
        "he postponed again, third time since March",
        "it's on my mind since Monday and I can't sleep, what do I do about her",
        "it was Tuesday and she still had not called",
        "Her exam is on the 12th and she's panicking",
        "push her to apply by May?",
        "when is the right time to give feedback",
        "when does a mentor give advice",
    ],
)
def test_what_leaves_memory_alone(text: str) -> None:
    assert _asked_of_memory(text) == ""


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("forget what I told you about her divorce", "her divorce"),
        ("pls forget the last message", ""),
        ("remove that note please", ""),
        ("get rid of the note on his divorce, I don't want it stored", "his divorce"),
        ("delete item 3", "3"),
    ],
)
def test_what_is_to_be_forgotten(text: str, about: str) -> None:
    found = memory_request(text, "Rosa", date(2026, 11, 20))
    assert found is not None
    assert (found.name, found.about) == ("forget", about)


@given(st.text(max_size=200))
def test_any_text_is_asked_of_memory_or_not(text: str) -> None:
    assert _asked_of_memory(text) in {"", *get_args(Request)}
