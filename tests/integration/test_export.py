from __future__ import annotations

import json
from datetime import time, timedelta
from pathlib import Path

import pytest
from memory_fixtures import DAY, draft, noticed

from coach.memory.export import as_markdown, export
from coach.memory.store import MemoryStore
from coach.memory.transfer import import_turns
from coach.storage.conversations import ConversationStore
from coach.storage.database import Database
from coach.storage.pairs import Pair, PairStore
from coach.storage.planned import PlannedStore

NOTE = (
    "Rosa defends her thesis. I doubt that I am any use. I will send her the list. "
    "Between us, her sister is ill. She hopes to stay."
)


@pytest.fixture
def rosa(tmp_path: Path, database: Database) -> Pair:
    pair = PairStore(database).add("Rosa Lind", "mentor")
    store = MemoryStore(database)
    given = noticed(
        draft(NOTE, "Rosa defends her thesis", kind="event", when=DAY, until=DAY + timedelta(1)),
        draft(NOTE, "I doubt that I am any use", kind="struggle", about="me"),
        draft(NOTE, "I will send her the list", kind="commitment", about="me", owner="me"),
        draft(NOTE, "her sister is ill", private=True),
        draft(NOTE, "She hopes to stay", kind="goal"),
    )
    items = store.add_session(pair, DAY, NOTE, given).items
    store.edit(pair, items[4].id, text="Rosa hopes to stay in Turin")
    store.done(pair, items[2].id, DAY)
    chats = ConversationStore(database)
    chats.add(chats.start(pair.id), "user", "A question\nabout her.")
    path = tmp_path / "turns.jsonl"
    path.write_text('{"id": "t1", "speaker": "Rosa", "text": "I said so.", "at": "2024-05-09"}')
    import_turns(database, pair, path, None)
    return pair


def test_everything_is_exported(database: Database, rosa: Pair) -> None:
    exported = export(MemoryStore(database), rosa)
    assert json.loads(json.dumps(exported)) == exported
    assert exported["sessions"] == [{"number": 1, "on": DAY.isoformat(), "note": NOTE}]
    assert len(exported["items"]) == 5
    assert exported["items"][4]["history"][0]["was"]["text"] == "She hopes to stay"
    assert exported["conversations"][0]["messages"][0]["text"] == "A question\nabout her."
    assert exported["turns"] == [
        {"id": "t1", "speaker": "Rosa", "text": "I said so.", "at": "2024-05-09"}
    ]
    text = as_markdown(exported)
    assert "- I will send her the list (for: I; done), said on 2025-03-04" in text
    assert "(2025-03-04 to 2025-03-05)" in text
    assert "> A question\n> about her." in text
    assert "- 2024-05-09, **Rosa**: I said so." in text
    for heading in ("Events", "Struggles", "Commitments", "Facts", "Goals", "Sessions"):
        assert f"## {heading}\n" in text


def test_a_shared_export_leaves_out_what_is_private_or_the_users_own(
    database: Database, rosa: Pair
) -> None:
    exported = export(MemoryStore(database), rosa, shared=True)
    texts = [item["text"] for item in exported["items"]]
    assert texts == [
        "Rosa defends her thesis", "I will send her the list", "Rosa hopes to stay in Turin",
    ]  # fmt: skip
    shown = as_markdown(exported) + json.dumps(exported)
    for hidden in ("any use", "sister", "Between us", "question", "I said so", "She hopes to stay"):
        assert hidden not in shown


def test_a_pair_without_anything_can_be_exported(database: Database) -> None:
    pair = PairStore(database).add("Nobody Yet", "mentee")
    assert as_markdown(export(MemoryStore(database), pair)) == "# Nobody Yet: all that is kept\n"


def test_planned_sessions_are_in_both_exports(database: Database, rosa: Pair) -> None:
    PlannedStore(database).add(rosa, DAY, time(14, 30), 45, "Room 2")
    store = MemoryStore(database)
    whole, shared = export(store, rosa), export(store, rosa, shared=True)
    day = {"on": DAY.isoformat(), "at": "14:30", "minutes": 45, "place": "Room 2"}
    assert shared["planned"] == [day]
    assert whole["planned"] == [day | {"uid": whole["planned"][0]["uid"]}]
    for exported in (whole, shared):
        assert f"- {DAY.isoformat()}, 14:30, 45 minutes, Room 2" in as_markdown(exported)
