"""Recall over long conversations: what each part of the search adds, and the whole.

Run: ``python -m benchmarks.recall_bench [dev|held|long-a|long-b ...]``. Prints mean evidence recall
at 5 and 10 (over turns), and the mean reciprocal rank of the first evidence.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.recall_sets import Dialogue, load
from coach.lexical import LexicalIndex
from coach.memory.recall import Recall
from coach.memory.store import MemoryStore
from coach.memory.transfer import import_turns
from coach.models.embedder import Embedder, load_embedder
from coach.models.weights import DEFAULT_MODEL
from coach.paths import Places, default_places
from coach.storage.database import open_database
from coach.storage.keys import Key
from coach.storage.pairs import PairStore

Ranker = Callable[[str], list[str]]

SETS = ("dev", "held", "long-a", "long-b")
ASKED_ON = date(2025, 6, 1)
_RRF = 60


def main(names: Sequence[str]) -> None:
    """Print a table for each set."""
    places = default_places()
    embedder = load_embedder(places, DEFAULT_MODEL)
    for name in names:
        dialogue = load(name)
        asked = [q for q in dialogue.questions if q.evidence]
        print(f"\n{name}: {len(dialogue.turns)} turns, {len(asked)} questions")
        print(f"{'':24}{'at 5':>8}{'at 10':>8}{'MRR':>8}")
        with tempfile.TemporaryDirectory() as folder:
            recall = _recall(dialogue, embedder, Path(folder))
            for label, ranker in {**_parts(dialogue, embedder), "recall": recall}.items():
                at5, at10, mrr = measure(dialogue, ranker)
                print(f"{label:24}{at5:8.1f}{at10:8.1f}{mrr:8.3f}")
            _by_type(dialogue, recall)
            _nothing(dialogue, recall)


def measure(dialogue: Dialogue, ranker: Ranker) -> tuple[float, float, float]:
    """Mean evidence recall at 5 and 10, in per cent, and MRR."""
    rows = []
    for question in dialogue.questions:
        if question.evidence:
            found = ranker(question.text)
            at = [np.mean([e in found[:k] for e in question.evidence]) for k in (5, 10)]
            first = next((i for i, f in enumerate(found, 1) if f in question.evidence), 0)
            rows.append((*at, 1 / first if first else 0.0))
    at5, at10, mrr = np.mean(rows, axis=0)
    return 100 * float(at5), 100 * float(at10), float(mrr)


def _parts(dialogue: Dialogue, embedder: Embedder) -> dict[str, Ranker]:
    ids = [turn["id"] for turn in dialogue.turns]
    texts = [turn["text"] for turn in dialogue.turns]
    index = LexicalIndex(texts)
    matrix = embedder.embed(texts)

    def bm25(query: str) -> list[str]:
        return [ids[i] for i, _ in index.search(query, 50)]

    def dense(query: str) -> list[str]:
        return [ids[i] for i in np.argsort(-(matrix @ embedder.embed([query])[0]))[:50]]

    def fused(query: str) -> list[str]:
        scores: dict[str, float] = defaultdict(float)
        for found in (bm25(query), dense(query)):
            for place, each in enumerate(found, 1):
                scores[each] += 1 / (_RRF + place)
        return sorted(scores, key=lambda each: -scores[each])

    return {"BM25 with stemming": bm25, "MiniLM": dense, "rank fusion of the two": fused}


def _recall(dialogue: Dialogue, embedder: Embedder, folder: Path) -> Ranker:
    places = Places(home=folder, cache=folder)
    database = open_database(places, Key("file", "0" * 64))
    pair = PairStore(database).add(dialogue.turns[1]["speaker"], "mentor")
    file = folder / "turns.jsonl"
    file.write_text("\n".join(json.dumps(turn) for turn in dialogue.turns), encoding="utf-8")
    import_turns(database, pair, file, embedder)
    recall = Recall(MemoryStore(database), embedder)
    return lambda query: [hit.id for hit in recall.search(pair, query, 50, on=ASKED_ON)]


def _by_type(dialogue: Dialogue, ranker: Ranker) -> None:
    kinds = sorted({q.type for q in dialogue.questions if q.evidence})
    for kind in kinds:
        part = tuple(q for q in dialogue.questions if q.type == kind)
        at5, at10, mrr = measure(Dialogue("", (), part), ranker)
        print(f"  {kind:22}{at5:8.1f}{at10:8.1f}{mrr:8.3f}")


def _nothing(dialogue: Dialogue, ranker: Ranker) -> None:
    empty = [not ranker(q.text) for q in dialogue.questions if not q.evidence]
    wrongly = [not ranker(q.text) for q in dialogue.questions if q.evidence]
    print(f"  says nothing was said    {sum(empty)} of {len(empty)} rightly,"
          f" {sum(wrongly)} of {len(wrongly)} wrongly")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:] or SETS)
