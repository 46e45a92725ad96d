"""Search quality with the real model, on the half of our set that nothing was tuned on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from coach.bootstrap import Coach
from tests.conftest import ROOT

pytestmark = pytest.mark.real

_EVALS = ROOT / "tests" / "evals" / "library"


@dataclass(frozen=True)
class Quality:
    """Shares between 0 and 1 over the held half."""

    hit_at_1: float
    hit_at_3: float
    mrr: float
    refused: float
    false_refusals: float


def held(name: str) -> list[dict[str, Any]]:
    lines = (_EVALS / name).read_text("utf-8").splitlines()
    return [one for line in lines if (one := json.loads(line))["split"] == "held"]


@pytest.fixture(scope="module")
def quality(real_coach: Coach) -> Quality:
    asked, foreign = held("answerable.jsonl"), held("unanswerable.jsonl")
    assert len(asked) >= 100
    assert len(foreign) >= 50
    found = real_coach.library.search_many([one["q"] for one in asked], 48)
    ranks = []
    for one, result in zip(asked, found, strict=True):
        cards = [hit.card for hit in result.hits]
        ranks.append(min(cards.index(card) + 1 for card in one["cards"] if card in cards))
    refused = real_coach.library.search_many([one["q"] for one in foreign], 5)
    return Quality(
        hit_at_1=sum(rank == 1 for rank in ranks) / len(ranks),
        hit_at_3=sum(rank <= 3 for rank in ranks) / len(ranks),
        mrr=sum(1 / rank for rank in ranks) / len(ranks),
        refused=sum(not one.answerable for one in refused) / len(refused),
        false_refusals=sum(not one.answerable for one in found) / len(found),
    )


def test_the_right_card_is_found(quality: Quality) -> None:
    assert quality.hit_at_3 >= 0.90, quality
    assert quality.hit_at_1 >= 0.75, quality
    assert quality.mrr >= 0.82, quality


def test_what_no_card_answers_is_refused_and_little_else(quality: Quality) -> None:
    assert quality.refused >= 0.85, quality
    assert quality.false_refusals <= 0.05, quality


def test_a_batch_finds_what_single_questions_find(real_coach: Coach) -> None:
    queries = [one["q"] for one in held("answerable.jsonl")[:6]]
    for query, together in zip(queries, real_coach.library.search_many(queries), strict=True):
        alone = real_coach.library.search(query)
        assert [hit.card for hit in alone.hits] == [hit.card for hit in together.hits]
        assert alone.answerable == together.answerable


def test_the_sunday_caller_is_a_matter_of_limits(real_coach: Coach) -> None:
    result = real_coach.library.search("she rings me on Sundays", 3)
    assert result.answerable
    assert "six/set-limits" in [hit.card for hit in result.hits]


def test_scores_lie_between_0_and_1_and_fall(real_coach: Coach) -> None:
    for query in ("boundaries", "", "?", "a" * 5_000, "日本語で助けて", "\udcff", "the of and"):
        result = real_coach.library.search(query, 48)
        scores = [hit.score for hit in result.hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        assert len({hit.card for hit in result.hits}) == len(result.hits)
    assert not real_coach.library.search("").answerable
