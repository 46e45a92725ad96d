"""Replies to short answers: carries out what was offered, takes the second one, goes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from coach.conversation.dialogue.answers import Answer, place_of, returned_to
from coach.conversation.dialogue.state import Listed, Offer, State
from coach.conversation.events import Reply
from coach.conversation.wording import Voice
from coach.library.cards import Card

_SHEET = "dialogue"


@dataclass(frozen=True)
class Hands:
    """What an answer can set in motion; the conductor lends these for one turn.

    ``advise(need, lead)`` words advice; ``carry_out`` does what was offered; ``describe``
    says more about an entry of a list; ``other_words`` gives further words to say, if there are
    any; ``card`` and ``source`` look up a card and its article.
    """

    advise: Callable[[str, str], Reply]
    carry_out: Callable[[Offer], Reply]
    describe: Callable[[Listed], Reply]
    other_words: Callable[[], Reply | None]
    card: Callable[[str], Card]
    source: Callable[[str], str]


def answered(answer: Answer, state: State, hands: Hands, voice: Voice) -> Reply | None:
    """The reply to ``answer`` in ``state``; None when there was nothing that it could answer."""
    match answer.kind:
        case "yes" | "no" | "other":
            return _taken_or_left(answer, state, hands, voice)
        case "straight" | "more" if state.need:
            return hands.advise(state.need, "")
        case "unsure" if state.waiting:
            return hands.advise(state.need, voice.say("unsure", sheet=_SHEET))
        case "unsure" if state.offers and state.offers[0].kind != "keep":
            return hands.carry_out(state.offers[0])
        case "unsure" if state.offers:
            left = replace(state, offers=())
            return Reply(voice.say("no hurry", sheet=_SHEET), "declined", state=left)
        case "keep":
            kept = [one for one in state.offers if one.kind in {"keep", "goal"}]
            return hands.carry_out(kept[0]) if kept else None
        case "choice" if state.listed:
            named = place_of(answer.about, tuple(entry.text for entry in state.listed))
            return _chosen(answer.place or named, state, hands, voice)
        case "back":
            return _back(answer.about, state, hands, voice)
        case "rephrase" | "source" if state.card:
            return _explained(answer, state, hands, voice)
        case _:
            return None


def _taken_or_left(answer: Answer, state: State, hands: Hands, voice: Voice) -> Reply | None:
    match answer.kind:
        case "yes" if state.offers:
            return hands.carry_out(state.offers[0])
        case "no" if state.offers:
            left = replace(state, offers=())
            return Reply(voice.say("declined", sheet=_SHEET), "declined", state=left)
        case "other" if len(state.offers) > 1:
            return hands.carry_out(state.offers[1])
        case "other" if len(state.listed) > 1:
            return hands.describe(state.listed[1])
        case "no" if state.waiting:
            return hands.advise(state.need, voice.say("unsure", sheet=_SHEET))
        case "yes" if state.waiting:
            return hands.advise(state.need, "")
        case "other" if state.need:
            return hands.advise(state.need, "")
        case _:
            return None


def _explained(answer: Answer, state: State, hands: Hands, voice: Voice) -> Reply:
    card = hands.card(state.card)
    if answer.kind == "rephrase":
        if other := hands.other_words():
            return other
        line = card.answer.partition(". ")[0].rstrip(".") + "."
        said = voice.say("rephrase", sheet=_SHEET, line=line)
        return Reply(f"{said} [{card.id}]", "rephrase", (card.id,), state=state)
    line = f"It goes back to the article “{hands.source(card.id)}”."
    said = voice.say("source", sheet=_SHEET, title=card.title, card=card.id, line=line)
    return Reply(said, "source", (card.id,), state=state)


def _chosen(place: int, state: State, hands: Hands, voice: Voice) -> Reply:
    index = place if place < 0 else place - 1
    if place == 0 or not -len(state.listed) <= index < len(state.listed):
        count = str(len(state.listed))
        text = voice.say("no such entry", sheet=_SHEET, line=count)
        return Reply(text, "choice", state=state)
    return hands.describe(state.listed[index])


def _back(about: str, state: State, hands: Hands, voice: Voice) -> Reply:
    need = returned_to(about, (*state.earlier, state.need))
    if not need:
        return Reply(voice.say("back to nothing", sheet=_SHEET), "back", state=state)
    return hands.advise(need, voice.say("back", sheet=_SHEET, line=need.replace('"', "'")))
