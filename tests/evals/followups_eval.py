"""Follow-ups end to end: notes in, noticing, closing, ranking; what is among the first six?

``python -m tests.evals.followups_eval dev|dev2|..|dev9|held [--rules] [--misses]``. Real noticing
with the sentence embeddings, as the product does it (``--rules``: without them), no database.
``--misses`` prints single cases, grouped by what went wrong; it is refused for held-out notes.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from coach.memory.continuity import FollowUp, follow_ups
from coach.memory.items import Item, Noticed, Person
from coach.memory.noticing import notice
from coach.memory.noticing.nearest import Similarity
from tests.evals.notes_eval import HELD_OUT, HERE, embedding_similarity

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


def other_of(line: dict[str, Any]) -> Person:
    """The other person, as the notes' author knows them."""
    pair = line["pair"]
    role: Literal["mentor", "mentee"] = "mentee" if pair["role"] == "mentor" else "mentor"
    return Person(pair["name"], role, pair.get("pronoun", ""))


def history(line: dict[str, Any], similarity: Similarity | None = None) -> list[Item]:
    """All items of a pair after its notes."""
    items: list[Item] = []
    for number, note in enumerate(line["notes"], 1):
        on = date.fromisoformat(note["on"])
        noticed = notice(
            note["text"],
            on=on,
            them=other_of(line),
            my_role=line["pair"]["role"],
            open_items=[item for item in items if item.status == "open"],
            similarity=similarity,
        )
        items = remember(items, noticed, on, number)
    return items


def found_for(line: dict[str, Any], items: list[Item], limit: int = _FIRST) -> list[FollowUp]:
    """What is suggested on the line's day."""
    return follow_ups(
        items,
        date.fromisoformat(line["followups"]["on"]),
        me_role=line["pair"]["role"],
        them=other_of(line),
        next_session=None,
        sessions=[date.fromisoformat(note["on"]) for note in line["notes"]],
        limit=limit,
    )


def holds(one: FollowUp, key: list[str], items: list[Item]) -> bool:
    mine = [item for item in items if item.id in one.items]
    text = " ".join([one.topic, one.ask, one.quote, *(f"{i.text} {i.quote}" for i in mine)]).lower()
    return all(stem in text for stem in key)


def cause(line: dict[str, Any], key: list[str], items: list[Item]) -> tuple[str, list[Item]]:
    """Why a wanted thread is missing, and the items that would have been it."""
    known = [i for i in items if all(stem in f"{i.text} {i.quote}".lower() for stem in key)]
    if not known:
        return "not noticed", []
    still = [item for item in known if item.status == "open"]
    if not still:
        return "closed", known
    listed = {key for one in found_for(line, items, 99) for key in one.items}
    return ("below six" if any(i.id in listed for i in still) else "left out"), still


def evaluate(split: str, similarity: Similarity | None = None, *, misses: bool = False) -> str:
    """One line of figures for a split; with ``misses`` print each."""
    wanted = right = never = 0
    causes: Counter[str] = Counter()
    for raw in (HERE / f"{split}.jsonl").read_text("utf-8").splitlines():
        line = json.loads(raw)
        items = history(line, similarity)
        found = found_for(line, items)
        for want in line["followups"]["want"]:
            wanted += 1
            if any(holds(one, want["key"], items) for one in found):
                right += 1
                continue
            why, known = cause(line, want["key"], items)
            causes[why] += 1
            if misses:
                print(f"{why.upper()} {line['pair']['name']} {want['key']}")
                for i in known:
                    print(f"    {i.kind}/{i.status}/{i.owner}/{i.when} {i.text}")
        for gone in line["followups"]["never"]:
            bad = [one for one in found if holds(one, gone["key"], items)]
            never += bool(bad)
            if misses and bad:
                print(f"NEVER {line['pair']['name']} {gone['key']}: {bad[0].ask} | {bad[0].quote}")
    missed = ", ".join(f"{number} {why}" for why, number in sorted(causes.items()))
    share = right / wanted
    return (
        f"{split}: wanted in the first six {right}/{wanted} = {share:.3f} ({missed or 'all'}), "
        f"settled shown {never}"
    )


def main() -> None:
    """Prints the figures of one split."""
    parser = argparse.ArgumentParser(description="Scores follow-ups on the hand-written notes.")
    parser.add_argument("split", nargs="?", default="dev")
    parser.add_argument("--misses", action="store_true", help="print single cases (dev only)")
    parser.add_argument("--rules", action="store_true", help="without the sentence embeddings")
    options = parser.parse_args()
    if options.split in HELD_OUT and options.misses:
        parser.error("single cases of the held-out notes are not shown")
    similarity = None if options.rules else embedding_similarity()
    print(evaluate(options.split, similarity, misses=options.misses))


if __name__ == "__main__":
    main()
