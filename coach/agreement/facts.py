"""What a pair's memory and agreement give to a script: values for its slots."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from coach.agreement.agreement import Agreement
from coach.agreement.gaps import inline
from coach.agreement.limit_words import rules_of
from coach.agreement.limits import Limits
from coach.agreement.measures import rhythm, say_rhythm
from coach.agreement.rules import Deed
from coach.agreement.slots import PRACTICAL
from coach.memory.continuity import WEIGHTS, follow_ups, say_date
from coach.memory.continuity.phrases import deed, quoted, undated, whole
from coach.memory.continuity.say import plain_date, say_deadline
from coach.memory.continuity.signs import is_wish
from coach.memory.continuity.speech import pronoun_of, spoken
from coach.memory.dates.words import NUMBERS
from coach.memory.items import Item, Person
from coach.memory.noticing.lexicon import lexicon
from coach.storage.pairs import Role

_WIN_DAYS = 120
"""How long a win is worth naming in a script."""
_NEVER_DUE = date.max
_LONG_GAP = 21
"""Days without a session from which on a gap is told in words."""
# The first word alone: a name or a nationality keeps its capital.
_LOWER = re.compile(
    r"^(?:A|An|The|To|My|Your|Our|Every|Each|Once|Twice|By|In|On|At|No|Not|Nothing|One|Two|Three|Four|Weekly|Monthly|Weekdays"
    r"|Honest|Someone|Something|More|Less|Only|About|That|What|How|When|Mornings|Evenings|Before|After|Until|Any|Calls|Half|An?)\b"
)
_BROKEN = re.compile(
    r"\b(?:doesn'?t|does|wants|wont|cant|dont|i (?:talking|calling)|you is)\b|, so\b", re.IGNORECASE
)
# An achievement is told by its verb: "you have been passed over" and "you are chuffed" are none.
_ACHIEVED = re.compile(
    r"^(?:you|I) (?:(?:have|had) )?(?:also |just |finally |now )?(?:passed|won|finished|completed"
    r"|submitted|sent|presented|published|landed|defended|led|ran|spoke|built|shipped|signed"
    r"|launched|opened|managed|learnt|learned|beat|earned|secured|solved|delivered|wrote|written"
    r"|cleared|raised|hired|closed|kept (?:your|my) word|handed in|stood up|set up"
    r"|(?:been|were|was) (?:asked to|promoted|offered|accepted|nominated|shortlisted|invited"
    r"|awarded|chosen|elected))\b(?! over\b| away\b| out of\b)",
    re.IGNORECASE,
)
# Words that name nothing by themselves: "do it", "write to him", "say so".
_VAGUE = re.compile(
    r"\b(?:it|so|him|her|them|that|this|those|these|one|thing|there|only \w+)$"
    r"|^(?:do|have|be|expect|however|know|keep|let)\b|^\w+ of\b|\b(?:go through|say|read) it\b"
    r"|\b(?:your|my) [A-Z]\w+ [A-Z]\w+'s|\byours? \w+ \w+ly\b|\bwhat yours\b"
)
_AIM_IS = re.compile(
    r"\b(?:her|his|their|my|the|'s) (?:goal|aim|ambition|dream|wish|plan) is to (?P<deed>.+)", re.I
)
_NO_AIM = re.compile(r"^(?:wish|dream|hope|raise|answer|do|say|be able)\b|\bthe thing\b")
_SENTENCE = re.compile(
    r"\b(?:i|we|you|it|they|let'?s|would|could|should|is|are|want|like|prefer)\b", re.IGNORECASE
)
_NUMBERS = {n: word for word, n in NUMBERS.items() if word not in {"a", "an", "couple"}}
_COUNTS = ("", "once", "twice", "three times", "four times", "five times", "six times",
           "seven times", "eight times", "nine times", "ten times")  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """Values by slot; ``private`` are the items behind some of them that are to stay between the
    two: slot -> the user's own words."""

    values: Mapping[str, str]
    private: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """All that a script may draw on: what is remembered of the pair up to ``on``."""

    role: Role
    them: Person
    on: date
    items: Sequence[Item]
    sessions: Sequence[date]
    agreement: Agreement
    limits: Limits

    @property
    def pronoun(self) -> str:
        """The other person's pronoun as far as it is known."""
        return pronoun_of(self.them, self.items)

    def clause(self, item: Item) -> str:
        """What the item says, as the user would say it to the other person, without its dates."""
        said = spoken(item.text, self.them, self.pronoun)
        return undated(said, item.said_on) if said else ""


def facts(known: Known) -> Facts:
    """What is known for a script on the day ``known.on``; private items only where no other is."""
    values: dict[str, str] = dict(_agreed(known))
    private: dict[str, str] = {}
    finders: tuple[Callable[[Known], tuple[dict[str, str], Item | None]], ...] = (
        _own_promise, _their_promise, _goal, _win, _their_limit,
    )  # fmt: skip
    for find in finders:
        found, item = find(known)
        values |= found
        if item is not None and item.private and found:
            private[next(iter(found))] = quoted(item.quote or item.text)
    values |= _sessions(known)
    thread = _thread(known)
    if thread:
        values["thread"] = thread
    return Facts(values, private)


