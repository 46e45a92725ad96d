"""One answer on the GROW route: the next step, the same one again, leaving it, or its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from coach.conversation.dialogue import grow
from coach.conversation.dialogue.answers import Answer, place_of
from coach.conversation.dialogue.offering import word
from coach.conversation.dialogue.state import Listed, Offer, Route, State
from coach.conversation.events import Reply
from coach.conversation.wording import Voice

_UNSURE = frozenset({"unsure", "no"})


def walk(
    state: State,
    route: Route,
    text: str,
    answer: Answer | None,
    ask: Callable[[Route], Reply],
    voice: Voice,
    *,
    keeps: bool,
) -> Reply:
    """The reply to ``text`` at ``route``; ``answer`` is what it is as a short answer.

    ``ask`` words the question at a place on the route. At the end, the last answer is offered to be
    kept where ``keeps`` says that it can be.
    """
    if answer and answer.kind == "stop":
        return Reply(grow.left(voice), "stop", state=replace(state, route=None))
    if answer and answer.kind == "rephrase":
        return ask(replace(route, asked_again=True))
    unsure = answer is not None and answer.kind in _UNSURE
    options = grow.options_in(route.answers)
    if answer and answer.kind == "choice" and options:
        # "The last one" of the ways that were named.
        place = answer.place or place_of(answer.about, options)
        text = options[max(-len(options), min(place, len(options)) - (place > 0))]
    further = grow.advance(route, text, unsure=unsure)
    if further is not None:
        return ask(further)
    answers = (*route.answers, "" if unsure else text)
    listed = tuple(Listed("option", "", one) for one in options)
    state = replace(state, route=None, listed=listed)
    said = grow.summary(answers, voice)
    if answers[-1] and keeps:
        offer = Offer("keep", answers[-1].strip())
        state = replace(state, offers=(offer,))
        said = f"{said}\n\n{word(offer, voice)}"
    return Reply(said, "grow", state=state)
