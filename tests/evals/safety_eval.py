"""Signs of trouble against messages marked by hand: recall, false alarms, kind, whom it concerns.

``python -m tests.evals.safety_eval [SET] [--misses] [--rules]``. The reader is the program's, with
the real model; ``--rules`` shows the rules alone. It has learnt from all sets but those
called "held", except for harmless messages far from any sign. ``--misses`` prints single cases; it is refused for
held-out messages, of which only totals may be read.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.workspace import warm_coach
from coach.conversation.safety.signs import Sign, read_signs

_HERE = Path(__file__).parent / "safety"
_SETS = (
    *("dev", "dev2", "dev3", "fresh", "fresh2", "fresh3", "fresh4", "fresh5", "fresh6"),
    *("held", "held2", "held3", "held4", "held5"),
)


@dataclass(frozen=True)
class Score:
    """Counts over one set; ``kinds`` and ``whom`` count those right among the signs found.

    ``told`` is how many of the signs found are marked with whom they concern.
    """

    signs: int
    found: int
    negatives: int
    alarms: int
    kinds: int
    whom: int
    told: int
    missed: tuple[tuple[str, str, str], ...]

    @property
    def recall(self) -> float:
        return self.found / self.signs

    @property
    def alarm_rate(self) -> float:
        return self.alarms / self.negatives


def score(name: str, read: Callable[[str], Sign | None] = read_signs) -> Score:
    """How ``read`` does on ``tests/evals/safety/<name>.jsonl``."""
    lines = (_HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    count: Counter[str] = Counter()
    missed: list[tuple[str, str, str]] = []
    for case in map(json.loads, lines):
        text, kind, who = case["text"], case["sign"], case.get("who")
        sign = read(text)
        if kind is None:
            count["negatives"] += 1
            if sign:
                count["alarms"] += 1
                missed.append(("alarm", sign.kind, text))
            continue
        count["signs"] += 1
        if sign is None:
            missed.append(("missed", kind, text))
            continue
        count["found"] += 1
        count["kinds"] += sign.kind == kind
        count["told"] += who is not None
        count["whom"] += sign.concerns == who
        if sign.kind != kind:
            missed.append(("kind", f"{kind} as {sign.kind}", text))
        if who and sign.concerns != who:
            missed.append(("whom", f"{who} as {sign.concerns}", text))
    return Score(
        count["signs"], count["found"], count["negatives"], count["alarms"],
        count["kinds"], count["whom"], count["told"], tuple(missed),
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", nargs="?", default="dev", choices=_SETS)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--rules", action="store_true")
    given = parser.parse_args()
    if given.misses and given.set.startswith("held"):
        parser.error("single cases of held-out messages are not shown")
    if given.rules:
        got = score(given.set)
    else:
        with warm_coach() as coach:
            got = score(given.set, coach.sign_reader.read)
    print(f"{given.set}: {got.signs} signs, {got.negatives} negatives")
    print(f"recall {got.recall:.4f}  false alarms {got.alarm_rate:.4f}")
    print(f"kind right {got.kinds}/{got.found}  whom right {got.whom}/{got.told}")
    if given.misses:
        for what, detail, text in sorted(got.missed):
            print(f"{what:7} {detail:24} {text}")


if __name__ == "__main__":
    main()
