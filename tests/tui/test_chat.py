"""A conversation: streaming, sources, stopping, failing, and coming back to it."""

from __future__ import annotations

import pytest
from textual.widgets import Button, OptionList

from coach.conversation.events import TurnFailed
from coach.errors import CoachError
from coach.memory.items import Draft
from coach.paths import Places
from coach.tui.app import CoachApp
from coach.tui.widgets.messages import UserMessage
from coach.tui.widgets.sources import SourcesPanel

from .driving import (
    NARROW,
    WIDE,
    ask,
    chatting,
    open_chat,
    running,
    screen_text,
    visible,
    wait_until,
)
from .fakes import FakeCoach, Memory


def answers(app: CoachApp) -> list[str]:
    return [reply.text for reply in app.chat.reading.transcript.replies]


def panel(app: CoachApp) -> SourcesPanel:
    return app.chat.query_one(SourcesPanel)


async def test_an_answer_streams_and_its_source_opens_in_full(
    places: Places, fake: FakeCoach
) -> None:
    async with chatting(fake, places) as (app, pilot):
        fake.gate.clear()
        await ask(app, pilot, "How do I set limits?")
        await wait_until(pilot, lambda: "plainly what you can offer" in screen_text(app))
        assert "promised so far" not in screen_text(app)
        assert "**" not in screen_text(app)
        fake.gate.set()
        await wait_until(pilot, lambda: "promised so far" in screen_text(app))
        await wait_until(pilot, lambda: visible(panel(app)))
        await wait_until(pilot, lambda: "serves the other person better" in screen_text(app))
        assert "[argonne/honest-about-limits]" in screen_text(app)
        assert "Sources: Out of your depth? Say so; Trust comes first" in screen_text(app)


async def test_a_message_sent_while_an_answer_comes_is_next(
    places: Places, fake: FakeCoach
) -> None:
    async with chatting(fake, places) as (app, pilot):
        fake.gate.clear()
        await ask(app, pilot, "First?")
        await wait_until(pilot, lambda: fake.asked == ["First?"])
        await ask(app, pilot, "Second?")
        await wait_until(pilot, lambda: "next in line" in screen_text(app))
        fake.gate.set()
        await wait_until(pilot, lambda: len(fake.memory.messages) == 4)
        assert [m.text for m in fake.memory.messages if m.author == "user"] == fake.asked
        await wait_until(pilot, lambda: "next in line" not in screen_text(app))


async def test_choosing_an_earlier_answer_shows_its_sources(
    places: Places, fake: FakeCoach
) -> None:
    async with chatting(fake, places) as (app, pilot):
        await ask(app, pilot, "First?")
        await wait_until(pilot, lambda: panel(app).opened == "argonne/honest-about-limits")
        fake.citations = ("engage/build-trust",)
        await ask(app, pilot, "Second?")
        await wait_until(pilot, lambda: panel(app).opened == "engage/build-trust")
        await pilot.press("ctrl+up")
        await wait_until(pilot, lambda: panel(app).opened == "argonne/honest-about-limits")
        first, second = app.chat.reading.transcript.replies
        assert "selected" in first._heading()
        await pilot.click(second)
        await wait_until(pilot, lambda: panel(app).opened == "engage/build-trust")
        assert app.focused is app.chat.composer


async def test_the_list_of_sources_opens_another_one(places: Places, fake: FakeCoach) -> None:
    async with chatting(fake, places) as (app, pilot):
        await ask(app, pilot, "First?")
        await wait_until(pilot, lambda: visible(panel(app)))
        panel(app).query_one(OptionList).focus()
        await pilot.press("down")
        await wait_until(pilot, lambda: "Keep small promises" in screen_text(app))
        await pilot.press("x")
        assert app.chat.composer.text == "x"


