"""Replies that rest on the library: guidance, reflection before it, good news, a refusal."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from coach.content import wordings
from coach.conversation.belonging import CELEBRATION_CARD, LATE, Belonging, Need
from coach.conversation.dialogue.listening import asks, wants_words
from coach.conversation.dialogue.offering import offer_for, word
from coach.conversation.dialogue.reflecting import reflect
from coach.conversation.dialogue.state import Offer, State
from coach.conversation.events import Reply
from coach.conversation.intents import ADVICE
from coach.conversation.relating import everyday
from coach.conversation.skills import advice, remembering, small_talk
from coach.conversation.skills.life_events import CARDS, LifeEvent, life_event, meet
from coach.conversation.skills.script_kinds import script_kind
from coach.conversation.wording import Voice
from coach.library.cards import Card
from coach.library.library import Library
from coach.library.search import SearchResult
from coach.memory.continuity import FollowUp
from coach.text import sentences, word_count

_SHEET = "dialogue"
_NEAR_ENOUGH = 0.15
"""A refusal points to the best card when its score is at least this."""
SURE = 0.35
"""Below this score (a share of one, and about as often right) the best card may well be another
matter: it is offered as what comes nearest, not as advice."""
_BY_WORDS, _BY_WORDS_LEAD = 0.55, 1.15
"""Words alone choose a card that scores so, and so many times what the next one does: of the dev
half of tests/evals/library 89 of 100 such choices are right, and 67 of 100 without the lead."""
CLEAR = 0.5
"""A question of the card's own, or an idea from it unasked, needs this score."""
_BY_ITSELF = 0.8
"""A message whose best card scores so is clear by itself."""
_LEAD = 10.0
"""A card so many times ahead of the next one is meant, when it is likely enough."""
_ALONE_SCORE, _ALONE_LEAD = 0.4, 20.0
"""A card that scores so, and so many times what the next one does, is meant: "how do I set
limits?" is too brief to sound like mentoring, and yet clear."""
_SURER_THAN_CARE = 0.8
"""News of somebody's life is met with care unless a card fits as well as this."""
_SAID_ENOUGH = 28
"""Who has told a problem in more words than this is not asked about it first."""
_OWNING, _OWN_PROMISE = "owning-a-missed-promise", "argonne/follow-through"
"""The occasion of a promise of one's own that slipped, in memory or not; the card on it."""
_ALONE = frozenset({"script", "grow"})
"""What can be offered to someone who has no pair yet."""
_LEAST_STEP = 4


