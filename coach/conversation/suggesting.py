"""Questions to ask, outside a turn: for the command line and, later, a brief."""

from __future__ import annotations

from coach.conversation.skills.questions import Suggestion, suggest
from coach.conversation.wording import Voice
from coach.library.library import Library
from coach.storage.conversations import ConversationStore
from coach.storage.pairs import Pair

OPEN_CARDS = (
    "fain/ask-good-questions", "engage/know-their-aspirations", "argonne/find-common-ground",
    "six/smart-goals", "argonne/questions-and-active-listening", "six/check-in",
)  # fmt: skip
"""Cards whose questions suit any pair, when the request names no subject."""

_RECENT_REPLIES = 12
_CARDS = 3


def suggest_questions(
    library: Library, store: ConversationStore, pair: Pair, about: str | None, count: int
) -> list[Suggestion]:
    """``count`` questions for ``pair``: from the cards nearest ``about``, or that suit anyone."""
    recent = store.recent_replies(pair.id, _RECENT_REPLIES)
    used = [mark for reply in recent for mark in reply.detail.get("wording", [])]
    if about:
        found = [
            hit.card for hit in library.search(about, 12).hits if hit.card in library.deck.cards
        ]
        cards = found[: max(_CARDS, -(-count // 2))]
    else:
        cards = list(OPEN_CARDS)
    return suggest(
        [library.card(card) for card in cards],
        Voice(used, pair.first_name),
        lambda texts: library.affinity(about or " ".join(texts[:1]), texts),
        count,
    )
