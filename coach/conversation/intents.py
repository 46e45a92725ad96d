"""What a message asks for: a few rules for what is unmistakable, examples for the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coach.content import from_toml
from coach.conversation.dialogue.listening import asks, states
from coach.conversation.example_reader import ExampleReader, Kept, fitted
from coach.conversation.example_reader import Examples as Learnt
from coach.library.entries import out_of_scope_entries, out_of_scope_file
from coach.library.library import Library
from coach.paths import content_root
from coach.text import word_count, words

ADVICE = "advice"
OUTSIDE = "outside"
_LEAD = 0.08
"""A request must lead this clearly over being a need, or beyond the library."""
_LEAST = 0.2
"""What the best reading must score at least, else the message is taken as a need."""
_PLEASANTRIES = frozenset({"greeting", "thanks", "goodbye"})
_PLEASANTRY_WORDS = 9
"""A longer message tells a story: "thanks, but he still cancels ..." is a need."""
_GREETED = re.compile(
    r"^\W*(?:hi|hello|hey|hiya|(?:good )?(?:morning|afternoon|evening))\b"
    r"(?: (?:there|coach|again|all))*[\s,.!-]+(?=(?:\S+\s+){3})",
    re.IGNORECASE,
)
"""A greeting before what is wanted."""
_ASIDE_WORDS = 7
"""Who asks nothing, in more words than this, wants nothing looked up."""
_LOOKED_UP = frozenset(
    {"followups", "recall", "upcoming", "questions", "brief", "roadmap", "goals", "check",
     "agreement", "promises-mine", "promises-theirs", "promises-both"}
)  # fmt: skip
"""Who tells what somebody did asks for none of these."""
_BIDS = re.compile(
    r"\W*(?:(?:ok(?:ay)?|so|and|then|now|please|pls|i(?:'d| would) (?:like|love)|i want|i need"
    r"|let(?:'s| us| me)|can|could|would|you|we|i|just|maybe|but|well|right|hi|hey) )*(?:to )?"
    r"(?:show|list|give|tell|remind|find|look|see|open|make|prepare|plan|set|update|add|move|change"
    r"|draw|put|check|go|get|bring|have|know|print|page|brief"
    r"|(?:my|our|the)(?! (?:\w+ ){1,3}(?:is|are|was|were|has|had|will)\b)|all|any|what|everything"
    r"|things"
    r"|anything|something|questions?|follow|loose|goals?|roadmap|agreement|deeper|some|more|topics?)\b",
    re.IGNORECASE,
)
"""Begins like a request."""
_SLOT = "{name}"
_ANYONE = "Rosa"
"""The name that stands for the other person's in the examples and in what is read."""

# Unmistakable on their own, and the only way to tell while the model is still loading. A rule holds
# for the whole message only: "thanks for asking, but my mentee ..." is a need.
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(pattern, re.IGNORECASE))
    for intent, pattern in (
        ("greeting",
         r"(hi|hello|hey|hiya|yo|good (morning|afternoon|evening|day))( (there|coach|again))?"),
        ("thanks", r"((oh|ah|ok(ay)?|great|perfect|good|nice|lovely|brilliant|super|right|fine"
                   r"|all right|alright|that's all) )*(many )?(thanks|thank you|thx|cheers|ta)"
                   r"( (a lot|so much|very much|coach|again|mate|bye))*"),
        ("goodbye",
         r"(i'?ll (\w+ ){1,4}(then )?)?"
         r"((ok(ay)?|great|perfect|right|thanks|thank you|thx|cheers|many thanks|so much|and) )*"
         r"(bye|goodbye|bye bye|(good ?)?night|see you( (later|soon|tomorrow))?"
         r"|(and )?that('?s| is| was) (all|it|me done)( (for (today|now|tonight)|then))?)"
         r"( (then|coach|thanks|thank you|bye|goodbye|cheers))*"),
        ("capabilities", r"(help|help me|what can (you|i) (do|ask)( (for me|you|here))?"
                         r"|how does (this|it) work|how can you help( me)?)"),
        ("identity", r"((wait|sorry|hang on|and|but|so|by the way|ok|fair enough|fine|right) )*"
                     r"(are you|is (this|it)|am i talking to) (a |an |real |actual |just )*"
                     r"(human( being)?|bot|robot|ai"
                     r"|real|machine|person|chatgpt|software|computer)( or (a |an )?(real )?\w+)?"
                     r"( (by the way|btw|actually|then|here|at all))*"),
    )
)  # fmt: skip
_TELLS_OF_SOMEONE = re.compile(
    r"\b(he|she|they|we)\b|\b(but|still|my|the|our) (?:\w+ )?(ment\w+|him|her|them|his|their)\b",
    re.IGNORECASE,
)
_ASKS_QUESTIONS = re.compile(
    r"\b(give|suggest|list|need|want|find|have you|any|some|more|good|better|deeper|other)\b"
    r"(?:\W+\w+){0,6}\W+questions\b|(?<!my )\bquestions (?:to ask|for|about|i (?:can|could"
    r"|should))\b"
    r"|\bwhat (?:(?:should|could|can|do|would|shall|might) (?:i|you|one)"
    r"|am i (?:supposed|meant) to) ask\b(?! you\b)"
    r"|\bwhat to ask\b"
    r"|^\W*(?:\d{1,2}|one|two|three|four|five|some|a few|more) (?:good |short |open )?questions?"
    r"(?: please)?\W*$",
    re.IGNORECASE,
)
_ASKS_SCRIPT = re.compile(
    r"\bscript\b(?=.*\b(expectation|ground rule|agree on|how we work))"
    r"|^\W*(a |the )?script( please)?\W*$"
    r"|\b(?:words|wording|sentences?)(?:,? (?:please|now|quick(?:ly)?|asap|then))+\W*$"
    r"|\b(?:need|give me|gimme|want|have you|make me|find me) (?:please )?"
    r"(?:some |the |a few |me the )?(?:words\b(?! of\b)|lines?\W*$)"
    r"|\b(?:write|put|word) (?:down |out )?what (?:i|to) (?:can |could |should )?"
    r"(?:say|tell|write|answer)\b"
    r"|^\W*(?:what (?:do|would|should|can) i (?:even |actually |really |then )*(?:say|write)"
    r"(?: (?:to|back to) (?:him|her|them))?(?: (?:then|now))?)\W*$"
    r"|^\W*(?:(?:ok|please|now|then|just|so),? )*(?:draft|word|phrase|script)(?: me)? (?:it|that"
    r"|this|the (?:ask|request|message|text|note|talk|opening|words)"
    r"|what (?:i|to) (?:can |could )?(?:say|ask))\b"
    r"|\b(words|text|wording)\b(?=.*\bexpectation)|\bexpectations?\b(?=.*\bscript\b)",
    re.IGNORECASE | re.DOTALL,
)

