"""What one message means in its conversation, and who answers it. Blocking.

The order is the design: safety, then what answers the coach's own last words, then the route that
the talk is on, then requests to memory, then everything else by its intent. The first reader that
has an answer gives it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from coach.conversation.by_intent import ByIntent
from coach.conversation.dialogue.answering import answered
from coach.conversation.dialogue.answers import kept_word
from coach.conversation.dialogue.listening import draws_limit, proposes
from coach.conversation.dialogue.pushback import foreseen
from coach.conversation.dialogue.walking import walk
from coach.conversation.events import Reply
from coach.conversation.heard import Heard
from coach.conversation.intents import ADVICE, OUTSIDE, Intent, IntentReader, by_rule
from coach.conversation.memory_reading import Answered, MemoryReading
from coach.conversation.memory_turn import only_reports
from coach.conversation.memory_view import Remembered
from coach.conversation.reacting import react
from coach.conversation.replying import Replying
from coach.conversation.rereading import Rereading
from coach.conversation.safety.reader import SafetyReader
from coach.conversation.safety.replies import safety_reply
from coach.conversation.safety.signs import read_signs
from coach.conversation.skills.goals import goal_in
from coach.conversation.skills.questions import asked_in
from coach.conversation.skills.reading_questions import (
    answer_reading,
    further_question,
    question_in,
)
from coach.conversation.skills.script_kinds import script_kind
from coach.conversation.skills.small_talk import SMALL_TALK
from coach.conversation.varying import Varying
from coach.library.search import Hit
from coach.memory.items import Draft
from coach.text import word_count

_SHEET = "dialogue"
_TELLING = frozenset({ADVICE, "settled", "asked", "remember", "debrief"})
"""Messages that tell of something; in a request nothing is noticed and nothing is settled."""
_ASIDES = frozenset({
    "identity", "capabilities", "source", "questions", "closing-questions", "read-question",
    "brief", "script", "roadmap", "agreement", "check", "rehearse", "followups", "promises-mine",
    "promises-theirs", "promises-both", "upcoming", "recall",
})  # fmt: skip
"""What is asked of the coach in the middle of the GROW route is no answer to its question."""
_DANGERS = frozenset({"self-harm", "abuse", "threat"})
"""Signs that come before all else, even before a wish to have something forgotten."""
_UNASKED = {
    "yes": "nothing offered", "no": "declined", "other": "nothing else",
    "choice": "nothing listed", "stop": "stopped", "keep": "keep which",
}  # fmt: skip
"""What to say to an answer when nothing was asked."""
_LIMIT_WORDS = 20
"""A limit told in more words comes with a story, and that wants an answer."""
_YES = re.compile(r"\b(?:y(?:es|eah|ep|up)|please|sure)\b", re.IGNORECASE)
_QUESTION = re.compile(
    r"^\W*(?:(?:and|but|so|ok(?:ay)?|well) )*(?:why|how|what|when|who|where|which|is|does|should)"
    r"\b",
    re.IGNORECASE,
)
_GLAD = re.compile(
    r"(?!.*(?:\b(?:not|never|no|nearly|almost|turned down)\b|n't\b))"
    r".*\b(?:got (?:it|in|the (?:\w+ )?(?:job|post|place|grant|promotion|offer|contract|role|part))"
    r"|passed|won|(?:was|were|been|is|are) (?:accepted|promoted|appointed)|said yes)\b",
    re.IGNORECASE | re.DOTALL,
)
"""What has come out well."""
_WORDS = re.compile(r"\b(?:write|draft|script|words|phrase|wording)\b", re.IGNORECASE)


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
        self._state = replying.state
        self._text = replying.message.text
        self._heard = Heard(self._text, self._intent_of, replying.talk)
        self._plain = self._heard.plain
        talk = replying.talk
        self._memory = MemoryReading(self._heard, replying, talk) if talk else None
        self._drafts: tuple[Draft, ...] = ()
        self._told: Remembered | None = None
        """What the message has settled on the way to another answer."""

    def run(self) -> Outcome:
        """The first reader that has an answer gives it."""
        other = Rereading(self._heard, self._replying, self._again)
        varying = Varying(self._heard, self._replying, self._again)
        readers = (
            self._edit, self._safety, other.elsewhere, varying.vary, self._keep, other.back,
            other.beside_complaint, other.taken_up, self._pushback,
            self._confirmed, self._answer, self._route, self._read_question, self._slot,
            self._limit, self._asked, other.several, self._remember,
            other.corrected, self._limit_told, self._settle, self._told_more,
        )  # fmt: skip
        for reader in readers:
            found = reader()
            if found is not None:
                return self._outcome(Intent(found[0], 1.0), found[1])
        intent = self._heard.intent
        name = ADVICE if intent.name == OUTSIDE else intent.name
        by_intent = ByIntent(self._heard, self._replying, self._memory, self._drafts)
        return self._outcome(replace(intent, name=name), by_intent.reply(name))

    def _outcome(self, intent: Intent, reply: Reply) -> Outcome:
        if any(offer.kind == "goal" for offer in reply.state.offers):
            # One thing to say yes to: what is offered is no proposal as well.
            self._drafts = tuple(one for one in self._drafts if one.kind != "goal")
        reply = replace(self._on_the_way(reply), proposals=self._drafts)
        if self._told is not None:
            # Nothing is closed behind the user's back.
            items = (*self._told.items, *reply.items)
            # Who reports and asks nothing is not told that the library has nothing on it.
            heard = reply.refused and not self._heard.asks
            text = self._told.text if heard else f"{self._told.text}\n\n{reply.text}"
            reply = replace(reply, text=text, items=items, refused=reply.refused and not heard)
        found = self._replying.found
        return Outcome(
            intent.name, intent.confidence, reply, found.hits if found else None,
            found.degraded if found else "",
        )  # fmt: skip

    def _on_the_way(self, reply: Reply) -> Reply:
        """An aside on the GROW route ends with where the two are on it."""
        route = self._state.route
        if route is None or reply.state.route != route or reply.intent == "grow":
            return reply
        back = self._replying.voice.say("route goes on", sheet=_SHEET, line=route.stage)
        return replace(reply, text=f"{reply.text}\n\n{back}")

    def _intent_of(self, text: str) -> Intent:
        before = self._state
        answering = bool(before.need or before.offers or before.listed or before.route)
        return self._intents.read(
            text, pair=self._pair is not None, answering=answering,
            name=self._pair.first_name if self._pair else "",
        )  # fmt: skip

    def _again(self, text: str) -> tuple[str, Reply]:
        """The answer to ``text`` as if that had been the message."""
        replying = replace(self._replying, message=replace(self._replying.message, text=text))
        inner = Understanding(replying, self._intents, self._signs, self._today, self._emergency)
        made = inner.run()
        self._drafts, self._replying.found = made.reply.proposals, replying.found
        return made.intent, made.reply

    # -- readers, in their order: the intent and the reply, or None ---------------

    def _edit(self) -> Answered:
        """A change to what is kept: what it speaks of may be grave, but not said to be danger."""
        sign = read_signs(self._text)
        if self._memory is None or (sign is not None and sign.kind in _DANGERS):
            return None
        return self._memory.edited()

    def _safety(self) -> Answered:
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

    def _keep(self) -> Answered:
        return self._memory.kept() if self._memory and self._state.route is None else None

    def _confirmed(self) -> Answered:
        """ "Yes she did", after one promise was told: it is kept."""
        talk, state = self._replying.talk, self._state
        if talk is None or state.route or not kept_word(self._plain):
            return None
        done = talk.changes.close_the_one(state.listed, self._replying.voice)
        if done is None and self._replying.last == "settled":
            return "settled", self._replying.authored("settled already", "settled")
        return ("settled", self._replying.from_memory(done, "settled")) if done else None

    def _pushback(self) -> Answered:
        """ "And if she says no?", of what the user is about to say or do."""
        state = self._state
        if state.route or not (state.need or state.card):
            return None
        name = self._pair.first_name if self._pair else ""
        clause = foreseen(self._plain, name, after_words=self._replying.showed_words)
        made = react(self._replying, clause) if clause else None
        return ("pushback", made) if made else None

    def _answer(self) -> Answered:
        answer = self._heard.answer if self._state.route is None else None
        if answer and answer.kind == "yes" and self._wants_words():
            return "script", self._replying.work("script", self._plain, self._state.need)
        if answer is None or (answer.kind == "yes" and self._thanks()):
            return None
        words = answer.kind == "more" and self._replying.last in {"script", "rephrase"}
        if words and (more := self._replying.lines.other_words()):
            return "rephrase", more
        reply = answered(answer, self._state, self._replying.hands(), self._replying.voice)
        if reply is None and answer.kind in _UNASKED:
            agrees = answer.kind == "yes" and not _YES.search(self._plain)
            situation = "nothing open" if agrees else _UNASKED[answer.kind]
            reply = self._replying.authored(situation, answer.kind)
        return (answer.kind, reply) if reply else None

    def _route(self) -> Answered:
        route = self._state.route
        if route is None:
            return None
        answer = self._heard.answer
        stops = answer is not None and answer.kind == "stop"
        if by_rule(self._plain) == Intent("goodbye", 1.0) or (not stops and self._is_aside()):
            return None
        replying = self._replying
        if not stops and _QUESTION.match(self._plain) and self._plain.rstrip().endswith("?"):
            # Who asks is answered, and the route waits.
            made = replying.advise(f"{route.topic}. {self._text}", straight=True, closing=False)
            return ADVICE, replace(made, state=replace(made.state, route=route))
        reply = walk(
            self._state, route, self._text, answer, replying.grow, replying.voice,
            keeps=self._pair is not None,
        )  # fmt: skip
        if not stops:
            self._told = self._take_in()
        if reply.state.offers:
            # One thing to say yes to: the promise is offered here, so it is no proposal as well.
            self._drafts = tuple(d for d in self._drafts if d.kind != "commitment")
        return reply.intent, reply

    def _is_aside(self) -> bool:
        """Whether a message on the GROW route is no answer to its question."""
        asks = self._heard.asks or self._text.rstrip().endswith("?")
        if asks and self._memory and self._memory.request:
            return True
        ruled = by_rule(self._plain)
        asks_me = asks and self._heard.intent.name in _ASIDES
        return asks_me or (ruled is not None and ruled.name in SMALL_TALK)

    def _read_question(self) -> Answered:
        """ "Is this a good question: ..." """
        further = self._replying.last == "read-question"
        question = question_in(self._text) or (further_question(self._text) if further else None)
        if question is None:
            return None
        limit = self._replying.desk.limit(self._pair, question) if self._pair else None
        if limit:
            return "agreement", self._replying.limited(limit)
        text, cards = answer_reading(question)
        return "read-question", Reply(text, "read-question", cards, state=self._state)

    def _slot(self) -> Answered:
        """What the coach has asked for to do a job."""
        if self._memory and (found := self._memory.slot()):
            return found
        if self._state.slot == "goal" and self._replying.last == "goals":
            tells = self._heard.intent.name in _TELLING | {OUTSIDE} and not self._heard.asks
            if tells and "struggle" not in self._heard.kinds:
                return "goals", self._replying.goal_heard(goal_in(self._text))
        # "My goal is two interviews by May" names an occasion for words, and asks for none.
        asked = self._state.slot == "script" and script_kind(self._plain)
        if not asked or self._heard.kinds == ["goal"]:
            return None
        return "script", self._replying.work("script", self._plain, self._plain)

    def _limit(self) -> Answered:
        """The user thinks of doing what the two have put out of bounds."""
        if self._pair is None or not proposes(self._plain):
            return None
        limit = self._replying.desk.limit(self._pair, self._text)
        return ("agreement", self._replying.limited(limit)) if limit else None

    def _asked(self) -> Answered:
        """ "I asked her the second one", after a list of questions."""
        listed = [entry.text for entry in self._state.listed if entry.kind == "question"]
        asked = asked_in(self._text, listed) if self._pair else []
        if not asked or self._pair is None:
            return None
        self._replying.desk.asked(self._pair, asked)
        return "asked", self._replying.authored("question asked", "asked")

    def _remember(self) -> Answered:
        return self._memory.asked() if self._memory else None

    def _limit_told(self) -> Answered:
        """A limit that the two have drawn is told, and nothing else: offered to be kept."""
        drafts = self._heard.noticed.drafts
        only = bool(drafts) and {one.kind for one in drafts} == {"boundary"}
        told = draws_limit(self._plain) and word_count(self._plain) <= _LIMIT_WORDS
        if not only or self._heard.asks or not told:
            return None
        self._told, self._drafts = self._take_in(), drafts
        line = "; ".join(one.text for one in drafts)
        said = self._replying.voice.say("limit heard", sheet=_SHEET, line=line)
        state = replace(self._state, offers=(), waiting=False)
        return "agreement", Reply(said, "agreement", state=state)

    def _settle(self) -> Answered:
        """What is told: what of it could be kept, and what it settles."""
        if self._heard.intent.name not in _TELLING | {OUTSIDE}:
            return None
        settled = self._take_in()
        if settled is not None and only_reports(self._text, self._heard.noticed):
            made = self._replying.from_memory(settled, "settled")
            if _GLAD.match(self._plain):
                glad = self._replying.voice.say("glad", sheet=_SHEET)
                made = replace(made, text=f"{glad} {made.text}")
            if any(one.how == "dropped" for one in self._heard.noticed.closings):
                # What falls through may have to be told: "how do I break that to her?"
                made = replace(made, state=replace(made.state, need=self._text, card=""))
            return "settled", made
        self._told = settled
        return None

    def _take_in(self) -> Remembered | None:
        """Close what the message settles; the rest of what it tells could be kept."""
        talk, noticed = self._replying.talk, self._heard.noticed
        replaced = {c.replacement for c in noticed.closings}
        self._drafts = tuple(d for n, d in enumerate(noticed.drafts) if n not in replaced)
        if talk is None:
            return None
        return talk.changes.settle(noticed, self._replying.message, self._replying.voice)

    def _told_more(self) -> Answered:
        """The coach had asked about a need, and this tells more of it."""
        telling = self._heard.intent.name in {ADVICE, OUTSIDE}
        # A goal that is told ("I want to be a ward sister") is no detail of the need.
        apart = self._heard.asks or self._heard.kinds == ["goal"]
        if not self._state.waiting or apart or not telling:
            return None
        return ADVICE, self._replying.told_more()

    # -- what the readers lean on ------------------------------------------------

    def _wants_words(self) -> bool:
        """ "Write it", when something else or nothing was offered."""
        asked = _WORDS.search(self._plain) and self._state.need
        return bool(asked) and not any(o.kind == "script" for o in self._state.offers)

    def _thanks(self) -> bool:
        """A yes that is rather a thank you, since nothing was offered."""
        pending = self._state.offers or self._state.waiting
        ruled = by_rule(self._plain)
        return not pending and ruled is not None and ruled.name == "thanks"
