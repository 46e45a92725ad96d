"""Follow-ups end to end: notes in, noticing, closing, ranking; what is among the first six?

``python -m tests.evals.followups_eval [dev|held] [--misses]``. Real noticing, no database.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from coach.memory.continuity import FollowUp, follow_ups
from coach.memory.items import Item, Noticed, Person
from coach.memory.noticing import notice
from coach.memory.noticing.nearest import Similarity

_HERE = Path(__file__).parent / "notes"
_FIRST = 6


def remember(items: list[Item], noticed: Noticed, on: date, session: int) -> list[Item]:
    """What the store would hold after a note: new items in, closed ones closed."""
    first = len(items) + 1
    closed = {closing.item_id: closing for closing in noticed.closings}
    kept = [
        replace(item, status=closed[item.id].how, closed_on=on) if item.id in closed else item
        for item in items
    ]
    fresh = [
        Item(
            first + n, d.kind, d.about, d.owner, d.text, d.quote, d.when, d.until, "open",
            d.private, session, on, d.importance,
        )
        for n, d in enumerate(noticed.drafts)
    ]  # fmt: skip
    return kept + fresh


def history(line: dict[str, Any], similarity: Similarity | None = None) -> list[Item]:
    """All items of a pair after its notes."""
    pair = line["pair"]
    their_role = "mentee" if pair["role"] == "mentor" else "mentor"
    items: list[Item] = []
    for number, note in enumerate(line["notes"], 1):
        on = date.fromisoformat(note["on"])
        noticed = notice(
            note["text"],
            on=on,
            them=Person(pair["name"], their_role),
            my_role=pair["role"],
            open_items=[item for item in items if item.status == "open"],
            similarity=similarity,
        )
        items = remember(items, noticed, on, number)
    return items


def found_for(line: dict[str, Any], items: list[Item]) -> list[FollowUp]:
    pair = line["pair"]
    return follow_ups(
        items,
        date.fromisoformat(line["followups"]["on"]),
        me_role=pair["role"],
        them=Person(pair["name"], "mentee" if pair["role"] == "mentor" else "mentor"),
        next_session=None,
        sessions=[date.fromisoformat(note["on"]) for note in line["notes"]],
        limit=_FIRST,
    )


def holds(one: FollowUp, key: list[str], items: list[Item]) -> bool:
    mine = [item for item in items if item.id in one.items]
    text = " ".join([one.topic, one.ask, one.quote, *(f"{i.text} {i.quote}" for i in mine)]).lower()
    return all(stem in text for stem in key)


def evaluate(split: str, similarity: Similarity | None = None, *, misses: bool = False) -> str:
    """One line of figures for a split; with ``misses`` print each."""
    wanted = right = never = shown = 0
    for raw in (_HERE / f"{split}.jsonl").read_text("utf-8").splitlines():
        line = json.loads(raw)
        items = history(line, similarity)
        found = found_for(line, items)
        shown += len(found)
        for want in line["followups"]["want"]:
            wanted += 1
            hit = any(holds(one, want["key"], items) for one in found)
            right += hit
            if misses and not hit:
                known = [
                    f"{i.kind}/{i.status}/{i.owner}/{i.when} {i.text}"
                    for i in items
                    if all(s in f"{i.text} {i.quote}".lower() for s in want["key"])
                ]
                print(f"MISS {line['pair']['name']} {want['key']}: {known or 'not noticed'}")
        for gone in line["followups"]["never"]:
            bad = [one for one in found if holds(one, gone["key"], items)]
            never += bool(bad)
            if misses and bad:
                print(f"NEVER {line['pair']['name']} {gone['key']}: {bad[0].ask} | {bad[0].quote}")
    return f"{split}: wanted in the first six {right}/{wanted} = {right / wanted:.3f}, settled shown {never}"


if __name__ == "__main__":
    arguments = sys.argv[1:]
    print(
        evaluate(next((a for a in arguments if a[0] != "-"), "dev"), misses="--misses" in arguments)
    )