_HOW_TO_SAY = re.compile(
    r"^\W*(?i:(?:(?:and|so|ok(?:ay)?|but|then|well|hm+|yes|no|right),? )*"
    r"how (?:(?:do|can|should|would|could|might|shall|must) )?(?:to|i|we|one)"
    r" (?:even |ever |best |actually |then )*"
    r"(?:say|tell|put|word|phrase|break|explain|ask)(?: (?:it|that|this|so))?)"
    r"(?: (?:to |for )?(?:her|him|them|(?:the|my|our) [a-z]+|[A-Z][a-z]+))?"
    r"(?: (?:kindly|nicely|then|now|though))*(?:\W*$|, )"
)
_AT_THE_END = re.compile(
    r"\b(?:end|ending|close|closing|finish|wrap(?:ping)? up|round(?:ing)? off|last (?:five|few|ten)"
    r"|goodbye|final|wrap[- ]up|last|leave|nearly over|hour is up|minutes left|things off)\b",
    re.IGNORECASE,
)
_NO_QUESTIONS = re.compile(
    r"\b(?:no|not|without|stop|fewer|enough|don't \w+|answer the|after[- ]\w+) (?:\w+ )?questions\b"
    r"|\bquestions (?:about our relationship|until i|(?:that|to) help me)\b|\b(?:she|he"
    r"|they) told me\b|\bhow (?:do|can|should) i ask\b.*\bquestions",
    re.IGNORECASE,
)
_GROW = re.compile(r"\bGROW\b|\b(?i:grow (?:model|route|method|steps))\b")
_QUOTES_QUESTION = re.compile(
    r"\b(?:this|my|the following) question\b|\bas a question\b|\bquestion ?:|[\"“‘'].{8,}\?[\"”’']"
    r"|\b(?:a good|an open|the right) question\b.*:",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Intent:
    """What the message asks for, and how sure the reader is (0 to 1)."""

    name: str
    confidence: float


@dataclass(frozen=True)
class Examples:
    """How one intent is said; ``only`` is "answering" for what can only answer the coach's own
    words, "pair" for what needs a pair, else ""; ``needs`` and ``lacks`` are what a message must
    and must not hold besides being like the examples.
    """

    texts: tuple[str, ...]
    only: str = ""
    needs: re.Pattern[str] | None = None
    lacks: re.Pattern[str] | None = None

    def fits(self, text: str) -> bool:
        """Whether a message holds what it must, and nothing that it must not."""
        plain = text.replace("’", "'")
        return (self.needs is None or bool(self.needs.search(plain))) and not (
            self.lacks is not None and self.lacks.search(plain)
        )


def examples_file() -> Path:
    """Where the authored examples by intent are."""
    return content_root() / "knowledge" / "intents.toml"


@cache
def examples() -> dict[str, Examples]:
    """The authored examples by intent, those of :data:`ADVICE` and :data:`OUTSIDE` with them; a
    name that they leave open is filled in. Raises :class:`ContentError` for a broken file."""
    return from_toml(examples_file(), _examples, "each intent needs examples")


def _examples(raw: dict[str, Any]) -> dict[str, Examples]:
    return {
        name: Examples(
            tuple(text.replace(_SLOT, _ANYONE) for text in entry["examples"]),
            entry.get("only", ""),
            _pattern(entry.get("needs")),
            _pattern(entry.get("lacks")),
        )
        for name, entry in raw.items()
    }


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text, re.IGNORECASE) if text else None


