"""Good questions to ask the other person, from the cards, in a ladder from easy to deep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from coach.conversation.wording import Voice
from coach.library.cards import Card, Depth
from coach.library.slots import needs_more

Affinity = Callable[[Sequence[str]], list[float]]

_LADDER: tuple[Depth, ...] = get_args(Depth)
_PER_CARD = 3

_Candidate = tuple[Card, Depth, str]


@dataclass(frozen=True)
class Suggestion:
    """A question to ask, how deep it goes, why now, and the cards it comes from."""

    question: str
    depth: Depth
    why: str
    cards: tuple[str, ...]
    items: tuple[int, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The question as the command line prints it."""
        return {
            "question": self.question, "depth": self.depth, "why": self.why,
            "cards": list(self.cards), "items": list(self.items),
        }  # fmt: skip


def suggest(
    cards: Sequence[Card], voice: Voice, affinity: Affinity, count: int
) -> list[Suggestion]:
    """At most ``count`` questions from ``cards``, the best card first, opening to closing.

    Only questions that can be asked as they stand; at most three of a card; none of the wordings
    used lately while others are left.
    """
    pool: list[_Candidate] = []
    for card in cards:
        asked = {q.text: q.depth for q in card.questions if not needs_more(q.text)}
        likings = dict(zip(asked, affinity(list(asked)), strict=True))
        pool += [(card, asked[text], text) for text in voice.rank(asked, likings)[:_PER_CARD]]
    chosen = sorted(_varied(pool, count), key=lambda entry: _LADDER.index(entry[1]))
    for _, _, text in chosen:
        voice.take(text)
    return [
        Suggestion(voice.fill(text), depth, f"It goes with: {card.title}.", (card.id,))
        for card, depth, text in chosen
    ]


def _varied(pool: Sequence[_Candidate], count: int) -> list[_Candidate]:
    """``count`` of the candidates: those first whose depth and card are the least represented."""
    left, chosen = list(pool), list[_Candidate]()
    while left and len(chosen) < count:
        best = min(
            left,
            key=lambda entry: (
                sum(entry[1] == c[1] for c in chosen) + sum(entry[0].id == c[0].id for c in chosen)
            ),
        )
        chosen.append(best)
        left.remove(best)
    return chosen


def reply(suggestions: Sequence[Suggestion], voice: Voice) -> tuple[str, tuple[str, ...]]:
    """The questions as a reply's Markdown, with its citations."""
    lines = [voice.say("questions"), ""]
    lines += [f"- *{s.depth}*: {s.question} [{s.cards[0]}]" for s in suggestions]
    lines += ["", voice.say("questions close")]
    cited = dict.fromkeys(s.cards[0] for s in suggestions)
    return "\n".join(lines), tuple(cited)
