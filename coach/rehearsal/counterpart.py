"""What the counterpart says: chosen from authored lines by what was heard, the state and the past.

Deterministic: where several lines fit equally, a digest of the talk so far decides. No line is said
twice in a talk. A reply has one part or two: an answer to what was asked, and what else there is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.rehearsal.background import Background
from coach.rehearsal.hearing import Heard
from coach.rehearsal.loading import common
from coach.rehearsal.scenario import OVER, Line, Scenario
from coach.rehearsal.state import Level, State
from coach.text import first_name, words

_QUOTED = 7
"""Words of the user's that a counterpart gives back at most."""
_BEFORE_ALL = ("nonsense", "repeat", "over-the-limit", "blame", "insult", "lecture")
"""What is answered before anything else that the message does."""
_HUMAN = (
    "loss", "who-hears", "in-earnest", "own-doubt", "upset-with-me", "said-already", "misheard",
    "interruption", "small-talk",
)  # fmt: skip
"""What a person reacts to as such, where it is the clearest thing in a message."""
_MOVES = (
    "avoiding", "pressure", "own", "apology", "complex_reflection", "simple_reflection",
    "affirmation", "advice_unasked", "advice_asked", "boundary", "self_disclosure", "commitment",
    "thanks", "greeting", "goodbye", "agree", "vague", "long", "short", "double",
)  # fmt: skip
"""Moves in the order in which a person would react to them."""
_SMALL_TALK = frozenset({"greeting", "goodbye", "agree", "vague"})
_ASKED = ("ask-why", "ask-when", "ask-who", "ask-where", "ask-what", "ask-how", "ask-yes")
_LABEL = re.compile(r"^(?:our |a )?(?:boundary|limit)\s*:\s*", re.IGNORECASE)
_OPEN_MOVES = ("open_question", "closed_question", "question", "request", "expectation")


@dataclass(frozen=True)
class Reply:
    """What the counterpart says at ``beat``, and in reply to what; ``spent``: they have no more.

    ``text`` is the line as it is written: all that follows in a talk rests on it alone. ``worded``
    is how a language model words it, "" where none does, and ``why`` says why one did not.
    """

    text: str
    beat: str
    to: tuple[str, ...] = ()
    spent: bool = False
    worded: str = ""
    engine: str = "built-in"
    why: str = ""

    @property
    def shown(self) -> str:
        """The line as it is shown."""
        return self.worded or self.text


@dataclass(frozen=True)
class Said:
    """What a choice rests on besides the message: who speaks, how they feel, and what was said."""

    scenario: Scenario
    level: Level
    background: Background
    state: State
    said: tuple[str, ...] = ()
    limit: str = ""


def first(now: Said) -> Reply:
    """How the counterpart opens the talk."""
    beat = now.scenario.beats[0].name
    seed = f"{now.scenario.id}:{now.level}"
    found = _pick(now, ["opening"], beat, seed, "")
    assert found is not None  # the loader has seen to it
    return Reply(found[0], beat, ("opening",))


def answer(now: Said, heard: Heard, was: str, beat: str, mine: Sequence[str]) -> Reply:
    """The reply to what was ``heard`` at beat ``was``, which led to ``beat``."""
    seed = "\n".join([now.scenario.id, now.level, *mine])
    quote = _quote(heard)
    if beat == OVER:
        urgent = [m for m in _BEFORE_ALL if m in heard.moves]
        found = _pick(now, urgent, OVER, seed, quote, own=True)
        found = found or _pick(now, [], OVER, seed, quote, own=True)
        return Reply(found[0] if found else "I have to stop here.", OVER, ("over",))
    parts: list[tuple[str, str]] = []
    moved = beat != was
    facts = set(_facts(now.scenario))
    last = beat == now.scenario.beats[-1].name and not any(one.asks for one in heard.sentences)
    leaving = [name for name in ("goodbye", "thanks") if name in heard.names] if last else []
    groups = [leaving] if leaving else _wanted(heard, moved=moved, asks_only=facts)
    for group in groups:
        # A line of the scenario's own for any of the group comes before a general one.
        taken = Said(
            now.scenario, now.level, now.background, now.state,
            (*now.said, *(text for text, _ in parts)), now.limit,
        )  # fmt: skip
        asked = group is groups[0] and bool(set(group) & facts)
        found = _pick(taken, group, beat, seed, quote, moved=moved and not asked)
        if (found is None or found[1] == "else") and any(one.asks for one in heard.sentences):
            # What they were asked too late or too early, they still answer.
            late = _pick(taken, group, beat, seed, quote, anywhere=True)
            found = late if late and late[1] in now.scenario.cues else found
        if found and not (asked and found[1] == "else"):
            parts.append(found)
    if not parts:
        found = _pick(now, [], beat, seed, quote)
        if found is None:
            return Reply(_last(now, seed), beat, ("spent",), spent=True)
        parts = [found]
    return Reply(" ".join(text for text, _ in parts), beat, tuple(to for _, to in parts))


