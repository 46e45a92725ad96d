"""What goes over the wire, seen by a server: what was shown, and nothing private."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import pytest

from coach.bootstrap import Coach
from coach.bootstrap.helping import actor_of
from coach.bootstrap.speaking import speaker_with
from coach.conversation.events import TextDelta, TurnFinished
from coach.conversation.voice.acting import Role
from coach.conversation.voice.speaker import Speaker
from coach.models.calling import HeldBackError
from coach.models.chat import ChatError, Prompt
from coach.models.chat_langchain import LangChainModel
from coach.models.chosen import Choice
from coach.storage.pairs import Pair
from tests.chat_servers import Recorder, openai_server

KEY = "sk-canary-91c7"
CANARIES = ("quokka", "Uppsalagatan", "tangerine ledger", "hollyhock")
PROMPT = Prompt("Be brief.", "Say something.")
NOTES = (
    "I promised to send the summary by Friday. Between us: the quokka bites on Uppsalagatan.",
    "Jo offered to look at my poster. This stays between us: a tangerine ledger is missing.",
)


class Faraway(LangChainModel):
    """A model on this machine that is treated as one that is not."""

    @property
    def remote(self) -> bool:
        return True


def says(document: dict[str, Any]) -> str:
    user = document["messages"][-1]["content"]
    return user.partition("<draft>\n")[2].partition("\n</draft>")[0] or "ready."


@pytest.fixture
def server() -> Iterator[Recorder]:
    with openai_server(says) as recorder:
        yield recorder


def faraway(server: Recorder, timeout: float = 30.0) -> Faraway:
    return Faraway(Choice("address", "openai", "m", server.address), timeout, key=KEY)


async def heard(model: LangChainModel) -> str:
    return "".join([piece async for piece in model.stream(PROMPT, 20)])


async def test_what_is_shown_is_what_is_sent(server: Recorder) -> None:
    model = faraway(server)
    shown = await model.payload(PROMPT, 20)
    assert server.requests == []
    assert "".join([p async for p in model.stream(PROMPT, 20, shown)]) == "ready."
    ((path, headers, body),) = server.requests
    assert body == shown.body
    assert shown.address.endswith(path)
    assert KEY.encode() not in body
    told = {name.lower() for name in headers}
    assert not any(name.startswith(("x-stainless", "user-agent")) for name in told)


async def test_other_bytes_than_those_approved_are_not_sent(server: Recorder) -> None:
    model = faraway(server)
    shown = await model.payload(Prompt("Be brief.", "Something else."), 20)
    with pytest.raises(ChatError, match="not the one that was approved"):
        _ = [p async for p in model.stream(PROMPT, 20, shown)]
    assert server.requests == []


@pytest.mark.parametrize(
    ("status", "failure", "again"),
    [(401, "refused-key", False), (429, "busy", True), (503, "down", True), (404, "broken", False)],
)
async def test_an_answer_that_is_none_is_named(
    server: Recorder, status: int, failure: str, again: bool
) -> None:
    server.status = status
    with pytest.raises(ChatError) as caught:
        await heard(faraway(server))
    assert (caught.value.failure, caught.value.again) == (failure, again)
    assert KEY not in str(caught.value)
    assert len(server.requests) == 1


async def test_a_server_that_is_not_there_is_named() -> None:
    model = Faraway(Choice("address", "openai", "m", "http://127.0.0.1:9/v1"), 5.0, key=KEY)
    with pytest.raises(ChatError) as caught:
        await heard(model)
    assert caught.value.failure == "down"


async def test_stopping_closes_the_connection(server: Recorder) -> None:
    server.says = lambda _: "word " * 2000
    server.held = True
    stream = faraway(server).stream(PROMPT, 20)
    assert await anext(stream)
    await stream.aclose()
    server.wait.set()
    assert server.gone.wait(10)


async def test_stop_while_it_streams_ends_the_reply_and_the_connection(
    warm_coach: Coach, server: Recorder
) -> None:
    amara = warm_coach.add_pair("Amara Osei", "mentor")
    told = "Say what your own limits are, hear theirs, and look for a happy medium. "
    server.says = lambda _: told * 2 + "You are allowed to have limits here. " * 400
    server.held, server.free = True, 2 * len(told)
    speaker = speaker_with(warm_coach, faraway(server), allowed=lambda _: True, waits=())
    warm_coach.__dict__["speaker"] = speaker
    chat = warm_coach.new_conversation(amara)
    came: list[str] = []
    first = asyncio.Event()

    async def run() -> None:
        text = "How do I set a limit? She texts me late at night."
        async for event in warm_coach.turn(chat, amara, text):
            if isinstance(event, TextDelta):
                came.append(event.text)
                first.set()

    task = asyncio.create_task(run())
    await first.wait()
    shown = list(came)
    assert len(server.requests) == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    # Only now does the server say the rest: to nobody, because the connection is closed.
    server.wait.set()
    assert await asyncio.to_thread(server.gone.wait, 30)
    assert came == shown
    stopped = warm_coach.history(chat)[-1]
    assert (stopped.status, stopped.text) == ("interrupted", "".join(shown))


async def test_no_tracing_whatever_the_environment_says(
    server: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with openai_server(lambda _: "") as tracer:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGCHAIN_TRACING_V2", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "x")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", tracer.address)
        await heard(faraway(server))
        from langchain_core.tracers.context import _tracing_v2_is_enabled

        assert not _tracing_v2_is_enabled()
        assert tracer.requests == []


@pytest.fixture
def pairs(warm_coach: Coach) -> list[Pair]:
    made = [warm_coach.add_pair("Amara Osei", "mentor"), warm_coach.add_pair("Jo Lind", "mentee")]
    for pair, note in zip(made, NOTES, strict=True):
        warm_coach.log_session(pair, date(2026, 5, 4), note)
        assert any(item.private for item in warm_coach.remembered(pair))
    return made


_NEEDS = (
    "How do I set a limit with {who}?", "How do I give {who} feedback on the {thing}?",
    "{who} cancels all the time, what can I do?", "How do I own up to the {thing} that I missed?",
    "What should we do about the {thing}?", "How can {who} and I build trust?",
    "I never know what to ask {who}. Any ideas?", "Should I bluff when {who} asks about {thing}?",
    "What about the {canary}, how do I raise it with {who}?", "Is it time to stop with {who}?",
    "Between us, {who} hides the {canary}. How do I build trust?",
    "How do I thank {who} for the {thing}?", "We ran out of topics, {who} and I.",
)  # fmt: skip


def generated(count: int, seed: int = 7) -> list[str]:
    chance = random.Random(seed)
    things = ("summary", "poster", "chapter", "budget", "talk on 12 June", "e-mail of last week")
    return [
        chance.choice(_NEEDS).format(
            who=chance.choice(("Amara", "Jo", "my mentee", "Priya Nair", "she")),
            thing=chance.choice(things), canary=chance.choice(CANARIES),
        )
        for _ in range(count)
    ]  # fmt: skip


async def shown_and_sent(coach: Coach, pair: Pair, text: str, speaker: Speaker) -> bytes | None:
    """The bytes that a preview shows for a turn; the turn itself is then run."""
    shown: list[bytes] = []
    ask = speaker.speak

    async def look_first(*about: Any) -> Any:
        with suppress(HeldBackError):
            shown.append((await speaker.preview(*about)).body)
        async for piece in ask(*about):
            yield piece

    speaker.speak = look_first  # type: ignore[method-assign]
    try:
        async for event in coach.turn(coach.new_conversation(pair), pair, text):
            if isinstance(event, TurnFinished):
                return shown[0] if shown else None
    finally:
        speaker.speak = ask  # type: ignore[method-assign]
    raise AssertionError("the turn did not finish")


async def run(coach: Coach, pairs: list[Pair], server: Recorder, texts: list[str]) -> int:
    update = {"model_daily_limit": 1e9}
    coach.settings = coach.settings.model_copy(update=update)
    speaker = speaker_with(coach, faraway(server), allowed=lambda _: True, waits=())
    coach.__dict__["speaker"] = speaker
    coach.__dict__.pop("_turns", None)
    sent = 0
    for number, text in enumerate(texts):
        server.requests.clear()
        shown = await shown_and_sent(coach, pairs[number % 2], text, speaker)
        bodies = [body for _, _, body in server.requests]
        assert bodies == ([shown] if shown else []), text
        for body in bodies:
            low = body.decode().lower()
            assert not any(canary.lower() in low for canary in CANARIES), text
            assert not any(name in low for name in ("amara", "osei", "lind", "priya", "nair")), text
        sent += len(bodies)
    return sent


async def test_what_was_previewed_is_sent_and_nothing_private(
    warm_coach: Coach, pairs: list[Pair], server: Recorder
) -> None:
    assert await run(warm_coach, pairs, server, generated(14)) > 3


@pytest.mark.slow
async def test_the_same_over_three_hundred_turns(
    warm_coach: Coach, pairs: list[Pair], server: Recorder
) -> None:
    assert await run(warm_coach, pairs, server, generated(300, seed=11)) > 60


async def test_beside_the_replies_too_what_was_previewed_is_sent_and_nothing_private(
    warm_coach: Coach, pairs: list[Pair], server: Recorder
) -> None:
    warm_coach.settings = warm_coach.settings.model_copy(update={"model_daily_limit": 1e9})
    warm_coach.__dict__["speaker"] = speaker_with(
        warm_coach, faraway(server), allowed=lambda _: True, waits=()
    )
    proposer, summariser = warm_coach.proposer, warm_coach.summariser
    actor = actor_of(warm_coach)
    assert proposer
    assert summariser
    assert actor
    calm = "Amara Osei seems calm."
    role = Role(pairs[0], "Amara", "Amara Osei, new.", calm, "Hello, Amara.", "Hello.")
    for number, pair in enumerate(pairs):
        more = " We talked about the summary and about Priya Nair at length." * 60
        session = warm_coach.log_session(pair, date(2026, 5, 12), NOTES[number] + more).session
        meeting = warm_coach.meeting(pair, session.on)
        told = warm_coach.told(pair, session)
        previews = [
            *await proposer.preview(pair, told), *await summariser.preview(pair, meeting),
            await actor.preview(role),
        ]  # fmt: skip
        assert len(previews) > 3  # a long note goes in parts, each as it was shown
        server.requests.clear()
        await proposer.propose(pair, told)
        await summariser.summary(pair, meeting)
        await actor.word(role)
        bodies = [body for _, _, body in server.requests]
        assert bodies == [one.body for one in previews]
        sent = b"\n".join(bodies).decode().lower()
        assert not any(canary.lower() in sent for canary in CANARIES)
        assert not any(name in sent for name in ("amara", "osei", "priya", "nair"))
