"""Short answers: what is one, what only begins like one, and what a choice or a return names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.conversation.dialogue.answers import correction, place_of, read_answer, returned_to


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("yes", ["yes please", "Yeah, that'd be great!", "yes, write it for me", "go for it",
                 "yes, sure, let's do that", "ok", "oh yes please do", "I’d appreciate that"]),
        ("keep", ["keep that as my step", "ok, note it as my next step"]),
        ("no", ["no, I changed my mind", "no thanks", "nah I'm good", "no, not at the moment",
                "I'd rather not, thank you",
                "that won't be necessary", "thanks but no", "I can do that myself", "let's not"]),
        ("other", ["no, the other", "the other one please", "something else"]),
        ("straight", ["just tell me what to do", "no more questions pls, straight answer",
                      "I'm in a hurry", "cut to the chase", "what's your advice",
                      "look, I've got five minutes. What should I do?"]),
        ("more", ["tell me more", "what else?", "go on", "any other ideas", "more ideas please",
                  "what are my options then", "which options do I have?"]),
        ("unsure", ["I don't know", "hard to say", "no idea", "I'm not sure yet"]),
        ("stop", ["stop", "let's leave it there", "cancel this", "no, stop", "I want to stop",
                  "I don't want to carry on with this exercise"]),
        ("rephrase", ["huh?", "can you put that differently?", "sorry, I don't get it",
                      "in plain English please", "make it less stiff", "what does that mean"]),
        ("source", ["why?", "says who?", "where does that come from?", "what's that based on",
                    "which article is that from?", "is that from a book"]),
    ],
)  # fmt: skip
def test_what_a_short_message_answers(kind: str, texts: list[str]) -> None:
    assert {text: found.kind for text in texts if (found := read_answer(text))} == dict.fromkeys(
        texts, kind
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the second one", 2),
        ("I like number three", 3),
        ("the 4th please", 4),
        ("first one sounds good", 1),
        ("#3", 3),
        ("can we do the fifth?", 5),
        ("no, the last one", -1),
        ("the last but one", -2),
    ],
)
def test_which_entry_a_choice_names(text: str, place: int) -> None:
    found = read_answer(text)
    assert found is not None
    assert (found.kind, found.place) == ("choice", place)


def test_a_choice_by_its_matter() -> None:
    found = read_answer("the one about her family, please")
    assert found is not None
    assert (found.kind, found.place, found.about) == ("choice", 0, "her family")
    texts = ("What would make the job lighter?", "How does your family see the move?")
    assert place_of(found.about, texts) == 2
    assert place_of("salary", texts) == 0
    assert place_of("", texts) == 0


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("back to Rosa", "Rosa"),
        ("Back to Ben's promotion, please", "Ben's promotion"),
        ("anyway, back to the feedback thing", "the feedback thing"),
        ("can we return to the boundaries question", "the boundaries question"),
        ("let's go back to what we were talking about before", "what we were talking about before"),
        ("as for the deadline", "the deadline"),
        ("go back", ""),
    ],
)
def test_what_back_to_names(text: str, about: str) -> None:
    found = read_answer(text)
    assert found is not None
    assert (found.kind, found.about) == ("back", about)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yes, but she never replies",
        "No, the problem is that he talks",
        "no one listens to me",
        "yes to everything is what he says",
        "ok but how do I start",
        "the second problem is her boss",
        "two of my mentees are late",
        "give me five good questions",
        "the one about whom I told you is late",
        "stop him from talking",
        "he stopped",
        "I don't want to stop the mentoring",
        "more trust between us",
        "why does she do that",
        "where does trust come from",
        "who said that mentors must be older",
        "I don't understand why he never answers",
        "what does it mean to be a good mentor",
        "going back to work after her leave is hard for Rosa",
        "back to square one with Ben",
        "back to back meetings kill me",
        "I'd like to go back to university",
        "she wants to go back to her old job",
        "let's talk about her boss",
        "I want to come to an agreement with her",
        "I can do that but she won't",
    ],
)
def test_what_says_something_of_its_own(text: str) -> None:
    assert read_answer(text) is None


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = read_answer(text)
    assert found is None or found.place == 0 or found.kind == "choice"


def test_a_correction_gives_what_was_meant() -> None:
    assert correction("no, I meant the other meeting") == "the other meeting"
    assert correction("she is mean to me") == ""


def test_the_newest_need_with_most_words_in_common_is_returned_to() -> None:
    needs = ("He never gives feedback.", "She cancels our meetings.", "My feedback hurt her.")
    assert returned_to("the feedback thing", needs) == "My feedback hurt her."
    assert returned_to("the cancelled meetings", needs) == "She cancels our meetings."
    assert returned_to("salary", needs) == ""
