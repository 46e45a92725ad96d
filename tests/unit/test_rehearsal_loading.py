"""Scenarios as data: those that ship, and what is said of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import CoachError, NotFoundError
from coach.paths import content_root
from coach.rehearsal.loading import LEAST_LINES, common, load, scenario, scenarios
from coach.rehearsal.scenario import OVER
from coach.rehearsal.state import LEVELS, State

SHIPPED = scenarios()
ALL = {
    "first-meeting", "setting-expectations", "more-time", "less-time", "missed-promise",
    "not-knowing", "hard-feedback", "feedback-to-mentor", "guarded-mentee", "mentor-only-talks",
    "odd-hours", "disagreeing", "something-personal", "manager-asks", "changing-the-goal",
    "celebrating", "ending-well", "introduction",
}  # fmt: skip


def test_the_scenarios_are_there_for_both_roles() -> None:
    assert {one.id for one in SHIPPED} == ALL
    assert {one.role for one in SHIPPED} == {"mentor", "mentee"}
    with pytest.raises(NotFoundError, match="more-time"):
        scenario("more-tme")


@pytest.mark.parametrize("one", SHIPPED, ids=lambda one: one.id)
def test_a_scenario_can_be_played_from_end_to_end(one: object) -> None:
    made = scenario(getattr(one, "id"))  # noqa: B009
    assert sum(len(line.says) for line in made.lines) >= LEAST_LINES
    heard = {*made.cues, *common().cues, *common().moves}
    for beat in made.beats[1:]:
        assert beat.after, f"nothing leads to {beat.name}"
        # Whoever gets there is answered by a line of that beat, whatever led there.
        entry = [line for line in made.lines if beat.name in line.beats]
        assert any(not line.to for line in entry) or {c for line in entry for c in line.to} >= set(
            beat.after
        )
    assert all(to in heard for line in made.lines for to in line.to)
    over = [text for line in made.lines if OVER in line.beats for text in line.says]
    assert len(over) >= 2
    taught = {model.skill for model in made.models}
    assert taught & set(made.skills)
    texts = [text for line in made.lines for text in line.says]
    assert max(map(len, texts)) < 320
    assert not [text for text in texts if text.count("!") > 1]


def test_each_temperament_answers_whatever_is_done() -> None:
    reactions = {
        "nonsense", "repeat", "over-the-limit", "blame", "insult", "lecture", "pressure", "own",
        "apology", "complex_reflection", "simple_reflection", "affirmation", "advice_unasked",
        "thanks", "greeting", "goodbye", "avoiding", "ask-why", "ask-when", "ask-what", "ask-how",
        "their-view", "tell-me-more", "request", "expectation",
    }  # fmt: skip
    for voice, lines in common().lines.items():
        answered = {to for line in lines for to in line.to}
        assert answered >= reactions, voice
        assert len(next(line.says for line in lines if not line.to)) >= 6


def test_levels_differ_in_the_right_direction() -> None:
    easy, plain, hard = (common().levels[level] for level in LEVELS)
    begun = [State().moved(one.start).openness for one in (easy, plain, hard)]
    assert begun == sorted(begun, reverse=True)
    assert easy.ups > plain.ups > hard.ups
    assert easy.downs < plain.downs < hard.downs
    assert hard.pushes > plain.pushes


GOOD = (content_root() / "knowledge" / "scenarios" / "more-time.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ('for = "mentee"', 'for = "boss"', "for", "choose one of them"),
        ('id = "more-time"', 'id = "other"', "id", "the file's own name"),
        ('temperament = "brisk"', 'temperament = "grumpy"', "counterpart.temperament", "brisk"),
        ("warmth = 0.5,", "warmth = 1.5,", "counterpart.start.warmth", "from 0 to 1"),
        ('skills = ["ask",', 'skills = ["beg",', "skills", "'beg' is none of"),
        ('after = ["ask"]', 'after = ["asking"]', "beats[2].after", "'asking' is none of"),
        ('if = "openness > 0.5"', 'if = "openess > 0.5"', "beats[3].if", "no condition"),
        ('"six/set-limits", "argonne', '"six/no-such-card", "argonne', "card", "no card"),
        ('to = "opening"\n', "", "lines", "opens the talk"),
        ('in = "over"', 'in = "closing"', "lines", "ends the talk"),
        ("What's first?", "What's {frist}?", "say", "{frist}"),
        ("effect = { patience = 0.03 }", "efect = { patience = 0.03 }", "efect", "rename it"),
        ('title = "Asking for more time"', "", "title", "a text is needed"),
        ('title = "Asking', 'title = Asking', "the file", "cannot be read as TOML"),
    ],
)  # fmt: skip
def test_a_wrong_scenario_says_where_and_what_to_do(
    tmp_path: Path, old: str, new: str, key: str, says: str
) -> None:
    assert old in GOOD
    path = tmp_path / "more-time.toml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CoachError) as caught:
        load(path)
    assert str(path) in caught.value.what
    assert key in caught.value.what
    assert says in caught.value.what
    assert "docs/rehearsal.md" in caught.value.remedy


def test_the_users_own_scenarios_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    own = GOOD.replace('id = "more-time"', 'id = "our-own"', 1)
    (folder / "our-own.toml").write_text(own, encoding="utf-8")
    assert "our-own" in {one.id for one in scenarios(tmp_path)}
    (folder / "more-time.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(CoachError, match="there is a scenario 'more-time' already"):
        scenarios(tmp_path)
