"""A chat model words a planned reply: asked with care, streamed, checked, or replaced visibly.

A sentence is shown once it has passed the check; what was shown is never taken back. Where the
model fails or too little of what it says will do, the built-in wording follows, with a line that
says why.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date

from coach.conversation.events import Reply
from coach.conversation.grounding.check import Verdict, check
from coach.conversation.grounding.claims import Near
from coach.conversation.grounding.grounds import Grounds, grounds_of
from coach.conversation.voice.asking_model import PROMPT, REPLY_TOKENS, ask
from coach.conversation.voice.guards import ALL, Guards
from coach.conversation.voice.judging import Judge, Judged, Pieces, pieces_of
from coach.conversation.voice.planned import Planned, planned
from coach.conversation.voice.reasons import because, note
from coach.errors import CoachError
from coach.library.cards import Card
from coach.memory.items import Item
from coach.models.calling import Asked, Calls, HeldBackError, Material
from coach.models.chat import ChatModel, Payload, Prompt
from coach.models.egress import StandIns
from coach.models.prompts import parts
from coach.storage.pairs import Pair
from coach.text import cited


@dataclass(frozen=True)
class Known:
    """What the speaker may look up; the composition root fulfils it.

    ``near`` is the comparison by meaning, if it is ready.
    """

    items: Callable[[Pair], Sequence[Item]]
    card: Callable[[str], Card]
    forbids: Callable[[Pair, date], Callable[[str], str | None]]
    near: Callable[[], Near | None]


class Speaker:
    """Words replies with one chat model."""

    def __init__(
        self, calls: Calls, known: Known, *, today: Callable[[], date], guards: Guards = ALL
    ) -> None:
        self.calls = calls
        self._known = known
        self._today = today
        self._guards = guards

    @property
    def model(self) -> ChatModel:
        """The model that words the replies."""
        return self.calls.model

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
        except (HeldBackError, CoachError) as error:
            why = because(error)
        judged = judge.end()
        cut_off = why == note("cut-off")
        if judged.good and (not why or cut_off):
            ending = f"\n\n{plan.closing}" if plan.closing else ""
            engine, why = self.model.name, ""
        else:
            why = why or note(_reason(judge, judged))
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
        return (await self.calls.ready(self._material(plan, pair))).payload

    # -- asking ----------------------------------------------------------------

    def _plan(self, pair: Pair | None, message: str, reply: Reply) -> Planned | None:
        items = self._known.items(pair) if pair else ()
        plan = planned(reply, message, items)
        return plan if plan is None or self._guards.private else replace(plan, items=tuple(items))

    def _material(self, plan: Planned, pair: Pair | None) -> Material:
        cards = self._cards(plan)
        texts = [plan.message, plan.body, *(f"{i.text}\n{i.quote}" for i in plan.items)]

        def make(hidden: StandIns) -> Prompt:
            return ask(plan, pair, cards, hidden, delimit=self._guards.delimit)

        return Material(make, pair, plan.message, texts, REPLY_TOKENS)

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
        asked = await self.calls.ready(await asyncio.to_thread(self._material, plan, pair))
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
        """The model's sentences."""
        pieces = Pieces()
        async with aclosing(self.calls.pieces(asked)) as texts:
            async for text in texts:
                for sentence in pieces.add(text):
                    yield sentence
        for sentence in pieces.end():
            yield sentence

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


def _reason(judge: Judge, judged: Judged) -> str:
    if judge.looping:
        return "repeats"
    if not judge.said:
        return "empty"
    if any(fault.startswith("declined") for fault in judged.faults):
        return "declined"
    return "nonsense"
