"""Reading the user's own question: its kind, and a better wording in its own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.conversation.questioning.reading import read_question
from coach.conversation.questioning.verbs import base_of, gerund, ing_of
from coach.conversation.skills.reading_questions import answer_reading, question_in
from tests.evals.questions_eval import measure

KINDS = {"open", "closed", "leading", "double", "advice in disguise", "small talk"}


@pytest.mark.parametrize("split", ["dev", "dev-b", "held"])
def test_the_kinds_are_told_apart(split: str) -> None:
    found = measure(split)
    assert sum(found.cases.values()) >= 140
    assert found.accuracy >= 0.9
    assert found.opened >= 0.97 * found.reworded


@pytest.mark.parametrize(
    ("asked", "kind", "better"),
    [
        ("Did you like the course?", "closed", "What did you make of the course?"),
        ("Don't you think you should talk to your boss?", "advice in disguise",
         "What would talking to your boss change?"),
        ("Have you considered asking for help?", "advice in disguise",
         "What would asking for help change?"),
        ("Why don't you apply for the grant?", "advice in disguise",
         "What would applying for the grant change?"),
        ("What if you moved to another team?", "advice in disguise",
         "What would moving to another team change?"),
        ("You enjoyed the talk, didn't you?", "leading", "What did you make of the talk?"),
        ("Isn't your new boss great?", "leading", "How is your new boss for you?"),
        ("Is your workload manageable?", "closed", "How manageable is your workload?"),
        ("Do you have any questions about the programme?", "closed",
         "What questions do you have about the programme?"),
        ("What went well and what would you change?", "double", "What went well?"),
        ("Isn't it obvious that the job is wrong for you?", "leading", "How is the job for you?"),
        ("Is your boss treating you badly?", "closed", "How is your boss treating you?"),
        ("Do you want to stay or leave?", "closed", "How do you feel about staying or leaving?"),
        ("When will you send me the draft?", "closed",
         "What do you still need before you can send me the draft?"),
        ("If I were you I would apply, what do you think?", "advice in disguise",
         "What would applying change?"),
        ("you ok with the plan?", "closed", "How do you feel about the plan?"),
        ("Is your visa sorted out?", "closed", "What can you tell me about your visa?"),
        ("Did you hear back from the board?", "closed", "What have you heard from the board?"),
        ("Did you already talked with your chef?", "closed",
         "Where do things stand with talking with your chef?"),
        ("Isn't your boss a bit of a bully?", "leading", "What do you make of your boss?"),
        ("It's great news about the grant, isn't it?", "leading", "What do you make of the grant?"),
        ("Is there any reason you haven't applied for it?", "advice in disguise",
         "What would applying for it change?"),
        ("Would you like tea or coffee?", "small talk",
         "What has been on your mind most since we last spoke?"),
        ("How was your weekend?", "small talk", "What was the best part of your weekend?"),
    ],
)  # fmt: skip
def test_examples_of_each_kind(asked: str, kind: str, better: str) -> None:
    found = read_question(asked)
    assert (found.kind, found.better) == (kind, better)


def test_a_good_question_is_left_as_it_is() -> None:
    found = read_question("What matters most to you in this?")
    assert (found.kind, found.better, found.remark) == ("open", "", "")


def test_a_why_that_accuses_is_open_with_a_remark() -> None:
    found = read_question("Why didn't you apply?")
    assert found.kind == "open"
    assert found.remark
    assert found.better == "What kept you from applying?"


verbs = st.sampled_from(
    [
        "talk to your boss",
        "write the report",
        "get more sleep",
        "sit in on the meeting",
        "apply again",
        "say no to extra work",
        "move to Berlin",
        "tell her",
        "lie low for a while",
        "plan your week",
    ]
)
ADVICE = [
    "Why don't you {}?",
    "Have you thought of {ing}?",
    "Shouldn't you {}?",
    "Don't you think you should {}?",
    "Wouldn't it be better to {}?",
    "How about {ing}?",
    "Would it help to {}?",
    "Maybe you could {}?",
    "Have you tried {ing}?",
    "Couldn't you just {}?",
    "Isn't it time to {}?",
    "Why not {}?",
]


@given(st.sampled_from(ADVICE), verbs)
def test_advice_is_seen_through_and_its_words_are_kept(pattern: str, doing: str) -> None:
    named = gerund(doing)
    found = read_question(pattern.format(doing, ing=named))
    assert found.kind == "advice in disguise"
    assert found.better == f"What would {named} change?"
    assert read_question(found.better).kind == "open"


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = read_question(text)
    assert found.kind in KINDS
    assert found.why
    assert "\n" not in found.better


@given(
    st.lists(
        st.sampled_from(
            [
                "what",
                "do",
                "you",
                "think",
                "did",
                "your",
                "boss",
                "the",
                "and",
                "or",
                "is",
                "are",
                "not",
                "a",
                "to",
                "of",
                "really",
                ",",
                "?",
                "should",
                "have",
                "been",
                "why",
                "how",
            ]
        ),
        max_size=14,
    ).map(" ".join)
)
def test_scrambled_questions_are_read(text: str) -> None:
    assert read_question(text).kind in KINDS


@pytest.mark.parametrize(
    ("base", "ing"),
    [
        ("talk", "talking"),
        ("write", "writing"),
        ("sit", "sitting"),
        ("lie", "lying"),
        ("see", "seeing"),
        ("begin", "beginning"),
        ("apply", "applying"),
        ("offer", "offering"),
        ("be", "being"),
    ],
)
def test_verb_forms(base: str, ing: str) -> None:
    assert ing_of(base) == ing
    assert base_of(ing) == base


@pytest.mark.parametrize(
    "message",
    [
        "is this a good question: Do you like your job?",
        "Is it a good question: Do you like your job?",
        "how can I ask this better: Do you like your job?",
        "How could I word this better? Do you like your job?",
        "improve this question: Do you like your job?",
        'I want to ask her "Do you like your job?"',
        "I want to ask her: Do you like your job? Is that ok?",
        "is it ok to ask him 'Do you like your job?'",
        "make this question more open: Do you like your job?",
        "Do you like your job? Is this a good question?",
        '"Do you like your job?" - how can I ask this better?',
        "rate my question: Do you like your job?",
        "what kind of question is this: Do you like your job?",
    ],
)
def test_a_pasted_question_is_found(message: str) -> None:
    assert (question_in(message) or "").rstrip("?") == "Do you like your job"


@pytest.mark.parametrize(
    "message",
    [
        "Do you like my plan?",
        "give me good questions to ask",
        "how can I ask her about the setback?",
        "what should I ask at the end?",
        "Is she right?",
        "How do I say no to her?",
        "I asked her how it went",
        "I want to ask her about her thesis",
    ],
)
def test_other_messages_hold_no_question_to_read(message: str) -> None:
    assert question_in(message) is None


def test_the_answer_names_the_kind_a_better_wording_and_a_card() -> None:
    text, cards = answer_reading("Did you like the course?")
    assert "closed" in text
    assert "What did you make of the course?" in text
    assert f"[{cards[0]}]" in text
    text, cards = answer_reading("What matters most to you?")
    assert "open" in text
    assert "instead" not in text


@pytest.mark.parametrize(
    ("text", "first", "then"),
    [
        ("What went well and what would you change?", "What went well?", "What would you change?"),
        ("Have you asked her, and what did she say about the plan?",
         "What did she say about the plan?", "Where do things stand with asking her?"),
        ("Who helped you and why?", "Who helped you?", ""),
        ("How was it?", None, ""),
    ],
)  # fmt: skip
def test_neither_half_of_a_double_question_is_lost(text: str, first: str | None, then: str) -> None:
    found = read_question(text)
    assert found.then == then
    assert first is None or found.better == first
