"""Scores the reader of utterances; see ``tests/evals/utterances/README.md``.

``python -m tests.evals.utterances_eval [scenarios] [dev] [held] [spoken] [wards] [disfluent]
[--misses]``, all parts without arguments. ``--misses`` prints single turns and is refused for held-out talks.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.models.array_cache import ArrayCache
from coach.models.embedder import load_embedder
from coach.models.vector_cache import VectorCache, embed_cached
from coach.models.weights import DEFAULT_MODEL
from coach.paths import Places
from coach.rehearsal.reading import KIND_OF, Reading, Utterance
from coach.rehearsal.reading.examples import Example, examples
from coach.rehearsal.reading.reader import UtteranceReader

_HERE = Path(__file__).parent / "utterances"
_CACHE = Path(os.environ.get("COACH_CACHE") or _HERE.parents[2] / ".cache" / "coach").absolute()
FOLDS = 5
PARTS = ("scenarios", "dev", "held", "spoken", "wards", "disfluent")
THREE = ("question", "reflection", "other")


@dataclass(frozen=True)
class Turn:
    """A helper's turn of a talk, and what it does by the author's label."""

    talk: str
    good: bool
    turn: Utterance
    kind: str
    subtype: str


def turns(split: str) -> list[Turn]:
    """The helpers' turns of one half of the talks."""
    lines = (_HERE / f"counselling-{split}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        Turn(row["talk"], row["quality"] == "good", Utterance(row["text"], row.get("before", "")),
             row["kind"], row["subtype"])
        for row in rows
    ]  # fmt: skip


def three(kind: str) -> str:
    """Question, reflection, or anything else."""
    return kind if kind in THREE else "other"


def f1_by_label(true: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """The harmonic mean of precision and recall for each label that is true of something."""
    hits = Counter(one for one, other in zip(true, found, strict=True) if one == other)
    wanted, given = Counter(true), Counter(found)
    return {label: 2 * hits[label] / (wanted[label] + given[label]) for label in sorted(wanted)}


def macro(by_label: dict[str, float]) -> float:
    """The mean over labels."""
    return sum(by_label.values()) / len(by_label)


def auc(talks: Sequence[Turn], kinds: Sequence[str]) -> float:
    """How often a good talk has more reflections a question than a poor one (ties count half).

    One is added to the questions, so that a talk with none has a ratio too.
    """
    asked, reflected, good = Counter[str](), Counter[str](), {}
    for one, kind in zip(talks, kinds, strict=True):
        good[one.talk] = one.good
        asked[one.talk] += kind == "question"
        reflected[one.talk] += kind == "reflection"
    ratio = {talk: reflected[talk] / (asked[talk] + 1) for talk in good}
    better = [ratio[talk] for talk in good if good[talk]]
    worse = [ratio[talk] for talk in good if not good[talk]]
    wins = sum((a > b) + 0.5 * (a == b) for a in better for b in worse)
    return wins / (len(better) * len(worse))


def reader(learn_from: Sequence[Example] | None = None) -> UtteranceReader:
    """The reader with the real model; what it learns from everything is kept in the cache."""
    places = Places(home=_CACHE, cache=_CACHE)
    embedder = load_embedder(places, DEFAULT_MODEL)
    vectors = VectorCache(_CACHE / "vectors", embedder.digest, embedder.dimension)
    public = lambda texts: embed_cached(embedder, texts, vectors)  # noqa: E731
    if learn_from is None:
        kept = ArrayCache(_CACHE / "utterance-readers")
        return UtteranceReader(public, public, embedder.digest, kept)
    return UtteranceReader(public, public, embedder.digest, learn_from=learn_from)


def _show(title: str, true: Sequence[str], found: Sequence[str]) -> None:
    scores = f1_by_label(true, found)
    single = ", ".join(f"{label} {score:.2f}" for label, score in scores.items())
    print(f"  {title}: macro-F1 {macro(scores):.3f} ({single})")


def _tables(true: Sequence[tuple[str, str]], found: Sequence[Reading]) -> None:
    kinds = [one.kind for one in found]
    _show("subtypes", [subtype for _, subtype in true], [one.subtype for one in found])
    _show("kinds", [kind for kind, _ in true], kinds)
    _show("question, reflection, other", [three(k) for k, _ in true], [three(k) for k in kinds])


def scenarios() -> None:
    """Each fifth of the scenarios read by what was learnt from the other four."""
    known = examples()
    names = sorted({one.scenario for one in known})
    true: list[tuple[str, str]] = []
    found: list[Reading] = []
    for fold in range(FOLDS):
        apart = set(names[fold::FOLDS])
        read = reader([one for one in known if one.scenario not in apart])
        held = [one for one in known if one.scenario in apart]
        true += [(KIND_OF[one.subtype], one.subtype) for one in held]
        found += read.read([one.turn for one in held])
    print(f"utterances, whole scenarios held out: {len(true)} turns, {len(names)} scenarios")
    _tables(true, found)


def talks(split: str, *, misses: bool = False) -> None:
    """Talks unlike the examples, in which turns are long and mixed."""
    said = turns(split)
    found = reader().read([one.turn for one in said])
    count = len({one.talk for one in said})
    print(f"utterances, counselling {split}: {len(said)} turns in {count} talks")
    _tables([(one.kind, one.subtype) for one in said], found)
    marked = ["question" if "?" in one.turn.text else "other" for one in said]
    alone = f1_by_label([three(one.kind) for one in said], marked)["question"]
    print(f"  by the question mark alone: question {alone:.2f}")
    print(
        "  reflections a question tell good talks from poor ones: AUC"
        f" {auc(said, [one.kind for one in found]):.3f} (by the labels"
        f" {auc(said, [one.kind for one in said]):.3f})"
    )
    if misses:
        for one, read in zip(said, found, strict=True):
            if three(one.kind) != three(read.kind):
                before = one.turn.before[-60:]
                print(f"    {one.subtype} read as {read.subtype} {read.confidence}: {before!r} >>"
                      f" {one.turn.text}")  # fmt: skip


def main(arguments: list[str]) -> None:
    """Print the tables."""
    parts = [one for one in arguments if not one.startswith("-")] or [*PARTS]
    for part in parts:
        if part == "scenarios":
            scenarios()
        else:
            talks(part, misses="--misses" in arguments and part != "held")


if __name__ == "__main__":
    main(sys.argv[1:])
