"""Phrases to build an ask from: what someone was to do, the name of a thing, a whole clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from coach.memory.dates import find_dates
from coach.memory.dates.words import NUMBERS, word_set
from coach.memory.noticing.lexicon import lexicon
from coach.text import shorten

_MOST_WORDS = 16
# Letters that a verb has at least to say something alone: "enrol", but not "do" or "come".
_TELLING_VERB = 5
_WHO = r"(?P<who>I|you|we|both of us)"
_INTENT = re.compile(
    rf"^{_WHO}(?: (?:also|still|now|then|finally|just))?"
    r" (?:(?:would|'d) like to|will|shall|would|should|must|can|could"
    r"|(?:am|are) (?:going|due|supposed|meant|planning|hoping|trying) to|(?:am|are) to|gonna"
    r"|(?:have|has) (?:got )?to|need to|want(?:ed)? to|plan(?:ned)? to|intend(?:ed)? to"
    r"|hope(?:d)? to|mean to|decided to|aim(?:ed)? to"
    r"|(?:(?:have|had) )?(?:promised?|offer(?:ed)?|agreed?|undertook|undertaken|volunteered|pledged"
    r"|committed|taken on)"
    r"(?: (?:me|you))? to|(?:said|promised?|offered?) (?:I|you) (?:would|will))"
    r" (?:also |still |then |now )?(?P<vp>.+)$",
    re.IGNORECASE,
)
_OWES = re.compile(
    rf"^{_WHO}(?: still)? owes? (?P<to>me|you)(?: still)? (?P<np>.+)$", re.IGNORECASE
)
_DOING = re.compile(rf"^{_WHO} (?:am|are) (?P<verb>\w+ing)\b(?P<rest>.*)$", re.IGNORECASE)
_DOES = re.compile(rf"^{_WHO} (?P<verb>\w+)\b(?P<rest>.*)$", re.IGNORECASE)
_CUT = re.compile(
    r"\s*(?:[;:(–—]|\s-\s|,(?! (?:and|or) )"
    r"|\b(?:because|so that|while|since|as soon as|once|when)\b"
    r"|, (?:and|but|so) (?:I|you|he|she|they|we|it)\b|\band (?:I|you|he|she|they|we|it)\b).*$"
)
# Told from another date, which the ask leaves out.
_LOOSE_END = re.compile(
    r",? (?:(?:the|a) (?:day|week) (?:before|after)|before|after|by then|until then|then)"
    r"(?: that)?(?=$|[,.;])",
    re.IGNORECASE,
)
# What is left when a date was taken out of the middle of a sentence.
_DANGLING = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|will|the|a|an|on|in|at|by|for|from|of|to|with|and|or|but"
    r"|until|till|before|after|between|as|that|than|my|your|our)\s*(?:[,;:.!?]|$)"
    r"|\b(?:on|at|by|from|until|till|between) (?:and|to|or|until)\b|^\W|\(\W*\)",
    re.IGNORECASE,
)
# An apostrophe or a pronoun that went astray: "let your have it", "with your one trial".
_ASTRAY = re.compile(
    r"\b(?:your|my) (?:a|an|the|one|two|three|my|your|have|has|be|is|are|was|do|does|know|and"
    r"|or|to|in|on|at|by|for|with|before|after|that|it|him|them)\b"
    r"|\b(?:I are|I is|you is|you has|you am)\b",
)
_JOTTED = re.compile(
    r"\b(?:bc|cos|lol|btw|w/|ppl|tbh|tbc|tba|re|asap|pls|thx|gonna|dont|didnt|theyll|hes|shes)\b"
    r"|(?:^|, )ill\b|[→*#!]|\?\?",
    re.IGNORECASE,
)
# Verbs that say nothing without an object right after them.
_NEEDS_OBJECT = word_set("have send bring give get make take put let tell show hand lend do find")
_NOT_AN_OBJECT = word_set(
    "ready for by to on at in until till from with before after and or around over back"
)
_STATES = word_set(
    "want need have like owe hope think know be feel love hate seem mean keep find believe"
)
_NP_END = re.compile(
    r"\s+(?:is|are|was|were|has|have|had|will|would|starts?|begins?"
    r"|meets?|met|opens?|closes?|ends?|resumes?|takes? place|comes?|goes|went|came|booked|fixed|set"
    r"|scheduled|moved|due|postponed|confirmed|planned|arrives?|lands?|returns?|leaves?|runs?|falls?"
    r"|on|in|at|for|by|from|to be|until|between|during|around|next|this|last)\b.*$"
    r"|\s*[:;,(–—.!?].*$",
    re.IGNORECASE,
)
_NOT_A_NAME = word_set(
    """
    i you he she it we they who what which there here this that these those and but so if when while
    as because since not no yes then also still both between on in at by for from to with of after
    before until during will would can could should shall must may might do does did have
    has had too very so most more only just never is are was were be been said says told
    think thinks thought let
    """
)
_ONLY_A_DAY = re.compile(
    r"(?:(?:is|was|are|were|has been|will be|booked|fixed|set|scheduled|due|confirmed|planned|now"
    r"|starts?|begins?)\b\s*)*$|(?:at|in|of|with|to|on|for) ",
    re.IGNORECASE,
)
_LIKES = word_set("love hate prefer rather sooner like")
_BE = word_set("is was are were has have had will would booked fixed set due moved scheduled")
_DETERMINED = word_set("my your our the a an his her their its this that some")
_COMMON_ENDING = re.compile(
    r"(?:ing|tion|sion|ment|ence|ance|ship|ture|ery|ity|ness|al|iew|ings|tions|ons|als|ers|ows)$"
)
_COMMON_NOUN = word_set(
    """
    exam exams talk talks party trip test trial match game show opening premiere launch pilot pitch
    visit move wedding birthday holiday viva defence defense deadline course paper thesis chapter
    draft report review class workshop conference congress assembly fair first second half operation
    surgery resit practical race marathon concert gig recital retreat job role post board committee
    council panel court case baby house flat lease visa grant call strike vote closing oral written
    certificate driving council's steering strategy kick-off kickoff offsite away-day
    """
)


def undated(text: str, on: date) -> str:
    """``text`` without the dates in it, since an ask tells the date in its own words."""
    for mention in reversed(find_dates(text, on)):
        if mention.recurring:
            continue
        text = text[: mention.start] + text[mention.end :]
    text = re.sub(r"\s+([,.;:!?)])", r"\1", re.sub(r"\(\s*\)", "", text))
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    return re.sub(r"\s{2,}", " ", text).strip(" ,;:–—-.")


def deed(clause: str) -> str | None:
    """What the clause's subject means to do, as a bare infinitive: "send me the slides".

    ``clause`` is spoken ("you will send me the slides", "look over your slides"); None when it
    says no such thing.
    """
    clause = clause.strip()
    owed = _OWES.match(clause)
    if owed:
        return _trimmed(f"get {owed['to']} {_lowered(owed['np'])}")
    intent = _INTENT.match(clause)
    if intent:
        negated = re.match(r"(?:not|never|be able)\b", intent["vp"], re.IGNORECASE)
        return None if negated else _trimmed(intent["vp"])
    doing = _DOING.match(clause)
    if doing:
        verb = lexicon().forms.get(doing["verb"].lower())
        return _trimmed(f"{verb.base}{doing['rest']}") if verb is not None else None
    does = _DOES.match(clause)
    if does and does["verb"].lower() in _STATES:
        return None
    if does:
        return _infinitive(f"{does['verb']}{does['rest']}")
    return _infinitive(clause[:1].lower() + clause[1:])


def is_intent(clause: str) -> bool:
    """Whether the clause says what somebody means to do, whether or not it can be told cleanly."""
    return bool(_INTENT.match(clause.strip()))


def _infinitive(phrase: str) -> str | None:
    """``phrase`` when it begins with a verb's base form, after an adverb at most."""
    first = re.match(r"(?:(?:also|still|then|now|please)\s+)?([\w'-]+)", phrase)
    if first is None:
        return None
    word = first.group(1).lower()
    verb = lexicon().forms.get(word)
    if verb is None or word != verb.base:
        return None
    return _trimmed(phrase)


