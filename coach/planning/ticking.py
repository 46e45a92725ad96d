"""What it means that lines of a brief were ticked off during the session."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from coach.planning.page import Ref
from coach.planning.roadmap import Roadmap, end
from coach.planning.service import Planning

if TYPE_CHECKING:
    from coach.storage.pairs import Pair


def settle(planning: Planning, pair: Pair, ticked: Iterable[Ref], on: date) -> list[str]:
    """Promises are kept, threads rest as asked about, topics are covered.

    What is settled already, or gone, is passed over. Gives the questions that were asked.
    """
    refs = list(dict.fromkeys(ticked))
    store = planning.memory.store
    known = {str(item.id): item for item in store.items(pair)}
    for ref in refs:
        if ref.what == "promise" and ref.key in known and known[ref.key].status == "open":
            store.done(pair, known[ref.key].id, on)
    asked = [known[ref.key].id for ref in refs if ref.what == "thread" and ref.key in known]
    if asked:
        planning.memory.asked(pair, asked, on)
    covered = {ref.key for ref in refs if ref.what == "topic"}
    if covered:
        planning.change_roadmap(pair, on, lambda found: _covered(found, covered, on))
    return [ref.key for ref in refs if ref.what == "question"]


def _covered(roadmap: Roadmap, keys: Iterable[str], on: date) -> Roadmap:
    ahead = {topic.key for topic in roadmap.ahead}
    for key in keys:
        if key in ahead:
            roadmap = end(roadmap, key, "covered", on)
    return roadmap
