"""What was asked is kept by pair and day, as marks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from coach.storage.asked import AskedStore
from coach.storage.pairs import PairStore
from tests.integration.memory_fixtures import DAY, dump, opened


def test_marks_by_pair_and_day(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        pairs, store = PairStore(database), AskedStore(database)
        rosa, tom = pairs.add("Rosa", "mentor"), pairs.add("Tom", "mentor")
        assert store.add(rosa, ["a", "b", "a"], DAY) == 2
        assert store.add(rosa, ["b"], DAY) == 0
        assert store.add(rosa, ["b"], date(2025, 4, 1)) == 1
        assert store.since(rosa, None, date(2025, 5, 1)) == {"a", "b"}
        assert store.since(rosa, date(2025, 3, 20), date(2025, 5, 1)) == {"b"}
        assert store.since(rosa, None, date(2025, 1, 1)) == frozenset()
        assert store.since(tom, None, date(2025, 5, 1)) == frozenset()


def test_a_deleted_pair_leaves_no_mark(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        pairs, store = PairStore(database), AskedStore(database)
        rosa = pairs.add("Rosa", "mentor")
        store.add(rosa, ["secretmark"], DAY)
        pairs.delete(rosa)
        assert "secretmark" not in dump(database)
