"""What to tell the user after a rehearsal: what worked first, then one thing to try. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coach.content import wordings
from coach.rehearsal.loading import common
from coach.rehearsal.rewording import Reword, better
from coach.rehearsal.scenario import Model
from coach.rehearsal.scoring import Scored, choose, quote_of, score, told
from coach.rehearsal.talk import Talk

# Reflections for each question: Motivational Interviewing Treatment Integrity coding manual 4.2.1
# (Moyers, Manuel and Ernst, 2014), section on summary scores: fair from 1:1, good from 2:1.
FAIR, GOOD = 1.0, 2.0


@dataclass(frozen=True)
class Listening:
    """How a mentor listened: sentences that reflect, and sentences that ask."""

    reflections: int
    questions: int
    open: int

    @property
    def ratio(self) -> float:
        """Reflections for each question."""
        return self.reflections / max(1, self.questions)

    @property
    def level(self) -> str:
        """ "good", "fair" or "low", by the manual's thresholds."""
        if not self.reflections:
            return "low"
        return "good" if self.ratio >= GOOD else "fair" if self.ratio >= FAIR else "low"

    def as_json(self) -> dict[str, Any]:
        """The counts as the command line prints them."""
        return {
            "reflections": self.reflections, "questions": self.questions,
            "open_questions": self.open, "ratio": round(self.ratio, 2), "level": self.level,
        }  # fmt: skip


@dataclass(frozen=True)
class Try:
    """An earlier rehearsal of the same scenario, as it is compared."""

    level: str
    total: float
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Better:
    """One sentence of the user's, and another wording: of it, or for the same moment."""

    instead_of: str
    say: str


@dataclass(frozen=True)
class Feedback:
    """All of it.

    ``total`` is the mean of the messages' points, 0 to 3, over a whole talk: each of the ``left``
    stages that it did not come to counts as one message without points.
    """

    messages: tuple[Scored, ...]
    total: float
    worked: str
    attempt: str
    card: str
    better: Better | None
    listening: Listening | None
    earlier: str
    shown: tuple[str, ...]
    missing: tuple[str, ...]
    left: int = 0

    def as_json(self) -> dict[str, Any]:
        """The feedback as the command line prints it."""
        return {
            "worked": self.worked,
            "try": self.attempt,
            "card": self.card,
            "better": {"instead_of": self.better.instead_of, "say": self.better.say}
            if self.better
            else None,
            "messages": [one.as_json() for one in self.messages],
            "total": self.total,
            "out_of": 3,
            "stages_left": self.left,
            "skills": {"shown": list(self.shown), "missing": list(self.missing)},
            "listening": self.listening.as_json() if self.listening else None,
            "earlier": self.earlier,
        }


def feedback(talk: Talk, reword: Reword, earlier: Sequence[Try] = ()) -> Feedback:
    """Feedback on all that the user said in ``talk``; ``earlier`` tries are the oldest first."""
    scored = tuple(score(talk, place) for place in range(len(talk.turns)))
    counted = [one.points for one in scored if one.counted] or [one.points for one in scored]
    left = _left(talk)
    total = round(sum(counted) / (len(counted) + left), 2) if counted else 0.0
    done = {sign.name for one in scored if one.points for sign in one.shown}
    shown = tuple(name for name in talk.scenario.skills if name in done)
    missing = tuple(name for name in talk.scenario.skills if name not in done)
    listening = _listening(talk) if talk.scenario.role == "mentor" else None
    attempt, card = _attempt(talk, scored, missing, listening)
    now = Try(talk.level, total, shown)
    return Feedback(
        messages=scored,
        total=total,
        worked=_worked(talk, scored),
        attempt=attempt,
        card=card,
        better=_better(talk, scored, missing, reword),
        listening=listening,
        earlier=" ".join(filter(None, [compared(now, earlier), _short_of(left)])),
        shown=shown,
        missing=missing,
        left=left,
    )


def _left(talk: Talk) -> int:
    """How many stages of the scenario the talk did not come to."""
    names = [beat.name for beat in talk.scenario.beats]
    reached = max((names.index(one.reply.beat) for one in talk.turns if one.reply.beat in names),
                  default=0)  # fmt: skip
    return len(names) - 1 - reached


def _short_of(left: int) -> str:
    if not left:
        return ""
    key = "one stage left" if left == 1 else "stages left"
    return wordings("rehearsal")[key][0].replace("{left}", str(left))


def _listening(talk: Talk) -> Listening:
    own = [one for turn in talk.turns for one in turn.heard.sentences if one.own]
    reflections = sum(one.reading.kind == "reflection" for one in own)
    questions = [one for one in own if one.reading.kind == "question"]
    opened = sum(one.reading.subtype == "open_question" for one in questions)
    return Listening(reflections, len(questions), opened)


