"""Turns of spoken talk cut into sentences, without what only fills a pause.

Everything is small letters here, so that a reading does not hang on capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from coach.rehearsal.reading.lexicon import lexicon

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "–": "-", "—": "-"})
_STAGE = re.compile(r"\[[^\]\n]{0,60}\]|\((?:laughs?|chuckles?|sighs?|inaudible|pause)\)")
_CUT_OFF = re.compile(r"\s*-{2,}\s*|\s+-\s+")
_ENDS = re.compile(r"(?<=[.?!])[\"')]*\s+|\n+")
_ABBREVIATED = re.compile(r"\b(dr|mr|mrs|ms|prof|st|vs|e\.g|i\.e|etc|a\.m|p\.m|no)\.(?=\s)")
_FILLER = re.compile(
    r"(?:,\s*)?(?<![\w-])(?:um+|uh+(?!-)|er+m?|you know(?=,)|i mean,|like,)(?=[\s,.?!-]|$)(?:\s*,)?"
)
_AGAIN = re.compile(r"\b((?:\w+'?\w* ){0,2}\w+'?\w*)(?:,|\.\.\.)? \1\b(?!')")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")

_TURNS_TO_ASK = re.compile(
    r"(?:,|,? (?:so|and|but|um|uh|then|now|well))+ "
    r"(?=(?:so |and |but )?(?:"
    r"(?:what|how|why|where|when|who|which)(?: \w+){0,2} (?:do|does|did|are|is|was|were|have|has"
    r"|can|could|will|would|should|might) (?:you|he|she|it|they|we|i|that|this|your)\b"
    r"|(?:what|how|who)(?:'s| is| was| about| makes?| made| brings?| brought| happen\w*)"
    r" (?:your?|that|it|this|going)\b"
    r"|(?:do|did|are|were|have|would|could|can|will) you\b"
    r"|(?:would|is) it (?:be )?(?:okay|ok|all right)"
    r"|(?:tell|talk to) me (?:(?:a )?(?:little|bit)|about|what|how|more)\b|say (?:a bit )?more\b))"
)
_LEAST_WORDS = 4
"""So much must be said before a sentence can turn to a question."""
_MOST_NOISES = 5
"""A longer string of such words says something."""


@dataclass(frozen=True)
class Sentence:
    """A sentence in small letters; ``asks`` tells whether a question mark ended it."""

    text: str
    asks: bool
    words: tuple[str, ...]

    @property
    def is_noise(self) -> bool:
        """Whether it only shows that someone listens: "mm-hmm", "oh, okay"."""
        noises = lexicon().noises
        return len(self.words) <= _MOST_NOISES and noises.issuperset(self.words)


def sentences(text: str) -> list[Sentence]:
    """The sentences of a turn; empty when it holds no word."""
    text = _STAGE.sub(" ", text.translate(_QUOTES).lower())
    text = _ABBREVIATED.sub(r"\1", _CUT_OFF.sub(", ", text))
    found = []
    for piece in _ENDS.split(text):
        sentence = _sentence(piece)
        if sentence is not None:
            found += _clauses(sentence)
    return found


def _clauses(sentence: Sentence) -> list[Sentence]:
    """A statement that runs on into a question, as speech is written down, as two sentences."""
    turns = [
        found
        for found in _TURNS_TO_ASK.finditer(sentence.text)
        if len(_WORD.findall(sentence.text[: found.start()])) >= _LEAST_WORDS
    ]
    if not turns:
        return [sentence]
    told, asked = sentence.text[: turns[-1].start()], sentence.text[turns[-1].end() :]
    parts = ((told, False), (asked, sentence.asks))
    return [Sentence(text, asks, tuple(_WORD.findall(text))) for text, asks in parts]


def _sentence(piece: str) -> Sentence | None:
    piece = _SPACE.sub(" ", piece).strip(" ,;:\"'()")
    asks = "?" in piece[-3:]
    piece = piece.rstrip(" .?!,;:-\"'")
    plain = _AGAIN.sub(r"\1", _SPACE.sub(" ", _FILLER.sub(" ", piece))).strip(" ,;:-")
    words = tuple(_WORD.findall(plain))
    if not words:
        plain, words = piece, tuple(_WORD.findall(piece))
    return Sentence(plain, asks, words) if words else None
