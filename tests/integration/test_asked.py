"""What was asked rests, and what was asked twice does not come back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.bootstrap import Coach
from coach.conversation.asked import note_asked, read_asked
from coach.conversation.memory_intents import memory_request
from coach.conversation.wording import Voice
from coach.memory.continuity import WEIGHTS
from coach.memory.items import Draft, Item, Noticed
from coach.storage.conversations import Message
from coach.storage.pairs import Pair

Json = dict[str, Any]
Run = Callable[..., Json]
DAY = date(2026, 5, 4)

SENTENCES = (
    ("event", "She presents the audit to her board on 8 May.", date(2026, 5, 8)),
    ("struggle", "She is still afraid of the weekly stand-up.", None),
    ("goal", "She wants to run her own team.", None),
)


@pytest.fixture
def rosa(coach: Coach) -> Pair:
    """A pair with three threads, said on 4 May 2026."""
    pair = coach.add_pair("Rosa Lind", "mentor")
    text = " ".join(said for _, said, _ in SENTENCES)
    drafts = []
    for kind, said, when in SENTENCES:
        start = text.index(said)
        words = said.replace("She", "Rosa").rstrip(".")
        owner = "them" if kind == "goal" else None
        drafts.append(
            Draft(kind, "them", owner, words, said, start, start + len(said), when)  # type: ignore[arg-type]
        )
    coach.memory.store.add_session(pair, DAY, text, Noticed(tuple(drafts)))
    return pair


def find(coach: Coach, pair: Pair, word: str) -> Item:
    [one] = [item for item in coach.memory.store.items(pair) if word in item.text]
    return one


def waiting(coach: Coach, pair: Pair, on: date) -> set[int]:
    return {key for one in coach.memory.follow_ups(pair, on, 30) for key in one.items}


def test_looking_changes_nothing(coach: Coach, rosa: Pair) -> None:
    on = date(2026, 5, 11)
    first = coach.memory.follow_ups(rosa, on, 5)
    assert coach.memory.follow_ups(rosa, on, 5) == first
    assert all(item.surfaced == 0 for item in coach.memory.store.items(rosa))


def test_what_was_asked_rests_comes_back_and_then_stays_away(coach: Coach, rosa: Pair) -> None:
    fear = find(coach, rosa, "stand-up").id
    on = date(2026, 5, 5)
    for time in (1, 2):
        assert fear in waiting(coach, rosa, on)
        [item] = coach.memory.asked(rosa, [fear], on)
        assert (item.surfaced, item.surfaced_on) == (time, on)
        assert fear not in waiting(coach, rosa, on + timedelta(days=WEIGHTS.rest_days - 1))
        on += timedelta(days=WEIGHTS.rest_days)
    assert fear not in waiting(coach, rosa, on)


def test_asking_can_be_taken_back(coach: Coach, rosa: Pair) -> None:
    before = waiting(coach, rosa, DAY)
    fear = find(coach, rosa, "stand-up").id
    coach.memory.asked(rosa, [fear], DAY)
    assert coach.memory.not_asked(rosa, fear).surfaced_on is None
    assert waiting(coach, rosa, DAY) == before
    assert coach.memory.not_asked(rosa, fear).surfaced == 0


def test_the_items_of_one_thread_rest_and_wake_together(coach: Coach, rosa: Pair) -> None:
    said = "She told me again that she is afraid of the weekly stand-up."
    again = Draft("struggle", "them", None, "Rosa is afraid of the weekly stand-up", said,
                  0, len(said))  # fmt: skip
    on = DAY + timedelta(days=2)
    coach.memory.store.add_session(rosa, on, said, Noticed((again,)))
    [thread] = [one for one in coach.memory.follow_ups(rosa, on, 30) if "stand-up" in one.topic]
    ids = {item.id for item in coach.memory.store.items(rosa) if "stand-up" in item.text}
    assert set(thread.items) == ids
    coach.memory.asked(rosa, [thread.items[-1]], on)
    assert not ids & waiting(coach, rosa, on)
    coach.memory.not_asked(rosa, thread.items[-1])
    assert ids <= waiting(coach, rosa, on)


# -- the chat -------------------------------------------------------------------


def told(coach: Coach, pair: Pair, text: str, *history: Message) -> tuple[str, tuple[int, ...]]:
    """What the chat makes of ``text``, said on 5 May."""
    today = DAY + timedelta(days=1)
    request = memory_request(text, pair.first_name, today)
    assert request is not None
    assert request.name == "asked"
    return note_asked(coach.memory, pair, today, request.about, history, Voice(name="Rosa"))


def shown(coach: Coach, *ids: int) -> Message:
    """A reply that showed these items."""
    return Message(1, 1, "coach", "...", "complete", coach_now(), {"items": list(ids)})


def coach_now() -> Any:
    from datetime import UTC, datetime

    return datetime(2026, 5, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("I asked her about the stand-up", "stand-up"),
        ("Asked her how the audit is coming along.", "audit"),
        ("I've brought up her own team with Rosa, but she changed the subject", "team"),
        ("we talked to her about running a team yesterday", "team"),
        ("I did ask her whether the board liked the audit. No answer so far.", "audit"),
    ],
)
def test_word_of_asking_lets_the_thread_rest(
    coach: Coach, rosa: Pair, text: str, word: str
) -> None:
    reply, ids = told(coach, rosa, text)
    item = find(coach, rosa, word)
    assert ids == (item.id,)
    assert item.text in reply
    assert item.surfaced_on == (DAY if "yesterday" in text else DAY + timedelta(days=1))
    others = [one for one in coach.memory.store.items(rosa) if one.id != item.id]
    assert not any(one.surfaced for one in others)


def test_that_is_what_was_shown_last(coach: Coach, rosa: Pair) -> None:
    audit, fear = (find(coach, rosa, word).id for word in ("audit", "stand-up"))
    assert told(coach, rosa, "asked her that, no answer", shown(coach, fear))[1] == (fear,)
    reply, ids = told(coach, rosa, "I asked her that", shown(coach, audit, fear))
    assert set(ids) == {audit, fear}
    assert f"- {fear}: " in reply
    assert find(coach, rosa, "audit").surfaced == 0, "it asks which, and marks nothing"
    assert told(coach, rosa, "I asked her about the first one", shown(coach, audit, fear))[1] == (
        audit,
    )
    assert told(coach, rosa, f"I asked about number {fear}")[1] == (fear,)
    assert set(told(coach, rosa, "I asked her all of them", shown(coach, audit, fear))[1]) == {
        audit, fear,
    }  # fmt: skip


def test_the_second_time_it_says_that_it_stays_away(coach: Coach, rosa: Pair) -> None:
    fear = find(coach, rosa, "stand-up").id
    coach.memory.asked(rosa, [fear], DAY - timedelta(days=20))
    assert "twice" in told(coach, rosa, "I asked her about the stand-up, no luck")[0]


def test_what_is_not_known_marks_nothing(coach: Coach, rosa: Pair) -> None:
    reply, ids = told(coach, rosa, "I asked her about the helicopter")
    assert ids == ()
    assert "nothing" in reply.lower()
    coach.memory.store.done(rosa, find(coach, rosa, "stand-up").id, DAY)
    assert told(coach, rosa, "I asked her about the stand-up")[1] == ()
    assert not any(item.surfaced for item in coach.memory.store.items(rosa))


@pytest.mark.parametrize(
    "text",
    [
        "I asked her to send me the slides", "How do I ask her about the stand-up?",
        "I never asked her about the flat", "I have not asked her about the flat yet",
        "I'll ask her about the flat", "I asked him about the job and he got angry with me",
        "I asked her about the flat. How should I go on?", "I asked for a raise",
        "I brought up the move with my boss", "She asked me about the flat",
    ],
)  # fmt: skip
def test_other_talk_of_asking_is_no_such_word(text: str) -> None:
    assert memory_request(text, "Rosa", DAY) is None


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    asked = read_asked(text)
    assert asked is None or asked.about


# -- the command ------------------------------------------------------------------


def test_the_command_marks_and_takes_back(
    ok: Run, tmp_path: Path, fails: Callable[..., str]
) -> None:
    ok("pair", "add", "Rosa Lind", "--as", "mentor")
    note = tmp_path / "note.md"
    note.write_text("She presents the audit to her board on 8 May. She wants to run a team.")
    logged = ok("log", "rosa", "--on", "2026-05-04", "--file", str(note))["noticed"]
    audit = next(one["id"] for one in logged if "audit" in one["text"])
    twice = [ok("followups", "rosa", "--on", "2026-05-11") for _ in range(2)]
    assert twice[0] == twice[1]
    done = ok("memory", "asked", "rosa", str(audit), "--on", "2026-05-11")["item"]
    assert (done["asked"], done["asked_on"]) == (1, "2026-05-11")
    after = ok("followups", "rosa", "--on", "2026-05-12")["followups"]
    assert audit not in {key for one in after for key in one["items"]}
    undone = ok("memory", "asked", "rosa", str(audit), "--off")["item"]
    assert (undone["asked"], undone["asked_on"]) == (0, None)
    fails(2, "memory", "asked", "rosa", "999")
