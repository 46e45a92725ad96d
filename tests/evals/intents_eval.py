"""Scores what messages are taken for: ``python -m tests.evals.intents_eval [dev|held] [--misses]``.

Each line is one message in a conversation of its own, through the whole program: storage, the
real model and the real readers. What counts is the intent that the turn reports, and a refusal for
what is beyond the library. ``--misses`` prints single cases and is refused for the held-out half.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.workspace import warm_coach
from coach.bootstrap import Coach
from coach.conversation.dialogue.state import Listed, Offer, State
from coach.conversation.events import TurnFinished, Understood
from coach.storage.pairs import Pair

_HERE = Path(__file__).parent / "intents"
_NEED = "My mentee hardly ever says anything in our meetings."
_CARD = "fain/ask-good-questions"
CONTEXTS: dict[str, State] = {
    "offer-script": State(_NEED, "six/set-limits", offers=(Offer("script", "boundaries"),)),
    "list-questions": State(
        listed=tuple(Listed("question", _CARD, f"Question number {n}?") for n in range(1, 6))
    ),
    "asked-back": State(_NEED, _CARD, waiting=True),
    "advised": State(_NEED, _CARD),
}
"""What the coach said just before, as the state that it leaves."""


async def taken_for(coach: Coach, pair: Pair | None, text: str, before: State | None) -> str:
    """What ``text`` is taken for in a new conversation."""
    conversation = coach.new_conversation(pair)
    if before is not None:
        coach.conversation_store.add(conversation, "user", _NEED)
        detail = {"state": before.as_json()}
        coach.conversation_store.add(conversation, "coach", "A reply.", detail=detail)
    understood = ""
    async for event in coach.turn(conversation, pair, text):
        match event:
            case Understood(intent=intent):
                understood = intent
            case TurnFinished(reply=reply) if reply.refused:
                understood = "outside"
            case _:
                pass
    return understood


def score(lines: list[dict[str, Any]], coach: Coach) -> list[tuple[dict[str, Any], str]]:
    """Each line with what it was taken for."""
    rosa, ben = coach.add_pair("Rosa Delgado", "mentor"), coach.add_pair("Ben Carter", "mentor")

    async def all_of_them() -> list[tuple[dict[str, Any], str]]:
        return [
            (line, await taken_for(coach, _pair(line, rosa, ben), line["text"],
                                   CONTEXTS.get(line.get("context", ""))))
            for line in lines
        ]  # fmt: skip

    return asyncio.run(all_of_them())


def _pair(line: dict[str, Any], rosa: Pair, ben: Pair) -> Pair | None:
    if not line["pair"]:
        return None
    return ben if "ben" in line["text"].lower() else rosa


def lines_of(split: str) -> list[dict[str, Any]]:
    """The lines of one half."""
    text = (_HERE / f"{split}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def main(arguments: list[str]) -> None:
    """Print accuracy over all and by intent."""
    splits = [one for one in arguments if not one.startswith("-")] or ["dev", "held"]
    for split in splits:
        with warm_coach() as coach:
            scored = score(lines_of(split), coach)
        right = [line["intent"] == taken for line, taken in scored]
        print(f"intents {split}: accuracy {sum(right) / len(right):.3f} of {len(right)} messages")
        if "--misses" in arguments and split != "held":
            for (line, taken), fine in zip(scored, right, strict=True):
                if not fine:
                    print(f"  {line['intent']} taken for {taken}: {line['text']}"
                          f" ({line.get('context', '')})")  # fmt: skip
        total = Counter(line["intent"] for line, _ in scored)
        found = Counter(
            line["intent"] for (line, _), fine in zip(scored, right, strict=True) if fine
        )
        low = {name: f"{found[name]}/{count}" for name, count in total.items()
               if found[name] < count}  # fmt: skip
        print("  not all:", ", ".join(f"{name} {share}" for name, share in sorted(low.items())))


if __name__ == "__main__":
    main(sys.argv[1:])
