"""The only importer of LangChain's chat integrations, and only once a model was chosen.

A client is made for each call: an event loop that has ended takes its connections with it, and
each command, and each line of a plain chat, runs a loop of its own.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, cast

from coach.errors import UsageError
from coach.models.chat import ChatError, Failure, Payload, Prompt
from coach.models.chat_keys import find_key, variable
from coach.models.chosen import Choice
from coach.models.wire import Gate, NotSentError, gated_client, gated_transport

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk
    from langchain_core.runnables import Runnable

_TITLE = "Chat model"
_TEMPERATURE = 0.2
_NO_KEY = "none"
"""What a server is told that asks for no key: client libraries refuse an empty one."""
_TRACING = (
    "LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2",
)  # fmt: skip
_EXTRAS = frozenset({"ollama", "openai", "anthropic"})
_BY_STATUS: dict[int, tuple[Failure, bool]] = {
    401: ("refused-key", False), 403: ("refused-key", False), 408: ("slow", True),
    409: ("busy", True), 413: ("too-long", False), 429: ("busy", True), 529: ("busy", True),
}  # fmt: skip
_NO_LINE = frozenset(
    {"ConnectError", "APIConnectionError", "ConnectionError", "NetworkError", "RemoteProtocolError"}
)
_CUT = frozenset({"length", "max_tokens", "MAX_TOKENS"})
_DECLINED = frozenset({"content_filter", "refusal", "safety"})


class LangChainModel:
    """A chosen model behind LangChain's common interface; see :class:`ChatModel`.

    ``address`` and ``key`` override the choice's own, for a server that this program started.
    """

    def __init__(
        self, choice: Choice, timeout: float, *, address: str = "", key: str | None = None
    ) -> None:
        self._choice = choice
        self._timeout = timeout
        self._address = address or choice.address
        self._key = key

    @property
    def name(self) -> str:
        return self._choice.name

    @property
    def remote(self) -> bool:
        return self._choice.remote

    async def payload(self, prompt: Prompt, max_tokens: int) -> Payload:
        """The request as the client library would hand it to the network. Sends nothing."""
        gate = Gate(show=True)
        try:
            async with aclosing(self._pieces(prompt, max_tokens, gate)) as pieces:
                async for _ in pieces:
                    break
        except ChatError:
            if not gate.shown:
                raise
        if not gate.shown:
            raise ChatError("broken", "what would be sent cannot be shown", "Choose another model.")
        return gate.shown[0]

    async def stream(
        self, prompt: Prompt, max_tokens: int, approved: Payload | None = None
    ) -> AsyncGenerator[str, None]:
        """The answer in pieces; closing the iterator closes the connection."""
        async with aclosing(self._pieces(prompt, max_tokens, Gate(approved=approved))) as pieces:
            async for piece in pieces:
                yield piece

    def shut(self) -> None:
        """Nothing is kept open between calls."""

    async def _pieces(
        self, prompt: Prompt, max_tokens: int, gate: Gate
    ) -> AsyncGenerator[str, None]:
        from langchain_core.messages import HumanMessage, SystemMessage

        model, client = await asyncio.to_thread(self._open, max_tokens, gate)
        ended = ""
        try:
            messages = [SystemMessage(prompt.system), HumanMessage(prompt.user)]
            asked = model if prompt.schema is None else self._structured(model, prompt.schema)
            stream = cast("AsyncGenerator[AIMessageChunk, None]", asked.astream(messages))
            async with aclosing(stream) as chunks:
                async for chunk in chunks:
                    ended = _ending(chunk.response_metadata) or ended
                    if piece := _said(chunk):
                        yield piece
        except Exception as error:
            # Each integration raises classes of its own with no common base.
            raise _explained(error, self.name) from error
        finally:
            if client is not None:
                await client.aclose()
        if ended in _DECLINED:
            raise ChatError("declined", f"{self.name} declined to answer")
        if ended in _CUT:
            raise ChatError("cut-off", f"{self.name} reached the longest reply that is asked for")

    def _structured(self, model: BaseChatModel, schema: Mapping[str, Any]) -> Runnable[Any, Any]:
        """``model`` held to ``schema`` where it can be; itself where nobody says that it can."""
        from langchain_core.language_models import BaseChatModel

        able = type(model).with_structured_output is not BaseChatModel.with_structured_output
        if not able or self._choice.how == "address":
            return model  # what answers at an address need not know of schemas
        how: dict[str, Any] = {"method": "json_schema"}
        how = {} if self._choice.provider == "anthropic" else how
        made = model.with_structured_output(dict(schema), **how)
        # The model as it was bound to the schema, without LangChain's parser behind it: that waits
        # for the end, and what it gives is not checked as ours is.
        return cast("Runnable[Any, Any]", getattr(made, "first", model))

    def _open(self, max_tokens: int, gate: Gate) -> tuple[BaseChatModel, Any]:
        """The integration's model, and the client to close. Blocking: imports take seconds."""
        _switch_off_tracing()
        if self._choice.how in {"address", "file"}:
            return self._open_compatible(max_tokens, gate)
        try:
            return _open_provider(self._choice, self._address, max_tokens, gate, self._timeout)
        except ImportError:
            raise UsageError(
                _TITLE,
                f"what {self._choice.provider} needs is not installed",
                _install(self._choice.provider),
            ) from None

    def _open_compatible(self, max_tokens: int, gate: Gate) -> tuple[BaseChatModel, Any]:
        try:
            from langchain_openai._compat import httpx
            from langchain_openai.chat_models.base import BaseChatOpenAI
        except ImportError:
            raise UsageError(
                _TITLE, "what an OpenAI-compatible address needs is not installed",
                "Run: pip install 'mentoring-coach[openai]'",
            ) from None  # fmt: skip
        from pydantic import SecretStr

        client = gated_client(httpx, gate, self._timeout)
        key = self._key or find_key(self._choice) or _NO_KEY
        name = self._choice.model if self._choice.how == "address" else "local"
        model = BaseChatOpenAI(
            model=name, base_url=self._address, api_key=SecretStr(key), http_async_client=client,
            max_retries=0, max_tokens=max_tokens, temperature=_TEMPERATURE, stream_usage=False,
            http_socket_options=(),
        )  # fmt: skip
        return model, client


