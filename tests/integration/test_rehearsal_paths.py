"""Whole talks with the real reader: where they get to, what a reply is to, what they score."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from coach.bootstrap import Coach
from coach.bootstrap.rehearsal import make_ear
from coach.rehearsal.counterpart import Reply
from coach.rehearsal.feedback import feedback
from coach.rehearsal.hearing import Ear
from coach.rehearsal.loading import scenario, scenarios
from coach.rehearsal.scoring import score
from coach.rehearsal.state import FEELINGS
from coach.rehearsal.talk import Talk, begin, replay

pytestmark = pytest.mark.real
DATA = Path(__file__).resolve().parent.parent / "evals" / "rehearsal"
PATHS = tomllib.loads((DATA / "paths.toml").read_text(encoding="utf-8"))["paths"]
PAIRS = [
    (name, one, other)
    for name, table in tomllib.loads((DATA / "paraphrases.toml").read_text("utf-8")).items()
    for one, other in table["pairs"]
]
QUICK = {("more-time", "well done"), ("guarded-mentee", "lectures"), ("hard-feedback", "verdict")}


@pytest.fixture(scope="module")
def ear(real_coach: Coach) -> Ear:
    return make_ear(real_coach, real_coach._embed_public)


def paths() -> list[Any]:
    return [
        pytest.param(
            one,
            id=f"{one['scenario']}: {one['name']} ({one['level']})",
            marks=() if (one["scenario"], one["name"]) in QUICK else pytest.mark.slow,
        )
        for one in PATHS
    ]


def test_there_are_enough_paths() -> None:
    assert len(PATHS) >= 60
    assert {one["scenario"] for one in PATHS} == {one.id for one in scenarios()}
    assert len(PAIRS) >= 60


@pytest.mark.parametrize("path", paths())
def test_path(path: dict[str, Any], ear: Ear) -> None:
    talk = replay(begin(scenario(path["scenario"]), path["level"]), path["turns"], ear)
    names = [one.name for one in talk.scenario.beats]
    if "beat" in path and path["name"] == "well done":
        assert names.index(talk.beat) >= names.index(path["beat"])
    elif "beat" in path:
        assert talk.beat == path["beat"]
    for feeling in FEELINGS:
        moved = getattr(talk.state, feeling) - getattr(talk.start, feeling)
        assert (moved > 0) == (path[feeling] == "up") if feeling in path else True
    for turn, to in path.get("replies", {}).items():
        assert to in talk.turns[int(turn) - 1].reply.to
    found = feedback(talk, lambda _: "")
    low, high = path.get("total", [0, 3])
    counted = [one.points for one in found.messages if one.counted] or [
        one.points for one in found.messages
    ]
    assert low <= sum(counted) / len(counted) <= high
    assert found.total <= sum(counted) / len(counted) + 0.01
    for turn in path.get("zero", []):
        assert found.messages[turn - 1].points == 0
    said = [turn.reply.text for turn in talk.turns]
    assert len(set(said)) == len(said)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "one", "other"), PAIRS)
def test_paraphrases_score_within_a_point(name: str, one: str, other: str, ear: Ear) -> None:
    def points(text: str) -> int:
        return score(replay(begin(scenario(name), "plain"), [text], ear), 0).points

    assert abs(points(one) - points(other)) <= 1


def replies(name: str, table: dict[str, Any], ear: Ear) -> list[tuple[Reply, set[str]]]:
    """The reply to each of ten messages at one beat, and what a sensible one may be to."""
    said = table.get("after", [])
    begun = begin(scenario(name), "plain")
    return [(replay(begun, [*said, text], ear).last, set(to)) for text, *to in table["turns"]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "least", "different"), [("turns", 0.86, 8), ("turns-fresh", 0.68, 4)]
)
def test_different_messages_at_one_beat_get_sensibly_different_replies(
    file: str, least: float, different: int, ear: Ear
) -> None:
    tables = tomllib.loads((DATA / f"{file}.toml").read_text("utf-8"))
    assert set(tables) == {one.id for one in scenarios()}
    told = {name: replies(name, table, ear) for name, table in tables.items()}
    every = [one for found in told.values() for one in found]
    fitting = sum(bool(to & set(reply.to)) for reply, to in every)
    assert fitting >= least * len(every)
    distinct = {name: len({reply.text for reply, _ in found}) for name, found in told.items()}
    assert sum(distinct.values()) >= different * len(told)
    assert min(distinct.values()) >= different - 2


HUMAN = [
    ("My mother died in the spring.", "loss"),
    ("My gran passed away at the weekend.", "loss"),
    ("Are you a robot?", "in-earnest"),
    ("Who else is going to hear about this?", "who-hears"),
    ("I think I've made a complete mess of this.", "own-doubt"),
]


@pytest.mark.slow
def test_what_anybody_would_react_to_is_reacted_to(ear: Ear) -> None:
    found = [
        (one.id, text, replay(begin(one, "plain"), [text], ear).last.to, to)
        for one in scenarios()
        for text, to in HUMAN
    ]
    assert sum(to in reply for _, _, reply, to in found) >= 0.9 * len(found), found
    said = ["I'd like to meet every two weeks.", HUMAN[0][0]]
    told = replay(begin(scenario("more-time"), "plain"), said, ear)
    kept = feedback(told, lambda _: "")
    assert [one.counted for one in kept.messages] == [True, False]
    assert kept.better is None or HUMAN[0][0] not in kept.better.instead_of


@pytest.mark.slow
@pytest.mark.parametrize("one", scenarios(), ids=lambda one: one.id)
def test_copied_and_empty_texts_score_nothing(one: Any, ear: Ear) -> None:
    begun: Talk = begin(one, "plain")
    taken = max((text for line in one.lines for text in line.says), key=len)
    model = max((line.say.replace("{name}", begun.called) for line in one.models), key=len)
    talk = replay(begun, [begun.opening.text, "", taken, one.aim, model, "!!! ??"], ear)
    assert [score(talk, place).points for place in range(len(talk.turns))] == [0] * len(talk.turns)
    assert len(talk.turns) >= 3


WHOLE = next(
    one["turns"] for one in PATHS if (one["scenario"], one["name"]) == ("more-time", "well done")
)


def test_one_good_message_is_not_yet_a_good_talk(ear: Ear) -> None:
    totals = [
        feedback(replay(begin(scenario("more-time"), "plain"), turns, ear), lambda _: "")
        for turns in (WHOLE[:1], WHOLE[:2], WHOLE)
    ]
    assert [one.total for one in totals] == sorted(one.total for one in totals)
    assert totals[0].total <= 1.0
    assert totals[0].left > 0 == totals[-1].left
    assert "counts as one message without points" in totals[0].earlier


ELSEWHERE = (
    "You sound worn out by all this rain.", "It must be lonely for the goldfish in that bowl.",
    "So you felt cheated when the referee gave that penalty.",
    "You feel sad that the summer is over.",
    "It sounds as if your neighbour's dog really gets on your nerves.",
    "So you're disappointed with the new season of that series.",
    "That must have been frustrating, standing in line for the concert.",
    "So your cat makes you happy and furious at once.",
)  # fmt: skip


@pytest.mark.slow
def test_a_feeling_named_about_something_else_never_earns_full_points(ear: Ear) -> None:
    points = [
        score(replay(begin(one, "plain"), [text], ear), 0).points
        for one in scenarios()
        for text in ELSEWHERE
    ]
    assert max(points) < 3
    assert sum(one > 1 for one in points) <= 0.15 * len(points)


BESIDE = (
    "What do you think about the football last night?",
    "So you feel tired of all this rain, it sounds as if it never ends.",
    "I'm sorry I forgot the milk, I'll buy some tomorrow.",
    "I would like to book a table for four on Friday evening.",
    "You should try the new bakery, their bread is great.",
    "My cousin has bought a boat and we will sail it in summer.",
)


@pytest.mark.slow
@pytest.mark.parametrize("one", scenarios(), ids=lambda one: one.id)
def test_what_is_beside_the_matter_earns_little(one: Any, ear: Ear) -> None:
    points = [score(replay(begin(one, "plain"), [text], ear), 0).points for text in BESIDE]
    # A feeling that is named well can be taken for one about the matter; all in all it is little.
    assert sum(points) <= len(points) + 2
    assert sum(one > 1 for one in points) <= 2
