"""A meeting as it can be summed up: what was said on one day, sentence by sentence, told anew.

It comes from the notes of the day and from imported turns of it. Each line is told to the user
("you", the other by name) beside the words it comes from. What matters most of it is picked by
rules: the items that are remembered, the most important first, and for the rest the sentences that
share most words with the others (Luhn, 1958, The automatic creation of literature abstracts).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coach.errors import NotFoundError
from coach.lexical import stems
from coach.memory.items import Item
from coach.memory.memory import Memory
from coach.memory.noticing.cast import Who
from coach.memory.noticing.notice import Look
from coach.memory.noticing.subject import Subject
from coach.memory.noticing.suggested import find_quote
from coach.memory.noticing.wording import told, wording
from coach.storage.pairs import Pair
from coach.storage.schema import turns
from coach.text import first_name, word_count

LONG = 150
"""Words from which a meeting is worth summing up in other words than its own."""
_MOST = 5
_SHORTEST, _LONGEST = 6, 45
"""Words of a sentence that can stand for a meeting."""
_OWN = frozenset({"me", "i", "myself", "you", "user"})


@dataclass(frozen=True)
class Line:
    """One thing that was said: ``text`` tells it to the user, ``quote`` has the words themselves.

    ``by`` is who says them; ``items`` are the ids of what is remembered of it.
    """

    text: str
    quote: str
    by: Who = "me"
    private: bool = False
    items: tuple[int, ...] = ()


@dataclass(frozen=True)
class Meeting:
    """What was said with the other person on a day; ``important`` in the order it was said."""

    on: date
    lines: tuple[Line, ...]
    important: tuple[Line, ...]

    @property
    def long(self) -> bool:
        """Whether summing it up is worth the trouble."""
        return sum(word_count(line.quote) for line in self.lines) >= LONG


def read_meeting(memory: Memory, pair: Pair, on: date) -> Meeting:
    """The meeting of that day. Raises :class:`NotFoundError` where nothing is kept of one."""
    held = [one for one in memory.store.sessions(pair) if one.on == on]
    said = _turns(memory, pair, on)
    if not held and not said:
        raise NotFoundError(
            "Session", f"nothing is kept of a session with {pair.name} on {on.isoformat()}",
            f"`coach session list {pair.slug}` shows the days.",
        )  # fmt: skip
    lines: list[Line] = []
    items: list[Item] = []
    for session in held:
        lines += _of_note(memory.look(pair, on, session.note), session.note, pair)
        items += memory.store.items(pair, session=session.number)
    for speaker, text in said:
        lines += _of_turn(memory.look(pair, on, text), speaker, text, pair)
    important = _important(lines, items, pair)
    return Meeting(on, tuple(lines), tuple(important))


def meeting_days(memory: Memory, pair: Pair) -> list[date]:
    """The days of which something is kept, newest first."""
    query = select(turns.c.said_on).where(turns.c.pair_id == pair.id).distinct()
    with memory.store.database.read() as connection:
        said = {row.said_on for row in connection.execute(query) if row.said_on}
    return sorted(said | {one.on for one in memory.store.sessions(pair)}, reverse=True)


def _turns(memory: Memory, pair: Pair, on: date) -> list[tuple[str, str]]:
    query = (
        select(turns.c.speaker, turns.c.text)
        .where(turns.c.pair_id == pair.id, turns.c.said_on == on)
        .order_by(turns.c.position)
    )
    with memory.store.database.read() as connection:
        return [(row.speaker, row.text) for row in connection.execute(query)]


def _spans(look: Look) -> Iterator[tuple[int, int, bool]]:
    for number, (start, end) in enumerate(look.segments.sentences):
        yield start, end, number in look.private


def _of_note(look: Look, note: str, pair: Pair) -> Iterator[Line]:
    for start, end, private in _spans(look):
        quote = note[start:end].strip()
        if quote:
            yield Line(_to_user(quote, pair, look), quote, "me", private)


def _of_turn(look: Look, speaker: str, text: str, pair: Pair) -> Iterator[Line]:
    by = _speaker(speaker, look, pair)
    for start, end, private in _spans(look):
        quote = text[start:end].strip()
        if not quote:
            continue
        match by:
            case "me":
                worded = _to_user(quote, pair, look)
            case "them":
                subject = Subject("them", "them", False, 0, 0)
                worded = wording(
                    quote, kind="fact", subject=subject, them=pair.name,
                    pronoun=look.cast.pronoun, speaker="them",
                )  # fmt: skip
            case _:
                worded = f"{speaker}: “{quote}”"
        yield Line(worded, quote, by, private)


def _to_user(quote: str, pair: Pair, look: Look) -> str:
    worded = " ".join(told(quote, first_name(pair.name), look.cast.pronoun).split())
    return worded[:1].upper() + worded[1:]


def _speaker(speaker: str, look: Look, pair: Pair) -> Who:
    low = speaker.lower().split()
    if low and all(map(look.cast.is_name, low)):
        return "them"
    return "me" if " ".join(low) in _OWN | {pair.role} else "other"


# -- what matters most ---------------------------------------------------------------------------


def _important(lines: Sequence[Line], items: Sequence[Item], pair: Pair) -> list[Line]:
    remembered = sorted(
        (item for item in items if item.status != "superseded"), key=lambda one: -one.importance
    )
    chosen = [
        Line(item.text, item.quote, "me", item.private, (item.id,)) for item in remembered[:_MOST]
    ]
    for line in _central(lines, pair):
        if len(chosen) >= _MOST:
            break
        if not any(_same(line, other) for other in chosen):
            chosen.append(line)
    whole = " ".join(line.quote for line in lines)
    places = {one: find_quote(whole, one.quote) or (len(whole), 0) for one in chosen}
    return sorted(chosen, key=lambda one: places[one])


def _central(lines: Sequence[Line], pair: Pair) -> list[Line]:
    """The lines that speak of what the others speak of, the most so first."""
    idle = set(stems(pair.name))
    told_of = [set(stems(line.quote)) - idle for line in lines]
    shared = Counter(stem for found in told_of for stem in found)
    scored = [
        (sum(shared[s] - 1 for s in found) / len(found) ** 0.5, -place, line)
        for place, (line, found) in enumerate(zip(lines, told_of, strict=True))
        if found and _SHORTEST <= word_count(line.quote) <= _LONGEST
        and not line.quote.rstrip(" ”\"").endswith("?")
    ]  # fmt: skip
    return [line for _, _, line in sorted(scored, key=lambda one: one[:2], reverse=True)]


def _same(line: Line, other: Line) -> bool:
    return bool(find_quote(line.quote, other.quote) or find_quote(other.quote, line.quote))


def openly(lines: Sequence[Line]) -> list[Line]:
    """The lines that are not told in confidence."""
    return [line for line in lines if not line.private]
