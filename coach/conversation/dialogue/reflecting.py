"""A short reflection: the user's own clause, given back to them.

Giving back what was said, in its own terms, before asking or advising is the core of reflective
listening (Miller and Rollnick, Motivational Interviewing, 2013). It is done only where turning the
clause around is safe; else the caller words it without.
"""

from __future__ import annotations

import re
from itertools import pairwise

from coach.conversation.dialogue.listening import asks
from coach.text import sentences, word_count

_LONGEST = 20
_SHORTEST = 3

_PIECES = re.compile(r"(?<=[.!…])\s+")
_AFTERTHOUGHT = re.compile(
    r",? (?:but i(?:'m| am) not sure|i (?:guess|think|suppose|believe)|you know|really|honestly"
    r"|actually|to be honest|tbh"
    r"|lol|though|or so|and stuff|i must say|by the way|btw|just so you know|mind you)$",
    re.IGNORECASE,
)
_APOSTROPHES = {
    short: f"{short[:-2]}n't" if short.endswith("nt") else f"{short[:-1]}'{short[-1:]}"
    for short in (
        "dont", "doesnt", "didnt", "cant", "wont", "isnt", "arent", "wasnt", "werent", "hasnt",
        "havent", "hadnt", "couldnt", "wouldnt", "shouldnt", "im", "thats", "hes", "shes", "whats",
    )
} | {"ive": "I've", "im": "I'm", "theyre": "they're", "i": "I"}  # fmt: skip
"""What is typed without its apostrophe is given back with it."""
_SOMEONE = re.compile(r"^(?:he|she|they|i|we|it)\s+[a-z]{3,}\b", re.IGNORECASE)
_JOINS = frozenset(
    """that and but or so if when what how where why as who than because until since while after
    before though thing whenever time way sure whether something everything think feel know says
    said wish afraid mean all thinks once which fear hope unless although whom now then notice
    noticed told tells realise realised suppose guess believe moment like""".split()  # noqa: SIM905
)
"""What can stand before "I" inside one statement."""

_TURNED = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "we": "you",
    "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves", "i'm": "you're",
    "i've": "you've", "i'd": "you'd", "i'll": "you'll", "we're": "you're", "we've": "you've",
    "we'd": "you'd", "we'll": "you'll",
}  # fmt: skip
_VERBS = {"am": "are", "was": "were", "wasn't": "weren't"}
_FIRST_PERSON = {"i", "i'm", "i've", "i'd", "i'll"}
_TOKEN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?|[^A-Za-z]+")

# What stands before the matter itself: it is said to the coach, not about the problem.
_PREAMBLE = re.compile(
    r"^(?:(?:hi|hello|hey|dear coach|coach|well|so|ok(?:ay)?|um|basically|honestly|look|right|now"
    r"|yes|yeah|and|but|oh|also|anyway|frankly|sorry|please|thing is|the thing is(?: that)?"
    r"|the problem is(?: that)?|problem is|my problem is(?: that)?|my issue is(?: that)?"
    r"|i think(?: that)?"
    r"|i feel like(?= (?:i|we|he|she|they|it|my|our|nobody|the|nothing|everyone)\b)"
    r"|i guess(?: that)?|it seems(?: to me)?(?: that)?|i have the feeling that|i mean|i suppose"
    r"|(?:there are |just )?(?:two|three|a couple of|several) (?:things|problems|issues)"
    r"|first(?:ly)?|the (?:first|other) thing is(?: that)?|good|fine|great|new here"
    r"|(?:a )?different (?:thing|topic|question|matter)|(?:one )?(?:more|other) thing"
    r"|another (?:thing|topic|question)|new topic|by the way|btw|(?:i think )?it(?:'s| is) because"
    r"|because|or no|no|actually|or rather|ok(?:ay)? thanks|thanks|(?:the )?other thing)"
    r"\b[\s,.:;-]*)+",
    re.IGNORECASE,
)
_UNSAFE = re.compile(
    r"[\"“”()\[\]{}<>@#|]|https?:|\byou(?:r|'re|'ve)?\b|^(?:please|tell|give|show|help|can|could"
    r"|should|would|do|does|did|is|are|how|what|why|when|where|which|who|whom|whether|if|any"
    r"|suggest|list|write|draft|need|want|looking|asking|wondering|thanks?|let)\b"
    r"|\bto$|^(?:this|that|it)(?:'s| is| was)\b|^it \w+ \w+ (?:what|that|when)\b",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"\b(?:he|she|it|who|(?:mentor|mentee|boss|professor) (?:he|she)?) ?(?:don't|do|have|want|need"
    r"|say|go|come|make|like|know|think|ask|talk|answer)\b|\bi (?:has|is|are)\b"
    r"|\b(?:they|we|you) (?:was|is|has)\b|\bsince \d+ (?:days|weeks|months|years)\b",
    re.IGNORECASE,
)
"""Second-language grammar: to repeat it would mock."""
_HARSH = re.compile(
    r"\b(?:lol|wtf|fuck\w*|shit\w*|idiot|stupid|lazy|useless|crazy)\b", re.IGNORECASE
)
"""Words that hurt when they are given back."""
_PARTS = re.compile(
    r",? (?:and|but|so|because|that is why) (?=(?:i|it|he|she|they|we)\b)", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"^(?:i|i'm|i've|i'd|we|we're|we've|he|he's|she|she's|they|they're|it|it's|my|our|his|her"
    r"|their|the|this|that|nobody|no one|everyone|there|every|each|one|[A-Z][a-z]+)\b"
)
_VERB_FORM = re.compile(
    r"\b(?:am|is|are|was|were|be|been|has|have|had|do|does|did|don't|doesn't|didn't|can|can't"
    r"|cannot|could|couldn't|will|won't|would|wouldn't|should|shouldn't|must|may|might|never|always|i'm|\w+'ll"
    r"|keeps?|kept|\w+n't|\w{2,}ed|\w+'s|\w+'re|\w+'ve|\w+'d|gets?|got|goes|went|says?|said|feels?|felt"
    r"|wants?|needs?|seems?|thinks?|thought|knows?|knew|makes?|made|takes?|took|comes?|came|talks?"
    r"|cancels?|forgets?|forgot|avoids?|answers?|asks?|tells?|told|expects?|treats?|hates?|loves?"
    r"|likes?|leaves?|left|starts?|stops?|tries|shows?|brings?|brought|runs?|ran|sits?|sat|finds?"
    r"|found|gives?|gave|lets?|looks?|works?|loses?|lost|fails?|meets?|met|wonders?|struggles?)\b",
    re.IGNORECASE,
)