async def test_a_chip_in_the_answer_opens_its_source(places: Places, fake: FakeCoach) -> None:
    async with chatting(fake, places) as (app, pilot):
        await ask(app, pilot, "First?")
        await wait_until(pilot, lambda: "[engage/build-trust]" in screen_text(app))
        await wait_until(pilot, lambda: panel(app).opened == "argonne/honest-about-limits")
        lines = screen_text(app).splitlines()
        y = max(n for n, line in enumerate(lines) if "[engage/build-trust]" in line)
        await pilot.click(offset=(lines[y].index("engage/build-trust") + 2, y))
        await wait_until(pilot, lambda: "Keep small promises" in screen_text(app))
        for title, citation in (
            ("Out of your depth", "argonne/honest-about-limits"),
            ("Trust comes first", "engage/build-trust"),
        ):
            lines = screen_text(app).splitlines()
            y = next(n for n, line in enumerate(lines) if "Sources: " in line)
            await pilot.click(offset=(lines[y].index(title) + 2, y))
            await wait_until(pilot, lambda wanted=citation: panel(app).opened == wanted)


async def test_escape_stops_the_answer_and_keeps_what_came(
    places: Places, fake: FakeCoach, memory: Memory
) -> None:
    async with chatting(fake, places) as (app, pilot):
        fake.gate.clear()
        await ask(app, pilot, "How do I set limits?")
        await wait_until(pilot, lambda: "build-trust" in screen_text(app))
        await pilot.press("escape")
        await open_chat(app, pilot)
        await wait_until(pilot, lambda: "Coach, stopped here" in screen_text(app))
        assert memory.messages[-1].status == "interrupted"
        assert "promised so far" not in memory.messages[-1].text
        await ask(app, pilot, "And now?")
        fake.gate.set()
        await wait_until(pilot, lambda: "promised so far" in screen_text(app))


async def test_quit_and_resume_shows_the_conversation(places: Places, memory: Memory) -> None:
    first = FakeCoach(memory)
    async with running(lambda: first, places) as (app, pilot):
        await open_chat(app, pilot)
        await ask(app, pilot, "How do I set limits?")
        await wait_until(pilot, lambda: len(memory.messages) == 2)
        await pilot.press("ctrl+q")
    async with chatting(FakeCoach(memory), places) as (app, pilot):
        await wait_until(pilot, lambda: "promised so far" in screen_text(app))
        assert "How do I set limits?" in screen_text(app)
        await wait_until(pilot, lambda: "serves the other person" in screen_text(app))
        await pilot.press("up")
        assert app.chat.composer.text == "How do I set limits?"


async def test_quitting_while_an_answer_comes_keeps_what_came(
    places: Places, fake: FakeCoach, memory: Memory
) -> None:
    async with chatting(fake, places) as (app, pilot):
        fake.gate.clear()
        await ask(app, pilot, "How do I set limits?")
        await wait_until(pilot, lambda: "build-trust" in screen_text(app))
        await pilot.press("ctrl+q")
    assert memory.messages[-1].status == "interrupted"
    async with chatting(FakeCoach(memory), places) as (app, pilot):
        await wait_until(pilot, lambda: "Coach, stopped here" in screen_text(app))


@pytest.mark.parametrize(
    "failure",
    [
        CoachError("Library", "the cards cannot be read", "Run coach doctor."),
        TurnFailed("Library", "the cards cannot be read", "Run coach doctor."),
    ],
)
async def test_a_failure_is_told_and_the_words_are_kept(
    places: Places, fake: FakeCoach, failure: CoachError | TurnFailed
) -> None:
    async with chatting(fake, places) as (app, pilot):
        fake.fail_with = failure
        await ask(app, pilot, "How do I set limits?")
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        await wait_until(pilot, lambda: app.chat.composer.text == "How do I set limits?")
        assert "You, not answered" in screen_text(app)
        assert "Library: the cards cannot be read. Run coach doctor." in screen_text(app)
        fake.fail_with = None
        await pilot.press("enter")
        await wait_until(pilot, lambda: len(answers(app)) == 1)


