"""A chat model words a planned reply: asked with care, streamed, checked, or replaced visibly.

A sentence is shown once it has passed the check; what was shown is never taken back. Where the
model fails or too little of what it says will do, the built-in wording follows, with a line that
says why.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date

from coach.content import wordings
from coach.conversation.events import Reply
from coach.conversation.grounding.check import Verdict, check
from coach.conversation.grounding.claims import Near
from coach.conversation.grounding.grounds import Grounds, grounds_of
from coach.conversation.voice.asking_model import PROMPT, REPLY_TOKENS, ask
from coach.conversation.voice.guards import ALL, Guards
from coach.conversation.voice.judging import Judge, Judged, Pieces, pieces_of
from coach.conversation.voice.planned import Planned, planned
from coach.conversation.voice.thinking import spoken
from coach.errors import CoachError
from coach.library.cards import Card
from coach.memory.items import Item
from coach.models.chat import ChatError, ChatModel, Payload, Prompt, estimated_tokens
from coach.models.egress import StandIns, stand_ins_for, touches_private
from coach.models.prompts import parts
from coach.models.spending import SpentError
from coach.storage.pairs import Pair
from coach.text import cited

_SHEET = "model-notes"
WAITS = (0.5, 1.5)
"""Seconds before a call is made a second and a third time, when it failed before its first word."""


class HeldBackError(Exception):
    """Nothing was sent; ``heading`` is the reason's in ``prompts/model-notes.md``."""

    def __init__(self, heading: str, **slots: str) -> None:
        super().__init__(heading)
        self.heading = heading
        self.slots = slots


@dataclass(frozen=True)
class Known:
    """What the speaker may look up; the composition root fulfils it.

    ``private`` gives every private text there is, ``public`` the words that give none of them
    away, ``common`` the words that are no names, ``near`` the comparison by meaning if it is ready.
    """

    items: Callable[[Pair], Sequence[Item]]
    card: Callable[[str], Card]
    forbids: Callable[[Pair, date], Callable[[str], str | None]]
    near: Callable[[], Near | None]
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
class Asked:
    """A prompt ready to go, with the bytes it comes to and how to read what comes back."""

    prompt: Prompt
    payload: Payload
    hidden: StandIns


