"""What a question can be about: remembered words turned into a name, a doing or a clause to say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from coach.conversation.questioning.verbs import base_of, gerund
from coach.memory.continuity.phrases import (
    deed,
    is_plural,
    names_event,
    sound,
    thing,
    undated,
    whole,
)
from coach.memory.continuity.ranking import Thread
from coach.memory.continuity.say import plain_date, say_date, say_deadline, say_span
from coach.memory.continuity.speech import spoken
from coach.memory.items import Item, Person

_MOST_WORDS = 10
"""Words of a name or a doing that a question still carries well."""
_WORRY = (
    r"(?:nervous|worr(?:ied|ying|ies|y)|anxious|afraid|scared|uneasy|stressed|frightened|terrified"
    r"|torn|not sure|unsure|insecure|doubts?|panick\w+|concerned)"
)
_TROUBLE = (
    r"(?:frustrated|unhappy|upset|angry|struggl(?:es|ed|ing|e)|stuck|overwhelmed|behind|fed up"
    r"|troubles?|problems?|difficult(?:y|ies)|hard time|wrestl\w+|confused|bored|tired|ashamed"
    r"|embarrassed|guilty|disappointed|swamped)"
)
_CONCERN = re.compile(
    rf"\b(?:{_WORRY}|{_TROUBLE})\b(?: \w+ly)? (?:about|with|of|over|on|in|by|at|from)"
    rf" (?P<what>.+)$",
    re.I,
)
_FEARED = re.compile(rf"\b{_WORRY}\b(?: \w+ly)? (?:about|of|over) (?P<what>\w+ing\b.*)$", re.I)
_HARD = re.compile(
    r"\b(?:hard|difficult|tough|struggl\w+|trouble|reluctan\w+|dar(?:es?|ing)"
    r"|hesitat\w+)(?: for (?:you|me))? to (?P<vp>.+)$",
    re.I,
)
_DOES = re.compile(
    r"\b(?:hates?|dreads?|avoids?|avoided|trouble|difficulty|problems?|struggl\w+ with|bad at"
    r"|behind with|put(?:s|ting)? off) (?P<what>\w+ing\b(?! up\b).*)$",
    re.I,
)
_PUT_OFF = re.compile(
    r"\b(?:put(?:s|ting)? off|avoid(?:s|ed|ing)?|dread(?:s|ed|ing)?|hates?) (?P<what>.+)$", re.I
)
_QUARREL = re.compile(
    r"\b(?:a|an|the) (?P<what>(?:\w+ )?(?:row|argument|conflict|quarrel|fight|falling[- ]out"
    r"|disagreement"
    r"|dispute|clash|misunderstanding) (?:with|about|over) .+)$",
    re.I,
)
_CUT = re.compile(
    r"\s*(?:[,;:(–—.!?]|\s-\s|\b(?:because|since|so that|but|although|though|and (?:I|you|he|she"
    r"|they"
    r"|we|it|that|now|has|is|was|will|wants?)\b|when|while|until|if|which|who|that|after"
    r"|before)\b).*$"
)
_AIM = re.compile(
    r"^(?:I|you|we)(?: \w+ly| still| also| really)? (?:want|wants|would like|hope for|hopes for"
    r"|aim for"
    r"|aims for|dream of|dreams of|wish for|am after|are after|am looking for|are looking for)"
    r" (?P<aim>(?:a|an|the|my|your|our|more|some|less|better) .+)$",
    re.I,
)
_HAS = re.compile(
    r"^(?P<who>I|you|we)(?: also| still| now| then)? (?:have|had|will have|are having|am"
    r" having)(?: got)?"
    r" (?:a|an|the|my|your|our|another) (?P<what>.+)$",
    re.I,
)
_VAGUE = re.compile(
    r"\b(?:it|them|him|they|he|she|then|there|one(?! day\b)|ones)\b"
    r"|\b(?:this|that|these|those)(?=$|,| (?:to|with|and|or|is|was|for|in|on|at|by)\b)",
    re.I,
)
_DETERMINED = re.compile(
    r"^(?:the|a|an|my|your|our|this|that|these|those|his|her|their|its|some|any|being|not)\b"
    r"|^\w+ing\b",
    re.I,
)
# A clause about somebody who is not named in it.
_UNCLEAR = re.compile(
    r"^(?:\S+ ){1,5}it$|\b(?:them|him|they|he|she|those|these)\b|^(?:it|this|that|there|what)\b",
    re.I,
)
_PRONOUN = re.compile(
    r"^(?:it|this|that|them|him|her|us|me|you|these|those|all|everything)\b$", re.I
)


_PREPARED = re.compile(
    r"\b(?:studying|preparing|practising|revising|training|rehearsing|working|waiting|reading)"
    r" (?:for|towards|up for) (?P<what>(?:the|a|an|my|your|our) .+)$",
    re.I,
)
# A doing that tells nothing of itself.
_EMPTY = re.compile(r"(?:not|do not|be|have|think|feel)\b|find out$", re.I)
# What a jotted note leaves unsaid: "you 16, apprentice", "you not know", "let I sit in".
_BROKEN = re.compile(
    r"^(?:I|you|we) (?:\d|not\b)|^(?:I|you|we)\s*,"
    r"|\b(?:let|told|tell|gave|give|help|helped|made) (?:I|he|we)\b"
    r"|\b(?:to|for|with|told|gave) your I\b",
    re.I,
)
# What is left of "..., which is on 14 December" without its day.
_DAY_ALONE = re.compile(r",? (?:which|that) (?:is|are|was|will be)\W*$", re.I)
_TELLS = re.compile(r"(?:is|has|was|will|wants?|needs?|plans?|hopes?|feels?)\b", re.I)

# "Giving your first talk" is an event called by its verb, which a question has no use for.
_HOLDING = re.compile(
    r"^(?:giving|having|doing|holding|taking|sitting|attending|delivering|going to) "
    r"(?=(?:the|a|an|my|your|our) )",
    re.I,
)


@dataclass(frozen=True)
class Material:
    """Forms that patterns take, by slot; a slot that is not there cannot be used.

    ``np``: "your interview"; ``vp``: "send me the slides"; ``ing``: "sending me the slides";
    ``topic``, ``hard`` and ``fear``: what a difficulty is about (:func:`concern`).
    ``clause``: "you hardly sleep"; ``matter``: a clause about something or somebody else, "your
    father is ill". ``when``, ``by`` and ``said`` go with them where a date is known.
    """

    slots: dict[str, str]

    def has(self, form: str) -> bool:
        """Whether patterns of ``form`` can be filled."""
        return form in self.slots


def material(item: Item, them: Person, pronoun: str, on: date) -> Material:
    """The forms of an item's words, spoken to the other person on the day ``on``."""
    slots = _days(item, on)
    said = spoken(_with_subject(item, them), them, pronoun)
    clause = _DAY_ALONE.sub("", undated(said, item.said_on)) if said else ""
    if not clause or not sound(clause) or _BROKEN.search(clause):
        return Material(slots)
    slots |= _named(clause, item.kind)
    aim = _AIM.match(clause)
    if aim and not re.search(r"ed$", aim["aim"]) and _fits(_CUT.sub("", aim["aim"])):
        slots["aim"] = _CUT.sub("", aim["aim"])
    doing = deed(clause) if "np" not in slots and "aim" not in slots else None
    if doing and _fits(doing) and not _EMPTY.match(doing):
        named = gerund(doing)
        if named and not _finite_after_and(named):
            slots |= {"vp": doing, "ing": named}
    topic = concern(clause)
    if topic:
        slots[topic[0]] = topic[1]
    told = _reported(clause)
    if told and len(told.split()) <= 14 and _clean(told) and not _UNCLEAR.search(told):
        own = re.match(r"(?:I|you|we)\b", told)
        slots["clause" if own else "matter"] = told
        slots["Clause"] = told[:1].upper() + told[1:]
    return Material(slots)


