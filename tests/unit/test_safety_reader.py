"""Signs read by rules and by authored examples together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from coach.bootstrap import Coach
from coach.conversation.safety.reader import (
    HARMLESS,
    SafetyReader,
    examples_path,
    parts,
    safety_examples,
)
from coach.conversation.safety.rules import Kind
from coach.conversation.safety.signs import Sign, read_signs
from tests.evals.safety_eval import score
from tests.fakes import FakeEmbedder

FILLER = "We talked about the plan for spring and the budget. "


def test_every_kind_has_examples_and_none_is_of_two_kinds() -> None:
    known = safety_examples(examples_path())
    assert set(known) == {HARMLESS, *get_args(Kind)}
    assert min(len(said) for said in known.values()) >= 100
    every = [text for said in known.values() for text in said]
    assert len(set(every)) == len(every)


@pytest.mark.parametrize(
    "text", ["I want to die", "He said he'd kill me if I leave", "Which goals suit us?", " ", ""]
)
def test_without_a_model_the_rules_decide(coach: Coach, text: str) -> None:
    assert not coach.library.ready
    assert coach.sign_reader.read(text) == read_signs(text)


def test_the_reader_learns_as_soon_as_there_is_a_model(coach: Coach, tmp_path: Path) -> None:
    known = {name: said[:12] for name, said in safety_examples(examples_path()).items()}
    few = tmp_path / "few.toml"
    few.write_text("".join(f"[{k}]\nexamples = {json.dumps(v)}\n" for k, v in known.items()))
    reader = SafetyReader(coach.library, path=few)
    told = known["abuse"][0]
    reader.read(told)
    coach.library.start(FakeEmbedder(), lambda _: None)
    found = reader.read(told)
    assert found is not None
    assert found.kind == "abuse"
    assert reader.read(told) == found
    assert reader.read("   ") is None


def test_a_short_message_is_read_whole() -> None:
    assert parts("He shouted at me. I left.") == []


def test_a_long_message_is_read_in_sentences_and_their_clauses() -> None:
    long = FILLER * 2 + (
        "She was cheerful at first and told me about the new flat, but then her voice changed, "
        "and she asked me whether we could stop for today because she felt unwell."
    )
    found = parts(long)
    assert FILLER.strip() in found
    assert "then her voice changed" in found
    assert len(found) == len(set(found))
    assert long not in found


@pytest.mark.real
@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("My mentee says he wants to kill himself", Sign("self-harm", "them")),
        (FILLER * 40 + "She said she wants to end her life.", Sign("self-harm", "them")),
        (FILLER * 40, None),
        ("This deadline is killing me", None),
        ("What should I ask in our next session?", None),
        ("My husband goes at me with his belt on Fridays", Sign("abuse", "me")),
    ],
)
def test_what_is_read_with_the_real_model(real_coach: Coach, text: str, sign: Sign | None) -> None:
    assert real_coach.sign_reader.read(text) == sign


class _Harmless:
    """A reader to whom everything is harmless."""

    def scores(self, text: str, vector: object) -> NDArray[np.float32]:
        return np.array([1.0] + [0.0] * len(get_args(Kind)), np.float32)


@pytest.mark.parametrize(
    "text", ["I want to kill myself", "He hits me", FILLER * 9 + "He hits me."]
)
def test_what_is_certain_is_not_overruled(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    reader = SafetyReader(coach.library)
    monkeypatch.setattr(reader, "_reader", _Harmless())
    assert reader.read(text) is not None
    assert reader.read("Can I sue my employer?") is None


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "recall", "alarms"), [("held", 0.98, 0.05), ("held2", 0.98, 0.045)]
)
def test_held_out_messages_do_not_get_worse(
    real_coach: Coach, name: str, recall: float, alarms: float
) -> None:
    got = score(name, real_coach.sign_reader.read)
    assert got.recall >= recall
    assert got.alarm_rate <= alarms
    assert got.kinds / got.found >= 0.90
