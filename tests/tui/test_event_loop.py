"""Nothing blocks the event loop: what may take long is never done in its thread.

No time is measured, which would say more about the machine. The whole app is walked through over
the real service and a real database, and every use of either is noted with its thread.
"""

from __future__ import annotations

import traceback
from typing import Any

import pytest

from coach.bootstrap.coach import Coach
from coach.memory.memory import Memory
from coach.storage.database import Database
from tests.fakes import FakeEmbedder

from .driving import NARROW, running
from .hostile import fill
from .walking import walk
from .watched import Watched, noted

CHEAP = {
    "today": "a date, from memory",
    "locale": "made when the database was opened",
    "read_only": "a flag",
    "search_state": "a few words, from flags",
    "engine": "reads one file of a line or two, for every page that opens",
    "key_choices": "a table, from the settings as they were read",
    "rehearsals": "the desk itself; what it does is noted for itself",
    "rehearsals.hint": "a pure function of the talk in memory",
    "rehearsals.mood": "a pure function of the talk in memory",
    "rehearsals.rewind": "a pure function of the talk in memory",
    "rehearsals.pause": "a talk is put into a table in memory",
    "rehearsals.worded": "a coroutine; its own work is watched at the database",
    "more_noticed": "a coroutine, as above",
    "summary": "a coroutine, as above",
    "turn": "an async generator, as above",
}
"""What of the service the event loop may use, and why that does not block it."""

OFTEN = {
    "standings", "brief_page", "draft", "keep_draft", "remembered", "follow_ups", "histories",
    "agreement", "script", "goals", "roadmap", "check", "look_back", "rehearsals.scenarios",
    "rehearsals.begin", "rehearsals.say", "rehearsals.finish", "conversations", "find_said",
    "shelf", "read_entry", "search_library", "setting_states", "resume", "history", "greeting",
    "set_private", "warm_up",
}  # fmt: skip
"""What a walk through all pages is known to use: else the test would see too little."""


@pytest.fixture
def blocked(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where the thread of the event loop waited for the database or the embedder."""
    found: list[str] = []

    def watch(owner: type, name: str) -> None:
        note: list[str] = []
        work = noted(getattr(owner, name), name, note)

        def call(*args: Any, **given: Any) -> Any:
            note.clear()
            result = work(*args, **given)
            if note:
                found.append("".join(traceback.format_stack(limit=9)[:-1]))
            return result

        monkeypatch.setattr(owner, name, call)

    # After the pair is there, which this thread makes.
    fill(coach, lambda: "some words")
    watch(Database, "read")
    watch(Database, "write")
    watch(FakeEmbedder, "embed")
    watch(Memory, "__init__")
    return found


@pytest.mark.slow
async def test_the_event_loop_never_waits_for_the_service(coach: Coach, blocked: list[str]) -> None:
    coach.warm_up = lambda *_: None  # type: ignore[method-assign]
    service: Any = Watched(coach, ("rehearsals",))
    async with running(lambda: service, coach.places, NARROW) as (app, pilot):
        await walk(app, pilot, lambda _: None)
        elsewhere = set(service.elsewhere)
    assert service.used <= set(CHEAP), f"on the event loop: {service.used - set(CHEAP)}"
    assert not service.first["rehearsals"], "its first use imports what reads a talk"
    assert elsewhere >= OFTEN, f"the walk missed: {OFTEN - elsewhere}"
    assert not blocked, blocked[0]


def test_a_use_on_the_loop_is_seen(coach: Coach, blocked: list[str]) -> None:
    service = Watched(coach)
    _ = service.today
    service.pairs()
    assert service.used == {"today", "pairs"}
    assert "pairs" in blocked[0]
