"""How important a draft is."""

from __future__ import annotations

from datetime import date
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from coach.memory.items import Kind
from coach.memory.noticing.importance import importance

KINDS = st.sampled_from(get_args(Kind))
DAYS = st.none() | st.dates()


@given(KINDS, st.floats(0, 12), DAYS, st.text(max_size=80))
def test_it_is_a_share(kind: Kind, points: float, when: date | None, quote: str) -> None:
    assert 0 <= importance(kind, points, when, quote) <= 1


@given(KINDS, st.floats(0, 8), st.floats(0, 8), DAYS, st.text(max_size=80))
def test_what_was_told_more_surely_is_no_less_important(
    kind: Kind, points: float, more: float, when: date | None, quote: str
) -> None:
    surer = importance(kind, points + more, when, quote)
    assert surer >= importance(kind, points, when, quote)


def test_a_dated_promise_counts_more_than_a_scrap() -> None:
    promise = importance("commitment", 4, date(2026, 5, 8), "I'll send her the slides by Friday.")
    assert promise > 0.8
    assert importance("struggle", 1, None, "it did.") < 0.2
