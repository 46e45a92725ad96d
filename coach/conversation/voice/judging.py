"""A model's reply as a whole: which sentences are kept, and whether what is left is a reply."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from coach.conversation.grounding.check import Verdict
from coach.conversation.grounding.grounds import Grounds
from coach.conversation.grounding.sentences import plain
from coach.text import sentence_spans, word_count

_LEAST = 6
_SHARE = 0.3
"""What is kept has at least so many words, and so large a part of what the model said."""
_REPEATS = 3
_LONGEST_QUOTE = 500
_SHOWN = re.compile(r".+?(?:\n\n|(?<=[.?!:]) |$)|\n+", re.DOTALL)
_MARK = re.compile(r"\[[^\]\n]{0,60}\]?")
_LIST = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_BOLD = re.compile(r"\*\*|__|^#+\s*", re.MULTILINE)


@dataclass(frozen=True)
class Judged:
    """What came of a reply: the sentences kept, why others were dropped, and if it will do."""

    kept: tuple[str, ...]
    faults: tuple[str, ...]
    cards: tuple[str, ...]
    good: bool


@dataclass
class Judge:
    """Takes a reply sentence by sentence.

    A sentence is shown as soon as it is found good, so nothing that was shown is ever taken back:
    where too little is left in the end, the built-in wording follows. ``anything`` takes all that
    is said, for a test without the check.
    """

    grounds: Grounds
    draft: str
    verdict: Callable[[str], Verdict]
    anything: bool = False
    kept: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)
    said: int = 0
    repeats: int = 0

    def take(self, sentence: str) -> str:
        """The sentence as it is shown: with the mark of its card when it is the first from there.

        "" when it is dropped.
        """
        bare = _BOLD.sub("", _LIST.sub("", sentence)).strip()
        self.said += word_count(bare)
        if plain(bare) in self.heard:
            self.repeats += 1
            return ""
        self.heard.add(plain(bare))
        found = self.verdict(bare)
        if not found.text:
            self.faults.append(f"{found.fault}: {bare}")
            return ""
        self.kept.append(found.text)
        if found.card and found.card not in self.cards:
            self.cards.append(found.card)
            return f"{found.text} [{found.card}]"
        return found.text

    @property
    def looping(self) -> bool:
        """Whether the model says the same again and again."""
        return self.repeats >= _REPEATS

    def end(self) -> Judged:
        """The outcome, once the model has ended."""
        if self.anything:
            return Judged(tuple(self.kept), (), tuple(self.cards), bool(self.kept))
        words = sum(map(word_count, self.kept))
        good = words >= min(_LEAST, word_count(self.draft)) and words >= _SHARE * self.said
        good = good and not self.looping
        return Judged(tuple(self.kept), tuple(self.faults), tuple(self.cards), good)

    @staticmethod
    def cut(text: str) -> Iterable[str]:
        """The sentences of a whole reply."""
        pieces = Pieces()
        return [*pieces.add(text), *pieces.end()]


@dataclass
class Pieces:
    """Cuts a stream into sentences.

    A mark such as "[six/roadmap]" goes with the sentence before it, and a quotation is not cut.
    """

    _held: str = ""

    def add(self, text: str) -> list[str]:
        """The sentences that are complete now: those behind which another has begun."""
        self._held += text
        ready: list[str] = []
        begin = 0
        for start, _ in sentence_spans(_MARK.sub(_blank, self._held))[1:]:
            piece = self._held[begin:start]
            if _closed(piece):
                ready.append(piece)
                begin = start
        self._held = self._held[begin:]
        return [one for one in ready if one.strip()]

    def end(self) -> list[str]:
        """What is left when the stream ends."""
        left, self._held = self._held, ""
        return [left] if left.strip() else []


def pieces_of(text: str) -> list[str]:
    """A text that is there already, in the pieces in which it is shown."""
    return _SHOWN.findall(text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _closed(piece: str) -> bool:
    """Whether no quotation is open at the end of ``piece``; a very long one is given up."""
    balanced = piece.count('"') % 2 == 0 and piece.count("“") <= piece.count("”")
    return balanced or len(piece) > _LONGEST_QUOTE
