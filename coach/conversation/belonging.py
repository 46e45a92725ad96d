"""What of a pair's memory belongs with a reply: the thread spoken of, what is owed, wins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from coach.conversation.dialogue.state import State
from coach.conversation.memory_turn import MemoryTalk
from coach.conversation.relating import RELATED, shared_words
from coach.conversation.skills import remembering
from coach.conversation.wording import Role, Voice, role_in
from coach.library.cards import Card
from coach.library.search import SearchResult
from coach.memory.continuity import FollowUp
from coach.storage.pairs import Pair
from coach.text import words

CELEBRATION_CARD = "engage/encouragement"
"""Good news is met with what the library says on celebrating."""
_DISAPPOINTED = "keijzer/hold-accountable"
_PROMISE_CARDS = frozenset(
    {"argonne/follow-through", "six/follow-through", "keijzer/match-words-and-deeds", _DISAPPOINTED}
)
"""Cards on keeping one's word: the promise that was just talked of is meant."""
_OWN = re.compile(r"\b(?:i|i'm|i've|i'd|my|me)\b", re.IGNORECASE)
_EVERY_THREAD = 1_000
_PRESSING = 5
LATE = re.compile(
    r"\b(?:late|overdue|behind|missed|forgot\w*|slipped|not yet|only (?:done|did|got|managed|half)"
    r"|(?:have|has|did|is|was|am)(?:n't| not) (?:\w+ )?(?:done|do|kept|keep|sent|send|read|finished"
    r"|finish|delivered|deliver|ready|there|written|managed|manage|started|come|shown)"
    r"|never (?:\w+ )?(?:did|sent|gave|wrote|read|called|rang|came|brought|finished|started|told"
    r"|asked|answered|heard|got)|broke (?:my|his|her|their)|let (?:\w+) down|where is"
    r"|still (?:waiting|on|in|at|lying|here|mine|to)|unfinished|half (?:of|done|finished)"
    r"|not (?:even )?(?:finished|started|done|ready))\b"
    r"|\b(?:did|has|have)(?:n't| not)(?: yet)?(?=\W*(?:$|[.!,;]))",
    re.IGNORECASE,
)
"""Says that something promised is not there."""

_LEFT_OUT = re.compile(
    r"\b(?:nothing|not a word|no mention|without|leave|keep)\b(?:\W+\w+){0,4}?\W+"
    r"(?:about|of|out|mentioning)\b",
    re.IGNORECASE,
)
"""Names a thing for it to be left out."""

CONTINUITY_CARDS = frozenset(
    {
        "six/roadmap", "six/check-in", "six/follow-through", "fain/create-continuity",
        "fain/ask-good-questions", "engage/revisit-goals", "fain/keep-at-it",
    }
)  # fmt: skip
"""Cards whose advice is to come back to what was said: what is waiting goes with them."""


@dataclass(frozen=True)
class Need:
    """What a reply is to answer: the words of it, whose it is, and what was found for it.

    ``memory`` is None outside a pair; ``good_news`` says that the message does nothing but report
    a success; ``straight`` that the user wants advice without being asked first; ``lead`` is a
    line that goes before; ``closing`` that the reply ends with a question or an offer; ``told``
    is the part of ``message`` that is new, when the rest was said before; ``outside`` that it reads
    like a matter beyond mentoring; ``shown`` are the items that were told of before.
    """

    message: str
    pair: Pair | None
    result: SearchResult
    memory: MemoryTalk | None
    state: State = field(default_factory=State)
    good_news: bool = False
    straight: bool = False
    lead: str = ""
    closing: bool = True
    told: str = ""
    outside: bool = False
    shown: frozenset[int] = frozenset()

    @property
    def joined(self) -> bool:
        """Whether what is said now goes on with a need from before."""
        return bool(self.told) and self.told != self.message

    @property
    def new(self) -> str:
        """What the user says now."""
        return self.told or self.message

    @cached_property
    def threads(self) -> list[FollowUp]:
        """What waits; what was said only today is what the user speaks of, and no thread."""
        if self.memory is None:
            return []
        found = self.memory.follow_ups(_EVERY_THREAD)
        known = {key for one in found for key in one.items}
        found += [one for one in self.memory.owed() if one.items[0] not in known]
        return [one for one in found if one.said_on < self.memory.today]

    @cached_property
    def owners(self) -> dict[int, str | None]:
        """Who owes each promise, by its item."""
        known = self.memory.view.items() if self.memory else []
        return {one.id: one.owner for one in known if one.kind == "commitment"}

    @property
    def name(self) -> str:
        """What to call the other person; "" outside a pair."""
        return self.pair.first_name if self.pair else ""

    @property
    def role(self) -> Role | None:
        """The user's role, as the message tells it or else the pair."""
        return role_in(self.message, self.pair.role if self.pair else None)


