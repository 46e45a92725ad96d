"""Questions that need no memory: by stage and role, from the cards, for the end of a meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from coach.conversation.questioning.asking import Occasion, Suggestion
from coach.conversation.questioning.marks import order
from coach.conversation.questioning.material import material
from coach.conversation.questioning.patterns import Answered, patterns
from coach.conversation.questioning.threads import fill, with_care
from coach.library.cards import Card, Deck
from coach.library.slots import needs_more
from coach.memory.continuity.speech import pronoun_of
from coach.memory.items import Item
from coach.planning.stage import Stage, stage_of, told

_RECENT = timedelta(days=60)
_CARD_STAGES: dict[Stage, frozenset[str]] = {
    "before": frozenset({"before", "first"}),
    "first": frozenset({"before", "first", "any"}),
    "under-way": frozenset({"ongoing", "any"}),
    "long": frozenset({"ongoing", "any"}),
    "ending": frozenset({"closing", "any"}),
    "gap": frozenset({"ongoing", "any"}),
    "any": frozenset({"any"}),
}


def from_stage(occasion: Occasion, deck: Deck) -> Iterator[Suggestion]:
    """Questions that suit the stage of the pair: authored ones first, then the cards' own."""
    stage = stage_of(occasion.sessions, occasion.items, occasion.on)
    to = occasion.them.role
    for pattern in patterns().stages:
        if stage in pattern.stages and pattern.to in {"", to}:
            for ask in pattern.asks:
                why = f"{_capital(told(stage))}; it goes with: {deck.get(pattern.cards[0]).title}."
                yield Suggestion(ask, pattern.depth, why, pattern.cards, (), "stage", ask)
    for card in deck.cards.values():
        if card.stage in _CARD_STAGES[stage] and card.audience in {"both", occasion.role}:
            yield from _of_card(card, occasion, stage, named=False)


def from_cards(occasion: Occasion, deck: Deck, cards: Sequence[str]) -> Iterator[Suggestion]:
    """The questions of the cards that a named subject led to, the nearest card first."""
    stage = stage_of(occasion.sessions, occasion.items, occasion.on)
    for place, card_id in enumerate(cards):
        card = deck.get(card_id)
        if card.audience in {"both", occasion.role}:
            for made in _of_card(card, occasion, stage, named=True):
                yield Suggestion(
                    made.question, made.depth, f"It goes with: {card.title}.", made.cards, (),
                    "card", made.pattern, place,
                )  # fmt: skip


def _of_card(card: Card, occasion: Occasion, stage: Stage, *, named: bool) -> Iterator[Suggestion]:
    use = patterns().cards
    for asked in card.questions:
        if needs_more(asked.text):
            continue
        wrong_person = asked.text in use.to_mentee and occasion.them.role != "mentee"
        too_early = asked.text in use.later and stage in {"before", "first"}
        too_late = asked.text in use.ending and stage != "ending"
        out_of_place = asked.text in use.only_about and not named
        if wrong_person or (not named and (too_early or too_late)) or out_of_place:
            continue
        why = f"{_capital(told(stage))}; it goes with: {card.title}."
        yield Suggestion(asked.text, asked.depth, why, (card.id,), (), "card", asked.text)


def about_it(occasion: Occasion) -> Iterator[Suggestion]:
    """Questions about the subject itself that the user named, where it is a thing to name."""
    about = occasion.about
    if about is None:
        return
    subject = re.sub(r"^(?:about|on|regarding|around)\s+", "", about.text.strip(" ?.!"), flags=re.I)
    slots = material(
        _as_item(subject, occasion), occasion.them, _pronoun(occasion), occasion.on
    ).slots
    if "np" not in slots:
        return
    known = patterns()
    private = any(item.private for item in occasion.items if item.id in about.items)
    for pattern in known.threads:
        if "about" not in pattern.situations or pattern.to not in {"", occasion.them.role}:
            continue
        for ask in pattern.asks:
            text = fill(ask, slots)
            if text is None:
                continue
            cards = about.cards[:1]
            if private:
                text, cards = with_care(text, cards, known.private_theirs, occasion.seed)
            yield Suggestion(
                text, pattern.depth, f"You asked for questions about {subject}.", cards, (),
                "about", ask, -1, private,
            )  # fmt: skip


def _pronoun(occasion: Occasion) -> str:
    """The other person's pronoun; "her thesis" tells it where memory does not."""
    known = pronoun_of(occasion.them, occasion.items)
    text = f" {occasion.about.text.lower()} " if occasion.about else ""
    found = re.search(r"\b(?:(her|she)|(his|him|he)|(their|they|them))\b", text)
    if known or found is None:
        return known
    return "she" if found[1] else "he" if found[2] else "they"


def _as_item(text: str, occasion: Occasion) -> Item:
    return Item(0, "event", "them", None, text, text, None, None, "open", False, None, occasion.on)


def from_ending(deck: Deck) -> list[Suggestion]:
    """The three questions to end a meeting with, in their order; first the wording not yet used."""
    title = deck.get("six/check-in").title
    found = []
    for place, pattern in enumerate(patterns().ending):
        for turn, ask in enumerate(pattern.asks):
            nth = ("First", "Second", "Third")[place]
            why = f"{nth} of the three questions to end with: {title}."
            found.append(
                Suggestion(ask, "closing", why, pattern.cards, (), "ending", ask, place * 10 + turn)
            )
    return found


def is_answered(question: str, occasion: Occasion) -> bool:
    """Whether memory holds the answer to a general question already."""
    return any(
        rule.asks.search(question)
        and any(_answers(rule, item, occasion) for item in occasion.items)
        for rule in patterns().answered
    )


def _answers(rule: Answered, item: Item, occasion: Occasion) -> bool:
    if item.said_on > occasion.on or item.status in {"dropped", "superseded"}:
        return False
    if rule.about and item.about not in {rule.about, "both"}:
        return False
    if rule.recent and (occasion.on - item.said_on > _RECENT or item.status != "open"):
        return False
    by_kind = item.kind in rule.kinds
    by_words = rule.words is not None and bool(rule.words.search(f"{item.text} {item.quote}"))
    return (by_kind and by_words) if rule.both else (by_kind or by_words)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def shuffled(found: Sequence[Suggestion], seed: str) -> list[Suggestion]:
    """``found`` in an order that differs from seed to seed."""
    return sorted(found, key=lambda one: order(seed, one.pattern))
