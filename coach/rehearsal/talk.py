"""A talk that is being rehearsed: a fold over the user's messages, immutable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from coach.rehearsal.background import NOTHING, Background
from coach.rehearsal.counterpart import Reply, Said, answer, first
from coach.rehearsal.hearing import Ear, Heard
from coach.rehearsal.loading import common
from coach.rehearsal.scenario import OVER, Scenario
from coach.rehearsal.state import Level, State, summed
from coach.text import first_name

Ending = Literal["", "closed", "done"]
"""How it ended: not yet, by a counterpart whose patience is gone, or as talks end."""

_OUT_OF_PATIENCE = 0.08
_LINGERING = -0.04
"""What each message costs in patience after the second at the same beat."""
_ABOUT_IT = 0.4
"""Cosine to one of the scenario's examples from which a message is no way round the point."""
_NO_DODGE = frozenset(
    {"apology", "commitment", "thanks", "agree", "next-step", "own"}
    | {"blame", "insult", "pressure", "dismissive"}
)
_ANSWERS = re.compile(r"\W*(?:yes|no|not|yeah|of course|sure|i am|i'm not|i don't)\b", re.I)
_FAREWELLS = frozenset({"goodbye", "thanks", "next-step"})


@dataclass(frozen=True)
class Turn:
    """One message of the user's, what it did, and the reply."""

    heard: Heard
    state: State
    reply: Reply


@dataclass(frozen=True)
class Talk:
    """All of a talk so far; the counterpart has opened it with ``opening``."""

    scenario: Scenario
    level: Level
    background: Background
    opening: Reply
    start: State
    turns: tuple[Turn, ...] = ()
    ending: Ending = ""
    pair: int | None = None
    """The pair that it is rehearsed for; None for none."""

    @property
    def name(self) -> str:
        """What the counterpart is called."""
        return self.background.name or self.scenario.counterpart.name

    @property
    def called(self) -> str:
        """The name to speak to the counterpart by."""
        return first_name(self.name)

    @property
    def state(self) -> State:
        """How the counterpart feels now."""
        return self.turns[-1].state if self.turns else self.start

    @property
    def beat(self) -> str:
        """Where the talk has got to."""
        return (self.turns[-1].reply if self.turns else self.opening).beat

    @property
    def mine(self) -> list[str]:
        """What the user said, oldest first."""
        return [turn.heard.text for turn in self.turns]

    @property
    def theirs(self) -> list[str]:
        """What the counterpart said, oldest first."""
        return [self.opening.text, *(turn.reply.text for turn in self.turns)]

    @property
    def last(self) -> Reply:
        """What the counterpart said last."""
        return self.turns[-1].reply if self.turns else self.opening

    def reworded(self, text: str, engine: str, why: str = "") -> Talk:
        """The talk with its last reply in a language model's words; "" leaves the line as it is."""
        if not self.turns:
            return self
        engine = engine if text else "built-in"
        reply = replace(self.last, worded=text, engine=engine, why=why)
        return replace(self, turns=(*self.turns[:-1], replace(self.turns[-1], reply=reply)))

    def beat_before(self, place: int) -> str:
        """The beat in which message ``place`` (from 0) was said."""
        return (self.turns[place - 1].reply if place else self.opening).beat

    def as_json(self) -> list[dict[str, Any]]:
        """The talk, one object a turn of either."""
        shown: list[dict[str, Any]] = [_told(self.opening, self.start)]
        for turn in self.turns:
            kinds = [one.reading.subtype for one in turn.heard.sentences]
            heard = sorted(turn.heard.cues)
            shown.append({"speaker": "me", "text": turn.heard.text, "reads": kinds, "heard": heard})
            shown.append(_told(turn.reply, turn.state))
        return shown


def _told(reply: Reply, state: State) -> dict[str, Any]:
    return {
        "speaker": "them", "text": reply.shown, "beat": reply.beat, "reply_to": list(reply.to),
        "state": state.as_json(), "engine": reply.engine, "why": reply.why,
    }  # fmt: skip


def begin(scenario: Scenario, level: Level, background: Background = NOTHING) -> Talk:
    """A talk that the counterpart opens."""
    change = scenario.levels[level].start
    state = scenario.counterpart.start.moved(change)
    opening = first(Said(scenario, level, background, state))
    return Talk(scenario, level, background, opening, state)


