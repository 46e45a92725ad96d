"""What to say aloud for each thread: authored wordings, filled in from the remembered words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from coach.content import wordings
from coach.memory.continuity.occasions import granted, occasion
from coach.memory.continuity.phrases import (
    aim,
    deed,
    first_line,
    is_intent,
    is_plural,
    names_aim,
    names_event,
    quoted,
    sound,
    thing,
    undated,
    whole,
)
from coach.memory.continuity.ranking import Thread
from coach.memory.continuity.say import plain_date, say_date, say_deadline, say_span
from coach.memory.continuity.signs import is_for_a_day, is_regular
from coach.memory.continuity.speech import spoken
from coach.memory.items import Item, Person
from coach.memory.noticing.lexicon import lexicon

Form = Literal["np", "vp", "clause", "quote"]
Side = Literal["me", "them", "both"]

_PROMISES = ("own-", "theirs-", "both-")
# The forms to try, best first, before the user's own note is quoted.
_FORMS: dict[str, tuple[Form, ...]] = {
    "passed": ("np", "vp", "clause"), "ongoing": ("np", "vp", "clause"),
    "today": ("np", "vp", "clause"), "coming": ("np", "vp", "clause"),
    "goal": ("vp", "np", "clause"), "plan": ("vp", "clause"),
    "struggle": ("clause", "np"), "news": ("clause", "np"), "win": ("clause", "np"),
    "topic": ("clause", "np"),
}  # fmt: skip
_LEADS = {
    "ahead": "coming", "goal-due": "goal", "goal-passed": "goal", "personal": "news",
    "opening": "news",
}  # fmt: skip
_TAKES_PLACE = frozenset({"passed", "ongoing", "today", "coming"})
_TOLD = frozenset({"goal", "struggle", "news", "plan", "win", "topic"})
_PERSONS: dict[Side, tuple[str, str, str]] = {
    "me": ("I", "was", "am"), "them": ("You", "were", "are"), "both": ("We", "were", "are"),
}  # fmt: skip


@dataclass
class Asker:
    """Words the asks of one list; keeps count, so that no wording comes twice while one is left."""

    them: Person
    pronoun: str
    on: date
    used: Counter[str] = field(default_factory=Counter)
    turn: int = 0

    def ask(self, thread: Thread) -> str:
        """What to say to the other person to take up ``thread``."""
        item, side = thread.items[0], side_of(thread)
        self.turn = self.on.toordinal() + item.id
        form, slots = self._material(thread, side)
        if side == "both" and slots.get("clause", "").startswith("I "):
            side = "me"
        headings = self._headings(thread, side, form)
        if side == "me" and re.search(r"\byou\b", slots.get("clause", "")):
            headings = [f"{headings[0]} you", *headings]
        lead = self._pick(headings).format_map(slots)
        if not lead.endswith("?"):
            lead = f"{lead} {self._question(thread, side)}"
        if any(member.private for member in thread.items):
            lead = f"{self._pick(['private mine' if side == 'me' else 'private'])} {lead}"
        return lead

    def _pick(self, headings: Sequence[str]) -> str:
        """The least used wording under the first of ``headings`` that there is."""
        known = wordings("followups")
        heading = next(name for name in headings if name in known)
        options = known[heading]
        count = len(options)
        order = {line: (place - self.turn) % count for place, line in enumerate(options)}
        chosen = min(options, key=lambda line: (self.used[line], order[line]))
        self.used[chosen] += 1
        return chosen

    def _lead(self, thread: Thread) -> str:
        """The heading of a thread's wordings; what lasts but this one day is still ahead."""
        item = thread.items[0]
        if thread.situation == "ongoing" and item.when == (item.until or item.when):
            return "today"
        return _LEADS.get(thread.situation, thread.situation)

    def _headings(self, thread: Thread, side: Side, form: Form) -> list[str]:
        lead = self._lead(thread)
        if side == "me" and lead in _TOLD:
            return [f"told mine {form}"]
        return [f"mine {lead} {form}", f"{lead} {form}"] if side == "me" else [f"{lead} {form}"]

    def _question(self, thread: Thread, side: Side) -> str:
        lead = self._lead(thread)
        situation = "today" if lead == "today" else thread.situation
        mine = [f"ask mine {situation}", f"ask mine {lead}"] if side == "me" else []
        regular = is_regular(thread.items[0]) and situation.endswith("-open")
        own = ["ask mine regular"] if side == "me" else ["ask regular"]
        if situation == "struggle" and side == "them" and self._of_kin(thread):
            return self._pick(["ask struggle kin"])
        return self._pick([*(own if regular else []), *mine, f"ask {situation}", f"ask {lead}"])

    def _of_kin(self, thread: Thread) -> bool:
        """Whether it is somebody close to the other person who has it hard."""
        said = spoken(first_line(thread.items[0].text), self.them, self.pronoun) or ""
        told = said.lower().split()
        return told[:1] == ["your"] and any(word in lexicon().relatives for word in told[1:3])

    def _material(self, thread: Thread, side: Side) -> tuple[Form, dict[str, str]]:
        """The best form at hand and the slots to fill its wordings with."""
        item = thread.items[0]
        slots = self._slots(item, side)
        lead = self._lead(thread)
        wanted: tuple[Form, ...] = _FORMS.get(lead, ("vp", "clause"))
        said = spoken(first_line(item.text), self.them, self.pronoun)
        if lead == "goal" and said:
            said = aim(said)
        clause = undated(said, item.said_on) if said else ""
        for form in wanted if clause else ():
            phrase = self._phrase(form, clause, said or "", side, lead)
            if phrase is not None:
                is_, was = ("are", "were") if is_plural(phrase) else ("is", "was")
                named = {"Np": phrase[:1].upper() + phrase[1:], "is": is_, "was": was}
                return form, {**slots, **named, form: phrase}
        return "quote", slots

    def _phrase(self, form: Form, clause: str, said: str, side: Side, lead: str) -> str | None:
        if form == "vp":
            who = clause.split(" ", 1)[0].lower()
            subject = {"i": "me", "you": "them", "we": "both", "both": "both"}.get(who)
            if not lead.startswith((*_PROMISES, "goal")) and subject is None:
                return None
            return deed(clause) if subject in {None, side} else None
        if form == "np":
            done = deed(clause) if lead in _TAKES_PLACE and side != "me" else None
            held = (occasion(done) if done else None) or (
                granted(clause) if lead in _TAKES_PLACE else None
            )
            if held is not None:
                return held
            named = thing(clause)
            if named is None:
                return None
            if lead == "goal":
                return named.name if named.alone and names_aim(named.name) else None
            event = lead in {"passed", "coming", "ongoing", "today"} and names_event(named.name)
            told = named.alone and named.determined
            fits = told if lead in _TOLD else named.alone or event
            return named.name if fits else None
        promise = lead.startswith(_PROMISES)
        reported = lead.startswith("theirs") and clause.startswith("I ")
        if promise and (is_intent(clause) or reported or "," in clause):
            return None
        return whole(said if lead in _TOLD else clause)

    def _said_of(self, item: Item) -> str:
        """The user's own words as said to the other person, where that can be done safely."""
        words = item.quote or item.text
        said = spoken(words, self.them, self.pronoun)
        return said if said is not None and sound(said) else words

    def _slots(self, item: Item, side: Side) -> dict[str, str]:
        who, were, are = _PERSONS[side]
        due = item.until or item.when
        first = item.when or item.until
        when = say_span(first, item.until, self.on) if first else ""
        return {
            "Who": who,
            "who": who if who == "I" else who.lower(),
            "were": were,
            "are": are,
            "when": when,
            "When": when[:1].upper() + when[1:],
            "day": plain_date(first, self.on) if first else "",
            "by": (say_date if is_for_a_day(item) else say_deadline)(due, self.on) if due else "",
            "said": say_date(item.said_on, self.on) if item.said_on != self.on else "earlier today",
            "said_day": plain_date(item.said_on, self.on),
            "quote": quoted(self._said_of(item)),
        }


def side_of(thread: Thread) -> Side:
    """Whose thread it is: who owes a promise, else whom it concerns."""
    item = thread.items[0]
    if thread.situation.startswith(_PROMISES):
        return {"own": "me", "theirs": "them"}.get(thread.situation.split("-")[0], "both")  # type: ignore[return-value]
    return item.about