@dataclass(frozen=True)
class Belonging:
    """Chooses it; ``uses`` says in how many of the cards each stem is used."""

    uses: Mapping[str, int]

    def spoken_of(self, need: Need) -> list[FollowUp]:
        """The thread that the message itself speaks of, if there is one: by what is new in it, or
        by all of the need unless that was told of just now."""
        if _LEFT_OUT.search(need.new):
            return []
        name = need.pair.name if need.pair else ""
        threads = need.threads
        fresh = [one for one in threads if not need.shown & set(one.items)]
        for said, among in ((need.new, threads), (need.message, fresh)):
            shared = [
                shared_words(said, f"{one.topic} {one.quote}", self.uses, name) for one in among
            ]
            if shared and max(shared) >= RELATED:
                return [among[shared.index(max(shared))]]
        # "I haven't, only half of it": of the one thing that was told just now.
        return self._in_hand(need) if LATE.search(need.new) else []

    @staticmethod
    def _in_hand(need: Need) -> list[FollowUp]:
        """The thread that was told of just now, when it was one alone."""
        told = [one.ref for one in need.state.listed if one.kind == "item"]
        return [t for t in need.threads if [str(t.items[0])] == told]

    def waiting(self, need: Need, card: str) -> list[FollowUp]:
        """What of memory belongs with advice from ``card``: nothing that was told just now."""
        if spoken := self.spoken_of(need):
            return spoken
        if card in _PROMISE_CARDS and (told := self._in_hand(need)):
            return told
        found = [
            one
            for one in need.threads[:_PRESSING]
            if not one.private and not need.shown & set(one.items)
        ]
        if card in CONTINUITY_CARDS:
            return found[:2]
        # Who was let down means the promise that has slipped; who keeps their own, one of theirs.
        if card == _DISAPPOINTED:
            late = [one for one in found if one.overdue and need.owners.get(one.items[0]) == "them"]
            return late if len(late) == 1 else []
        if card not in _PROMISE_CARDS or not _OWN.search(need.new):
            return []
        owner = "them" if _theirs_is_late(need.new) else "me"
        return [one for one in found if need.owners.get(one.items[0]) == owner][:1]

    @staticmethod
    def told(need: Need, card: Card, waiting: list[FollowUp], voice: Voice) -> str:
        """What memory has that belongs to the advice: what waits, or what went well."""
        if need.memory is None:
            return ""
        today = need.memory.today
        if card.id != CELEBRATION_CARD or waiting or need.good_news:
            return remembering.waiting(waiting, voice, today)
        wins = [i for i in need.memory.view.items() if i.kind == "win" and i.about != "me"]
        wins = [one for one in wins if not one.private and one.status != "dropped"]
        return remembering.worth_praise(wins[-2:], voice, today)


def _theirs_is_late(text: str) -> bool:
    """Whether it is somebody else who has not done it: "he hasn't sent it back, should I ask?"."""
    late = LATE.search(text)
    subject = words(text[: late.start()])[-1:] if late else []
    return bool(subject) and not _OWN.fullmatch(subject[0]) and subject[0] not in {"we", "and"}