class Composer:
    """Words replies from cards, the user's documents and what is waiting in memory."""

    def __init__(self, library: Library, reply_words: int) -> None:
        self._library = library
        self._reply_words = reply_words

    def compose(self, need: Need, voice: Voice) -> Reply:
        """The reply to ``need``, worded in ``voice``."""
        reply = self._celebrate(need, voice) if need.good_news else self._word(need, voice)
        if need.lead:
            reply = replace(reply, text=f"{need.lead}\n\n{reply.text}")
        if need.result.degraded and not self._library.ready:
            reply = replace(reply, text=f"{reply.text}\n\n*{voice.say('degraded')}*")
        return reply

    def _celebrate(self, need: Need, voice: Voice) -> Reply:
        guidance = advice.Guidance(self._library.card(CELEBRATION_CARD))
        settled = self._memory.spoken_of(need)
        made = self._advise(replace(need, closing=not settled), guidance, [], voice)
        if not settled:
            return made
        offer = Offer("close", str(settled[0].items[0]))
        text = f"{made.text}\n\n{word(replace(offer, about=settled[0].topic), voice)}"
        return replace(made, text=text, items=settled[0].items,
                       state=replace(made.state, offers=(offer,)))  # fmt: skip

    def _word(self, need: Need, voice: Voice) -> Reply:
        spoken = self._memory.spoken_of(need)
        found = advice.choose(need.result.hits, self._library.deck.cards, self._library.passage)
        if spoken and not spoken[0].private and LATE.search(need.new):
            # It is the promise itself that is talked of, whatever else the words resemble.
            slipped = advice.Guidance(self._library.card(spoken[0].cards[0]))
            return self._advise(replace(need, message=need.new), slipped, spoken, voice)
        if not spoken and script_kind(need.new) == _OWNING and not is_clear(need.result):
            found = advice.Guidance(self._library.card(_OWN_PROMISE))
            if asks_first(need, spoken):
                return self._ask_first(need, found.card, voice)
            return self._advise(need, found, spoken, voice)
        grounded = found is not None and (need.result.answerable or _stands_out(need))
        if found and need.straight and found.card.id == need.state.card:
            return self._advise(need, found, spoken, voice)  # who presses gets what there is
        event = None if need.outside else life_event(need.new)
        if need.joined and life_event(need.message) == "hard":
            event = "hard"
        if event and not (grounded and _score(need.result) >= _SURER_THAN_CARE):
            return self._care(need, event, voice)
        if spoken and (not grounded or spoken[0].private):
            return self._pick_up(need, spoken, voice)
        if found is None or not grounded:
            heard = self._can_hear(need)
            return self._ask_first(need, None, voice) if heard else self._refuse(need, voice)
        return self._guide(need, found, spoken, voice)

    def _guide(
        self, need: Need, found: advice.Guidance, spoken: list[FollowUp], voice: Voice
    ) -> Reply:
        """The reply where the library has something: as sure as that is, and when it is time."""
        if self._tells_more(need):
            fresh = [one for one in spoken if not need.shown & set(one.items)]
            return self._pick_up(need, fresh, voice) if fresh else self._go_along(need, voice)
        sure = found.passage_first or is_sure(need.result)
        if asks_first(need, spoken):
            clear = is_sure(need.result) if need.result.degraded else is_clear(need.result)
            reply = self._ask_first(need, found.card if clear else None, voice)
            return replace(reply, state=replace(reply.state, card=found.card.id))
        if spoken and not sure:
            return self._pick_up(need, spoken, voice)
        again = need.state.card == found.card.id
        if not sure and not again:
            return self._nearest(need, found.card, voice)
        return self._advise(need, found, self._memory.waiting(need, found.card.id), voice)

    @cached_property
    def _memory(self) -> Belonging:
        return Belonging(everyday(self._library.deck.cards.values()))

    @staticmethod
    def _tells_more(need: Need) -> bool:
        """Whether something is added to what was advised on already, and nothing is asked."""
        told = need.joined and need.pair is not None and not need.lead and not need.straight
        return told and not need.state.waiting and not asks(need.new)

    @staticmethod
    def _reflection(need: Need, voice: Voice) -> str:
        """What was told, given back; "" when it cannot be turned around safely."""
        pronoun = need.memory.pronoun if need.memory else ""
        # Later on "she" may be somebody else who was spoken of.
        line = reflect(need.new, need.name, pronoun, sure=not need.state.need)
        said = voice.say("reflection", sheet=_SHEET, line=line) if line else ""
        return said[:1].upper() + said[1:]

    def _go_along(self, need: Need, voice: Voice) -> Reply:
        """What was added, taken in with a question of the card in hand; once it has no other, the
        choice between words to say and thinking on."""
        card = self._library.card(need.state.card) if need.state.card else None
        fresh = [one for one in card.back if not voice.seen(one)] if card else []
        state = need.state.turned_to(need.message, need.state.card)
        said = self._reflection(need, voice) or voice.say("heard more", sheet=_SHEET)
        if card is None or not fresh:
            state = replace(state, offers=(Offer("script"), Offer("grow")))
            return Reply(f"{said}\n\n{voice.say('go along', sheet=_SHEET)}", ADVICE, state=state)
        question = voice.fill(voice.pick(fresh, self._likings(need, tuple(fresh))))
        state = replace(state, waiting=True)
        return Reply(f"{said}\n\n{question} [{card.id}]", ADVICE, (card.id,), state=state)

    def _refuse(self, need: Need, voice: Voice) -> Reply:
        hits = [hit for hit in need.result.hits if hit.card in self._library.deck.cards]
        near = hits and hits[0].score >= _NEAR_ENOUGH and not need.outside
        text = small_talk.refuse(voice, self._library.card(hits[0].card) if near else None)
        state = need.state.turned_to(need.message)
        return Reply(text, "refusal", refused=True, state=state)

    @staticmethod
    def _can_hear(need: Need) -> bool:
        """Whether something told, on which the library has nothing, can be given back and asked
        about: a matter of the two that asks for nothing yet."""
        told = need.pair is not None and not need.outside and not asks(need.new)
        return told and bool(reflect(need.new, need.name))

    def _care(self, need: Need, event: LifeEvent, voice: Voice) -> Reply:
        """News of somebody's life: care, what memory has on it, and what comes nearest."""
        card = self._library.card(CARDS[event])
        waiting = self._memory.waiting(need, card.id)
        known = remembering.waiting(waiting, voice, need.memory.today) if need.memory else ""
        text, question = meet(event, card, known, voice)
        state = need.state.turned_to(need.message, card.id)
        items = tuple(key for one in waiting for key in one.items)
        text = f"{text}\n\n{question}" if need.closing else text
        return Reply(text, ADVICE, (card.id,), items, state=state)

    def _pick_up(self, need: Need, waiting: list[FollowUp], voice: Voice) -> Reply:
        """What memory has on it, and words to come back to it with."""
        assert need.memory is not None
        known = remembering.waiting(waiting, voice, need.memory.today)
        card = waiting[0].cards[0]
        opening = voice.say("open with", line=waiting[0].ask.replace('"', "'"))
        care = f"*{voice.say('with care')}*" if waiting[0].private else ""
        question = voice.say("open question", sheet=_SHEET) if need.closing else ""
        heard = "" if asks(need.new) else self._reflection(need, voice)
        parts = (heard, known, f"{opening} [{card}]", care, question)
        text = "\n\n".join(part for part in parts if part)
        items = tuple(key for one in waiting for key in one.items)
        state = _with_threads(need.state.turned_to(need.message, card), waiting)
        return Reply(text, ADVICE, (card,), items, state=state)

    def _nearest(self, need: Need, card: Card, voice: Voice) -> Reply:
        """What comes nearest, said to be no more than that; then thinking it through together."""
        line = advice.first_thoughts(card)
        parts = [voice.say("nearest", sheet=_SHEET, line=line, card=card.id)]
        if wants_words(need.new):
            parts.append(advice.aloud(card, voice, need.role, self._affinity(need), again=False))
        state = need.state.turned_to(need.message, card.id)
        offered = {offer.kind for offer in need.state.offers}
        if need.closing and "grow" not in offered:
            state = replace(state, offers=(Offer("grow"),))
            parts.append(word(Offer("grow"), voice))
        elif need.closing:
            parts.append(voice.say("open question", sheet=_SHEET))
        text = "\n\n".join(voice.fill(part) for part in parts)
        return Reply(text, ADVICE, (card.id,), state=state)

    def _advise(
        self, need: Need, guidance: advice.Guidance, waiting: list[FollowUp], voice: Voice
    ) -> Reply:
        told = advice.advise(
            guidance,
            voice,
            need.role,
            self._affinity(need),
            self._reply_words,
            self._memory.told(need, guidance.card, waiting, voice),
            waiting[0].ask if waiting else "",
        )
        state = _with_threads(need.state.turned_to(need.message, guidance.card.id), waiting)
        offer = self._offer(need, guidance.card, told.step) if need.closing else None
        close = word(offer, voice) if offer else told.back
        close = close if need.closing else ""
        if offer:
            state = replace(state, offers=(offer,))
        text = "\n\n".join(part for part in (told.text, close) if part)
        items = tuple(key for one in waiting for key in one.items)
        return Reply(text, ADVICE, told.citations, items, state=state)

    def _affinity(self, need: Need) -> advice.Affinity:
        return lambda texts: self._library.affinity(need.message, texts)

    def _ask_first(self, need: Need, card: Card | None, voice: Voice) -> Reply:
        """The problem in the user's own terms, and one open question; ``card`` when one fits."""
        said = self._reflection(need, voice)
        said = said or voice.say("reflection without words", sheet=_SHEET)
        state = replace(need.state.turned_to(need.message), waiting=True)
        if card is None:
            question = voice.say("open question", sheet=_SHEET)
            return Reply(f"{said}\n\n{question}", ADVICE, state=state)
        question = voice.fill(voice.pick(card.back, self._likings(need, card.back)))
        pointers = wordings(_SHEET)["pointer"]
        known = need.state.card == card.id or any(voice.seen(one) for one in pointers)
        pointer = f"[{card.id}]" if known else voice.say("pointer", sheet=_SHEET, card=card.id)
        return Reply(f"{said}\n\n{question}\n\n{pointer}", ADVICE, (card.id,), state=state)

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


