"""The word lists and patterns of ``knowledge/noticing.toml``, compiled once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from coach.content import from_toml, knowledge
from coach.memory.items import Kind

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Verb:
    """A verb's forms: base "send", third person "sends", past "sent", participle, "sending"."""

    base: str
    third: str
    past: str
    participle: str
    ing: str


@dataclass(frozen=True)
class Lexicon:
    """Everything noticing looks up; ``forms`` maps each verb form to its verb."""

    verbs: dict[str, Verb]
    forms: dict[str, Verb]
    deliver: frozenset[str]
    say: frozenset[str]
    lead: frozenset[str]
    relatives: dict[str, str]
    strong: dict[str, tuple[re.Pattern[str], ...]]
    weak: dict[str, tuple[re.Pattern[str], ...]]
    event_noun: re.Pattern[str]
    life: tuple[re.Pattern[str], ...]
    happen: re.Pattern[str]
    promise: re.Pattern[str]
    headings: dict[str, frozenset[str]]
    private: dict[str, re.Pattern[str]]
    marks: tuple[re.Pattern[str], ...]
    closing: dict[str, re.Pattern[str]]
    common: frozenset[str]
    same: tuple[frozenset[str], ...]


@cache
def lexicon() -> Lexicon:
    """The lexicon. Raises :class:`ContentError` when the file is missing, broken or incomplete."""
    return from_toml(knowledge("noticing.toml"), _build, "an entry is missing or malformed")


def _build(raw: dict[str, Any]) -> Lexicon:
    verbs_raw = raw["verbs"]
    irregular = verbs_raw["irregular"]
    bases = {*verbs_raw["deliver"], *verbs_raw["say"], *verbs_raw["other"], *irregular}
    verbs = {base: _verb(base, irregular.get(base)) for base in sorted(bases)}
    forms: dict[str, Verb] = {}
    for verb in verbs.values():
        for form in (verb.ing, verb.participle, verb.past, verb.third, verb.base):
            forms.setdefault(form, verb)
    for verb in verbs.values():
        forms.setdefault(verb.ing.removesuffix("g"), verb)
    for verb in verbs.values():
        forms[verb.base] = verb
    promise, closing, private = raw["promise"], raw["closing"], raw["private"]
    return Lexicon(
        verbs=verbs,
        forms=forms,
        deliver=frozenset(verbs_raw["deliver"]),
        say=frozenset(verbs_raw["say"]),
        lead=frozenset(raw["words"]["lead"]),
        relatives={
            word: "" if pronoun == "any" else pronoun
            for pronoun, words in raw["words"]["relatives"].items()
            for word in words
        },
        strong={kind: _patterns(raw[kind]["strong"]) for kind in KINDS if kind in raw},
        weak={kind: _patterns(raw[kind].get("weak", [])) for kind in KINDS if kind in raw},
        event_noun=_any(raw["event"]["nouns"], plural=True),
        life=_patterns(raw["event"]["life"]),
        happen=re.compile(rf"(?:{'|'.join(verbs_raw['happen'])})\b"),
        promise=_any(promise["words"]),
        headings={name: frozenset(promise[name]) for name in promise if name != "words"},
        private={
            "words": re.compile("|".join(f"(?:{_edge(p)})" for p in private["words"])),
            **{name: _join(private[name]) for name in ("rest", "above", "whole", "plain")},
        },
        marks=_patterns([_edge(p) for p in private["words"]]),
        closing={name: _join(closing[name]) for name in ("done", "dropped", "moved")},
        common=frozenset(closing["common"]),
        same=tuple(frozenset(line.split()) for line in closing["same"]),
    )


def _patterns(sources: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(source) for source in sources)


def _join(sources: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{source})" for source in sources))


def _any(sources: Sequence[str], *, plural: bool = False) -> re.Pattern[str]:
    ending = "s?" if plural else ""
    return re.compile(rf"\b(?:{'|'.join(sources)}){ending}\b")


def _edge(source: str) -> str:
    return rf"\b(?:{source})" if re.match(r"[\w(]", source) else source


def _verb(base: str, irregular: str | None) -> Verb:
    third = {"be": "is", "have": "has", "do": "does", "go": "goes"}.get(base)
    if third is None:
        if re.search(r"(s|x|z|ch|sh|o)$", base):
            third = base + "es"
        elif re.search(r"[^aeiou]y$", base):
            third = base[:-1] + "ies"
        else:
            third = base + "s"
    if irregular is not None:
        past, participle = irregular.split()
    elif base.endswith("e"):
        past = participle = base + "d"
    elif re.search(r"[^aeiou]y$", base):
        past = participle = base[:-1] + "ied"
    elif re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", base):
        past = participle = base + base[-1] + "ed"
    else:
        past = participle = base + "ed"
    return Verb(base, third, past, participle, _ing(base, past))


def _ing(base: str, past: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "be")):
        return base[:-1] + "ing"
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", base) or past == base + base[-1] + "ed":
        return base + base[-1] + "ing"
    return base + "ing"
