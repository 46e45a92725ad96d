"""What a reply may rest on: the plan's own words, its cards and items, and the user's message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from coach.conversation.grounding.rules import rules
from coach.conversation.grounding.sentences import apart, plain, telling
from coach.conversation.pasted import own_words
from coach.lexical import stems
from coach.library.cards import Card
from coach.library.slots import fill
from coach.memory.continuity.say import say_span
from coach.memory.dates import find_dates
from coach.memory.items import Item
from coach.text import cited, first_name, sentences, words

Kind = Literal["card", "memory", "draft", "message", "passage"]

_BRACKET = re.compile(r"\[[^\]\s]+\]")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?\b")
_MARK = re.compile(r"\s*\[[a-z]+/[a-z0-9-]+\]")


@dataclass(frozen=True)
class Source:
    """One thing that a sentence may rest on.

    ``spoken`` says that the user says it ("I" is the user); else it is told to them ("you" is).
    ``days`` are the calendar days that it is about.
    """

    text: str
    kind: Kind
    card: str = ""
    spoken: bool = False
    days: frozenset[date] = frozenset()
    attitude: frozenset[str] = frozenset()
    """Stems that its kind of memory also says: a goal is what somebody "hopes" for."""

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words that carry meaning."""
        return frozenset(stems(self.text))

    @cached_property
    def told(self) -> frozenset[str]:
        """The stems of its words that tell something, verbs in their base form."""
        return frozenset(telling(self.text).values()) | self.attitude


@dataclass(frozen=True)
class Grounds:
    """All that one reply may rest on.

    ``forbids`` says why a text goes against what the pair agreed, or None. ``instructions`` are
    the model's standing ones, which must not be recited.
    """

    sources: tuple[Source, ...]
    name: str
    today: date
    forbids: Callable[[str], str | None] = lambda _: None
    instructions: str = ""
    names: frozenset[str] = field(default_factory=frozenset)
    draft: str = ""
    titles: frozenset[str] = frozenset()
    """The stems of what the cards are called: what the reply is about."""
    warned: tuple[str, ...] = ()
    """What the cards warn of."""

    @cached_property
    def cards(self) -> frozenset[str]:
        """The ids of the cards that were retrieved for this reply."""
        return frozenset(s.card for s in self.sources if s.card)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the sources, and of the other person's name."""
        return frozenset(w for s in self.sources for w in words(s.text)) | self.names

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all sources."""
        return frozenset(stem for s in self.sources for stem in s.stems)

    @cached_property
    def facts(self) -> tuple[Source, ...]:
        """The sources that tell what was said and done, guidance apart."""
        return tuple(s for s in self.sources if s.kind != "card" and not s.card)

    @cached_property
    def others(self) -> frozenset[str]:
        """The names in what was told, in lower case, other than the pair's."""
        found = (w.lower() for s in self.facts for w in _NAME.findall(s.text))
        return frozenset(found) - self.names

    @cached_property
    def fact_stems(self) -> frozenset[str]:
        """The stems of what was said and done."""
        return frozenset(stem for s in self.facts for stem in s.stems)

    @cached_property
    def verbatim(self) -> str:
        """Every source in a form to look up quotations in: :func:`plain`, set apart by bars."""
        texts = [_MARK.sub("", self.draft), *(s.text for s in self.sources)]
        return " | ".join(map(plain, texts))

    @cached_property
    def authored(self) -> frozenset[str]:
        """The built-in engine's own sentences, whole, as :func:`plain` has them."""
        return frozenset(plain(s.text) for s in self.sources if s.kind in {"draft", "card"})

    @cached_property
    def remembered(self) -> tuple[Source, ...]:
        """What can bear out a statement about a person: neither a card, nor a draft's advice."""
        return tuple(s for s in self.sources if s.kind != "card" and not s.card)

    @cached_property
    def own_stems(self) -> frozenset[str]:
        """The stems of the other person's name."""
        return frozenset(stems(" ".join(self.names)))

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """The words of all sources that tell something."""
        return tuple(sorted({word for s in self.sources for word in telling(s.text)}))

    @cached_property
    def guidance(self) -> tuple[Source, ...]:
        """What advice may rest on: cards, and what the plan itself advises."""
        return tuple(s for s in self.sources if s.kind in {"card", "draft"})


def grounds_of(
    *,
    draft: str,
    message: str,
    cards: Sequence[Card],
    items: Sequence[Item],
    name: str,
    today: date,
    forbids: Callable[[str], str | None] = lambda _: None,
    instructions: str = "",
) -> Grounds:
    """The grounds of a reply that was planned as ``draft``, from these cards and items."""
    ids = {card.id for card in cards}
    told = [*_of_draft(draft, ids, today)]
    told += _said(sentences(own_words(message)), "message", today)
    for item in items:
        told += _of_item(item, today)
    for card in cards:
        told += [Source(fill(text, first_name(name)), "card", card.id) for text in _of_card(card)]
    return Grounds(
        tuple(told), first_name(name), today, forbids, instructions, frozenset(words(name)), draft,
        frozenset(stem for card in cards for stem in stems(card.title)),
        tuple(fill(text, first_name(name)) for card in cards for text in card.pitfalls),
    )  # fmt: skip


def days_in(text: str, today: date) -> frozenset[date]:
    """The days that a text names, first and last ones of intervals."""
    found = find_dates(text, today)
    return frozenset(day for one in found for day in (one.when, one.until) if day)


def _of_draft(draft: str, ids: set[str], today: date) -> Iterator[Source]:
    for paragraph in draft.split("\n\n"):
        # Only the sentence that a mark closes is guidance: a thread is told beside it.
        for piece in re.split(r"(?<=\])\s+|\n", paragraph):
            card = next(iter(cited(piece)), "")
            outer, quotes = apart(_MARK.sub("", piece))
            if _BRACKET.search(piece) and card not in ids:
                # From a document: it may be quoted, and nothing rests on it.
                for text in (outer, *quotes):
                    yield Source(text, "passage", spoken=True)
                continue
            for sentence in sentences(outer):
                days = days_in(sentence, today)
                yield Source(sentence, "draft", card, days=days)
            for quote in quotes:
                yield Source(quote, "draft", card, spoken=True, days=days_in(quote, today))


def _said(texts: Iterable[str], kind: Kind, today: date) -> Iterator[Source]:
    for text in texts:
        yield Source(text, kind, spoken=True, days=days_in(text, today))


def _of_item(item: Item, today: date) -> Iterator[Source]:
    when = f", {say_span(item.when, item.until, today)}" if item.when else ""
    days = frozenset(day for day in (item.when, item.until, item.said_on) if day)
    kind = rules().attitudes.get(item.kind, frozenset())
    said = days | days_in(item.quote, item.said_on)
    yield Source(f"{item.text}{when}", "memory", days=days, attitude=kind)
    yield Source(item.quote, "memory", spoken=True, days=said, attitude=kind)


def _of_card(card: Card) -> list[str]:
    # What a card warns of is no advice: its pitfalls are left out.
    lines = [*sentences(card.answer), *card.openings, *card.moves, *card.back, card.title]
    lines += [question.text for question in card.questions]
    return [*lines, *card.lines_for("mentor"), *card.lines_for("mentee")]
