"""The only composition root: settings and places in, a working coach out."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from coach.errors import CoachError
from coach.paths import Places, default_places
from coach.settings import Settings, load_settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coach.conversation.events import Event
    from coach.conversation.intents import IntentReader
    from coach.conversation.skills.questions import Suggestion
    from coach.conversation.turn import Turns
    from coach.library.cards import Card
    from coach.library.documents import Taken
    from coach.library.library import Library
    from coach.memory.changes import Changes
    from coach.memory.continuity import FollowUp
    from coach.memory.items import Draft, Item
    from coach.memory.memory import Memory
    from coach.memory.noticing.nearest import Similarity
    from coach.memory.store import Logged
    from coach.models.embedder import Embedder
    from coach.storage.backup import Report
    from coach.storage.conversations import Conversation, ConversationStore, Message
    from coach.storage.database import Database
    from coach.storage.keys import Key
    from coach.storage.pairs import Pair, PairStore, Role

EmbedderLoader = Callable[[Callable[[str], None]], "Embedder"]


def _quiet(_: str) -> None:
    """Progress that nobody watches."""


class Coach:
    """The program behind every front end. Its parts are made when they are first used.

    ``load_embedder`` is the port that tests override; by default the real model is loaded.
    """

    def __init__(
        self,
        places: Places,
        settings: Settings,
        *,
        today: date | None = None,
        ask_passphrase: Callable[[], str] | None = None,
        load_embedder: EmbedderLoader | None = None,
    ) -> None:
        self.places = places
        self.settings = settings
        self._today = today
        self._ask_passphrase = ask_passphrase
        self._load_embedder = load_embedder or self._real_embedder
        self._warming = threading.Lock()
        self._model_fault = ""
        self._embedder: Embedder | None = None

    @property
    def today(self) -> date:
        """The day that counts as today: the one given, else the clock's."""
        return self._today or date.today()  # noqa: DTZ011  the user's own calendar day

    # -- parts -------------------------------------------------------------

    @cached_property
    def database(self) -> Database:
        """The encrypted database; opened (made, migrated) on first use."""
        from coach.storage.database import open_database

        return open_database(self.places, self._key)

    @cached_property
    def _key(self) -> Key:
        from coach.storage.keys import find_key

        secret = self.settings.passphrase
        return find_key(
            self.places, secret.get_secret_value() if secret else None, self._ask_passphrase
        )

    @cached_property
    def pair_store(self) -> PairStore:
        """The pairs."""
        from coach.storage.pairs import PairStore

        return PairStore(self.database)

    @cached_property
    def conversation_store(self) -> ConversationStore:
        """Conversations and their messages."""
        from coach.storage.conversations import ConversationStore

        return ConversationStore(self.database)

    @cached_property
    def library(self) -> Library:
        """Cards and documents; searches by words until :meth:`warm_up`."""
        from coach.library.documents import DocumentStore
        from coach.library.library import Library

        return Library(DocumentStore(self.database), self.places.index, self._embed_public)

    def _embed_public(self, embedder: Embedder, texts: list[str]) -> NDArray[np.float32]:
        """Vectors of texts that ship with the program, from a cache on disk."""
        from coach.models.vector_cache import VectorCache, embed_cached

        cache = VectorCache(self.places.cache / "vectors", embedder.digest, embedder.dimension)
        return embed_cached(embedder, texts, cache)

    @cached_property
    def _intents(self) -> IntentReader:
        from coach.conversation.intents import IntentReader

        return IntentReader(self.library)

    @cached_property
    def _turns(self) -> Turns:
        from coach.conversation.turn import Turns

        return Turns(
            self.conversation_store,
            self.library,
            self.memory,
            self._intents,
            reply_words=self.settings.reply_words,
            today=lambda: self.today,
        )

    @cached_property
    def memory(self) -> Memory:
        """What is remembered of each pair."""
        from coach.memory.memory import Memory
        from coach.memory.store import MemoryStore

        return Memory(MemoryStore(self.database), lambda: self._embedder, self._similarity)

    def embedder(self) -> Embedder | None:
        """The embedding model, loaded if need be; None when it cannot be."""
        with self._warming:
            if self._embedder is None:
                try:
                    self._embedder = self._load_embedder(_quiet)
                except CoachError as error:
                    self._model_fault = str(error)
            return self._embedder

    def remember_by_meaning(self, pair: Pair) -> None:
        """Embed what of the pair's memory is not embedded yet, so that it is found by meaning."""
        from coach.memory.vectors import ensure_vectors

        embedder = self.embedder()
        if embedder is not None:
            ensure_vectors(self.database, pair, embedder)

    def _similarity(self) -> Similarity | None:
        """Compares texts with authored examples by meaning; None while there is no model."""
        return self._compare if self._embedder is not None else None

    @cached_property
    def _compare(self) -> Similarity:
        # One function for the whole run: what is fitted with it is remembered by it.
        import numpy as np

        embedder = self._embedder
        assert embedder is not None
        known: dict[tuple[str, ...], NDArray[np.float32]] = {}

        def similarity(texts: list[str], examples: list[str]) -> NDArray[np.float32]:
            key = tuple(examples)
            if key not in known:
                known[key] = self._embed_public(embedder, examples)
            right = known[key]
            # Only what ships with the program may lie in the cache; a user's words may not.
            left = right if texts == examples else embedder.embed(texts)
            return np.asarray(left @ right.T, dtype=np.float32)

        return similarity

    def _real_embedder(self, on_progress: Callable[[str], None]) -> Embedder:
        from coach.models.embedder import load_embedder

        return load_embedder(
            self.places, self.settings.embedding_model, self.settings.embedding_threads, on_progress
        )

    # -- readiness -----------------------------------------------------------

    def warm_up(self, on_progress: Callable[[str], None] = _quiet) -> None:
        """Load the model and the index; search by meaning works from then on. Blocking.

        A model that cannot be loaded is no reason to fail: search goes on by words, and
        :attr:`search_state` says so.
        """
        with self._warming:
            if self.library.ready:
                return
            try:
                self._embedder = self._embedder or self._load_embedder(on_progress)
                self.library.start(self._embedder, on_progress)
                self._intents.prepare()
                self._model_fault = ""
            except CoachError as error:
                self._model_fault = str(error)

    def refresh_library(self, on_progress: Callable[[str], None] = _quiet) -> None:
        """Take documents that were added or removed into the search by meaning. Blocking."""
        with self._warming:
            self._embedder = self._embedder or self._load_embedder(on_progress)
            self.library.start(self._embedder, on_progress)

    @property
    def search_state(self) -> str:
        """ "" when everything is ready, else what search has to do without, to show the user."""
        if self._model_fault:
            return f"searching by words: {self._model_fault}"
        if "library" not in self.__dict__ or not self.library.ready:
            return "searching by words while the model loads"
        return self.library.fault

    def close(self) -> None:
        """Give back files and locks."""
        if "library" in self.__dict__:
            self.library.close()
        if "database" in self.__dict__:
            self.database.close()

    # -- pairs -------------------------------------------------------------

    def pairs(self) -> list[Pair]:
        """Every pair, oldest first."""
        return self.pair_store.all()

    def add_pair(self, name: str, role: Role) -> Pair:
        """Keep a new pair; raises :class:`UsageError` for a name that is none."""
        return self.pair_store.add(name, role)

    # -- conversations -----------------------------------------------------

    def resume(self, pair: Pair | None) -> Conversation:
        """The pair's newest conversation, or a new one."""
        found = self.conversation_store.latest(pair.id if pair else None)
        return found or self.new_conversation(pair)

    def new_conversation(self, pair: Pair | None) -> Conversation:
        """A new conversation."""
        return self.conversation_store.start(pair.id if pair else None)

    def history(self, conversation: Conversation) -> list[Message]:
        """The conversation's messages, oldest first."""
        return self.conversation_store.messages(conversation)

    def turn(
        self, conversation: Conversation, pair: Pair | None, text: str
    ) -> AsyncIterator[Event]:
        """The events of one turn; see :mod:`coach.conversation.turn`."""
        return self._turns.run(conversation, pair, text)

    def questions(self, pair: Pair, about: str | None, count: int) -> list[Suggestion]:
        """Questions to ask the other person of ``pair``, about ``about`` when it is given."""
        from coach.conversation.suggesting import suggest_questions

        return suggest_questions(self.library, self.conversation_store, pair, about, count)

    def keep(self, pair: Pair, message_id: int, drafts: Sequence[Draft]) -> list[Item]:
        """Keep what the user agreed to of what was noticed in one of their messages."""
        from coach.memory.items import Noticed

        message = self.conversation_store.message(message_id)
        if message is None:
            return []
        day = message.created_at.astimezone().date() if self._today is None else self._today
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

    # -- library -----------------------------------------------------------

    def card(self, card_id: str) -> Card:
        """The card with this id; raises :class:`NotFoundError`."""
        return self.library.card(card_id)

    def source_title(self, citation: str) -> str:
        """The title behind a citation: a card's, or a document's."""
        passage = self.library.passage(citation)
        return passage.title if passage else self.card(citation).title

    def source_markdown(self, citation: str) -> str:
        """What is behind a citation, in full, as Markdown."""
        from coach.library.display import card_markdown, passage_markdown

        passage = self.library.passage(citation)
        if passage:
            return passage_markdown(passage)
        card = self.card(citation)
        return card_markdown(card, self.library.deck.sources[card.source])

    def greeting(self, pair: Pair | None) -> str:
        """What to show in an empty conversation."""
        from coach.content import wordings

        lines = wordings("welcome")["pair" if pair else "alone"]
        text = "\n\n".join(lines)
        return text.replace("{name}", pair.first_name) if pair else text

    def add_documents(
        self, paths: Sequence[Path], on_progress: Callable[[str], None]
    ) -> list[Taken]:
        """Add the user's documents to the library, and index them."""
        taken = self.library.add(paths, on_progress)
        if any(one.outcome == "added" for one in taken):
            self.refresh_library(on_progress)
        return taken


def open_coach(
    *,
    today: date | None = None,
    ask_passphrase: Callable[[], str] | None = None,
    load_embedder: EmbedderLoader | None = None,
) -> Coach:
    """A coach for this environment; raises :class:`CoachError` for bad settings, a locked file."""
    places = default_places()
    coach = Coach(
        places, load_settings(places), today=today, ask_passphrase=ask_passphrase,
        load_embedder=load_embedder,
    )  # fmt: skip
    _ = coach.database
    return coach
