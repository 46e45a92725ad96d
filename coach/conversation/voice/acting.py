"""A chat model words what the counterpart of a rehearsal says; what they say is decided before.

The wording is taken whole or not at all: it says what the line says, asks where the line asks, and
brings in nothing. Otherwise the line stands as it was written.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from coach.conversation.grounding.alignment import align
from coach.conversation.grounding.claims import Near, contradict
from coach.conversation.grounding.figures import unknown_day, unknown_name, unknown_number
from coach.conversation.grounding.grounds import Grounds, Source, days_in
from coach.conversation.grounding.rules import rules
from coach.conversation.grounding.sentences import content, telling
from coach.conversation.grounding.turns import opposite
from coach.conversation.grounding.vetoes import fault_anywhere
from coach.conversation.voice.asking_model import MARKS, shortened
from coach.conversation.voice.reasons import because, note, reason
from coach.errors import CoachError
from coach.lexical import stems
from coach.models.calling import Calls, HeldBackError, Material
from coach.models.chat import ChatError, Payload, Prompt
from coach.models.egress import StandIns
from coach.models.prompts import parts, render
from coach.storage.pairs import Pair
from coach.text import sentences, word_count, words

PROMPT = "counterpart-line"
SECONDS = 30.0
"""A talk does not wait longer for a wording, whatever the model is given for a reply."""
_ANSWER_TOKENS = 120
_SAID_TOKENS = 300
_ALWAYS, _MOST, _SENTENCES = 25, 70, 4
"""Words that a wording may have whatever the line has, and at most."""
_LONGER = 2
_LIKE, _SHARED = 0.5, 0.4
"""The cosine of a wording with its line, at least; without a comparison, the shared words."""
_NEW = 0.3
"""The share of telling words that nothing bears out, at most; one is always let by."""
_OF_IT = 0.4
"""The cosine of each sentence with something in the line, where it has so many words:"""
_PART = 4
_IS = re.compile(
    r"(?:\bmy|\b(?:is|are|was|were|am)|'s|'re|'m)"
    r"(?: not| \w+ly| so| very| too| quite| rather| a bit)* (\w+)",
    re.IGNORECASE,
)
_ASSENTS = re.compile(
    r"\b(?:yes|yeah|sure|of course|certainly|absolutely|gladly|works|deal|agreed|no problem|"
    r"fine (?:by|with) me|suits me)\b",
    re.IGNORECASE,
)
_PROMISES = re.compile(r"\b(?:i'll|i will|i promise|i can do|we'll|we will|let's)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Role:
    """What the counterpart says next: ``line`` as it is written, in reply to ``said``.

    ``known`` are texts whose facts may come up. ``private`` says that private things are in them.
    """

    pair: Pair | None
    name: str
    character: str
    mood: str
    said: str
    line: str
    known: tuple[str, ...] = ()
    private: bool = False


@dataclass(frozen=True)
class Worded:
    """A line as a model words it; ``text`` is "" and ``why`` says why where it does not."""

    text: str
    engine: str
    why: str = ""


class Actor:
    """Words lines with one chat model; ``near`` is the comparison by meaning."""

    def __init__(
        self, calls: Calls, near: Callable[[], Near | None], today: Callable[[], date]
    ) -> None:
        self.calls = calls.for_use("rehearsals")
        self._near = near
        self._today = today

    async def preview(self, role: Role) -> Payload:
        """The request that :meth:`word` would make. Raises :class:`HeldBackError`."""
        return (await self.calls.ready(self._material(role))).payload

    async def word(self, role: Role) -> Worded:
        """The line in the model's words. Never raises for what the model does."""
        engine = self.calls.model.name
        try:
            async with asyncio.timeout(SECONDS):
                said, cut = await self.calls.whole(await self.calls.ready(self._material(role)))
        except TimeoutError:
            return Worded("", engine, reason(because(ChatError("slow", "no wording in time"))))
        except (HeldBackError, CoachError) as error:
            return Worded("", engine, reason(because(error)))
        text = _bare(said, role.name)
        if cut or not text:
            return Worded("", engine, reason(note("cut-off" if cut else "empty")))
        fault = await asyncio.to_thread(wording_fault, text, role, self._today(), self._near())
        return Worded("" if fault else text, engine, reason(note("nonsense")) if fault else "")

    def _material(self, role: Role) -> Material:
        if role.private and self.calls.model.remote and self.calls.private:
            raise HeldBackError("private")

        def make(hidden: StandIns) -> Prompt:
            def material(text: str) -> str:
                return hidden.hide(text).translate(MARKS)

            return render(
                PROMPT, character=material(role.character), mood=material(role.mood),
                said=shortened(material(role.said), _SAID_TOKENS), line=material(role.line),
            )  # fmt: skip

        texts = (role.character, role.said, role.line)
        return Material(make, role.pair, role.said, texts, _ANSWER_TOKENS)


