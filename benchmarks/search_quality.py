"""How well search finds the right card and refuses what no card answers.

Figures on the held half of tests/evals/library; nothing was chosen on it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.workspace import ROOT, warm_coach
from coach.library.entries import card_entries
from coach.library.library import Library
from coach.library.search import WordSearch, rank_cards

_EVALS = ROOT / "tests" / "evals" / "library"
_RRF = 60
_RESAMPLES = 10_000


def read(path: Path, split: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [line for line in lines if line["split"] == split]


def ranks_of(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    order = np.argsort(-scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    return ranks


def methods(library: Library, questions: list[str]) -> dict[str, list[NDArray[np.float64]]]:
    """Scores of every card for each question, by method."""
    meaning = library._meaning
    assert meaning is not None
    cards = list(library.deck.cards)
    words = WordSearch(card_entries(library.deck), cards)
    vectors = meaning.embedder.embed(questions)
    found: dict[str, list[NDArray[np.float64]]] = defaultdict(list)
    for question, vector in zip(questions, vectors, strict=True):
        whole, _ = words.raw(question)
        near, _ = meaning.search.near(vector)
        topic = meaning.search.topic(vector)
        shared = words.scores(question)
        fused = 1 / (_RRF + ranks_of(whole)) + 1 / (_RRF + ranks_of(near))
        found["BM25"].append(whole)
        found["dense"].append(near)
        found["rank fusion of both"].append(fused)
        found["topic reader alone"].append(topic)
        found["coach"].append(rank_cards(near, topic, shared))
    return found


def places(
    scores: list[NDArray[np.float64]], wanted: list[list[str]], cards: list[str]
) -> NDArray[np.float64]:
    """For each question the best place (1 is first) of a card that is right."""
    return np.array(
        [
            min(ranks_of(row)[cards.index(card)] for card in right)
            for row, right in zip(scores, wanted, strict=True)
        ]
    )


def paired_p(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> float:
    """Two-sided p of a paired sign-flip test on reciprocal ranks."""
    difference = 1 / ours - 1 / theirs
    flips = np.random.default_rng(0).choice([-1.0, 1.0], size=(_RESAMPLES, len(difference)))
    extreme = np.abs((flips * difference).mean(axis=1)) >= abs(difference.mean()) - 1e-12
    return float((extreme.sum() + 1) / (_RESAMPLES + 1))


def main() -> None:
    with warm_coach() as coach:
        library = coach.library
        cards = list(library.deck.cards)
        for split in ("dev", "held"):
            asked = read(_EVALS / "answerable.jsonl", split)
            beyond = read(_EVALS / "unanswerable.jsonl", split)
            questions = [line["q"] for line in asked]
            wanted = [line["cards"] for line in asked]
            table = {
                name: places(scores, wanted, cards)
                for name, scores in methods(library, questions).items()
            }
            print(f"{split}: {len(asked)} needs, {len(beyond)} beyond the library")
            print(f"{'':22}{'hit@1':>7}{'hit@3':>7}{'MRR':>7}  p against coach")
            for name, found in table.items():
                p = "" if name == "coach" else f"{paired_p(table['coach'], found):.4f}"
                print(
                    f"{name:22}{(found <= 1).mean():7.3f}{(found <= 3).mean():7.3f}"
                    f"{(1 / found).mean():7.3f}  {p}"
                )
            refused = [not r.answerable for r in library.search_many([u["q"] for u in beyond])]
            wrongly = [not r.answerable for r in library.search_many(questions)]
            print(f"refused of those beyond: {np.mean(refused):.3f}")
            print(f"refused of the needs:    {np.mean(wrongly):.3f}\n")
