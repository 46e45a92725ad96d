"""Whether the words around a date speak of what was or of what will be."""

from __future__ import annotations

import re
from typing import Literal

from coach.memory.dates.words import looks_past, word_set

Tense = Literal["past", "present", "future", "unknown"]

_TOKEN = re.compile(r"\d+[–:-]\d+|[^\W_]+(?:['’-][^\W_]+)*|[,;:.!?()\n–—]")
_HARD = frozenset(";:.!?()\n–—")
_NAME = "*name"
_REACH = 40
"""Words that are looked at on either side; a clause is seldom longer."""

_FUTURE = word_set(
    """
    will shall won't gonna would wouldn't must should can could may might plans hopes wants needs
    intends aims expects tomorrow tmrw wanna
    """
)
_PRESENT = word_set(
    """
    is are am isn't aren't has have haven't hasn't does do don't doesn't meets starts begins comes
    goes says runs ends closes takes leaves opens gets gives
    """
)
_BE = word_set("is are am be being isn't aren't get gets")
_ADJECTIVAL = word_set(
    """
    the a an her his my our their your its this that these those some any no very so newly more
    most
    """
)
_AUXILIARY = word_set("was were been has have had")
_PLACES = word_set("abroad away back here home house in into out there")
# Verbs in the past about something that is still to come: "she promised the list on Friday".
_AHEAD = word_set(
    """
    promised agreed planned arranged booked scheduled hoped wanted expected intended meant invited
    moved postponed rescheduled pushed delayed shifted fixed undertaken pencilled deferred
    committed pledged vowed undertook engaged
    """
)
_SPEECH = word_set("said told asked thought announced confirmed insisted replied")
# "to get the shifts abolished": what follows the object tells no time.
_GET = frozenset(["get", "getting"])
_PARTICIPLES = word_set(
    """
    spoken gone been done seen written taken given come become begun driven eaten fallen forgotten
    known shown sung sworn broken chosen grown drawn hidden thrown flown run rung heard
    """
)
# After these a verb belongs to an aside: "what she did", "when pressed".
_ASIDE = word_set("what how why whatever when if once unless as")
_SUBJECTS = word_set("i he she they we it that who you")
# Without their apostrophe only where no other word is spelt so ("well", "were", "its").
_CONTRACTED = re.compile(
    r"(?:i|he|she|we|they|you|it|that|who|there)'(?:ll|d|ve|s|m|re)$"
    r"|(?:i(?:ll|d|m|ve)|hes|hed|shes|they(?:ll|d|re|ve)|you(?:ll|d|re)|weve|it(?:ll|d)|thatll)$"
)
# "went to see", "tried to ring": what follows "to" happened, or failed to, back then.
_TO_PAST = word_set(
    """
    used supposed meant went came managed tried forgot refused began started happened failed
    continued had was were unable
    """
)
_NO_VERB = word_set("me him her them us you it myself himself herself themselves whom")


def tense_around(text: str, start: int, end: int, bare: bool = False) -> tuple[Tense, str]:
    """The tense that governs ``text[start:end]`` and the word that shows it ("" if none does).

    The nearest verb before it inside its comma-free stretch counts first, then the first one after
    it, then what stands before the comma, as long as nothing but the date follows that comma.
    ``bare`` says that no preposition stands before the date: "she said Friday" looks ahead.
    """
    left = _tokens(text, max(0, start - 240), start)
    right = _tokens(text, end, end + 160)
    left = _after_last(left, _HARD)[-_REACH:]
    near = _after_last(left, frozenset(","))
    found = _scan_back(near, bare)
    if found[0] == "unknown":
        found = _scan_on(_before_first(right, _HARD | {","})[:_REACH])
    if found[0] == "unknown" and len(near) < 2:
        found = _scan_back([t for t in left if t != ","], bare)
    return found


def _tokens(text: str, start: int, end: int) -> list[str]:
    """The words and stops between two offsets, in lower case; names after "to" are marked."""
    tokens: list[str] = []
    for match in _TOKEN.finditer(text, start, min(end, len(text))):
        word = match.group()
        named = word[0].isupper() and tokens and tokens[-1] == "to"
        tokens.append(_NAME if named else word.lower().replace("’", "'"))
    return tokens


