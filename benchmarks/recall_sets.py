"""The recall evaluation's files as data (tests/evals/recall/README.md)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "evals" / "recall"

_TURN = re.compile(r"(?P<speaker>\w+): (?P<text>.*?)(?: \{(?P<name>\w+)\})?$")


@dataclass(frozen=True)
class Question:
    """One question, the ids of the turns that hold its evidence, and its type."""

    text: str
    evidence: tuple[str, ...]
    type: str


@dataclass(frozen=True)
class Dialogue:
    """One conversation as lines for ``memory import``, and the questions about it."""

    name: str
    turns: tuple[dict[str, str], ...]
    questions: tuple[Question, ...]


def load(name: str, folder: Path = FOLDER) -> Dialogue:
    """The set ``name``: "dev", "held", "long-a" or "long-b"."""
    turns: list[dict[str, str]] = []
    at = ""
    for line in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            at = line[2:]
        elif match := _TURN.match(line):
            turn = {"id": match["name"] or f"line-{len(turns)}", "at": at}
            turns.append({**turn, "speaker": match["speaker"], "text": match["text"]})
    questions = []
    for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        value = json.loads(line)
        questions.append(Question(value["q"], tuple(value["evidence"]), value["type"]))
    known = {turn["id"] for turn in turns}
    missing = {each for question in questions for each in question.evidence} - known
    if missing:
        raise ValueError(f"{name}: no turns {sorted(missing)}")
    return Dialogue(name, tuple(turns), tuple(questions))
