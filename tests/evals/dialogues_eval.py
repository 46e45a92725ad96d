"""Conversations over several turns: ``python -m tests.evals.dialogues_eval [dev|held] [--misses]``.

Each dialogue runs through the whole program in a new pair with its notes logged: storage, the real
model, noticing. What is checked is content: the right card, item and date, what must not be said.
``--misses`` prints single cases and is refused for the held-out half.
"""

from __future__ import annotations

import asyncio
import sys
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.workspace import warm_coach
from coach.bootstrap import Coach
from coach.conversation.events import Reply, TurnFailed, TurnFinished, Understood
from coach.storage.pairs import Pair

_HERE = Path(__file__).parent / "dialogues"


@dataclass(frozen=True)
class Checked:
    """One turn: what was said, the reply, and what was wrong with it ("" each when right)."""

    dialogue: str
    said: str
    reply: str
    faults: tuple[str, ...]


def dialogues(split: str) -> list[dict[str, Any]]:
    """The dialogues of one half."""
    found: list[dict[str, Any]] = tomllib.loads(
        (_HERE / f"{split}.toml").read_text(encoding="utf-8")
    )["dialogue"]
    return found


def faults(turn: dict[str, Any], reply: Reply, intent: str, items: dict[int, str]) -> list[str]:
    """What of the expectations of ``turn`` its reply does not fulfil."""
    text = reply.text.lower()
    found = [f"lacks {w!r}" for w in turn.get("contains", ()) if w.lower() not in text]
    found += [f"says {w!r}" for w in turn.get("lacks", ()) if w.lower() in text]
    options = [w.lower() for w in turn.get("contains_any", ())]
    if options and not any(one in text for one in options):
        found.append(f"none of {options}")
    cards = turn.get("cards_any", ())
    if cards and not set(cards) & set(reply.citations):
        found.append(f"cites {reply.citations}, not one of {cards}")
    intents = turn.get("intent_any") or [turn["intent"]] if "intent" in turn else []
    intents = turn.get("intent_any", intents)
    if intents and intent not in intents:
        found.append(f"taken for {intent}, not {intents}")
    told = " ".join(items.get(key, "") for key in reply.items).lower()
    found += [f"no item about {s!r}" for s in turn.get("items_about", ()) if s.lower() not in told]
    return found


def run(dialogue: dict[str, Any], coach: Coach) -> list[Checked]:
    """One dialogue from its notes to its last turn."""
    coach._today = date.fromisoformat(str(dialogue["today"]))
    for other in dialogue.get("also", ()):
        _pair_of(other, coach)
    return asyncio.run(_talk(dialogue, coach, _pair_of(dialogue, coach)))


def _pair_of(told: dict[str, Any], coach: Coach) -> Pair:
    pair = coach.add_pair(told["other"], told["role"])
    for note in told.get("notes", ()):
        coach.log_session(pair, date.fromisoformat(str(note["on"])), note["text"])
    return pair


async def _talk(dialogue: dict[str, Any], coach: Coach, pair: Pair) -> list[Checked]:
    conversation = coach.new_conversation(pair)
    checked = []
    for turn in dialogue["turn"]:
        intent = ""
        before = {item.id: f"{item.text} {item.quote}" for item in coach.remembered(pair)}
        async for event in coach.turn(conversation, pair, turn["say"]):
            match event:
                case Understood(intent=name):
                    intent = name
                case TurnFinished(reply=reply):
                    items = before | {i.id: f"{i.text} {i.quote}" for i in coach.remembered(pair)}
                    wrong = faults(turn, reply, "outside" if reply.refused else intent, items)
                    checked.append(Checked(dialogue["name"], turn["say"], reply.text, tuple(wrong)))
                case TurnFailed(what=what):
                    checked.append(Checked(dialogue["name"], turn["say"], "", (f"failed: {what}",)))
                case _:
                    pass
    return checked


def main(arguments: list[str]) -> None:
    """Print how many turns and dialogues are right."""
    for split in [one for one in arguments if not one.startswith("-")] or ["dev", "held"]:
        told = dialogues(split)
        with warm_coach() as coach:
            checked = [run(dialogue, coach) for dialogue in told]
        turns = [one for dialogue in checked for one in dialogue]
        right = sum(not one.faults for one in turns)
        whole = sum(all(not one.faults for one in dialogue) for dialogue in checked)
        print(f"dialogues {split}: {right} of {len(turns)} turns, {whole} of {len(told)} whole")
        if "--misses" in arguments and split != "held":
            for one in turns:
                if one.faults:
                    print(f"--- {one.dialogue}\n> {one.said}\n{one.reply}\n!! {one.faults}")


if __name__ == "__main__":
    main(sys.argv[1:])