def _with_subject(item: Item, them: Person) -> str:
    """The item's words with their subject, where a note left it out: "Has an audition"."""
    if item.about != "them" or not _TELLS.match(item.text):
        return item.text
    return f"{them.name} {item.text[:1].lower()}{item.text[1:]}"


def _named(clause: str, kind: str) -> dict[str, str]:
    has = _HAS.match(clause)
    if has:
        whose = {"i": "my", "you": "your", "we": "our"}[has["who"].lower()]
        what = _CUT.sub("", has["what"]).strip(" ,.")
        event = (
            kind == "event" or names_event(what) or re.search(r"\b(?:talk|conversation)\b", what)
        )
        name: str | None = f"{whose} {what}" if event and kind != "win" else None
    else:
        name = _thing(clause) or (_event_within(clause) if kind == "event" else None)
    if name is None or not _fits(name) or re.search(r"\b(?:you|me|us)$", name):
        return {}
    plural = is_plural(name)
    return {
        "np": name,
        "Np": name[:1].upper() + name[1:],
        "is": "are" if plural else "is",
        "was": "were" if plural else "was",
        "has": "have" if plural else "has",
    }


def _reported(clause: str) -> str | None:
    """The clause as it can follow "you told me that", without a "you said that" of its own."""
    inner = re.match(
        r"(?:I|you) (?:said|say|told me|mentioned|feel|felt|think|thought) that (.+)$", clause
    )
    if inner is None:
        return whole(clause)
    rest = inner[1].strip(" .")
    known = whole(rest)
    plain = re.match(r"(?:nobody|no one|everyone|everybody|people|somebody|someone|there)\b", rest)
    return known or (rest if plain and 3 <= len(rest.split()) <= 14 and sound(rest) else None)


