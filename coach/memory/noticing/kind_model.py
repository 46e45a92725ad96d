"""Which kind a clause is, from its signs: the rules' points, its likeness to examples, its grammar.

A multinomial logistic model over readable features. Its weights, in
``knowledge/noticing-kinds.toml``, are fitted by ``python -m tests.evals.kinds_fit`` on the
development notes. For authors left out of the fit it tells more clauses right, with fewer false
ones, than the largest of the rules' points does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from coach.content import from_toml, knowledge
from coach.memory.items import Kind
from coach.memory.noticing.cast import Cast
from coach.memory.noticing.commitments import Promise
from coach.memory.noticing.nearest import Likeness
from coach.memory.noticing.segments import Clause
from coach.memory.noticing.subject import Subject

Signs = Mapping[str, float]
"""The features of a clause by name; what is not named is 0."""
Label = Kind | Literal["none"]
_WORDS: Mapping[str, re.Pattern[str]] = {
    "says": re.compile(r"\b(?:said|says|told|asked|thinks?|thought)\b"),
    "who": re.compile(r"\bwho\b"),
    "them as object": re.compile(r"\b(?:him|her|them)\b"),
    "me as object": re.compile(r"\bme\b"),
    "wants": re.compile(r"\bwant(?:s|ed)?\b"),
    "will": re.compile(r"\bwill\b|'ll\b"),
    "we": re.compile(r"\bwe\b"),
    "if": re.compile(r"\bif\b"),
    "still": re.compile(r"\bstill\b"),
    "already": re.compile(r"\balready\b"),
    "number": re.compile(r"\d"),
    "question": re.compile(r"\?"),
    "exclamation": re.compile(r"!"),
}
_BURDENS: tuple[Kind, ...] = ("struggle", "win")
_LONG, _SHORT = 20, 4
_LEAST = -6.0
"""What is less likely than this counts the same, as the logarithm of its chance."""


@dataclass(frozen=True)
class Table:
    """Weights by sign: one number for each label. ``usual`` stands for signs that are not known."""

    labels: tuple[Label, ...]
    rows: Mapping[str, NDArray[np.float64]]
    usual: Mapping[str, float]


def signs(
    clause: Clause,
    points: Mapping[Kind, float],
    like: Likeness,
    *,
    subject: Subject,
    promise: Promise | None,
    own: bool,
    flags: Mapping[str, bool],
    cast: Cast,
) -> Signs:
    """The features of a clause: ``points`` are the rules', ``own`` says that it is about the
    mentee of the pair, ``flags`` are what else its reader knows, by name."""
    low = clause.low
    found: dict[str, float] = {"bias": 1.0}
    found.update({f"points {kind}": value for kind, value in points.items()})
    found.update({f"vote {kind}": value for kind, value in like.votes.items()})
    found.update({f"near {name}": value for name, value in like.near.items()})
    found.update({f"alone {name}": value for name, value in like.alone.items()})
    found.update(tuned(like.tuned))
    told = {name: float(value) for name, value in flags.items()}
    told.update({name: float(p.search(low) is not None) for name, p in _WORDS.items()})
    count = len(low.split())
    told |= {
        f"subject {subject.who}": 1.0,
        "elided": float(subject.elided),
        "own": float(own),
        "names me": float(cast.mentions_me(low)),
        "names them": float(cast.mentions_them(low)),
        "words": min(count, _LONG) / _LONG,
        "short": float(count < _SHORT),
        "quoted": float(clause.quoted),
        "first": float(clause.first),
        "bullet": float(clause.bullet),
        "label": float(bool(clause.label)),
        "joined": float(bool(clause.joiner)),
        "aside": float(clause.joiner.startswith(("who", "which", "where"))),
        "because": float(clause.joiner.startswith(("because", "since", "as"))),
        "but": float(clause.joiner.startswith("but")),
    }
    found.update(told)
    dated = told.get("dated", 0.0)
    found["dated event"] = dated * points.get("event", 0.0)
    if promise is not None:
        found |= {
            "promise": 1.0,
            "promise points": promise.points,
            f"promise {promise.owner}": 1.0,
            "dated promise": dated,
            "dated promise points": dated * promise.points,
            "promise with deadline": told.get("by", 0.0),
            "promise event": points.get("event", 0.0),
        }
    for kind in _BURDENS:
        near = like.near.get(kind, 0.0)
        found |= {
            f"own {kind}": found["own"] * near,
            f"other {kind}": (subject.who == "other") * near,
            f"short {kind}": found["short"] * near,
            f"dated {kind}": dated * near,
        }
    return found


def tuned(log_chances: Mapping[str, float]) -> dict[str, float]:
    """What the tuned layers say of a clause, as signs."""
    return {f"tuned {label}": max(value, _LEAST) for label, value in log_chances.items()}


def chances(found: Signs) -> dict[Label, float]:
    """How likely each label is for a clause with these signs; they add up to 1."""
    table = weights()
    total = np.zeros(len(table.labels))
    for name, value in {**table.usual, **found}.items():
        if value and (row := table.rows.get(name)) is not None:
            total += value * row
    odds = np.exp(total - total.max())
    return dict(zip(table.labels, (odds / odds.sum()).tolist(), strict=True))


def choose(found: Signs, allowed: Collection[Kind], *, least: float) -> Kind | None:
    """The likeliest of the ``allowed`` kinds; None when any of them is less likely than ``least``.

    What is not allowed is left out of the account.
    """
    likely = chances(found)
    kinds = {kind: likely[kind] for kind in allowed if kind in likely}
    total = sum(kinds.values())
    if total < least * (total + likely["none"]):
        return None
    return max(kinds, key=lambda kind: kinds[kind])


def layers_file() -> Path:
    """Where the layers are that read clauses; ``python -m tests.evals.kinds_fit`` makes them."""
    return knowledge("clause-layers.npz")


@cache
def weights() -> Table:
    """The fitted weights.

    Raises :class:`ContentError` when the file is missing or broken.
    """
    return from_toml(knowledge("noticing-kinds.toml"), _table, "it cannot be used")


def _table(raw: dict[str, Any]) -> Table:
    known: dict[str, Label] = {"none": "none", **{kind: kind for kind in get_args(Kind)}}
    labels = tuple(known[name] for name in raw["labels"])
    rows = {name: np.array(row, dtype=np.float64) for name, row in raw["weights"].items()}
    if any(row.shape != (len(labels),) for row in rows.values()) or "none" not in labels:
        raise ValueError(f"each row needs {len(labels)} numbers, one of them for none")
    return Table(labels, rows, {name: float(value) for name, value in raw["usual"].items()})
