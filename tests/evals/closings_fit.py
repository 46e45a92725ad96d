"""Fits the weights of the closing model: ``python -m tests.evals.closings_fit``.

An item that is open before a note is closed when the note's ``closes`` name it. Only the best
sentence for an item is told apart by its score, so choosing and fitting take turns. Items that
no author insisted on count a tenth. Prints what each author's notes come to when predicted from
the others', by words alone and with meaning, and then the weights from all of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from coach.memory.items import Closing, Draft, Item, Noticed
from coach.memory.noticing import notice
from coach.memory.noticing.cast import Cast
from coach.memory.noticing.closing_model import CLOSES, CLOSES_BY_MEANING
from coach.memory.noticing.closings import Reader
from coach.memory.noticing.nearest import Similarity
from coach.memory.noticing.segments import flatten, segment
from tests.evals.followups_eval import HERE, other_of, remember
from tests.evals.notes_eval import embedding_similarity

SPLITS = (*(f"dev{number}" for number in ("", *range(2, 12))), "fresh5a")
_ROUNDS, _RIDGE, _UNSURE = 6, 1.0, 0.1
_START = {"bias": -3.0, "link": 1.0, "near": 4.0, "past": 1.0, "done": 1.0}
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """An open item beside a note: a row of features for each sentence that may close it."""

    split: str
    rows: list[dict[str, float]]
    closed: bool
    weight: float


def cases(split: str, similarity: Similarity | None) -> list[Case]:
    """Every open item beside every later note of a split; what is closed there is closed then."""
    found: list[Case] = []
    for raw in (HERE / f"{split}.jsonl").read_text("utf-8").splitlines():
        line = json.loads(raw)
        items: list[Item] = []
        for number, note in enumerate(line["notes"], 1):
            on, still = date.fromisoformat(note["on"]), [i for i in items if i.status == "open"]
            noticed = notice(
                note["text"], on=on, them=other_of(line), my_role=line["pair"]["role"],
                open_items=still, similarity=similarity,
            )  # fmt: skip
            right = {i.id for i in still for close in note["closes"] if _means(close, i)}
            sure = {i.id for i in still if _insisted(line, i)} | right
            reader = _reader(line, note["text"], noticed.drafts, still, on, similarity)
            for place, item in enumerate(still):
                rows = [candidate.features for candidate in reader.candidates(place)]
                weight = 1.0 if item.id in sure else _UNSURE
                found.append(Case(split, rows, item.id in right, weight))
            ended = right | {c.item_id for c in noticed.closings if c.item_id not in sure}
            told = Noticed(noticed.drafts, tuple(Closing(i, "done", "") for i in ended))
            items = remember(items, told, on, number)
    return found


def _reader(
    line: dict[str, Any], text: str, drafts: Sequence[Draft], items: list[Item], on: date,
    similarity: Similarity | None,
) -> Reader:  # fmt: skip
    names = Cast(other_of(line), line["pair"]["role"], flatten(text)).names
    return Reader(text, segment(text, names), drafts, items, on, names, similarity)


def _means(close: dict[str, Any], item: Item) -> bool:
    said = f"{item.text} {item.quote}".lower()
    return item.session == close["session"] + 1 and all(stem in said for stem in close["key"])


def _insisted(line: dict[str, Any], item: Item) -> bool:
    said = f"{item.text} {item.quote}".lower()
    wanted = line["notes"][(item.session or 1) - 1]["expected"]
    return any(
        w.get("kind", item.kind) == item.kind and all(s in said for s in w["key"]) for w in wanted
    )


def fitted(known: Sequence[Case], names: Sequence[str]) -> Vector:
    """Weights by ridge-penalised logistic regression on each case's best sentence."""
    closable = [case for case in known if case.rows]
    tables = [np.array([[row[n] for n in names] for row in case.rows]) for case in closable]
    closed = np.array([float(case.closed) for case in closable])
    weight = np.array([case.weight for case in closable])
    ridge = np.array([0.01 if name == "bias" else _RIDGE for name in names])
    found: Vector = np.array([_START.get(name, 0.0) for name in names])
    for _ in range(_ROUNDS):
        best = np.stack([table[np.argmax(table @ found)] for table in tables])

        def loss(w: Vector, best: Vector = best) -> tuple[float, Vector]:
            z = best @ w
            error = weight * (1 / (1 + np.exp(-z)) - closed)
            value = np.sum(weight * (np.logaddexp(0, z) - closed * z)) + np.sum(ridge * w * w) / 2
            return float(value), best.T @ error + ridge * w

        found = minimize(loss, found, jac=True, method="L-BFGS-B").x
    return found


def figures(known: Sequence[Case], names: Sequence[str], weights: Vector, bar: float) -> str:
    """Closings found, and wrong ones among what an author insisted on."""
    told = [
        case
        for case in known
        if any(sum(w * row[n] for n, w in zip(names, weights, strict=True)) >= bar
               for row in case.rows)
    ]  # fmt: skip
    right = sum(case.closed for case in told)
    wrong = sum(case.weight == 1.0 and not case.closed for case in told)
    every = sum(case.closed for case in known)
    return f"found {right}/{every} = {right / every:.3f}, wrong {wrong}"


def main() -> None:
    """Prints the figures and the table of weights."""
    table: dict[str, list[float]] = {}
    sides = (("words", None, CLOSES), ("meaning", embedding_similarity(), CLOSES_BY_MEANING))
    for label, similarity, bar in sides:
        known = [case for split in SPLITS for case in cases(split, similarity)]
        names = list(next(case.rows[0] for case in known if case.rows))
        for split in SPLITS:
            others = [case for case in known if case.split != split]
            own = [case for case in known if case.split == split]
            print(label, split, figures(own, names, fitted(others, names), bar))
        for name, value in zip(names, fitted(known, names), strict=True):
            table.setdefault(name, []).append(round(float(value), 2) + 0.0)
    for name, (words, meaning) in table.items():
        print(f'        "{name}": ({words}, {meaning}),')


if __name__ == "__main__":
    main()
