from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from memory_fixtures import DAY, BagEmbedder, draft, noticed

from coach.memory.forget import forget
from coach.memory.items import Closing
from coach.memory.recall import Recall
from coach.memory.store import MemoryStore
from coach.memory.transfer import import_turns
from coach.memory.vectors import ensure_vectors
from coach.storage.database import Database
from coach.storage.pairs import Pair, PairStore

ON = date(2025, 6, 1)
TURNS = [
    ("t1", "Nora", "2024-03-05T10:00", "How is the merger going?"),
    ("t2", "Ravi", "2024-03-05T10:01", "They close our office in Pune, nobody has been told."),
    ("t3", "Nora", "2024-03-05T10:02", "Shall we talk about your garden instead?"),
    ("t4", "Nora", "2024-10-08T10:00", "I heard that the merger is off."),
    ("t5", "Ravi", "2024-10-08T10:01", "The merger is postponed until the new year."),
    (None, "Ravi", "2024-10-08T10:02", "My tomatoes have won a prize."),
]


@pytest.fixture
def ravi(tmp_path: Path, database: Database) -> Pair:
    pair = PairStore(database).add("Ravi Rao", "mentor")
    path = tmp_path / "turns.jsonl"
    lines = [
        {"speaker": speaker, "text": text, "at": at} | ({"id": key} if key else {})
        for key, speaker, at, text in TURNS
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines))
    import_turns(database, pair, path, BagEmbedder())
    return pair


@pytest.fixture(params=[True, False], ids=["by meaning too", "by words"])
def recall(request: pytest.FixtureRequest, database: Database) -> Recall:
    return Recall(MemoryStore(database), BagEmbedder() if request.param else None)


def test_a_hit_says_who_when_and_what_was_around_it(recall: Recall, ravi: Pair) -> None:
    hit = recall.search(ravi, "Which office do they close?", on=ON)[0]
    assert (hit.id, hit.kind, hit.speaker, hit.on) == ("t2", "turn", "Ravi", date(2024, 3, 5))
    assert hit.context == (
        "Nora: How is the merger going?\nNora: Shall we talk about your garden instead?"
    )
    assert 0 < hit.score <= 1


def test_the_best_come_first_and_no_more_than_asked_for(recall: Recall, ravi: Pair) -> None:
    hits = recall.search(ravi, "the merger", 3, on=ON)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_an_answer_is_found_by_its_question(recall: Recall, ravi: Pair) -> None:
    ids = [hit.id for hit in recall.search(ravi, "How is the merger going?", on=ON)]
    assert ids.index("t2") < ids.index("t3")
    assert ids.index("t2") < ids.index("turn-6")


def test_scores_are_shares_that_fall_with_the_rank(recall: Recall, ravi: Pair) -> None:
    for query in ("Is the merger off?", "Whose tomatoes?", "What did he tell me in October?"):
        scores = [hit.score for hit in recall.search(ravi, query, on=ON)]
        assert len(scores) == len(TURNS)
        assert scores == sorted(scores, reverse=True)
        assert 1 >= scores[0] > scores[-1] >= 0


def test_names_and_dates_in_the_question_count(recall: Recall, ravi: Pair) -> None:
    assert recall.search(ravi, "What did Ravi say about the merger?", on=ON)[0].id == "t5"
    assert recall.search(ravi, "What did he tell me in October?", on=ON)[0].id in {"t5", "turn-6"}
    spring = recall.search(ravi, "What was said about the merger in spring?", on=ON)
    assert {hit.id for hit in spring[:2]} == {"t1", "t2"}
    autumn = recall.search(ravi, "What was said about the merger last autumn?", on=ON)
    assert {hit.id for hit in autumn[:2]} == {"t4", "t5"}


def test_it_says_when_there_is_nothing(recall: Recall, ravi: Pair, database: Database) -> None:
    assert recall.search(ravi, "Which submarines were painted yellow?", on=ON) == []
    assert recall.search(ravi, "  ", on=ON) == []
    nobody = PairStore(database).add("Someone New", "mentor")
    assert recall.search(nobody, "the merger", on=ON) == []


def test_what_is_current_comes_before_what_was_superseded(
    recall: Recall, ravi: Pair, database: Database
) -> None:
    store = MemoryStore(database)
    text = "The defence is on the 4th of May."
    (old,) = store.add_session(ravi, DAY, text, noticed(draft(text, text))).items
    text = "The defence is on the 9th of May."
    closing = Closing(old.id, "superseded", text, replacement=0)
    (new,) = store.add_session(
        ravi, DAY, text, noticed(draft(text, text), closings=[closing])
    ).items
    hits = [h for h in recall.search(ravi, "When is the defence?", on=ON) if h.kind == "item"]
    assert [(h.id, h.status) for h in hits] == [
        (str(new.id), "open"), (str(old.id), "superseded"),
    ]  # fmt: skip


def test_a_change_is_seen_at_once(recall: Recall, ravi: Pair, database: Database) -> None:
    store = MemoryStore(database)
    assert recall.search(ravi, "zanzibarquux", on=ON) == []
    text = "He adores zanzibarquux."
    (item,) = store.add_session(ravi, DAY, text, noticed(draft(text, text))).items
    assert recall.search(ravi, "zanzibarquux", on=ON)[0].id == str(item.id)
    forget(store, ravi, [item.id])
    assert recall.search(ravi, "zanzibarquux", on=ON) == []


def test_vectors_of_another_model_are_not_compared(ravi: Pair, database: Database) -> None:
    other = BagEmbedder("bag-2")
    other.dimension = 32
    recall = Recall(MemoryStore(database), other)
    assert recall.search(ravi, "Which office do they close?", on=ON)[0].id == "t2"
    assert ensure_vectors(database, ravi, other) == len(TURNS)
    assert recall.search(ravi, "Which office do they close?", on=ON)[0].id == "t2"
