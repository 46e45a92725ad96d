"""Replies that rest on the library: guidance, reflection before it, good news, a refusal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from coach.conversation.dialogue.offering import offer_for, word
from coach.conversation.dialogue.reflecting import reflect
from coach.conversation.dialogue.state import Offer, State
from coach.conversation.events import Reply
from coach.conversation.intents import ADVICE
from coach.conversation.memory_turn import MemoryTalk
from coach.conversation.skills import advice, remembering, small_talk
from coach.conversation.wording import Other, Role, Voice, role_in
from coach.library.cards import Card
from coach.library.library import Library
from coach.library.search import SearchResult
from coach.memory.continuity import FollowUp
from coach.storage.pairs import Pair
from coach.text import sentences, word_count

_SHEET = "dialogue"
_NEAR_ENOUGH = 0.15
"""A refusal points to the best card when its score is at least this."""
_SAID_ENOUGH = 28
"""Who has told a problem in more words than this is not asked about it first."""
_CELEBRATION_CARD = "engage/encouragement"
"""Good news is met with what the library says on celebrating."""
_ALONE = frozenset({"script", "grow"})
"""What can be offered to someone who has no pair yet."""
_LEAST_STEP = 4

# A statement that asks for advice all the same, or says that there is no time for questions.
_ASKS = re.compile(
    r"\b(?:what to (?:do|say|try)|how to|(?:need|want|like|give me|looking for) (?:\w+ ){0,2}"
    r"(?:advice|help|tips?|ideas?|guidance|input)|any (?:advice|ideas?|tips?|suggestions?|thoughts)"
    r"|help(?: me)?|advi[sc]e|i(?:'m| am)? wonder(?:ing)?|tell me|show me|in a (?:hurry|rush)"
    r"|no time|quick(?:ly)?|urgent(?:ly)?|minutes? (?:left|before|until)|asap)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Need:
    """What a reply is to answer: the words of it, whose it is, and what was found for it.

    ``memory`` is None outside a pair; ``good_news`` says that the message does nothing but report
    a success; ``straight`` that the user wants advice without being asked first; ``lead`` is a
    line that goes before; ``closing`` that the reply ends with a question or an offer.
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

    @property
    def other(self) -> Other:
        """The other person as the voice speaks of them."""
        return Other(self.pair.first_name, self.pair.their_role) if self.pair else Other()

    @property
    def role(self) -> Role | None:
        """The user's role, as the message tells it or else the pair."""
        return role_in(self.message, self.pair.role if self.pair else None)


class Composer:
    """Words replies from cards, the user's documents and what is waiting in memory."""

    def __init__(self, library: Library, reply_words: int) -> None:
        self._library = library
        self._reply_words = reply_words

    def compose(self, need: Need, voice: Voice) -> Reply:
        """The reply to ``need``, worded in ``voice``."""
        reply = self._word(need, voice)
        if need.lead:
            reply = replace(reply, text=f"{need.lead}\n\n{reply.text}")
        if need.result.degraded and not self._library.ready:
            reply = replace(reply, text=f"{reply.text}\n\n*{voice.say('degraded')}*")
        return reply

    def _word(self, need: Need, voice: Voice) -> Reply:
        guidance = advice.choose(need.result.hits, self._library.deck.cards, self._library.passage)
        if need.good_news:
            guidance = advice.Guidance(self._library.card(_CELEBRATION_CARD))
        elif guidance is None or not need.result.answerable:
            nearest = self._nearest(need.result)
            return Reply(
                small_talk.refuse(voice, nearest), "refusal", refused=True, state=need.state
            )
        assert guidance is not None
        waiting = need.memory.waiting_for(need.message, guidance.card.id) if need.memory else []
        if asks_first(need, waiting):
            return self._ask_first(need, guidance.card, voice)
        return self._advise(need, guidance, waiting, voice)

    def _advise(
        self, need: Need, guidance: advice.Guidance, waiting: list[FollowUp], voice: Voice
    ) -> Reply:
        told = advice.advise(
            guidance,
            need.message,
            voice,
            need.other,
            need.role,
            lambda texts: self._library.affinity(need.message, texts),
            self._reply_words,
            remembering.waiting(waiting, voice, need.memory.today) if need.memory else "",
            waiting[0].ask if waiting else "",
        )
        state = need.state.turned_to(need.message, guidance.card.id)
        offer = self._offer(need, guidance.card, told.step) if need.closing else None
        close = word(offer, voice) if offer else told.back
        close = close if need.closing else ""
        if offer:
            state = replace(state, offers=(offer,))
        text = "\n\n".join(part for part in (told.text, close) if part)
        items = tuple(key for one in waiting for key in one.items)
        return Reply(text, ADVICE, told.citations, items, state=state)

    def _ask_first(self, need: Need, card: Card, voice: Voice) -> Reply:
        line = reflect(need.message, need.other.name)
        line = line[:1].lower() + line[1:] if voice.name and line.startswith("The ") else line
        said = voice.say("reflection" if line else "reflection without words", sheet=_SHEET,
                         line=line)  # fmt: skip
        said = said[:1].upper() + said[1:]
        question = voice.fill(voice.pick(card.back, self._likings(need, card.back)))
        pointer = voice.say("pointer", sheet=_SHEET, title=card.title, card=card.id)
        state = replace(need.state.turned_to(need.message, card.id), waiting=True)
        return Reply(f"{said} {pointer}\n\n{question}", ADVICE, (card.id,), state=state)

    def _likings(self, need: Need, options: tuple[str, ...]) -> dict[str, float]:
        return dict(zip(options, self._library.affinity(need.message, options), strict=True))

    def _offer(self, need: Need, card: Card, step: str) -> Offer | None:
        """One thing to offer: what belongs to the card, else to keep the step; not twice."""
        just_made = {offer.kind for offer in need.state.offers}
        fitting = offer_for(card.id)
        if fitting and fitting.kind not in just_made and (need.pair or fitting.kind in _ALONE):
            return fitting
        if need.pair and word_count(step) >= _LEAST_STEP and "keep" not in just_made:
            return Offer("keep", step.rstrip("."))
        return None

    def _nearest(self, result: SearchResult) -> Card | None:
        hits = [hit for hit in result.hits if hit.card in self._library.deck.cards]
        near = hits and hits[0].score >= _NEAR_ENOUGH
        return self._library.card(hits[0].card) if near else None


def asks_first(need: Need, waiting: list[FollowUp]) -> bool:
    """Whether to reflect and ask before advising.

    A problem that is told, briefly and for the first time, is met with a question. Who asks, who
    is in a hurry, who has told more, or whose memory says enough already, is answered.
    """
    if need.pair is None or need.straight or need.good_news or waiting or need.lead:
        return False
    told = sentences(need.message)
    return (
        "?" not in need.message
        and not _ASKS.search(need.message)
        and not need.state.waiting
        and need.state.need != need.message
        and len(told) <= 2
        and word_count(need.message) <= _SAID_ENOUGH
    )