def reflect(text: str, name: str = "", pronoun: str = "", *, sure: bool = True) -> str:
    """The clause of ``text`` that tells the problem, turned to the user, without a full stop.

    "She never prepares and I end up talking" becomes "she never prepares and you end up talking";
    with ``name``, a leading pronoun for the other person becomes it, when it is ``sure`` that they
    are meant, and it is not another's (``pronoun``, "" when unknown). "" when no sentence of
    ``text`` can be turned around safely.
    """
    for sentence in sentences(text):
        for piece in _PIECES.split(sentence):
            clause = _clause(piece, name)
            if clause:
                turned = _turned(clause, name)
                return _named(turned, name, pronoun) if sure else turned
    return ""


def _clause(sentence: str, name: str) -> str:
    plain = sentence.replace("’", "'").strip()
    if name:
        plain = re.sub(
            rf"\bmy (?:mentor|mentee|coachee),? (?={re.escape(name)}\b)", "", plain, flags=re.I
        )
    if "?" in plain or asks(plain):
        return ""
    plain = _PREAMBLE.sub("", plain.rstrip(" .!;:,…-")).strip()
    plain = _AFTERTHOUGHT.sub("", plain)
    plain = " ".join(_APOSTROPHES.get(word.lower(), word) for word in plain.split())
    if _HARSH.search(plain) or _BROKEN.search(plain):
        parts = _PARTS.split(plain)
        plain = next((p for p in parts if not (_HARSH.search(p) or _BROKEN.search(p))), "")
    if word_count(plain) > _LONGEST:
        plain = re.split(r"[;:]| - | – |, (?:but|and|so|because|which|although|while)\b", plain)[0]
        plain = plain.strip(" ,")
    if not _SHORTEST <= word_count(plain) <= _LONGEST or _UNSAFE.search(plain):
        return ""
    start = plain[:1].upper() + plain[1:] if plain[:1].islower() else plain
    begins = (
        _is_named(plain, name)
        or _SUBJECT.match(plain)
        or _SUBJECT.match(start[:1].lower() + start[1:])
    )
    told = _VERB_FORM.search(plain) or _SOMEONE.match(plain) or _is_named(plain, name)
    return plain if begins and told and not _runs_on(plain) else ""


def _runs_on(plain: str) -> bool:
    """Whether two statements stand with nothing between them: that given back is a slip."""
    told = plain.split()
    return any(
        word.partition("'")[0] == "I" and before[-1].isalnum() and not _joins(before.lower())
        for before, word in pairwise(told)
    )


def _joins(word: str) -> bool:
    return word in _JOINS or word.endswith(("s", "ed"))


def _is_named(plain: str, name: str) -> bool:
    return bool(name) and plain.lower().startswith(f"{name.lower()} ")


def _turned(clause: str, name: str) -> str:
    tokens = _TOKEN.findall(clause)
    out: list[str] = []
    after_me = False
    for place, token in enumerate(tokens):
        low = token.lower()
        if low in _TURNED:
            out.append(_TURNED[low])
            after_me = low in _FIRST_PERSON
        elif low in _VERBS and (after_me or _next_is_me(tokens, place)):
            out.append(_VERBS[low])
            after_me = False
        else:
            out.append(token)
            if token.strip():
                after_me = False
    turned = "".join(out)
    first = tokens[0].lower().removesuffix("'s")
    if name and first == name.lower():
        return name + turned[len(name) :]
    return (
        turned
        if first.isalpha() and tokens[0][:1].isupper() and not _common(first)
        else (turned[:1].lower() + turned[1:])
    )


def _next_is_me(tokens: list[str], place: int) -> bool:
    rest = [token.lower() for token in tokens[place + 1 :] if token.strip()]
    return bool(rest) and rest[0] == "i"


def _common(word: str) -> bool:
    """Whether a capital at the start of the sentence is only there because it starts."""
    return word in {
        "i", "we", "he", "she", "they", "it", "my", "our", "his", "her", "their", "the", "this",
        "that", "nobody", "no", "everyone", "there", "every", "each", "one", "half", "most", "all",
        "some", "many", "since", "after", "before", "when", "whenever", "at", "in", "on", "for",
        "lately", "sometimes", "often", "usually", "yesterday", "today", "last", "a", "an",
    }  # fmt: skip


def _named(clause: str, name: str, pronoun: str) -> str:
    first = clause.partition(" ")[0].lower()
    if not name or (pronoun and first in {"he", "she"} and first != pronoun):
        return clause
    return re.sub(
        r"^(?:(?:my|your) (?:mentor|mentee)(?: (?:he|she|they))?|he|she)(?=\s)",
        name,
        clause,
        count=1,
    )