async def test_an_unexpected_failure_shows_no_traceback(places: Places, fake: FakeCoach) -> None:
    async with chatting(fake, places) as (app, pilot):
        fake.fail_with = ZeroDivisionError("secret detail")
        await ask(app, pilot, "How do I set limits?")
        await wait_until(pilot, lambda: len(app._notifications) == 1)
        await wait_until(pilot, lambda: app.chat.composer.text == "How do I set limits?")
        assert "Traceback" not in screen_text(app)
        assert "secret detail" not in screen_text(app)
        assert app.is_running


async def test_a_failure_does_not_replace_what_is_being_written(
    places: Places, fake: FakeCoach
) -> None:
    async with chatting(fake, places) as (app, pilot):
        fake.fail_with = CoachError("Library", "the cards cannot be read")
        fake.gate.clear()
        app.chat.composer.insert("First?")
        await pilot.press("enter", *"next")
        fake.gate.set()
        await wait_until(pilot, lambda: "not answered" in screen_text(app))
        assert app.chat.composer.text == "next"
        await pilot.press("up")
        assert app.chat.composer.text == "First?"


async def test_the_sources_take_turns_with_the_conversation_where_it_is_narrow(
    places: Places, fake: FakeCoach
) -> None:
    async with chatting(fake, places, NARROW) as (app, pilot):
        await ask(app, pilot, "How do I set limits?")
        await wait_until(pilot, lambda: app.chat.reading.transcript.selected)
        await wait_until(pilot, lambda: "Sources:" in screen_text(app))
        assert not visible(panel(app))
        await pilot.press("f3")
        await wait_until(pilot, lambda: visible(panel(app)))
        assert not visible(app.chat.reading.transcript)
        await wait_until(pilot, lambda: "serves the other person" in screen_text(app))
        await pilot.press("escape")
        await wait_until(pilot, lambda: visible(app.chat.reading.transcript))
        await pilot.resize_terminal(*WIDE)
        await wait_until(pilot, lambda: visible(panel(app)))
        await pilot.press("f3")
        await wait_until(pilot, lambda: not visible(panel(app)))
        await pilot.press("f3")
        await wait_until(pilot, lambda: visible(panel(app)))
        await pilot.resize_terminal(*NARROW)
        await wait_until(pilot, lambda: not visible(panel(app)))


async def test_an_example_is_asked_by_pressing_it(places: Places, fake: FakeCoach) -> None:
    async with chatting(fake, places, NARROW) as (app, pilot):
        await wait_until(pilot, lambda: len(app.chat.query("Welcome Button")) == 3)
        assert "Ask me about Amara" in screen_text(app)
        button = app.chat.query("Welcome Button").first(Button)
        await pilot.click(button)
        await wait_until(pilot, lambda: len(fake.memory.messages) == 2)
        assert fake.asked == [button.name]
        assert not app.chat.query("Welcome")


async def test_the_engines_state_is_on_the_screen(places: Places, fake: FakeCoach) -> None:
    fake.warm.clear()
    async with chatting(fake, places, NARROW) as (app, pilot):
        await wait_until(pilot, lambda: "preparing the model" in screen_text(app))
        await ask(app, pilot, "Does it work already?")
        await wait_until(pilot, lambda: len(answers(app)) == 1)
        fake.warm.set()
        await wait_until(pilot, lambda: "preparing the model" not in screen_text(app))


async def test_what_an_answer_had_to_do_without_is_said(places: Places, fake: FakeCoach) -> None:
    fake.degraded = "answering without sources"
    async with chatting(fake, places) as (app, pilot):
        await ask(app, pilot, "How do I set limits?")
        await wait_until(pilot, lambda: "answering without sources" in screen_text(app))


async def test_a_source_that_is_gone_is_left_out(places: Places, fake: FakeCoach) -> None:
    fake.citations = ("doc-gone#1", "engage/build-trust")
    async with chatting(fake, places) as (app, pilot):
        await ask(app, pilot, "How do I set limits?")
        await wait_until(pilot, lambda: panel(app).opened == "engage/build-trust")