def _agreed(known: Known) -> dict[str, str]:
    agreement, found = known.agreement, dict[str, str]()
    mine = {"hope": "expectations", "offer": "role", "limits": "out-of-bounds"}
    for slot, topic in mine.items():
        entry = agreement.entry(topic)
        found[slot] = entry.mine or (entry.agreed if topic == "out-of-bounds" else "")
    if not found["limits"]:
        found["limits"] = _own_limits(known)
    for topic in (*PRACTICAL, "confidentiality", "ending"):
        entry = agreement.entry(topic)
        found[topic] = (entry.agreed if entry.settled else "") or entry.mine
    for slot, topic in {"covered": "covered", "rhythm": "frequency"}.items():
        entry = agreement.entry(topic)
        found[slot] = entry.agreed if entry.settled else ""
    for slot in ("rhythm", "frequency"):
        found[slot] = _how_often(found[slot])
    found = {slot: said for slot, text in found.items() if (said := _within(text))}
    practical = [found[topic] for topic in PRACTICAL if topic in found]
    if practical:
        found["practical"] = "; ".join(practical)
    settled = [
        _within(agreement.entry(topic).agreed)
        for topic in PRACTICAL
        if agreement.entry(topic).settled
    ]
    if settled:
        found["settled"] = "; ".join(settled)
    if agreement.review and agreement.review >= known.on:
        found["review"] = f"on {plain_date(agreement.review, known.on)}"
    return found


def _how_often(text: str) -> str:
    """A rhythm as it follows "to meet": "every two weeks", also from a whole sentence."""
    days = rhythm(text)
    if days is None or (len(text.split()) <= 5 and not _SENTENCE.search(text)):
        return "" if _SENTENCE.search(text) else text
    return say_rhythm(days)


def _own_limits(known: Known) -> str:
    """The user's own boundaries from memory, as "I" says them."""
    said = [
        clause
        for item in _open(known, "boundary", limited=False)
        if item.about == "me" and not item.private and (clause := whole(known.clause(item)))
    ]
    return "; ".join(said[:2])


def _own_promise(known: Known) -> tuple[dict[str, str], Item | None]:
    owed = [item for item in _open(known, "commitment") if item.owner == "me" and not is_wish(item)]
    late = [item for item in owed if _is_late(item, known)]
    late.sort(key=lambda item: (item.private, item.until or item.when or _NEVER_DUE, item.id))
    if not late:
        # Not missed yet, as far as anybody knows; but which one is meant need not be asked.
        told = [item for item in owed if not (item.until or item.when) and item.said_on < known.on]
        return ({"promise_note": _note(told[0], known.on)}, told[0]) if told else ({}, None)
    # The one that can be said in words of its own comes before one that can only be quoted.
    first = next((item for item in late if not item.private and _deed(known, item)), late[0])
    found = {"promise_note": _note(first, known.on)}
    said = _deed(known, first)
    if said:
        due = first.until or first.when
        by = f" {say_deadline(due, known.on)}" if due else ""
        found = {"promise": said, "promise_by": by, **found}
    dated = [item for item in late if item.until or item.when]
    others = [item for item in dated if item is not first and not item.private]
    if others:
        found["promise_others"] = "; ".join(_note(item, known.on) for item in others[:3])
    return found, first


def _is_late(item: Item, known: Known) -> bool:
    """Whether a promise of the user's own is past its day; without a day, past a later session."""
    due = item.until or item.when
    if due is not None:
        return due < known.on
    met_since = any(item.said_on < day <= known.on for day in known.sessions)
    return met_since and item.importance >= WEIGHTS.least_promise


def _their_promise(known: Known) -> tuple[dict[str, str], Item | None]:
    owed = [
        item
        for item in _open(known, "commitment")
        if item.owner == "them" and not item.private and not is_wish(item)
    ]
    # What is past its day comes first, then what was said on an earlier day without one.
    owed.sort(key=lambda item: (item.until or item.when or known.on, item.id))
    for item in owed:
        due = item.until or item.when
        said = _deed(known, item)
        if said and (due or item.said_on) < known.on:
            by = f" {say_deadline(due, known.on)}" if due else ""
            return {"their_promise": said, **({"their_promise_by": by} if by else {})}, item
    return {}, None


