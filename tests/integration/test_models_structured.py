"""Answers held to a schema, as the integrations of Anthropic and Ollama give them to LangChain.

Neither is installed here: a chat model of LangChain's own stands for each, and answers in the form
in which that integration hands on what its provider streams.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.output_parsers import JsonOutputParser
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable

from coach.conversation.voice.proposing import read, schema
from coach.models.chat import ChatError, Prompt
from coach.models.chat_langchain import LangChainModel
from coach.models.chosen import choice_of

ANSWER = '{"items": [{"kind": "win", "about": "them", "owner": "", "quote": "She passed."}]}'
PIECES = [ANSWER[at : at + 9] for at in range(0, len(ANSWER), 9)]


class Integration(BaseChatModel):
    """What is common to both: it streams ``chunks`` and keeps what it was asked with."""

    chunks: list[AIMessageChunk]
    asked: list[dict[str, Any]]

    @property
    def _llm_type(self) -> str:
        return "stand-in"

    def _generate(self, *_: Any, **__: Any) -> ChatResult:
        raise AssertionError("only streaming is used")

    async def _astream(self, *_: Any, **kwargs: Any) -> AsyncIterator[ChatGenerationChunk]:
        kwargs.pop("run_manager", None)
        self.asked.append(kwargs)
        for chunk in self.chunks:
            yield ChatGenerationChunk(message=chunk)


class LikeAnthropic(Integration):
    """A schema is a tool that has to be called: the answer is the call's arguments."""

    def with_structured_output(self, schema: Any, **kwargs: Any) -> Runnable[Any, Any]:
        assert "method" not in kwargs
        tool = {"name": schema["title"], "input_schema": schema}
        return self.bind(tools=[tool], tool_choice="any") | JsonOutputParser()


class LikeOllama(Integration):
    """A schema is the format of the words."""

    def with_structured_output(self, schema: Any, **kwargs: Any) -> Runnable[Any, Any]:
        assert kwargs == {"method": "json_schema"}
        return self.bind(format=schema) | JsonOutputParser()


def called(piece: str) -> AIMessageChunk:
    part = tool_call_chunk(args=piece, index=0)
    return AIMessageChunk(content="", tool_call_chunks=[part])


def ended(reason: str, *, key: str) -> AIMessageChunk:
    return AIMessageChunk(content="", response_metadata={key: reason})


def anthropic(reason: str) -> Integration:
    chunks = [*map(called, PIECES), ended(reason, key="stop_reason")]
    return LikeAnthropic(chunks=chunks, asked=[])


def ollama(reason: str) -> Integration:
    chunks = [
        *(AIMessageChunk(content=piece) for piece in PIECES),
        ended(reason, key="done_reason"),
    ]
    return LikeOllama(chunks=chunks, asked=[])


@pytest.mark.parametrize(
    ("name", "made", "well", "cut", "where"),
    [
        ("anthropic:claude", anthropic, "tool_use", "max_tokens", "tools"),
        ("ollama:llama3.2", ollama, "stop", "length", "format"),
    ],
)
async def test_an_answer_held_to_a_schema_comes_through_in_pieces(
    monkeypatch: pytest.MonkeyPatch, name: str, made: Any, well: str, cut: str, where: str
) -> None:
    prompt = Prompt("Point out.", "<note>She passed.</note>", schema())
    for reason in (well, cut):
        standing = made(reason)
        monkeypatch.setattr(LangChainModel, "_open", lambda *_, it=standing: (it, None))
        model = LangChainModel(choice_of(name), 5.0)
        told: list[str] = []
        failed = ""
        try:
            async for piece in model.stream(prompt, 60):
                told.append(piece)  # noqa: PERF401 - what came before an error counts
        except ChatError as error:
            failed = error.failure
        assert "".join(told) == ANSWER
        assert len(told) == len(PIECES)  # as it comes, not at the end
        assert failed == ("cut-off" if reason == cut else "")
        assert "items" in str(standing.asked[0][where])
    found = read("".join(told), cut=False)
    assert found is not None
    assert [(one.kind, one.quote) for one in found] == [("win", "She passed.")]


async def test_a_refusal_of_anthropics_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    standing = LikeAnthropic(chunks=[ended("refusal", key="stop_reason")], asked=[])
    monkeypatch.setattr(LangChainModel, "_open", lambda *_: (standing, None))
    stream = LangChainModel(choice_of("anthropic:claude"), 5.0).stream(
        Prompt("Point out.", "x", schema()), 60
    )
    with pytest.raises(ChatError) as caught:
        await anext(stream)
    assert caught.value.failure == "declined"
