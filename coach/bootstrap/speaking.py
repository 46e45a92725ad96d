"""The chat model that was chosen, with all that keeps it on its leash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from coach.models.chosen import Choice, Use, read_choice

if TYPE_CHECKING:
    from coach.bootstrap.parts import Parts
    from coach.conversation.voice.guards import Guards
    from coach.conversation.voice.speaker import Known, Speaker
    from coach.models.calling import Purse, Secrets
    from coach.models.chat import ChatModel, Payload
    from coach.storage.pairs import Pair

_RECENT = 40


def speaker_of(parts: Parts) -> Speaker | None:
    """What words the replies, by the user's choice; None for the built-in engine."""
    from coach.models.opening import open_model

    model = open_model(read_choice(parts.places), parts.settings.model_timeout)
    return None if model is None else speaker_with(parts, model)


def speaker_with(
    parts: Parts,
    model: ChatModel,
    *,
    guards: Guards | None = None,
    allowed: Callable[[Payload], bool] | None = None,
    waits: Sequence[float] | None = None,
) -> Speaker:
    """A speaker with that model; tests override what else holds it."""
    from coach.conversation.voice.guards import ALL
    from coach.conversation.voice.speaker import Speaker
    from coach.models.calling import WAITS, Calls

    def lets(use: Use, payload: Payload) -> bool:
        return _allowed(parts, use, payload) if allowed is None else allowed(payload)

    guards = guards or ALL
    calls = Calls(
        model, _secrets(parts), _purse(parts), parts.settings.model_timeout,
        parts.settings.model_names == "stand-ins", lets, WAITS if waits is None else tuple(waits),
        guards.private,
    )  # fmt: skip
    return Speaker(calls, _known(parts), today=lambda: parts.today, guards=guards)


def engine_of(choice: Choice) -> tuple[str, str]:
    """What words the replies, and whether anything leaves this machine; both in words."""
    if choice.how == "built-in":
        return "built-in engine", "nothing leaves this machine"
    if not choice.remote:
        return choice.name, "nothing leaves this machine"
    if not choice.allowed:
        return choice.name, "nothing is sent before you allow it"
    return choice.name, "what it words leaves this machine"


def _allowed(parts: Parts, use: Use, payload: Payload) -> bool:
    """Whether the user lets requests go, asked now where somebody is there to answer."""
    from coach.models.chosen import allow

    if read_choice(parts.places).lets(use):
        return True
    if parts.ask_leave is None or not parts.ask_leave(payload, use):
        return False
    return allow(parts.places, use).lets(use)


def _known(parts: Parts) -> Known:
    from coach.conversation.voice.speaker import Known

    return Known(
        items=lambda pair: [i for i in parts.memory.store.items(pair) if not i.private],
        card=parts.library.card,
        forbids=parts._limits,
        near=parts._similarity,
    )


def _secrets(parts: Parts) -> Secrets:
    from coach.models.calling import Secrets

    return Secrets(
        names=lambda: [pair.name for pair in parts.pair_store.all()],
        private=lambda pair, message: _private(parts, pair, message),
        public=lambda pair: _public(parts, pair),
        common=lambda: _common(parts),
    )


def _purse(parts: Parts) -> Purse:
    from coach.models.calling import Purse
    from coach.models.spending import Price, Spending

    set_to = parts.settings
    price = Price(set_to.model_price_input, set_to.model_price_output)
    spending = Spending(parts.places, set_to.model_daily_limit, price)
    return Purse(
        lambda read, written: spending.reserve(parts.today, read, written),
        lambda aside, read, written: spending.settle(parts.today, aside, read, written),
    )


def _private(parts: Parts, pair: Pair | None, message: str) -> list[str] | None:
    """Every private text of every pair; None when the message itself is told in confidence."""
    from coach.memory.noticing.marks import find_mark
    from coach.text import sentences

    if any(find_mark(sentence.lower()) for sentence in sentences(message)):
        return None
    found = []
    for one in parts.pair_store.all():
        kept = [item for item in parts.memory.store.items(one) if item.private]
        found += [text for item in kept for text in (item.text, item.quote)]
    # What was told in confidence in the chat and was not kept is private all the same.
    recent = parts.conversation_store.recent_replies(pair.id if pair else None, _RECENT)
    offered = [draft for reply in recent for draft in reply.detail.get("proposals", [])]
    found += [text for d in offered if d["private"] for text in (d["text"], d["quote"])]
    return list(dict.fromkeys(found))


def _public(parts: Parts, pair: Pair | None) -> frozenset[str]:
    """Words that give nothing private away: the cards', the names, and what is not private."""
    from coach.text import words

    texts = [one.name for one in parts.pair_store.all()]
    if pair is not None:
        items = parts.memory.store.items(pair)
        texts += [f"{i.text} {i.quote}" for i in items if not i.private]
    return _common(parts) | {word for text in texts for word in words(text)}


def _common(parts: Parts) -> frozenset[str]:
    return _words_of_cards(tuple(parts.library.deck.cards.values()))


@cache
def _words_of_cards(cards: tuple[object, ...]) -> frozenset[str]:
    from coach.conversation.grounding.rules import rules
    from coach.library.cards import Card
    from coach.memory.noticing.lexicon import lexicon
    from coach.text import words

    told: set[str] = set(lexicon().forms) | rules().openers | rules().english
    for card in cards:
        assert isinstance(card, Card)
        lines = [card.answer, *card.openings, *card.moves, *card.back, *card.pitfalls]
        lines += [*card.situations, *card.cues, *(q.text for q in card.questions)]
        lines += [*card.lines_for("mentor"), *card.lines_for("mentee")]
        told.update(word for line in lines for word in words(line) if not _capital(line, word))
    return frozenset(told)


def _capital(line: str, word: str) -> bool:
    """Whether a word stands in a line with a capital alone, as a name does."""
    return word not in line and word.capitalize() in line[1:]
