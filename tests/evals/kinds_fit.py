"""Fits the model of kinds: ``python -m tests.evals.kinds_fit layers|weights|figures``.

Each clause of the development notes has the kind of the expected item whose quote it overlaps by
half, or none. It is read twice. ``layers`` tunes the embedding model's last layers to tell the kind
from the clause in its sentence, and stores them with the authored examples learnt, too; an hour on
two quiet cores, as what they say of each clause is also found with its file left out, for the next.
``weights`` fits a multinomial logistic regression with a ridge penalty (Hastie, Tibshirani and
Friedman, The Elements of Statistical Learning, 4.4) on standardised signs, what the layers say
among them (stacking: Wolpert, 1992), and stores it. ``figures`` prints, for each file, how many of
its clauses are told right by the other files' fit, and what else is taken for an item.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from coach.content import knowledge
from coach.memory.dates import find_dates
from coach.memory.noticing import kind_model, reading
from coach.memory.noticing.cast import Cast
from coach.memory.noticing.kind_model import Label
from coach.memory.noticing.kinds import LIKELY
from coach.memory.noticing.nearest import Similarity, examples
from coach.memory.noticing.segments import flatten, segment
from coach.models.fine_tuned import pack
from coach.models.weights import DEFAULT_MODEL, UPSTREAM_SHA256
from coach.paths import content_root
from tests.evals.followups_eval import HERE, other_of
from tests.evals.layers_fit import Encoded, Recipe, Tuned, tokenizer
from tests.evals.layers_fit import Rows as Places
from tests.evals.notes_eval import embedding_similarity

FOLDS = (
    ("dev", "dev3"), ("dev2", "dev5"), ("dev4", "dev13"), ("fresh1", "fresh2", "dev10"),
    ("fresh3", "fresh4", "dev12"), ("fresh5a", "dev11"),
)  # fmt: skip
"""Files that are left out together; no author of one is in many."""
LABELS: tuple[Label, ...] = (
    "none", "event", "struggle", "win", "goal", "plan", "commitment", "expectation", "boundary",
    "preference", "fact",
)  # fmt: skip
RIDGE = 40.0
_RECIPE = Recipe(epochs=4, rate=1.5e-4, slower=1.0, balance=0.3)
_LEFT_OUT = content_root() / ".cache" / "kinds_fit.npz"
"""What the layers say of each clause when its file is left out; made anew by ``layers``."""
Rows = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A clause of a note with its signs and the kind that its author expected."""

    split: str
    signs: kind_model.Signs
    label: str
    promised: bool
    sentence: str
    span: tuple[int, int]


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
                    signs = {k: v for k, v in item.signs.items() if not k.startswith("tuned ")}
                    first, last = item.clause.span
                    span = item.clause.start - first, item.clause.end - first
                    found.append(Case(split, signs, label, promised, text[first:last], span))
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
        if 1 - odds[0] < LIKELY:
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


class Clauses:
    """Clauses in their sentences as tokens; those of the clause are read out."""

    def __init__(self, texts: Sequence[tuple[str, tuple[int, int]]]) -> None:
        found = tokenizer()(
            [text for text, _ in texts],
            truncation=True,
            max_length=128,
            return_offsets_mapping=True,
        )
        self._tokens: list[list[int]] = found["input_ids"]
        self._read = [
            _within(offsets, *span)
            for offsets, (_, span) in zip(found["offset_mapping"], texts, strict=True)
        ]
        self.lengths = [len(one) for one in self._tokens]

    def encode(self, rows: Places, _random: object = None) -> Encoded:
        return Encoded([self._tokens[row] for row in rows], [self._read[row] for row in rows])


def _within(offsets: Sequence[tuple[int, int]], first: int, last: int) -> list[float]:
    inside = [float(a < b and a < last and b > first) for a, b in offsets]
    return inside if any(inside) else [1.0] * len(inside)


