"""Tunes the model's last layers on the signs of trouble: ``python -m tests.evals.signs_fit``.

To be run after ``knowledge/safety-examples.toml`` has changed (five minutes on two quiet cores); makes
``knowledge/sign-layers.npz`` and changes no other file. ``--without SET ...`` leaves out the messages
of those sets of ``tests/evals/safety`` and writes to ``--to`` instead, so as to measure what
strangers would get.

Every seventh batch is learnt in the midst of ordinary sentences, as a sign is in session notes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.workspace import warm_coach
from coach.conversation.safety.reader import examples_path, layers_file, safety_examples, training
from coach.models.fine_tuned import pack
from tests.evals.layers_fit import Encoded, Recipe, Rows, Tuned, tokenizer

_RECIPE = Recipe(epochs=5, rate=1.5e-4, slower=0.85, balance=0.4)
_IN_NOTES = 0.15
_SETS = Path(__file__).parent / "safety"


class Notes:
    """The texts as tokens, now and then in the midst of ordinary sentences."""

    def __init__(self, texts: Sequence[str], labels: Sequence[int], tokenizer: Any) -> None:
        self._texts, self._tokenizer = texts, tokenizer
        self.lengths = np.asarray([len(ids) for ids in self._tokens(texts)])
        self._plain = [
            _ended(text)
            for text, label in zip(texts, labels, strict=True)
            if label == 0 and 5 <= len(text.split()) <= 22
        ]

    def encode(self, rows: Rows, random: np.random.Generator) -> Encoded:
        """The texts of ``rows``, all of their tokens read out."""
        texts = [self._texts[row] for row in rows]
        if random.random() < _IN_NOTES and self.lengths[rows].max() < 40:
            texts = [self._amid(text, random) for text in texts]
        tokens = self._tokens(texts)
        return Encoded(tokens, [[1.0] * len(row) for row in tokens])

    def _amid(self, text: str, random: np.random.Generator) -> str:
        around = list(random.choice(self._plain, int(random.integers(1, 4))))
        around.insert(int(random.integers(0, len(around) + 1)), _ended(text))
        return " ".join(around)

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        found: list[list[int]] = self._tokenizer(list(texts), truncation=True, max_length=192)[
            "input_ids"
        ]
        return found


def _ended(text: str) -> str:
    text = text.strip()
    return text if text[-1:] in ".?!" else f"{text}."


def _without(texts: list[str], labels: list[int], sets: list[str]) -> tuple[list[str], list[int]]:
    left_out = {
        json.loads(line)["text"]
        for name in sets
        for line in (_SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    }
    kept = [
        (text, label) for text, label in zip(texts, labels, strict=True) if text not in left_out
    ]
    return [text for text, _ in kept], [label for _, label in kept]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--to", type=Path, default=layers_file())
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.without and given.to == layers_file():
        parser.error("layers that lack some examples do not ship: give --to")
    with warm_coach() as coach:
        texts, labels = training(coach.library, safety_examples(examples_path()))
        embedder = coach.embedder()
        assert embedder
    texts, labels = _without(texts, labels, given.without)
    notes, layers = Notes(texts, labels, tokenizer()), Tuned(max(labels) + 1, given.seed)
    layers.learn(labels, notes.lengths.tolist(), notes.encode, _RECIPE)
    np.savez_compressed(given.to, **pack(layers.parts(), embedder.digest, layers.layers))
    print(f"{given.to}: {given.to.stat().st_size} bytes")


if __name__ == "__main__":
    main()
