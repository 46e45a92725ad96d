"""Yes-or-no questions turned into open ones about the same thing, by authored rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from coach.content import from_toml, knowledge
from coach.conversation.questioning.clauses import WH, Polar
from coach.conversation.questioning.forms import FORMS, object_form
from coach.conversation.questioning.verbs import base_of
from coach.conversation.questioning.words import question_words

_GROUPS = {
    "do": {"do", "does", "did"},
    "be": {"am", "are", "is", "was", "were"},
    "have": {"have", "has", "had"},
    "modal": {"can", "could", "will", "would", "shall", "should", "may", "might", "must", "ought"},
}
_ADVERBS = re.compile(
    r"\b(?:already|yet|ever|actually|really|just|even|at all|also|still|now|perhaps|maybe"
    r"|any (?=\w+er\b))\b\s*",
    re.IGNORECASE,
)
_HOW_WELL = re.compile(
    r" (?:very |so |too |really )?(?:badly|well|(?:un)?fairly|poorly|ok(?:ay)?|properly|nicely"
    r"|right|unkindly|kindly|harshly)$",
    re.IGNORECASE,
)
_BODY = re.compile(r"(?:any|some)(?:one|body|thing)")
_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")


@dataclass(frozen=True)
class Rule:
    """When a rule fits, and what it says; see the comments in the file."""

    aux: frozenset[str]
    who: str
    rest: re.Pattern[str]
    say: str


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in order. Raises :class:`ContentError` for a file that cannot be used."""
    return from_toml(
        knowledge("question-rewordings.toml"),
        lambda raw: tuple(_rule(entry) for entry in raw["rules"]),
        "a rule is missing or malformed",
    )


def _rule(entry: dict[str, Any]) -> Rule:
    named = entry.get("aux", "do be have modal").split()
    aux = frozenset().union(*(_GROUPS.get(name, {name}) for name in named))
    pattern = re.sub(r"<(\w+)>(?!\w)", lambda m: _lists()[m[1]], _keep_names(entry["rest"]))
    pattern = pattern.replace("\x01", "<").replace("\x02", ">")
    return Rule(aux, entry.get("who", "any"), re.compile(pattern, re.IGNORECASE), entry["say"])


def _keep_names(pattern: str) -> str:
    """Group names hidden, so that their angle brackets are not taken for lists."""
    return re.sub(r"\(\?P<(\w+)>", "(?P\x01\\1\x02", pattern).replace("(?<!", "(?\x01!")


@cache
def _lists() -> dict[str, str]:
    words = question_words()

    def joined(found: frozenset[str]) -> str:
        return "|".join(sorted(map(re.escape, found), key=len, reverse=True))

    endings = r"\w{3,}(?:ive|able|ible|ful|less|ous|ical|ic|ed|ing|ant|ent)"
    return {
        "adj": rf"(?:(?:{joined(words.adjectives)})\b|\b{endings}\b)",
        "judged": rf"(?:(?:{joined(words.evaluating | words.loaded)})\b)",
        "feeling": rf"(?:(?:{joined(words.feelings)})\b)",
        "kept": rf"(?:(?:{joined(words.kept_nouns)})\b)",
        "wh": rf"(?:{WH})\b",
        "prep": r"(?:with|about|of|for|at|by|in|on|to|from|over)",
        "thing": r"(?:(?:the|your|my|our|his|her|their|this|that|a|an) (?:[\w'-]+ ?)+?|[\w-]+)",
        "ving": r"(?!(?:thing|something|anything|nothing|morning|evening|meeting"
        r"|training)\b)\w+ing\b",
    }


def open_polar(asked: Polar) -> str:
    """An open question about what ``asked`` asks; "" where none can be made."""
    rest = re.sub(r"\s+", " ", _ADVERBS.sub("", f"{asked.rest} ")).strip(" ,")
    rest = _base_after_do(asked.aux, rest)
    if asked.subject.lower() != "you" and re.match(r"\w+ing\b", rest):
        # How it goes is asked; "badly" would answer it already.
        rest = _HOW_WELL.sub("", rest) or rest
    if not rest:
        return f"how do you see it when it comes to {object_form(asked.subject)}?"
    for rule in rules():
        if asked.aux not in rule.aux or not _about(rule.who, asked.subject):
            continue
        found = rule.rest.fullmatch(rest)
        said = _said(rule.say, asked, rest, found.groupdict()) if found else None
        if said is not None:
            return said
    return ""


def _base_after_do(aux: str, rest: str) -> str:
    """ "Did you talked to him" as it was meant: "did you talk to him"."""
    first, _, more = rest.partition(" ")
    base = base_of(first) if aux in {"do", "does", "did"} and first.endswith("ed") else None
    return f"{base} {more}".strip() if base else rest


def _about(who: str, subject: str) -> bool:
    low = subject.lower()
    fits: dict[str, Callable[[], bool]] = {
        "any": lambda: not _BODY.fullmatch(low) and low != "there",
        "it": lambda: low in {"it", "this", "that"},
        "body": lambda: bool(_BODY.fullmatch(low)),
    }
    return fits[who]() if who in fits else low == who.lower()


def _said(say: str, asked: Polar, rest: str, groups: dict[str, str | None]) -> str | None:
    past = asked.aux in {"did", "was", "were", "had"}
    values: dict[str, str] = {
        "aux": asked.aux,
        "who": asked.subject,
        "whom": object_form(asked.subject),
        "rest": rest,
        "be": "was" if past else "is",
        "do": "did" if past else "do",
        "body": "what" if asked.subject.lower().endswith("thing") else "who",
        **{name: text or "" for name, text in groups.items()},
    }
    out: list[str] = []
    place = 0
    for slot in _SLOT.finditer(say):
        text = values[slot[1]]
        made: str | None = FORMS[slot[2]](text, past) if slot[2] else text
        if made is None:
            return None
        out += [say[place : slot.start()], made]
        place = slot.end()
    return "".join([*out, say[place:]])
