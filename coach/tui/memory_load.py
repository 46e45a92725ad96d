"""Reading what the memory screen shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.errors import CoachError
from coach.tui.memory_rows import Snapshot

if TYPE_CHECKING:
    from coach.storage.pairs import Pair
    from coach.tui.service import Service

THREADS_SHOWN = 30


def load(service: Service, pair: Pair) -> Snapshot:
    """All that is remembered of the pair, now. Blocks; run it in a thread."""
    found = service.follow_ups(pair, THREADS_SHOWN)
    titles = {}
    for card in {card for one in found for card in one.cards}:
        try:
            titles[card] = service.source_title(card)
        except CoachError:
            continue  # the card's id stands for it
    return Snapshot(
        pair.first_name, service.today, service.remembered(pair), found, titles,
        service.histories(pair),
    )  # fmt: skip
