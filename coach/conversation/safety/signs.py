"""Signs of trouble in a message: which kind, and whom they concern. Rules only, no model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coach.conversation.safety.plain import plain_words
from coach.conversation.safety.rules import Kind, Kinds, Rules, Spelling, certain, rules

Concerns = Literal["me", "them", "unknown"]


@dataclass(frozen=True)
class Sign:
    """A sign that a message is beyond coaching; ``concerns`` says who is in trouble, if known."""

    kind: Kind
    concerns: Concerns


def read_signs(text: str) -> Sign | None:
    """The gravest sign in ``text``, or None. Deterministic; the same offline and without a model.

    Idioms ("this deadline is killing me") are taken out first, so that a sign beside one counts.
    """
    given = rules()
    plain = _plain(text, given.spelling)
    bare = plain
    for harmless in given.harmless:
        bare = harmless.sub("~", bare)
    return _found(certain().kinds, plain, given) or _found(given.kinds, bare, given)


def read_certain(text: str) -> Sign | None:
    """A sign that ``text`` gives outright, or None: one that no likeness may overrule."""
    given = certain()
    plain = _plain(text, given.spelling)
    # Whom it concerns is for the whole rules to say; they compile only when there is a sign.
    if not any(rule.find(plain) for _, known in given.kinds for rule in known):
        return None
    return _found(given.kinds, plain, rules())


def whom(kind: Kind, text: str) -> Concerns:
    """Who is in trouble, read from the whole of ``text``, a sign of ``kind``."""
    given = rules()
    plain = _plain(text, given.spelling)
    return _concerned(kind, plain, (0, len(plain)), given)


def _plain(text: str, spelling: Spelling) -> str:
    return plain_words(text, spelling.spelt, spelling.keys)


def _found(kinds: Kinds, plain: str, given: Rules) -> Sign | None:
    for kind, known in kinds:
        for rule in known:
            if span := rule.find(plain):
                return Sign(kind, _concerned(kind, plain, span, given))
    return None


def _concerned(kind: Kind, plain: str, span: tuple[int, int], given: Rules) -> Concerns:
    """Who is in trouble: read from the sign's own words, then its sentence, then the message."""
    for piece in (plain[slice(*span)], _sentence(plain, span), plain):
        bare = piece
        for frame in given.frames:
            bare = frame.sub("~", bare)
        # "My brother wants to die": he is neither the user nor the other half of the pair.
        bare, others = given.others.subn("~", bare)
        if given.first_person.search(bare):
            return "me"
        if given.third_person.search(bare):
            return "unknown" if others else "them"
        if others:
            return "unknown"
    # "What is the point in living": without a person, the one who writes it is meant.
    return "me" if kind == "self-harm" else "unknown"


def _sentence(plain: str, span: tuple[int, int]) -> str:
    start = max(plain.rfind(stop, 0, span[0]) for stop in (" . ", " ? ")) + 1
    ends = [end for stop in (" .", " ?") if (end := plain.find(stop, span[1])) >= 0]
    return plain[start : min(ends, default=len(plain))]
