"""Nothing goes to a remote model before its bytes were on the screen and the user allowed them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest

from coach.bootstrap.coach import Coach
from coach.bootstrap.speaking import speaker_with
from coach.models.chosen import Choice, read_choice, write_choice
from coach.tui.screens.leave import LeaveScreen, plainly
from tests.chat_servers import Recorder, openai_server
from tests.model_fakes import ScriptedModel, draft_of

from .desk import at_home
from .driving import WIDE, ask, open_chat, running, screen_text, wait_until

NEED = "How do I set a limit?"
LATE = f"{NEED} She texts me late at night."
REMOTE = Choice("provider", "openai", "gpt-5")


@pytest.fixture
def model(coach: Coach) -> ScriptedModel:
    """A remote model that words every reply, and that nobody has allowed yet."""
    coach.add_pair("Amara Osei", "mentor")
    write_choice(coach.places, REMOTE)
    made = ScriptedModel(draft_of, remote=True)
    coach.__dict__["speaker"] = speaker_with(coach, made, waits=())
    return made


async def test_the_bytes_are_shown_first_and_no_means_no(
    coach: Coach, model: ScriptedModel
) -> None:
    async with at_home(coach, WIDE) as (app, pilot):
        await open_chat(app, pilot)
        await ask(app, pilot, NEED)
        await wait_until(pilot, lambda: isinstance(app.screen, LeaveScreen))
        page = app.screen
        assert isinstance(page, LeaveScreen)
        asked = page._payload
        await wait_until(pilot, lambda: f"{len(asked.body):,} bytes" in screen_text(app))
        assert "http://scripted/" in screen_text(app)
        assert plainly(asked.body) == asked.body.decode(), "as it is, to the letter"
        assert model.sent == []
        await pilot.press("n")
        await wait_until(pilot, lambda: not app.chat.busy and app.chat.reading.transcript.replies)
        await ask(app, pilot, NEED)
        await wait_until(pilot, lambda: len(app.chat.reading.transcript.replies) == 2)
        await wait_until(pilot, lambda: not app.chat.busy)
        assert app.screen is app.chat, "one no is enough"
        assert (model.sent, read_choice(coach.places).allowed) == ([], False)
        assert "Worded by the built-in engine" in app.chat.reading.transcript.replies[-1].text


async def test_what_is_allowed_is_sent_as_it_was_shown(coach: Coach, model: ScriptedModel) -> None:
    async with at_home(coach, WIDE) as (app, pilot):
        await open_chat(app, pilot)
        assert "nothing is sent before you allow it" in screen_text(app).splitlines()[0]
        await ask(app, pilot, NEED)
        await wait_until(pilot, lambda: isinstance(app.screen, LeaveScreen))
        asked = app.screen._payload  # type: ignore[attr-defined]
        await pilot.press("y")
        await wait_until(pilot, lambda: not app.chat.busy and app.chat.reading.transcript.replies)
        assert model.sent == [asked]
        assert read_choice(coach.places).allowed
        await wait_until(
            pilot, lambda: "what it words leaves this machine" in screen_text(app).splitlines()[0]
        )
        await ask(app, pilot, NEED)
        await wait_until(pilot, lambda: len(model.sent) == 2)


async def test_leaving_the_app_while_it_asks_sends_nothing(
    coach: Coach, model: ScriptedModel
) -> None:
    async with at_home(coach, WIDE) as (app, pilot):
        await open_chat(app, pilot)
        await ask(app, pilot, NEED)
        await wait_until(pilot, lambda: isinstance(app.screen, LeaveScreen))
        await pilot.press("ctrl+q")
        await wait_until(pilot, lambda: not app.is_running)
    assert (model.sent, read_choice(coach.places).allowed) == ([], False)


def test_what_a_terminal_would_act_on_is_spelled_out() -> None:
    assert plainly("a\x1b[2J\u202e é\n\U000e0041".encode()) == "a\\u001b[2J\\u202e é\n\\U000e0041"
    assert plainly(b"\xff") == "\\xff"


@pytest.fixture
def server() -> Iterator[Recorder]:
    def says(document: dict[str, Any]) -> str:
        user = str(document["messages"][-1]["content"])
        return user.partition("<draft>\n")[2].partition("\n</draft>")[0]

    with openai_server(says) as recorder:
        yield recorder


@pytest.mark.slow
async def test_a_server_gets_the_bytes_that_were_shown_on_demand(
    warm_coach: Coach, server: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server of this machine that is treated as one elsewhere, behind the real client."""
    monkeypatch.setattr("coach.models.chosen.is_loopback", lambda _: False)
    monkeypatch.setenv("COACH_MODEL_KEY", "sk-canary-91c7")
    pair = warm_coach.add_pair("Amara Osei", "mentor")
    write_choice(warm_coach.places, Choice("address", "openai", "m", server.address))
    # What is fitted and loaded once is there before the app waits for it.
    once = await asyncio.to_thread(warm_coach.would_send, pair, LATE)
    async with running(lambda: warm_coach, warm_coach.places, WIDE) as (app, pilot):
        await open_chat(app, pilot)
        app.chat.composer.insert(LATE)
        await pilot.press("ctrl+p", *"what is sent")
        await wait_until(pilot, lambda: "Show what is sent" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, LeaveScreen))
        shown = app.screen._payload  # type: ignore[attr-defined]
        assert server.requests == []
        assert shown == once
        assert json.loads(shown.body)["model"] == "m"
        assert "Amara" not in shown.body.decode()
        await pilot.press("y")
        await wait_until(pilot, lambda: read_choice(warm_coach.places).allowed)
        await wait_until(pilot, lambda: app.screen is app.chat)
        await pilot.press("enter")
        await wait_until(pilot, lambda: server.requests)
        assert server.requests[0][2] == shown.body
        await wait_until(pilot, lambda: not app.chat.busy)
