"""What a message asks for: a few rules for what is unmistakable, examples for the rest."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from coach.errors import ContentError
from coach.library.entries import out_of_scope_entries
from coach.library.heads import LinearHead
from coach.library.library import Library
from coach.paths import content_root
from coach.text import words

ADVICE = "advice"
_OUTSIDE = "outside"
_RIDGE = 2.0
_LEAD = 0.20
"""A request must lead this clearly over being a need, or beyond the library."""
_LEAST = 0.28
"""What the best reading must score at least, else the message is taken as a need."""
_PLEASANTRIES = frozenset({"greeting", "thanks", "goodbye"})
_PLEASANTRY_WORDS = 9
"""A longer message tells a story: "thanks, but he still cancels ..." is a need."""

# Unmistakable on their own, and the only way to tell while the model is still loading. A rule holds
# for the whole message only: "thanks for asking, but my mentee ..." is a need.
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(pattern, re.IGNORECASE))
    for intent, pattern in (
        ("greeting",
         r"(hi|hello|hey|hiya|yo|good (morning|afternoon|evening|day))( (there|coach|again))?"),
        ("thanks", r"(ok(ay)?,? |great,? |perfect,? )?(many )?(thanks|thank you|thx|cheers|ta)"
                   r"( (a lot|so much|very much|coach|again))*"),
        ("goodbye",
         r"(ok(ay)? )?(bye|goodbye|bye bye|good night|see you( (later|soon|tomorrow))?)"),
        ("capabilities", r"(help|help me|what can (you|i) (do|ask)( (for me|you|here))?"
                         r"|how does (this|it) work|how can you help( me)?)"),
        ("identity", r"(are you|is this) (a |an )?(human|bot|robot|ai|real( person)?|machine|person"
                     r"|chatgpt)( or (a |an )?(real )?\w+)?"),
    )
)  # fmt: skip
_ABOUT_SOMEONE = re.compile(r"\b(he|she|they|him|her|them|his|their|we|ment\w+)\b", re.IGNORECASE)
_ASKS_QUESTIONS = re.compile(
    r"\b(give|suggest|list|need|want|find|have you|any|some|more|good|better|deeper|other)\b"
    r"(?:\W+\w+){0,6}\W+questions\b|\bquestions (?:to ask|for|about|i (?:can|could|should))\b"
    r"|\bwhat (?:should|could|can|do|would|shall) i ask\b|\bwhat to ask\b",
    re.IGNORECASE,
)
_ASKS_SCRIPT = re.compile(
    r"\bscript\b(?=.*\b(expectation|ground rule|agree on|how we work))"
    r"|^\W*(a |the )?script( please)?\W*$"
    r"|\b(words|text|wording)\b(?=.*\bexpectation)|\bexpectations?\b(?=.*\bscript\b)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Intent:
    """What the message asks for, and how sure the reader is (0 to 1)."""

    name: str
    confidence: float


@cache
def examples() -> dict[str, tuple[str, ...]]:
    """The authored examples by intent. Raises :class:`ContentError` for a broken file."""
    path = content_root() / "knowledge" / "intents.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: tuple(entry["examples"]) for name, entry in raw.items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ContentError(path, 1, f"each intent needs examples: {error}") from None


class IntentReader:
    """Reads intents; learns from the examples once the library's model is ready."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._head: LinearHead | None = None
        self._names = [*examples(), ADVICE, _OUTSIDE]

    def read(self, text: str) -> Intent:
        """The intent of ``text``; :data:`ADVICE` when nothing else is clear."""
        ruled = by_rule(text)
        if ruled:
            return ruled
        scores = self._scores(text)
        if scores is None:
            return Intent(ADVICE, 0.5)
        by_name = dict(zip(self._names, scores, strict=True))
        name = max(by_name, key=by_name.__getitem__)
        lead = by_name[name] - max(by_name[ADVICE], by_name[_OUTSIDE])
        if name in _PLEASANTRIES:
            clear = len(words(text)) <= _PLEASANTRY_WORDS and not _ABOUT_SOMEONE.search(text)
        else:
            clear = lead >= _LEAD
        if not clear or by_name[name] < _LEAST:
            return Intent(ADVICE, max(0.5, min(1.0, 1.0 - lead)))
        return Intent(name, min(1.0, 0.5 + max(lead, 0.0)))

    def prepare(self) -> None:
        """Learn from the examples; a later :meth:`read` does it if this was not called."""
        if self._head is None:
            texts, labels = _training(self._library, self._names)
            self._head = self._library.fit_head(texts, labels, len(self._names), _RIDGE)

    def _scores(self, text: str) -> list[float] | None:
        self.prepare()
        if self._head is None:
            return None
        scores = self._library.classify(text, self._head)
        return None if scores is None else [float(s) for s in scores]


def by_rule(text: str) -> Intent | None:
    """The intent of a message that a rule settles, or None."""
    plain = " ".join(words(text))
    for name, pattern in _RULES:
        if pattern.fullmatch(plain):
            return Intent(name, 1.0)
    if _ASKS_SCRIPT.search(text):
        return Intent("script", 0.9)
    if _ASKS_QUESTIONS.search(text):
        return Intent("questions", 0.9)
    return None


def _training(library: Library, names: list[str]) -> tuple[list[str], list[int]]:
    texts: list[str] = []
    labels: list[int] = []
    for name, lines in examples().items():
        texts += lines
        labels += [names.index(name)] * len(lines)
    needs = [line for card in library.deck.cards.values() for line in card.situations]
    texts += needs
    labels += [names.index(ADVICE)] * len(needs)
    outside = [entry.text for entry in out_of_scope_entries()]
    texts += outside
    labels += [names.index(_OUTSIDE)] * len(outside)
    return texts, labels