def _thing(clause: str) -> str | None:
    found = thing(clause)
    if found is None:
        return None
    event = names_event(found.name)
    determined = event or found.determined or found.name.startswith("the ")
    name = _HOLDING.sub("", found.name) if event else found.name
    doing = re.match(r"the (\w+ing)\b", name)
    if doing and not event and base_of(doing[1]) and not clause.lower().startswith("the "):
        # "Asking for help" is a doing, and no thing with an article.
        name = name.removeprefix("the ")
    return name if determined and (found.alone or event) else None


def _event_within(clause: str) -> str | None:
    """The event that somebody is on the way to: "you are studying for the entry exam"."""
    found = _PREPARED.search(clause)
    name = _CUT.sub("", found["what"]) if found else ""
    return name if name and names_event(name) else None


def concern(clause: str) -> tuple[str, str] | None:
    """What a told difficulty is about, with its form.

    "nervous about the drug calculations station" names a "topic", "hard to say no" a "hard" doing
    ("saying no"), "afraid of looking silly" what is feared ("fear").
    """
    quarrel = _QUARREL.search(clause)
    if quarrel and (what := _usable(quarrel["what"])):
        return "topic", f"the {what}"
    hard = _HARD.search(clause)
    if hard and (doing := gerund(_CUT.sub("", hard["vp"]))) and (what := _usable(doing)):
        return "hard", what
    for form, pattern in (
        ("hard", _DOES),
        ("fear", _FEARED),
        ("topic", _PUT_OFF),
        ("topic", _CONCERN),
    ):
        found = pattern.search(clause)
        what = _usable(found["what"]) if found else None
        if what is None:
            continue
        if re.match(r"(?:not )?\w+ing\b", what) and form == "topic":
            continue
        if form != "topic" or _DETERMINED.match(what) or base_of(what.split()[0]) is None:
            return form, what
    return None


def _usable(phrase: str) -> str | None:
    what = _CUT.sub("", phrase).strip(" ,.")
    if not what or _PRONOUN.match(what) or not _fits(what) or not sound(what):
        return None
    return None if re.search(r"\b(?:I|we|you)\b|^(?:his|her|their|its)\b", what) else what


def _days(item: Item, on: date) -> dict[str, str]:
    first, due = item.when or item.until, item.until or item.when
    slots = {
        "said": say_date(item.said_on, on) if item.said_on != on else "earlier today",
        "said_day": plain_date(item.said_on, on),
    }
    if first and due:
        when = say_span(first, item.until, on)
        slots |= {
            "when": when,
            "When": when[:1].upper() + when[1:],
            "by": say_deadline(due, on),
        }
    return slots


def _short(phrase: str) -> bool:
    return 1 <= len(phrase.split()) <= _MOST_WORDS


def _fits(phrase: str) -> bool:
    """Whether a phrase is short, clean, and says by itself what it is about."""
    return _short(phrase) and _clean(phrase) and not _VAGUE.search(phrase)


def _finite_after_and(doing: str) -> bool:
    """Whether a finite verb follows an "and": "resting and thinks"."""
    joined = re.search(r"\b(?:and|or) (\w+s)\b", doing)
    return joined is not None and base_of(joined[1]) not in {None, joined[1]}


def _clean(phrase: str) -> bool:
    """Whether a phrase can stand inside a question: no marks, no quotation, no loose end."""
    return not re.search(
        r"[\"“”?!:;()*\[\]{}|<>=&/]|\.\s|\d{1,2}:\d|^\W|\b(?:etc|asap|tbc)\b", phrase
    )


def side_of(thread: Thread) -> str:
    """Whose thread it is: who owes a promise, else whom it concerns."""
    item = thread.items[0]
    prefix = thread.situation.split("-")[0]
    owed = {"own": "me", "theirs": "them", "both": "both"}.get(prefix)
    return owed or item.about