def _worked(talk: Talk, scored: Sequence[Scored]) -> str:
    good = sorted((one for one in scored if one.points >= 2 and one.shown),
                  key=lambda one: (-one.points, -one.shown[0].strength, one.place))  # fmt: skip
    lines: list[str] = []
    skills: set[str] = set()
    for one in good:
        sign = next((s for s in one.shown if s.name not in skills), None)
        if sign is not None and len(lines) < 2:
            skills.add(sign.name)
            said = told(sign.quote, talk.turns[one.place].heard.text)
            lines.append(f"“{said}”: {common().skills[sign.name].title}.")
    if lines:
        return " ".join(lines)
    real = next((one for one in scored if one.points), None)
    if real is None:
        return choose(wordings("rehearsal")["nothing worked"], talk.scenario.id)
    said = choose(wordings("rehearsal")["little worked"], real.quote)
    return said.replace("{quote}", real.quote)


def _attempt(
    talk: Talk, scored: Sequence[Scored], missing: Sequence[str], listening: Listening | None
) -> tuple[str, str]:
    """One thing to try next time, and a card for it."""
    shared = common()
    costs = [(shared.habits[sign.name].costs * sign.strength, sign)
             for one in scored for sign in one.costs]  # fmt: skip
    worst = max(costs, key=lambda pair: pair[0], default=None)
    if worst and (worst[0] >= 1.0 or not missing):
        habit = shared.habits[worst[1].name]
        said = choose(wordings("rehearsal")[f"try {habit.name}"], worst[1].quote)
        return said.replace("{quote}", worst[1].quote), habit.card
    if missing:
        skill = shared.skills[missing[0]]
        return f"Next time: {skill.hint}", skill.card
    if listening and listening.level != "good" and "listen" in talk.scenario.skills:
        skill = shared.skills["listen"]
        said = choose(wordings("rehearsal")["try more listening"], talk.scenario.id)
        counts = (str(listening.reflections), str(listening.questions))
        return said.replace("{reflections}", counts[0]).replace(
            "{questions}", counts[1]
        ), skill.card
    key = "try again harder" if talk.level != "hard" else "try the real one"
    return choose(wordings("rehearsal")[key], talk.scenario.id), talk.scenario.cards[0]


def _better(
    talk: Talk, scored: Sequence[Scored], missing: Sequence[str], reword: Reword
) -> Better | None:
    """Another wording of the sentence that cost most, or of the weakest message."""
    shared = common()
    costs = sorted(
        ((shared.habits[sign.name].costs * sign.strength, one.place, sign)
         for one in scored for sign in one.costs), key=lambda found: (-found[0], found[1]),
    )  # fmt: skip
    for _, place, sign in costs:
        whole = next((s.text for s in talk.turns[place].heard.sentences
                      if s.text.startswith(sign.quote)), sign.quote)  # fmt: skip
        said = better(whole, sign.name, reword)
        if said:
            return Better(whole, said)
    weak = min((one for one in scored if one.quote and one.counted and one.points < 2
                and not talk.turns[one.place].heard.problem),
               key=lambda one: (one.points, one.place), default=None)  # fmt: skip
    if weak is None:
        return None
    model = model_for(talk, talk.beat_before(weak.place), missing)
    return Better(weak.quote, model.say.replace("{name}", talk.called)) if model else None


def model_for(talk: Talk, beat: str, wanted: Sequence[str]) -> Model | None:
    """An exemplary line for ``beat``, for the first of the ``wanted`` skills that has one there."""
    skills = [*wanted, *talk.scenario.skills]
    models = [one for one in talk.scenario.models if one.skill in skills]
    return min(
        models, key=lambda one: (one.beat != beat, skills.index(one.skill)), default=None
    )  # fmt: skip


def compared(now: Try, earlier: Sequence[Try]) -> str:
    """How this try compares with those before, in a sentence or two."""
    shared = common()
    if not earlier:
        return "This is the first try; later ones will be compared with it."
    last = earlier[-1]
    level = f", at the level “{last.level}”" if last.level != now.level else ""
    said = f"After {last.total:g} of 3 the last time{level}."
    new = [name for name in now.shown if name not in last.shown]
    gone = [name for name in last.shown if name not in now.shown]
    if new:
        said += f" New this time: {shared.skills[new[0]].title}."
    if gone:
        said += f" Not this time: {shared.skills[gone[0]].title}."
    best = max(one.total for one in earlier)
    if now.total > best:
        said += f" The best of {len(earlier) + 1} tries."
    elif now.total == last.total and not new and not gone:
        said += " Much the same as before."
    return said


def hint(talk: Talk) -> str:
    """What to do next, with the beginning of a line to do it with."""
    scored = [score(talk, place) for place in range(len(talk.turns))]
    done = {sign.name for one in scored if one.points for sign in one.shown}
    missing = [name for name in talk.scenario.skills if name not in done]
    if not missing:
        return wordings("rehearsal")["hint done"][0]
    here = {one.skill for one in talk.scenario.models if one.beat == talk.beat}
    wanted = next((name for name in missing if name in here), missing[0])
    said = common().skills[wanted].hint
    said = said[0].upper() + said[1:]
    model = next((one for one in talk.scenario.models if one.skill == wanted), None)
    if model is None:
        return said
    stem = " ".join(quote_of(model.say.replace("{name}", talk.called)).split()[:6])
    return f"{said} You could begin: “{stem} …”"