class IntentReader:
    """Reads intents; by words at once, by meaning too once the library's model is ready."""

    def __init__(self, library: Library, kept: Kept = lambda _key, learn: learn()) -> None:
        self._library = library
        self._kept = kept
        self._reader: ExampleReader | None = None
        self._names = list(dict.fromkeys([*examples(), ADVICE, OUTSIDE]))

    def read(
        self, text: str, *, pair: bool = False, answering: bool = False, name: str = ""
    ) -> Intent:
        """The intent of ``text``; :data:`ADVICE` when nothing else is clear, and
        :data:`OUTSIDE` for what reads like a matter beyond mentoring; search has the last word.

        ``pair`` says that it is said within a pair, ``answering`` that the coach said something
        before which it can be an answer to, ``name`` what the other person of the pair is called.
        """
        ruled = by_rule(text)
        if ruled:
            return ruled
        if name:
            text = re.sub(rf"\b{re.escape(name)}\b", _ANYONE, text, flags=re.IGNORECASE)
        text = _GREETED.sub("", text)
        self.prepare()
        assert self._reader is not None
        scores = self._reader.scores(text, self._library.vector(text))
        by_name = {
            one: float(score)
            for one, score in zip(self._names, scores, strict=True)
            if self._possible(one, text, pair=pair, answering=answering)
        }
        best = max(by_name, key=by_name.__getitem__)
        if best == OUTSIDE:
            return Intent(OUTSIDE, min(1.0, 0.5 + by_name[OUTSIDE] - by_name[ADVICE]))
        lead = by_name[best] - max(by_name[ADVICE], by_name[OUTSIDE])
        if best in _PLEASANTRIES:
            clear = len(words(text)) <= _PLEASANTRY_WORDS and not _TELLS_OF_SOMEONE.search(text)
        else:
            clear = lead >= _LEAD
        if not clear or by_name[best] < _LEAST:
            return Intent(ADVICE, max(0.5, min(1.0, 1.0 - lead)))
        return Intent(best, min(1.0, 0.5 + max(lead, 0.0)))

    def prepare(self) -> None:
        """Learn from the examples; a later :meth:`read` does it if this was not called."""
        if self._reader is None or (not self._reader.reads_meaning and self._library.ready):
            recipe = self._library.recipe(Path(__file__), examples_file(), out_of_scope_file())
            self._reader = fitted(recipe, self._examples, self._kept)

    def _examples(self) -> Learnt:
        texts, labels = _training(self._library, self._names)
        return Learnt(texts, labels, len(self._names), self._library.vectors_of_content(texts))

    @staticmethod
    def _possible(name: str, text: str, *, pair: bool, answering: bool) -> bool:
        known = examples().get(name)
        if known is None:
            return True
        if name in _LOOKED_UP and (states(text) or _tells(text)):
            return False
        only = known.only
        met = not only or (only == "pair" and pair) or (only == "answering" and answering)
        return met and known.fits(text)


def _tells(text: str) -> bool:
    """Whether a message of some length asks for nothing."""
    bids = any(_BIDS.match(part) for part in re.split(r"[.,;:!]\s+", text))
    return word_count(text) > _ASIDE_WORDS and not asks(text) and not bids


def by_rule(text: str) -> Intent | None:
    """The intent of a message that a rule settles, or None."""
    plain = " ".join(words(text))
    for name, pattern in _RULES:
        if pattern.fullmatch(plain):
            return Intent(name, 1.0)
    if _GROW.search(text):
        return Intent("grow", 0.9)
    if _QUOTES_QUESTION.search(text):
        return None
    if _ASKS_SCRIPT.search(text):
        return Intent("script", 0.9)
    if _HOW_TO_SAY.match(text.replace("’", "'")):
        return Intent("script", 0.9)
    if _NO_QUESTIONS.search(text):
        return None
    if _ASKS_QUESTIONS.search(text) and not _AT_THE_END.search(text):
        return Intent("questions", 0.9)
    return None


def _training(library: Library, names: list[str]) -> tuple[list[str], list[int]]:
    texts: list[str] = []
    labels: list[int] = []
    for name, said in examples().items():
        texts += said.texts
        labels += [names.index(name)] * len(said.texts)
    needs = [line for card in library.deck.cards.values() for line in card.situations]
    texts += needs
    labels += [names.index(ADVICE)] * len(needs)
    outside = [entry.text for entry in out_of_scope_entries()]
    texts += outside
    labels += [names.index(OUTSIDE)] * len(outside)
    return texts, labels