def _trimmed(phrase: str) -> str | None:
    phrase = _LOOSE_END.sub("", phrase)
    short = _CUT.sub("", phrase).strip(" ,;:–—-.!?\"'")
    phrase = short if len(short.split()) >= 2 else phrase
    phrase = re.sub(r"\s*&\s*", " and ", phrase).strip(" ,;:–—-.!?\"'")
    parts = phrase.lower().split()
    if not parts or parts[0] in _LIKES or not sound(phrase):
        return None
    if len(parts) == 1 and len(phrase) < _TELLING_VERB:
        return None
    after = parts[1] if len(parts) > 1 else "for"
    if after in {"until", "till"} or (parts[0] in _NEEDS_OBJECT and after in _NOT_AN_OBJECT):
        return None
    if not 1 <= len(phrase.split()) <= _MOST_WORDS or '"' in phrase:
        return None
    return phrase


@dataclass(frozen=True)
class Thing:
    """The name of something; ``alone`` when the clause says nothing more of it than its day."""

    name: str
    alone: bool

    @property
    def determined(self) -> bool:
        """Whether it says which one: "your son", "the new rota"."""
        return self.name.split()[0].lower() in _DETERMINED - {"a", "an", "some"}


def sound(phrase: str) -> bool:
    """Whether ``phrase`` can be said aloud: nothing dangles, no pronoun went astray, no jotting."""
    return not any(wrong.search(phrase) for wrong in (_DANGLING, _ASTRAY, _JOTTED))


