"""The reply to a message that no earlier reader has an answer to: by what it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import cast

from coach.conversation.dialogue import grow
from coach.conversation.dialogue.answering import answered
from coach.conversation.dialogue.answers import Answer, AnswerKind
from coach.conversation.dialogue.listening import asks_verdict, wants_words
from coach.conversation.dialogue.needs import several
from coach.conversation.dialogue.variation import length_in
from coach.conversation.events import Reply
from coach.conversation.heard import Heard
from coach.conversation.intents import ADVICE, OUTSIDE
from coach.conversation.memory_intents import MemoryRequest, Request
from coach.conversation.memory_reading import MemoryReading
from coach.conversation.memory_turn import reports_success
from coach.conversation.replying import Replying, joined
from coach.conversation.skills import small_talk, working
from coach.conversation.skills.goals import goal_in
from coach.conversation.skills.remembering import exact_day
from coach.conversation.skills.script_kinds import script_kind
from coach.conversation.skills.small_talk import SMALL_TALK
from coach.memory.items import Draft
from coach.text import word_count

_SHEET = "dialogue"
_ANSWERS = frozenset({"yes", "no", "straight", "more", "stop", "rephrase", "source"})
_MEMORY = frozenset(
    {"followups", "promises-mine", "promises-theirs", "promises-both", "upcoming", "recall",
     "remember", "asked"}
)  # fmt: skip
"""What likeness may decide; forgetting and the like need the unmistakable words of a rule."""
_CLOSING = frozenset({"thanks", "goodbye"})
_ITS = re.compile(r"\b(?:it|that|this|them)\b", re.IGNORECASE)
_WEIGHS = re.compile(r"\b(?:could|might|maybe|perhaps|or)\b", re.IGNORECASE)
"""Who weighs what to do has no plan yet."""
_OCCASIONS = frozenset({"first-meeting", "ending-well"})
"""Talks that who asks how to begin, or what to say, has words made for."""
_PONDERS = re.compile(
    r"\b(?:think (?:about|on|over|it)|sleep on|consider|mull|reflect|see how)\b", re.IGNORECASE
)
"""Who wants to think has set no goal."""
_REPORT = 14
"""Who tells more than that something is done, in so many words, wants an answer to it."""
_BRIEFLY = 8
"""A message of so few words that leans on "it" or "that" is read together with the need in hand."""
_LEANING = {"it", "that", "this", "them", "those", "these", "there", "so", "then", "instead"}


@dataclass(frozen=True)
class ByIntent:
    """Answers ``heard`` by its intent; ``drafts`` is what of it could be kept, ``memory`` is None
    outside a pair."""

    heard: Heard
    replying: Replying
    memory: MemoryReading | None
    drafts: tuple[Draft, ...]

    def reply(self, name: str) -> Reply:
        """The reply to a message with the intent ``name``."""
        replying, text = self.replying, self.heard.plain
        if name in _ANSWERS:
            answer = Answer(cast(AnswerKind, name))
            reply = answered(answer, replying.state, replying.hands(), replying.voice)
            return reply or replying.advise(self._about())
        if name in _MEMORY and self.memory:
            return self.memory.answer(MemoryRequest(cast(Request, name), self.heard.text))
        if name == "settled" and (made := self._reported()):
            return made
        if name in SMALL_TALK:
            plan = self._own_plan_told() if name in _CLOSING else None
            return plan or self._small_talk(name)
        if name == "grow":
            return replying.grow(grow.begin(replying.state.need or self.heard.text))
        if name == "brief" and replying.pair and (minutes := length_in(text)):
            return replying.brief(text, minutes)
        if working.is_job(name):
            return replying.work(name, text, replying.state.need)
        told = self._told() if name == ADVICE else None
        return told or self._advice()

    def _own_plan_told(self) -> Reply | None:
        """What the user will do, said in words that sound like a goodbye: "I'll send it then"."""
        own = [
            one for one in self.heard.noticed.drafts
            if one.kind == "commitment" and one.owner == "me"
        ]  # fmt: skip
        if len(own) != 1:
            return None
        return self._promise_moved(own[0]) or (
            self._heard_plan(own[0]) if self.replying.state.need else None
        )

    def _promise_moved(self, plan: Draft) -> Reply | None:
        """ "I'll send it on Thursday", of the one promise that was just talked of: its new day."""
        replying, talk = self.replying, self.replying.talk
        if talk is None or plan.when is None or not _ITS.search(plan.quote):
            return None
        meant = [
            one for one in talk.view.last_meant(replying.history)
            if (one.kind, one.owner, one.status) == ("commitment", "me", "open")
        ]  # fmt: skip
        if len(meant) != 1:
            return None
        said = talk.changes.redate(meant[0], plan.when, plan.until, replying.voice)
        return replying.from_memory(said, "settled")

    def _small_talk(self, name: str) -> Reply:
        state = self.replying.state
        said = small_talk.chat(name, self.replying.voice)
        route = None if name in {"thanks", "goodbye"} else state.route
        return Reply(said, name, state=replace(state, offers=(), route=route))

    def _reported(self) -> Reply | None:
        """The reply to word of something done that closes nothing that is known."""
        replying, talk = self.replying, self.replying.talk
        if talk is None:
            return None
        if plan := self._own_plan():
            return self._heard_plan(plan)
        if not talk.follow_ups() or word_count(self.heard.text) > _REPORT:
            return None
        if replying.last.startswith("promises") and (
            done := talk.changes.close_the_one(replying.state.listed, replying.voice)
        ):
            return replying.from_memory(done, "settled")
        return replying.authored("settled unknown", "settled")

    def _told(self) -> Reply | None:
        """The reply to a message that only tells of a plan or a goal, or wants to be judged."""
        only = len(self.drafts) == 1 and not (self.heard.asks or _WEIGHS.search(self.heard.plain))
        plan = self._own_plan()
        if only and plan and (moved := self._promise_moved(plan)):
            return moved
        if only and plan and self.replying.state.need:
            return self._heard_plan(plan)
        if only and self.drafts[0].kind == "goal" and not _PONDERS.search(self.heard.plain):
            return self.replying.goal_heard(goal_in(self.heard.text))
        if self.replying.state.need and asks_verdict(self.heard.text):
            return self.replying.verdict()
        return None

    def _advice(self) -> Reply:
        plain, state = self.heard.plain, self.replying.state
        known = script_kind(plain) in _OCCASIONS
        if wants_words(plain) and (known or (working.in_hand(state) and state.need)):
            return self.replying.work("script", plain, "" if known else state.need)
        needs = several(self.heard.plain)
        if len(needs) > 1:
            return self.replying.advise_all(needs)
        return self.replying.advise(
            self.heard.plain,
            good_news=not self.heard.asks and reports_success(self.heard.text, self.drafts),
            outside=self.heard.intent.name == OUTSIDE,
        )

    def _own_plan(self) -> Draft | None:
        """The one thing that the message says the user will do; None when it says none."""
        own = [one for one in self.drafts if one.kind == "commitment" and one.owner == "me"]
        return own[0] if len(own) == 1 else None

    def _heard_plan(self, plan: Draft) -> Reply:
        line = plan.text[:1].lower() + plan.text[1:].rstrip(".")
        told = plan.when and f"{plan.when:%A}".lower() in line.lower()
        if plan.when and not told and self.replying.talk and plan.when != self.replying.talk.today:
            line += f", {exact_day(plan.when, plan.until, self.replying.talk.today)}"
        said = self.replying.voice.say("plan heard", sheet=_SHEET, line=line)
        return Reply(said, ADVICE, state=replace(self.replying.state, offers=(), waiting=False))

    def _about(self) -> str:
        """The matter of the message: with the need in hand when it leans on that."""
        plain, need = self.heard.plain, self.replying.state.need
        said = plain.lower().replace("?", " ").split()
        leans = len(said) <= _BRIEFLY and bool(_LEANING & set(said))
        return joined(need, plain) if leans and need else plain
