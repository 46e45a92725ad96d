"""What one message means in its conversation, and who answers it. Blocking.

The order is the design: safety, then what answers the coach's own last words, then the route that
the talk is on, then requests to memory, then everything else by its intent. The first reader that
has an answer gives it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from coach.conversation.dialogue import grow
from coach.conversation.dialogue.answering import answered
from coach.conversation.dialogue.answers import Answer, AnswerKind, correction, read_answer
from coach.conversation.dialogue.listening import asks, asks_for_all, asks_verdict, proposes
from coach.conversation.dialogue.needs import several
from coach.conversation.dialogue.variation import (
    length_in,
    other_subject,
    wants_instead,
    wants_others,
)
from coach.conversation.dialogue.walking import walk
from coach.conversation.events import Reply
from coach.conversation.intents import ADVICE, OUTSIDE, Intent, IntentReader, by_rule
from coach.conversation.memory_intents import MemoryRequest, Request, memory_request
from coach.conversation.memory_turn import only_reports, reports_success
from coach.conversation.pasted import own_words
from coach.conversation.replying import Replying
from coach.conversation.safety.reader import SafetyReader
from coach.conversation.safety.replies import safety_reply
from coach.conversation.skills import small_talk, working
from coach.conversation.skills.goals import goal_in
from coach.conversation.skills.questions import asked_in
from coach.conversation.skills.reading_questions import (
    answer_reading,
    further_question,
    question_in,
)
from coach.conversation.skills.script_kinds import script_kind
from coach.conversation.skills.small_talk import SMALL_TALK
from coach.conversation.wording import Other
from coach.library.search import Hit
from coach.memory.items import Draft
from coach.text import word_count

_SHEET = "dialogue"
_ANSWERS = frozenset({"yes", "no", "straight", "more", "stop", "rephrase", "source"})
_MEMORY = frozenset(
    {"followups", "promises-mine", "promises-theirs", "promises-both", "upcoming", "recall",
     "remember", "asked"}
)  # fmt: skip
"""What likeness may decide; forgetting and the like need the unmistakable words of a rule."""
_TELLING = frozenset({ADVICE, "settled", "asked", "remember", "debrief"})
"""Messages that tell of something; in a request nothing is noticed and nothing is settled."""
_UNASKED = {
    "yes": "nothing offered", "no": "declined", "other": "nothing else",
    "choice": "nothing listed", "stop": "stopped", "keep": "keep which",
}  # fmt: skip
"""What to say to an answer when nothing was asked."""
_WHAT_ABOUT = re.compile(
    r"^(?:and |so |ok(?:ay)?,? )*(?:what|how) about (?P<about>.+?)\W*$", re.IGNORECASE
)
_WORDS = re.compile(r"\b(?:write|draft|script|words|phrase|wording)\b", re.IGNORECASE)
_BRIEFLY = 8
"""A message of so few words that leans on "it" or "that" is read together with the need in hand."""
_LEANING = {"it", "that", "this", "them", "those", "these", "there", "so", "then", "instead"}


@dataclass(frozen=True)
class Outcome:
    """What was understood, what was found, and the reply."""

    intent: str
    confidence: float
    reply: Reply
    hits: tuple[Hit, ...] | None = None
    degraded: str = ""


class Understanding:
    """One message on its way to an answer."""

    def __init__(
        self,
        replying: Replying,
        intents: IntentReader,
        signs: SafetyReader,
        today: date,
        emergency: str,
    ) -> None:
        self._replying = replying
        self._intents = intents
        self._signs = signs
        self._today = today
        self._emergency = emergency
        self._pair = replying.pair
        self._talk = replying.talk
        self._state = replying.state
        self._text = replying.message.text
        self._drafts: tuple[Draft, ...] = ()
        self._good_news = False
        self._read: Intent | None = None

    def run(self) -> Outcome:
        """The first reader that has an answer gives it."""
        readers = (
            self._safety, self._vary, self._answer, self._route, self._read_question, self._slot,
            self._limit, self._asked, self._remember, self._correct, self._told_more,
        )  # fmt: skip
        for reader in readers:
            found = reader()
            if found is not None:
                return self._outcome(Intent(found[0], 1.0), found[1])
        intent = self._intent
        name = ADVICE if intent.name == OUTSIDE else intent.name
        return self._outcome(replace(intent, name=name), self._by_intent(name))

    def _outcome(self, intent: Intent, reply: Reply) -> Outcome:
        reply = replace(reply, proposals=self._drafts)
        found = self._replying.found
        return Outcome(
            intent.name, intent.confidence, reply, found.hits if found else None,
            found.degraded if found else "",
        )  # fmt: skip

    @property
    def _intent(self) -> Intent:
        if self._read is None:
            before = self._state
            answering = bool(before.need or before.offers or before.listed or before.route)
            self._read = self._intents.read(
                self._text,
                pair=self._pair is not None,
                answering=answering,
                name=self._pair.first_name if self._pair else "",
            )
        return self._read

    # -- readers, in their order: the intent and the reply, or None ---------------

    def _safety(self) -> tuple[str, Reply] | None:
        sign = self._signs.read(self._text)
        if sign is None:
            return None
        name = self._pair.first_name if self._pair else ""
        text, cards = safety_reply(
            sign, name=name, role=self._replying.role, emergency=self._emergency,
            turn=self._replying.message.id,
        )  # fmt: skip
        state = replace(self._state, offers=(), waiting=False, route=None)
        return "safety", Reply(text, "safety", cards, state=state)

    def _vary(self) -> tuple[str, Reply] | None:
        """What was just shown, wished for in another way."""
        if self._last == "questions":
            if about := other_subject(self._text):
                return "questions", self._replying.question_about(about)
            if wants_others(self._text):
                return "questions", self._replying.work("questions", self._text, "")
        words = self._last == "script" or any(o.kind == "script" for o in self._state.offers)
        if words and wants_instead(self._text) and script_kind(self._text):
            return "script", self._replying.work("script", self._text, "")
        minutes = length_in(self._text) if self._last == "brief" and self._pair else None
        return ("brief", self._replying.brief(minutes)) if minutes else None

    def _answer(self) -> tuple[str, Reply] | None:
        answer = read_answer(self._text) if self._state.route is None else None
        if answer and answer.kind == "yes" and self._wants_words():
            return "script", self._replying.work("script", self._text, self._state.need)
        if answer is None or (answer.kind == "yes" and self._thanks()):
            return None
        reply = answered(answer, self._state, self._replying.hands(), self._replying.voice)
        if reply is None and answer.kind in _UNASKED:
            reply = self._replying.authored(_UNASKED[answer.kind], answer.kind)
        return (answer.kind, reply) if reply else None

    def _route(self) -> tuple[str, Reply] | None:
        route = self._state.route
        if route is None:
            return None
        answer = read_answer(self._text)
        stops = answer is not None and answer.kind == "stop"
        if not stops and self._text.rstrip().endswith("?") and self._request() is not None:
            return None
        replying = self._replying
        reply = walk(
            self._state, route, self._text, answer, replying.grow, replying.voice,
            keeps=self._pair is not None,
        )  # fmt: skip
        if not stops:
            self._drafts = self._talk.notice(self._text).drafts if self._talk else ()
        if reply.state.offers:
            # One thing to say yes to: the promise is offered here, so it is no proposal as well.
            self._drafts = tuple(d for d in self._drafts if d.kind != "commitment")
        return reply.intent, reply

    def _read_question(self) -> tuple[str, Reply] | None:
        """ "Is this a good question: ..." """
        question = question_in(self._text) or self._next_question()
        if question is None:
            return None
        text, cards = answer_reading(question)
        return "read-question", Reply(text, "read-question", cards, state=self._state)

    def _next_question(self) -> str | None:
        """ "And this one: ...?", after a question was read."""
        return further_question(self._text) if self._last == "read-question" else None

    def _slot(self) -> tuple[str, Reply] | None:
        """What the coach has asked for to do a job."""
        if self._state.slot == "goal" and self._last == "goals":
            tells = self._intent.name in _TELLING | {OUTSIDE} and not asks(self._text)
            if tells and "struggle" not in self._kinds():
                return "goals", self._replying.goal_heard(goal_in(self._text))
        # "My goal is two interviews by May" names an occasion for words, and asks for none.
        asked = self._state.slot == "script" and script_kind(self._text)
        if not asked or self._kinds() == ["goal"]:
            return None
        return "script", self._replying.work("script", self._text, self._text)

    def _kinds(self) -> list[str]:
        return [one.kind for one in self._talk.notice(self._text).drafts] if self._talk else []

    def _limit(self) -> tuple[str, Reply] | None:
        """The user thinks of doing what the two have put out of bounds."""
        if self._pair is None or not proposes(self._text):
            return None
        limit = self._replying.desk.limit(self._pair, self._text)
        return ("agreement", self._replying.limited(limit)) if limit else None

    def _asked(self) -> tuple[str, Reply] | None:
        """ "I asked her the second one", after a list of questions."""
        listed = [entry.text for entry in self._state.listed if entry.kind == "question"]
        asked = asked_in(self._text, listed) if self._pair else []
        if not asked or self._pair is None:
            return None
        self._replying.desk.asked(self._pair, asked)
        return "asked", self._replying.authored("question asked", "asked")

    def _remember(self) -> tuple[str, Reply] | None:
        talk = self._talk
        if talk is None:
            return None
        request = self._request() or self._asked_about()
        if request is not None:
            return request.name, self._ask_memory(request)
        if self._intent.name not in _TELLING | {OUTSIDE}:
            return None
        noticed = talk.notice(self._text)
        settled = talk.settle(noticed, self._replying.message, self._replying.voice)
        replaced = {c.replacement for c in noticed.closings}
        self._drafts = tuple(d for n, d in enumerate(noticed.drafts) if n not in replaced)
        self._good_news = reports_success(self._text, self._drafts)
        if settled is not None and only_reports(self._text, noticed):
            return "settled", self._replying.from_memory(settled, "settled")
        return None

    def _correct(self) -> tuple[str, Reply] | None:
        meant = correction(self._text)
        if not meant or not self._state.need:
            return None
        lead = self._replying.voice.say("corrected", sheet=_SHEET)
        whole = meant if word_count(meant) > _BRIEFLY else f"{self._state.need} {meant}"
        return ADVICE, self._replying.advise(whole, lead=lead)

    def _told_more(self) -> tuple[str, Reply] | None:
        """The coach had asked about a need, and this tells more of it."""
        telling = self._intent.name in {ADVICE, OUTSIDE}
        if not self._state.waiting or asks(self._text) or not telling:
            return None
        return ADVICE, self._replying.told_more()

    # -- by intent -----------------------------------------------------------

    def _by_intent(self, name: str) -> Reply:
        replying = self._replying
        if name in _ANSWERS:
            answer = Answer(cast(AnswerKind, name))
            reply = answered(answer, self._state, replying.hands(), replying.voice)
            return reply or replying.advise(self._about())
        if name in _MEMORY and self._talk:
            return self._ask_memory(MemoryRequest(cast(Request, name), self._text))
        if name == "settled" and self._talk and self._talk.follow_ups():
            if self._last.startswith("promises") and (
                done := self._talk.close_the_one(self._state.listed, replying.voice)
            ):
                return replying.from_memory(done, name)
            return replying.authored("settled unknown", name)
        if name in SMALL_TALK:
            said = small_talk.chat(name, replying.voice, self._other)
            return Reply(said, name, state=replace(self._state, offers=()))
        if name == "grow":
            return replying.grow(grow.begin(self._state.need or self._text))
        if name == "brief" and self._pair and (minutes := length_in(self._text)):
            return replying.brief(minutes)
        if working.is_job(name):
            return replying.work(name, self._text, self._state.need)
        told = self._told() if name == ADVICE else None
        return told or self._advice()

    def _told(self) -> Reply | None:
        """The reply to a message that only tells of a plan or a goal, or wants to be judged."""
        if self._plans():
            return self._heard_plan()
        if self._aims():
            self._drafts = ()
            return self._replying.goal_heard(goal_in(self._text))
        if self._state.need and asks_verdict(self._text):
            return self._replying.verdict()
        return None

    def _advice(self) -> Reply:
        replying = self._replying
        needs = several(self._text)
        if len(needs) > 1:
            return replying.advise_all(needs)
        outside = self._intent.name == OUTSIDE
        return replying.advise(self._text, good_news=self._good_news, outside=outside)

    def _plans(self) -> bool:
        """Whether the message only says what the user will do next."""
        own = [one for one in self._drafts if one.kind == "commitment" and one.owner == "me"]
        return (
            len(own) == 1 == len(self._drafts) and bool(self._state.need) and not asks(self._text)
        )

    def _aims(self) -> bool:
        """Whether the message only tells a goal."""
        return [one.kind for one in self._drafts] == ["goal"] and not asks(self._text)

    def _heard_plan(self) -> Reply:
        replying = self._replying
        plan = next(one for one in self._drafts if one.kind == "commitment")
        line = plan.text[:1].lower() + plan.text[1:].rstrip(".")
        said = replying.voice.say("plan heard", sheet=_SHEET, line=line)
        return Reply(said, ADVICE, state=replace(self._state, offers=(), waiting=False))

    # -- what the readers lean on ------------------------------------------------

    @property
    def _other(self) -> Other:
        return Other(self._pair.first_name, self._pair.their_role) if self._pair else Other()

    @property
    def _last(self) -> str:
        """The intent that the newest reply was an answer to."""
        replies = [one for one in self._replying.history if one.author == "coach"]
        return str(replies[-1].detail.get("intent", "")) if replies else ""

    def _wants_words(self) -> bool:
        """ "Write it", when something else or nothing was offered."""
        asked = _WORDS.search(self._text) and self._state.need
        return bool(asked) and not any(o.kind == "script" for o in self._state.offers)

    def _thanks(self) -> bool:
        """A yes that is rather a thank you, since nothing was offered."""
        pending = self._state.offers or self._state.waiting
        ruled = by_rule(self._text)
        return not pending and ruled is not None and ruled.name == "thanks"

    def _about(self) -> str:
        """The matter of the message: with the need in hand when it leans on that."""
        said = self._text.lower().replace("?", " ").split()
        leans = len(said) <= _BRIEFLY and bool(_LEANING & set(said))
        return f"{self._state.need} {self._text}" if leans and self._state.need else self._text

    def _request(self) -> MemoryRequest | None:
        if self._pair is None or self._talk is None:
            return None
        about = (self._pair.first_name, self._today, self._talk.locale)
        # What is pasted in asks for nothing, but may be what the user's own request is about.
        if memory_request(own_words(self._text), *about) is None:
            return None
        return memory_request(self._text, *about)

    def _asked_about(self) -> MemoryRequest | None:
        """ "And what about the hand-over?" asks memory when memory was what was talked of."""
        about = _WHAT_ABOUT.match(self._text.strip())
        told = any(entry.kind == "item" for entry in self._state.listed)
        if about and told and self._talk and self._talk.knows_of(about["about"]):
            return MemoryRequest("recall", about["about"])
        return None

    def _ask_memory(self, request: MemoryRequest) -> Reply:
        assert self._talk is not None
        assert self._pair is not None
        replying = self._replying
        if request.name == "recall" and asks_for_all(self._text, self._pair.first_name):
            known = self._talk.follow_ups()
            if known:
                return replying.from_memory(self._talk.follow_ups_reply(replying.voice), "recall")
        said = self._talk.answer(request, replying.message, replying.history, replying.voice)
        return replying.from_memory(said, request.name)
