"""Fits the model of kinds: ``python -m tests.evals.kinds_fit [--write]``.

Each clause of the development notes has the kind of the expected item whose quote it overlaps by
half, or none. A multinomial logistic regression with a ridge penalty (Hastie, Tibshirani and
Friedman, The Elements of Statistical Learning, 4.4) on standardised signs. Prints, for each file,
how many of its clauses are told right by the other files' fit, and what else is taken for an item;
``--write`` stores the weights of all files instead.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from coach.memory.dates import find_dates
from coach.memory.noticing import kind_model, reading
from coach.memory.noticing.cast import Cast
from coach.memory.noticing.kinds import LEAST
from coach.memory.noticing.nearest import Similarity
from coach.memory.noticing.segments import flatten, segment
from coach.paths import content_root
from tests.evals.followups_eval import HERE, other_of
from tests.evals.notes_eval import embedding_similarity

SPLITS = (
    "dev", "dev2", "dev3", "dev4", "dev5", "fresh1", "fresh2", "fresh3", "fresh4", "fresh5a",
)  # fmt: skip
LABELS = (
    "none", "event", "struggle", "win", "goal", "plan", "commitment", "expectation", "boundary",
    "preference", "fact",
)  # fmt: skip
RIDGE = 40.0
Rows = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A clause of a note with its signs and the kind that its author expected."""

    split: str
    signs: kind_model.Signs
    label: str
    promised: bool


def cases(split: str, similarity: Similarity) -> list[Case]:
    """Every clause of a split's notes that is read."""
    found: list[Case] = []
    for raw in (HERE / f"{split}.jsonl").read_text("utf-8").splitlines():
        line = json.loads(raw)
        for note in line["notes"]:
            text, on = note["text"], date.fromisoformat(note["on"])
            cast = Cast(other_of(line), line["pair"]["role"], flatten(text))
            segments = segment(text, cast.names)
            dates = find_dates(text, on)
            for item in reading.read_clauses(text, segments, dates, cast, on, similarity):
                if item.signs:
                    label = _label(text, item.clause.start, item.clause.end, note["expected"])
                    promised = bool(item.signs.get("promise"))
                    found.append(Case(split, item.signs, label, promised))
    return found


def _label(text: str, start: int, end: int, expected: Sequence[dict[str, str]]) -> str:
    for wanted in expected:
        first = text.find(wanted["quote"])
        last = first + len(wanted["quote"])
        if min(end, last) - max(start, first) >= 0.5 * min(end - start, last - first):
            return wanted["kind"]
    return "none"


def table(known: Sequence[Case], names: Sequence[str]) -> Rows:
    """Shape (cases, names)."""
    return np.array([[case.signs.get(name, 0.0) for name in names] for case in known])


def fitted(known: Sequence[Case], names: Sequence[str]) -> Rows:
    """Weights of the unscaled signs, shape (names, labels)."""
    rows = table(known, names)
    mean, spread = rows.mean(0), rows.std(0)
    bias = names.index("bias")
    mean[bias], spread[spread == 0] = 0.0, 1.0
    scaled = (rows - mean) / spread
    hot = np.array([[float(case.label == label) for label in LABELS] for case in known])
    ridge = np.array([0.0 if name == "bias" else RIDGE for name in names])[:, None]

    def loss(flat: Rows) -> tuple[float, Rows]:
        weights = flat.reshape(len(names), len(LABELS))
        total = scaled @ weights
        top = total.max(1, keepdims=True)
        norm = top + np.log(np.exp(total - top).sum(1, keepdims=True))
        value = float((norm.sum() - (hot * total).sum()) + (ridge * weights**2).sum() / 2)
        slope = scaled.T @ (np.exp(total - norm) - hot) + ridge * weights
        return value, slope.ravel()

    start = np.zeros(len(names) * len(LABELS))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    weights: Rows = found.reshape(len(names), len(LABELS)) / spread[:, None]
    weights[bias] -= mean @ weights
    return weights


def figures(known: Sequence[Case], names: Sequence[str], weights: Rows) -> tuple[float, float]:
    """The share of expected clauses told right, and others taken for an item to one expected."""
    right = other = 0
    for case, total in zip(known, table(known, names) @ weights, strict=True):
        odds = np.exp(total - total.max())
        odds /= odds.sum()
        if 1 - odds[0] < LEAST:
            continue
        allowed = [
            n for n, label in enumerate(LABELS) if n and (label != "commitment" or case.promised)
        ]
        told = LABELS[max(allowed, key=lambda n: odds[n])]
        right += told == case.label
        other += told != case.label
    expected = sum(case.label != "none" for case in known)
    return right / expected, other / expected


def written(names: Sequence[str], weights: Rows) -> str:
    rows = (
        f'"{name}" = [{", ".join(f"{w:.3f}" for w in row)}]'
        for name, row in zip(names, weights, strict=True)
        if float(np.abs(row).max()) >= 0.0005
    )
    return "\n".join(rows)


def main() -> None:
    """Prints what each file comes to by the others' fit; stores the weights of all on request."""
    similarity = embedding_similarity()
    known = [case for split in SPLITS for case in cases(split, similarity)]
    names = sorted({name for case in known for name in case.signs})
    print(len(known), "clauses,", len(names), "signs")
    if "--write" in sys.argv:
        head = (
            "# Weights of the model of kinds (coach/memory/noticing/kind_model.py): a row a sign, a\n"
            "# number a label. Written by `python -m tests.evals.kinds_fit --write`; do not edit.\n"
            f"labels = {json.dumps(LABELS)}\n\n[weights]\n"
        )
        path = content_root() / "knowledge" / "noticing-kinds.toml"
        path.write_text(head + written(names, fitted(known, names)) + "\n", encoding="utf-8")
        return
    for split in SPLITS:
        rest = [case for case in known if case.split != split]
        own = [case for case in known if case.split == split]
        right, other = figures(own, names, fitted(rest, names))
        print(f"  {split:<8} {right:.3f} right, {other:.3f} other")


if __name__ == "__main__":
    main()
