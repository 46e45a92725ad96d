"""The grounding check over authored replies: honest ones that are replaced, lies that pass.

``python -m tests.evals.grounding.evaluate [dev|held]``; with ``-v`` it shows, for "dev" only, what
was dropped and what passed. Every other plan is held out: of those only totals are shown.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from coach.conversation.grounding.check import check
from coach.conversation.grounding.claims import Near
from coach.conversation.grounding.grounds import Grounds, grounds_of
from coach.conversation.voice.judging import Judge, Judged
from coach.library.cards import Card
from coach.memory.items import Item

FOLDER = Path(__file__).parent
FRESH = ("fresh", "fresh2", "blind3", "blind4", "blind5", "blind6")
TODAY = date(2026, 5, 11)
_CHARACTER = "Amara. A busy head of department who likes directness. Wants: to be useful."


@dataclass(frozen=True)
class Result:
    """Figures of one half; ``shown`` tells what went wrong, for development."""

    honest: int
    replaced: int
    dropped: int
    lies: int
    passed: int
    shown: tuple[str, ...]


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def half_of(half: str) -> list[str]:
    """The plans of a half: every other one, in the order of the file."""
    keys = list(read("plans"))
    return keys[0 if half == "dev" else 1 :: 2]


def grounds(plan: dict[str, Any], cards: dict[str, Card]) -> Grounds:
    return grounds_of(
        draft=plan["draft"],
        message=plan["message"],
        cards=[cards[c] for c in plan["cards"]],
        items=list(_items(plan)),
        name=plan["name"],
        today=TODAY,
        forbids=_no_calls_after_six,
        instructions=instructions(),
    )


def instructions() -> str:
    from coach.content import prompt

    return prompt("voice-model").partition("## user")[0]


def _no_calls_after_six(text: str) -> str | None:
    low = text.lower()
    hours = ("seven", "eight", "nine", "tonight", "evening")
    return "No calls after six" if "call" in low and any(h in low for h in hours) else None


def _items(plan: dict[str, Any]) -> Iterator[Item]:
    for number, one in enumerate(plan.get("items", ()), 1):
        when = date.fromisoformat(one["when"]) if one["when"] else None
        yield Item(
            number,
            one["kind"],
            "them",
            one["owner"] or None,
            one["text"],
            one["quote"],
            when,
            None,
            "open",
            False,
            1,
            date.fromisoformat(one["said_on"]),
        )


def judge(text: str, known: Grounds, plan: dict[str, Any], near: Near | None) -> Judged:
    """A whole reply, judged as the voice does when the stream has ended."""
    judge = Judge(known, plan["draft"], lambda sentence: check(sentence, known, near))
    for sentence in judge.cut(text):
        judge.take(sentence)
    return judge.end()


def with_lie(reply: str, lie: str, place: int) -> str:
    """``lie`` among the sentences of an honest reply: before, in the middle or behind."""
    from coach.text import sentences

    told = sentences(reply)
    told.insert({0: 0, 1: 1}.get(place % 3, len(told)), lie)
    return " ".join(told)


def evaluate(half: str, cards: dict[str, Card], near: Near | None) -> Result:
    plans, honest, lies = read("plans"), read("honest"), read("lies")
    replaced = dropped = passed = total = told = 0
    shown: list[str] = []
    for key in half_of(half):
        plan = plans[key]
        known = grounds(plan, cards)
        for reply in honest[key]:
            found = judge(reply, known, plan, near)
            total += 1
            dropped += bool(found.faults)
            replaced += not found.good
            if not found.good:
                shown.append(f"REPLACED {key}: {reply!r} {found}")
            shown += [
                f"{'REPLACED' if not found.good else 'dropped'} {key}: {f}" for f in found.faults
            ]
        for place, (kind, lie) in enumerate(lies[key]):
            told += 1
            text = with_lie(honest[key][place], lie, place)
            found = judge(text, known, plan, near)
            through = any(_same(lie, kept) for kept in found.kept)
            passed += through
            if through:
                shown.append(f"PASSED {key}: {kind}: {lie}")
    return Result(total, replaced, dropped, told, passed, tuple(shown))


def hard(cards: dict[str, Card], near: Near | None) -> tuple[int, int]:
    """How many of the harder lies there are, and how many pass."""
    plans = read("plans")
    found = [
        bool(check(lie, grounds(plans[key], cards), near).text)
        for key, told in read("hard").items()
        for lie in told
    ]
    return len(found), sum(found)


def fresh(name: str, cards: dict[str, Card], near: Near | None) -> Result:
    """The sets of plans, lies and honest replies that were written blind.

    A lie is judged by itself, or, in a whole reply, by the sentence with the words that are untrue.
    """
    total = replaced = dropped = told = passed = 0
    for plan in read(name).values():
        known = grounds(plan, cards)
        judged = [judge(reply, known, plan, near) for reply in plan["honest"]]
        total += len(judged)
        replaced += sum(not one.good for one in judged)
        dropped += sum(bool(one.faults) for one in judged)
        told += len(plan["lies"])
        passed += sum(_passes(lie, untrue, known, plan, near) for lie, untrue in _untrue(plan))
    return Result(total, replaced, dropped, told, passed, ())


def _untrue(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each lie of a plan with what is untrue in it, "" where the lie is one sentence."""
    return zip(plan["lies"], plan.get("untrue", [""] * len(plan["lies"])), strict=True)


