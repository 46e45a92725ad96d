"""Rehearsals, put together from the parts that they need."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coach.bootstrap.parts import Parts
    from coach.models.embedder import Embedder
    from coach.rehearsal.background import Background
    from coach.rehearsal.hearing import Ear
    from coach.rehearsal.reading import Reader
    from coach.rehearsal.service import Rehearsals
    from coach.storage.pairs import Pair

Embed = Callable[["Embedder", list[str]], "NDArray[np.float32]"]

_MANY = 200
"""Sentences, more than a message and what was said before it can have."""


def make_reader(parts: Parts, embedder: Embedder, embed_public: Embed) -> Reader:
    """The reader of utterances: the port that tests replace."""
    from coach.models.array_cache import ArrayCache
    from coach.rehearsal.reading.reader import UtteranceReader

    def embed(texts: list[str]) -> NDArray[np.float32]:
        # A message of a rehearsal is read the same way each time; a file of lines in batches.
        many = len(texts) > _MANY
        return embedder.embed_together(texts) if many else embedder.embed(texts)

    return UtteranceReader(
        embed,
        lambda texts: embed_public(embedder, texts),
        embedder.digest,
        ArrayCache(parts.places.cache / "utterance-readers"),
    )


def rehearsals(parts: Parts, embed_public: Embed) -> Rehearsals:
    """Rehearsals over ``parts``; nothing is loaded before the first message is heard."""
    from coach.bootstrap.helping import reworder_of
    from coach.rehearsal.service import Rehearsals
    from coach.storage.tries import TalkStore, TryStore

    made: list[Ear] = []

    def ear() -> Ear:
        if not made:
            made.append(make_ear(parts, embed_public))
        return made[0]

    def known(pair: Pair, private: bool) -> Background:
        return _known(parts, pair, private=private)

    talks = TalkStore(parts.papers, lambda: parts.today, lambda: not parts.database.read_only)
    return Rehearsals(
        ear, TryStore(parts.papers), known, _reword, parts.places.home, talks, reworder_of(parts)
    )


def make_ear(parts: Parts, embed_public: Embed) -> Ear:
    """What hears messages; by words alone where the embedding model cannot be loaded."""
    from coach.models.comparing import Comparer
    from coach.rehearsal.hearing import Ear
    from coach.rehearsal.likeness import by_words
    from coach.rehearsal.loading import common, scenarios

    embedder = parts.embedder()
    if embedder is None:
        return Ear(parts.utterance_reader, by_words)
    own = (cue for one in scenarios(parts.places.home) for cue in one.cues.values())
    public = [text for cue in (*common().cues.values(), *own) for text in cue.hears]
    likeness = Comparer(embedder, lambda texts: embed_public(embedder, texts), public)
    return Ear(parts.utterance_reader, likeness)


def _known(parts: Parts, pair: Pair, *, private: bool) -> Background:
    from coach.memory.items import Person
    from coach.rehearsal.background import background

    items = parts.memory.store.items(pair, status="open")
    limits = parts.agreements.limits(pair)

    def against(text: str) -> str:
        found = limits.limit_against(text, parts.today)
        return found.text if found and (private or not found.private) else ""

    return background(
        Person(pair.name, pair.their_role), items, against, name=pair.name, private=private
    )


def _reword(question: str) -> str:
    from coach.conversation.questioning.reading import read_question

    return read_question(question).better
