"""How fast: launch to first paint, a cold question, a warm turn; and how much memory.

Paired runs, one after the other, medians: the machine's own drift cancels out.
"""

from __future__ import annotations

import asyncio
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pexpect

from benchmarks.search_quality import read
from benchmarks.workspace import ROOT, fresh_home, warm_coach
from coach.conversation.events import TurnFinished

_HERE = Path(__file__).parent
_COACH = str(Path(sys.executable).parent / "coach")
_QUESTION = "We sit down and nobody knows what to talk about"


def first_paint(command: str, arguments: list[str], shown: str, env: dict[str, str]) -> float:
    """Seconds from the start of a program to ``shown`` on its (pseudo) terminal."""
    start = time.perf_counter()
    env = {**env, "TERM": "xterm-256color"}
    child = pexpect.spawn(command, arguments, env=env, dimensions=(24, 80), timeout=60)
    child.expect_exact(shown)
    took = time.perf_counter() - start
    child.close(force=True)
    return took


def launch(runs: int = 9) -> None:
    with fresh_home() as env:
        add = [_COACH, "pair", "add", "Rosa Example", "--as", "mentor"]
        subprocess.run(add, env=env, check=True, capture_output=True)
        pairs = [
            (
                first_paint(_COACH, [], "Enter sends", env),
                first_paint(sys.executable, [str(_HERE / "label_app.py")], "the-first-paint", env),
            )
            for _ in range(runs + 1)
        ][1:]
    ours, label = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"launch to first paint: coach {ours:.2f} s, one label {label:.2f} s, ratio {ratio:.2f}")


def timed(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Wall seconds and peak memory (MB) of a command."""
    start = time.perf_counter()
    child = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    assert status == 0, command
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def cold_ask(runs: int = 5) -> None:
    with fresh_home() as env, tempfile.TemporaryDirectory() as store:
        script = [sys.executable, str(_HERE / "plain_script.py"), store]
        env["PYTHONPATH"] = str(ROOT)
        subprocess.run([*script, "build"], env=env, check=True, capture_output=True)
        ask = [_COACH, "ask", _QUESTION]
        subprocess.run(ask, env=env, check=True, capture_output=True)
        rows = [(*timed(ask, env), *timed([*script, "ask", _QUESTION], env)) for _ in range(runs)]
    ours, memory, plain, plain_memory = (statistics.median(c) for c in zip(*rows, strict=True))
    ratio = statistics.median(row[0] / row[2] for row in rows)
    print(f"cold question: coach {ours:.2f} s, plain script {plain:.2f} s, ratio {ratio:.2f}")
    print(f"peak memory:   coach {memory:.0f} MB, plain script {plain_memory:.0f} MB")


def warm_turn() -> None:
    asked = [line["q"] for line in read(ROOT / "tests" / "evals" / "library" / "answerable.jsonl",
                                        "held")]  # fmt: skip
    with warm_coach() as coach:
        pair = coach.add_pair("Rosa Example", "mentor")
        conversation = coach.new_conversation(pair)

        async def one(question: str) -> float:
            start = time.perf_counter()
            async for event in coach.turn(conversation, pair, question):
                if isinstance(event, TurnFinished):
                    return time.perf_counter() - start
            raise AssertionError(question)

        async def all_of_them() -> list[float]:
            for question in asked[:5]:
                await one(question)
            return [await one(question) for question in asked]

        took = sorted(asyncio.run(all_of_them()))
        start = time.perf_counter()
        for question in asked[:50]:
            coach.library._meaning.embedder.embed([question + " "])
        embedding = (time.perf_counter() - start) / 50
    p95 = took[int(len(took) * 0.95)]
    print(f"warm turn: p50 {took[len(took) // 2] * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms,"
          f" of which embedding {embedding * 1000:.0f} ms ({len(took)} turns)")  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the process: {peak:.0f} MB")
