"""What was just shown, wished for in another way: fewer, shorter, softer, on another subject."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from coach.conversation.dialogue.answers import read_answer
from coach.conversation.dialogue.shortening import shortened
from coach.conversation.dialogue.state import State
from coach.conversation.dialogue.variation import (
    in_another_tone,
    length_in,
    options_wanted,
    other_subject,
    tone_wanted,
    wants_instead,
    wants_one,
    wants_others,
    wants_shorter,
    without_script,
)
from coach.conversation.events import Reply
from coach.conversation.heard import Heard
from coach.conversation.memory_reading import Answered
from coach.conversation.replying import Replying
from coach.conversation.skills.script_kinds import script_kind
from coach.text import cited, word_count

_AS_LONG = 0.85
_QUOTED = re.compile(r'"[^"]+"')
_YES = re.compile(r"^\W*(?:yes|yeah|yep|ok(?:ay)?|sure|please)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Varying:
    """Reads ``heard`` as a wish about what the newest reply showed; ``again`` answers a text as if
    that had been the message."""

    heard: Heard
    replying: Replying
    again: Callable[[str], tuple[str, Reply]]

    @property
    def _plain(self) -> str:
        return self.heard.plain

    @property
    def _state(self) -> State:
        return self.replying.state

    def vary(self) -> Answered:
        """What was just shown, wished for in another way."""
        last = self.replying.last
        if wants_shorter(self._plain) and (made := self._shorter()):
            return made.intent, made
        if last == "questions":
            if found := self._of_questions():
                return found
        elif (tone := tone_wanted(self._plain)) and (made := self.replying.reworded(tone)):
            return made.intent, made
        if (count := options_wanted(self._plain)) and (made := self.replying.options(count)):
            return made.intent, made
        if (rest := without_script(self._plain)) is not None:
            return self.again(rest) if rest else self._declined()
        words = last == "script" or any(o.kind == "script" for o in self._state.offers)
        if words and wants_instead(self._plain) and script_kind(self._plain):
            return "script", self.replying.work("script", self._plain, "")
        minutes = length_in(self._plain) if last == "brief" and self.replying.pair else None
        return ("brief", self.replying.brief("", minutes)) if minutes else None

    def _of_questions(self) -> Answered:
        """Other questions, or one of those that were shown."""
        if about := other_subject(self._plain):
            return "questions", self.replying.question_about(about)
        if which := in_another_tone(self._plain):
            return self._another_tone(which)
        if wants_one(self._plain) and self._state.listed:
            return "questions", self.replying.describe(self._state.listed[0])
        if wants_others(self._plain):
            return "questions", self.replying.work("questions", self._plain, "")
        return None

    def _declined(self) -> Answered:
        left = replace(self._state, offers=())
        return "declined", replace(self.replying.authored("declined", "declined"), state=left)

    def _another_tone(self, which: str) -> Answered:
        """Another question on the matter of one that was shown."""
        answer, listed = read_answer(which), self._state.listed
        place = answer.place if answer and answer.kind == "choice" else 0
        if not place or place > len(listed):
            return None
        about = listed[place - 1 if place > 0 else place].text
        return "questions", self.replying.question_about(about)

    def _shorter(self) -> Reply | None:
        """The same in fewer words; of an offer that is taken with a "yes but shorter", its core."""
        replying = self.replying
        if _YES.match(self._plain) and self._state.offers:
            made = replying.carry_out(self._state.offers[0])
            return replace(made, text=shortened(made.text, made.intent) or made.text)
        if replying.last == "questions":
            return replying.shorter_questions()
        short = shortened(replying.last_reply.text, replying.last) if replying.last_reply else ""
        if not short:
            return None
        before = replying.last_reply.text if replying.last_reply else ""
        if word_count(short) >= _AS_LONG * word_count(before):
            # What was short already: the words to say alone.
            quoted = _QUOTED.search(short)
            short = f"{quoted[0]} [{self._state.card}]" if quoted and self._state.card else short
        return Reply(short, replying.last, cited(short), state=replace(self._state, offers=()))
