"""Questions to ask: in a ladder, varied, ready to be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.conversation.skills.questions import reply, suggest
from coach.conversation.wording import Voice
from coach.library.cards import Card, load_deck
from coach.library.slots import needs_more

DECK = load_deck()
LADDER = ["opening", "exploring", "deeper", "closing"]
some_cards = st.lists(
    st.sampled_from(sorted(DECK.cards)), min_size=1, max_size=6, unique=True
).map(lambda ids: [DECK.cards[key] for key in ids])  # fmt: skip
likings = st.randoms(use_true_random=False).map(
    lambda random: lambda texts: [random.uniform(-1, 1) for _ in texts]
)


@given(some_cards, likings, st.integers(1, 20), st.sampled_from(["Amara", ""]))
def test_questions_climb_a_ladder_and_can_be_asked_as_they_stand(
    cards: list[Card], liking: Callable[[Sequence[str]], list[float]], count: int, name: str
) -> None:
    found = suggest(cards, Voice(name=name), liking, count)
    assert 1 <= len(found) <= count
    assert [LADDER.index(q.depth) for q in found] == sorted(LADDER.index(q.depth) for q in found)
    assert len({q.question for q in found}) == len(found)
    assert not any("{" in q.question for q in found)
    assert max(Counter(q.cards for q in found).values()) <= 3
    assert {q.cards[0] for q in found} <= {card.id for card in cards}


def flat(texts: Sequence[str]) -> list[float]:
    """No question is liked better than another."""
    return [0.0] * len(texts)


@pytest.mark.parametrize("card", DECK.cards.values(), ids=lambda card: card.id)
def test_every_question_of_a_card_is_asked_once_before_any_is_asked_again(card: Card) -> None:
    ready = sum(not needs_more(question.text) for question in card.questions)
    used: list[str] = []
    asked = []
    for _ in range(2 * ready):
        voice = Voice(used, "Amara")
        asked += [q.question for q in suggest([card], voice, flat, 1)]
        used += voice.taken
    assert len(set(asked[:ready])) == ready
    assert asked[ready:] == asked[:ready]


def test_each_suggestion_says_where_it_comes_from() -> None:
    card = DECK.get("six/smart-goals")
    found = suggest([card], Voice(name="Amara"), flat, 2)
    for question in found:
        assert question.cards == (card.id,)
        assert card.title in question.why
        assert set(question.as_json()) == {"question", "depth", "why", "cards", "items"}


def test_the_best_liked_question_of_a_card_is_among_them() -> None:
    card = DECK.get("six/smart-goals")
    ready = [q.text for q in card.questions if "{thread}" not in q.text and "{goal}" not in q.text]
    wanted = ready[-1]
    found = suggest([card], Voice(), lambda texts: [float(t == wanted) for t in texts], 1)
    assert found[0].question == Voice().fill(wanted)


def test_no_cards_no_questions() -> None:
    assert suggest([], Voice(), lambda texts: [], 5) == []


def test_a_reply_lists_them_with_their_cards() -> None:
    cards = [DECK.get("six/smart-goals"), DECK.get("six/check-in")]
    found = suggest(cards, Voice(name="Amara"), flat, 4)
    text, citations = reply(found, Voice(name="Amara"))
    for question in found:
        assert f"- *{question.depth}*: {question.question} [{question.cards[0]}]" in text
    assert set(citations) == {"six/smart-goals", "six/check-in"}
    assert len(citations) == 2
    assert "{" not in text
