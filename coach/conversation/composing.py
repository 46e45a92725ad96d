"""The plan of a reply that rests on the library: which skill answers, and from what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from coach.agreement.scripts import script
from coach.conversation.events import Reply
from coach.conversation.intents import ADVICE, Intent
from coach.conversation.memory_turn import MemoryTalk
from coach.conversation.skills import advice, questions, remembering, small_talk
from coach.conversation.suggesting import OPEN_CARDS
from coach.conversation.wording import Other, Role, Voice, nameless_in, role_in
from coach.library.cards import Card
from coach.library.library import Library
from coach.library.search import SearchResult
from coach.storage.pairs import Pair
from coach.text import words

_NEAR_ENOUGH = 0.15
"""A refusal points to the best card when its score is at least this."""
_QUESTIONS = 5
_RULED = 0.9
"""The confidence of an intent that a rule has settled."""

_EXPECTATION_CARDS = frozenset(
    {"argonne/set-clear-expectations", "six/set-limits", "six/know-what-you-want"}
)
_CELEBRATION_CARD = "engage/encouragement"
"""Good news is met with what the library says on celebrating."""
_REQUEST_WORDS = frozenset(
    words(
        """a an the some any few more good better great deep deeper nice useful question questions
        to for ask asking me my our her him them with i we you can could should would shall please
        give suggest list need want what which next time session meeting mentor mentee tomorrow
        today first one two three four five of in at on and it is do help find have get us if were
        """
    )
)
"""Words of a request for questions that say nothing about what they should be about."""


@dataclass(frozen=True)
class Need:
    """What a reply is to answer: the message, whose it is, and what was found for it.

    ``result`` is None for small talk; ``memory`` is None outside a pair; ``good_news`` says that
    the message does nothing but report a success.
    """

    message: str
    intent: Intent
    pair: Pair | None
    result: SearchResult | None
    memory: MemoryTalk | None
    good_news: bool = False

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

    def compose(self, need: Need, used: Sequence[str], today: date) -> Reply:
        """The reply to ``need``; ``used`` are the wordings of earlier ones, oldest first."""
        voice = Voice(used, need.other.name, nameless_in(need.message))
        reply = self._word(need, voice, today)
        if need.result is not None and need.result.degraded and not self._library.ready:
            reply = replace(reply, text=f"{reply.text}\n\n*{voice.say('degraded')}*")
        return replace(reply, wording=tuple(voice.taken))

    def _word(self, need: Need, voice: Voice, today: date) -> Reply:
        name = need.intent.name
        if need.result is None:
            return Reply(small_talk.chat(name, voice, need.other), name)
        if name == "questions":
            return self._questions(need, need.result, voice)
        if name == "script" and self._wants_expectations(need, need.result):
            made = script("expectations", need.role or "mentee", need.other.spoken)
            return Reply(f"{voice.say('script')}\n\n{made.markdown}", name, made.cards)
        guidance = advice.choose(need.result.hits, self._library.deck.cards, self._library.passage)
        if need.good_news:
            guidance = advice.Guidance(self._library.card(_CELEBRATION_CARD))
        elif guidance is None or not need.result.answerable:
            nearest = self._nearest(need.result)
            return Reply(small_talk.refuse(voice, nearest), "refusal", refused=True)
        assert guidance is not None
        return self._advice(need, guidance, voice, today)

    def _advice(self, need: Need, guidance: advice.Guidance, voice: Voice, today: date) -> Reply:
        waiting = need.memory.waiting_for(need.message, guidance.card.id) if need.memory else []
        text, citations = advice.advise(
            guidance,
            need.message,
            voice,
            need.other,
            need.role,
            lambda texts: self._library.affinity(need.message, texts),
            self._reply_words,
            remembering.waiting(waiting, voice, today),
            waiting[0].ask if waiting else "",
        )
        return Reply(text, ADVICE, citations, tuple(key for one in waiting for key in one.items))

    def _questions(self, need: Need, result: SearchResult, voice: Voice) -> Reply:
        found = [hit.card for hit in result.hits if hit.card in self._library.deck.cards]
        subject = set(words(need.message)) - _REQUEST_WORDS
        suggestions = questions.suggest(
            [self._library.card(card) for card in (found[:3] if subject else OPEN_CARDS)],
            voice,
            lambda texts: self._library.affinity(need.message, texts),
            _QUESTIONS,
        )
        text, citations = questions.reply(suggestions, voice)
        return Reply(text, "questions", citations)

    def _wants_expectations(self, need: Need, result: SearchResult) -> bool:
        best = {hit.card for hit in result.hits[:3]}
        return need.intent.confidence >= _RULED or bool(best & _EXPECTATION_CARDS)

    def _nearest(self, result: SearchResult) -> Card | None:
        hits = [hit for hit in result.hits if hit.card in self._library.deck.cards]
        near = hits and hits[0].score >= _NEAR_ENOUGH
        return self._library.card(hits[0].card) if near else None
