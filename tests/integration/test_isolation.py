"""What is kept of one pair never shows in anything asked of another: generated probes."""

from __future__ import annotations

import asyncio
import json
import random
from datetime import date, timedelta

import pytest

from coach.bootstrap import Coach
from coach.conversation.events import TurnFinished
from coach.memory.export import as_markdown, export
from coach.storage.pairs import Pair

_PAIRS = 24
_START = date(2026, 5, 4)
_NOTE = """{first} presents the {secret} audit on Thursday. I promised to send her the {secret}
template by Monday. She is nervous about the {secret} board. Between us: she may leave {secret}.
She wants to lead the {secret} team by the end of the year."""
_QUERIES = (
    "what did she say about the audit", "the template", "who is nervous", "what may she leave",
    "what about {other}", "{other} board", "tell me of {other} in May",
)  # fmt: skip
_ASKED = (
    "what should I ask her next time?", "what do I owe her?", "what's coming up?",
    "what did she say about {other}?", "We never know what to talk about", "she is nervous again",
)  # fmt: skip


def secret(number: int) -> str:
    """A word that no text of ours holds and that belongs to one pair."""
    return "zyq" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")


@pytest.fixture
def crowd(warm_coach: Coach) -> tuple[Coach, list[Pair]]:
    """Many pairs with the same first name and the same events; each has its own word."""
    pairs = []
    for number in range(_PAIRS):
        pair = warm_coach.add_pair(f"Priya {secret(number).title()}", "mentor")
        note = _NOTE.format(first="Priya", secret=secret(number))
        warm_coach.memory.log(pair, _START, note)
        warm_coach.remember_by_meaning(pair)
        pairs.append(pair)
    return warm_coach, pairs


def probe(coach: Coach, pairs: list[Pair], chance: random.Random, *, talk: bool) -> int:
    """One probe of each way to look; how many texts were looked at."""
    number = chance.randrange(_PAIRS)
    pair, others = pairs[number], [secret(n) for n in range(_PAIRS) if n != number]
    other = chance.choice(others)
    on = _START + timedelta(days=chance.randrange(0, 240))
    seen = [
        repr(coach.memory.search(pair, chance.choice(_QUERIES).format(other=""), 10, on)),
        repr(coach.memory.search(pair, chance.choice(_QUERIES).format(other=other), 10, on)),
        repr(coach.memory.follow_ups(pair, on, 10)),
        repr(coach.memory.store.items(pair)),
        json.dumps(export(coach.memory.store, pair)),
        as_markdown(export(coach.memory.store, pair, shared=True)),
    ]
    if talk:
        seen.append(reply(coach, pair, chance.choice(_ASKED).format(other="the audit")))
    for text in seen:
        assert not [word for word in others if word in text.lower()]
    assert any(secret(number) in text for text in seen)
    return len(seen)


def reply(coach: Coach, pair: Pair, question: str) -> str:
    async def one() -> str:
        conversation = coach.new_conversation(pair)
        async for event in coach.turn(conversation, pair, question):
            if isinstance(event, TurnFinished):
                return event.reply.text
        raise AssertionError(question)

    return asyncio.run(one())


def run_probes(crowd: tuple[Coach, list[Pair]], least: int) -> None:
    chance = random.Random(2026)
    looked = 0
    while looked < least:
        looked += probe(*crowd, chance, talk=chance.random() < 0.2)


def test_five_hundred_probes_leak_nothing(crowd: tuple[Coach, list[Pair]]) -> None:
    run_probes(crowd, 500)


@pytest.mark.slow
def test_ten_thousand_probes_leak_nothing(crowd: tuple[Coach, list[Pair]]) -> None:
    run_probes(crowd, 10_000)


def test_a_deleted_pairs_memory_does_not_come_back_in_a_new_one(coach: Coach) -> None:
    """The number of a deleted pair is given again; what was loaded of it must not go with it."""
    day = date(2026, 5, 4)
    anna = coach.add_pair("Anna Berg", "mentor")
    coach.log_session(anna, day, "Anna will tell her boss about the divorce by Friday.")
    assert coach.memory.search(anna, "divorce", 5, day)
    coach.pair_store.delete(anna)
    for name in ("Bert Holm", "Anna Berg"):
        other = coach.add_pair(name, "mentor")
        coach.log_session(other, day, "We talked about the garden. I will send the list.")
        assert all(
            "divorce" not in hit.text for hit in coach.memory.search(other, "divorce", 5, day)
        )
        coach.pair_store.delete(other)
