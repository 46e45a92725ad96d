"""A service that answers from a script, for tests of the app."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from coach.conversation.events import (
    Event,
    Noticed,
    Reply,
    Retrieved,
    TextDelta,
    TurnFailed,
    TurnFinished,
    TurnStarted,
    Understood,
)
from coach.errors import CoachError, NotFoundError, UsageError
from coach.memory.continuity import FollowUp
from coach.memory.dates import Locale
from coach.memory.items import Draft, Item
from coach.memory.store import Logged, Session
from coach.planning.standing import Standing, order, standing
from coach.storage.conversations import Conversation, Message
from coach.storage.drafts import Place
from coach.storage.pairs import Pair, Role
from coach.storage.planned import Planned

from .fake_desks import FakeDesks
from .fake_rooms import FakeRooms

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)

CARDS = {
    "argonne/honest-about-limits": (
        "Out of your depth? Say so",
        "# Out of your depth? Say so\n\nSaying what you don't know serves the other person better "
        "than a guess.\n\n## Moves\n\n- Name the part that is beyond you.\n- Look together for "
        "someone who knows.\n\nSee also [engage/build-trust].\n\n*From an article of Argonne.*",
    ),
    "engage/build-trust": (
        "Trust comes first",
        "# Trust comes first\n\nKeep small promises; they are noticed.",
    ),
}


@dataclass
class Memory:
    """What is on disk: it outlives one :class:`FakeCoach`, as the database does."""

    pairs: list[Pair] = field(default_factory=list)
    conversations: list[Conversation] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    items: dict[int, list[Item]] = field(default_factory=dict)
    sessions: list[Session] = field(default_factory=list)
    drafts: dict[tuple[int | None, str], str] = field(default_factory=dict)

    def add_message(
        self, conversation: Conversation, author: Any, text: str, status: Any = "complete",
        detail: dict[str, Any] | None = None,
    ) -> Message:  # fmt: skip
        number = len(self.messages) + 1
        message = Message(number, conversation.id, author, text, status, NOW, detail or {})
        self.messages.append(message)
        return message


class FakeCoach(FakeDesks, FakeRooms):
    """Answers each message with ``pieces``; waits at ``gate`` before the last one or a failure."""

    def __init__(self, memory: Memory | None = None) -> None:
        super().__init__()
        self.memory = memory if memory is not None else Memory()
        self.pieces: list[str] = [
            "Tell them **plainly** what you can offer ",
            "[argonne/honest-about-limits], and keep it ",
            "[engage/build-trust].\n\n",
            "What have you promised so far?",
        ]
        self.intent = "advice"
        self.citations: tuple[str, ...] = ("argonne/honest-about-limits", "engage/build-trust")
        self.degraded = ""
        self.search_state = "searching by words while the model loads"
        self.gate = asyncio.Event()
        self.gate.set()
        self.warm = threading.Event()
        self.warm.set()
        self.fail_with: Exception | TurnFailed | None = None
        self.asked: list[str] = []
        self.closed = False
        self.today = TODAY
        self.locale = Locale()
        self.proposes: tuple[Draft, ...] = ()
        self.pointed_at: tuple[Draft, ...] = ()
        self.notices: tuple[Draft, ...] = ()
        self.threads: list[FollowUp] = []
        self.refuse: CoachError | None = None
        self.planned: list[Planned] = []
        self.exported: Path | None = None

    def warm_up(self, on_progress: Callable[[str], None] = lambda _: None) -> None:
        on_progress("preparing the model")
        self.warm.wait()
        self.search_state = ""

    def pairs(self) -> list[Pair]:
        return list(self.memory.pairs)

    def add_pair(self, name: str, role: Role) -> Pair:
        if name == "Refused":
            raise UsageError("Pair", "that name cannot be kept", "Choose another.")
        pair = Pair(len(self.memory.pairs) + 1, name.lower().replace(" ", "-"), name, role, NOW)
        self.memory.pairs.append(pair)
        return pair

    def find_pair(self, wanted: str) -> Pair:
        for pair in self.memory.pairs:
            if wanted.casefold() in pair.name.casefold():
                return pair
        raise NotFoundError("Pair", f"there is no pair {wanted!r}", "There are others.")

    def standings(self) -> list[Standing]:
        return order(
            standing(
                pair,
                self.today,
                items=self.remembered(pair),
                planned=self.planned,
                held=[session.on for session in self.memory.sessions],
                threads=self.follow_ups(pair, 30),
            )
            for pair in self.memory.pairs
        )

    def export_to(self, pair: Pair, file: Path | None) -> Path:
        self._may_write()
        self.exported = file or Path(f"{pair.slug}.md")
        return self.exported

    def resume(self, pair: Pair | None) -> Conversation:
        key = pair.id if pair else None
        of_pair = [c for c in self.memory.conversations if c.pair_id == key]
        return of_pair[-1] if of_pair else self.new_conversation(pair)

    def new_conversation(self, pair: Pair | None) -> Conversation:
        number = len(self.memory.conversations) + 1
        made = Conversation(number, pair.id if pair else None, "", NOW)
        self.memory.conversations.append(made)
        return made

    def history(self, conversation: Conversation) -> list[Message]:
        return [m for m in self.memory.messages if m.conversation_id == conversation.id]

    async def turn(
        self, conversation: Conversation, pair: Pair | None, text: str
    ) -> AsyncIterator[Event]:
        self.asked.append(text)
        if isinstance(self.fail_with, Exception):
            await self.gate.wait()
            raise self.fail_with
        user = self.memory.add_message(conversation, "user", text)
        said = ""
        kept = False
        try:
            yield TurnStarted(user.id)
            if self.fail_with is not None:
                yield self.fail_with
                return
            yield Understood("advice", 0.9)
            yield Retrieved((), self.degraded)
            for number, piece in enumerate(self.pieces, 1):
                if number == len(self.pieces):
                    await self.gate.wait()
                said += piece
                yield TextDelta(piece)
            if self.proposes:
                yield Noticed(user.id, self.proposes)
            items = tuple(key for one in self.threads for key in one.items)
            reply = Reply(said, self.intent, self.citations, items, proposals=self.proposes)
            kept = True
            message = self.memory.add_message(conversation, "coach", said, detail=reply.detail())
            yield TurnFinished(message.id, reply)
        finally:
            if not kept and said:
                self.memory.add_message(conversation, "coach", said, "interrupted")

    def draft(self, pair: Pair | None, place: Place) -> str:
        return self.memory.drafts.get((pair.id if pair else None, place), "")

    def keep_draft(self, pair: Pair | None, place: Place, text: str) -> None:
        self._may_write()
        key = pair.id if pair else None, place
        self.memory.drafts.pop(key, None)
        if text.strip():
            self.memory.drafts[key] = text

    def dialog_drafts(self, pair: Pair | None) -> dict[Place, str]:
        key = pair.id if pair else None
        return {
            at: text for (of, at), text in self.memory.drafts.items() if of == key and "." in at
        }

    def keep(self, pair: Pair, message_id: int, drafts: Sequence[Draft]) -> list[Item]:
        self._may_write()
        return [self.add_item(pair, draft) for draft in drafts]

    def set_aside(self, reply_id: int, drafts: Sequence[Draft]) -> None:
        detail = self.memory.messages[reply_id - 1].detail
        gone = [draft.as_json() for draft in drafts]
        detail["proposals"] = [one for one in detail["proposals"] if one not in gone]

    async def more_noticed(self, pair: Pair, message_id: int, reply_id: int) -> tuple[Draft, ...]:
        return self.pointed_at

    def add_item(self, pair: Pair, draft: Draft, session: int | None = None) -> Item:
        known = self.memory.items.setdefault(pair.id, [])
        values = {k: v for k, v in vars(draft).items() if k not in ("start", "end")}
        number = sum(map(len, self.memory.items.values())) + 100
        item = Item(id=number, status="open", session=session, said_on=self.today, **values)
        known.append(item)
        return item

    def remembered(self, pair: Pair) -> list[Item]:
        return list(self.memory.items.get(pair.id, []))

    def follow_ups(self, pair: Pair, limit: int) -> list[FollowUp]:
        is_open = {
            item.id
            for item in self.remembered(pair)
            if item.status == "open" and item.surfaced_on is None
        }
        return [one for one in self.threads if set(one.items) <= is_open][:limit]

    def change_item(self, pair: Pair, item_id: int, **changes: Any) -> Item:
        self._may_write()
        items = self.memory.items[pair.id]
        place = next(n for n, item in enumerate(items) if item.id == item_id)
        items[place] = replace(items[place], **changes)
        return items[place]

    def close_item(self, pair: Pair, item_id: int) -> Item:
        return self.change_item(pair, item_id, status="done", closed_on=self.today)

    def asked_about(self, pair: Pair, item_ids: Sequence[int]) -> list[Item]:
        times = {item.id: item.surfaced + 1 for item in self.remembered(pair)}
        return [
            self.change_item(pair, key, surfaced=times[key], surfaced_on=self.today)
            for key in item_ids
        ]

    def not_asked_about(self, pair: Pair, item_id: int) -> Item:
        return self.change_item(pair, item_id, surfaced=0, surfaced_on=None)

    def reopen_item(self, pair: Pair, item_id: int) -> Item:
        return self.change_item(pair, item_id, status="open", closed_on=None)

    def set_private(self, pair: Pair, item_id: int, private: bool) -> Item:
        return self.change_item(pair, item_id, private=private)

    def would_forget(self, pair: Pair, item_ids: Sequence[int]) -> list[Item]:
        return [item for item in self.remembered(pair) if item.id in item_ids]

    def forget_items(self, pair: Pair, item_ids: Sequence[int]) -> None:
        for item in self.would_forget(pair, item_ids):
            self.memory.items[pair.id].remove(item)

    def log_session(self, pair: Pair, on: date, text: str) -> Logged:
        self._may_write()
        session = Session(len(self.memory.sessions) + 1, len(self.memory.sessions) + 1, on, text)
        self.memory.sessions.append(session)
        kept = [self.add_item(pair, draft, session.number) for draft in self.notices]
        return Logged(session, kept, new=True)

    def helper(self) -> str:
        return ""

    async def proposals(self, pair: Pair, number: int | None = None) -> None:
        return None

    def meeting_days(self, pair: Pair) -> list[date]:
        return sorted({one.on for one in self.memory.sessions}, reverse=True)

    def source_markdown(self, citation: str) -> str:
        self._known(citation)
        return CARDS[citation][1]

    def source_title(self, citation: str) -> str:
        self._known(citation)
        return CARDS[citation][0]

    def greeting(self, pair: Pair | None) -> str:
        who = pair.first_name if pair else "mentoring"
        return f"Good to see you. Ask me about **{who}**, or tell me what happened."

    def close(self) -> None:
        self.closed = True

    def _may_write(self) -> None:
        if self.refuse is not None:
            raise self.refuse

    def _known(self, citation: str) -> None:
        if citation not in CARDS:
            raise NotFoundError("Card", f"there is no card {citation!r}", "It may be gone.")
