"""Rehearsals of a pair: tries are kept and compared, memory is asked, the command prints them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from coach.bootstrap import Coach
from coach.cli.main import run
from coach.errors import UsageError
from coach.memory.forget import forget_words
from coach.paths import Places
from coach.storage.pairs import Pair
from tests.fakes import FakeReader, load_fake

ON = date(2026, 3, 2)
FIRST = ["Could we meet every month instead of every two months?", "Okay, never mind then."]
LATER = [
    "Could we meet every month? I get stuck between our meetings and lose weeks.",
    "I'd come with an agenda the day before, you wouldn't have to prepare anything.",
]


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.bootstrap.rehearsal.make_reader", lambda *_: FakeReader())


@pytest.fixture
def rosa(coach: Coach) -> Pair:
    return coach.add_pair("Rosa Example", "mentee")


def rehearse(coach: Coach, pair: Pair, turns: list[str]) -> float:
    desk = coach.rehearsals
    talk = desk.replay(desk.begin(pair, "more-time"), turns)
    return desk.finish(pair, talk, ON).feedback.total


def test_a_later_try_is_compared_with_those_before(coach: Coach, rosa: Pair) -> None:
    desk = coach.rehearsals
    first = rehearse(coach, rosa, FIRST)
    talk = desk.replay(desk.begin(rosa, "more-time"), LATER)
    told = desk.finish(rosa, talk, ON)
    assert told.trend == (first, told.feedback.total)
    assert told.feedback.total > first
    assert f"After {first:g} of 3 the last time" in told.feedback.earlier
    assert [one.total for one in desk.tries(rosa, "more-time")] == list(told.trend)
    # The very same once more: the same score, and no further try.
    assert desk.finish(rosa, talk, ON).feedback.total == told.feedback.total
    assert len(desk.tries(rosa, "more-time")) == 2
    assert desk.tries(coach.add_pair("Tom Other", "mentee"), "more-time") == []


def test_only_the_users_own_words_are_kept_and_can_be_forgotten(coach: Coach, rosa: Pair) -> None:
    desk = coach.rehearsals
    talk = desk.replay(desk.begin(rosa, "more-time"), ["My cousin Balthasar has bought a boat."])
    desk.finish(rosa, talk, ON)
    desk.keep_words(rosa, talk, ON)
    kept = [
        paper.body for kind in ("rehearsal", "words") for paper in coach.papers.newest(rosa, kind)
    ]  # type: ignore[arg-type]
    assert "Balthasar" in str(kept)
    assert talk.turns[0].reply.text not in str(kept)
    assert "> My cousin Balthasar" in desk.words(rosa, "more-time")
    forget_words(coach.memory.store, rosa, "Balthasar")
    kept = [
        paper.body for kind in ("rehearsal", "words") for paper in coach.papers.newest(rosa, kind)
    ]  # type: ignore[arg-type]
    assert "Balthasar" not in str(kept)


def test_memory_is_asked_only_when_wanted_and_never_for_what_is_private(
    coach: Coach, rosa: Pair
) -> None:
    other = coach.add_pair("Tom Other", "mentee")
    coach.log_session(rosa, ON, "Rosa has a job interview on Friday. She has a viva on Monday.")
    viva = next(one for one in coach.remembered(rosa) if "viva" in one.text)
    coach.set_private(rosa, viva.id, private=True)
    coach.log_session(other, ON, "Tom has a driving test on Friday.")
    desk = coach.rehearsals
    assert desk.begin(rosa, "more-time").background.things == ()
    known = desk.begin(rosa, "more-time", from_memory=True)
    assert known.name == "Rosa Example"
    assert "a job interview" in known.background.things
    assert "viva" not in str(known.background.things)
    assert "driving" not in str(known.background.things)
    asked = desk.begin(rosa, "more-time", from_memory=True, private=True)
    assert "viva" in str(asked.background.things)
    # Somebody else than the pair's other person keeps their own name.
    assert desk.begin(rosa, "manager-asks", from_memory=True).name == "Carsten Vogt"


def test_a_paused_talk_is_taken_up_by_the_next_run(coach: Coach, rosa: Pair) -> None:
    coach.log_session(rosa, ON, "Rosa has a job interview on Friday.")
    desk = coach.rehearsals
    talk = desk.begin(rosa, "more-time", "hard", from_memory=True)
    for text in [*LATER, "Never mind."]:
        talk = desk.say(talk, text)
    talk = desk.rewind(talk)
    made = Coach(coach.places, coach.settings, load_embedder=load_fake)
    try:
        later = made.rehearsals
        assert later.has_paused(rosa)
        found = later.paused(rosa)
        assert found is not None
        assert (found.mine, found.theirs, found.level) == (talk.mine, talk.theirs, "hard")
        assert found.background.things == talk.background.things != ()
        assert not found.background.private
        assert talk.turns[0].reply.text not in str(made.papers.newest(rosa, "paused"))
        later.finish(rosa, found, ON)
        assert not later.has_paused(rosa)
        assert later.paused(rosa) is None
    finally:
        made.close()
    assert desk.paused(coach.add_pair("Tom Other", "mentee")) is None


def test_a_paused_talk_is_encrypted_and_can_be_forgotten(coach: Coach, rosa: Pair) -> None:
    desk = coach.rehearsals
    desk.say(desk.begin(rosa, "more-time"), "My cousin Balthasar has bought a boat.")
    assert b"Balthasar" not in coach.places.database.read_bytes()
    forget_words(coach.memory.store, rosa, "Balthasar")
    assert "Balthasar" not in str(coach.papers.newest(rosa, "paused"))


def test_a_level_that_there_is_not(coach: Coach, rosa: Pair) -> None:
    with pytest.raises(UsageError, match="easy, plain, hard"):
        coach.rehearsals.begin(rosa, "more-time", "brutal")


# -- the command --------------------------------------------------------------------------------


def test_scenarios_are_listed(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rehearse", "--list", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["scenarios"]
    assert len(found) >= 16
    assert {"id", "title", "for", "aim", "counterpart", "difficulties"} <= set(found[0])


@pytest.mark.slow
@pytest.mark.real
def test_turns_from_a_file(
    places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["pair", "add", "Rosa Example", "--as", "mentee"])
    plain, lines = tmp_path / "turns.txt", tmp_path / "turns.jsonl"
    plain.write_text("\n".join(LATER), encoding="utf-8")
    lines.write_text("\n".join(json.dumps({"text": t}) for t in LATER), encoding="utf-8")
    told = []
    capsys.readouterr()
    for file in (plain, lines):
        args = ["rehearse", "rosa", "--scenario", "more-time", "--turns", str(file), "--json"]
        assert run(args) == 0
        told.append(json.loads(capsys.readouterr().out))
    assert told[0]["transcript"] == told[1]["transcript"]
    assert [one["speaker"] for one in told[0]["transcript"]] == ["them", "me", "them", "me", "them"]
    found = told[0]["feedback"]
    assert found["messages"][0]["score"] >= 2
    assert found["messages"][0]["quote"] in LATER[0]
    assert {"worked", "try", "better", "earlier", "total"} <= set(found)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["rosa"], "no scenario is named"),
        (["--scenario", "more-time"], "no pair named"),
        (["rosa", "--scenario", "nope", "--turns", "T"], "there is no scenario 'nope'"),
        (["rosa", "--scenario", "more-time", "--turns", "missing"], "cannot be read"),
        (["rosa", "--scenario", "more-time", "--turns", "B"], ":2 is neither"),
        (["rosa", "--scenario", "more-time", "--turns", "T", "--difficulty", "x"], "no level 'x'"),
    ],
)
def test_wrong_use_is_told(
    args: list[str], says: str, places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "T").write_text("Hello.", encoding="utf-8")
    (tmp_path / "B").write_text('{"text": "Hello."}\n{"words": 1}', encoding="utf-8")
    run(["pair", "add", "Rosa Example", "--as", "mentee"])
    capsys.readouterr()
    given = [str(tmp_path / one) if one in {"T", "B"} else one for one in args]
    assert run(["rehearse", *given]) == 2
    seen = capsys.readouterr()
    assert says in seen.err
    assert seen.out == ""
