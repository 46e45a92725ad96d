"""The GROW route: goal, reality, options, will, one question at a time.

Source of the method: John Whitmore, *Coaching for Performance*. The route is a value that moves
with each answer; the wordings are in ``prompts/grow.md``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from coach.conversation.dialogue.state import Route, Stage
from coach.conversation.wording import Voice, after_colon
from coach.library.cards import Card
from coach.text import shorten

STAGES: Final[tuple[Stage, ...]] = ("goal", "reality", "options", "will")
_SHEET = "grow"
_QUOTE = 160
_OR = re.compile(r",?\s+or\s+(?:maybe\s+|else\s+)?|[;\n]\s*|,\s*")
_LED_BY = re.compile(
    r"^(?:(?:and|or|maybe|perhaps|either|also) )*(?:i|we) (?:could|can|might|would) ", re.IGNORECASE
)


def begin(topic: str) -> Route:
    """The route at its first stage."""
    return Route("goal", topic)


def advance(route: Route, answer: str, *, unsure: bool) -> Route | None:
    """The route after ``answer``; None when its end is reached.

    Who is not sure gets the same stage once more in other words, then the next one.
    """
    if unsure and not route.asked_again:
        return replace(route, asked_again=True)
    answers = (*route.answers, "" if unsure else answer)
    place = STAGES.index(route.stage) + 1
    if place == len(STAGES):
        return None
    return Route(STAGES[place], route.topic, answers)


def options_in(answers: tuple[str, ...]) -> tuple[str, ...]:
    """The ways forward that were named at that stage; () when there were not several."""
    place = STAGES.index("options")
    named = _OR.split(answers[place]) if len(answers) > place else []
    found = tuple(one for part in named if (one := _LED_BY.sub("", part.strip(" .,;"))))
    return found if len(found) > 1 else ()


def ask(route: Route, voice: Voice, idea: Card | None = None) -> str:
    """The question at the route's stage, under a line that shows the place on the route."""
    place = "place"
    names = " · ".join(f"**{one}**" if one == route.stage else one for one in STAGES)
    number = str(STAGES.index(route.stage) + 1)
    parts = [voice.say(place, sheet=_SHEET, number=number, line=names)]
    situation = f"{route.stage} again" if route.asked_again else route.stage
    parts.append(voice.say(situation, sheet=_SHEET))
    if route.stage == "options" and idea is not None and idea.moves:
        move = voice.fill(voice.pick(idea.moves))
        line = voice.say("options idea", sheet=_SHEET, line=after_colon(move), card=idea.id)
        parts.append(line)
    return "\n\n".join(parts)


def summary(answers: tuple[str, ...], voice: Voice) -> str:
    """What was answered on the way, in the user's own words."""
    lines = [voice.say("summary", sheet=_SHEET), ""]
    for stage, answer in zip(STAGES, answers, strict=False):
        if answer:
            said = shorten(" ".join(answer.split()), _QUOTE).replace('"', "'")
            lines.append(f"- {voice.say(f'summary {stage}', sheet=_SHEET, line=said)}")
    return "\n".join([*lines, "", voice.say("close", sheet=_SHEET)])


def left(voice: Voice) -> str:
    """What to say when the user leaves the route."""
    return voice.say("left", sheet=_SHEET)
