"""Wishes to have what was just shown in another way: other questions, another length."""

from __future__ import annotations

import re
from typing import Literal

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
_FEW_OPTIONS = 3
_OPTIONS = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|so|please|then|well|just|and|can you|could you|now),? )*"
    r"(?:give|show|tell|list|name|suggest)(?: me)?(?: some| a few|(?: the)? (?P<count>two|three"
    r"|four|five|[2-5]))? (?:\w+ )?(?:options|alternatives|choices|possibilities|ways(?: forward)?"
    r"|approaches)\W*$",
    re.IGNORECASE,
)
_ONE_ONLY = re.compile(
    r"^\W*(?:(?:no|ok(?:ay)?|sorry|please|that(?:'s| is)|too many|too much|give me|pick|choose|just"
    r"|i (?:only )?(?:need|want|have time for)|only|which|the|best|single)[,.;! ]+)*one"
    r"(?: (?:question|only|please|of them|then|is enough|will do|for me))*\W*$",
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
Tone = Literal["shorter", "softer", "firmer", "simpler"]
_TONES: tuple[tuple[Tone, str, str], ...] = (
    ("shorter", "shorter briefer quicker", "long wordy much"),
    ("softer", "softer gentler kinder warmer friendlier nicer milder lighter",
     "harsh hard direct blunt strong cold rude aggressive pushy sharp bossy mean strict"),
    ("firmer", "firmer stronger clearer blunter bolder tougher sterner",
     "soft weak nice vague meek polite timid gentle mild woolly kind fluffy"),
    ("simpler", "simpler plainer easier",
     "stiff formal complicated posh clever stuffy wooden flowery difficult"),
)  # fmt: skip
"""A way of wording, the words that wish for it, and those that find the opposite too much."""
_IN_FEW = re.compile(
    r"\bin (?:one|two|three|a few|fewer|ten|\d+) (?:\w+ )?(?:lines?|sentences?|words)\b",
    re.IGNORECASE,
)
_MUCH = r"(?:too|(?:a )?(?:bit|little)(?: too)?|rather|very|so|quite|way too|far too|terribly)"
_WISHES = (
    r"(?:(?:can|could|would|will|you|please|make|say|put|give|word|me|it|that|this|them|something|a"
    r"|an?|bit|little|much|even|ok(?:ay)?|no|now|but|and|hm+|rather|the|more|i|need|want|like|do|try"
    r"|again|just|maybe|sound|same|in|way|words|version)\W+)*"
)
_TELLS = re.compile(
    r"\b(?:i|we|he|she|they|who|my \w+|his \w+|her \w+|their \w+)(?:'s|'re|'m"
    r"| (?:is|was|am|are|were|gets?|got|feels?|felt|sounds?|thinks?|says?|said|can be|has been))\b"
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


def options_wanted(text: str) -> int:
    """How many ways to go on are asked for: "give me three options"; 0 when none are."""
    found = _OPTIONS.match(text.replace("’", "'"))
    return (ORDINALS.get((found["count"] or "").lower(), 0) or _FEW_OPTIONS) if found else 0


def wants_one(text: str) -> bool:
    """Whether of several entries one is enough: "too many, just one"."""
    return _ONE_ONLY.match(text.replace("’", "'")) is not None


def wants_shorter(text: str) -> bool:
    """Whether the same is wished for in fewer words: "yes but shorter", "too long"."""
    return _SHORTER.match(text.replace("’", "'")) is not None


def tone_wanted(text: str) -> Tone | None:
    """In which way words that were shown should be put instead: "too harsh", "simpler, he is not a
    man for words", "can you make it softer?"; None when a message wishes no such thing."""
    told = text.replace("’", "'").lower()
    if word_count(told) > _BRIEFLY:
        return None
    if _IN_FEW.search(told):
        return "shorter"
    for tone, wished, opposite in _TONES:
        wish, much = wished.replace(" ", "|"), opposite.replace(" ", "|")
        found = re.search(rf"\b(?:{_MUCH}|less) (?:{much})\b", told)
        # How somebody is ("she is too nice") says nothing of the words.
        if found and not _TELLS.search(told[: found.start()]):
            return tone
        if re.match(rf"^\W*{_WISHES}(?:{wish})\b(?! (?:than|to|for) )", told):
            return tone
    return None


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
