"""Messages that are answered by reading another one: a part of them, or what was meant instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from coach.conversation.dialogue.answers import correction, read_answer, returned_to
from coach.conversation.dialogue.listening import asks
from coach.conversation.dialogue.needs import clauses_of, requests_in, taken_up, takes_other
from coach.conversation.dialogue.state import Offer, OfferKind
from coach.conversation.dialogue.turning import somebody_else
from coach.conversation.events import Reply
from coach.conversation.heard import Heard
from coach.conversation.intents import ADVICE
from coach.conversation.memory_intents import MemoryRequest
from coach.conversation.memory_reading import Answered
from coach.conversation.pasted import own_words
from coach.conversation.replying import Replying
from coach.conversation.spelling import as_meant
from coach.text import first_name, sentences, word_count

_SHEET = "dialogue"
_LOOKS = frozenset(
    {"followups", "promises-mine", "promises-theirs", "promises-both", "upcoming", "recall",
     "overdue"}
)  # fmt: skip
"""What can be answered besides another need: it only looks."""
_PAGES = frozenset({"questions", "script", "brief", "goals", "roadmap", "agreement", "check"})
"""Jobs that can wait as an offer, when two needs stand in one message."""
_SOMEONE = re.compile(r"\b(?:she|he|they|her|him|them|his|their)\b", re.IGNORECASE)
_TWO = 2
_STORY = 160
"""Of a message of more letters the clause that is meant is gone back to."""
_BRIEFLY = 8
"""A correction of more words says all of the need by itself."""


@dataclass(frozen=True)
class Rereading:
    """Reads ``heard`` in other words; ``again`` answers a text as if that had been the message."""

    heard: Heard
    replying: Replying
    again: Callable[[str], tuple[str, Reply]]

    def elsewhere(self) -> Answered:
        """Something is asked of what belongs to another pair: nothing is carried over."""
        pair = self.replying.pair
        if pair is None or _SOMEONE.search(self.heard.plain):
            return None
        other = self._other_in(self.heard.text)
        if not other or self._kind_of(self.heard.plain.replace(other, pair.first_name)) is None:
            return None
        said = self.replying.voice.say("elsewhere", sheet=_SHEET, line=other)
        return "elsewhere", Reply(said, "elsewhere", state=self.replying.state)

    def back(self) -> Answered:
        """ "Back to the evenings": to a request from before, which is no need that is held."""
        answer, state = self.heard.answer, self.replying.state
        if answer is None or answer.kind != "back" or not answer.about or state.route:
            return None
        _, _, asked = answer.about.partition(", ")
        if asked and asks(asked):
            return self.again(asked)  # "Back to Ines, when is her talk?" asks all by itself
        if returned_to(answer.about, (*state.earlier, state.need)):
            return None
        said = [m.text for m in self.replying.history[:-1] if m.author == "user"]
        plain = [as_meant(own_words(text)) for text in said]
        meant = returned_to(answer.about, tuple(p for text in plain for p in requests_in(text)))
        parts = returned_to(answer.about, tuple(p for text in plain for p in clauses_of(text)))
        meant = parts if len(meant) > _STORY else meant
        return self.again(meant) if meant and meant != self.heard.text else None

    def taken_up(self) -> Answered:
        """ "Now the calls", "the second one": one of several matters that were told in one breath,
        where no list is open that it could mean."""
        state = self.replying.state
        if state.route:
            return None
        told = [m.text for m in self.replying.history[:-1] if m.author == "user"]
        breaths = [clauses_of(own_words(text)) for text in told]
        if takes_other(self.heard.plain):
            many = [breath for breath in breaths if len(breath) > 1]
            left = [one for one in many[-1] if not self._about_now(one)] if many else []
            open_list = state.offers or state.listed
            meant = left[-1] if left and not open_list else ""
        else:
            about = taken_up(self.heard.plain)
            meant = returned_to(about, tuple(one for breath in breaths for one in breath))
        if not meant or meant == self.heard.text:
            return self._kept_on(taken_up(self.heard.plain))
        lead = self.replying.voice.say("taken up", sheet=_SHEET)
        self.replying.state = replace(state.turned_to(meant), need="")
        made = self.replying.advise(meant)
        return ADVICE, replace(made, text=f"{lead}\n\n{made.text}")

    def _kept_on(self, about: str) -> Answered:
        """What memory has on what a brief message names: "and Callum?"."""
        talk, replying = self.replying.talk, self.replying
        if talk is None or not about or replying.state.waiting or not talk.view.named(about):
            return None
        request = MemoryRequest("recall", about)
        said = talk.answer(request, replying.message, replying.history, replying.voice)
        return "recall", replying.from_memory(said, "recall")

    def _about_now(self, clause: str) -> bool:
        """Whether the need in hand is about ``clause``."""
        return bool(returned_to(self.replying.state.need, (clause,)))

    def several(self) -> Answered:
        """Two requests in one message: both answered from memory, or the second one offered."""
        pieces = requests_in(own_words(self.heard.plain))
        kinds = [self._kind_of(piece) for piece in pieces]
        if len(pieces) != 2 or kinds[0] == kinds[1]:
            return None
        # "What did he promise, and how do I bring up that ...": the second wants advice.
        advised = kinds[0] in _LOOKS and kinds[1] is None and asks(pieces[1])
        if None in kinds and not advised:
            return None
        intent, first = self.again(pieces[0])
        if advised or kinds[1] in _LOOKS:
            _, second = self.again(pieces[1])
            return intent, replace(
                second,
                text=f"{first.text}\n\n{second.text}",
                items=tuple(dict.fromkeys((*first.items, *second.items))),
                citations=tuple(dict.fromkeys((*first.citations, *second.citations))),
            )
        line = pieces[1].strip(" .!?")
        close = self.replying.voice.say("offer next", sheet=_SHEET, line=line)
        shown = _without_question(first.text)
        state = replace(first.state, offers=(Offer(cast(OfferKind, kinds[1]), pieces[1]),))
        return intent, replace(first, text=f"{shown}\n\n{close}", state=state)

    def corrected(self) -> Answered:
        """ "No, I meant ...": another person, another request, or more of the need in hand."""
        meant = correction(own_words(self.heard.plain))
        if not meant:
            return None
        if said := self._meant_here(meant):
            return self.again(said)
        if self.replying.last == "questions" and self.replying.pair:
            return "questions", self.replying.question_about(meant.removeprefix("about "))
        if read_answer(meant) or self._kind_of(meant):
            return self.again(meant)
        need = self.replying.state.need
        if not need:
            return None
        lead = self.replying.voice.say("corrected", sheet=_SHEET)
        whole = meant if word_count(meant) > _BRIEFLY else f"{need} {meant}"
        return ADVICE, self.replying.advise(whole, lead=lead)

    def beside_complaint(self) -> Answered:
        """ "That's not what I asked. Should I drop him?": what is asked is answered."""
        told = sentences(self.heard.plain)
        if len(told) < _TWO or not asks(told[-1]) or asks(told[0]):
            return None
        name = self.heard.intent_of(told[0]).name
        return self.again(" ".join(told[1:])) if name == "complaint" else None

    def _meant_here(self, meant: str) -> str:
        """What was asked of another pair, asked of this one after all; "" when it was not."""
        pair = self.replying.pair
        if pair is None or self.replying.last != "elsewhere":
            return ""
        if meant.lower() not in {pair.name.lower(), pair.first_name.lower()}:
            return ""
        before = [m.text for m in self.replying.history[:-1] if m.author == "user"]
        other = self._other_in(before[-1]) if before else ""
        return before[-1].replace(other, pair.first_name) if other else ""

    def _other_in(self, text: str) -> str:
        """The first name of the other person of another pair that ``text`` names; else ""."""
        pair = self.replying.pair
        if pair is None:
            return ""
        return first_name(somebody_else(text, self.replying.desk.others(pair), pair.name))

    def _kind_of(self, text: str) -> str | None:
        """Which request ``text`` is, of those that look or make a page; else None."""
        request = self.heard.request_in(text)
        if request is not None:
            return request.name if request.name in _LOOKS else None
        name = self.heard.intent_of(text).name
        return name if name in _LOOKS | _PAGES else None


def _without_question(text: str) -> str:
    """``text`` less a question to the user that ends it: one is enough."""
    whole, _, last = text.rpartition("\n\n")
    return whole if whole and last.endswith("?") and "\n" not in last and '"' not in last else text
