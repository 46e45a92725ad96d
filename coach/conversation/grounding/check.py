"""One sentence of a language model, held to the grounds of its reply: kept, repaired or dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.conversation.grounding.alignment import unborne
from coach.conversation.grounding.claims import (
    Near,
    answers_instead,
    clauses,
    denies,
    is_advice,
    is_report,
    matching,
    not_done_yet,
    swapped,
    told_of,
    turned_round,
)
from coach.conversation.grounding.figures import unknown_day, unknown_name, unknown_number
from coach.conversation.grounding.grounds import Grounds, Source
from coach.conversation.grounding.persons import misstated
from coach.conversation.grounding.sentences import apart, content, plain, telling
from coach.conversation.grounding.turns import denied, opposite, told_by_nobody
from coach.conversation.grounding.vetoes import fault_anywhere, fault_told
from coach.text import words

_MARKS = re.compile(r"\s*[\[(](?:card:? ?)?([\w-]+/[\w/-]+)[\])]", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*\[[^\]]*\]")
_ATTRIBUTED = re.compile(
    r"\b(?:said|wrote|told|words were|put it|promised|mentioned|admitted|replied|answered|"
    r"described|called (?:it|this|you|her|him)|noted|from your notes|quote|asked you|asked me)\b",
    re.IGNORECASE,
)
_SUGGESTED = re.compile(
    r"\b(?:could|can|might|(?-i:may)|would|try|to|you'd|perhaps|way in|such as|like|example)\b|"
    r"^\W*(?:say|ask|open|begin|start)\b",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(r"[:,]\s*…\W*$")
"""A quotation closes the sentence: what stands before only leads to it."""
_BRIEF = 7
_TIE = 0.1
"""A card within so little of the closest source is named as what a sentence rests on."""
SURE = 0.62
LIKELY = 0.42
"""Cosines with a source from which a sentence is carried by it: alone, or with few new words."""
BIDDEN = 0.4
"""The cosine with guidance that a piece of advice has at least."""
_WARNED = 0.5
"""The cosine with a pitfall of a card from which advice may be what it warns of."""
_SPOKEN = 0.45
"""The cosine with an authored line from which one to say is a wording of it."""


@dataclass(frozen=True)
class Verdict:
    """``text`` is the sentence as it may be shown, "" when it is dropped for ``fault``.

    ``card`` is the one that its advice rests on, "" where it is none.
    """

    text: str
    fault: str = ""
    card: str = ""


def check(sentence: str, grounds: Grounds, near: Near | None) -> Verdict:
    """Hold one sentence to ``grounds``.

    ``near`` compares by meaning; without it only words that are the same count.
    """
    marks = [found.lower() for found in _MARKS.findall(sentence)]
    if any(mark not in grounds.cards for mark in marks):
        return Verdict("", "unknown card")
    text = _BRACKETED.sub("", _MARKS.sub("", sentence)).strip()
    if not words(text):
        return Verdict("", "no words")
    fault = fault_anywhere(text, grounds) or _fault(text, grounds, near)
    if fault:
        return Verdict("", fault)
    supported, card = _support(text, grounds, near)
    if supported:
        return Verdict(text, "", card)
    return Verdict("", f"nothing to rest on ({_closest(text, grounds, near)[0]:.2f})")


def _fault(text: str, grounds: Grounds, near: Near | None) -> str:
    if plain(text) in grounds.authored:
        return ""
    outer, quotes = apart(text)
    if fault := fault_told(outer, grounds) or _fault_of_whole(text, outer, grounds, near):
        return fault
    for quote in quotes:
        if fault := _fault_of_quote(quote, outer, grounds, near):
            return fault
    introduces = bool(_INTRODUCES.search(outer)) and len(words(outer)) <= _BRIEF
    for clause in clauses(outer):
        if fault := _fault_of_clause(clause, grounds, near, introduces=introduces):
            return fault
    return ""


def _fault_of_whole(text: str, outer: str, grounds: Grounds, near: Near | None) -> str:
    if name := unknown_name(text, grounds):
        return f"name: {name}"
    if number := unknown_number(text, grounds):
        return f"number: {number}"
    if _warned_of(outer, grounds, near):
        return "what the card warns of"
    if answers_instead(outer, grounds):
        return "an answer that the draft does not give"
    if why := grounds.forbids(text):
        return f"boundary: {why}"
    return ""


def _warned_of(text: str, grounds: Grounds, near: Near | None) -> bool:
    """Whether a text bids what a card warns of, more than anything that the guidance says."""
    if near is None or not grounds.warned or not is_advice(text) or denies(text):
        return False
    most = float(near([text], [*grounds.warned]).max())
    return most >= _WARNED and most > _closest(text, grounds, near, grounds.guidance)[0]


def _fault_of_quote(quote: str, outer: str, grounds: Grounds, near: Near | None) -> str:
    parts = [plain(part) for part in re.split(r"…|\.\.\.", quote) if plain(part)]
    if all(part in grounds.verbatim for part in parts):
        return ""
    attributed = _ATTRIBUTED.search(outer) or is_report(outer, grounds)
    if attributed and not _SUGGESTED.search(outer) and len(words(quote)) > 1:
        return "quote"
    fault = fault_told(quote, grounds) if _closest(quote, grounds, near)[0] < SURE else ""
    if fault in {"secrecy", "attribution"}:
        return fault
    for clause in clauses(quote):
        if unknown_day(clause, grounds, matching(clause, grounds.facts) or grounds.sources):
            return "day"
        if swapped(clause, True, grounds.facts, grounds):
            return "owner"
    if len(words(quote)) > 3 and content(quote) and _closest(quote, grounds, near)[0] < _SPOKEN:
        return "words from nowhere"
    return ""


def _fault_of_clause(clause: str, grounds: Grounds, near: Near | None, *, introduces: bool) -> str:
    bound = matching(clause, grounds.facts)
    if day := unknown_day(clause, grounds, bound or grounds.sources):
        return f"day: {day}"
    if fault := _fault_of_matter(clause, grounds):
        return fault
    if swapped(clause, False, grounds.facts, grounds):
        return "owner"
    if fault := misstated(clause, grounds, near):
        return fault
    if not introduces and (fault := unborne(clause, grounds, near)):
        return fault
    return ""


def _fault_of_matter(clause: str, grounds: Grounds) -> str:
    if told_by_nobody(clause, grounds):
        return "promise"
    if word := opposite(clause, told_of(grounds.facts)):
        return f"opposite: {word}"
    if turned_round(clause, grounds.sources):
        return "turned round"
    return "not done yet" if not_done_yet(clause, grounds) else ""


def _support(text: str, grounds: Grounds, near: Near | None) -> tuple[bool, str]:
    """Whether a sentence is carried by a source, and the card behind it."""
    outer, quotes = apart(text)
    bids = is_advice(outer)
    most, source = _closest(text, grounds, near, grounds.guidance if bids else grounds.sources)
    card = source.card if source is not None and most >= LIKELY else ""
    if denied(outer, source):
        return False, ""
    if text.endswith("?"):
        return True, card  # it tells nothing, and what it takes for granted was checked
    if plain(text) in grounds.authored or not telling(outer):
        return True, card
    if any(plain(quote) in grounds.verbatim for quote in quotes) and len(telling(outer)) <= 1:
        return True, card
    return not bids or most >= BIDDEN, card


def _closest(
    text: str, grounds: Grounds, near: Near | None, among: Sequence[Source] = ()
) -> tuple[float, Source | None]:
    """The highest similarity of ``text`` with a source, and that source; guidance wins a tie."""
    sources = sorted(among or grounds.sources, key=lambda s: not s.card)
    sources = [s for s in sources if s.kind != "passage"]
    if not sources:
        return 0.0, None
    if near is not None:
        row = near([text], [s.text for s in sources])[0]
        most = float(row.max())
        close = [n for n, s in enumerate(sources) if s.card and row[n] >= most - _TIE]
        place = max(close, key=lambda n: row[n]) if close else int(row.argmax())
        return most, sources[place]
    told = set(content(text))
    shares = [len(told & s.stems) / max(1, len(told)) for s in sources]
    best = max(range(len(shares)), key=shares.__getitem__)
    return shares[best], sources[best]
