"""Forms of a phrase that the rewording rules ask for; each gives None where it cannot be made."""

from __future__ import annotations

import re
from collections.abc import Callable

from coach.conversation.questioning.clauses import AUX, WH
from coach.conversation.questioning.verbs import base_of, gerund, ing_of, is_base
from coach.conversation.questioning.words import question_words
from coach.memory.noticing.lexicon import lexicon

Form = Callable[[str, bool], str | None]
"""Takes a phrase and whether the question is in the past."""

_SUBJECT = r"(?:I|you|we|they|he|she|it|(?:the|your|my|our|his|her|their) [\w-]+|[\w-]+)"


def object_form(subject: str) -> str:
    """A subject as an object: "they" as "them", "your boss" as it is."""
    known = {"he": "him", "she": "her", "they": "them", "we": "us", "i": "me"}
    return known.get(subject.lower(), subject)


def past_of(base: str) -> str:
    """The past of a verb's base form."""
    known = lexicon().forms.get(base)
    if known is not None and known.base == base:
        return known.past
    return f"{base}d" if base.endswith("e") else f"{base}ed"


def turned(clause: str, past: bool = False) -> str | None:
    """ "what you want" as "what do you want"; an "if" clause cannot be turned."""
    found = re.match(rf"({WH}(?: [\w-]+)??) ({_SUBJECT}) ([\w']+)\b ?(.*)$", clause, re.IGNORECASE)
    if found is None:
        return None
    wh, who, verb, more = found.groups()
    return f"{wh.lower()} {_asked(who, verb, more)}"


def after(clause: str, past: bool = False) -> str:
    """ "you need from me" as "do you need from me"."""
    who, _, rest = clause.partition(" ")
    verb, _, more = rest.partition(" ")
    return _asked(who, verb, more)


def _asked(who: str, verb: str, more: str) -> str:
    adverb = re.fullmatch(r"really|also|still|always|\w+ly", verb)
    if adverb:
        verb, _, more = more.partition(" ")
    if re.fullmatch(AUX, verb):
        return f"{verb} {who} {more}".strip()
    base = base_of(verb) or verb
    aux = "do" if verb == base else "does" if verb.endswith("s") else "did"
    said = f"{adverb[0]} " if adverb else ""
    return f"{aux} {who} {said}{base} {more}".strip()


def doing(done: str, past: bool = False) -> str | None:
    """ "talked to her" as "talking to her", from a past participle."""
    first, _, more = done.partition(" ")
    base = base_of(first)
    return f"{ing_of(base)} {more}".strip() if base else None


def plain(phrase: str, past: bool = False) -> str:
    """A phrase without the judgement in it: "well with her" as "with her", "the bad plan" as"
    " "the plan"."""
    judged = "|".join(sorted(question_words().evaluating | question_words().loaded))
    degree = r"(?:(?:very|so|really|too|quite|a bit|a little|enough)\s+)*"
    return re.sub(
        rf"^(?P<lead>\s*(?:(?:a|an|the|your|my|our)\s+)?){degree}"
        rf"(?:(?:well|badly|smoothly|ahead|enough|{judged})\b\s*)?",
        lambda m: re.sub(r"^(\s*)(?:a|an)\s", r"\1the ", m["lead"]),
        phrase,
    ).rstrip()


def told(clause: str, past: bool = False) -> str | None:
    """A clause as it follows "the way": without the judging adverb at its end."""
    short = re.sub(r"\s+(?:\w+ly|well|badly)$", "", clause)
    return short if len(short.split()) >= 3 else None


def _the(phrase: str, past: bool = False) -> str:
    return re.sub(r"^(?:a|an) ", "the ", phrase)


def _ing(phrase: str, past: bool = False) -> str | None:
    return gerund(phrase)


def _past(phrase: str, past: bool = False) -> str:
    first, _, more = phrase.partition(" ")
    return f"{past_of(first.lower())} {more}".strip()


def _finite(phrase: str, past: bool) -> str | None:
    first, _, more = phrase.partition(" ")
    if not is_base(first):
        return None
    known = lexicon().forms.get(first)
    third = known.third if known else f"{first}s"
    return f"{past_of(first) if past else third} {more}".strip()


def _does(_: str, past: bool) -> str:
    return "did" if past else "does"


def _subject_of(clause: str, past: bool = False) -> str:
    return re.split(r" (?:is|was|are|were|has|have)\b", clause)[0]


FORMS: dict[str, Form] = {
    "ing": _ing, "turned": turned, "after": after, "doing": doing, "plain": plain, "told": told,
    "the": _the, "past": _past, "finite": _finite, "does": _does, "subject": _subject_of,
}  # fmt: skip
