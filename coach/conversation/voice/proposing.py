"""A chat model points at what else in a session's note may be worth remembering.

It is asked for places in the note and kinds alone: the words of a proposal, its date and whether it
is private are our own readers' (:mod:`coach.memory.noticing.suggested`). Nothing is kept here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from coach.conversation.voice.asking_model import MARKS, portions, shortened
from coach.conversation.voice.reasons import because, note, reason
from coach.errors import CoachError
from coach.memory.items import Draft, Kind
from coach.memory.memory import Memory
from coach.memory.noticing.suggested import Suggestion, openly, suggested
from coach.memory.store import Session
from coach.models.calling import Calls, HeldBackError, Material
from coach.models.chat import Payload, Prompt, estimated_tokens
from coach.models.egress import StandIns
from coach.models.prompts import render
from coach.storage.pairs import Pair
from coach.text import sentences

PROMPT = "propose-items"
NOTE_TOKENS = 1300
"""So much of a note goes in one request; a longer one is read in parts."""
_ANSWER_TOKENS = 600
_MOST = 5
"""More proposals than anybody would go through."""


class _Item(BaseModel):
    kind: str
    about: str
    owner: str | None = ""
    quote: str


@dataclass(frozen=True)
class Proposed:
    """What could be kept beside what is kept already; ``why`` says why the model proposed nothing.

    ``engine`` names the model.
    """

    drafts: tuple[Draft, ...]
    engine: str
    why: str = ""


class Proposer:
    """Proposes more items of a session's note, with one chat model."""

    def __init__(self, calls: Calls, memory: Memory) -> None:
        self.calls = calls.for_use("notes")
        self._memory = memory

    async def preview(self, pair: Pair, session: Session) -> tuple[Payload, ...]:
        """The requests that :meth:`propose` would make. Raises :class:`HeldBackError`."""
        parts = await asyncio.to_thread(self._materials, pair, session)
        return tuple([(await self.calls.ready(part)).payload for part in parts])

    async def propose(self, pair: Pair, session: Session) -> Proposed:
        """What else could be kept of a session's note. Never raises for what the model does.

        A long note is read in parts; what was found before one fails is proposed all the same.
        """
        found: list[Suggestion] = []
        why = ""
        try:
            for part in await asyncio.to_thread(self._materials, pair, session):
                said, cut = await self.calls.whole(await self.calls.ready(part))
                more = read(said, cut=cut)
                if more is None or cut:
                    heading = "cut-off" if cut else "empty" if not said.strip() else "nonsense"
                    why = why or reason(note(heading))
                found += more or []
        except (HeldBackError, CoachError) as error:
            why = reason(because(error))
        drafts = await asyncio.to_thread(self._checked, pair, session, found)
        return Proposed(drafts, self.calls.model.name, "" if drafts else why)

    def _checked(
        self, pair: Pair, session: Session, found: Sequence[Suggestion]
    ) -> tuple[Draft, ...]:
        look = self._memory.look(pair, session.on, session.note)
        kept = self._memory.store.items(pair, session=session.number)
        return suggested(session.note, look, found, [item.quote for item in kept], _MOST)

    def _materials(self, pair: Pair, session: Session) -> list[Material]:
        told = session.note
        if self.calls.model.remote and self.calls.private:
            told = openly(told, self._memory.look(pair, session.on, told))
        if not told.strip():
            raise HeldBackError("private")
        lines = _pieces(told.splitlines())
        runs = portions([estimated_tokens(line) for line in lines], NOTE_TOKENS)
        return [_material(pair, lines[run.start : run.stop]) for run in runs]


def _material(pair: Pair, lines: Sequence[str]) -> Material:
    """The request for some lines of a note."""

    def make(hidden: StandIns) -> Prompt:
        shown = "\n".join(hidden.hide(line).translate(MARKS) for line in lines)
        who = f"{pair.role} of {hidden.hide(pair.first_name)}"
        asked = render(PROMPT, who=who, note=shortened(shown, NOTE_TOKENS))
        return Prompt(asked.system, asked.user, schema())

    return Material(make, pair, "", ["\n".join(lines)], _ANSWER_TOKENS)


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
