"""What the front ends call: one class over all parts of the program."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from coach.bootstrap.chats import Chats
from coach.bootstrap.helping import Helped
from coach.bootstrap.overview import Overviews
from coach.bootstrap.parts import EmbedderLoader
from coach.bootstrap.plans import PairPlans
from coach.bootstrap.preferences import Preferences
from coach.bootstrap.shelves import Shelves
from coach.paths import default_places
from coach.settings import load_settings

if TYPE_CHECKING:
    from coach.conversation.events import Event, Reply
    from coach.conversation.questioning.asking import Suggestion
    from coach.conversation.turn import Turns
    from coach.library.cards import Depth
    from coach.memory.changes import Changes
    from coach.memory.continuity import FollowUp
    from coach.memory.items import Draft, Item
    from coach.memory.store import Logged
    from coach.models.chat import Payload
    from coach.models.chosen import Use
    from coach.planning.brief import Brief
    from coach.planning.page import Ref, Written
    from coach.storage.backup import Report
    from coach.storage.conversations import Conversation
    from coach.storage.drafts import Place
    from coach.storage.pairs import Pair, Role


class Coach(Chats, Shelves, Preferences, PairPlans, Overviews, Helped):
    """The program behind every front end."""

    @cached_property
    def _turns(self) -> Turns:
        from coach.bootstrap.desk import RealDesk
        from coach.conversation.conductor import Conductor
        from coach.conversation.turn import Turns

        conductor = Conductor(
            self.library,
            self.memory,
            self._intents,
            self.sign_reader,
            RealDesk(self),
            reply_words=self.settings.reply_words,
            emergency=self.settings.emergency_number,
        )
        return Turns(
            self.conversation_store, conductor, today=lambda: self.today, speaker=self.speaker
        )

    # -- pairs -------------------------------------------------------------

    def pairs(self) -> list[Pair]:
        """Every pair, oldest first."""
        return self.pair_store.all()

    def add_pair(self, name: str, role: Role) -> Pair:
        """Keep a new pair; raises :class:`UsageError` for a name that is none."""
        return self.pair_store.add(name, role)

    # -- conversations -----------------------------------------------------

    def turn(
        self, conversation: Conversation, pair: Pair | None, text: str
    ) -> AsyncIterator[Event]:
        """The events of one turn; see :mod:`coach.conversation.turn`."""
        return self._turns.run(conversation, pair, text)

    async def planned_reply(
        self, conversation: Conversation, pair: Pair | None, text: str
    ) -> tuple[Reply, str]:
        """The reply as the built-in engine plans it, and the message as it is read; both kept."""
        return await self._turns.planned(conversation, pair, text)

    def questions(
        self, pair: Pair, about: str | None, count: int | None, depth: Depth | None = None
    ) -> list[Suggestion]:
        """Questions to ask the other person of ``pair``, about ``about`` when it is given."""
        from coach.conversation.turn import RECENT_REPLIES

        recent = self.conversation_store.recent_replies(pair.id, RECENT_REPLIES)
        shown = [mark for reply in recent for mark in reply.detail.get("wording", [])]
        return self.questioner.suggest(
            pair, self.today, count, about=about, depth=depth, shown=shown
        )

    def asked(self, pair: Pair, questions: Sequence[str]) -> int:
        """These questions were asked today; how many were not marked for today already."""
        return self.questioner.mark_asked(pair, questions, self.today)

    def brief(self, pair: Pair, on: date | None = None, minutes: int | None = None) -> Brief:
        """The page for the session on that day: else the next one planned, else today."""
        planning = self.planning
        day = on or planning.next_session(pair, self.today)
        # More than fit the page: a limit the two agreed on may take some away.
        return planning.brief(pair, day, self.questions(pair, None, 8), minutes)

    def brief_page(self, pair: Pair) -> tuple[date, list[Written]]:
        """The day of the next session (else today), and the lines of the page for it."""
        from coach.planning.page import written

        # Looked at first, so that the keys of the roadmap's topics stay as they are.
        self.planning.roadmap(pair, self.today, keep=not self.read_only)
        made = self.brief(pair)
        return made.on, written(made)

    def tick_off(self, pair: Pair, on: date, ticked: Sequence[Ref]) -> None:
        """Lines of the page were ticked off in the session of that day: settle what they say."""
        from coach.planning.ticking import settle

        asked = settle(self.planning, pair, ticked, on)
        if asked:
            self.questioner.mark_asked(pair, asked, on)

    def keep(self, pair: Pair, message_id: int, drafts: Sequence[Draft]) -> list[Item]:
        """Keep what the user agreed to of what was noticed in one of their messages."""
        from coach.memory.items import Noticed

        message = self.conversation_store.message(message_id)
        if message is None:
            return []
        day = self._today or message.created_at.astimezone(self.settings.zone).date()
        return self.memory.keep_message(pair, day, message.text, Noticed(tuple(drafts)), message_id)

    def set_aside(self, reply_id: int, drafts: Sequence[Draft]) -> None:
        """Offer these proposals of a reply no more: they were kept or dropped."""
        gone = [draft.as_json() for draft in drafts]
        self.conversation_store.withdraw(reply_id, gone)

    # -- memory ------------------------------------------------------------

    def remembered(self, pair: Pair) -> list[Item]:
        """All that is remembered of the pair, oldest first, closed items too."""
        return self.memory.store.items(pair)

    def follow_ups(self, pair: Pair, limit: int) -> list[FollowUp]:
        """What to come back to today, most pressing first."""
        return self.memory.follow_ups(pair, self.today, limit)

    def change_item(self, pair: Pair, item_id: int, **changes: Unpack[Changes]) -> Item:
        """Change fields of an item; see :meth:`coach.memory.store.MemoryStore.edit`."""
        return self.memory.store.edit(pair, item_id, **changes)

    def close_item(self, pair: Pair, item_id: int) -> Item:
        """An item is done."""
        return self.memory.store.done(pair, item_id, self.today)

    def asked_about(self, pair: Pair, item_ids: Sequence[int]) -> list[Item]:
        """The user has come back to these with the other person: they rest, with their thread."""
        return self.memory.asked(pair, item_ids, self.today)

    def not_asked_about(self, pair: Pair, item_id: int) -> Item:
        """Take back what :meth:`asked_about` counted last for an item and its thread."""
        return self.memory.not_asked(pair, item_id)

    def reopen_item(self, pair: Pair, item_id: int) -> Item:
        """An item is open after all."""
        return self.memory.store.reopen(pair, item_id)

    def set_private(self, pair: Pair, item_id: int, private: bool) -> Item:
        """Mark an item as private, or no longer."""
        return self.memory.store.private(pair, item_id, private)

    def would_forget(self, pair: Pair, item_ids: Sequence[int]) -> list[Item]:
        """The items that :meth:`forget_items` would remove for these."""
        from coach.memory.forget import would_forget

        return would_forget(self.memory.store, pair, item_ids)

    def forget_items(self, pair: Pair, item_ids: Sequence[int]) -> None:
        """Remove items and the sentences they came from, for good."""
        from coach.memory.forget import forget

        forget(self.memory.store, pair, item_ids)

    def log_session(self, pair: Pair, on: date, text: str) -> Logged:
        """Keep a session's note and what is noticed in it; waits for the model. Blocking."""
        self.embedder()
        return self.memory.log(pair, on, text)

    def backup(self, file: Path, passphrase: str | None) -> Report:
        """Write everything into one encrypted file, and check it."""
        from coach.storage.backup import backup

        return backup(self.places, self._key, file, passphrase)

    # -- drafts ------------------------------------------------------------

    def draft(self, pair: Pair | None, place: Place) -> str:
        """What was being written there and has not been sent; "" for nothing."""
        return self.draft_store.read(pair.id if pair else None, place)

    def keep_draft(self, pair: Pair | None, place: Place, text: str) -> None:
        """Keep what is being written there; a blank text when it is sent."""
        self.draft_store.keep(pair.id if pair else None, place, text)

    def dialog_drafts(self, pair: Pair | None) -> dict[Place, str]:
        """What was being written in dialogs about the pair, by place."""
        return self.draft_store.in_dialogs(pair.id if pair else None)

    # -- words for an empty conversation -----------------------------------

    def greeting(self, pair: Pair | None) -> str:
        """What to show in an empty conversation."""
        from coach.content import wordings

        lines = wordings("welcome")["pair" if pair else "alone"]
        text = "\n\n".join(lines)
        return text.replace("{name}", pair.first_name) if pair else text


def open_coach(
    *,
    today: date | None = None,
    ask_passphrase: Callable[[], str] | None = None,
    load_embedder: EmbedderLoader | None = None,
    ask_leave: Callable[[Payload, Use], bool] | None = None,
) -> Coach:
    """A coach for this environment; raises :class:`CoachError` for bad settings, a locked file."""
    places = default_places()
    coach = Coach(
        places, load_settings(places), today=today, ask_passphrase=ask_passphrase,
        load_embedder=load_embedder, ask_leave=ask_leave,
    )  # fmt: skip
    _ = coach.database
    return coach
