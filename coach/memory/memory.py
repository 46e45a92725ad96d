"""A pair's memory as the rest of the program sees it: log, recall, follow up, forget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from coach.memory.continuity import FollowUp, follow_ups
from coach.memory.items import Item, Noticed, Person
from coach.memory.noticing.nearest import Similarity
from coach.memory.noticing.notice import notice
from coach.memory.recall import Recall, RecallHit
from coach.memory.store import Logged, MemoryStore
from coach.models.embedder import Embedder
from coach.storage.pairs import Pair
from coach.text import MAX_NOTE, clean


class Memory:
    """Memory of every pair; each method takes the pair and touches nothing of another.

    ``embedder`` and ``similarity`` give the model and a comparison by meaning, once they are
    there; until then search goes by words, and noticing by rules alone.
    """

    def __init__(
        self,
        store: MemoryStore,
        embedder: Callable[[], Embedder | None],
        similarity: Callable[[], Similarity | None] = lambda: None,
    ) -> None:
        self.store = store
        self._embedder = embedder
        self._similarity = similarity
        self._recall = Recall(store)

    def notice(self, pair: Pair, on: date, text: str) -> Noticed:
        """What would be kept of ``text``, said on ``on``; nothing is kept."""
        return notice(
            text,
            on=on,
            them=Person(pair.name, pair.their_role),
            my_role=pair.role,
            open_items=self.store.items(pair, status="open"),
            similarity=self._similarity(),
        )

    def log(
        self, pair: Pair, on: date, text: str, keep: Callable[[Noticed], Noticed] | None = None
    ) -> Logged:
        """Keep a session's note and what is noticed in it, as ``keep`` leaves it."""
        note = clean(text, MAX_NOTE)
        noticed = self.notice(pair, on, note)
        return self.store.add_session(pair, on, note, keep(noticed) if keep else noticed)

    def keep_message(
        self, pair: Pair, on: date, text: str, noticed: Noticed, message_id: int
    ) -> list[Item]:
        """Keep what was noticed in a chat message that is stored as ``message_id``."""
        return self.store.keep(pair, on, text, noticed, message_id=message_id)

    def follow_ups(self, pair: Pair, on: date, limit: int) -> list[FollowUp]:
        """What to come back to on that day, most pressing first."""
        sessions = [session.on for session in self.store.sessions(pair)]
        return follow_ups(
            [item for item in self.store.items(pair) if item.said_on <= on],
            on,
            me_role=pair.role,
            them=Person(pair.name, pair.their_role),
            next_session=None,
            sessions=[day for day in sessions if day <= on],
            limit=limit,
        )

    def search(self, pair: Pair, query: str, k: int, on: date) -> list[RecallHit]:
        """What was said about ``query``: items and imported turns, best first; [] if nothing."""
        embedder = self._embedder()
        if embedder is not None:
            self._recall.start(embedder)
        return self._recall.search(pair, query, k, on=on)


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
