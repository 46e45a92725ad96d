"""A chat model words a reply: streamed, checked, stopped, replaced visibly; nothing is lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest

from coach.bootstrap import Coach
from coach.bootstrap.speaking import speaker_with
from coach.content import wordings
from coach.conversation.events import Event, Reply, TextDelta, TurnFinished
from coach.models.chat import ChatError, Failure, estimated_tokens
from coach.models.chosen import choice_of, write_choice
from coach.models.prompts import parts, render
from coach.storage.pairs import Pair
from tests.conftest import ROOT
from tests.model_fakes import Script, ScriptedModel, draft_of, part

NEED = "How do I set a limit? She texts me late at night."
DOWN = ChatError("down", "not there", again=True)


@pytest.fixture
def amara(warm_coach: Coach) -> Pair:
    pair = warm_coach.add_pair("Amara Osei", "mentor")
    warm_coach.log_session(pair, date(2026, 5, 4), "I promised to send Amara the summary.")
    return pair


def says(coach: Coach, model: ScriptedModel, **how: Any) -> ScriptedModel:
    """Let ``model`` word the replies of ``coach``."""
    coach.__dict__.pop("_turns", None)
    coach.__dict__["speaker"] = speaker_with(coach, model, waits=(0.0, 0.0), **how)
    return model


async def turn(coach: Coach, pair: Pair | None, text: str) -> tuple[str, Reply]:
    """What was streamed, and the reply as it is kept."""
    chat = coach.new_conversation(pair)
    streamed = []
    async for event in coach.turn(chat, pair, text):
        if isinstance(event, TextDelta):
            streamed.append(event.text)
        if isinstance(event, TurnFinished):
            asked, kept = coach.history(chat)
            assert (asked.status, kept.text) == ("complete", event.reply.text)
            assert asked.text in {text, "[…]"}  # what is forgotten goes from the question too
            return "".join(streamed), event.reply
    raise AssertionError("the turn did not finish")


def note(heading: str) -> str:
    return wordings("model-notes")[heading][0]


async def test_an_honest_wording_is_shown_as_it_comes(warm_coach: Coach, amara: Pair) -> None:
    model = says(warm_coach, ScriptedModel(draft_of))
    streamed, reply = await turn(warm_coach, amara, NEED)
    assert streamed == reply.text
    assert reply.engine == "scripted"
    assert reply.citations
    assert all(f"[{card}]" in reply.text for card in reply.citations)
    assert reply.text.endswith("?")
    assert len(model.prompts) == 1


async def test_what_closes_a_reply_stays_the_built_in_engines(
    warm_coach: Coach, amara: Pair
) -> None:
    model = says(warm_coach, ScriptedModel(draft_of))
    _, reply = await turn(warm_coach, amara, NEED)
    closing = reply.text.split("\n\n")[-1]
    assert closing not in model.prompts[0].user
    assert reply.state.need


@pytest.mark.parametrize(
    ("script", "heading"),
    [
        (lambda _: "", "empty"),
        (lambda _: "I'm sorry, but I can't help with that.", "declined"),
        (lambda _: "Qwx zzt blorp fnord. Vrrm klaatu nikto barada xyzzy plugh.", "nonsense"),
        (lambda _: "Set a limit. " * 40, "repeats"),
        (lambda _: "<think>Hm. " + "x" * 500, "empty"),
    ],
)
async def test_what_is_no_reply_is_replaced_visibly(
    warm_coach: Coach, amara: Pair, script: Script, heading: str
) -> None:
    says(warm_coach, ScriptedModel(script))
    streamed, reply = await turn(warm_coach, amara, NEED)
    assert streamed == reply.text
    assert reply.engine == "built-in"
    assert reply.text.endswith(f"*({note(heading)})*")
    assert reply.citations


@pytest.mark.parametrize(
    "failure", ["down", "slow", "refused-key", "too-long", "busy", "broken", "declined"]
)
async def test_a_model_that_fails_is_replaced_visibly(
    warm_coach: Coach, amara: Pair, failure: Failure
) -> None:
    says(warm_coach, ScriptedModel(draft_of, fails=[ChatError(failure, "x")]))
    _, reply = await turn(warm_coach, amara, NEED)
    assert (reply.engine, reply.text.endswith(f"*({note(failure)})*")) == ("built-in", True)


async def test_a_call_is_tried_again_three_times_in_all(warm_coach: Coach, amara: Pair) -> None:
    model = says(warm_coach, ScriptedModel(draft_of, fails=[DOWN, DOWN]))
    assert (await turn(warm_coach, amara, NEED))[1].engine == "scripted"
    assert len(model.prompts) == 3
    model = says(warm_coach, ScriptedModel(draft_of, fails=[DOWN] * 9))
    assert (await turn(warm_coach, amara, NEED))[1].engine == "built-in"
    assert len(model.prompts) == 3


async def test_what_breaks_off_late_is_completed_by_the_built_in_wording(
    warm_coach: Coach, amara: Pair
) -> None:
    model = ScriptedModel(lambda _: "Say what your limits are. ", dies=ChatError("down", "gone"))
    says(warm_coach, model)
    streamed, reply = await turn(warm_coach, amara, NEED)
    assert streamed == reply.text
    assert (reply.engine, len(model.prompts)) == ("built-in", 1)
    assert note("down") in reply.text


async def test_an_answer_cut_off_by_its_length_keeps_its_whole_sentences(
    warm_coach: Coach, amara: Pair
) -> None:
    def script(prompt: Any) -> str:
        return f"{draft_of(prompt)} And then you might also"

    says(warm_coach, ScriptedModel(script, dies=ChatError("cut-off", "x")))
    _, reply = await turn(warm_coach, amara, NEED)
    assert reply.engine == "scripted"
    assert "might also" not in reply.text


async def test_silence_ends_after_the_time_that_is_set(warm_coach: Coach, amara: Pair) -> None:
    model = says(warm_coach, ScriptedModel(draft_of, hangs=True))
    speaker = warm_coach.__dict__["speaker"]
    speaker.calls = replace(speaker.calls, timeout=0.05)
    _, reply = await turn(warm_coach, amara, NEED)
    assert note("slow") in reply.text
    assert model.closed == 1


async def test_stopping_ends_the_call_and_keeps_what_was_said(
    warm_coach: Coach, amara: Pair
) -> None:
    model = says(warm_coach, ScriptedModel(draft_of))
    chat = warm_coach.new_conversation(amara)
    events = cast(AsyncGenerator[Event], warm_coach.turn(chat, amara, NEED))
    said = ""
    async for event in events:
        if isinstance(event, TextDelta):
            said = event.text
            break
    await events.aclose()
    assert model.closed == 1
    asked, stopped = warm_coach.history(chat)
    assert (asked.text, stopped.status, stopped.text) == (NEED, "interrupted", said)


async def test_stopping_while_the_model_is_silent_ends_the_call(
    warm_coach: Coach, amara: Pair
) -> None:
    model = says(warm_coach, ScriptedModel(draft_of, hangs=True))
    chat = warm_coach.new_conversation(amara)

    async def run() -> None:
        async for _ in warm_coach.turn(chat, amara, NEED):
            pass

    task = asyncio.create_task(run())
    while not model.prompts:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert model.closed == 1
    assert [m.text for m in warm_coach.history(chat)] == [NEED]


@pytest.mark.parametrize(
    "text", ["Thank you!", "What should I come back to?", "forget the summary", "I want to die."]
)
async def test_what_must_not_vary_is_never_worded_anew(
    warm_coach: Coach, amara: Pair, text: str
) -> None:
    model = says(warm_coach, ScriptedModel(lambda _: "Everything is fine."))
    _, reply = await turn(warm_coach, amara, text)
    assert (model.prompts, reply.engine) == ([], "built-in")
    assert "Worded by" not in reply.text


async def test_memory_and_guidance_keep_to_their_budget(warm_coach: Coach, amara: Pair) -> None:
    model = says(warm_coach, ScriptedModel(draft_of))
    await turn(warm_coach, amara, f"{NEED}{' She does it again and again.' * 300}")
    (prompt,) = model.prompts
    told = sum(estimated_tokens(part(prompt, one)) for one in ("guidance", "memory", "draft"))
    assert told <= 1300
    assert estimated_tokens(part(prompt, "message")) <= 720


async def test_the_cap_of_a_day_stops_the_call_before_it_is_made(
    warm_coach: Coach, amara: Pair
) -> None:
    warm_coach.settings = warm_coach.settings.model_copy(update={"model_daily_limit": 0.02})
    model = ScriptedModel(draft_of, remote=True)
    says(warm_coach, model, allowed=lambda _: True)
    engines = [(await turn(warm_coach, amara, NEED))[1] for _ in range(6)]
    calls = sum(reply.engine == "scripted" for reply in engines)
    assert len(model.sent) == calls < 6
    assert note("spent") in engines[-1].text
    kept = (warm_coach.places.home / "model-spending.json").read_text()
    assert set(json.loads(kept)) == {"day", "spent"}


async def test_nothing_goes_to_a_remote_model_before_leave_is_given(
    warm_coach: Coach, amara: Pair
) -> None:
    model = says(warm_coach, ScriptedModel(draft_of, remote=True))
    _, reply = await turn(warm_coach, amara, NEED)
    assert model.sent == []
    assert "coach model allow" in reply.text
    asked = []
    warm_coach.ask_leave = lambda payload, _: asked.append(payload) is None
    write_choice(warm_coach.places, choice_of("openai:gpt-5"))
    await turn(warm_coach, amara, NEED)
    await turn(warm_coach, amara, NEED)
    assert len(asked) == 1
    assert asked[0] == model.sent[0]
    assert len(model.sent) == 2


async def test_names_go_as_stand_ins_and_come_back(warm_coach: Coach, amara: Pair) -> None:
    model = says(warm_coach, ScriptedModel(draft_of, remote=True), allowed=lambda _: True)
    said = "Say to Amara Osei and Priya Nair what your own limits are. [six/set-limits]"
    plan = Reply(said, "advice", ("six/set-limits",))
    speaker = warm_coach.__dict__["speaker"]
    asked = "How do I set a limit with Amara and Priya Nair?"
    *_, reply = [piece async for piece in speaker.speak(amara, asked, plan)]
    sent = model.prompts[0].user
    assert not any(name in sent for name in ("Amara", "Osei", "Priya", "Nair"))
    assert "Amara" in reply.text


async def test_real_names_go_by_choice(warm_coach: Coach, amara: Pair) -> None:
    warm_coach.settings = warm_coach.settings.model_copy(update={"model_names": "real"})
    model = says(warm_coach, ScriptedModel(draft_of, remote=True), allowed=lambda _: True)
    await turn(warm_coach, amara, NEED)
    assert "Amara" in model.prompts[0].user


@pytest.mark.parametrize(
    "text",
    [
        "Between us, she cries after our meetings. How do I set a limit?",
        "How do I set a limit about Lugano?",
        "How do I set a limit now that she keeps a second account in another town?",
    ],
)
async def test_what_touches_something_private_stays_here(
    warm_coach: Coach, amara: Pair, text: str
) -> None:
    warm_coach.log_session(
        amara, date(2026, 5, 5), "Between us: she keeps a second account in Lugano."
    )
    model = says(warm_coach, ScriptedModel(draft_of, remote=True), allowed=lambda _: True)
    _, reply = await turn(warm_coach, amara, text)
    assert model.sent == []
    assert reply.engine == "built-in"


@pytest.fixture
def snapshots() -> str:
    return (ROOT / "tests/integration/prompt-snapshot.txt").read_text("utf-8")


SLOTS = {
    "voice-model": ("who", "message", "guidance", "memory", "draft"),
    "propose-items": ("who", "note"),
    "session-summary": ("who", "important", "session"),
    "counterpart-line": ("character", "mood", "said", "line"),
}


def test_the_prompts_are_as_they_were_looked_at(snapshots: str) -> None:
    made = [
        f"##### {name}\n{one.system}\n=====\n{one.user}\n"
        for name, slots in SLOTS.items()
        for one in [render(name, **{slot: f"({slot})" for slot in slots})]
    ]
    assert "\n".join(made) == snapshots


def test_what_fills_a_slot_is_not_read_as_one() -> None:
    made = render("voice-model", who="{draft}", message="{{x}}", guidance="", memory="", draft="d")
    assert "The reader is {draft}." in made.user
    assert "{{x}}" in made.user
    assert parts("voice-model")[0] == made.system
