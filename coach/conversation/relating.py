"""Whether two texts speak of the same thing, by the words that tell something. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from coach.conversation.dialogue.turning import OF_ANYTHING
from coach.lexical import stems
from coach.library.cards import Card

_TELLING, _EVERYDAY = 8, 25
"""A word in fewer cards than the first number tells by itself what is meant; one in fewer than the
second does so together with another; one in more is said of anything in mentoring."""

RELATED = 1.0
"""So many telling words two texts that speak of the same thing share."""

_CALENDAR = frozenset(
    stems(
        """monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays
        saturday saturdays sunday sundays january february march april may june july august
        september october november december spring summer autumn winter today tomorrow yesterday
        tonight week weeks month months year years day days weekend weekends morning evening
        """
    )
)
"""Two things that fall on a Sunday are not the same thing."""


def everyday(cards: Iterable[Card]) -> Mapping[str, int]:
    """In how many of the cards each stem is used."""
    found = Counter[str]()
    for card in cards:
        told = (card.answer, *card.situations, *card.moves, *card.cues)
        found.update(set(stems(" ".join(told))))
    return found


def _telling(text: str) -> list[str]:
    """The stems of a text in order, less what joins them."""
    return [one for one in stems(text) if one not in OF_ANYTHING]


def shared_words(one: str, other: str, uses: Mapping[str, int], name: str = "") -> float:
    """How many telling words but ``name`` the texts share; one that is less so counts half."""
    shared = set(stems(one)) & set(stems(other)) - set(stems(name)) - _CALENDAR
    telling = sum(uses.get(stem, 0) < _TELLING for stem in shared if not stem.isdigit())
    # "Thinking about leaving": two neighbours in common say more than two words apart.
    pairs = set(pairwise(_telling(one))) & set(pairwise(_telling(other)))
    telling += any(shared >= set(pair) for pair in pairs)
    less = sum(_TELLING <= uses.get(stem, 0) < _EVERYDAY for stem in shared)
    return telling + less / 2