def _with_threads(state: State, told: list[FollowUp]) -> State:
    """The state after one thread was told of: "yes she did", "ask her about it" mean that."""
    return replace(state, listed=remembering.listed_threads(told)) if len(told) == 1 else state


def _stands_out(need: Need) -> bool:
    """Whether one card alone speaks to a message that does not sound like mentoring by itself."""
    scores = [hit.score for hit in need.result.hits[:2]]
    return len(scores) == 2 and scores[0] >= max(_ALONE_SCORE, _ALONE_LEAD * scores[1])


def is_clear(found: SearchResult) -> bool:
    """Whether a message says by itself which card it needs."""
    first, second = [*(hit.score for hit in found.hits[:2]), 0.0, 0.0][:2]
    return first >= _BY_ITSELF or first >= max(CLEAR, _LEAD * second)


def is_sure(found: SearchResult) -> bool:
    """Whether the best card is likely enough to be advised from."""
    first, second = [*(hit.score for hit in found.hits[:2]), 0.0, 0.0][:2]
    if not found.degraded:
        return first >= SURE
    return first >= _BY_WORDS and first >= _BY_WORDS_LEAD * second


def _score(result: SearchResult) -> float:
    return result.hits[0].score if result.hits else 0.0


def asks_first(need: Need, waiting: list[FollowUp]) -> bool:
    """Whether to reflect and ask before advising.

    A problem that is told, briefly and for the first time, is met with a question. Who asks, who
    is in a hurry, who has told more, or whose memory says enough already, is answered.
    """
    if need.pair is None or need.straight or need.good_news or waiting or need.lead:
        return False
    told = sentences(need.new)
    return (
        not asks(need.new)
        and not need.state.waiting
        and need.state.need != need.message
        and len(told) <= 2
        and word_count(need.new) <= _SAID_ENOUGH
    )
