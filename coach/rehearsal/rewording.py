"""A better wording of one sentence of the user's own. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from coach.rehearsal.habits import HEDGES

Reword = Callable[[str], str]
"""A better wording of a question, or "" when it is well put as it is."""

_TOLD = re.compile(
    r"^(?:(?:and|but|so|well|look|honestly|then|i think|i would say|maybe|perhaps),? )*"
    r"(?:you (?:should|must|need to|have to|ought to|could|might want to|want to)|you'd better"
    r"|why don't you|if i were you,? i'd|i'd|just|try to) (?:just |really |also |simply )*"
    r"(?P<deed>(?!be\b|not\b|have\b)[a-z]+\b[^.;?!]*)",
    re.IGNORECASE,
)


def without_advice(sentence: str) -> str:
    """Advice as a question that leaves the other the deciding; "" where that cannot be done."""
    match = _TOLD.match(sentence.strip().replace("’", "'"))
    if match is None:
        return ""
    deed = match["deed"].strip().rstrip(",")
    if len(deed.split()) < 2 or len(deed.split()) > 18:
        return ""
    return f"What would it take for you to {deed[0].lower()}{deed[1:]}?"


def without_hedges(sentence: str) -> str:
    """The sentence without what makes it smaller; "" where nothing of the kind is in it."""
    told = sentence.strip().replace("’", "'")
    end = told[-1] if told[-1:] in "?!." else "."
    bare = HEDGES.sub("", told.rstrip("?!. "))
    bare = re.sub(r"^(?:sorry|so|well|um+|erm?)\b,? ?(?:but )?", "", bare.strip(" ,"), flags=re.I)
    bare = re.sub(r"^(?:(?:if|whether|that|but)\b ?)+", "", bare.strip(" ,"), flags=re.I)
    bare = re.sub(r"\s*,(?:\s*,)+", ",", re.sub(r"\s+", " ", bare)).strip(" ,")
    turned = re.match(r"(we|i) (could|can) (.+)", bare, re.I)
    if turned:
        bare, end = f"{turned[2]} {turned[1].lower().replace('i', 'I')} {turned[3]}", "?"
    if len(bare.split()) < 3 or bare.casefold() == told.rstrip("?!. ").casefold():
        return ""
    return f"{bare[0].upper()}{bare[1:]}{end}"


def better(sentence: str, habit: str, reword: Reword) -> str:
    """A better wording of ``sentence``, which has ``habit`` ("" for none); "" if there is none."""
    if habit in {"early-advice", "advice", "lecture"}:
        return without_advice(sentence)
    if habit == "hedging":
        return without_hedges(sentence)
    if habit in {"double", "closed", "interrogation"}:
        return reword(sentence)
    return ""
