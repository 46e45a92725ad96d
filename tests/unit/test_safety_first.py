"""Safety comes before whatever else a conversation is about."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from coach.bootstrap import Coach
from coach.content import wordings
from coach.conversation.dialogue.state import state_of
from coach.storage.conversations import Conversation, Message
from coach.storage.pairs import Pair

ALONG = "We went through the plan for spring, and the budget is settled. "
HURT = "Her husband hits her."


@pytest.fixture
def pair(coach: Coach) -> Pair:
    return coach.add_pair("Amara Osei", "mentor")


@pytest.fixture
def talk(coach: Coach, pair: Pair) -> Conversation:
    return coach.resume(pair)


def say(coach: Coach, talk: Conversation, pair: Pair | None, text: str) -> Message:
    async def run() -> None:
        async for _ in coach.turn(talk, pair, text):
            pass

    asyncio.run(run())
    return coach.history(talk)[-1]


@pytest.mark.parametrize(
    "text",
    [
        ALONG * 8 + HURT + " " + ALONG * 8,
        f"Remember that {HURT}",
        f"What did she say about the budget? And what do I do about this: {HURT}",
        "remember: he threatened to kill her",
    ],
    ids=["in the middle", "to remember", "after a question", "as a command"],
)
def test_a_sign_is_answered_whatever_else_is_said_and_is_not_kept(
    coach: Coach, talk: Conversation, pair: Pair, text: str
) -> None:
    reply = say(coach, talk, pair, text)
    assert reply.detail["intent"] == "safety"
    assert not reply.detail.get("proposals")
    assert not coach.memory.search(pair, text, 5, date(2026, 3, 2))


@pytest.mark.parametrize(
    "before", [["Let's do GROW about my time", "To have my evenings free"], ["She never prepares."]]
)
def test_a_sign_comes_before_a_route_or_a_question_that_is_open(
    coach: Coach, talk: Conversation, pair: Pair, before: list[str]
) -> None:
    for text in before:
        say(coach, talk, pair, text)
    asked = state_of(coach.history(talk))
    assert asked.route or asked.waiting or asked.offers
    reply = say(coach, talk, pair, "I don't want to live any more")
    assert reply.detail["intent"] == "safety"
    left = state_of(coach.history(talk))
    assert (left.route, left.waiting, left.offers) == (None, False, ())


def test_the_same_sign_twice_is_answered_in_other_words(
    coach: Coach, talk: Conversation, pair: Pair
) -> None:
    replies = [say(coach, talk, pair, HURT).text for _ in range(2)]
    assert replies[0] != replies[1]
    assert all("Amara" in text for text in replies)


def test_without_a_pair_nobody_is_named(coach: Coach) -> None:
    reply = say(coach, coach.resume(None), None, HURT)
    assert "{" not in reply.text
    assert len(wordings("safety")["abuse them"]) == 2
