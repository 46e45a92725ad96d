"""Fits the weights of importance: ``python -m tests.evals.importance_fit``.

Every draft of the development notes is a case, expected by the author or not; noticed by rules
alone and with meaning. Prints how well each author's drafts are told apart by the others' weights
(the share of pairs of an expected and an unexpected one in the right order), then the weights.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from coach.memory.items import Kind
from coach.memory.noticing import notice
from coach.memory.noticing.importance import features
from coach.memory.noticing.nearest import Similarity
from tests.evals.followups_eval import HERE, other_of
from tests.evals.notes_eval import embedding_similarity, paired

SPLITS = ("dev", "dev2", "dev3", "dev4", "dev5", "fresh1", "fresh2")
Vector = NDArray[np.float64]
_RIDGE = 1.0
_SCALE = 100.0


@dataclass(frozen=True)
class Case:
    """A draft's features, and whether it was expected."""

    split: str
    row: dict[str, float]
    expected: bool


def _points(kind: Kind, points: float, when: date | None, quote: str) -> float:
    """Stands in for importance, to learn what noticing knew."""
    return points / _SCALE


def cases(split: str, similarity: Similarity | None) -> list[Case]:
    """Every draft of every note of a split."""
    found: list[Case] = []
    for raw in (HERE / f"{split}.jsonl").read_text("utf-8").splitlines():
        line = json.loads(raw)
        for note in line["notes"]:
            with patch("coach.memory.noticing.notice.importance", _points):
                noticed = notice(
                    note["text"], on=date.fromisoformat(note["on"]), them=other_of(line),
                    my_role=line["pair"]["role"], similarity=similarity,
                )  # fmt: skip
            wanted = set(paired(note["text"], noticed, note["expected"], strict=False).values())
            for place, draft in enumerate(noticed.drafts):
                row = features(draft.kind, draft.importance * _SCALE, draft.when, draft.quote)
                found.append(Case(split, row, place in wanted))
    return found


def fitted(known: Sequence[Case], names: Sequence[str]) -> Vector:
    """Weights by ridge-penalised logistic regression."""
    table = _table(known, names)
    wanted = np.array([float(case.expected) for case in known])

    def loss(w: Vector) -> tuple[float, Vector]:
        z = table @ w
        error = 1 / (1 + np.exp(-z)) - wanted
        value = np.sum(np.logaddexp(0, z) - wanted * z) + _RIDGE * np.sum(w * w) / 2
        return float(value), table.T @ error + _RIDGE * w

    found: Vector = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return found


def _table(known: Sequence[Case], names: Sequence[str]) -> Vector:
    return np.array([[case.row.get(name, 0.0) for name in names] for case in known])


def in_order(known: Sequence[Case], names: Sequence[str], weights: Vector) -> float:
    """The share of pairs of an expected and an unexpected draft that are in the right order."""
    scores = _table(known, names) @ weights
    wanted = np.array([case.expected for case in known])
    return float(np.mean(scores[wanted][:, None] > scores[~wanted][None, :]))


def main() -> None:
    """Prints the figures and the table of weights."""
    meaning = embedding_similarity()
    known = [case for port in (None, meaning) for split in SPLITS for case in cases(split, port)]
    names = list(dict.fromkeys(name for case in known for name in case.row))
    for split in SPLITS:
        others = [case for case in known if case.split != split]
        own = [case for case in known if case.split == split]
        print(split, f"{in_order(own, names, fitted(others, names)):.3f}")
    for name, value in zip(names, fitted(known, names), strict=True):
        print(f'        "{name}": {round(float(value), 2) + 0.0},')


if __name__ == "__main__":
    main()