def _after_last(tokens: list[str], stops: frozenset[str]) -> list[str]:
    for i in range(len(tokens) - 1, -1, -1):
        if tokens[i] in stops:
            return tokens[i + 1 :]
    return tokens


def _before_first(tokens: list[str], stops: frozenset[str]) -> list[str]:
    for i, token in enumerate(tokens):
        if token in stops:
            return tokens[:i]
    return tokens


def _scan_back(tokens: list[str], bare: bool) -> tuple[Tense, str]:
    for i in range(len(tokens) - 1, -1, -1):
        tense = _signal(tokens, i)
        if tense is None:
            continue
        reported = tokens[i] in _SPEECH and (
            (bare and i == len(tokens) - 1) or bool(_SUBJECTS & set(tokens[i + 1 :]))
        )
        return ("unknown", tokens[i]) if reported else (tense, tokens[i])
    return "unknown", ""


def _scan_on(tokens: list[str]) -> tuple[Tense, str]:
    for i in range(len(tokens)):
        tense = _signal(tokens, i)
        if tense is not None:
            return tense, tokens[i]
    return "unknown", ""


def _signal(tokens: list[str], i: int) -> Tense | None:
    """What the word at ``i`` says of the tense, None when it says nothing."""
    word = tokens[i]
    before = tokens[i - 1] if i else ""
    if word in _FUTURE:
        return "future"
    if _CONTRACTED.match(word):
        return _contraction(word, tokens[i + 1] if i + 1 < len(tokens) else "")
    if word == "to" and i + 1 < len(tokens):
        return _infinitive(tokens, i)
    if word == "moved" and before not in _BE | _AUXILIARY and _goes_somewhere(tokens[i + 1 :]):
        return "past"
    if word in _AHEAD:
        return "future" if before not in {"was", "were"} else _passive_ahead(word)
    if looks_past(word):
        return _past_form(tokens, i)
    if word in _PARTICIPLES:
        # "Seen it Sunday": a note may drop its subject.
        if before in _NO_VERB | _ADJECTIVAL:
            return None
        return "past" if i == 0 or {"has", "have", "had"} & set(tokens[max(0, i - 3) : i]) else None
    return "present" if word in _PRESENT else None


def _goes_somewhere(following: list[str]) -> bool:
    """What follows "moved" where a person did: "moved to Leeds", "moved house", not "to Friday"."""
    return following[:1] == ["to"] != following or bool(set(following[:1]) & _PLACES)


def _past_form(tokens: list[str], i: int) -> Tense | None:
    """A form in -ed may be an adjective, an aside, or a passive ("is fixed")."""
    word, before = tokens[i], tokens[i - 1] if i else ""
    if before in _ADJECTIVAL or {before, tokens[i - 2] if i > 1 else ""} & _ASIDE:
        return None
    if word.endswith("ed") and _GET & set(tokens[max(0, i - 6) : i]):
        return None
    if word == "got" and (before in {"has", "have"} or _CONTRACTED.match(before)):
        return "present"
    passive = before in _BE or (before == "not" and i > 1 and tokens[i - 2] in _BE)
    return "present" if passive else "past"


def _contraction(word: str, following: str) -> Tense:
    if word.endswith(("ll", "d")):
        return "future"
    return "past" if looks_past(following) or following == "been" else "present"


def _passive_ahead(word: str) -> Tense:
    """ "was moved to Friday" looks ahead; "was expected on Friday" looks back."""
    back = {"expected", "planned", "meant", "booked", "scheduled", "hoped", "arranged", "wanted"}
    return "past" if word in back else "future"


def _infinitive(tokens: list[str], i: int) -> Tense | None:
    """ "is to send" and "wants to send" look ahead; "was to send", "had to send" do not."""
    earlier, following = tokens[i - 1] if i else "", tokens[i + 1]
    if following in _NO_VERB | _ADJECTIVAL | {_NAME} or following.endswith("ing"):
        return None
    if earlier in _TO_PAST or (earlier == "going" and "was" in tokens[max(0, i - 3) : i]):
        return "past"
    return "future" if following.isalpha() else None