def _goal(known: Known) -> tuple[dict[str, str], Item | None]:
    """The mentee's goal: theirs for a mentor, the user's own for a mentee."""
    side, subject = ("them", "you ") if known.role == "mentor" else ("me", "i ")
    for item in reversed(_open(known, "goal")):
        if (item.owner or item.about) != side or item.private:
            continue
        clause = known.clause(item)
        said = deed(clause) if clause.lower().startswith(subject) else _bare_aim(item)
        if said and len(said.split()) > 2 and not _NO_AIM.search(said):
            due = item.until or item.when
            by = f" {say_deadline(due, known.on)}" if due and due > known.on else ""
            return {"goal": said, **({"goal_by": by} if by else {})}, item
    return {}, None


def _bare_aim(item: Item) -> str | None:
    """What is aimed at, of a goal that was told as one: "run the ward" of "her goal is to ..."."""
    found = _AIM_IS.search(item.quote)
    told = item.text[:1].lower() + item.text[1:]
    return told if found and found["deed"].lower().startswith(told.lower()) else None


def _win(known: Known) -> tuple[dict[str, str], Item | None]:
    side, subject = ("them", "you ") if known.role == "mentor" else ("me", "I ")
    recent = [
        item
        for item in known.items
        if item.kind == "win"
        and item.status in {"open", "done"}
        and item.about == side
        and not item.private
        and known.on - item.said_on <= timedelta(days=_WIN_DAYS)
        and not known.limits.forbids(item.text)
    ]
    for item in sorted(recent, key=lambda item: (item.said_on, item.importance), reverse=True):
        said = whole(known.clause(item))
        if said and said.startswith(subject) and _ACHIEVED.match(said):
            return {"win": _calm(said)}, item
    return {}, None


def _their_limit(known: Known) -> tuple[dict[str, str], Item | None]:
    theirs = known.agreement.entry("out-of-bounds").theirs
    noted = _open(known, "boundary", "expectation", "preference", limited=False)
    for item in reversed(noted):
        if item.about != "them" or item.private:
            continue
        told = spoken(item.text, known.them, known.pronoun)
        said = whole(told) if told else None
        rules = rules_of(item.text, "note", sure=item.kind == "boundary")
        plain = any(not isinstance(rule, Deed) for rule in rules)
        if plain and said and said.startswith("you ") and not _BROKEN.search(said):
            return {"their_limit": said}, item
    return ({"their_limit": f'you said "{_within(theirs)}"'}, None) if theirs else ({}, None)


def _sessions(known: Known) -> dict[str, str]:
    held = sorted({day for day in known.sessions if day <= known.on})
    if not held:
        return {}
    last = held[-1]
    found = {"last_session": say_date(last, known.on)}
    days = (known.on - last).days
    if days >= _LONG_GAP:
        found["last_session"] = f"on {plain_date(last, known.on)}"
        weeks = round(days / 7)
        count, unit = (weeks, "weeks") if weeks <= 9 else (round(days / 30.4), "months")
        found["gap"] = f"{_NUMBERS.get(count, count)} {unit}"
    times = len(held)
    if times > 1:
        found["sessions"] = _COUNTS[times] if times < len(_COUNTS) else f"{times} times"
    return found


def _thread(known: Known) -> str:
    """The follow-up that presses most and may be said aloud."""
    pressing = follow_ups(
        known.items, known.on, me_role=known.role, them=known.them, next_session=None,
        sessions=known.sessions, limit=6,
    )  # fmt: skip
    about_them = {
        item.id for item in known.items if item.about == "them" and item.kind != "commitment"
    }
    for one in pressing:
        if one.private or known.limits.forbids(f"{one.topic}. {one.ask}", known.on):
            continue
        # What is quoted from a note is for reading, not for saying.
        if one.items[0] in about_them and '"' not in one.ask:
            return one.ask
    return ""


def _open(known: Known, *kinds: str, limited: bool = True) -> list[Item]:
    """The open items of these kinds that no limit forbids to bring up, oldest first."""
    return [
        item
        for item in known.items
        if item.kind in kinds
        and item.status == "open"
        and item.said_on <= known.on
        and not (limited and known.limits.forbids(item.text, known.on))
    ]


def _deed(known: Known, item: Item) -> str | None:
    """A promise as it follows "I said I'd": "send you the slides"."""
    clause = known.clause(item)
    said = deed(clause) if clause else None
    return said if said and len(said.split()) > 2 and not _VAGUE.search(said) else None


def _calm(said: str) -> str:
    """Without the capitals of a shout: "you PASSED the OSCE" names a test, and passed it."""
    forms = lexicon().forms
    return " ".join(w.lower() if w.isupper() and w.lower() in forms else w for w in said.split())


def _note(item: Item, on: date) -> str:
    """A promise in the user's own words, with its dates."""
    due = item.until or item.when
    by = f", due {plain_date(due, on)}" if due else ""
    return f'"{quoted(item.quote or item.text)}" (said {plain_date(item.said_on, on)}{by})'


def _within(text: str) -> str:
    """Free text as it can follow a colon."""
    said = inline(text)
    return said[:1].lower() + said[1:] if _LOWER.match(said) else said
