"""Makes the replies of one turn: advice, the GROW route, pages, kept steps, entries of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.conversation.composing import Composer, Need
from coach.conversation.desk import Desk
from coach.conversation.dialogue import grow
from coach.conversation.dialogue.answering import Hands
from coach.conversation.dialogue.state import Listed, Offer, Route, State
from coach.conversation.events import Reply
from coach.conversation.intents import ADVICE
from coach.conversation.memory_turn import MemoryTalk, Remembered
from coach.conversation.skills import working
from coach.conversation.wording import Role, Voice, role_in
from coach.library.library import Library
from coach.library.search import SearchResult
from coach.storage.conversations import Message
from coach.storage.pairs import Pair

_SHEET = "dialogue"
_HITS = 8


@dataclass
class Replying:
    """What the replies of one turn are made with and from.

    ``found`` is what was looked up in the library last, for the front end to show.
    """

    library: Library
    composer: Composer
    desk: Desk
    pair: Pair | None
    talk: MemoryTalk | None
    message: Message
    history: Sequence[Message]
    state: State
    voice: Voice
    found: SearchResult | None = None

    @property
    def role(self) -> Role:
        """The user's role: as the message tells it, or the pair's."""
        return role_in(self.message.text, self.pair.role if self.pair else None) or "mentee"

    # -- advice --------------------------------------------------------------

    def advise(
        self,
        need: str,
        *,
        lead: str = "",
        straight: bool = False,
        good_news: bool = False,
        goes_on: bool = False,
        closing: bool = True,
    ) -> Reply:
        """Advice on ``need``, or a question first, or an honest "I don't know".

        ``goes_on`` says that it may be more of the need in hand, which says too little by itself.
        """
        self.found = self.library.search(need, _HITS)
        if not self.found.answerable and goes_on and self.state.need:
            need = f"{self.state.need} {need}"
            lead = lead or self.voice.say("heard", sheet=_SHEET)
            self.found = self.library.search(need, _HITS)
        made = Need(
            need, self.pair, self.found, self.talk, self.state, good_news, straight, lead,
            closing,
        )  # fmt: skip
        return self.composer.compose(made, self.voice)

    def advise_all(self, needs: Sequence[str]) -> Reply:
        """Advice on several needs, one after the other; only the last ends with an offer."""
        leads = [self.voice.say("more than one", sheet=_SHEET)]
        leads += [self.voice.say("and the other", sheet=_SHEET) for _ in needs[1:]]
        replies = [
            self.advise(need, lead=lead, straight=True, closing=need == needs[-1])
            for need, lead in zip(needs, leads, strict=True)
        ]
        told = [one for one in replies if not one.refused]
        if len(told) < 2:
            return self.advise(self.message.text)
        text = "\n\n".join(one.text for one in told)
        cited = tuple(dict.fromkeys(card for one in told for card in one.citations))
        items = tuple(dict.fromkeys(key for one in told for key in one.items))
        return Reply(text, ADVICE, cited, items, state=told[-1].state)

    def told_more(self) -> Reply:
        """Advice on the need that the coach had asked about, with what was answered."""
        lead = self.voice.say("heard", sheet=_SHEET)
        need = f"{self.state.need} {self.message.text}"
        reply = self.advise(need, lead=lead)
        return self.advise(self.state.need, lead=lead) if reply.refused else reply

    def grow(self, route: Route) -> Reply:
        """The question at a place on the GROW route, with an idea where options are asked for."""
        idea = None
        if route.stage == "options" and not route.asked_again:
            found = self.library.search(route.topic, _HITS)
            cards = [hit.card for hit in found.hits if hit.card in self.library.deck.cards]
            idea = self.library.card(cards[0]) if found.answerable and cards else None
        text = grow.ask(route, self.voice, idea)
        state = replace(self.state.turned_to(route.topic), route=route)
        cited = (idea.id,) if idea and f"[{idea.id}]" in text else ()
        return Reply(text, "grow", cited, state=state)

    # -- pages and memory ------------------------------------------------------

    def work(self, job: str, message: str, need: str) -> Reply:
        """A page; see :func:`coach.conversation.skills.working.work`."""
        return working.work(
            job, self.desk, self.pair, message, need, self.role, self.state, self.voice
        )

    def from_memory(self, said: Remembered, intent: str) -> Reply:
        """What memory says, as a reply; "the second one" means what it lists."""
        state = replace(self.state, offers=(), waiting=False, listed=said.listed)
        return Reply(said.text, intent, said.cards, said.items, state=state)

    def authored(self, situation: str, intent: str) -> Reply:
        """An authored sentence that changes nothing."""
        return Reply(self.voice.say(situation, sheet=_SHEET), intent, state=self.state)

    # -- what answers can set in motion ------------------------------------------

    def hands(self) -> Hands:
        """What short answers can set in motion."""
        return Hands(
            advise=lambda need, lead: self.advise(need, lead=lead, straight=True),
            carry_out=self._carry_out,
            describe=self._describe,
            card=self.library.card,
            source=lambda card: self.library.deck.sources[self.library.card(card).source].title,
        )

    def _carry_out(self, offer: Offer) -> Reply:
        match offer.kind:
            case "grow":
                return self.grow(grow.begin(self.state.need))
            case "keep":
                return self._keep(offer.about)
            case "followups" if self.talk:
                return self.from_memory(self.talk.follow_ups_reply(self.voice), "followups")
            case _:
                return self.work(offer.kind, offer.about, self.state.need)

    def _keep(self, step: str) -> Reply:
        state = replace(self.state, offers=())
        kept = self.talk.keep_step(step, self.history) if self.talk else None
        if kept is None:
            return Reply(self.voice.say("could not keep", sheet=_SHEET), "keep", state=state)
        said = self.voice.say("kept as step", sheet=_SHEET, line=kept.text)
        return Reply(said, "keep", items=(kept.id,), state=state)

    def _describe(self, entry: Listed) -> Reply:
        if entry.kind == "need":
            return self.advise(entry.text, straight=True)
        if entry.kind == "item" and self.talk:
            return self.from_memory(self.talk.about_item(int(entry.ref), self.voice), "recall")
        text = self.voice.say("chosen question", sheet=_SHEET, line=entry.text, card=entry.ref)
        return Reply(text, "questions", (entry.ref,), state=self.state)