def _passes(lie: str, untrue: str, known: Grounds, plan: dict[str, Any], near: Near | None) -> bool:
    if not untrue:
        return bool(check(lie, known, near).text)
    return any(untrue in kept for kept in judge(lie, known, plan, near).kept)


def counterpart(coach: Any) -> tuple[int, int, int, int]:
    """Honest wordings of a counterpart's lines and how many are dropped; others that pass."""
    from coach.conversation.voice.acting import Role, wording_fault

    near, dropped, passed = coach._similarity(), [], []
    for one in read("counterpart")["line"]:
        told = f"{_CHARACTER} Fears: being taken for granted."
        role = Role(None, "Amara", told, "guarded", one["said"], one["line"])
        dropped += [bool(wording_fault(text, role, TODAY, near)) for text in one["honest"]]
        passed += [not wording_fault(text, role, TODAY, near) for text in one["other"]]
    return len(dropped), sum(dropped), len(passed), sum(passed)


def _same(lie: str, kept: str) -> bool:
    from coach.conversation.grounding.sentences import plain

    return plain(lie.partition(" [")[0]) in plain(kept)


def _opened() -> Any:
    from coach.bootstrap.coach import Coach
    from coach.paths import default_places
    from coach.settings import load_settings

    places = default_places()
    coach = Coach(places, load_settings(places))
    coach.warm_up()
    return coach


def figures(halves: Sequence[str] = ("dev", "held"), *, verbose: bool = False) -> None:
    """Print how many lies pass and how many honest replies are replaced."""
    coach = _opened()
    cards, near = coach.library.deck.cards, coach._similarity()
    for half in halves:
        found = evaluate(half, cards, near)
        print(
            f"{half}: {found.honest} honest replies, {found.replaced} replaced, {found.dropped} "
            f"with a sentence dropped; {found.lies} lies, {found.passed} passed"
        )
        if verbose and half == "dev":
            print("\n".join(found.shown))
    print("harder lies: {}, of which {} passed".format(*hard(cards, near)))
    for name in FRESH:
        one = fresh(name, cards, near)
        print(
            f"{name}: {one.honest} honest replies, {one.replaced} replaced; "
            f"{one.lies} lies, {one.passed} passed"
        )
    print(
        "counterpart: {} honest wordings, {} dropped; {} others, {} passed".format(
            *counterpart(coach)
        )
    )
    coach.close()


def main() -> None:
    half = next((a for a in sys.argv[1:] if not a.startswith("-")), "dev")
    figures([half], verbose="-v" in sys.argv)


if __name__ == "__main__":
    main()
