"""``python -m benchmarks [NAME ...]``: run the measurements and print their tables."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from benchmarks import keys, recall_bench, scale_bench, search_quality, speed
from tests.evals import (
    dialogues_eval,
    followups_eval,
    intents_eval,
    notes_eval,
    questions_eval,
    safety_eval,
    utterances_eval,
)


def noticing() -> None:
    similarity = notes_eval.embedding_similarity()
    for split in ("dev", "held"):
        lines = (notes_eval.HERE / f"{split}.jsonl").read_text("utf-8").splitlines()
        pairs = [json.loads(line) for line in lines]
        for label, port in (("rules alone", None), ("with embeddings", similarity)):
            print(f"-- {split}, {label}")
            print(notes_eval.table(notes_eval.score(pairs, similarity=port)))


def followups() -> None:
    similarity = notes_eval.embedding_similarity()
    for split in ("dev", "held"):
        print(followups_eval.evaluate(split, similarity))


MEASUREMENTS: dict[str, Callable[[], None]] = {
    "search": search_quality.main,
    "noticing": noticing,
    "followups": followups,
    "intents": lambda: intents_eval.main([]),
    "dialogues": lambda: dialogues_eval.main([]),
    "questions": questions_eval.main,
    "safety": safety_eval.main,
    "utterances": lambda: utterances_eval.main([]),
    "recall": lambda: recall_bench.main(["dev", "held"]),
    "scale": scale_bench.main,
    "keys": keys.main,
    "launch": speed.launch,
    "cold": speed.cold_ask,
    "turn": speed.warm_turn,
}


def main(names: list[str]) -> None:
    for name in names or list(MEASUREMENTS):
        if name not in MEASUREMENTS:
            sys.exit(f"no measurement {name!r}; there are: {', '.join(MEASUREMENTS)}")
        print(f"\n== {name}\n")
        MEASUREMENTS[name]()


main(sys.argv[1:])
