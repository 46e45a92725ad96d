"""What no reply may hold, whatever it rests on: links, claims of deeds, secrecy, labels, leaks."""

from __future__ import annotations

import re

from coach.conversation.grounding.grounds import Grounds
from coach.conversation.grounding.rules import rules
from coach.conversation.grounding.sentences import base, is_english, plain
from coach.lexical import stems
from coach.memory.noticing.closed import AUXILIARY
from coach.memory.noticing.lexicon import lexicon

_RECITED = 7
"""So many words in a row of the instructions are a recital of them."""
_FIRST = re.compile(
    r"\bI(?:'(?:ll|m)| can|(?P<would>'d| would))?(?: (?:also|just|already|still|really|do|\w+ly))* "
    r"(?P<verb>[a-z']+)"
    r"(?: (?:\w+ly|already|just) )?\W?(?P<next>[a-z]*)|\bI(?P<have>'ve)\b"
)
_SUPPOSED = re.compile(r"\b(?:(?-i:may)|might|if|whether|perhaps|maybe)\b", re.IGNORECASE)
"""A mood that is only thought possible is put on nobody."""
_HAS_NONE = re.compile(r" (?:no|nothing)\b")
_PERSON = re.compile(
    r"\b(?:you(?:'re|r)?|she(?:'s)?|he(?:'s)?|they(?:'re)?|her|him|them|mentee|mentor)\b", re.I
)
_CALLS = re.compile(
    r"\b(?:is|are|'s|'re|was|were|be|being|been|seems?|sounds?|looks?|feels?|feeling|felt|become|"
    r"becoming|has|have|having|suffer\w*|signs?|typical|clear(?:ly)?|obvious(?:ly)?|call it)\b",
    re.IGNORECASE,
)


def fault_anywhere(text: str, grounds: Grounds) -> str:
    """The fault of a sentence or of what it quotes; "" for none."""
    patterns = rules().patterns
    if patterns["link"].search(text):
        return "link"
    if plain(text) in grounds.authored:
        return ""
    if _leaks(text, grounds) or _recites(text, grounds.instructions):
        return "leak"
    if not is_english(text) and not _in_its_words(text, grounds):
        return "language"
    return _label(text, grounds)


def _leaks(text: str, grounds: Grounds) -> bool:
    """Whether a sentence speaks of how it came about; the user's own drafts are their own."""
    found = rules().patterns["leak"].search(text)
    if found is None:
        return False
    drafts = found.group().lower().endswith(" draft") and "draft" in grounds.fact_stems
    return not drafts


def _in_its_words(text: str, grounds: Grounds) -> bool:
    """Whether a sentence without small words is made of words that the grounds have."""
    told = stems(text)
    return len(set(told) & grounds.stems) > len(told) / 2


def fault_told(text: str, grounds: Grounds) -> str:
    """The fault of what the reply itself says, quotes apart; "" for none."""
    patterns = rules().patterns
    for name in ("declined", "secrecy", "doing", "offers"):
        if patterns[name].search(text):
            return name
    if _own_deed(text):
        return "doing"
    found = patterns["attribution"].search(text)
    if found and plain(found.group()) not in grounds.verbatim:
        return "attribution"
    return ""


def _own_deed(text: str) -> bool:
    """Whether the reply says of itself anything but what it thinks or would suggest."""
    for match in _FIRST.finditer(text):
        if match["have"]:
            if not _HAS_NONE.match(text[match.end() :]):
                return True
            continue
        verb, behind = match["verb"].lower(), (match["next"] or "").lower()
        acts = behind in lexicon().forms and behind not in AUXILIARY
        perfect = verb in {"have", "had"} and acts
        advises = match["would"] and base(verb) == verb  # what it would do in the user's place
        if perfect or not (advises or verb in rules().first_person):
            return True
    return False


def _recites(text: str, instructions: str) -> bool:
    told, known = plain(text).split(), f" {plain(instructions)} "
    runs = (told[start : start + _RECITED] for start in range(len(told) - _RECITED + 1))
    return any(f" {' '.join(run)} " in known for run in runs)


def _label(text: str, grounds: Grounds) -> str:
    found = stems(text)
    facts = grounds.fact_stems
    low = plain(text).replace(" ", "-")
    for label in rules().clinical:
        if "-" in label:
            hit = label in low and label.replace("-", " ") not in grounds.verbatim
        else:
            hit = any(s.startswith(label) and s not in facts for s in found)
        if hit:
            return "label"
    if not _SUPPOSED.search(text) and (_PERSON.search(text) or _named(text, grounds)):
        known = facts if _CALLS.search(text) else grounds.stems
        for mood in rules().moods:
            if any(s.startswith(mood) and s not in known for s in found):
                return "label"
    return ""


def _named(text: str, grounds: Grounds) -> bool:
    return bool(grounds.names & set(plain(text).replace("'s", "").split()))
