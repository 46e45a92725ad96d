"""The parts of a question: lead-in, sentences, and a yes-or-no question taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coach.conversation.questioning.verbs import base_of, is_base
from coach.conversation.questioning.words import question_words
from coach.text import clean, sentences

WH = r"(?:what|how|which|who|whom|whose|where|when|why)(?:'s|'re|'d|'ve|'ll)?"
AUX = (
    r"(?:do|does|did|am|are|is|was|were|have|has|had|can|could|will|would|shall|should|may|might"
    r"|must|ought|need)"
)
PRONOUN = (
    r"(?:I|you|he|she|it|we|they|this|that|these|those|there|anyone|anybody|anything|someone"
    r"|somebody|something|everyone|everybody|everything|nobody|nothing|no one|people)"
)
TAG = re.compile(
    rf"[,;–—-]?\s*(?:(?P<aux>{AUX}|ca|wo)(?:n't)? (?P<who>{PRONOUN})(?: not)?"
    r"|right|correct|no|yes|yeah|huh|eh|true|or not|am i right|is that right"
    r"|don't you (?:think|agree|find)|wouldn't you (?:say|agree)|would you not (?:say|agree))$",
    re.IGNORECASE,
)
"""A tag at the end of a statement: ", isn't it", ", right"."""
_LEAD = re.compile(
    r"^(?:(?:so|and|but|well|ok|okay|right|now|also|just|oh|hey|hi there|hi|hello|hmm|look"
    r"|then|anyway|actually|honestly|by the way|first of all|first|finally|tell me(?=[,:])|please"
    r"|out of (?:interest|curiosity)|quick question|one (?:more )?(?:thing|question)|i'm curious"
    r"|i am curious|i wonder|good morning|good evening)\b[,:;.!…-]*\s+)+"
    r"(?=\S)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"^(?!(?:{WH}|{AUX}|if|looking|thinking|in|at|on)\b)[A-Z][\w'-]+,\s+"
    rf"(?=(?:{WH}|{AUX}|tell|describe)(?:n't)?\b)",
    re.IGNORECASE,
)
_BEFORE_WH = re.compile(
    rf"^(?!(?!when (?:{PRONOUN}|the|your|my|our) ){WH}\b|{AUX}(?:n't)?\b|tell\b"
    rf"|describe\b)(?P<lead>.*?[,:;–—-])\s*"
    rf"(?P<rest>(?:(?:and|but|so|then) )?(?:{WH}\b|{AUX}(?:n't)? {PRONOUN}\b).*)$",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    rf"^(?:if|when(?! (?:{AUX})\b)|once|suppose|imagine|looking|thinking|given|with|in|at|on|after"
    rf"|before|as|for|since|now) .*? (?P<rest>{WH} (?:{AUX}|else|part|kind|one)\b.*)$",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    rf"^(?:in|at|to|with|for|from|by|on|about|of|under) (?={WH}\b)", re.IGNORECASE
)
_POLAR = re.compile(rf"^(?P<aux>{AUX}|ca|wo)(?:n't)?\s+(?P<rest>.+)$", re.IGNORECASE | re.DOTALL)
_SUBJECT = re.compile(
    rf"^(?P<subject>{PRONOUN}(?: (?:all|both)| and (?:your|the|my) [\w-]+)?)\b\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_DETERMINER = re.compile(
    r"^(?:the|a|an|my|your|our|his|her|its|their|this|that|these|those|all|any|some|every|each)$",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"\w{3,}(?:ive|able|ible|ful|less|ous|ical|ic|ed|ing|ant|ent)$")
_ADVERB = re.compile(
    r"^(?:still|really|already|also|just|ever|always|often|usually|sometimes|actually|now|too|so"
    r"|very|quite|not|never|yet|well|only|fairly|rather|at|all|\w{3,}ly)$"
)
_PREP = re.compile(
    r"^(?:in|on|at|for|with|about|of|from|to|by|under|over|around|near|behind|ahead|back|out|up)$"
)


@dataclass(frozen=True)
class Polar:
    """A question that asks for yes or no: "did" "you" "like the course"."""

    aux: str
    subject: str
    rest: str


def tidy(text: str) -> str:
    """``text`` on one line, straight apostrophes, short forms of typing written out."""
    text = " ".join(clean(text).replace("’", "'").replace("‘", "'").split())
    text = text.strip().strip('"“”').strip()
    return re.sub(
        r"(?<![\w'])[a-z]+(?![\w'])",
        lambda m: question_words().short_forms.get(m[0], m[0]),
        re.sub(r"^[A-Z][a-z]+", lambda m: _full(m[0]), text),
    )


def _full(word: str) -> str:
    full = question_words().short_forms.get(word.lower())
    return f"{full[:1].upper()}{full[1:]}" if full else word


def parts(text: str) -> list[str]:
    """The sentences of a tidied text, each with its mark; small letters may begin one."""
    found = [piece for whole in sentences(text) for piece in re.split(r"(?<=\?)\s+", whole)]
    return [piece.strip() for piece in found if re.search(r"\w", piece)]


def core(sentence: str) -> str:
    """The question in a sentence, without what leads in to it: "So, Rosa, ..." or "If ..., "."""
    text = sentence.strip().rstrip("?.! ")
    for _ in range(3):
        shorter = _NAMED.sub("", _LEAD.sub("", text))
        text, same = shorter, shorter == text
        if same:
            break
    for pattern in (_BEFORE_WH, _CONDITION):
        found = pattern.match(text)
        if found:
            text = re.sub(r"^(?:and|but|so|then) ", "", found["rest"], flags=re.IGNORECASE)
            break
    return _PREPOSITION.sub("", text).strip()


def polar(question: str) -> Polar | None:
    """A question that begins with an auxiliary verb, taken apart; None for any other."""
    found = _POLAR.match(question.rstrip("?.! "))
    if found is None:
        return None
    aux = {"ca": "can", "wo": "will"}.get(found["aux"].lower(), found["aux"].lower())
    rest = found["rest"]
    known = _SUBJECT.match(rest)
    if known and not (_DETERMINER.match(known["subject"]) and not _predicate(known["rest"], aux)):
        subject, rest = known["subject"], known["rest"]
    else:
        cut = _subject_end(rest.split(), aux)
        subject, rest = " ".join(rest.split()[:cut]), " ".join(rest.split()[cut:])
    if re.match(r"not\b", rest):
        rest = rest[3:].strip()
    return Polar(aux, subject, rest)


def _predicate(rest: str, aux: str) -> bool:
    """Whether ``rest`` can follow "this" or "that" as a predicate: "Is that clear?"."""
    first = rest.split(maxsplit=1)[0].lower() if rest else ""
    if aux in _BE:
        told = (re.compile(rf"{WH}$"), _ADVERB, _PREP, _DETERMINER)
        return is_adjective(first) or any(pattern.match(first) for pattern in told)
    return is_base(first) or base_of(first) is not None


_BE = frozenset({"am", "are", "is", "was", "were"})
# Participles that look like the base form.
_SAME = frozenset(
    {"had", "read", "put", "set", "cut", "let", "hit", "come", "become", "run", "quit"}
)
_HAVE = frozenset({"have", "has", "had"})


def is_state(text: str) -> bool:
    """Whether a text begins with how somebody is: "ok with the plan", "happy about it"."""
    first = text.split(maxsplit=1)[0].lower() if text else ""
    return is_adjective(first) or first in {"ok", "okay", "fine", "alright", "ready", "good"}


def is_adjective(word: str) -> bool:
    """Whether a word is an adjective, by the list or by its ending."""
    return word in question_words().adjectives or bool(_ADJECTIVE.fullmatch(word))


def _subject_end(tokens: list[str], aux: str) -> int:
    """How many tokens the subject has; at least one."""
    low = [token.lower().strip(",") for token in tokens]
    for place in range(1, len(low)):
        before, word = low[place - 1], low[place]
        named = not (_DETERMINER.match(before) or _PREP.match(before))
        if aux in _BE and named and _DETERMINER.match(word):
            return place
        if _DETERMINER.match(before) or _PREP.match(before) or is_adjective(before):
            continue
        if aux in _BE:
            late = [n for n in range(place, len(low)) if is_adjective(low[n])]
            if _ADVERB.match(word) or is_adjective(word):
                return place
            if _PREP.match(word) and not late:
                return place
        elif aux in _HAVE:
            if _ADVERB.match(word) or (base_of(word) not in {None, word} or word in _SAME):
                return place
        elif is_base(word) or _ADVERB.match(word):
            return place
    return len(low) if aux in _BE and len(low) < 2 else max(1, len(low) - 1)