def fit_layers(known: Sequence[Case]) -> None:
    """Tune and store the layers; and keep what they say of each file that they did not learn."""
    shown = [(text, LABELS.index(name)) for name, text in examples() if name in LABELS]
    texts = [(case.sentence, case.span) for case in known]
    texts += [(text, (0, len(text))) for text, _ in shown]
    labels = np.array([LABELS.index(case.label) for case in known] + [label for _, label in shown])
    fold = np.array([_fold(case.split) for case in known] + [-1] * len(shown))
    clauses = Clauses(texts)
    left_out = np.zeros((len(known), len(LABELS)))
    for number in range(len(FOLDS)):
        learnt, own = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        layers = _learnt(clauses, labels, learnt)
        for rows in np.array_split(own, len(own) // 64 + 1):
            left_out[rows] = layers.log_chances(clauses.encode(rows))
        right = (left_out[own].argmax(1) == labels[own]).mean()
        print(f"{', '.join(FOLDS[number])}: {right:.3f} of the clauses right", flush=True)
    _LEFT_OUT.parent.mkdir(exist_ok=True)
    np.savez_compressed(_LEFT_OUT, clauses=[_key(case) for case in known], chances=left_out)
    layers = _learnt(clauses, labels, np.arange(len(labels)))
    digest = UPSTREAM_SHA256[DEFAULT_MODEL]
    np.savez_compressed(
        kind_model.layers_file(), **pack(layers.parts(), digest, layers.layers)
    )


def _learnt(clauses: Clauses, labels: Places, rows: Places) -> Tuned:
    layers = Tuned(len(LABELS))
    lengths = [clauses.lengths[row] for row in rows]
    layers.learn(
        labels[rows].tolist(), lengths, lambda some, _: clauses.encode(rows[some]), _RECIPE
    )
    return layers


def _fold(split: str) -> int:
    return next(number for number, splits in enumerate(FOLDS) if split in splits)


def with_layers(known: Sequence[Case]) -> list[Case]:
    """``known`` with what the layers say of each that had its file left out."""
    with np.load(_LEFT_OUT) as kept:
        said = dict(zip(kept["clauses"].tolist(), kept["chances"].tolist(), strict=True))
    both = [(case, said.get(_key(case))) for case in known]
    return [
        replace(case, signs={**case.signs, **kind_model.tuned(dict(zip(LABELS, row, strict=True)))})
        for case, row in both
        if row is not None
    ]


def _key(case: Case) -> str:
    return f"{case.span}{case.sentence}"


def store_weights(known: Sequence[Case], names: Sequence[str]) -> None:
    """Fit the weights of all files and write them where the program reads them."""
    head = (
        "# Weights of the model of kinds (coach/memory/noticing/kind_model.py): a row a sign, a\n"
        "# number a label. Written by `python -m tests.evals.kinds_fit weights`; do not edit.\n"
        f"labels = {json.dumps(LABELS)}\n\n[usual]\n"
    )
    usual = [
        f'"{name}" = {np.mean([case.signs[name] for case in known]):.3f}'
        for name in names
        if name.startswith("tuned ")
    ]
    table = written(names, fitted(known, names))
    path = knowledge("noticing-kinds.toml")
    path.write_text("\n".join([head + "\n".join(usual), "", "[weights]", table, ""]), "utf-8")


def main() -> None:
    """Does what the argument asks for."""
    asked = sys.argv[1] if len(sys.argv) > 1 else "figures"
    similarity = embedding_similarity()
    known = [
        case for splits in FOLDS for split in splits for case in cases(split, similarity)
    ]
    if asked == "layers":
        fit_layers(known)
        return
    known = with_layers(known)
    names = sorted({name for case in known for name in case.signs})
    print(len(known), "clauses,", len(names), "signs")
    if asked == "weights":
        store_weights(known, names)
        return
    for split in (split for splits in FOLDS for split in splits):
        rest = [case for case in known if case.split != split]
        own = [case for case in known if case.split == split]
        right, other = figures(own, names, fitted(rest, names))
        print(f"  {split:<8} {right:.3f} right, {other:.3f} other")


if __name__ == "__main__":
    main()