def wording_fault(text: str, role: Role, today: date, near: Near | None) -> str:
    """What is wrong with ``text`` as a wording of the role's line; "" for nothing."""
    told = (role.line, role.character, role.said, *role.known)
    sources = tuple(Source(one, "message", spoken=True, days=days_in(one, today)) for one in told)
    names = frozenset(words(role.name))
    grounds = Grounds(sources, role.name, today, instructions=parts(PROMPT)[0], names=names)
    return _shape(text, role.line) or _matter(text, role.line, grounds, near)


def _bare(said: str, name: str) -> str:
    """The words alone: no name before them, no quotation marks around them, on one line."""
    text = " ".join(said.split())
    text = re.sub(rf"^{re.escape(name)}\s*:\s*", "", text, flags=re.IGNORECASE)
    return text.strip(' "“”')


def _shape(text: str, line: str) -> str:
    """What is wrong with a wording as such: too long, another question, another side."""
    if word_count(text) > min(_MOST, max(_ALWAYS, _LONGER * word_count(line))):
        return "long"
    if len(sentences(text)) > _SENTENCES or re.search(r"[*\[\]{}<>#]", text):
        return "form"
    if ("?" in _without_fillers(text)) != ("?" in line):
        return "question"
    if contradict(text, line):
        return "turned round"
    for kind in (_PROMISES, _ASSENTS):
        if kind.search(text) and not kind.search(line):
            return "another answer"
    return ""


def _matter(text: str, line: str, grounds: Grounds, near: Near | None) -> str:
    """What a wording brings in that nothing bears out, or whether it says something else."""
    fault = fault_anywhere(text, grounds) or unknown_name(text, grounds)
    fault = fault or unknown_number(text, grounds) or unknown_day(text, grounds, grounds.sources)
    if fault:
        return fault
    if near is not None:
        parts = [one for one in sentences(text) if word_count(one) >= _PART]
        like = float(near([text], [line])[0][0]) >= _LIKE
        like = like and all(near([one], [*sentences(line), line]).max() >= _OF_IT for one in parts)
    else:
        own = set(content(line))
        like = len(own & set(content(text))) >= _SHARED * len(own)
    if not like:
        return "another matter"
    bare = _without_fillers(text)
    new = align(bare, grounds, near).missing(grounds.sources)
    new = [word for word in new if not set(stems(word)) & (rules().mild | rules().soft)]
    if any(set(stems(word)) & rules().charged for word in new) or opposite(bare, grounds.sources):
        return "another matter"
    # What something is said to be is the matter itself, and so is whom "my" brings in.
    said = {word.lower() for word in _IS.findall(bare)}
    if said & set(new) or len(new) > max(1, _NEW * len(telling(bare))):
        return ", ".join(new)
    return ""


def _without_fillers(text: str) -> str:
    return rules().patterns["filler"].sub(" ", text).strip()
