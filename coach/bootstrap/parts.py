"""The parts of the program, made when they are first used, and how they fit together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from coach.errors import CoachError
from coach.paths import Places
from coach.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coach.agreement.service import Agreements
    from coach.conversation.intents import IntentReader
    from coach.conversation.safety.reader import SafetyReader
    from coach.conversation.suggesting import Questioner
    from coach.conversation.voice.speaker import Speaker
    from coach.library.library import Library
    from coach.memory.dates import Locale
    from coach.memory.memory import Memory
    from coach.memory.noticing.nearest import Similarity
    from coach.models.chat import Payload
    from coach.models.chosen import Use
    from coach.models.comparing import Comparer
    from coach.models.embedder import Embedder
    from coach.models.vector_cache import VectorCache
    from coach.planning.debriefing import Debriefing
    from coach.planning.service import Planning
    from coach.rehearsal.reading import Reader
    from coach.rehearsal.service import Rehearsals
    from coach.storage.conversations import ConversationStore
    from coach.storage.database import Database
    from coach.storage.drafts import DraftStore
    from coach.storage.keys import Key
    from coach.storage.pairs import Pair, PairStore
    from coach.storage.papers import PaperStore
    from coach.storage.planned import PlannedStore

EmbedderLoader = Callable[[Callable[[str], None]], "Embedder"]


def _quiet(_: str) -> None:
    """Progress that nobody watches."""


class Parts:
    """Stores, library, memory, model and turns over one set of places and settings.

    ``load_embedder`` is the port that tests override; by default the real model is loaded.
    """

    read_only = False
    """Whether another app writes to the same data, so that this one only reads."""

    def __init__(
        self,
        places: Places,
        settings: Settings,
        *,
        today: date | None = None,
        ask_passphrase: Callable[[], str] | None = None,
        load_embedder: EmbedderLoader | None = None,
        ask_leave: Callable[[Payload, Use], bool] | None = None,
    ) -> None:
        self.places = places
        self.ask_leave = ask_leave
        self.settings = settings
        self._today = today
        self._ask_passphrase = ask_passphrase
        self._load_embedder = load_embedder or self._real_embedder
        self._warming = threading.Lock()
        self._model_fault = ""
        self._embedder: Embedder | None = None
        self._vectors: dict[str, VectorCache] = {}

    @property
    def today(self) -> date:
        """The day that counts as today: the one given, else the clock's where the user is."""
        return self._today or datetime.now(self.settings.zone).date()

    # -- parts -------------------------------------------------------------

    @cached_property
    def database(self) -> Database:
        """The encrypted database; opened (made, migrated) on first use."""
        from coach.storage.database import open_database

        return open_database(self.places, self._key, read_only=self.read_only)

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

        return Library(
            DocumentStore(self.database),
            self.places.index,
            self._embed_cards,
            self._embed_examples,
        )

    def _embed_cards(self, embedder: Embedder, texts: list[str]) -> NDArray[np.float32]:
        # A file of its own: every start reads it, and the examples only when something is learnt.
        return self._embed_public(embedder, texts, "cards")

    def _embed_examples(self, embedder: Embedder, texts: list[str]) -> NDArray[np.float32]:
        from coach.models.shipped_vectors import embed_unless_shipped

        return embed_unless_shipped(embedder, texts, self._embed_public)

    def _embed_public(
        self, embedder: Embedder, texts: list[str], kept_as: str = "content"
    ) -> NDArray[np.float32]:
        """Vectors of texts that ship with the program, from a cache on disk."""
        from coach.models.vector_cache import VectorCache, embed_cached

        if kept_as not in self._vectors:
            self._vectors[kept_as] = VectorCache(
                self.places.cache / "vectors", embedder.digest, embedder.dimension, kept_as
            )
        return embed_cached(embedder, texts, self._vectors[kept_as])

    @cached_property
    def _intents(self) -> IntentReader:
        from coach.conversation.intents import IntentReader
        from coach.models.array_cache import ArrayCache

        return IntentReader(self.library, ArrayCache(self.places.cache / "readers"))

    @cached_property
    def sign_reader(self) -> SafetyReader:
        """Reads signs of trouble in messages."""
        from coach.conversation.safety.reader import SafetyReader
        from coach.models.array_cache import ArrayCache

        return SafetyReader(self.library, ArrayCache(self.places.cache / "sign-readers"))

    @cached_property
    def questioner(self) -> Questioner:
        """Questions to ask, and which were asked."""
        from coach.conversation.suggesting import Questioner
        from coach.storage.asked import AskedStore

        return Questioner(self.library, self.memory, AskedStore(self.database), self._limits)

    def _limits(self, pair: Pair, on: date) -> Callable[[str], str | None]:
        limits = self.agreements.limits(pair)
        return lambda text: limits.forbids(text, on)

    @cached_property
    def memory(self) -> Memory:
        """What is remembered of each pair."""
        from coach.memory.memory import Memory
        from coach.memory.store import MemoryStore

        return Memory(
            MemoryStore(self.database),
            lambda: self._embedder,
            self._similarity,
            hold=self._hold,
            locale=self.locale,
            next_session=self._next_session,
            limits=self._limits,
        )

    def _next_session(self, pair: Pair, on: date) -> date | None:
        planned = self.planned.next(pair, on)
        return planned.on if planned else None

    @cached_property
    def locale(self) -> Locale:
        """How the user writes and counts days."""
        from coach.memory.dates import Locale

        return Locale.of(self.settings.language, self.settings.hemisphere)

    @cached_property
    def planned(self) -> PlannedStore:
        """The sessions that are planned."""
        from coach.storage.planned import PlannedStore

        return PlannedStore(self.database)

    @cached_property
    def papers(self) -> PaperStore:
        """What was put down of a pair, in versions."""
        from coach.storage.papers import PaperStore

        return PaperStore(self.database)

    @cached_property
    def planning(self) -> Planning:
        """Goals, roadmaps, checks and briefs."""
        from coach.planning.service import Planning

        return Planning(self.memory, self.papers, self.planned, self.agreements, self.library.card)

    @cached_property
    def debriefing(self) -> Debriefing:
        """What is kept after a session."""
        from coach.planning.debriefing import Debriefing

        return Debriefing(self.planning)

    @cached_property
    def draft_store(self) -> DraftStore:
        """What is being written."""
        from coach.storage.drafts import DraftStore

        return DraftStore(self.database)

    @cached_property
    def utterance_reader(self) -> Reader:
        """Reads what turns of talk do; by words alone where the model cannot be loaded."""
        from coach.bootstrap.rehearsal import make_reader
        from coach.rehearsal.reading.reader import UtteranceReader

        embedder = self.embedder()
        return make_reader(self, embedder, self._embed_public) if embedder else UtteranceReader()

    @cached_property
    def rehearsals(self) -> Rehearsals:
        """Conversations to try out beforehand."""
        from coach.bootstrap.rehearsal import rehearsals

        return rehearsals(self, self._embed_public)

    @cached_property
    def speaker(self) -> Speaker | None:
        """The chat model that words replies; None for the built-in engine."""
        from coach.bootstrap.speaking import speaker_of

        return speaker_of(self)

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

    def _hold(self, known: Mapping[str, NDArray[np.float32]]) -> None:
        """Give the comparison vectors that are kept already, by their texts."""
        self._compare.hold(known)

    @cached_property
    def _compare(self) -> Comparer:
        # One comparison for the whole run: what is fitted with it is remembered by it.
        from coach.memory.noticing.kind_model import layers_file
        from coach.memory.noticing.nearest import examples
        from coach.models.comparing import Comparer
        from coach.models.fine_tuned import FineTuned

        embedder = self._embedder
        assert embedder is not None
        public = [text for _, text in examples()]
        return Comparer(
            embedder,
            lambda texts: self._embed_public(embedder, texts),
            public,
            FineTuned(layers_file()),
        )

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
                self.sign_reader.prepare()
                self._model_fault = ""
            except CoachError as error:
                self._model_fault = str(error)

    def read_examples(self, on_progress: Callable[[str], None] = _quiet) -> None:
        """Read what the first note and the first rehearsal are read by, so that neither waits.

        What is learnt stays in the cache. Blocking, for a minute; nothing without the model.
        """
        from coach.memory.noticing.nearest import examples
        from coach.rehearsal.reading import Utterance

        compare = self._similarity()
        if compare is not None:
            on_progress("Reading the examples for notes")
            compare([], [text for _, text in examples()])
            on_progress("Reading the examples for rehearsals")
            self.utterance_reader.read([Utterance("Good to see you.")])

    def refresh_library(self, on_progress: Callable[[str], None] = _quiet) -> None:
        """Take documents that were added or removed into the search by meaning. Blocking."""
        with self._warming:
            self._embedder = self._embedder or self._load_embedder(on_progress)
            self.library.start(self._embedder, on_progress)

    @cached_property
    def agreements(self) -> Agreements:
        """The agreements of pairs, their limits, and scripts."""
        from coach.agreement.service import Agreements

        return Agreements(self.papers, self.memory.store, self.locale)

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
        if (speaker := self.__dict__.get("speaker")) is not None:
            speaker.model.shut()
        if "library" in self.__dict__:
            self.library.close()
        if "database" in self.__dict__:
            self.database.close()
