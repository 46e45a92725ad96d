"""What a turn sees of one pair's memory on one day: items, days, what "that" means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from coach.conversation.dialogue.listening import asks
from coach.conversation.dialogue.state import Listed
from coach.conversation.dialogue.turning import OF_ANYTHING, asks_fact
from coach.conversation.pasted import own_words
from coach.conversation.spelling import as_meant
from coach.lexical import stems
from coach.memory.dates import DateMention, Locale, find_dates
from coach.memory.items import Item, Noticed
from coach.memory.memory import Memory
from coach.storage.conversations import Message
from coach.storage.pairs import Pair

_ASKS = re.compile(
    r"\?|^\W*(?:how|what|when|where|why|who|which|should|shall|could|can|would|is|are|am|do|does"
    r"|did|give|tell|show|suggest|help|write|list|please)\b",
    re.IGNORECASE,
)
"""A question or a request settles nothing."""
_NOT_DONE = re.compile(
    r"\b(?:only|not|never|almost|nearly|half|partly|part of|some of|a bit of|if|whether|will|going"
    r" to|should|could|would|might|must|needs?|ha(?:ve|s) to|plans?|wants?|hopes?|nervous|afraid"
    r"|scared|worried|anxious"
    r"|(?:thinking|dreaming|talks?|talking) of|considering|forgot\w*|oh (?:god|no|dear|hell))\b"
    r"|n't\b",
    re.IGNORECASE,
)
"""What is done in part, feared or still to come is not done."""
_STILL = re.compile(r"\W*(?:it(?:'s| is) |but |and )*(?:still|not|only half)\b", re.IGNORECASE)
_NEVER_DONE = frozenset({"fact", "preference", "boundary"})
"""Kinds of items that hold for as long as they do: nothing that is told makes them done."""
_RECURS = re.compile(r"\b(?:every|each)\b", re.IGNORECASE)
"""What comes back is not over after one time."""
_OF_ITS_OWN = frozenset({"fact", "struggle", "preference", "goal", "topic"})
"""Kinds of items that news of something else comes as."""
_NO_MATTER = OF_ANYTHING | frozenset(stems("had would remind please and"))


def _around(quote: str, text: str) -> str:
    """``quote``, and what follows it when that says how things still are."""
    after = text.partition(quote)[2]
    return f"not {quote}" if _STILL.match(after) else quote


def _asks(quote: str) -> bool:
    plain = as_meant(quote)
    return bool(_ASKS.search(plain)) or asks(plain) or asks_fact(plain)


def _goes_on(item: Item) -> bool:
    return item.kind in _NEVER_DONE or bool(_RECURS.search(item.text))


@dataclass(frozen=True)
class Remembered:
    """A reply from memory: its text, the items it rests on, the cards, and what it asks for."""

    text: str
    items: tuple[int, ...] = ()
    cards: tuple[str, ...] = ()
    listed: tuple[Listed, ...] = ()
    slot: str = ""


@dataclass(frozen=True)
class MemoryView:
    """One pair's memory on one day; reading it changes nothing."""

    memory: Memory
    pair: Pair
    today: date

    @property
    def locale(self) -> Locale:
        """How the user writes and counts days."""
        return self.memory.locale

    def items(self) -> list[Item]:
        """All that is remembered, oldest first."""
        return self.memory.store.items(self.pair)

    def notice(self, text: str) -> Noticed:
        """What a message says that could be kept, and what it settles."""
        noticed = self.memory.notice(self.pair, self.today, text)
        own = own_words(text)
        known = {item.id: item for item in self.items()}
        told = tuple(
            closing
            for closing in noticed.closings
            if closing.quote in own and not _asks(closing.quote)
            and not (closing.how == "done"
                     and (_NOT_DONE.search(as_meant(_around(closing.quote, own)))
                          or _goes_on(known[closing.item_id])))
            and (self._speaks_of(closing.quote, known[closing.item_id])
                 or self._can_mean_it(closing.quote, noticed))
        )  # fmt: skip
        return replace(noticed, closings=told)

    def _speaks_of(self, quote: str, item: Item) -> bool:
        """Whether ``quote`` shares a word that tells something with ``item``."""
        shared = set(stems(quote)) & set(stems(f"{item.text} {item.quote}"))
        return bool(shared - set(stems(self.pair.name)))

    @staticmethod
    def _can_mean_it(quote: str, noticed: Noticed) -> bool:
        """Whether words that name no item ("all done") can settle one: not several at once, and
        not where they tell a fact of their own."""
        facts = {one.quote for one in noticed.drafts if one.kind in _OF_ITS_OWN}
        return len(noticed.closings) == 1 and quote not in facts

    def dates(self, text: str, on: date | None = None) -> list[DateMention]:
        """The days in ``text`` as the user writes them, counted from ``on`` or today."""
        return find_dates(text, on or self.today, self.memory.locale)

    def last_meant(self, history: Sequence[Message], *, dated: bool = False) -> list[Item]:
        """What "that" means: the items of the latest reply that had any, else the newest one."""
        by_id = {i.id: i for i in self.items() if not dated or i.when}
        for reply in reversed(history):
            told = [by_id[key] for key in reply.detail.get("items", []) if key in by_id]
            if told:
                return told
        return list(by_id.values())[-1:]

    def named(self, about: str) -> list[Item]:
        """The items that share the most words with ``about``; none when no word is shared."""
        asked = set(stems(about)) - _NO_MATTER - set(stems(self.pair.name))
        known = self.items()
        shared = [len(asked & set(stems(f"{item.text} {item.quote}"))) for item in known]
        most = max(shared, default=0)
        return [item for item, count in zip(known, shared, strict=True) if most and count == most]

    def mentioned(self, text: str) -> tuple[int, ...]:
        """The items whose texts stand in ``text``."""
        return tuple(item.id for item in self.items() if item.text in text)

    def listed(self, ids: Sequence[int]) -> tuple[Listed, ...]:
        """These items as a list that "the second one" can mean an entry of."""
        texts = {item.id: item.text for item in self.items()}
        return tuple(Listed("item", str(key), texts[key]) for key in ids if key in texts)


def leans_on_last(text: str, name: str) -> bool:
    """Whether a question to memory names no matter of its own: "when is it?"."""
    return not set(stems(text)) - _NO_MATTER - set(stems(name))
