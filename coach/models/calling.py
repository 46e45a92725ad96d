"""Asking a chat model: the one path by which anything reaches it, whatever it is asked for.

A request is made with stand-ins for names, compared with everything private, shown before it goes
for the first time, paid for in advance, tried again with patience, and ended when nothing comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from coach.models.chat import ChatError, ChatModel, Payload, Prompt, estimated_tokens
from coach.models.chosen import Use
from coach.models.egress import StandIns, stand_ins_for, touches_private
from coach.models.thinking import spoken
from coach.storage.pairs import Pair

WAITS = (0.5, 1.5)
"""Seconds before a call is made a second and a third time, when it failed before its first word."""
_TOKEN_SLACK = 3
"""A piece of one letter counts as a token; a stream of them must not look too long."""


class HeldBackError(Exception):
    """Nothing was sent; ``heading`` is the reason's in ``prompts/model-notes.md``."""

    def __init__(self, heading: str, **slots: str) -> None:
        super().__init__(heading)
        self.heading = heading
        self.slots = slots


@dataclass(frozen=True)
class Secrets:
    """What decides what may go; the composition root fulfils it.

    ``names`` are those of the pairs, ``private`` gives every private text there is (None where
    what was said is told in confidence itself), ``public`` the words that give none of them away,
    ``common`` the words that are no names.
    """

    names: Callable[[], Sequence[str]]
    private: Callable[[Pair | None, str], Sequence[str] | None]
    public: Callable[[Pair | None], frozenset[str]]
    common: Callable[[], frozenset[str]]


@dataclass(frozen=True)
class Purse:
    """What a call may cost: set aside before it, settled behind it. Blocking, in figures only."""

    reserve: Callable[[int, int], float]
    settle: Callable[[float, int, int], None]


@dataclass(frozen=True)
class Material:
    """What a prompt is made of: ``make`` gives it with those stand-ins for names.

    ``said`` is what the user has just said, ``texts`` all in the prompt that may hold names beside
    the pairs' own. ``tokens`` is the longest answer.
    """

    make: Callable[[StandIns], Prompt]
    pair: Pair | None
    said: str
    texts: Sequence[str]
    tokens: int


@dataclass(frozen=True)
class Asked:
    """A prompt ready to go, with the bytes it comes to and how to read what comes back."""

    prompt: Prompt
    payload: Payload
    hidden: StandIns
    tokens: int


@dataclass(frozen=True)
class Calls:
    """Calls of one chat model for one use.

    ``allowed`` says whether the user lets such requests go, and may ask them. ``private`` off
    lets private things go: for tests alone.
    """

    model: ChatModel
    secrets: Secrets
    purse: Purse
    timeout: float
    stand_ins: bool = True
    allowed: Callable[[Use, Payload], bool] = lambda _use, _payload: False
    waits: tuple[float, ...] = WAITS
    private: bool = True
    use: Use = "replies"

    def for_use(self, use: Use) -> Calls:
        """The same model, asked for something else."""
        return replace(self, use=use)

    async def ready(self, material: Material) -> Asked:
        """The request as it would go. Raises :class:`HeldBackError` where none may."""
        prompt, hidden = await asyncio.to_thread(self._prompt, material)
        payload = await self.model.payload(prompt, material.tokens)
        return Asked(prompt, payload, hidden, material.tokens)

    def _prompt(self, material: Material) -> tuple[Prompt, StandIns]:
        plain = material.make(StandIns())
        if not self.model.remote:
            return plain, StandIns()
        if self.private:
            secrets = self.secrets.private(material.pair, material.said)
            public = self.secrets.public(material.pair)
            if secrets is None or touches_private(plain.user, secrets, public):
                raise HeldBackError("private")
        if not self.stand_ins:
            return plain, StandIns()
        hidden = stand_ins_for(
            material.texts, self.secrets.names(), self.secrets.common(), plain.user
        )
        return material.make(hidden), hidden

    async def pieces(self, asked: Asked) -> AsyncGenerator[str, None]:
        """The answer as it comes; asked again with patience when it fails before its first word.

        Raises :class:`HeldBackError`, :class:`ChatError` and ``SpentError``.
        """
        if self.model.remote and not await asyncio.to_thread(self.allowed, self.use, asked.payload):
            raise HeldBackError("not allowed", name=self.model.name, use=self.use)
        for wait in (*self.waits, None):
            began = False
            try:
                async with aclosing(self._once(asked)) as texts:
                    async for text in texts:
                        began = began or bool(text.strip())
                        yield text
                return
            except ChatError as error:
                if began or wait is None or not error.again:
                    raise
            await asyncio.sleep(wait)

    async def whole(self, asked: Asked) -> tuple[str, bool]:
        """All of the answer with the names put back, and whether its length cut it off."""
        said: list[str] = []
        cut = False
        try:
            async with aclosing(self.pieces(asked)) as texts:
                async for text in texts:
                    said.append(text)  # noqa: PERF401 - what came before an error counts
        except ChatError as error:
            if error.failure != "cut-off":
                raise
            cut = True
        return asked.hidden.put_back("".join(said)), cut

    async def _once(self, asked: Asked) -> AsyncGenerator[str, None]:
        read = estimated_tokens(asked.prompt.system) + estimated_tokens(asked.prompt.user)
        aside = 0.0
        if self.model.remote:
            aside = await asyncio.to_thread(self.purse.reserve, read, asked.tokens)
        written = 0
        stream = self.model.stream(asked.prompt, asked.tokens, asked.payload)
        try:
            async with aclosing(spoken(stream)) as texts:
                async for text in _in_time(texts, self.timeout):
                    written += estimated_tokens(text)
                    yield text
                    if written > 2 * asked.tokens * _TOKEN_SLACK:
                        raise ChatError("cut-off", "the model goes on and on")
        finally:
            if self.model.remote:
                # Not in a thread: a turn that is stopped waits for nothing.
                self.purse.settle(aside, read, written)


async def _in_time(texts: AsyncIterator[str], timeout: float) -> AsyncIterator[str]:
    """``texts``, each of which must come within ``timeout`` seconds."""
    while True:
        try:
            async with asyncio.timeout(timeout):
                text = await anext(texts)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise ChatError("slow", "the model did not answer in time") from None
        yield text
