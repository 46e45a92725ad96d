"""What the app asks of the service; :class:`coach.bootstrap.Coach` fulfils it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Unpack, runtime_checkable

from coach.tui.desks import PairDesks
from coach.tui.rooms import ChatRoom, ReadingRoom, SettingsRoom

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from coach.memory.changes import Changes
    from coach.memory.continuity import FollowUp
    from coach.memory.dates import Locale
    from coach.memory.items import Draft, Item
    from coach.memory.store import Logged
    from coach.planning.standing import Standing
    from coach.storage.conversations import Conversation, Message
    from coach.storage.drafts import Place
    from coach.storage.pairs import Pair, Role
    from coach.tui.rehearsal_desk import RehearsalDesk


class Service(PairDesks, ChatRoom, ReadingRoom, SettingsRoom, Protocol):
    """The application service as the app sees it; every method but ``turn`` may block briefly.

    Any of them may raise :class:`coach.errors.CoachError`.
    """

    def warm_up(self, on_progress: Callable[[str], None] = ...) -> None:
        """Load what full search needs; blocks for seconds and reports each step in words."""

    @property
    def search_state(self) -> str:
        """What search has to do without for now, in words; empty when it is complete."""

    def pairs(self) -> list[Pair]:
        """Every pair, oldest first."""

    def add_pair(self, name: str, role: Role) -> Pair:
        """Keep a new pair; ``role`` is the user's own."""

    def find_pair(self, wanted: str) -> Pair:
        """The pair called so, by its name, a part of it or its short form."""

    def standings(self) -> list[Standing]:
        """How things stand with each pair today, in the order of their next sessions."""

    def export_to(self, pair: Pair, file: Path | None) -> Path:
        """Write all that is kept of the pair to ``file``, and say where it went."""

    @property
    def today(self) -> date:
        """The day that counts as today."""

    @property
    def locale(self) -> Locale:
        """How the user writes and counts days."""

    @property
    def rehearsals(self) -> RehearsalDesk:
        """Conversations to try out beforehand."""

    def draft(self, pair: Pair | None, place: Place) -> str:
        """What was being written there and has not been sent; "" for nothing."""

    def keep_draft(self, pair: Pair | None, place: Place, text: str) -> None:
        """Keep what is being written there; a blank text when it is sent."""

    def dialog_drafts(self, pair: Pair | None) -> dict[Place, str]:
        """What was being written in dialogs about the pair, by place."""

    def keep(self, pair: Pair, message_id: int, drafts: Sequence[Draft]) -> list[Item]:
        """Keep what was noticed in the user's message and agreed to."""

    def set_aside(self, reply_id: int, drafts: Sequence[Draft]) -> None:
        """Offer these proposals of a reply no more: they were kept or dropped."""

    async def more_noticed(self, pair: Pair, message_id: int, reply_id: int) -> tuple[Draft, ...]:
        """What a chosen model would keep of a message beside what was noticed."""

    def remembered(self, pair: Pair) -> list[Item]:
        """All that is remembered of the pair, oldest first, closed items too."""

    def follow_ups(self, pair: Pair, limit: int) -> list[FollowUp]:
        """What to come back to today, most pressing first."""

    def change_item(self, pair: Pair, item_id: int, **changes: Unpack[Changes]) -> Item:
        """Change fields of an item."""

    def close_item(self, pair: Pair, item_id: int) -> Item:
        """An item is done."""

    def asked_about(self, pair: Pair, item_ids: Sequence[int]) -> list[Item]:
        """The user has asked about these: they rest, with the threads that they are in."""

    def not_asked_about(self, pair: Pair, item_id: int) -> Item:
        """Take back the last :meth:`asked_about` of an item."""

    def reopen_item(self, pair: Pair, item_id: int) -> Item:
        """An item is open after all."""

    def set_private(self, pair: Pair, item_id: int, private: bool) -> Item:
        """Mark an item as private, or no longer."""

    def would_forget(self, pair: Pair, item_ids: Sequence[int]) -> list[Item]:
        """All the items that go when these are forgotten."""

    def forget_items(self, pair: Pair, item_ids: Sequence[int]) -> None:
        """Remove items and the sentences they came from, for good."""

    def log_session(self, pair: Pair, on: date, text: str) -> Logged:
        """Keep a session's note and what is noticed in it; may take seconds."""

    def close(self) -> None:
        """Let go of files; nothing else is called afterwards."""


@runtime_checkable
class AboutPair(Protocol):
    """A page that is about one pair, or about no one in particular."""

    @property
    def pair(self) -> Pair | None:
        """The pair; None for no one."""


@dataclass(frozen=True)
class Session:
    """What one chat screen shows: a conversation of a pair, with all that was said in it."""

    service: Service
    pair: Pair | None
    conversation: Conversation
    messages: list[Message]
    greeting: str

    @property
    def key(self) -> int | None:
        """The id of the pair; None for no pair."""
        return self.pair.id if self.pair else None


def open_session(
    service: Service, pair: Pair | None, *, fresh: bool = False, at: Conversation | None = None
) -> Session:
    """The conversation ``at``, a new one (``fresh``), or the one in which something was said last.

    Blocks; run it in a thread.
    """
    found = at or (service.new_conversation(pair) if fresh else service.resume(pair))
    return Session(service, pair, found, service.history(found), service.greeting(pair))