class Speaker:
    """Words replies with one chat model."""

    def __init__(
        self,
        model: ChatModel,
        known: Known,
        purse: Purse,
        *,
        today: Callable[[], date],
        timeout: float,
        stand_ins: bool = True,
        allowed: Callable[[Payload], bool] = lambda _: False,
        guards: Guards = ALL,
        waits: Sequence[float] = WAITS,
    ) -> None:
        self.model = model
        self._known = known
        self._purse = purse
        self._today = today
        self._timeout = timeout
        self._stand_ins = stand_ins
        self._allowed = allowed
        self._guards = guards
        self._waits = tuple(waits)

    async def speak(
        self, pair: Pair | None, message: str, reply: Reply
    ) -> AsyncGenerator[str | Reply, None]:
        """The pieces of the reply's text as they are shown, and last the reply as it is kept."""
        plan = await asyncio.to_thread(self._plan, pair, message, reply)
        if plan is None:
            for piece in pieces_of(reply.text):
                yield piece
            yield reply
            return
        shown: list[str] = []
        judge = await asyncio.to_thread(self._judge, plan, pair)
        why = ""
        try:
            async with aclosing(self._sentences(plan, pair, judge)) as sentences:
                async for sentence in sentences:
                    shown.append(sentence)
                    yield sentence
        except HeldBackError as held:
            why = _note(held.heading, **held.slots)
        except ChatError as error:
            why = _note(error.failure)
        except SpentError:
            why = _note("spent")
        except CoachError as error:
            why = _note("set up", why=error.what)
        judged = judge.end()
        cut_off = why == _note("cut-off")
        if judged.good and (not why or cut_off):
            ending = f"\n\n{plan.closing}" if plan.closing else ""
            engine, why = self.model.name, ""
        else:
            why = why or _note(_reason(judge, judged))
            parts = [plan.body, plan.closing, f"*({why})*"]
            ending = ("\n\n" if shown else "") + "\n\n".join(part for part in parts if part)
            engine = "built-in"
        for piece in pieces_of(ending):
            shown.append(piece)
            yield piece
        text = "".join(shown)
        marks = cited(text)
        kept = tuple(dict.fromkeys([*marks, *(() if marks else reply.citations)]))
        yield replace(reply, text=text, engine=engine, citations=kept)

    async def preview(self, pair: Pair | None, message: str, reply: Reply) -> Payload:
        """The exact request that :meth:`speak` would make. Sends nothing.

        Raises :class:`HeldBackError` where it would make none.
        """
        plan = await asyncio.to_thread(self._plan, pair, message, reply)
        if plan is None:
            raise HeldBackError("keeps its words")
        return (await self._ask(plan, pair)).payload

    # -- asking ----------------------------------------------------------------

    def _plan(self, pair: Pair | None, message: str, reply: Reply) -> Planned | None:
        items = self._known.items(pair) if pair else ()
        plan = planned(reply, message, items)
        return plan if plan is None or self._guards.private else replace(plan, items=tuple(items))

    async def _ask(self, plan: Planned, pair: Pair | None) -> Asked:
        prompt, hidden = await asyncio.to_thread(self._prompt, plan, pair)
        payload = await self.model.payload(prompt, REPLY_TOKENS)
        return Asked(prompt, payload, hidden)

    def _prompt(self, plan: Planned, pair: Pair | None) -> tuple[Prompt, StandIns]:
        cards = self._cards(plan)
        plain = ask(plan, pair, cards, StandIns(), delimit=self._guards.delimit)
        if not self.model.remote:
            return plain, StandIns()
        if self._guards.private:
            private = self._known.private(pair, plan.message)
            if private is None or touches_private(plain.user, private, self._known.public(pair)):
                raise HeldBackError("private")
        if not self._stand_ins:
            return plain, StandIns()
        texts = [plan.message, plan.body, *(f"{i.text}\n{i.quote}" for i in plan.items)]
        hidden = stand_ins_for(texts, self._known.names(), self._known.common(), plain.user)
        return ask(plan, pair, cards, hidden, delimit=self._guards.delimit), hidden

    def _cards(self, plan: Planned) -> list[Card]:
        found = []
        for name in plan.reply.citations:
            try:
                found.append(self._known.card(name))
            except CoachError:
                continue  # a passage of the user's own: what of it belongs here is in the draft
        return found

    # -- listening ---------------------------------------------------------------

    async def _sentences(
        self, plan: Planned, pair: Pair | None, judge: Judge
    ) -> AsyncGenerator[str, None]:
        """The checked sentences as they are shown, with the white space between them."""
        asked = await self._ask(plan, pair)
        if self.model.remote and not await asyncio.to_thread(self._allowed, asked.payload):
            raise HeldBackError("not allowed", name=self.model.name)
        gap = ""
        async with aclosing(self._raw(asked)) as raw:
            async for sentence in raw:
                text = await asyncio.to_thread(judge.take, asked.hidden.put_back(sentence))
                if text:
                    yield gap + text
                    gap = " "
                if gap and sentence.endswith("\n\n"):
                    gap = "\n\n"
                if judge.looping:
                    return

    async def _raw(self, asked: Asked) -> AsyncGenerator[str, None]:
        """The model's sentences; called again with patience when it fails before the first."""
        for wait in (*self._waits, None):
            began = False
            try:
                async with aclosing(self._once(asked)) as sentences:
                    async for sentence in sentences:
                        began = True
                        yield sentence
                return
            except ChatError as error:
                if began or wait is None or not error.again:
                    raise
            await asyncio.sleep(wait)

    async def _once(self, asked: Asked) -> AsyncGenerator[str, None]:
        read = estimated_tokens(asked.prompt.system) + estimated_tokens(asked.prompt.user)
        aside = 0.0
        if self.model.remote:
            aside = await asyncio.to_thread(self._purse.reserve, read, REPLY_TOKENS)
        written = 0
        pieces = Pieces()
        stream = self.model.stream(asked.prompt, REPLY_TOKENS, asked.payload)
        try:
            async with aclosing(spoken(stream)) as texts:
                async for text in _in_time(texts, self._timeout):
                    written += estimated_tokens(text)
                    for sentence in pieces.add(text):
                        yield sentence
                    if written > 2 * REPLY_TOKENS * _TOKEN_SLACK:
                        raise ChatError("cut-off", "the model goes on and on")
            for sentence in pieces.end():
                yield sentence
        finally:
            if self.model.remote:
                # Not in a thread: a turn that is stopped waits for nothing.
                self._purse.settle(aside, read, written)

    # -- judging -----------------------------------------------------------------

    def _judge(self, plan: Planned, pair: Pair | None) -> Judge:
        grounds = self._grounds(plan, pair)
        if not self._guards.check:
            return Judge(grounds, plan.body, Verdict, anything=True)
        near = self._known.near()
        return Judge(grounds, plan.body, lambda sentence: check(sentence, grounds, near))

    def _grounds(self, plan: Planned, pair: Pair | None) -> Grounds:
        today = self._today()
        return grounds_of(
            draft=plan.body,
            message=plan.message,
            cards=self._cards(plan),
            items=plan.items,
            name=pair.name if pair else "",
            today=today,
            forbids=self._known.forbids(pair, today) if pair else lambda _: None,
            instructions=parts(PROMPT)[0],
        )


_TOKEN_SLACK = 3
"""A piece of one letter counts as a token; a stream of them must not look too long."""


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


def _reason(judge: Judge, judged: Judged) -> str:
    if judge.looping:
        return "repeats"
    if not judge.said:
        return "empty"
    if any(fault.startswith("declined") for fault in judged.faults):
        return "declined"
    return "nonsense"


def _note(heading: str, **slots: str) -> str:
    text = wordings(_SHEET)[heading][0]
    for name, value in slots.items():
        text = text.replace(f"{{{name}}}", value)
    return text
