"""Questions from what is remembered: each open thread in the patterns that fit it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.conversation.questioning.asking import Occasion, Suggestion
from coach.conversation.questioning.marks import order
from coach.conversation.questioning.material import Material, material, side_of
from coach.conversation.questioning.patterns import Patterns, ThreadPattern, patterns
from coach.library.cards import Card, Deck
from coach.memory.continuity.ranking import Thread, rank
from coach.memory.continuity.reasons import why
from coach.memory.continuity.say import plain_date
from coach.memory.continuity.signs import is_over
from coach.memory.continuity.speech import pronoun_of
from coach.memory.continuity.topics import closed_topics, is_closed
from coach.memory.continuity.weights import WEIGHTS
from coach.memory.items import Item
from coach.planning.roadmap_views import happened
from coach.planning.stage import tells_end
from coach.text import shorten

_DISCRETION = "keijzer/discretion"
_BACKGROUND = frozenset({"fact", "expectation"})
"""Kinds that are no thread to pull but tell enough for a question, when little else is there."""
_BACK = {"own-open": 6, "own-due": 6, "own-overdue": 4, "topic": 4}
"""Places by which what is the user's own to do stands back: that is for a follow-up."""
_FORM_ORDER = ("np", "aim", "ing", "topic", "hard", "fear", "vp", "clause", "matter")
_THREAD_SITUATIONS = {
    "passed": "passed", "coming": "coming", "ahead": "coming", "struggle": "struggle",
}  # fmt: skip


@dataclass(frozen=True)
class Matter:
    """Something to ask about: its items, the leading one first, and the forms of its words."""

    items: tuple[Item, ...]
    situation: str
    side: str
    forms: Material
    why: str
    place: int

    @property
    def private(self) -> bool:
        return any(item.private for item in self.items)


def matters(occasion: Occasion) -> list[Matter]:
    """What there is to ask about, most pressing first; nothing closed or behind a boundary."""
    known = list(occasion.items)
    threads = rank(
        known, occasion.on, them=occasion.them, next_session=None, sessions=occasion.sessions,
        weights=WEIGHTS,
    )  # fmt: skip
    pronoun = pronoun_of(occasion.them, known)
    found = [
        _matter(thread.items, thread.situation, side_of(thread), occasion, pronoun, place, thread)
        for place, thread in enumerate(threads)
        if not tells_end(thread.items[0])  # The stage has questions about that.
    ]
    taken = {item.id for thread in threads for item in thread.items}
    closed = closed_topics(known, occasion.them)
    for item in known:
        background = item.kind in _BACKGROUND and item.status == "open" and not item.private
        if not background or item.id in taken or item.said_on > occasion.on:
            continue
        if not is_closed(item, closed) and not is_over(item):
            # "You came over from Aleppo" says less of today than "you work nights".
            place = len(found) + (30 if happened(item.text) else 10)
            found.append(_matter((item,), item.kind, item.about, occasion, pronoun, place, None))
    return sorted(found, key=lambda matter: matter.place)


def _matter(
    items: tuple[Item, ...], situation: str, side: str, occasion: Occasion, pronoun: str,
    place: int, thread: Thread | None,
) -> Matter:  # fmt: skip
    lead = items[0]
    forms = material(lead, occasion.them, pronoun, occasion.on)
    if situation == "struggle" and lead.when and lead.when >= occasion.on and forms.has("np"):
        situation = "coming"
    said = plain_date(lead.said_on, occasion.on)
    reason = f"{why(thread, occasion.on)}; you" if thread else "You"
    quote = shorten(" ".join(lead.quote.split()), 160)
    told = f'{reason} noted on {said}: "{quote}"'
    return Matter(
        items, situation, side, forms, f"{told[:1].upper()}{told[1:]}",
        place + _BACK.get(situation, 0),
    )  # fmt: skip


