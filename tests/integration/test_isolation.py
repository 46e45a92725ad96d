"""Another pair's memory cannot be reached, however alike the two pairs are."""

from __future__ import annotations

import json
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from memory_fixtures import DAY, BagEmbedder, draft, noticed, opened

from coach.memory.export import as_markdown, export
from coach.memory.forget import forget, matching
from coach.memory.recall import Recall
from coach.memory.store import MemoryStore
from coach.memory.transfer import import_turns
from coach.storage.pairs import Pair, PairStore

SUBJECTS = ["thesis", "divorce", "merger", "holiday", "promotion"]
NAMES = ["Rosa Lind", "Rosa Berg", "Rosa Lind", "Ravi Rao"]


def mark(pair: Pair) -> str:
    return f"secretof{'abcdefgh'[pair.id]}"


@settings(max_examples=12, deadline=None)
@given(
    said=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(SUBJECTS), st.booleans()),
        min_size=4, max_size=14,
    ),
    asked=st.lists(st.sampled_from([*SUBJECTS, *NAMES, "spring", "she"]), min_size=1, max_size=4),
)  # fmt: skip
def test_nothing_of_another_pair_is_found(
    said: list[tuple[int, str, bool]], asked: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as database:
        store, embedder = MemoryStore(database), BagEmbedder()
        recall = Recall(store, embedder)
        pairs = [PairStore(database).add(name, "mentor") for name in NAMES]
        for number, (who, subject, in_turn) in enumerate(said):
            pair = pairs[who]
            text = f"Rosa spoke of the {subject} and {mark(pair)} again."
            if in_turn:
                path = Path(folder) / "turns.jsonl"
                path.write_text(json.dumps({"id": f"t{number}", "speaker": "Rosa", "text": text}))
                import_turns(database, pair, path, embedder)
            else:
                day = DAY + timedelta(days=number)
                store.add_session(pair, day, text, noticed(draft(text, text)))
        queries = [f"What about the {' '.join(asked)}?", *(mark(pair) for pair in pairs)]
        for pair in pairs:
            foreign = [mark(other) for other in pairs if other != pair]
            found = [hit for query in queries for hit in recall.search(pair, query, 50, on=DAY)]
            shown = repr(found) + repr(store.items(pair)) + repr(matching(store, pair, "thesis"))
            shown += as_markdown(export(store, pair)) + json.dumps(export(store, pair, shared=True))
            assert not [each for each in foreign if each in shown]
        kept = {pair.id: export(store, pair) for pair in pairs[1:]}
        forget(store, pairs[0], [item.id for item in store.items(pairs[0])])
        store.delete_pair(pairs[0])
        assert {pair.id: export(store, pair) for pair in pairs[1:]} == kept
