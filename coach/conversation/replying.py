"""Makes the replies of one turn: advice, the GROW route, pages, kept steps, entries of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.conversation.belonging import Need
from coach.conversation.card_lines import CardLines
from coach.conversation.composing import CLEAR, Composer, is_clear
from coach.conversation.desk import Desk, Limit
from coach.conversation.dialogue import grow
from coach.conversation.dialogue.answering import Hands
from coach.conversation.dialogue.listening import asks, goes_on, less_demand
from coach.conversation.dialogue.state import Listed, Offer, Route, State
from coach.conversation.dialogue.variation import Tone, wants_note
from coach.conversation.events import Reply
from coach.conversation.intents import ADVICE
from coach.conversation.memory_turn import MemoryTalk
from coach.conversation.memory_view import Remembered
from coach.conversation.skills import working
from coach.conversation.skills.life_events import life_event
from coach.conversation.wording import Role, Voice, role_in
from coach.library.library import Library
from coach.library.search import Hit, SearchResult
from coach.memory.continuity.say import plain_date
from coach.memory.items import Item
from coach.storage.conversations import Message
from coach.storage.pairs import Pair
from coach.text import cited

_SHEET = "dialogue"
_GOAL_CARD = "six/smart-goals"
_LIMITS_CARD = "six/set-limits"
_HITS = 8
_PERSISTS = 2.0
_BRIEF = 8
"""Of so few words is what is said on news of somebody's life."""
_QUESTIONS, _FEW_QUESTIONS = 12, 3
_LONGEST_NEED = 80
"""Words of a need that goes on over several messages: its beginning says what it is about."""


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

    @property
    def last_reply(self) -> Message | None:
        """The newest reply of the coach."""
        replies = [one for one in self.history if one.author == "coach"]
        return replies[-1] if replies else None

    @property
    def last(self) -> str:
        """The intent that the newest reply was an answer to."""
        return str(self.last_reply.detail.get("intent", "")) if self.last_reply else ""

    @property
    def showed_words(self) -> bool:
        """Whether the newest reply had words to say in it."""
        return self.last_reply is not None and '"' in self.last_reply.text

    # -- advice --------------------------------------------------------------

    def advise(
        self,
        need: str,
        *,
        lead: str = "",
        straight: bool = False,
        good_news: bool = False,
        outside: bool = False,
        closing: bool = True,
        sought: str = "",
    ) -> Reply:
        """Advice on ``need``, or a question first, or an honest "I don't know".

        A brief message that leans on the need in hand is answered together with it. ``outside``
        says that it reads like a matter beyond mentoring; ``sought`` is what to look for instead.
        """
        whole = self._look_up(sought or need)
        whole = need if sought else whole
        assert self.found is not None
        made = Need(
            whole, self.pair, self.found, self.talk, self.state, good_news, straight, lead,
            closing, need, outside, self._shown(),
        )  # fmt: skip
        return self.composer.compose(made, self.voice)

    def _in_hand(self) -> str:
        """What memory told just now: the one thing, or the best answer to a question for one."""
        if self.last == ADVICE:
            return ""
        told = self.state.listed[:1] if self.last == "recall" else ()
        return next((one.text for one in told if one.kind == "item"), working.in_hand(self.state))

    def _shown(self) -> frozenset[int]:
        """The items that this conversation has told of."""
        told = (one.detail.get("items", ()) for one in self.history if one.author == "coach")
        return frozenset(key for items in told for key in items)

    def _look_up(self, need: str) -> str:
        """Look for guidance on ``need``; what was looked for: with the need in hand when it leans
        on that, and is not clear by itself."""
        told = less_demand(need)
        self.found = self._search(told or need)
        if need == self.state.need and not self.state.waiting:
            self.found = self._staying(self.found)
        before = self._in_hand() or self.state.need
        name = self.pair.first_name if self.pair else ""
        clear = self.found.answerable and is_clear(self.found)
        cared = bool(before) and life_event(before) == "hard" and len(need.split()) <= _BRIEF
        if not before or before in need or clear or not (cared or goes_on(need, name)):
            return need
        whole = joined(before, told) if told else before
        together = self._search(whole)
        alone = self.found.hits[0].score if asks(need) and self.found.hits else 0.0
        surer = alone >= CLEAR and together.hits[0].score < alone
        if (surer or not together.answerable) and not cared:
            return need
        self.found = self._persisting(together)
        return whole

    def _search(self, need: str) -> SearchResult:
        """Guidance on ``need``; cards speak of no name, but of who it is to the user."""
        if self.pair is None:
            return self.library.search(need, _HITS)
        return self.library.search(self.nameless(need, f"my {self.pair.their_role}"), _HITS)

    def nameless(self, text: str, them: str) -> str:
        """``text`` with ``them`` for the other person's name."""
        if self.pair is None:
            return text
        named = rf"\b(?:my {self.pair.their_role},? )?{re.escape(self.pair.first_name)}\b"
        return re.sub(named, them, text, flags=re.IGNORECASE)

    def _staying(self, found: SearchResult) -> SearchResult:
        """The hits with the card of the talk first: more is wanted on a need that it answered."""
        card = self.library.deck.cards.get(self.state.card)
        if card is None or not found.hits or is_clear(found):
            return found
        first = [Hit(card.id, card.source, card.title, found.hits[0].score)]
        rest = [hit for hit in found.hits if hit.card != self.state.card]
        return replace(found, hits=(*first, *rest))

    def _persisting(self, found: SearchResult) -> SearchResult:
        """The hits, with the card of the talk counting more: people seldom leave a matter."""
        hits = [
            replace(hit, score=min(1.0, _PERSISTS * hit.score)) if hit.card == self.state.card
            else hit
            for hit in found.hits
        ]  # fmt: skip
        return replace(found, hits=tuple(sorted(hits, key=lambda hit: -hit.score)))

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
        nothing = [
            self.voice.say("nothing on that", sheet=_SHEET, line=need.strip(" ?.!"))
            for need, one in zip(needs, replies, strict=True)
            if one.refused
        ]
        text = "\n\n".join([*(one.text for one in told), *nothing])
        cited = tuple(dict.fromkeys(card for one in told for card in one.citations))
        items = tuple(dict.fromkeys(key for one in told for key in one.items))
        listed = tuple(Listed("need", "", need) for need in needs)
        return Reply(text, ADVICE, cited, items, state=replace(told[-1].state, listed=listed))

    def told_more(self) -> Reply:
        """Advice on the need that the coach had asked about, with what was answered."""
        lead = self.voice.say("heard", sheet=_SHEET)
        alone, whole = self.state.need, joined(self.state.need, self.message.text)
        # A detail ("he's 23, it is his first job") may say nothing that a card speaks of.
        best = max((whole, alone), key=self._speaks_to)
        return self.advise(whole, lead=lead, sought=best)

    def _speaks_to(self, need: str) -> float:
        found = self._search(need)
        return found.hits[0].score if found.answerable and found.hits else 0.0

    def grow(self, route: Route) -> Reply:
        """The question at a place on the GROW route, with an idea where options are asked for."""
        idea = None
        if route.stage == "options" and not route.asked_again:
            found = self._search(route.topic)
            cards = [hit.card for hit in found.hits if hit.card in self.library.deck.cards]
            sure = found.answerable and bool(cards) and found.hits[0].score >= CLEAR
            idea = self.library.card(cards[0]) if sure else None
        text = grow.ask(route, self.voice, idea)
        state = replace(self.state.turned_to(route.topic), route=route)
        cited = (idea.id,) if idea and f"[{idea.id}]" in text else ()
        return Reply(text, "grow", cited, state=state)

    @property
    def lines(self) -> CardLines:
        """The lines of the card in hand."""
        return CardLines(self.library, self.voice, self.role, self.state)

    def reworded(self, tone: Tone) -> Reply | None:
        """What was just worded, in another tone."""
        shown = self.last_reply.text if self.last_reply else ""
        return self.lines.reworded(tone, shown)

    def options(self, count: int) -> Reply | None:
        """So many ways to go on with the need in hand."""
        return self.lines.options(count, [hit.card for hit in self._search(self.state.need).hits])

    # -- pages and memory ------------------------------------------------------

    def work(self, job: str, message: str, need: str) -> Reply:
        """A page; see :func:`coach.conversation.skills.working.work`. A script needs an occasion:
        else a few lines of the card in hand have to do, or it is asked for."""
        if job == "script" and not self.state.card:
            said = [one.text for one in self.history[:-1] if one.author == "user"]
            need = need or working.matter(message, said[-1:] if self.last != "safety" else ())
            if need:
                self.state = replace(self.state, need=need, card=self._card_for(need))
        if job == "script" and self.state.card and wants_note(message):
            return self.lines.few_lines()
        if job == "script" and not working.script_for(message, need, self.state.card):
            return self.lines.few_lines() if self.state.card else self._which_script()
        made = working.work(
            job, self.desk, self.pair, message, need, self.role, self.state, self.voice
        )
        shown = self.last_reply.text.partition("\n\n")[2] if self.last_reply else ""
        if job == "script" == self.last and made.text.endswith(shown) and made.state.card:
            return replace(self, state=made.state).lines.few_lines("words again")
        asked = made.state.listed
        return self.describe(asked[0]) if job == "questions" and len(asked) == 1 else made

    def _card_for(self, need: str) -> str:
        """The card that a need would be answered from; "" when none fits."""
        found = self._search(need)
        cards = [hit.card for hit in found.hits if hit.card in self.library.deck.cards]
        return cards[0] if found.answerable and cards else ""

    def question_about(self, about: str) -> Reply:
        """One question on that subject, in place of one that was shown."""
        return self.work("questions", f"1 questions about {about}", "")

    def shorter_questions(self) -> Reply:
        """Other questions, the shortest there are: as many as were shown, at most three."""
        count = max(1, min(_FEW_QUESTIONS, len(self.state.listed)))
        page = self.desk.questions(
            self.pair, "", "", self.state.need, _QUESTIONS, self.role, self.voice
        )
        kept = tuple(sorted(page.listed, key=lambda one: len(one.text))[:count])
        text = "\n".join(f"- {one.text} [{one.ref}]" for one in kept)
        state = replace(self.state, listed=kept)
        return Reply(text, "questions", tuple(one.ref for one in kept), page.items, state=state)

    def brief(self, request: str, minutes: int) -> Reply:
        """The page for the session again, for one of ``minutes``."""
        assert self.pair is not None
        page = self.desk.brief(self.pair, request, minutes)
        return Reply(page.markdown, "brief", cited(page.markdown), page.items, state=self.state)

    def goal_heard(self, line: str) -> Reply:
        """A goal was told: give it back and offer to keep it."""
        said = self.voice.say("goal heard", sheet=_SHEET, line=line)
        state = replace(self.state.turned_to(self.message.text, _GOAL_CARD))
        state = replace(state, offers=(Offer("goal", line),))
        return Reply(f"{said} [{_GOAL_CARD}]", "goals", (_GOAL_CARD,), state=state)

    def keep_goal(self, line: str) -> Reply:
        """Keep a goal, and ask for what it lacks."""
        if self.pair is None:
            return Reply(self.voice.say("could not keep", sheet=_SHEET), "goals", state=self.state)
        page = self.desk.add_goal(self.pair, line)
        lead = self.voice.say("goal kept", sheet=_SHEET)
        state = replace(self.state, offers=(), slot="", listed=page.listed)
        return Reply(f"{lead}\n\n{page.markdown}", "goals", page.cards, page.items, state=state)

    def verdict(self) -> Reply:
        """The user wants to be told whether they are right; that is not the coach's to say."""
        said = self.voice.say("verdict", sheet=_SHEET)
        return Reply(said, ADVICE, state=replace(self.state, offers=(), waiting=True))

    def _which_script(self) -> Reply:
        text = self.voice.say("which script", sheet=_SHEET)
        return Reply(text, "script", state=replace(self.state, offers=(), slot="script"))

    def limited(self, limit: Limit) -> Reply:
        """What is proposed goes against a limit of the two: say so, with its words and its day."""
        said_on = limit.since and self.talk and plain_date(limit.since, self.talk.today)
        line = f'"{limit.text.rstrip(".")}"' + (f" ({said_on})" if said_on else "")
        said = self.voice.say("limit", sheet=_SHEET, line=line, card=_LIMITS_CARD)
        state = replace(self.state, offers=(), waiting=False)
        return Reply(said, "agreement", (_LIMITS_CARD,), state=state)

    def from_memory(self, said: Remembered, intent: str) -> Reply:
        """What memory says, as a reply; "the second one" means what it lists."""
        state = replace(self.state, offers=(), waiting=False, listed=said.listed, slot=said.slot)
        return Reply(said.text, intent, said.cards, said.items, state=state)

    def authored(self, situation: str, intent: str) -> Reply:
        """An authored sentence that changes nothing."""
        return Reply(self.voice.say(situation, sheet=_SHEET), intent, state=self.state)

    def keep_proposed(self) -> list[Item]:
        """Keep what the newest reply proposed to keep; it is offered no more."""
        reply = self.last_reply
        if self.talk is None or reply is None:
            return []
        kept = self.talk.changes.keep_proposed(reply, self.history)
        if kept:
            self.desk.proposals_taken(reply.id)
        return kept

    # -- what answers can set in motion ------------------------------------------

    def hands(self) -> Hands:
        """What short answers can set in motion."""
        return Hands(
            advise=lambda need, lead: self.advise(need, lead=lead, straight=True),
            carry_out=self.carry_out,
            describe=self.describe,
            other_words=self.lines.other_words,
            card=self.library.card,
            source=lambda card: self.library.deck.sources[self.library.card(card).source].title,
        )

    def carry_out(self, offer: Offer) -> Reply:
        """Do what was offered."""
        match offer.kind:
            case "grow":
                return self.grow(grow.begin(self.state.need))
            case "keep":
                return self._keep(offer.about)
            case "goal":
                return self.keep_goal(offer.about)
            case "close" if self.talk:
                one = (Listed("item", offer.about, ""),)
                done = self.talk.changes.close_the_one(one, self.voice)
                return (
                    self.from_memory(done, "settled")
                    if done
                    else self.authored("settled already", "settled")
                )
            case "followups" if self.talk:
                return self.from_memory(self.talk.follow_ups_reply(self.voice), "followups")
            case _:
                return self.work(offer.kind, offer.about, self.state.need)

    def _keep(self, step: str) -> Reply:
        state = replace(self.state, offers=())
        kept = self.talk.changes.keep_step(step, self.history) if self.talk else None
        if kept is None:
            return Reply(self.voice.say("could not keep", sheet=_SHEET), "keep", state=state)
        said = self.voice.say("kept as step", sheet=_SHEET, line=kept.text)
        return Reply(said, "keep", items=(kept.id,), state=state)

    def describe(self, entry: Listed) -> Reply:
        if entry.kind == "need":
            return self.advise(entry.text, straight=True)
        if entry.kind == "item" and self.talk:
            return self.from_memory(self.talk.about_item(int(entry.ref), self.voice), "recall")
        if entry.kind == "option":
            said = self.voice.say("chosen option", sheet=_SHEET, line=entry.text.rstrip("."))
            state = replace(self.state, offers=(Offer("keep", entry.text.rstrip(".")),))
            return Reply(said, "choice", state=state)
        text = self.voice.say("chosen question", sheet=_SHEET, line=entry.text, card=entry.ref)
        return Reply(text, "questions", (entry.ref,), state=self.state)


def joined(before: str, more: str) -> str:
    """A need and what was said on it afterwards, each a sentence of its own."""
    kept = " ".join(before.split()[: max(1, _LONGEST_NEED - len(more.split()))])
    mark = "" if kept.endswith((".", "?", "!", "…")) else "."
    return f"{kept}{mark} {more}"
