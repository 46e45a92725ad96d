"""Guidance for a need: an answer from the best card, something to do, something to say or ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.conversation.wording import Role, Voice, after_colon
from coach.library.cards import Card
from coach.library.search import Hit, Passage
from coach.library.slots import needs_more
from coach.text import sentences, shorten, word_count

Affinity = Callable[[Sequence[str]], list[float]]

_SECOND_CARD_SHARE = 0.45
"""A second card is brought in when its score is at least this part of the first one's."""
_PASSAGE_WORDS = 45
_LEAST_CHOICE = 2
_ENOUGH_WORDS = 14
_SLACK = 0.15
"""By how much of the limit a reply may exceed it before a part is left out."""

_QUOTED = str.maketrans({'"': "'", "[": "(", "]": ")", "{": "(", "}": ")"})


@dataclass(frozen=True)
class Advice:
    """Worded guidance: Markdown without its last line, citations in order, the step that it names,
    and a question back to the user that can close it.
    """

    text: str
    citations: tuple[str, ...]
    step: str
    back: str


@dataclass(frozen=True)
class Guidance:
    """What an answer is made of: the best card, perhaps a second, perhaps the user's document."""

    card: Card
    second: Card | None = None
    passage: Passage | None = None
    passage_first: bool = False


def choose(
    hits: Sequence[Hit], cards: dict[str, Card], passages: Callable[[str], Passage | None]
) -> Guidance | None:
    """The cards and passage to answer from; None when no card is among the hits."""
    found = [hit for hit in hits if hit.card in cards]
    if not found:
        return None
    first = found[0]
    second = next((h for h in found[1:] if h.score >= _SECOND_CARD_SHARE * first.score), None)
    passage_hit = next((h for h in hits if h.source == "document" and h.score >= 0.5), None)
    return Guidance(
        cards[first.card],
        cards[second.card] if second else None,
        passages(passage_hit.card) if passage_hit else None,
        bool(passage_hit and passage_hit.score > first.score),
    )


def advise(
    guidance: Guidance,
    voice: Voice,
    my_role: Role | None,
    affinity: Affinity,
    limit: int,
    waiting: str = "",
    ask: str = "",
) -> Advice:
    """The advice, of about ``limit`` words at most.

    ``waiting`` tells what of the pair's memory belongs here, and ``ask`` is a question about it,
    which then takes the place of one from the card.
    """
    card = guidance.card
    again = voice.seen(card.answer)
    voice.pick([card.answer])
    opening = voice.pick(card.openings, _likings(card.openings, affinity))
    # What waits for this very person says more than a second thought on the matter.
    core = _core(card, voice, 1 if waiting else 2)
    if again:
        opening = f"{voice.say('again')} {after_colon(opening)}"
    parts = [f"{opening} {core}".rstrip() + f" [{card.id}]"]
    citations = [card.id]

    back = voice.pick(card.back, _likings(card.back, affinity))
    said = (
        voice.say("open with", line=ask.replace('"', "'"))
        if ask
        else aloud(card, voice, my_role, affinity, again=again)
    )
    if waiting:
        parts.append(waiting)
    room = limit - sum(word_count(p) for p in (*parts, back, said))

    moves = [] if waiting else _moves_for(card, my_role)
    move = voice.pick(*_fitting(moves, affinity, again=again))
    do = voice.say("one move", move=after_colon(voice.fill(move))) if move else ""
    room -= word_count(do)
    # Who wants it shorter than a whole answer loses the move first, then the words to say.
    if room < -_SLACK * limit:
        do, room = "", room + word_count(do)
    if room < -_SLACK * limit and not ask:
        said, room = "", room + word_count(said)
    if guidance.passage is not None:
        quoted = _quote(guidance.passage, voice)
        if guidance.passage_first or room >= word_count(quoted):
            parts.insert(0 if guidance.passage_first else 1, quoted)
            citations.insert(0 if guidance.passage_first else 1, guidance.passage.id)
            room -= word_count(quoted)
    parts.append(voice.say("layout", do=do, aloud=said).strip())
    if guidance.second is not None:
        beside = _beside(guidance.second, voice, affinity)
        if room >= word_count(beside):
            parts.append(beside)
            citations.append(guidance.second.id)
    text = "\n\n".join(voice.fill(part) for part in parts if part)
    return Advice(text, tuple(citations), voice.fill(move) if do else "", voice.fill(back))


def _core(card: Card, voice: Voice, most: int) -> str:
    """The next thoughts of the answer that were not said lately, at most ``most``; "" if none."""
    fresh = [one for one in _thoughts(card.answer) if not voice.seen(one)][:most]
    for one in fresh:
        voice.take(one)
    return " ".join(fresh)


def first_thoughts(card: Card) -> str:
    """What the card says first, in a sentence or two that stand by themselves."""
    said = ""
    for thought in _thoughts(card.answer):
        said = f"{said} {thought}".strip()
        if word_count(said) >= _ENOUGH_WORDS:
            break
    return said


def _thoughts(text: str) -> list[str]:
    """Sentences, but a question stays with the sentence that leads up to it."""
    thoughts: list[str] = []
    for sentence in sentences(text):
        if sentence.endswith("?") and thoughts:
            thoughts[-1] += f" {sentence}"
        else:
            thoughts.append(sentence)
    return thoughts


def _moves_for(card: Card, role: Role | None) -> list[str]:
    """What the card says to do, less what it says to the other side only."""
    if role is not None and card.audience not in {"both", role}:
        return []
    other_side = {"mentor": "if you are the mentee", "mentee": "if you are the mentor"}
    unfit = [other_side[role]] if role else list(other_side.values())
    return [move for move in card.moves if not any(sign in move.lower() for sign in unfit)]


def aloud(card: Card, voice: Voice, role: Role | None, affinity: Affinity, *, again: bool) -> str:
    """Something to say in the user's role, or to ask; the two take turns."""
    said = list(card.lines_for(role)) if role else []
    asked = [q.text for q in card.questions if not needs_more(q.text)]
    options = said + asked
    line = voice.pick(*_fitting(options, affinity, again=again))
    if not line:
        return ""
    return voice.say("say" if line in said else "ask", line=voice.fill(line))


def _beside(card: Card, voice: Voice, affinity: Affinity) -> str:
    moves = list(card.moves)
    move = voice.pick(moves, _likings(moves, affinity))
    said = voice.say("second card", line=after_colon(voice.fill(move)))
    return f"{said} [{card.id}]"


def _quote(passage: Passage, voice: Voice) -> str:
    text = " ".join(passage.text.split())
    text = " ".join(text.split()[:_PASSAGE_WORDS]) if word_count(text) > _PASSAGE_WORDS else text
    title, line = _plain(shorten(passage.title, 60)), _plain(shorten(text, 400))
    return f"{voice.say('passage', title=title, line=line)} [{passage.id}]"


def _plain(text: str) -> str:
    """``text`` as it can be quoted: its marks must look neither like our citations nor slots."""
    return text.translate(_QUOTED)


def _fitting(
    options: Sequence[str], affinity: Affinity, *, again: bool
) -> tuple[list[str], dict[str, float]]:
    """The options that are nearest to the need, with their nearness: the better half, but all of
    them once more is wanted."""
    likings = _likings(options, affinity)
    kept = len(options) if again else max(_LEAST_CHOICE, (len(options) + 1) // 2)
    return sorted(options, key=lambda one: -likings[one])[:kept], likings


def _likings(options: Sequence[str], affinity: Affinity) -> dict[str, float]:
    return dict(zip(options, affinity(options), strict=True))
