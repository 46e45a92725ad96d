"""``python -m benchmarks [NAME ...]``: run the measurements and print their tables."""

from __future__ import annotations

import json
import subprocess
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
from tests.evals.grounding import evaluate as grounding


def noticing() -> None:
    similarity = notes_eval.embedding_similarity()
    for split in ("dev", "fresh1", "fresh2", "fresh3", "fresh4", "held"):
        lines = (notes_eval.HERE / f"{split}.jsonl").read_text("utf-8").splitlines()
        pairs = [json.loads(line) for line in lines]
        for label, port in (("rules alone", None), ("with embeddings", similarity)):
            print(f"-- {split}, {label}")
            print(notes_eval.table(notes_eval.score(pairs, similarity=port)))


def followups() -> None:
    similarity = notes_eval.embedding_similarity()
    for split in ("dev", "held"):
        print(followups_eval.evaluate(split, similarity))


def models() -> None:
    grounding.figures()
    for what, test in (
        ("200 orders in notes, documents, transcripts and mail, to a model that obeys them",
         "tests/integration/test_injection.py"),
        ("300 turns with a remote model: what was shown is what was sent, and nothing private",
         "tests/integration/test_egress_turns.py"),
    ):  # fmt: skip
        run = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-m", "slow", "--tb=line", test]
        done = subprocess.run(run, capture_output=True, text=True, check=False)
        print(f"{what}: {'all withstood' if done.returncode == 0 else done.stdout[-2000:]}")


MEASUREMENTS: dict[str, Callable[[], None]] = {
    "search": search_quality.main,
    "noticing": noticing,
    "followups": followups,
    "intents": lambda: intents_eval.main([]),
    "dialogues": lambda: dialogues_eval.main([]),
    "questions": questions_eval.main,
    "safety": safety_eval.main,
    "utterances": lambda: utterances_eval.main([]),
    "models": models,
    "recall": lambda: recall_bench.main(recall_bench.SETS),
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


if __name__ == "__main__":
    main(sys.argv[1:])