def _facts(scenario: Scenario) -> Iterable[str]:
    """Cues that are questions: what is heard as one of them is answered first."""
    for name, cue in scenario.cues.items():
        asked = sum(example.endswith("?") for example in cue.hears)
        if asked * 2 > len(cue.hears) and not cue.does:
            yield name


def _wanted(heard: Heard, *, moved: bool, asks_only: set[str]) -> list[list[str]]:
    """What to reply to, most pressing first: each group is tried as a whole."""
    urgent = [move for move in _BEFORE_ALL if move in heard.moves or move in heard.cues]
    if next(iter(heard.cues), "") in _HUMAN:
        urgent = urgent or [next(iter(heard.cues))]
    if urgent:
        return [urgent]
    asked_for = {one.cue for one in heard.sentences if one.asks}
    cues = sorted(heard.cues, key=lambda name: name in _SMALL_TALK)
    facts = [name for name in cues if name in asks_only & asked_for]
    rest = [name for name in cues if name not in asks_only]
    asked = [move for move in _ASKED if move in heard.moves]
    moves = [move for move in (*_MOVES, *_OPEN_MOVES) if move in heard.names]
    groups: list[list[str]] = []
    if facts:
        groups.append(facts[:1])
    if rest or moved:
        groups.append([*rest, *moves])
    if not groups:
        # A question that nobody foresaw is answered before what else the message does.
        groups.append([*asked, *moves])
    return groups


def _pick(
    now: Said,
    to: Sequence[str],
    beat: str,
    seed: str,
    quote: str,
    *,
    own: bool = False,
    moved: bool = False,
    anywhere: bool = False,
) -> tuple[str, str] | None:
    """The best line for any of ``to`` (earlier ones first), else one for anything: text and to."""
    shared = () if own else common().lines[now.scenario.counterpart.temperament]
    best: tuple[tuple[float, ...], str, str] | None = None
    for lines, home in ((now.scenario.lines, 1), (shared, 0)):
        for line in lines:
            place = _place(line, to)
            if place is None or not _fits(line, now, beat, anywhere=anywhere):
                continue
            if not line.to and home == 0 and to:
                continue
            for text in line.says:
                said = _filled(text, now, quote)
                if said is None or any(said in earlier for earlier in now.said):
                    continue
                here, meant = beat in line.beats, place < len(to)
                entry = (meant and home and here, meant and home, here) if moved else ()
                rank = (
                    *map(float, entry), float(meant), float(home), float(-place), float(here),
                    float(line.when.weight), _chance(seed, text),
                )  # fmt: skip
                if best is None or rank > best[0]:
                    best = (rank, said, to[place] if place < len(to) else "else")
    return (best[1], best[2]) if best else None


def _place(line: Line, to: Sequence[str]) -> int | None:
    """The place in ``to`` of what the line replies to; its length for a line for anything."""
    if not line.to:
        return len(to)
    return next((n for n, name in enumerate(to) if name in line.to), None)


def _fits(line: Line, now: Said, beat: str, *, anywhere: bool) -> bool:
    """Whether the line can be said now; ``anywhere``: at another beat than it is meant for too."""
    opening = now.scenario.beats[0].name in line.beats
    if line.beats and beat not in line.beats and (opening or not anywhere):
        return False
    if beat == OVER and OVER not in line.beats:
        return False
    return line.when.holds(now.state, now.level)


def _filled(text: str, now: Said, quote: str) -> str | None:
    """``text`` with its slots filled; None where one of them is not known."""
    if ("{quote}" in text and not quote) or ("{limit}" in text and not now.limit):
        return None
    name = first_name(now.background.name or now.scenario.counterpart.name)
    limit = _LABEL.sub("", now.limit).rstrip(" .")
    values = {"{quote}": quote, "{limit}": limit, "{name}": name}
    if "{thing}" in text:
        free = [one for one in now.background.things if not any(one in said for said in now.said)]
        if not free:
            return None
        values["{thing}"] = free[0]
    for slot, value in values.items():
        text = text.replace(slot, value)
    return text


def _quote(heard: Heard) -> str:
    """A few words of the user's that can be given back whole; "" where there are none."""
    for one in heard.sentences:
        told = one.text.strip().rstrip(".!?… ")
        if 2 <= len(words(told)) <= _QUOTED and not one.asks:
            return told
    return ""


def _chance(seed: str, text: str) -> float:
    """Between 0 and 1, the same for the same two texts."""
    return int(hashlib.sha256(f"{seed}\0{text}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def _last(now: Said, seed: str) -> str:
    """What a counterpart says who has nothing more to say."""
    kept = [text for line in now.scenario.lines if OVER in line.beats for text in line.says]
    return max(kept, key=lambda text: _chance(seed, text))
