"""``docs/tour.md`` is what the program says; ``make tour`` writes it anew."""

from __future__ import annotations

import pytest

from coach.paths import Places
from docs import tour

PAGE = tour.PAGE.read_text(encoding="utf-8")


def test_the_page_holds_every_conversation() -> None:
    told = tour.conversations()
    assert len(told) == 10
    assert {one["role"] for one in told} == {"mentor", "mentee"}
    for number, one in enumerate(told, 1):
        assert f"\n## {number}. {one['title']}\n" in PAGE
        for step in one["steps"]:
            assert (step.get("say") or step.get("run") or step["file"]) in PAGE


@pytest.mark.slow
@pytest.mark.real
def test_it_comes_out_as_it_stands_there(places: Places) -> None:
    made = tour.page()
    for now, then in zip(made.split("\n## "), PAGE.split("\n## "), strict=True):
        assert now == then
