"""A chosen model beside the replies: it proposes, sums up, and words the counterpart's lines.

What it does wrong is left out, visibly, and the built-in engine's own work stands.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from coach.bootstrap import Coach, rehearsal
from coach.conversation.events import TurnFinished
from coach.conversation.voice import acting
from coach.conversation.voice.proposing import Proposed
from coach.memory.items import Draft
from coach.models.chat import ChatError, Failure, Prompt, estimated_tokens
from coach.models.chosen import choice_of, read_choice, write_choice
from coach.rehearsal.hearing import Ear
from coach.rehearsal.likeness import by_words
from coach.rehearsal.talk import Talk
from coach.storage.pairs import Pair
from tests.fakes import FakeReader
from tests.integration.test_models_voice import says
from tests.model_fakes import ScriptedModel, part

DAY = date(2026, 5, 4)
NOTE = """We met in the canteen, and it was a good hour.
Amara will send me the outline by Friday. She has been sleeping badly since the move.
The flat eats most of her evenings.
Between us: she keeps a second account in Lugano.
I said little today and let her think aloud."""
LONG = f"""{NOTE}
She told me at length how the outline came about. It began as a list of questions that she had for
her supervisor, and grew into a plan for the whole of the second chapter. The second chapter is the
part that worries her most, because the outline leaves the method open and the committee wants to
see the method first. We went through the method step by step. She knows the data well and the
method less well. I promised to look for a reader who knows the method. She would like to hear
from that reader before the committee meets on 22 May. We also talked about the flat, the neighbours
and the cat, which has settled in better than she has. At the end she was calmer than at the start.
Next time we want to begin with the outline and leave the flat for the end of the hour."""
HONEST = (
    "Amara will send you the outline by Friday. She has been sleeping badly since the move. "
    "You promised to look for a reader who knows the method."
)


@pytest.fixture
def amara(warm_coach: Coach, monkeypatch: pytest.MonkeyPatch) -> Pair:
    # By rules and words alone: likeness in a bag of hashed words would see things everywhere.
    monkeypatch.setattr(warm_coach, "_similarity", lambda: None)
    monkeypatch.setattr(rehearsal, "make_ear", lambda *_: Ear(FakeReader(), by_words))
    return warm_coach.add_pair("Amara Osei", "mentor")


def items(*found: tuple[str, str, str, str]) -> str:
    keys = ("kind", "about", "owner", "quote")
    return json.dumps({"items": [dict(zip(keys, one, strict=True)) for one in found]})


FLAT = ("struggle", "them", "", "The flat eats most of her evenings.")


async def proposed(coach: Coach, pair: Pair, model: ScriptedModel, **how: Any) -> Proposed:
    says(coach, model, **how)
    before = coach.remembered(pair)
    found = await coach.proposals(pair)
    assert found is not None
    assert coach.remembered(pair) == before  # nothing is kept unless the user says so
    return found


# -- richer noticing -------------------------------------------------------------------------------


async def test_what_a_model_points_at_is_proposed_and_kept_only_when_the_user_says_so(
    warm_coach: Coach, amara: Pair
) -> None:
    kept = warm_coach.log_session(amara, DAY, NOTE).items
    assert not any("evenings" in item.text for item in kept)
    found = await proposed(warm_coach, amara, ScriptedModel(lambda _: items(FLAT)))
    (draft,) = found.drafts
    assert (draft.kind, draft.about, draft.private) == ("struggle", "them", False)
    assert NOTE[draft.start : draft.end] == draft.quote
    assert "Amara" in draft.text
    (item,) = warm_coach.keep_proposed(amara, 1, found.drafts)
    assert (item.quote, item.session) == (draft.quote, 1)
    again = await proposed(warm_coach, amara, ScriptedModel(lambda _: items(FLAT)))
    assert again.drafts == ()


async def test_what_is_told_in_confidence_goes_to_no_remote_model(
    warm_coach: Coach, amara: Pair
) -> None:
    kept = warm_coach.log_session(amara, DAY, NOTE).items
    assert [item.private for item in kept if "Lugano" in item.text] == [True]
    secret = ("fact", "them", "", "she keeps a second account in Lugano")
    model = ScriptedModel(lambda _: items(secret, FLAT), remote=True)
    found = await proposed(warm_coach, amara, model, allowed=lambda _: True)
    (prompt,) = model.prompts
    assert FLAT[3] in prompt.user
    assert not any(word in prompt.user for word in ("Lugano", "Between us", "Amara", "Osei"))
    assert [draft.quote for draft in found.drafts] == [FLAT[3]]
    # The same words, told openly on another day, touch what is private: nothing goes at all.
    warm_coach.log_session(amara, date(2026, 5, 5), f"{FLAT[3]} She flies to Lugano soon.")
    assert "private" in (await proposed(warm_coach, amara, model, allowed=lambda _: True)).why
    assert len(model.prompts) == 1


def failing(failure: Failure) -> ScriptedModel:
    return ScriptedModel(lambda _: items(FLAT), fails=[ChatError(failure, "x")])


async def test_an_answer_that_is_none_is_told_and_what_is_half_of_one_is_half_used(
    warm_coach: Coach, amara: Pair
) -> None:
    kept = warm_coach.log_session(amara, DAY, NOTE).items
    wrong = ("win", "them", "", "The flat is sold.")
    second = ("fact", "both", "", "We met in the canteen, and it was a good hour.")
    cut = ChatError("cut-off", "x")
    fenced = f"Of course:\n```json\n{items(wrong, FLAT)}\n```\nAnything else?"
    for model, count, why in [
        (ScriptedModel(lambda _: fenced), 1, ""),
        (ScriptedModel(lambda _: items(FLAT, second)[:-30], dies=cut), 1, ""),
        (ScriptedModel(lambda _: items(FLAT)[:-30], dies=cut), 0, "cut off"),
        (ScriptedModel(lambda _: items(wrong)), 0, ""),
        (ScriptedModel(lambda _: ""), 0, "said nothing"),
        (ScriptedModel(lambda _: "I'm sorry, but I can't help with that."), 0, "bears out"),
        (ScriptedModel(lambda _: '{"items": "all of it"}'), 0, "bears out"),
        (ScriptedModel(lambda _: "<think>hm " + "x" * 400), 0, "said nothing"),
        (failing("down"), 0, "cannot be reached"),
        (failing("slow"), 0, "in time"),
        (failing("declined"), 0, "declined"),
        (failing("refused-key"), 0, "key"),
    ]:
        found = await proposed(warm_coach, amara, model)
        assert (len(found.drafts), why in found.why, bool(found.why)) == (count, True, bool(why))
    assert warm_coach.remembered(amara) == kept


async def test_a_note_goes_nowhere_before_that_is_allowed_and_within_its_bounds(
    warm_coach: Coach, amara: Pair
) -> None:
    write_choice(warm_coach.places, replace(choice_of("openai:gpt-5"), allowed=True))
    warm_coach.log_session(amara, DAY, NOTE + " We talked about the outline once more." * 150)
    model = ScriptedModel(lambda _: items(FLAT), remote=True)
    found = await proposed(warm_coach, amara, model)
    assert (model.sent, found.drafts) == ([], ())
    assert "--for notes" in found.why  # that replies may go says nothing of notes
    seen: list[Any] = []
    warm_coach.ask_leave = lambda payload, use: seen.append((payload, use)) is None
    proposer = warm_coach.proposer
    assert proposer is not None
    shown = await proposer.preview(amara, warm_coach.told(amara, warm_coach.session(amara)))
    assert len((await proposed(warm_coach, amara, model)).drafts) == 1
    assert model.sent == [*shown]
    assert len(shown) == 2  # all of a long note, in parts
    assert [one for one, _ in seen] == model.sent[:1]
    assert read_choice(warm_coach.places).lets("notes")
    assert not read_choice(warm_coach.places).lets("rehearsals")
    assert all(estimated_tokens(part(one, "note")) <= 1320 for one in model.prompts)
    warm_coach.settings = warm_coach.settings.model_copy(update={"model_daily_limit": 0.001})
    assert "limit for today" in (await proposed(warm_coach, amara, model)).why
    assert len(model.sent) == 2


MET = ("event", "both", "", "We met in the canteen.")
TOLD = f"How do I set a limit? She texts me late at night. {MET[3]}"


async def more(coach: Coach, pair: Pair, text: str) -> tuple[Draft, ...]:
    """What is pointed at in a message beside what its reply proposes; nothing is kept."""
    chat = coach.new_conversation(pair)
    async for event in coach.turn(chat, pair, text):
        last = event
    asked, reply = coach.history(chat)
    assert isinstance(last, TurnFinished)
    found = await coach.more_noticed(pair, asked.id, reply.id)
    before = [one.as_json() for one in last.reply.proposals]
    now = coach.history(chat)[-1].detail["proposals"]
    assert now == [*before, *(one.as_json() for one in found)]
    assert coach.remembered(pair) == []
    return found


async def test_of_a_message_too_a_model_points_at_more_once_it_is_answered(
    warm_coach: Coach, amara: Pair
) -> None:
    wrong = ("win", "them", "", "The flat is sold.")

    def script(prompt: Prompt) -> str:
        return items(wrong, MET) if prompt.schema else part(prompt, "draft")

    model = says(warm_coach, ScriptedModel(script))
    (draft,) = await more(warm_coach, amara, TOLD)
    assert (draft.quote, TOLD[draft.start : draft.end]) == (MET[3], MET[3])
    assert [bool(one.schema) for one in model.prompts] == [False, True]  # the answer comes first
    # What only asks tells nothing; a failure leaves what was noticed by rule.
    assert await more(warm_coach, amara, "How do I set a limit with her?") == ()
    assert not any(one.schema for one in model.prompts[2:])
    down = ScriptedModel(script, fails=[ChatError("broken", "x"), ChatError("broken", "x")])
    says(warm_coach, down)
    assert await more(warm_coach, amara, TOLD) == ()
    # A remote one is asked only where notes may go, and never about what is told in confidence.
    far = says(warm_coach, ScriptedModel(script, remote=True), allowed=lambda _: True)
    assert await more(warm_coach, amara, TOLD) == ()
    assert not any(one.schema for one in far.prompts)
    choice = replace(choice_of("openai:gpt-5"), allowed=True, allowed_for=("notes",))
    write_choice(warm_coach.places, choice)
    assert [one.quote for one in await more(warm_coach, amara, TOLD)] == [MET[3]]
    seen = len(far.prompts)
    assert await more(warm_coach, amara, f"Between us, she is ill. {TOLD}") == ()
    assert len(far.prompts) == seen
    # The built-in engine adds nothing.
    warm_coach.__dict__["speaker"] = None
    assert await more(warm_coach, amara, TOLD) == ()


# -- summaries -------------------------------------------------------------------------------------


async def test_without_a_model_a_session_is_summed_up_in_what_was_said(
    warm_coach: Coach, amara: Pair
) -> None:
    warm_coach.log_session(amara, DAY, LONG)
    found = await warm_coach.summary(amara)
    assert (found.engine, found.why, found.on) == ("built-in", "", "2026-05-04")
    assert 3 <= len(found.sentences) <= 5
    assert all(one.quote in LONG for one in found.sentences)
    assert await warm_coach.summary(amara, DAY) == found
    assert any(one.private for one in found.sentences) == any(
        "Lugano" in one.text for one in found.sentences
    )


async def test_a_model_sums_up_and_what_it_invents_is_dropped(
    warm_coach: Coach, amara: Pair
) -> None:
    warm_coach.log_session(amara, DAY, LONG)
    lie = "Amara has resigned from the committee in March. "
    model = says(warm_coach, ScriptedModel(lambda _: lie + HONEST))
    found = await warm_coach.summary(amara)
    assert found.engine == "scripted"
    assert [one.text for one in found.sentences] == HONEST.replace(". ", ".\n").split("\n")
    assert all(one.quote in LONG for one in found.sentences)
    told = sum(estimated_tokens(part(model.prompts[0], one)) for one in ("important", "session"))
    assert told <= 1310


async def test_where_a_model_does_not_sum_up_the_rules_do_and_say_so(
    warm_coach: Coach, amara: Pair
) -> None:
    warm_coach.log_session(amara, DAY, LONG)
    plain = await warm_coach.summary(amara)
    lies = "Amara flew to Peru. Bruno won the lottery twice."
    for model, why in [
        (ScriptedModel(lambda _: lies), "bears out"),
        (ScriptedModel(lambda _: ""), "said nothing"),
        (ScriptedModel(lambda _: "I'm sorry, I can't do that."), "bears out"),
        (ScriptedModel(lambda _: HONEST, fails=[ChatError("down", "x")]), "cannot be reached"),
        (ScriptedModel(lambda _: "Amara will", dies=ChatError("cut-off", "x")), "cut off"),
        (ScriptedModel(lambda _: HONEST, remote=True), "--for notes"),
    ]:
        says(warm_coach, model)
        found = await warm_coach.summary(amara)
        assert (found.sentences, found.engine) == (plain.sentences, "built-in")
        assert why in found.why


async def test_a_long_session_is_read_to_its_end_in_parts_within_the_budget(
    warm_coach: Coach, amara: Pair
) -> None:
    told = [
        f"On day {n} we went through step {n} of the method with the old data." for n in range(99)
    ]
    end = "Amara promised to bring the cake to the next meeting."
    warm_coach.log_session(amara, DAY, "\n".join([*LONG.splitlines(), *told, end]))

    def script(prompt: Prompt) -> str:
        said = part(prompt, "session").splitlines()
        return said[-1] if end in said[-1] or "step 9 " in "".join(said) else "Amara won a prize."

    model = says(warm_coach, ScriptedModel(script))
    summariser = warm_coach.summariser
    assert summariser is not None
    shown = await summariser.preview(amara, warm_coach.meeting(amara))
    found = await warm_coach.summary(amara)
    assert model.sent == [*shown]
    asked = [part(one, "session") for one in model.prompts]
    assert len(asked) >= 3
    assert all(f"step {n} " in "\n".join(asked) for n in range(99))
    assert all(
        sum(estimated_tokens(part(one, name)) for name in ("important", "session")) <= 1310
        for one in model.prompts
    )
    # Where the model says nothing that holds, the part's own words stand, and why is told.
    assert (found.engine, end in found.sentences[-1].quote) == ("scripted", True)
    assert "bears out" in found.why
    assert not any("prize" in one.text for one in found.sentences)


async def test_a_transcript_is_summed_up_with_who_said_what(
    warm_coach: Coach, amara: Pair, tmp_path: Any
) -> None:
    from coach.memory.transfer import import_turns

    said = [
        ("Amara", "I will send the outline before the committee meets in the second week."),
        ("me", "I can read the outline on the weekend before the committee meets."),
        ("Zoe", "Count me in for the committee and the outline."),
    ]
    file = tmp_path / "talk.jsonl"
    lines = [{"speaker": who, "text": text, "at": "2026-05-06"} for who, text in said]
    file.write_text("\n".join(map(json.dumps, lines)))
    import_turns(warm_coach.database, amara, file, None)
    model = says(warm_coach, ScriptedModel(lambda _: HONEST))
    found = await warm_coach.summary(amara, date(2026, 5, 6))
    texts = [one.text for one in found.sentences]
    assert texts[0].startswith("Amara will send the outline")
    assert texts[1].startswith("You can read the outline")
    assert texts[2].startswith("Zoe:")
    assert model.prompts == []  # a short one needs no other words


# -- the counterpart -------------------------------------------------------------------------------

MINE = "I would like to meet every second week, because a month is too long for me."


async def played(coach: Coach, pair: Pair, model: ScriptedModel | None, *said: str) -> Talk:
    coach.__dict__.pop("rehearsals", None)
    if model is None:
        coach.__dict__["speaker"] = None
    else:
        says(coach, model, allowed=lambda _: True)
    return await coach.rehearsals.play(coach.rehearsals.begin(pair, "more-time"), said or (MINE,))


async def test_a_model_words_the_line_and_nothing_else_changes(
    warm_coach: Coach, amara: Pair
) -> None:
    second = "I will prepare one question for each of them."
    plain = await played(warm_coach, amara, None, MINE, second)
    model = ScriptedModel(lambda prompt: f"Well. {part(prompt, 'line')}")
    worded = await played(warm_coach, amara, model, MINE, second)
    assert [turn.reply.shown for turn in worded.turns] == [
        f"Well. {turn.reply.text}" for turn in plain.turns
    ]
    assert [turn.reply.engine for turn in worded.turns] == ["scripted"] * 2
    assert (worded.theirs, worded.state, worded.ending) == (plain.theirs, plain.state, plain.ending)
    today = warm_coach.today
    scores = [warm_coach.rehearsals.finish(amara, talk, today).feedback for talk in (plain, worded)]
    assert [one.points for one in scores[0].messages] == [one.points for one in scores[1].messages]
    shown = [one for one in worded.as_json() if one["speaker"] == "them"]
    assert [one["engine"] for one in shown] == ["built-in", "scripted", "scripted"]


def changed(how: Callable[[str], str], **more: Any) -> ScriptedModel:
    return ScriptedModel(lambda prompt: how(part(prompt, "line")), **more)


async def test_a_wording_that_will_not_do_leaves_the_line_visibly(
    warm_coach: Coach, amara: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    for model, why in [
        (changed(lambda line: f"{line} My brother Zebedee is ill."), "bears out"),
        (changed(lambda line: f"{line} See http://bad.example"), "bears out"),
        (changed(lambda line: f"{line} Der Termin ist mir egal, das weißt du."), "bears out"),
        (changed(lambda line: f"{line} I will meet you daily, I promise."), "bears out"),
        (changed(lambda line: f"{line} " * 8), "bears out"),
        (changed(lambda _: "As an assistant I am unable to take part in this."), "bears out"),
        (changed(lambda _: ""), "said nothing"),
        (changed(str, fails=[ChatError("down", "x")]), "cannot be reached"),
        (changed(str, dies=ChatError("cut-off", "x")), "cut off"),
        (changed(str, hangs=True), "in time"),
    ]:
        if model.hangs:
            monkeypatch.setattr(acting, "SECONDS", 0.05)
        talk = await played(warm_coach, amara, model)
        assert talk.last.shown == talk.last.text
        assert (talk.last.engine, why in talk.last.why) == ("built-in", True)


async def test_a_rehearsal_goes_nowhere_before_that_is_allowed_nor_with_private_things(
    warm_coach: Coach, amara: Pair
) -> None:
    warm_coach.log_session(amara, DAY, NOTE)
    model = changed(str, remote=True)
    desk = warm_coach.rehearsals
    says(warm_coach, model)
    talk = await desk.play(desk.begin(amara, "more-time"), [MINE])
    assert "--for rehearsals" in talk.last.why
    says(warm_coach, model, allowed=lambda _: True)
    talk = desk.begin(amara, "guarded-mentee", from_memory=True, private=True)
    assert "private" in (await desk.play(talk, [MINE])).last.why
    assert model.sent == []
    talk = desk.begin(amara, "guarded-mentee", from_memory=True)
    assert not (await desk.play(talk, ["How are you, Amara?"])).last.why
    assert "Amara" not in model.prompts[0].user


async def test_what_the_chosen_model_needs_and_lacks_leaves_the_built_in_forms(
    warm_coach: Coach, amara: Pair, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm_coach.log_session(amara, DAY, LONG)
    file = tmp_path / "a.gguf"
    file.write_bytes(b"GGUF")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    write_choice(warm_coach.places, choice_of(str(file)))
    found = await warm_coach.proposals(amara)
    assert found is not None
    assert "not installed" in found.why
    assert "not installed" in (await warm_coach.summary(amara)).why
    desk = warm_coach.rehearsals
    talk = await desk.play(desk.begin(amara, "more-time"), [MINE])
    assert "not installed" in talk.last.why
    assert talk.last.shown