def say(talk: Talk, text: str, ear: Ear) -> Talk:
    """The talk after the user says ``text`` and is answered; one that has ended stays as it is."""
    if talk.ending:
        return talk
    ahead = talk.scenario.after(talk.beat)
    expected = ahead.after if ahead else ()
    models = [one.say.replace("{name}", talk.called) for one in talk.scenario.models]
    heard = ear.hear(talk.scenario, text, talk.mine, talk.theirs, expected, models)
    limit = talk.background.against(text)
    if limit:
        heard = replace(heard, moves=heard.moves | {"over-the-limit"})
    heard = replace(heard, moves=heard.moves | _avoidance(talk, heard))
    state = _moved(talk, heard)
    beat = _beat(talk, heard, state)
    said = Said(talk.scenario, talk.level, talk.background, state, tuple(talk.theirs), limit)
    reply = answer(said, heard, talk.beat, beat, (*talk.mine, text))
    turn = Turn(heard, state, reply)
    return replace(talk, turns=(*talk.turns, turn), ending=_ending(talk, heard, reply))


def rewind(talk: Talk) -> Talk:
    """The talk without the user's last message and its answer."""
    return replace(talk, turns=talk.turns[:-1], ending="")


def replay(talk: Talk, texts: Sequence[str], ear: Ear) -> Talk:
    """``talk`` from its opening with ``texts``; it stops where the talk ends."""
    again = replace(talk, turns=(), ending="")
    for text in texts:
        again = say(again, text, ear)
    return again


def _moved(talk: Talk, heard: Heard) -> State:
    shared = common()
    cues = {**shared.cues, **talk.scenario.cues}
    known = [shared.moves[move] for move in sorted(heard.moves) if move in shared.moves]
    if "avoiding" in heard.moves:
        # Pleasant talk beside the point wins nobody over.
        known = [{name: min(0.0, step) for name, step in one.items()} for one in known]
    known += [cues[name].effect for name in heard.cues]
    stayed = _turns_at(talk, talk.beat)
    if stayed >= 2:
        known.append({"patience": _LINGERING})
    level = talk.scenario.levels[talk.level]
    return talk.state.moved(summed(known), ups=level.ups, downs=level.downs)


def _turns_at(talk: Talk, beat: str) -> int:
    """How many messages in a row were said at ``beat`` up to now."""
    count = 0
    for turn in reversed(talk.turns):
        if turn.reply.beat != beat:
            break
        count += 1
    return count


def _beat(talk: Talk, heard: Heard, state: State) -> str:
    if state.patience <= _OUT_OF_PATIENCE:
        return OVER
    ahead = talk.scenario.after(talk.beat)
    if ahead is None or heard.problem or not heard.names & set(ahead.after):
        return talk.beat
    pushing = talk.beat == talk.scenario.beats[1].name
    pushes = talk.scenario.levels[talk.level].pushes if pushing else 1
    if _turns_at(talk, talk.beat) < pushes - 1 + pushing or not ahead.when.holds(state, talk.level):
        return talk.beat
    return ahead.name


def _avoidance(talk: Talk, heard: Heard) -> frozenset[str]:
    """Whether the message goes round what the moment asks for."""
    if heard.problem or (not talk.turns and talk.beat == talk.scenario.beats[0].name):
        return frozenset()
    ahead = talk.scenario.after(talk.beat)
    asks = any(one.asks for one in heard.sentences)
    if ahead is None or asks or heard.names & (set(ahead.after) | set(talk.scenario.cues)):
        return frozenset()
    near = max((one.likes.get(cue, 0.0) for one in heard.sentences for cue in talk.scenario.cues),
               default=0.0)  # fmt: skip
    if near >= _ABOUT_IT or heard.names & _NO_DODGE or _ANSWERS.match(heard.text):
        return frozenset()
    return frozenset({"avoiding"}) if _turns_at(talk, talk.beat) >= 1 else frozenset()


def _ending(talk: Talk, heard: Heard, reply: Reply) -> Ending:
    if reply.beat == OVER:
        return "closed"
    last = talk.scenario.beats[-1].name
    if talk.beat == last and heard.names & _FAREWELLS and not any(s.asks for s in heard.sentences):
        return "done"
    return "done" if reply.spent else ""