async def test_a_long_conversation_is_shown_by_and_by(
    places: Places, fake: FakeCoach, memory: Memory
) -> None:
    conversation = fake.resume(memory.pairs[0])
    for number in range(40):
        memory.add_message(conversation, "user", f"question {number}")
        memory.add_message(conversation, "coach", f"answer {number}")
    async with chatting(fake, places) as (app, pilot):
        assert app.chat.query(UserMessage).first().text == "question 34"
        app.chat.query_one("#earlier", Button).press()
        await wait_until(pilot, lambda: app.chat.query(UserMessage).first().text == "question 28")
        assert answers(app) == [f"answer {number}" for number in range(28, 40)]


async def test_the_last_message_is_answered_again_or_changed(
    places: Places, fake: FakeCoach, memory: Memory
) -> None:
    async with chatting(fake, places) as (app, pilot):
        await ask(app, pilot, "How do I set limts?")
        await wait_until(pilot, lambda: len(memory.messages) == 2 and not app.chat.busy)
        fake.pieces = ["Another answer."]
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "Another answer." in answers(app) and not app.chat.busy)
        assert [m.text for m in memory.messages] == ["How do I set limts?", "Another answer."]
        await pilot.press(*"Also", "ctrl+l")
        await wait_until(pilot, lambda: "In place of your last message" in screen_text(app))
        assert app.chat.composer.text == "How do I set limts?"
        await pilot.press("escape")
        assert (app.chat.editing, app.chat.composer.text) == (False, "Also")
        await pilot.press("ctrl+l")
        app.chat.composer.put("How do I set limits?")
        await pilot.press("enter")
        await wait_until(pilot, lambda: memory.messages[0].text == "How do I set limits?")
        await wait_until(pilot, lambda: not app.chat.busy)
        assert len(app.chat.query(UserMessage)) == len(answers(app)) == 1
        assert app.chat.composer.text == "Also", "what was being written before is still there"


async def test_an_answer_is_copied_as_plain_text(places: Places, fake: FakeCoach) -> None:
    async with chatting(fake, places) as (app, pilot):
        await ask(app, pilot, "How do I set limits?")
        await wait_until(pilot, lambda: "promised so far" in screen_text(app))
        await pilot.press("ctrl+g")
        assert app.clipboard == (
            "Tell them plainly what you can offer, and keep it.\n\nWhat have you promised so far?"
        )


async def test_what_an_answer_took_from_memory_opens_with_its_quote(
    places: Places, fake: FakeCoach, memory: Memory
) -> None:
    quote = "She has her *viva* on Friday"
    draft = Draft("event", "them", None, "The viva", quote, 0, len(quote))
    item = fake.add_item(memory.pairs[0], draft, session=3)
    chat = fake.new_conversation(memory.pairs[0])
    memory.add_message(chat, "user", "What comes up?")
    memory.add_message(chat, "coach", "Her viva.", detail={"items": [item.id, 999]})
    async with chatting(fake, places) as (app, pilot):
        await wait_until(pilot, lambda: "From memory: The viva" in screen_text(app))
        lines = screen_text(app).splitlines()
        y = next(n for n, line in enumerate(lines) if "From memory" in line)
        await pilot.click(offset=(lines[y].index("The viva") + 2, y))
        await wait_until(pilot, lambda: quote in screen_text(app))
        assert "1 memory of the selected answer" in screen_text(app)
        assert "session 3" in screen_text(app)


async def test_what_cannot_be_replaced_is_not_lost(
    places: Places, fake: FakeCoach, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise CoachError("Storage", "the disk is full", "Make room.")

    async with chatting(fake, places) as (app, pilot):
        await ask(app, pilot, "How do I set limits?")
        await wait_until(pilot, lambda: len(memory.messages) == 2 and not app.chat.busy)
        monkeypatch.setattr(fake, "take_back", refuse)
        await pilot.press("ctrl+l", *"!", "enter")
        await wait_until(pilot, lambda: "the disk is full" in screen_text(app))
        assert app.chat.composer.text == "How do I set limits?!"
        assert len(memory.messages) == 2
