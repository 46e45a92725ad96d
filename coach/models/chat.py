"""Chat models as the rest of the program sees them: a port, what is sent, how it can fail."""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from coach.errors import CoachError

Failure = Literal[
    "down", "slow", "refused-key", "too-long", "busy", "broken", "declined", "empty", "cut-off",
    "nonsense", "repeats",
]  # fmt: skip
"""Why there is no reply of the model's: the headings of ``prompts/model-notes.md``."""

_CHARACTERS_A_TOKEN = 3.0
"""English has four to five; a third more tokens than there are keep a budget safe."""


class ChatError(CoachError):
    """A chat model did not answer as it should; ``failure`` says how, ``again`` if to retry."""

    def __init__(self, failure: Failure, what: str, remedy: str = "", *, again: bool = False):
        super().__init__("Chat model", what, remedy)
        self.failure: Failure = failure
        self.again = again


@dataclass(frozen=True)
class Prompt:
    """What a chat model is given: standing instructions, and the one message to answer.

    ``schema`` is the JSON schema of the answer, for models that keep to one; others are only told
    in the instructions. Either way the answer is checked by whoever asked.
    """

    system: str
    user: str
    schema: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Payload:
    """One request as it goes over the wire: where to, and its exact bytes."""

    method: str
    address: str
    body: bytes


class ChatModel(Protocol):
    """A model that answers one prompt.

    ``name`` is what the user chose, such as "openai:gpt-5"; ``remote`` says that requests leave
    this machine.
    """

    @property
    def name(self) -> str: ...

    @property
    def remote(self) -> bool: ...

    async def payload(self, prompt: Prompt, max_tokens: int) -> Payload:
        """The request that :meth:`stream` would send. Sends nothing."""
        ...

    def stream(
        self, prompt: Prompt, max_tokens: int, approved: Payload | None = None
    ) -> AsyncGenerator[str, None]:
        """The answer in pieces. With ``approved`` no other bytes are sent than those.

        Raises :class:`ChatError`; closing the iterator ends the request.
        """
        ...

    def shut(self) -> None:
        """End what runs on this machine for the model."""
        ...


def estimated_tokens(text: str) -> int:
    """How many tokens ``text`` has at most, whichever model counts them."""
    if not text:
        return 0
    return math.ceil(len(text.encode("utf-8", "replace")) / _CHARACTERS_A_TOKEN) + 1
