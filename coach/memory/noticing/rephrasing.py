"""Clauses that say in a roundabout way what is remembered plainly: promises, the next meeting."""

from __future__ import annotations

import re

from coach.memory.noticing.lexicon import lexicon
from coach.text import first_name

_UNKEPT = re.compile(
    r"(?P<who>[\w'’-]+(?: (?!still\b)[\w'’-]+)?) (?:still )?(?:have|has)"
    r"(?:n['’]?t| not| still not| yet not)(?: yet| still)? (?P<verb>[a-z-]+) (?P<what>.+?),?"
    r" (?:(?:that|which) )?(?:i|we|he|she|they)"
    r"(?:['’]d|['’]ve|d| had| have| has)? (?:promised|offered|agreed|undertook|swore|vowed)"
    r"(?: (?:me|him|her|them|us))?(?: to)?\W*",
    re.IGNORECASE,
)
"""A promise told by what has not been done: "I haven't sent the list that I promised"."""
_SAID_WOULD = re.compile(
    r"(?P<who>i|he|she|they|[A-Z][\w-]+) (?:said|promised|swore|vowed|agreed|offered"
    r"|(?:told|promised) (?:me|him|her|them))(?: (?:to )?(?:me|him|her|them))?(?: that)?,? "
    r"(?:i|he|she|they)(?:['’]?d| would) (?!not\b|never\b|be able"
    r"|have\b(?! (?:an?|it|them|the|my)\b)|had\b|been\b"
    r"|like\b|love\b|rather\b|prefer\b|need\b|want\b|\w+ed\b)(?P<deed>(?:\w+ly )?[a-z-]+\b)",
    re.IGNORECASE,
)
"""A promise told as speech: "I said I'd read it" is "I promised to read it"."""
_NEXT_TIME = re.compile(
    r"(?:then |so |and )?(?:our |the |we (?:meet|speak|talk|see each other) )?"
    r"next(?: (?:time|one|meet|meeting|session|call|date))?(?: (?:is|will be|on))*"
    r"(?: at [\d ]+(?:[ap]m)?)?"
    r"|(?:we )?(?:meet|speak|talk|see (?:each other|him|her|them)) (?:again|next)(?: on)?"
)
"""A note's last line, which only says when the two meet again: "Next time 24 November"."""


def promised(text: str) -> str:
    """A promise told as what was not done or as speech, told as one: "I promised to read it"."""
    return _SAID_WOULD.sub(r"\g<who> promised to \g<deed>", _still_owed(text), count=1)


def _still_owed(text: str) -> str:
    """ "I haven't sent the list that I promised" as "I promised to send the list"."""
    match = _UNKEPT.fullmatch(text)
    verb = lexicon().forms.get(match["verb"].lower()) if match else None
    if match is None or verb is None or match["verb"].lower() not in (verb.participle, verb.past):
        return text
    return f"{match['who']} promised to {verb.base} {match['what']}"


def is_next_meeting(quote: str, dates: tuple[tuple[int, int], ...]) -> bool:
    """Whether ``quote`` only says when the two meet again; ``dates`` are offsets in it."""
    return _NEXT_TIME.fullmatch(_bare(quote, dates)) is not None


def _bare(quote: str, dates: tuple[tuple[int, int], ...]) -> str:
    """``quote`` in small letters without its dates and the marks around it."""
    for start, end in reversed(dates):
        quote = quote[:start] + quote[end:]
    return " ".join(re.sub(r"[^\w' ]", " ", quote).lower().split())


def named_for_initials(text: str, them: str) -> str:
    """``text`` with the first name for the initials that it begins with: "I.S. to ask"."""
    initials = ".".join(part[0].upper() for part in them.split())
    found = "." in initials and re.match(rf"{re.escape(initials)}\.?(?= )", text)
    return f"{first_name(them)}{text[found.end() :]}" if found else text


def unlabelled(text: str, label: str) -> str:
    """``text`` without the label before it or, in brackets, behind it; "" for no label."""
    if text.lower().startswith(label.lower()):
        return text[len(label) :]
    return re.sub(rf" *\({re.escape(label)}\)?\W*$", "", text, flags=re.IGNORECASE)
