"""How well the reader of questions tells the kinds apart; see ``tests/evals/questions/README.md``.

``python -m tests.evals.questions_eval dev|dev-b|held [--misses]``. ``--misses`` is refused for
held-out questions.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from coach.conversation.questioning.reading import read_question

_HERE = Path(__file__).parent / "questions"


@dataclass(frozen=True)
class Figures:
    """Right answers and cases by kind; ``reworded`` better wordings, ``open`` of them open."""

    right: Counter[str]
    cases: Counter[str]
    reworded: int
    opened: int
    misses: tuple[str, ...]

    @property
    def accuracy(self) -> float:
        return sum(self.right.values()) / sum(self.cases.values())


def measure(split: str) -> Figures:
    """The figures of one split."""
    right, cases = Counter[str](), Counter[str]()
    reworded = opened = 0
    misses = []
    for line in (_HERE / f"{split}.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        found = read_question(case["text"])
        cases[case["kind"]] += 1
        if found.kind == case["kind"]:
            right[case["kind"]] += 1
        else:
            misses.append(f"{case['kind']} read as {found.kind}: {case['text']}")
        if found.better:
            reworded += 1
            opened += read_question(found.better).kind == "open"
    return Figures(right, cases, reworded, opened, tuple(misses))


def main() -> None:
    """Prints the figures of one split."""
    parser = argparse.ArgumentParser(description="Scores the reader of questions.")
    parser.add_argument("split", choices=("dev", "dev-b", "held"))
    parser.add_argument("--misses", action="store_true", help="print single cases (dev only)")
    given = parser.parse_args()
    if given.misses and given.split == "held":
        parser.error("single held-out cases are not shown")
    found = measure(given.split)
    for kind, count in sorted(found.cases.items()):
        print(f"{kind:20} {found.right[kind]:4} of {count}")
    print(
        f"accuracy {found.accuracy:.3f} of {sum(found.cases.values())}; "
        f"better wordings open: {found.opened} of {found.reworded}"
    )
    for miss in found.misses if given.misses else ():
        print("  " + miss)


if __name__ == "__main__":
    main()
