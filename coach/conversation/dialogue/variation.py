"""Wishes to have what was just shown in another way: other questions, another length."""

from __future__ import annotations

import re

from coach.conversation.dialogue.answers import ORDINALS
from coach.text import word_count

_PLACES = "|".join(sorted((re.escape(one) for one in ORDINALS), key=len, reverse=True))
_ABOUT = re.compile(
    r"^\W*(?:(?:ok|okay|and|please|can you|could you|but|no|yes),? )*(?:(?:make|take|use|have"
    r"|ask) )?"
    rf"(?:it|that|this|(?:the |number |question )*(?:{_PLACES}))(?: one| question)?"
    r"(?:,? (?:but|only|just|please|instead|rather))* (?:about|on|around|regarding)"
    r" (?P<about>[^?!.]{2,80}?)(?:,? (?:please|pls|then))*\W*$",
    re.IGNORECASE,
)
_KINDS = (
    r"other|others|different|more|new|another|fresh|better|deeper|easier|lighter|simpler|harder"
    r"|shorter|warmer|softer|braver|bolder|funnier|(?:less|more) [a-z]+"
)
_OTHERS = re.compile(
    rf"^\W*(?:(?:ok|okay|and|but|no|hm+|please|maybe|rather|give me|show me|do you have|have you"
    rf"|got|any|some|i want|i need|can i have|a few|an?|one|two|three|five|slightly|a bit|thanks)"
    rf"[,. ]+)*"
    rf"(?:{_KINDS})(?: ones?| questions?)?(?: please| pls| instead| then)*\W*$",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"^\W*(?:no|nope|not that(?: one)?|rather|actually|sorry)\b|\b(?:instead|rather)\W*$",
    re.IGNORECASE,
)
_TONE = re.compile(
    rf"^\W*(?P<which>.*\b(?:{_PLACES})\b[^,]*?),? but (?:a (?:bit|little) |much |slightly |with )?"
    r"(?:more |less )?(?!about)[a-z]+(?:,? (?:please|pls))*\W*$",
    re.IGNORECASE,
)
_SHORTER = re.compile(
    r"^\W*(?:(?:yes|yeah|ok(?:ay)?|fine|good|nice|great|thanks|please|but|and|hm+|no|sorry|well|oh"
    r"|(?:can|could) (?:you|i|we)|give me|show me|say|make|have|want|i(?:'d| would)? (?:like|need"
    r"|want|have)|just|only|rather|it(?:'s)?|that(?:'s)?|this|the|an?|be|is|was|far|way|much|bit"
    r"|little|too|something|some|in|briefly|version|answer)[,.! ]+)*"
    r"(?:shorter|too long|briefer|more briefly|short version|short one|(?:in )?(?:one|a single)"
    r" (?:sentence|line)|(?:just )?the (?:first|main|key) (?:sentence|line|point)|tl;?dr|shorten"
    r"|cut (?:it|that)(?: down| short)?|less (?:words|text)|fewer words|nutshell|keep it short)"
    r"(?:[,.! ]+(?:ones?|please|pls|then|now|for me|it|that|this|version|just|only|the|first|main"
    r"|sentence|line|point|give me|i have no time|i'm in a hurry|down|but))*\W*$",
    re.IGNORECASE,
)
_NO_SCRIPT = re.compile(
    r"^\W*(?:(?:no|nah|nope|sorry|please|thanks|but|well),? )*(?:not|no|without|i (?:don't|do not"
    r"|dont) (?:need|want)|rather not|no need for)\b[^.?!;]{0,15}?\bscript\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_WRITTEN = re.compile(
    r"\b(?:(?:short|quick|brief|small|few|two|one|send|write|draft)(?: (?:me|him|her|them|a|an|the"
    r"|just|quick|short|brief|little))* (?:message|text|note|e-?mail|mail|whatsapp|sms|lines?"
    r"|sentences?)|text (?:him|her|them|message))\b",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"\b(\d{1,3}) ?min(?:ute)?s?\b", re.IGNORECASE)
_HOURS = {
    "half an hour": 30, "three quarters of an hour": 45, "an hour and a half": 90,
    "one and a half hours": 90, "two hours": 120, "an hour": 60, "one hour": 60,
}  # fmt: skip
_SHORTLY = 8
_BRIEFLY = 12
"""A message of more words tells something of its own."""


def other_subject(text: str) -> str:
    """What a question of the list should rather be about: "the second one, but about her own first
    year"; "" when the message wishes no such thing."""
    found = _ABOUT.match(text.replace("’", "'"))
    return found["about"].strip() if found else ""


def in_another_tone(text: str) -> str:
    """Which entry is wished for in another tone: "the second one" of "the second one, but warmer";
    "" when none is."""
    found = _TONE.match(text.replace("’", "'"))
    return found["which"] if found else ""


def wants_others(text: str) -> bool:
    """Whether other entries of the same sort are wished for: "less formal ones"."""
    return _OTHERS.match(text.replace("’", "'")) is not None


def wants_shorter(text: str) -> bool:
    """Whether the same is wished for in fewer words: "yes but shorter", "too long"."""
    return _SHORTER.match(text.replace("’", "'")) is not None


def wants_instead(text: str) -> bool:
    """Whether something else is wished for in its place: "no, a check-in instead"."""
    return word_count(text) <= _SHORTLY and _INSTEAD.search(text) is not None


def without_script(text: str) -> str | None:
    """What is wished for by who wants no script: "no, not a script, just a short message"; ""
    when nothing else is, None when no script is turned down."""
    found = _NO_SCRIPT.match(text.replace("’", "'"))
    return found["rest"].strip(" ,.;:!-") if found else None


def wants_note(text: str) -> bool:
    """Whether a few lines to send are wished for, and not a whole talk."""
    return _WRITTEN.search(text) is not None


def length_in(text: str) -> int | None:
    """The minutes that a brief message gives as a length: "we have 45 minutes"; None if none."""
    if word_count(text) > _BRIEFLY or "?" in text:
        return None
    found = _MINUTES.search(text)
    if found:
        return int(found[1])
    low = text.lower()
    return next((minutes for said, minutes in _HOURS.items() if said in low), None)
