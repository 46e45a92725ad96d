"""What a message asks of a pair's memory, by a rule or by what was talked of; the answer."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from coach.conversation.dialogue.listening import asks_for_all
from coach.conversation.dialogue.turning import asks_deed, asks_fact, fact_in, turned_side
from coach.conversation.events import Reply
from coach.conversation.heard import Heard
from coach.conversation.intents import ADVICE, OUTSIDE
from coach.conversation.memory_editing import MemoryEditing
from coach.conversation.memory_intents import MemoryRequest
from coach.conversation.memory_turn import MemoryTalk
from coach.conversation.replying import Replying
from coach.text import word_count

_INTENTS = {"overdue": "promises-both", "remember-what": "remember"}
"""Requests that are told apart within an intent."""
_PROMISES = frozenset({"promises-mine", "promises-theirs", "promises-both"})
_NEAR_PROMISES = frozenset(
    {"settled", "keep", "remember", "asked", "recall", "followups", "upcoming", "brief"}
)
"""What was talked of when "and hers?" can only mean promises."""
_WHAT_ABOUT = re.compile(
    r"^(?:and |so |ok(?:ay)?,? )*(?:what|how) about (?P<about>.+?)\W*$", re.IGNORECASE
)
_ONLY_A_DAY = re.compile(
    r"\b(?:deadline|due|dates?)(?: (?:again|now|please|for (?:that|it|this)))*\W*$", re.IGNORECASE
)
_KEEPS = re.compile(r"\b(?:keep|note|save|remember|write|put|take)\b", re.IGNORECASE)
_A_DAY = 9
"""A message of so few words can do nothing but name a day."""
_UNSLOTTED = frozenset({"remember", "asked", "settled", "debrief", ADVICE, OUTSIDE})

Answered = tuple[str, Reply] | None


class MemoryReading:
    """Reads one message against a pair's memory; ``talk`` is that memory on the day."""

    def __init__(self, heard: Heard, replying: Replying, talk: MemoryTalk) -> None:
        self._heard = heard
        self._replying = replying
        self._talk = talk

    def edited(self) -> Answered:
        """A change to what is kept, which the message names or was asked about."""
        editing, replying = MemoryEditing(self._talk.view), self._replying
        found = editing.chosen(replying.message, replying.state, replying.voice)
        found = found or editing.edited(replying.message, replying.history, replying.voice)
        if found is None:
            return None
        name, said = found
        return name, replying.from_memory(said, name)

    def slot(self) -> Answered:
        """What the coach has asked for: what to remember, or by when."""
        match self._replying.state.slot:
            case "remember" if not self._heard.asks and self._heard.intent.name in _UNSLOTTED:
                return self._answer(MemoryRequest("remember", self._heard.text))
            case "when" if self._replying.state.listed:
                return self._day_told()
            case _:
                return None

    def _day_told(self) -> Answered:
        text = self._heard.text
        days = [one for one in self._talk.view.dates(text) if one.when is not None]
        if not days or word_count(text) > _A_DAY:
            return None
        ref = int(self._replying.state.listed[0].ref)
        item = next((one for one in self._talk.view.items() if one.id == ref), None)
        if item is None or days[-1].when is None:
            return None
        changes, voice = self._talk.changes, self._replying.voice
        # "By Friday. No wait, by Thursday": the last word counts.
        said = changes.redate(item, days[-1].when, days[-1].until, voice)
        return "remember", self._replying.from_memory(said, "remember")

    def kept(self) -> Answered:
        """ "Yes, keep that", of what the coach noticed in the message before."""
        answer, state = self._heard.answer, self._replying.state
        if answer is None or answer.kind not in {"yes", "keep"}:
            return None
        offered = any(one.kind in {"keep", "goal"} for one in state.offers)
        if offered or not (_KEEPS.search(self._heard.plain) or self._plan_heard()):
            return None
        kept = self._replying.keep_proposed()
        if not kept:
            return None
        said = self._replying.voice.say("kept", line="; ".join(item.text for item in kept))
        reply = Reply(said, "keep", items=tuple(item.id for item in kept), state=state)
        return "keep", replace(reply, state=replace(state, offers=()))

    def _plan_heard(self) -> bool:
        """Whether all that was proposed was a plan of the user's own, or a limit, and nothing was
        offered."""
        reply, state = self._replying.last_reply, self._replying.state
        raw = reply.detail.get("proposals", []) if reply else []
        if state.offers or state.waiting or not raw:
            return False
        if all(one["kind"] == "boundary" for one in raw):
            return True
        return [(one["kind"], one["owner"]) for one in raw] == [("commitment", "me")]

    def asked(self) -> Answered:
        """The answer to what the message asks of memory."""
        request = self.request
        return self._answer(request) if request else None

    @cached_property
    def request(self) -> MemoryRequest | None:
        """What the message asks of memory: by a rule, or by what was talked of."""
        return self._heard.request or self._other_side() or self._about() or self._fact()

    def _other_side(self) -> MemoryRequest | None:
        """ "And hers?", after promises were told."""
        if self._replying.last not in _PROMISES | _NEAR_PROMISES:
            return None
        side = turned_side(self._heard.plain, self._talk.view.pair.first_name)
        return MemoryRequest(side) if side else None

    def _about(self) -> MemoryRequest | None:
        """ "And what about the hand-over?" asks memory when memory was what was talked of."""
        about = _WHAT_ABOUT.match(self._heard.text.strip())
        told = any(entry.kind == "item" for entry in self._replying.state.listed)
        if about and told and self._talk.view.named(about["about"]):
            return MemoryRequest("recall", about["about"])
        return None

    def _fact(self) -> MemoryRequest | None:
        """A question for a fact that something remembered speaks of."""
        if not asks_fact(self._heard.plain):
            return None
        view = self._talk.view
        known = [f"{item.text} {item.quote}" for item in view.items()]
        found = fact_in(self._heard.plain, view.pair.name, known)
        if not found and _ONLY_A_DAY.search(self._heard.plain):
            return MemoryRequest("upcoming")
        deed = asks_deed(self._heard.plain, view.pair.first_name) == "them"
        return MemoryRequest("recall", self._heard.plain) if found or deed else None

    def answer(self, request: MemoryRequest) -> Reply:
        """The reply to a request."""
        replying, text = self._replying, self._heard.text
        if request.name == "recall" and asks_for_all(text, self._talk.view.pair.first_name):
            known = self._talk.known(replying.voice)
            if known is None:
                return replying.authored("nothing known", "recall")
            return replying.from_memory(known, "recall")
        said = self._talk.answer(request, replying.message, replying.history, replying.voice)
        return replying.from_memory(said, _INTENTS.get(request.name, request.name))

    def _answer(self, request: MemoryRequest) -> Answered:
        return _INTENTS.get(request.name, request.name), self.answer(request)