def names_event(name: str) -> bool:
    """Whether a phrase names something that takes place: "your interview", "the steering group"."""
    return bool(lexicon().event_noun.search(name.lower()))


def thing(clause: str) -> Thing | None:
    """The name of what the clause is about: "the steering group", "your OSCE resit", "Part B".

    None when the clause has no clean noun phrase at its head.
    """
    clause = clause.strip()
    low = clause.lower().split()
    if len(low) <= 8 and not re.search(r"[,;:.!?(–—]", clause) and not _BE & set(low):
        name = _name(clause)
        if name is not None:
            return Thing(name, alone=True)
    end = _NP_END.search(clause)
    rest = clause[end.start() :].strip() if end else ""
    alone = not rest or bool(_ONLY_A_DAY.match(rest)) or rest[0] in ";(–—."
    alone = alone or not rest.strip(" :")
    name = _name(clause[: end.start()] if end else clause)
    return Thing(name, alone) if name is not None else None


def _name(head: str) -> str | None:
    head = head.strip(" ,;:–—-.!?\"'&")
    parts = head.split()
    if not parts or len(parts) > 8 or '"' in head or _ASTRAY.search(head):
        return None
    low = [p.lower().strip("'") for p in parts]
    a_person = any(w in lexicon().relatives for w in low[:3]) and not names_event(head)
    if a_person or low[0] in NUMBERS or low[0] in _NOT_A_NAME:
        return None
    if any(w in {"i", "he", "she", "they", "we"} for w in low):
        return None
    if any(re.search(r"n't$|'(?:ll|ve|d|re|m)$", w) for w in low) or _has_finite_verb(low):
        return None
    if low[0] in _DETERMINED:
        return _lowered(head)
    return head if _proper(parts[0]) else f"the {_lowered(head)}"


def _has_finite_verb(low: list[str]) -> bool:
    """Whether a word after the first is a verb's third person or past form and no noun."""
    forms = lexicon().forms
    for word in low[1:]:
        verb = forms.get(word)
        if verb is not None and word in {verb.third, verb.past} and word != verb.base:
            return True
    first = None if names_event(low[0]) else forms.get(low[0])
    return first is not None and low[0] != first.ing and low[0] not in _COMMON_NOUN


def _proper(word: str) -> bool:
    if any(c.isdigit() or c.isupper() for c in word[1:]):
        return True
    low = word.lower()
    return word[0].isupper() and not (
        low in _COMMON_NOUN or names_event(low) or _COMMON_ENDING.search(low)
    )


def is_plural(name: str) -> bool:
    """Whether a thing's name takes "are": "the interviews on the new rota"."""
    head = re.split(r" (?:of|for|with|in|at|on|before|about|from|to) ", name)[0].split()[-1]
    return bool(re.search(r"[^su'’i]s$", head)) or bool(re.search(r" and ", name))


def _lowered(phrase: str) -> str:
    first = phrase.split(" ", 1)[0]
    keep = any(c.isdigit() or c.isupper() for c in first[1:])
    return phrase if keep else phrase[:1].lower() + phrase[1:]


def whole(clause: str) -> str | None:
    """The clause as it can follow "you told me that": one with a subject, not too long."""
    clause = clause.strip(" ,;:–—-.!?\"'")
    if not re.match(r"(?:I|you|we|your|my|our|the)\b(?!\s*[:–—])", clause, re.IGNORECASE):
        return None
    if not sound(clause):
        return None
    if re.search(r'"|, which|[.!?] ', clause):
        return None
    short = re.sub(r"\s*(?:[;(–—]|\s-\s).*$", "", clause)
    short = short if len(short.split()) >= 3 else clause
    if not 3 <= len(short.split()) <= 2 * _MOST_WORDS - 8:
        return None
    return short if short.startswith("I ") else short[:1].lower() + short[1:]


def quoted(quote: str) -> str:
    """The user's own words, short enough to be read out, with no double quotation marks inside."""
    words = " ".join(re.sub(r'["“”]', "'", quote).split()).strip(" -*•→").rstrip(".,;:")
    if len(words) > 2 and words[0] == "'" and words.find("'", 1) in {-1, len(words) - 1}:
        words = words.strip("'")
    return shorten(words.rstrip("."), 110)
