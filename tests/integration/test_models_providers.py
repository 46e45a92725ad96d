"""The clients of Anthropic and Ollama, each against a server that speaks its protocol."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from langchain.chat_models import base

from coach.bootstrap import Coach
from coach.bootstrap.speaking import speaker_with
from coach.conversation.events import TurnFinished
from coach.conversation.voice.proposing import read, schema
from coach.errors import UsageError
from coach.models.chat import ChatError, Prompt
from coach.models.chat_langchain import LangChainModel
from coach.models.chosen import Choice, choice_of
from coach.storage.pairs import Pair
from tests.chat_servers import Asked, Recorder, anthropic, chat_server, ollama

KEY = "sk-canary-91c7"
CANARIES = ("quokka", "Uppsalagatan")
PROMPT = Prompt("Be brief.", "Say something.")
ANSWER = '{"items": [{"kind": "win", "about": "them", "owner": "", "quote": "She passed."}]}'


@dataclass(frozen=True)
class Provider:
    """A provider: the package of its client, how its model is chosen, how its server speaks."""

    name: str
    wire: Any
    path: str

    def __str__(self) -> str:
        return self.name


PROVIDERS = (
    Provider("anthropic", anthropic, "/v1/messages"),
    Provider("ollama", ollama, "/api/chat"),
)


class Faraway(LangChainModel):
    """A model on this machine that is treated as one that is not."""

    @property
    def remote(self) -> bool:
        return True


def user_of(asked: Asked) -> str:
    content = asked["messages"][-1]["content"]
    return content if isinstance(content, str) else "".join(one["text"] for one in content)


def says(asked: Asked) -> str:
    if asked.get("tools") or asked.get("format"):
        return ANSWER
    return user_of(asked).partition("<draft>\n")[2].partition("\n</draft>")[0] or "All is ready."


@pytest.fixture(params=PROVIDERS, ids=str)
def provider(request: Any, monkeypatch: pytest.MonkeyPatch) -> Provider:
    pytest.importorskip(f"langchain_{request.param.name}")
    monkeypatch.setenv(f"{request.param.name.upper()}_API_KEY", KEY)
    found: Provider = request.param
    return found


@pytest.fixture
def server(provider: Provider) -> Iterator[Recorder]:
    with chat_server(provider.wire, says) as recorder:
        yield recorder


@pytest.fixture
def choice(provider: Provider, server: Recorder) -> Choice:
    return choice_of(f"{provider.name}:some-model", base=server.address)


async def heard(model: LangChainModel, prompt: Prompt = PROMPT) -> tuple[str, str]:
    """What came, and the name of what went wrong."""
    told: list[str] = []
    try:
        async for piece in model.stream(prompt, 40):
            told.append(piece)  # noqa: PERF401 - what came before an error counts
    except ChatError as error:
        return "".join(told), "tells its key" if KEY in str(error) else error.failure
    return "".join(told), ""


@pytest.mark.parametrize("name", [one.name for one in PROVIDERS])
async def test_what_is_not_installed_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{name.upper()}_API_KEY", KEY)
    for package in (name, f"langchain_{name}"):
        monkeypatch.setitem(sys.modules, package, None)
    base._get_chat_model_creator.cache_clear()  # it remembers what it once imported
    with pytest.raises(UsageError, match=rf"pip install 'mentoring-coach\[{name}\]'"):
        await LangChainModel(choice_of(f"{name}:some-model"), 5.0).payload(PROMPT, 40)


async def test_what_is_shown_is_what_is_sent_and_nothing_else(
    provider: Provider, server: Recorder, choice: Choice
) -> None:
    model = LangChainModel(choice, 30.0)
    shown = await model.payload(PROMPT, 40)
    assert server.requests == []
    pieces = [piece async for piece in model.stream(PROMPT, 40, shown)]
    assert "".join(pieces) == "All is ready."
    ((path, headers, body),) = server.requests
    assert (path, body) == (provider.path, shown.body)
    assert shown.address == server.address + path
    assert KEY.encode() not in body
    assert not any(name.lower().startswith(("x-stainless", "user-agent")) for name in headers)
    other = await model.payload(Prompt("Be brief.", "Something else."), 40)
    with pytest.raises(ChatError, match="not the one that was approved"):
        _ = [piece async for piece in model.stream(PROMPT, 40, other)]
    assert len(server.requests) == 1


async def test_an_answer_held_to_a_schema_comes_through(
    provider: Provider, server: Recorder, choice: Choice
) -> None:
    prompt = Prompt("Point out.", "<note>She passed.</note>", schema())
    model = LangChainModel(choice, 30.0)
    assert await heard(model, prompt) == (ANSWER, "")
    server.cut = True
    assert await heard(model, prompt) == (ANSWER, "cut-off")
    asked = json.loads(server.requests[0][2])
    sent = asked["format"] if provider.name == "ollama" else asked["tools"][0]["input_schema"]
    assert sent["properties"] == schema()["properties"]
    (found,) = read(ANSWER, cut=False) or []
    assert (found.kind, found.quote) == ("win", "She passed.")


@pytest.mark.parametrize(
    ("status", "failure"),
    [(401, "refused-key"), (429, "busy"), (529, "busy"), (503, "down"), (404, "broken")],
)
async def test_a_refusal_is_named(
    server: Recorder, choice: Choice, status: int, failure: str
) -> None:
    server.status = status
    assert await heard(LangChainModel(choice, 30.0)) == ("", failure)
    assert len(server.requests) == 1  # whether to ask again is not the client's to say


async def test_what_is_silent_cut_off_or_not_there_is_named(
    server: Recorder, choice: Choice
) -> None:
    server.says = lambda _: "word " * 40
    server.cut = True
    assert await heard(LangChainModel(choice, 30.0)) == ("word " * 40, "cut-off")
    server.breaks = True
    said, failure = await heard(LangChainModel(choice, 30.0))
    assert (said in "word " * 40, failure) == (True, "down")
    server.breaks, server.held = False, True
    assert (await heard(LangChainModel(choice, 0.2)))[1] == "slow"
    server.wait.set()
    nobody = replace(choice, address="http://127.0.0.1:9")
    assert await heard(LangChainModel(nobody, 5.0)) == ("", "down")


async def test_stopping_closes_the_connection(server: Recorder, choice: Choice) -> None:
    server.says = lambda _: "word " * 2000
    server.held, server.free = True, 100
    stream = LangChainModel(choice, 30.0).stream(PROMPT, 40)
    assert await anext(stream)
    await stream.aclose()
    server.wait.set()
    assert await asyncio.to_thread(server.gone.wait, 10)


async def spoken(coach: Coach, pair: Pair, text: str) -> str:
    """The engine that worded a reply."""
    async for event in coach.turn(coach.new_conversation(pair), pair, text):
        if isinstance(event, TurnFinished):
            return event.reply.engine
    raise AssertionError("the turn did not finish")


async def test_a_turn_and_a_note_go_through_it_and_nothing_private(
    warm_coach: Coach, provider: Provider, server: Recorder, choice: Choice
) -> None:
    pair = warm_coach.add_pair("Amara Osei", "mentor")
    note = "She passed. Between us: the quokka bites on Uppsalagatan."
    session = warm_coach.log_session(pair, date(2026, 5, 4), note).session
    speaker = speaker_with(warm_coach, Faraway(choice, 30.0), allowed=lambda *_: True, waits=())
    warm_coach.__dict__["speaker"] = speaker
    warm_coach.__dict__.pop("_turns", None)
    need = "How do I set a limit? She texts me late at night."
    assert await spoken(warm_coach, pair, need) == f"{provider.name}:some-model"
    proposer = warm_coach.proposer
    assert proposer is not None
    told = warm_coach.told(pair, session)
    shown = await proposer.preview(pair, told)
    found = await proposer.propose(pair, told)
    assert {one.quote for one in found.drafts} <= {"She passed."}
    assert [body for _, _, body in server.requests[1:]] == [one.body for one in shown]
    sent = b"".join(body for _, _, body in server.requests).decode().lower()
    assert not any(word.lower() in sent for word in (*CANARIES, "amara", "osei", KEY))
    server.status = 529
    assert await spoken(warm_coach, pair, need) == "built-in"