def from_threads(occasion: Occasion, found: Sequence[Matter]) -> Iterator[Suggestion]:
    """Every question that the patterns make of these matters."""
    known = patterns()
    to = occasion.them.role
    for matter in found:
        for pattern in known.threads:
            situation = "private" if matter.private else matter.situation
            if situation in pattern.situations and _fits(pattern, matter.side, to):
                yield from _filled(pattern, matter, known, occasion)


def _fits(pattern: ThreadPattern, side: str, to: str) -> bool:
    shared = side == "both" and pattern.side == "them" and pattern.form == "np"
    return (pattern.side in {"", side} or shared) and pattern.to in {"", to}


def _filled(
    pattern: ThreadPattern, matter: Matter, known: Patterns, occasion: Occasion
) -> Iterator[Suggestion]:
    if not matter.forms.has(pattern.form):
        return
    for ask in pattern.asks:
        question = fill(ask, matter.forms.slots)
        if question is None:
            continue
        cards = pattern.cards
        if matter.private:
            lead = known.private_mine if matter.side == "me" else known.private_theirs
            question, cards = with_care(question, cards, lead, occasion.seed)
        yield Suggestion(
            question, pattern.depth, matter.why, cards, tuple(item.id for item in matter.items),
            "thread", ask, matter.place * 10 + _FORM_ORDER.index(pattern.form), matter.private,
            matter.situation in _BACKGROUND,
        )  # fmt: skip


def with_care(
    question: str, cards: tuple[str, ...], leads: tuple[str, ...], seed: str
) -> tuple[str, tuple[str, ...]]:
    """A question about something private, with a lead that leaves the other person free."""
    lead = leads[order(seed, question) % len(leads)]
    return f"{lead}{_joined(question)}", (_DISCRETION, *(c for c in cards if c != _DISCRETION))


def _joined(question: str) -> str:
    """A question as it goes on behind a colon."""
    return question if re.match(r"I\b", question) else question[:1].lower() + question[1:]


def fill(ask: str, slots: dict[str, str]) -> str | None:
    """``ask`` with its slots filled; None when one of them is not at hand."""
    if set(re.findall(r"\{(\w+)\}", ask)) - set(slots):
        return None
    text = ask.format_map(slots)
    text = f"{text[:1].upper()}{text[1:]}"
    return re.sub(r"\s+", " ", text).strip()


def from_card_slots(
    occasion: Occasion, found: Sequence[Matter], deck: Deck
) -> Iterator[Suggestion]:
    """The cards' own questions about a {thread} or a {goal}, filled with theirs."""
    for matter in found:
        if matter.side != "them" or matter.private:
            continue
        forms = matter.forms.slots
        named = forms.get("np") or (forms.get("topic") if matter.situation == "struggle" else None)
        aim = forms.get("aim") or forms.get("ing")
        for card in deck.cards.values():
            if card.audience not in {"both", occasion.role}:
                continue
            for asked in card.questions:
                thread = _takes(asked.text, matter.situation) and named
                goal = matter.situation in {"goal", "goal-due"} and _takes_aim(asked.text, forms)
                text = asked.text.replace("{thread}", named or "").replace("{goal}", aim or "")
                if (("{thread}" in asked.text and thread) or (goal and aim)) and "{" not in text:
                    yield _of_card(card, asked.text, text, asked.depth, matter)


def _of_card(card: Card, pattern: str, text: str, depth: str, matter: Matter) -> Suggestion:
    return Suggestion(
        text, depth, matter.why, (card.id,), tuple(item.id for item in matter.items), "thread",  # type: ignore[arg-type]
        pattern, matter.place * 10 + 3, matter.private,
    )  # fmt: skip


def _takes(text: str, situation: str) -> bool:
    use = patterns().cards.thread.get(text, "never")
    if use == "any":
        return situation in _THREAD_SITUATIONS
    return _THREAD_SITUATIONS.get(situation) == use


def _takes_aim(text: str, forms: dict[str, str]) -> bool:
    if "{goal}" not in text or "{thread}" in text:
        return False
    doing = "aim" not in forms
    return not any(part in text for part in patterns().cards.not_a_doing) or not doing
