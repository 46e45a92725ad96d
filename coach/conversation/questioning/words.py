"""The word lists of ``knowledge/question-words.toml``, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from coach.content import from_toml, knowledge


@dataclass(frozen=True)
class QuestionWords:
    """What the reader of questions looks up; see the comments in the file."""

    verbs: frozenset[str]
    irregular: dict[str, tuple[str, ...]]
    doubling: frozenset[str]
    small_talk: frozenset[str]
    weather: frozenset[str]
    drinks: frozenset[str]
    facts: frozenset[str]
    loaded: frozenset[str]
    feelings: frozenset[str]
    evaluating: frozenset[str]
    adjectives: frozenset[str]
    kept_nouns: frozenset[str]
    short_forms: dict[str, str]


@cache
def question_words() -> QuestionWords:
    """The lists. Raises :class:`ContentError` when the file is missing, broken or incomplete."""
    return from_toml(knowledge("question-words.toml"), _build, "an entry is missing or malformed")


def _build(raw: dict[str, Any]) -> QuestionWords:
    verbs, talk, kinds = raw["verbs"], raw["small_talk"], raw["words"]

    def listed(text: str) -> frozenset[str]:
        return frozenset(text.split())

    return QuestionWords(
        verbs=listed(verbs["more"]),
        irregular={base: tuple(forms.split()) for base, forms in verbs["irregular"].items()},
        doubling=listed(verbs["doubling"]),
        small_talk=listed(talk["topics"]),
        weather=listed(talk["weather"]),
        drinks=listed(talk["drinks"]),
        facts=listed(kinds["facts"]),
        loaded=listed(kinds["loaded"]),
        feelings=listed(kinds["feelings"]),
        evaluating=listed(kinds["evaluating"]),
        adjectives=listed(kinds["adjectives"]),
        kept_nouns=listed(kinds["kept_nouns"]),
        short_forms=dict(raw["short_forms"]),
    )
