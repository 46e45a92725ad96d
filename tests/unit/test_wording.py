"""The built-in voice: which wording, and how slots are filled."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.conversation.wording import Voice, after_colon, fingerprint, nameless_in, role_in
from coach.library.slots import fill, needs_more

options = st.lists(st.text(max_size=8), min_size=1, max_size=6, unique=True)
likings = st.dictionaries(st.text(max_size=8), st.floats(-1, 1))


@given(options, likings)
def test_every_wording_is_used_once_before_any_is_used_again(
    lines: list[str], liking: dict[str, float]
) -> None:
    used: list[str] = []
    said = []
    for _ in range(2 * len(lines)):
        voice = Voice(used)
        said.append(voice.pick(lines, liking))
        used += voice.taken
    assert sorted(said[: len(lines)]) == sorted(lines)
    assert said[len(lines) :] == said[: len(lines)]


@given(options, likings)
def test_of_fresh_wordings_the_best_liked_comes_first(
    lines: list[str], liking: dict[str, float]
) -> None:
    best = max(liking.get(line, 0.0) for line in lines)
    assert liking.get(Voice().pick(lines, liking), 0.0) == best


def test_within_one_reply_a_wording_is_repeated_only_when_all_are_used() -> None:
    voice = Voice()
    assert [voice.pick("ab") for _ in range(2)] == ["a", "b"]
    assert voice.seen("a") is False
    assert Voice([fingerprint("a")]).seen("a") is True


def test_nothing_to_pick_from_is_nothing_said() -> None:
    voice = Voice()
    assert voice.pick([]) == ""
    assert voice.taken == []


def test_a_situation_of_the_voice_is_filled_in() -> None:
    said = Voice(name="Amara").say("second card", line="ask her")
    assert "ask her" in said
    assert "{" not in said
    with pytest.raises(KeyError):
        Voice().say("no such situation")


@pytest.mark.parametrize(
    ("text", "named", "unnamed"),
    [
        ("Ask {name} today.", "Ask Amara today.", "Ask the other person today."),
        ("Shall we, {name}?", "Shall we, Amara?", "Shall we?"),
        ("{name}, could we talk?", "Amara, could we talk?", "Could we talk?"),
        ("{name} knows.", "Amara knows.", "The other person knows."),
        ("Yes. {name} knows.", "Yes. Amara knows.", "Yes. The other person knows."),
        ("Yes. {name}, may I?", "Yes. Amara, may I?", "Yes. May I?"),
        ("{name}'s goal", "Amara's goal", "The other person's goal"),
        ("No slot", "No slot", "No slot"),
    ],
)
def test_filling_in_a_name_or_doing_without(text: str, named: str, unnamed: str) -> None:
    assert fill(text, "Amara") == named
    assert fill(text, "") == unnamed


@pytest.mark.parametrize(
    ("text", "her", "him"),
    [
        ("Ask {name} today.", "Ask her today.", "Ask him today."),
        ("{name} knows.", "The other person knows.", "The other person knows."),
        ("Ask about {name}'s goal.", "Ask about her goal.", "Ask about his goal."),
        ("Shall we, {name}?", "Shall we?", "Shall we?"),
    ],
)
def test_filling_in_a_pronoun(text: str, her: str, him: str) -> None:
    assert fill(text, "", nameless="her") == her
    assert fill(text, "", nameless="him") == him


@pytest.mark.parametrize(
    ("message", "spoken_of"),
    [("She cancels and I wait for her.", "her"), ("he is late", "him"), ("his goals", "him"),
     ("he says she is late", "the other person"), ("my mentor is late", "the other person"),
     ("where is the sheet, Heather?", "the other person")],
)  # fmt: skip
def test_someone_without_a_name_is_spoken_of_as_the_user_does(message: str, spoken_of: str) -> None:
    assert nameless_in(message) == spoken_of


@given(
    st.text(alphabet=st.characters(exclude_characters="{}"), max_size=12),
    st.lists(st.sampled_from(["{name}", ", {name}, ", "{name}'s", " a ", ". ", "? "])),
)
def test_no_name_slot_survives(name: str, parts: list[str]) -> None:
    assert "{name}" not in fill("".join(parts), name)


def test_other_slots_are_filled_or_left_to_be_seen() -> None:
    assert fill("{a} and {b}", "Amara", a="one") == "one and {b}"
    assert fill(r"{a}", "Amara", a=r"\1 {name}") == r"\1 {name}"


def test_lines_that_need_more_than_a_name() -> None:
    assert needs_more("How is {thread}?")
    assert needs_more("{name} and {goal}")
    assert not needs_more("How are you, {name}?")
    assert not needs_more("How are you?")


@pytest.mark.parametrize(
    ("text", "after"),
    [("Say it.", "say it."), ("I know.", "I know."), ("I'd say so.", "I'd say so."),
     ("SMART goals help.", "SMART goals help."), ("{name} knows.", "{name} knows."), ("", "")],
)  # fmt: skip
def test_going_on_behind_a_colon(text: str, after: str) -> None:
    assert after_colon(text) == after


@pytest.mark.parametrize(
    ("text", "fallback", "role"),
    [
        ("my mentee cancels", None, "mentor"),
        ("my new mentee cancels", "mentee", "mentor"),
        ("I'm mentoring someone", None, "mentor"),
        ("my mentor is late", "mentor", "mentee"),
        ("I am a mentee here", None, "mentee"),
        ("my mentor says that my mentee is right", "mentor", "mentor"),
        ("my mentor says that my mentee is right", None, None),
        ("what do mentors do?", "mentee", "mentee"),
        ("nothing said", None, None),
    ],
)
def test_whose_side_the_message_is_on(text: str, fallback: str | None, role: str | None) -> None:
    assert role_in(text, fallback) == role  # type: ignore[arg-type]


def test_a_mark_of_a_wording_is_short_and_does_not_show_it() -> None:
    assert re.fullmatch(r"[0-9a-f]{10}", fingerprint("My secret line"))
    assert fingerprint("a") != fingerprint("b")
