"""Recall at scale: 100,000 items in 2,000 pairs, and an import of 6,000 lines.

Run: ``python benchmarks/scale_bench.py``. Prints p50, p95 and the longest time of a search with
the real embedding model, for a pair that was not loaded yet and for one that was; and how long
the import took, embedding included. The vectors of the 100,000 items are drawn at random: their
number matters here, not their meaning.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from sqlalchemy import insert

from coach.memory.recall import Recall
from coach.memory.store import MemoryStore
from coach.memory.transfer import import_turns
from coach.memory.vectors import to_blob
from coach.models.embedder import Embedder, load_embedder
from coach.models.weights import DEFAULT_MODEL
from coach.paths import Places, default_places
from coach.storage.database import Database, open_database
from coach.storage.keys import Key
from coach.storage.pairs import Pair, PairStore
from coach.storage.schema import items, pairs

PAIRS = 2_000
EACH = 50
SEARCHES = 300
LINES = 6_000
ON = date(2025, 6, 1)

_WORDS = """
thesis committee chapter merger budget garden sister interview visa deadline promotion talk grant
conference move house school flight doctor team feedback confidence salary project manager friend
holiday training exam music paper draft review client offer contract bicycle
""".split()  # noqa: SIM905


def sentence(chance: random.Random, length: int) -> str:
    """Some words of the list as if someone had said them."""
    return " ".join(chance.choice(_WORDS) for _ in range(length)).capitalize() + "."


def fill(database: Database, embedder: Embedder) -> list[Pair]:
    """``PAIRS`` pairs of ``EACH`` items, kept in turns as they would be over the years."""
    chance, noise = random.Random(1), np.random.default_rng(1)
    now = datetime.now(UTC)
    with database.write() as connection:
        connection.execute(
            insert(pairs),
            [
                {"slug": f"p{n}", "name": f"Person {n}", "role": "mentor", "created_at": now}
                for n in range(PAIRS)
            ],
        )
    everyone = PairStore(database).all()
    for _ in range(EACH):
        vectors = noise.normal(size=(PAIRS, embedder.dimension)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        rows = [
            {
                "pair_id": pair.id, "kind": "fact", "about": "them", "text": sentence(chance, 8),
                "quote": sentence(chance, 14), "status": "open", "private": False, "said_on": ON,
                "importance": 0.5, "surfaced": 0, "created_at": now, "updated_at": now,
                "model": embedder.digest, "vector": to_blob(vector),
            }
            for pair, vector in zip(everyone, vectors, strict=True)
        ]  # fmt: skip
        with database.write() as connection:
            connection.execute(insert(items), rows)
    return everyone


def report(label: str, seconds: list[float]) -> None:
    """One line: median, 95th percentile and longest, in milliseconds."""
    p50, p95 = np.percentile(seconds, [50, 95]) * 1000
    print(f"{label:34}{p50:8.1f}{p95:8.1f}{max(seconds) * 1000:8.1f} ms")


def main() -> None:
    """Print the figures."""
    embedder = load_embedder(default_places(), DEFAULT_MODEL)
    chance = random.Random(2)
    with tempfile.TemporaryDirectory() as folder:
        places = Places(home=Path(folder), cache=Path(folder))
        database = open_database(places, Key("file", "0" * 64))
        everyone = fill(database, embedder)
        recall = Recall(MemoryStore(database), embedder)
        print(f"{PAIRS * EACH:,} items in {PAIRS:,} pairs{'p50':>12}{'p95':>8}{'max':>8}")
        asked = chance.sample(everyone, SEARCHES)
        for label, chosen in (("pair not loaded", asked), ("pair loaded", [asked[0]] * SEARCHES)):
            seconds = []
            for pair in chosen:
                query = f"What did they say about the {sentence(chance, 3)}"
                start = time.perf_counter()
                recall.search(pair, query, 10, on=ON)
                seconds.append(time.perf_counter() - start)
            report(label, seconds)
        file = Path(folder) / "turns.jsonl"
        lines = ({"id": str(n), "speaker": "A", "text": sentence(chance, 25)} for n in range(LINES))
        file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
        start = time.perf_counter()
        done = import_turns(database, everyone[0], file, embedder)
        print(f"import of {done.added:,} lines: {time.perf_counter() - start:.1f} s")
        seconds = []
        for _ in range(50):
            query = f"What did A say about the {sentence(chance, 3)}"
            start = time.perf_counter()
            recall.search(everyone[0], query, 10, on=ON)
            seconds.append(time.perf_counter() - start)
        report(f"first search of these {LINES:,} turns", seconds[:1])
        report("further searches", seconds[1:])
        database.close()


if __name__ == "__main__":
    main()
