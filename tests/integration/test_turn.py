"""One turn through the real storage: what happens when, and what is kept when it fails."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from itertools import pairwise
from typing import Any, cast

import pytest

from coach.bootstrap import Coach
from coach.conversation.events import (
    Event,
    Noticed,
    Reply,
    Retrieved,
    TextDelta,
    TurnFailed,
    TurnFinished,
    TurnStarted,
    Understood,
)
from coach.errors import CoachError, UsageError
from coach.storage.pairs import Pair
from coach.text import MAX_MESSAGE, word_count

NEED = "My mentee cancels our meetings at the last minute and I don't know what to do about it."
OFF_TOPIC = "Which stock should I buy on Monday?"
_CITED = re.compile(r"\[([a-z]+/[a-z0-9-]+)\]")


async def events(coach: Coach, pair: Pair | None, text: str) -> list[Event]:
    return [event async for event in coach.turn(coach.resume(pair), pair, text)]


async def reply_to(coach: Coach, pair: Pair | None, text: str) -> Reply:
    *_, last = await events(coach, pair, text)
    assert isinstance(last, TurnFinished)
    return last.reply


@pytest.fixture
def amara(coach: Coach) -> Pair:
    return coach.add_pair("Amara Osei", "mentor")


async def test_a_turn_from_message_to_reply(warm_coach: Coach, amara: Pair) -> None:
    found = await events(warm_coach, amara, NEED)
    kinds = [type(event) for event in found]
    assert kinds.count(TextDelta) > 2
    assert kinds.count(Noticed) <= 1
    once = [TurnStarted, Understood, Retrieved, TextDelta, Noticed, TurnFinished]
    assert kinds == [kind for kind in once for _ in range(kinds.count(kind))]
    assert {TurnStarted, Understood, Retrieved, TurnFinished} <= set(kinds)
    started, finished = found[0], found[-1]
    assert isinstance(started, TurnStarted)
    assert isinstance(finished, TurnFinished)
    reply = finished.reply
    assert "".join(e.text for e in found if isinstance(e, TextDelta)) == reply.text
    asked, answered = warm_coach.history(warm_coach.resume(amara))
    assert (asked.id, asked.author, asked.text) == (started.message_id, "user", NEED)
    assert (answered.id, answered.author, answered.text) == (
        finished.message_id, "coach", reply.text,
    )  # fmt: skip
    assert answered.status == "complete"
    assert answered.detail == reply.detail()


async def test_an_answer_is_short_and_cites_cards_that_were_found(
    warm_coach: Coach, amara: Pair
) -> None:
    found = await events(warm_coach, amara, NEED)
    (retrieved,) = [e for e in found if isinstance(e, Retrieved)]
    assert retrieved.degraded == ""
    finished = found[-1]
    assert isinstance(finished, TurnFinished)
    reply = finished.reply
    assert not reply.refused
    assert reply.citations == tuple(_CITED.findall(reply.text))
    assert set(reply.citations) <= {hit.card for hit in retrieved.hits}
    assert word_count(reply.text) <= 140
    assert reply.text.endswith("?")


async def test_the_message_is_kept_before_anything_else_can_fail(
    coach: Coach, amara: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr(coach.library, "search", fail)
    monkeypatch.setattr(coach.library, "vector", fail)
    with pytest.raises(RuntimeError):
        await events(coach, amara, NEED)
    assert [m.text for m in coach.history(coach.resume(amara))] == [NEED]


async def test_when_the_turn_starts_the_message_is_on_disk(coach: Coach, amara: Pair) -> None:
    turn = cast(AsyncGenerator[Event], coach.turn(coach.resume(amara), amara, NEED))
    assert isinstance(await anext(turn), TurnStarted)
    other = Coach(coach.places, coach.settings)
    assert [m.text for m in other.history(other.resume(amara))] == [NEED]
    other.close()
    await turn.aclose()


async def test_a_failing_search_fails_the_turn_in_words(
    coach: Coach, amara: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise CoachError("Index", "it is damaged", "Run `coach doctor`.")

    monkeypatch.setattr(coach.library, "search", fail)
    *_, last = await events(coach, amara, NEED)
    assert last == TurnFailed("Index", "it is damaged", "Run `coach doctor`.")
    assert [m.author for m in coach.history(coach.resume(amara))] == ["user"]


async def test_a_message_that_cannot_be_kept_is_not_answered(
    coach: Coach, amara: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = coach.resume(amara)
    coach.pair_store.delete(amara)
    (only,) = [event async for event in coach.turn(chat, amara, NEED)]
    assert isinstance(only, TurnFailed)
    assert only.kept is False
    assert only.remedy


async def test_stopping_in_the_middle_keeps_what_was_said(coach: Coach, amara: Pair) -> None:
    turn = cast(AsyncGenerator[Event], coach.turn(coach.resume(amara), amara, NEED))
    said = ""
    async for event in turn:
        if isinstance(event, TextDelta):
            said += event.text
            if len(said) > 20:
                break
    await turn.aclose()
    asked, answered = coach.history(coach.resume(amara))
    assert asked.status == "complete"
    assert (answered.author, answered.status, answered.text) == ("coach", "interrupted", said)


async def test_stopping_before_a_word_was_said_keeps_the_question_alone(
    coach: Coach, amara: Pair
) -> None:
    turn = cast(AsyncGenerator[Event], coach.turn(coach.resume(amara), amara, NEED))
    async for event in turn:
        if isinstance(event, Understood):
            break
    await turn.aclose()
    assert [m.author for m in coach.history(coach.resume(amara))] == ["user"]
    assert (await reply_to(coach, amara, NEED)).text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing in it"), ("  \n ", "nothing in it"), ("\x1b[31m\u200b", "nothing in it"),
        ("x" * (MAX_MESSAGE + 1), "20,001 characters"),
    ],
    ids=["empty", "blank", "invisible", "too long"],
)  # fmt: skip
async def test_a_message_that_cannot_be_answered_is_refused_and_not_kept(
    coach: Coach, amara: Pair, text: str, why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        await events(coach, amara, text)
    assert coach.history(coach.resume(amara)) == []


async def test_a_message_is_cleaned_before_it_is_kept(coach: Coach) -> None:
    await events(coach, None, "She \x1b]52;c;aGk=\x07cancels\u202e again")
    assert coach.history(coach.resume(None))[0].text == "She cancels again"


async def test_while_the_model_is_not_ready_a_line_says_so(coach: Coach, amara: Pair) -> None:
    found = await events(coach, amara, NEED)
    (retrieved,) = [e for e in found if isinstance(e, Retrieved)]
    assert "words" in retrieved.degraded
    finished = found[-1]
    assert isinstance(finished, TurnFinished)
    assert finished.reply.citations
    assert finished.reply.text.splitlines()[-1].startswith("*(")


async def test_when_it_is_ready_no_line_says_so(warm_coach: Coach, amara: Pair) -> None:
    assert "*(" not in (await reply_to(warm_coach, amara, NEED)).text


@pytest.mark.parametrize("more", ["tell me more", "Tell me more, please", "what else?"])
async def test_more_is_more_of_what_was_asked_before(
    warm_coach: Coach, amara: Pair, more: str
) -> None:
    first = await reply_to(warm_coach, amara, NEED)
    second = await reply_to(warm_coach, amara, more)
    third = await reply_to(warm_coach, amara, more)
    assert first.citations[0] == second.citations[0] == third.citations[0]
    assert len({first.text, second.text, third.text}) == 3


async def test_more_of_nothing_is_no_crash(warm_coach: Coach, amara: Pair) -> None:
    assert (await reply_to(warm_coach, amara, "tell me more")).text


async def test_out_of_scope_is_refused_plainly_and_cites_nothing(
    warm_coach: Coach, amara: Pair
) -> None:
    reply = await reply_to(warm_coach, amara, OFF_TOPIC)
    assert reply.refused
    assert reply.citations == ()
    assert reply.intent == "refusal"
    assert word_count(reply.text) <= 90


@pytest.mark.parametrize(
    "text",
    [NEED, OFF_TOPIC, "hello", "thanks", "bye", "give me some good questions", "what can you do?",
     "are you a robot?"],
)  # fmt: skip
async def test_asking_the_same_again_never_gets_the_same_words(
    warm_coach: Coach, amara: Pair, text: str
) -> None:
    replies = [(await reply_to(warm_coach, amara, text)).text for _ in range(5)]
    assert all(one != two for one, two in pairwise(replies))
    if text in {NEED, OFF_TOPIC, "give me some good questions"}:
        assert len(set(replies)) == 5


async def test_a_new_conversation_does_not_forget_what_was_said(
    warm_coach: Coach, amara: Pair
) -> None:
    first = await reply_to(warm_coach, amara, NEED)
    warm_coach.new_conversation(amara)
    assert (await reply_to(warm_coach, amara, NEED)).text != first.text


async def test_the_pairs_name_is_used_and_without_a_pair_none_is(
    warm_coach: Coach, amara: Pair
) -> None:
    named = [(await reply_to(warm_coach, amara, NEED)).text for _ in range(4)]
    assert any("Amara" in text for text in named)
    alone = [(await reply_to(warm_coach, None, NEED)).text for _ in range(4)]
    assert not any("Amara" in text or "{" in text for text in alone)


async def test_questions_for_the_pair(warm_coach: Coach, amara: Pair) -> None:
    reply = await reply_to(warm_coach, amara, "Give me some questions about her goals")
    assert reply.intent == "questions"
    asked = [line for line in reply.text.splitlines() if line.startswith("- *")]
    assert 3 <= len(asked) <= 5
    assert all(_CITED.search(line) and "?" in line for line in asked)


async def test_a_script_for_the_pair(warm_coach: Coach, amara: Pair) -> None:
    reply = await reply_to(warm_coach, amara, "a script to set expectations")
    assert reply.intent == "script"
    assert "Amara" in reply.text
    assert reply.citations
    assert "{" not in reply.text