def _open_provider(
    choice: Choice, address: str, max_tokens: int, gate: Gate, timeout: float
) -> tuple[BaseChatModel, Any]:
    """A model of :func:`init_chat_model` with its requests behind ``gate``.

    Raises :class:`UsageError` for a provider whose requests cannot be shown before they go, or
    that has no key.
    """
    from langchain.chat_models import init_chat_model

    key = find_key(choice)
    if not key and choice.remote:
        raise UsageError(
            _TITLE, f"there is no key for {choice.provider}",
            f"Set {variable(choice)}, or run: coach model key",
        )  # fmt: skip
    plain: dict[str, Any] = {"model_provider": choice.provider}
    plain |= {"base_url": address} if address else {}
    plain |= {"api_key": key} if key else {}
    limit = "num_predict" if choice.provider == "ollama" else "max_tokens"
    plain |= {limit: max_tokens}
    plain |= {} if choice.provider == "ollama" else {"max_retries": 0}
    fields = type(init_chat_model(choice.model, **plain)).model_fields
    if "http_async_client" in fields:
        from langchain_openai._compat import httpx

        client = gated_client(httpx, gate, timeout)
        return init_chat_model(choice.model, http_async_client=client, **plain), client
    if "async_client_kwargs" in fields:
        import httpx as classic

        transport = gated_transport(classic, gate)
        kept = {"transport": transport, "timeout": timeout, "trust_env": False}
        return init_chat_model(choice.model, async_client_kwargs=kept, **plain), transport
    if choice.provider == "anthropic":
        return _open_anthropic(init_chat_model(choice.model, **plain), gate, timeout)
    raise UsageError(
        _TITLE,
        f"what goes to {choice.provider} cannot be shown before it is sent, so nothing is",
        "Use its OpenAI-compatible address: coach model use https://... --name NAME",
    )


def _open_anthropic(model: Any, gate: Gate, timeout: float) -> tuple[BaseChatModel, Any]:
    import anthropic
    import httpx2

    client = gated_client(httpx2, gate, timeout)
    # The integration takes no client, but looks for one under this name before it makes its own.
    model.__dict__["_async_client"] = anthropic.AsyncAnthropic(
        **{**model._client_params, "http_client": client, "timeout": timeout}
    )
    return model, client


def _install(provider: str) -> str:
    if provider in _EXTRAS:
        return f"Run: pip install 'mentoring-coach[{provider}]'"
    return f"Install the LangChain package for {provider}; docs/models.md says more."


def _switch_off_tracing() -> None:
    """Whatever the environment says, no run is reported to a tracing service."""
    for name in _TRACING:
        os.environ[name] = "false"
    from langsmith import configure
    from langsmith.utils import get_env_var

    cast("Any", get_env_var).cache_clear()
    configure(enabled=False)


def _said(chunk: AIMessageChunk) -> str:
    """The words of a piece; of a structured answer that comes as a call of a tool, its JSON."""
    calls = getattr(chunk, "tool_call_chunks", None) or ()
    return str(chunk.text) or "".join(call.get("args") or "" for call in calls)


def _ending(metadata: dict[str, Any]) -> str:
    """Why the model stopped, under the name that its provider uses."""
    for key in ("finish_reason", "stop_reason", "done_reason"):
        if metadata.get(key):
            return str(metadata[key])
    return ""


def _explained(error: Exception, name: str) -> Exception:
    """``error`` as one of ours, in words for the user; never with a text that was sent."""
    if isinstance(error, (ChatError, UsageError)):
        return error
    chain = [error]
    while (under := chain[-1].__cause__ or chain[-1].__context__) is not None:
        if not isinstance(under, Exception) or under in chain:
            break
        chain.append(under)
    if any(isinstance(one, NotSentError) for one in chain):
        return ChatError("broken", "the request was not the one that was approved; nothing went")
    status = next((s for one in chain if isinstance(s := _status(one), int)), None)
    kinds = {kind.__name__ for one in chain for kind in type(one).__mro__}
    if status == 400 and "context" in str(error).lower():
        return ChatError("too-long", f"the request is longer than {name} can read")
    if status is not None:
        known: tuple[Failure, bool] = ("down", True) if status >= 500 else ("broken", False)
        failure, again = _BY_STATUS.get(status, known)
        return ChatError(failure, f"{name} answered with status {status}", again=again)
    if "LengthFinishReasonError" in kinds:
        return ChatError("cut-off", f"{name} reached the longest reply that is asked for")
    if kinds & {"TimeoutException", "APITimeoutError", "TimeoutError"}:
        return ChatError("slow", f"{name} did not answer in time")
    if kinds & _NO_LINE:
        return ChatError("down", f"{name} cannot be reached", again=True)
    return ChatError("broken", f"{name} failed: {type(error).__name__}")


def _status(error: Exception) -> int | None:
    found = getattr(error, "status_code", None)
    return found if isinstance(found, int) and found >= 100 else None
