"""A chat model points at what else in a session's note, or a message, may be worth remembering.

It is asked for places in the text and kinds alone: the words of a proposal, its date and whether it
is private are our own readers' (:mod:`coach.memory.noticing.suggested`). Nothing is kept here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from coach.conversation.memory_intents import Request
from coach.conversation.voice.asking_model import MARKS, portions, shortened
from coach.conversation.voice.reasons import because, note, reason
from coach.errors import CoachError
from coach.memory.items import Draft, Kind
from coach.memory.memory import Memory
from coach.memory.noticing.suggested import Suggestion, openly, suggested
from coach.models.calling import Calls, HeldBackError, Material
from coach.models.chat import Payload, Prompt, estimated_tokens
from coach.models.egress import StandIns
from coach.models.prompts import render
from coach.storage.pairs import Pair
from coach.text import sentences, word_count

PROMPT = "propose-items"
NOTE_TOKENS = 1300
"""So much of a note goes in one request; a longer one is read in parts."""
_ANSWER_TOKENS = 600
_MOST = 5
"""More proposals than anybody would go through."""
_APART = frozenset({"safety", *get_args(Request)})
"""What a message is that is not read once more: a sign of danger, an order to memory."""
_LEAST = 6
"""Words of a sentence that may tell something."""


class _Item(BaseModel):
    kind: str
    about: str
    owner: str | None = ""
    quote: str


@dataclass(frozen=True)
class Told:
    """What the user wrote, and on which day; ``known`` are quotes of what is noticed already.

    Of a message in the ``chat``, one request at most is made, and none where any of it is told in
    confidence, as for its answer.
    """

    text: str
    on: date
    known: tuple[str, ...] = ()
    chat: bool = False


@dataclass(frozen=True)
class Proposed:
    """What could be kept beside what is kept already; ``why`` says why the model proposed nothing.

    ``engine`` names the model.
    """

    drafts: tuple[Draft, ...]
    engine: str
    why: str = ""


def tells(text: str, intent: str) -> bool:
    """Whether a message that was answered with ``intent`` may tell something worth remembering."""
    told = [one for one in sentences(text) if not one.rstrip(' "”').endswith("?")]
    return intent not in _APART and any(word_count(one) >= _LEAST for one in told)


class Proposer:
    """Proposes more items of what was told, with one chat model."""

    def __init__(self, calls: Calls, memory: Memory) -> None:
        self.calls = calls.for_use("notes")
        self._memory = memory

    async def preview(self, pair: Pair, told: Told) -> tuple[Payload, ...]:
        """The requests that :meth:`propose` would make. Raises :class:`HeldBackError`."""
        parts = await asyncio.to_thread(self._materials, pair, told)
        return tuple([(await self.calls.ready(part)).payload for part in parts])

    async def propose(self, pair: Pair, told: Told) -> Proposed:
        """What else could be kept of what was told. Never raises for what the model does.

        A long note is read in parts; what was found before one fails is proposed all the same.
        """
        found: list[Suggestion] = []
        why = ""
        try:
            for part in await asyncio.to_thread(self._materials, pair, told):
                said, cut = await self.calls.whole(await self.calls.ready(part))
                more = read(said, cut=cut)
                if more is None or cut:
                    heading = "cut-off" if cut else "empty" if not said.strip() else "nonsense"
                    why = why or reason(note(heading))
                found += more or []
        except (HeldBackError, CoachError) as error:
            why = reason(because(error))
        drafts = await asyncio.to_thread(self._checked, pair, told, found)
        return Proposed(drafts, self.calls.model.name, "" if drafts else why)

    def _checked(self, pair: Pair, told: Told, found: Sequence[Suggestion]) -> tuple[Draft, ...]:
        look = self._memory.look(pair, told.on, told.text)
        return suggested(told.text, look, found, told.known, _MOST)

    def _materials(self, pair: Pair, told: Told) -> list[Material]:
        open_text = told.text
        if self.calls.model.remote and self.calls.private:
            open_text = openly(open_text, self._memory.look(pair, told.on, open_text))
        if not open_text.strip():
            raise HeldBackError("private")
        lines = _pieces(open_text.splitlines())
        runs = portions([estimated_tokens(line) for line in lines], NOTE_TOKENS)
        said = told.text if told.chat else ""
        return [
            _material(pair, said, lines[run.start : run.stop])
            for run in runs[: 1 if told.chat else None]
        ]


def _material(pair: Pair, said: str, lines: Sequence[str]) -> Material:
    """The request for some lines of what was told; ``said`` is the message that they are of."""

    def make(hidden: StandIns) -> Prompt:
        shown = "\n".join(hidden.hide(line).translate(MARKS) for line in lines)
        who = f"{pair.role} of {hidden.hide(pair.first_name)}"
        asked = render(PROMPT, who=who, note=shortened(shown, NOTE_TOKENS))
        return Prompt(asked.system, asked.user, schema())

    return Material(make, pair, said, ["\n".join(lines)], _ANSWER_TOKENS)


def schema() -> dict[str, Any]:
    """The JSON schema of the answer."""
    words = {"type": "string"}
    whose = {"type": "string", "enum": ["me", "them", "both", ""]}
    kind = {"type": "string", "enum": list(get_args(Kind))}
    item = {
        "type": "object",
        "properties": {"kind": kind, "about": whose, "owner": whose, "quote": words},
        "required": ["kind", "about", "owner", "quote"],
        "additionalProperties": False,
    }
    return {
        "title": "proposals",
        "description": "What is worth remembering of a note.",
        "type": "object",
        "properties": {"items": {"type": "array", "maxItems": 8, "items": item}},
        "required": ["items"],
        "additionalProperties": False,
    }


def read(said: str, *, cut: bool) -> list[Suggestion] | None:
    """The suggestions in a model's answer; None where it is no such answer.

    Of an answer that was ``cut`` off the last one is left out. An entry that is not as it has to
    be is passed over.
    """
    from langchain_core.utils.json import parse_partial_json

    # Some models talk around what they were asked for, or fence it in.
    body = said[max(said.find("{"), 0) : None if cut else said.rfind("}") + 1]
    try:
        value = parse_partial_json(body)
    except ValueError:
        return None
    entries = value.get("items") if isinstance(value, dict) else None
    if not isinstance(entries, list):
        return None
    found = []
    for entry in entries[: len(entries) - 1 if cut else None]:
        try:
            one = _Item.model_validate(entry)
        except ValidationError:
            continue
        found.append(Suggestion(one.kind, one.about, one.owner or "", one.quote))
    return found


def _pieces(lines: Sequence[str]) -> list[str]:
    """Lines, the long ones by sentences, so that a budget cuts between them."""
    long = NOTE_TOKENS // 4
    return [
        piece
        for line in lines
        for piece in ([line] if estimated_tokens(line) <= long else sentences(line))
    ]
