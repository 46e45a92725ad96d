"""Two pairs with different memories share at most one of their five questions."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from coach.conversation.questioning.asking import Occasion, Suggestion
from coach.conversation.questioning.choosing import choose
from coach.library.cards import load_deck
from coach.memory.items import Person
from coach.memory.noticing import notice
from tests.evals.followups_eval import remember

DECK = load_deck()
SAID = date(2026, 5, 6)
PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "evals/questions/pairs.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def questions(pair: dict[str, object], days: int) -> list[Suggestion]:
    them = Person(str(pair["name"]), "mentee" if pair["role"] == "mentor" else "mentor")
    items: list[object] = []
    for number, text in enumerate(pair["notes"], 1):  # type: ignore[call-overload]
        noticed = notice(text, on=SAID, them=them, my_role=pair["role"], open_items=items)  # type: ignore[arg-type]
        items = remember(items, noticed, SAID, number)  # type: ignore[arg-type, assignment]
    on = SAID + timedelta(days=days)
    occasion = Occasion(pair["role"], them, on, items, [SAID], seed=them.name)  # type: ignore[arg-type]
    return choose(occasion, DECK, 5)


@pytest.mark.parametrize("days", [0, 6, 20])
def test_pairs_share_at_most_one_of_five(days: int) -> None:
    assert len(PAIRS) >= 30
    found = {pair["name"]: questions(pair, days) for pair in PAIRS}
    for name, asked in found.items():
        assert len(asked) == 5
        assert sum(bool(one.items) for one in asked) >= 3, (name, [q.question for q in asked])
    for one, other in combinations(found, 2):
        shared = {q.question for q in found[one]} & {q.question for q in found[other]}
        assert len(shared) <= 1, (one, other, shared)
