"""Hybrid search: the properties of ranking, shares and scores; words alone; meaning over a fake."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from coach.lexical import LexicalIndex
from coach.library.cards import load_deck
from coach.library.entries import Entry, card_entries, out_of_scope_entries
from coach.library.search import (
    MeaningSearch,
    WordSearch,
    covered_enough,
    grounds,
    passage_score,
    rank_cards,
    shares,
)
from tests.fakes import FakeEmbedder

DECK = load_deck()
CARDS = list(DECK.cards)
ENTRIES = card_entries(DECK)
INSIDE = [entry for entry in ENTRIES if entry.kind in {"situation", "cue"}]


def signals(size: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float64, size, elements=st.floats(-2, 2))


@st.composite
def three_signals(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    size = draw(st.integers(1, 60))
    return draw(signals(size)), draw(signals(size)), draw(signals(size))


@given(three_signals(), st.data())
def test_more_of_any_signal_never_lowers_a_card(
    found: tuple[np.ndarray, np.ndarray, np.ndarray], data: st.DataObject
) -> None:
    card = data.draw(st.integers(0, len(found[0]) - 1))
    which = data.draw(st.integers(0, 2))
    before = rank_cards(*found)
    better = [signal.copy() for signal in found]
    better[which][card] += data.draw(st.floats(0, 2))
    after = rank_cards(*better)
    assert after[card] >= before[card]
    others = np.arange(len(before)) != card
    assert np.allclose(after[others], before[others])
    assert shares(after)[card] >= shares(before)[card] - 1e-12


@given(st.integers(1, 60).flatmap(lambda n: arrays(np.float64, n, elements=st.floats(-50, 50))))
def test_shares_sum_to_one_and_keep_the_order(scores: np.ndarray) -> None:
    parts = shares(scores)
    assert parts.sum() == pytest.approx(1.0)
    assert ((parts >= 0) & (parts <= 1)).all()
    order = np.argsort(scores)
    assert (np.diff(parts[order]) >= 0).all()


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_passage_that_is_nearer_or_says_more_scores_higher_and_within_bounds(
    near: float, nearer: float, less: float, more: float
) -> None:
    near, nearer = sorted([near, nearer])
    less, more = sorted([less, more])
    assert 0 <= passage_score(near, less) <= passage_score(nearer, more) <= 1
    assert grounds(nearer, more) or not grounds(near, less)


def test_what_is_enough() -> None:
    assert not covered_enough(0.0)
    assert covered_enough(1.0)
    assert grounds(1.0, 1.0)
    assert not grounds(0.0, 1.0)
    assert not grounds(1.0, 0.0)


# -- by words --------------------------------------------------------------------------------------

BY_WORDS = WordSearch(ENTRIES, CARDS)


@given(st.text(max_size=80) | st.lists(st.sampled_from(INSIDE[::37]), max_size=2).map(
    lambda found: " ".join(entry.text for entry in found)))  # fmt: skip
@settings(deadline=None)
def test_scores_by_words_are_bounded_for_any_question(query: str) -> None:
    scores = BY_WORDS.scores(query)
    assert scores.shape == (len(CARDS),)
    assert ((scores >= 0) & (scores <= 2)).all()
    for card in CARDS[:3]:
        assert 0 <= BY_WORDS.coverage(query, card) <= 1


@pytest.mark.parametrize("entry", INSIDE[::41], ids=lambda entry: entry.text[:30])
def test_a_cards_own_words_find_it(entry: Entry) -> None:
    assert CARDS[int(BY_WORDS.scores(entry.text).argmax())] == entry.owner
    assert BY_WORDS.coverage(entry.text, entry.owner) == 1.0


def test_nothing_shared_is_nothing_found() -> None:
    assert not BY_WORDS.scores("zzyzx qwrtp").any()
    assert BY_WORDS.coverage("zzyzx qwrtp", CARDS[0]) == 0
    assert not BY_WORDS.scores("the of and").any()


@given(st.lists(st.text(max_size=30), max_size=8), st.text(max_size=30), st.integers(1, 5))
@settings(deadline=None)
def test_the_lexical_index_ranks_only_what_shares_a_stem(
    texts: list[str], query: str, limit: int
) -> None:
    index = LexicalIndex(texts)
    found = index.search(query, limit)
    assert len(found) <= limit
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
    for place, score in found:
        assert score > 0
        assert set(index.tokens(query)) & index.vocabulary_of(place)


# -- by meaning ------------------------------------------------------------------------------------

EMBEDDER = FakeEmbedder()
ALL = [*ENTRIES, *out_of_scope_entries()]
VECTORS = EMBEDDER.embed([entry.text for entry in ALL])


def nearest(vector: np.ndarray, limit: int) -> list[tuple[str, float]]:
    similar = VECTORS @ vector
    return [(ALL[i].key, float(similar[i])) for i in (-similar).argsort(kind="stable")[:limit]]


BY_MEANING = MeaningSearch(ALL, CARDS, VECTORS, nearest)


@given(st.text(max_size=80) | st.sampled_from([entry.text for entry in ALL]))
@settings(deadline=None, max_examples=40)
def test_signals_by_meaning_are_finite_for_any_question(query: str) -> None:
    vector = EMBEDDER.embed([query])[0]
    near, passages = BY_MEANING.near(vector)
    assert near.shape == BY_MEANING.topic(vector).shape == (len(CARDS),)
    assert np.isfinite(BY_MEANING.topic(vector)).all()
    assert (near <= 1 + 1e-6).all()
    assert passages == {}
    assert 0 <= BY_MEANING.scope(vector) <= 1


def test_the_examples_themselves_are_placed_where_they_belong() -> None:
    right = total = 0
    for entry in INSIDE[::29]:
        vector = EMBEDDER.embed([entry.text])[0]
        joined = rank_cards(
            BY_MEANING.near(vector)[0], BY_MEANING.topic(vector), BY_WORDS.scores(entry.text)
        )
        right += CARDS[int(joined.argmax())] == entry.owner
        total += 1
        assert BY_MEANING.scope(vector) >= 0.5
    assert right / total >= 0.95
    outside = [entry for entry in ALL if not entry.owner][::7]
    assert all(BY_MEANING.scope(EMBEDDER.embed([entry.text])[0]) < 0.5 for entry in outside)


def test_a_passage_is_found_under_its_own_id() -> None:
    passage = EMBEDDER.embed(["the canteen closes at three"])[0]

    def with_passage(vector: np.ndarray, limit: int) -> list[tuple[str, float]]:
        return [("doc:abc#1", float(passage @ vector)), *nearest(vector, limit)]

    search = MeaningSearch(ALL, CARDS, VECTORS, with_passage)
    _, passages = search.near(passage)
    assert passages == {"doc:abc#1": pytest.approx(1.0)}
