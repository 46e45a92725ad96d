"""Promises that no verb of promising tells: what is handed over, asked to be seen, or answered."""

from __future__ import annotations

import re

from coach.memory.items import Owner
from coach.memory.noticing.cast import Cast
from coach.memory.noticing.lexicon import lexicon
from coach.memory.noticing.subject import Subject

_ANSWERED = re.compile(
    r"\s*(?:'ll|ll|will|shall)(?: (?:also|indeed|certainly|gladly|happily))?(?: do (?:so|that|it))?"
    r"(?=\W*$|,|\s+(?:by|on|before|tomorrow|tonight|next|in)\b)"
)
_ARRIVES = re.compile(
    r"\W*(?:(?:and|but|so|that|(?:i|he|she|they) (?:said|promised)) )*"
    r"(?:it|they|this|these|that|the \w+|both|all)"
    r"(?: of (?:it|them))?(?:'ll|'d| will| would) "
    r"(?:be (?:there|here|ready|done|finished|in|on|with|at)|go (?:out|off|in|to|on)|come|reach"
    r"|arrive|land)\b"
)
_SPOKE = re.compile(r"\b(?P<who>i|he|she|they) (?:\w+ )?(?:said|promised|swore|told \w+)\b")
_HANDED = re.compile(
    r"\b(?:handed|gave|given|set|left|passed|sent|lent|assigned|entrusted|dropped)"
    r" (?P<whom>me|him|her|them) (?!to\b)(?:[\w'’-]+ ){1,6}?to (?P<verb>[a-z-]+)"
)
_SAYS_DO = re.compile(r"\s*(?:says|said|reckons)(?: to)? (?P<verb>[a-z-]+)\b")
"""An order told as speech: "she says bring it on the 10th"."""
_SEES = re.compile(
    r"\s*(?:'d|would)?\s*(?:wants?|wanted|asks?|asked|likes?|expects?|needs?|wishes)"
    r" to (?:see|read|have|hear|get|receive)"
    r" (?:it|them|that|this|one|both|my|mine|a|an|the|some|\d+|two|three|four|five|six|ten)\b"
)
_OBLIQUE = re.compile(r"\W*(?:and )?(?P<who>him|her|them|me|us)\s+to\s+(?P<verb>[a-z-]+)\b")
_FALLS = re.compile(
    r"\b(?:over|down|up|left|falls) to (?P<who>me|him|her|them|us) (?:now )?to (?P<verb>[a-z-]+)"
)
_VERBLESS = re.compile(
    r"\W*(?:a|an|the|one|two|three|four|five|six|ten|\d+|first|final|new|another|some|his|her|my"
    r"|their|our)\b"
)
_ACTS = re.compile(
    r"\b(?!his\b|this\b)\w+s (?:me|him|her|them|us|it|the|an?|my|his|their|our|to)\b"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|must|should|may|might|do|does|did"
    r"|closes?|opens?|starts?|ends?|due|gone|over|done|\w+ed)\b|'(?:ll|re|ve|d|m)\b"
)


def implied(
    low: str, subject: Subject, around: str, *, by: bool, dated: bool
) -> tuple[Owner, str] | None:
    """Who must act by what ``low`` only implies, and the verb, or None.

    ``around`` is the whole sentence, flattened; ``dated`` says that a day ahead goes with the
    clause, ``by`` that it is a deadline.
    """
    rest = low[subject.end :]
    who: Owner | None = subject.who if subject.who in ("me", "them", "both") else None
    if who and not subject.elided and _ANSWERED.match(rest) and (dated or _asks(around, who)):
        return who, ""
    if (hit := _OBLIQUE.match(low)) and hit["verb"] in lexicon().deliver:
        return _person(hit["who"]), hit["verb"]
    if (hit := _FALLS.search(low)) and hit["verb"] in lexicon().deliver:
        return _person(hit["who"]), hit["verb"]
    if not dated:
        return None
    if _ARRIVES.match(low) and (said := _SPOKE.search(around)):
        return "me" if said["who"] == "i" else "them", "be"
    if (hit := _HANDED.search(low)) and hit["verb"] in lexicon().deliver:
        return _person(hit["whom"]), hit["verb"]
    if who == "them" and (hit := _SAYS_DO.match(rest)) and hit["verb"] in lexicon().deliver:
        return "me", hit["verb"]
    if by and who == "them" and not subject.elided and _SEES.match(rest):
        return "me", "show"
    return None


def fragment(low: str, cast: Cast) -> Owner | None:
    """Who owes a thing that is only named with its deadline ("two pages by Friday"), or None."""
    words = lexicon()
    if not _VERBLESS.match(low) or _FINITE.search(low) or words.event_noun.search(low):
        return None
    verbs = [words.forms[t] for t in low.split() if t in words.forms and t == words.forms[t].past]
    if _ACTS.search(low) or any(verb.past != verb.base for verb in verbs):
        return None
    if re.search(r"^\W*my\b|\bto (?:him|her|them)\b|\bfrom me\b", low):
        return "me"
    return "them" if re.search(r"\b(?:to|for) me\b", low) else cast.role


def _asks(around: str, who: Owner) -> bool:
    """Whether the sentence has somebody ask ``who`` for a deed before the answer."""
    whom = {"me": r"(?:me|i)", "them": r"(?:him|her|them|he|she|they)", "both": r"(?:us|we)"}[who]
    return bool(
        re.search(
            rf"\b(?:ask\w*|want\w*|suggest\w*|request\w*|beg\w*|propos\w*|urg\w*|hop\w*|would have"
            rf"|'d have|need\w*)\b(?: that| if| whether)? {whom}\b",
            around,
        )
    )


def _person(pronoun: str) -> Owner:
    return "me" if pronoun == "me" else "both" if pronoun == "us" else "them"
