"""The prompt for one reply, within its budget; what is material in it cannot look like orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coach.conversation.voice.planned import Planned
from coach.library.cards import Card
from coach.library.slots import fill
from coach.memory.continuity.say import plain_date
from coach.memory.items import Item
from coach.models.chat import Prompt, estimated_tokens
from coach.models.egress import StandIns
from coach.models.prompts import render
from coach.storage.pairs import Pair

PROMPT = "voice-model"
GROUNDS_TOKENS = 1300
"""Memory and guidance, the draft included, take at most so many tokens of a turn."""
_MESSAGE_TOKENS = 700
REPLY_TOKENS = 320
MARKS = str.maketrans({"<": "‹", ">": "›"})
_CUT = " […]"


def ask(
    plan: Planned, pair: Pair | None, cards: Sequence[Card], hidden: StandIns, *, delimit: bool
) -> Prompt:
    """What the model is asked; names are hidden as ``hidden`` says.

    The draft is always there in full; guidance and memory share what is left of the budget.
    """

    def material(text: str) -> str:
        text = hidden.hide(text)
        return text.translate(MARKS) if delimit else text

    draft = material(plan.body)
    room = GROUNDS_TOKENS - estimated_tokens(draft)
    memory, room = within(map(material, _remembered(plan.items, pair)), room)
    guidance, room = within(map(material, _guidance(cards, pair)), room)
    return render(
        PROMPT,
        who=material(_who(pair)),
        message=shortened(material(plan.message), _MESSAGE_TOKENS),
        guidance=guidance or "(none)",
        memory=memory or "(none)",
        draft=draft,
    )


def within(lines: Iterable[str], room: int) -> tuple[str, int]:
    """As many of ``lines`` as fit into ``room`` tokens, and how many tokens are left."""
    taken = []
    for line in lines:
        cost = estimated_tokens(line) + 1
        if cost > room:
            break
        taken.append(line)
        room -= cost
    return "\n".join(taken), room


def portions(sizes: Sequence[int], room: int) -> list[range]:
    """The places of texts of so many tokens, cut in their order into runs that fit into ``room``.

    One that is too long by itself has a run of its own.
    """
    found, begin, left = [], 0, room
    for place, size in enumerate(sizes):
        if size >= left and place > begin:
            found.append(range(begin, place))
            begin, left = place, room
        left -= size + 1
    return [*found, range(begin, len(sizes))] if sizes else []


def _who(pair: Pair | None) -> str:
    if pair is None:
        return "someone who asks about mentoring"
    return f"{pair.role} of {pair.first_name}, who is the {pair.their_role}"


def _guidance(cards: Sequence[Card], pair: Pair | None) -> Iterable[str]:
    name = pair.first_name if pair else ""
    for card in cards:
        yield f"[{card.id}] {fill(card.answer, name)}"
    for card in cards:
        yield from (fill(move, name) for move in card.moves)


def _remembered(items: Sequence[Item], pair: Pair | None) -> Iterable[str]:
    them = pair.first_name if pair else "the other person"
    sides = {"me": "the reader", "them": them, "both": "both"}
    for item in items:
        whose = f", to be done by {sides[item.owner]}" if item.owner else ""
        until = f", {item.when.isoformat()}" if item.when else ""
        said = plain_date(item.said_on, item.said_on)
        yield f'{item.text}{whose}{until}; noted on {said}: "{item.quote}"'


def shortened(text: str, tokens: int) -> str:
    """``text`` cut in its middle to about so many tokens."""
    most = tokens * 3
    if len(text.encode()) <= most:
        return text
    half = most // 2 - len(_CUT)
    data = text.encode()
    head = data[:half].decode(errors="ignore")
    return f"{head}{_CUT}{data[-half:].decode(errors='ignore')}"
