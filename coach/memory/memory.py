"""A pair's memory as the rest of the program sees it: log, recall, follow up, forget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from coach.memory.continuity import FollowUp, follow_ups
from coach.memory.continuity.speech import pronoun_of
from coach.memory.dates import HERE, Locale
from coach.memory.items import Item, Noticed, Person
from coach.memory.noticing.nearest import Similarity
from coach.memory.noticing.notice import Look, look, notice
from coach.memory.recall import Recall, RecallHit
from coach.memory.store import Logged, MemoryStore
from coach.memory.vectors import open_vectors
from coach.models.embedder import Embedder
from coach.storage.pairs import Pair
from coach.text import MAX_NOTE, whole

Forbids = Callable[[str], str | None]
"""Says which boundary a text would cross, None for none."""

_EVERY_THREAD = 1_000


class Memory:
    """Memory of every pair; each method takes the pair and touches nothing of another.

    ``embedder`` and ``similarity`` give the model and a comparison by meaning, once they are
    there; until then search goes by words, and noticing by rules alone. ``hold`` gives vectors
    that are kept to that comparison, by their texts. ``locale`` says how days are read;
    ``next_session`` tells the day of the first session planned after a day, ``limits`` what must
    not be suggested to a pair on a day.
    """

    def __init__(
        self,
        store: MemoryStore,
        embedder: Callable[[], Embedder | None],
        similarity: Callable[[], Similarity | None] = lambda: None,
        *,
        hold: Callable[[Mapping[str, NDArray[np.float32]]], None] = lambda _known: None,
        locale: Locale = HERE,
        next_session: Callable[[Pair, date], date | None] = lambda _pair, _on: None,
        limits: Callable[[Pair, date], Forbids] = lambda _pair, _on: lambda _text: None,
    ) -> None:
        self.store = store
        self.locale = locale
        self._next_session = next_session
        self._limits = limits
        self._embedder = embedder
        self._similarity = similarity
        self._hold = hold
        self._recall = Recall(store, locale=locale)

    def notice(self, pair: Pair, on: date, text: str) -> Noticed:
        """What would be kept of ``text``, said on ``on``; nothing is kept."""
        known = self.store.items(pair)
        similarity, embedder = self._similarity(), self._embedder()
        if similarity is not None and embedder is not None:
            self._hold(open_vectors(self.store.database, pair, embedder.digest))
        return notice(
            text,
            on=on,
            them=_person(pair, known),
            my_role=pair.role,
            open_items=[item for item in known if item.status == "open"],
            similarity=similarity,
            locale=self.locale,
        )

    def look(self, pair: Pair, on: date, text: str) -> Look:
        """``text``, said on ``on``, as noticing reads it."""
        them = _person(pair, self.store.items(pair))
        return look(
            text, on=on, them=them, my_role=pair.role, similarity=self._similarity(),
            locale=self.locale,
        )  # fmt: skip

    def log(
        self, pair: Pair, on: date, text: str, keep: Callable[[Noticed], Noticed] | None = None
    ) -> Logged:
        """Keep a session's note and what is noticed in it, as ``keep`` leaves it.

        Raises :class:`UsageError` for a note that is too long.
        """
        note = whole("Note", text, MAX_NOTE)
        noticed = self.notice(pair, on, note)
        return self.store.add_session(pair, on, note, keep(noticed) if keep else noticed)

    def keep_message(
        self, pair: Pair, on: date, text: str, noticed: Noticed, message_id: int
    ) -> list[Item]:
        """Keep what was noticed in a chat message that is stored as ``message_id``."""
        return self.store.keep(pair, on, text, noticed, message_id=message_id)

    def follow_ups(self, pair: Pair, on: date, limit: int) -> list[FollowUp]:
        """What to come back to on that day, most pressing first; looking at it changes nothing.

        Nothing that would cross a boundary of the pair is among it.
        """
        forbids = self._limits(pair, on)
        found = self._threads(pair, self.store.items(pair), on)
        return [one for one in found if forbids(f"{one.topic}. {one.ask}") is None][:limit]

    def asked(self, pair: Pair, item_ids: Iterable[int], on: date) -> list[Item]:
        """The user has asked about these on that day: the threads that they are in rest.

        Gives the items asked for as they are now. Raises :class:`NotFoundError`.
        """
        chosen = [self.store.item(pair, key).id for key in dict.fromkeys(item_ids)]
        along = _along(self.follow_ups(pair, on, _EVERY_THREAD), chosen)
        self.store.mark_surfaced(pair, {*chosen, *along}, on)
        return [self.store.item(pair, key) for key in chosen]

    def not_asked(self, pair: Pair, item_id: int) -> Item:
        """Take back the last :meth:`asked` of an item, with those that rest since because of it."""
        last = self.store.item(pair, item_id).surfaced_on
        if last is not None:
            known = self.store.items(pair)
            then = {item.id for item in known if item.surfaced_on == last}
            awake = [replace(i, surfaced=0, surfaced_on=None) if i.id in then else i for i in known]
            along = _along(self._threads(pair, awake, last), [item_id])
            self.store.unmark_surfaced(pair, {item_id, *(along & then)})
        return self.store.item(pair, item_id)

    def _threads(
        self, pair: Pair, items: Iterable[Item], on: date, limit: int = _EVERY_THREAD
    ) -> list[FollowUp]:
        sessions = [session.on for session in self.store.sessions(pair)]
        known = [item for item in items if item.said_on <= on]
        return follow_ups(
            known,
            on,
            me_role=pair.role,
            them=_person(pair, known),
            next_session=self._next_session(pair, on),
            sessions=[day for day in sessions if day <= on],
            limit=limit,
        )

    def search(self, pair: Pair, query: str, k: int, on: date) -> list[RecallHit]:
        """What was said about ``query``: items and imported turns, best first; [] if nothing."""
        embedder = self._embedder()
        if embedder is not None:
            self._recall.start(embedder)
        return self._recall.search(pair, query, k, on=on)


def _person(pair: Pair, known: Sequence[Item]) -> Person:
    """The other person, with the pronoun that the pair's own notes use of them, if any does."""
    them = Person(pair.name, pair.their_role)
    return replace(them, pronoun=pronoun_of(them, known))


def _along(threads: Iterable[FollowUp], item_ids: Iterable[int]) -> set[int]:
    """All the items of those threads that hold one of these."""
    wanted = set(item_ids)
    return {key for one in threads if wanted & set(one.items) for key in one.items}


def without(noticed: Noticed, dropped: Sequence[int]) -> Noticed:
    """``noticed`` less the drafts at these places; closings keep pointing at the right ones."""
    kept = [place for place in range(len(noticed.drafts)) if place not in set(dropped)]
    place_of = {old: new for new, old in enumerate(kept)}
    closings = tuple(
        replace(
            closing,
            replacement=place_of.get(closing.replacement)
            if closing.replacement is not None
            else None,
        )
        for closing in noticed.closings
    )
    return Noticed(tuple(noticed.drafts[place] for place in kept), closings)
