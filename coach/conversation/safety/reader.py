"""Reads signs of trouble by rules and, once there is a model, by what was learnt from examples.

The rules know what is said outright, the examples what is said in other words: by likeness to each
of them, and by the model's last layers, tuned on all of them. Certain rules decide alone; the
others only add to the score, as each can take an idiom at its word. Without a model the rules
decide alone.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from coach.content import from_toml
from coach.conversation.example_reader import ExampleReader, Examples, Kept, fitted
from coach.conversation.intents import OUTSIDE, examples_file
from coach.conversation.intents import examples as intent_examples
from coach.conversation.safety.rules import Kind
from coach.conversation.safety.signs import Sign, read_certain, read_signs, whom
from coach.library.entries import out_of_scope_entries, out_of_scope_file
from coach.library.library import Library
from coach.models.fine_tuned import FineTuned
from coach.paths import content_root
from coach.text import words

HARMLESS = "harmless"
_ENOUGH = 0.60
"""What a message must score as a sign, of any kind. This and the other figures come from messages
marked by hand whose set was left out of what was learnt (tests/evals/safety)."""
_RIDGE = 0.2
_RULED = 0.20
"""What a rule that has seen a sign adds to the score."""
_TUNED = 0.10
"""What a unit of the tuned layers' log odds of a sign adds to the score."""
_SUREST = 5.0
"""Log odds beyond this count as this: no reader by meaning decides alone."""
_UNTUNED = 0.10
"""What stands for that with another model, which those layers do not fit."""
_LONG = 20
"""Words from which on the parts of a message are read too: a sign may be one clause of many."""
_PART = 0.05
"""What a part's kinds must score more than a whole message's: it lacks what stands around it."""
_PARTS = 6
"""So many parts are read by meaning, those whose words look most like a sign."""
_LEAST_WORDS = 4
_GRAVE = frozenset({"law-tax-visa", "medical-and-therapy"})
"""What the library has no answer to and the coach must not pass over, either."""
_SENTENCE = re.compile(r"(?<=[.!?…;:])\s+|\n+")
_CLAUSE = re.compile(r",?\s+(?:and|but|because|although|though)\s+|,\s+")

Scores = NDArray[np.float32]


def layers_file() -> Path:
    """Where the tuned layers are; ``python -m tests.evals.signs_fit`` makes them."""
    return content_root() / "knowledge" / "sign-layers.npz"


def examples_path() -> Path:
    """Where the examples that ship with the program are."""
    return content_root() / "knowledge" / "safety-examples.toml"


@cache
def safety_examples(path: Path) -> dict[str, tuple[str, ...]]:
    """The authored examples by kind, and under :data:`HARMLESS` what only sounds like a sign.

    Raises :class:`ContentError` for a broken file.
    """
    return from_toml(
        path,
        lambda raw: {name: tuple(raw[name]["examples"]) for name in (HARMLESS, *get_args(Kind))},
        "each kind of sign needs examples",
    )


class SafetyReader:
    """Reads signs; by rules at once, by meaning too once the library's model is ready."""

    def __init__(
        self,
        library: Library,
        kept: Kept = lambda _key, learn: learn(),
        path: Path | None = None,
    ) -> None:
        self._library = library
        self._kept = kept
        self._path = path or examples_path()
        self._reader: ExampleReader | None = None
        self._kinds = get_args(Kind)
        self._tuned: FineTuned | None = None

    def read(self, text: str) -> Sign | None:
        """The sign in ``text``, or None; the same for the same text and model."""
        self.prepare()
        if self._reader is None or not text.strip():
            return read_signs(text)
        outright = read_certain(text)
        if outright:
            return outright
        leaning, piece, scores = self._gravest(self._reader, text)
        leaning += self._by_tuned(text)
        # The rules take most of a second to compile: only where they can tip the balance.
        if leaning <= _ENOUGH - _RULED:
            return None
        ruled = read_signs(piece)
        if leaning <= _ENOUGH:
            return ruled
        kind = self._kinds[int(scores[1:].argmax())]
        return ruled if ruled and ruled.kind == kind else Sign(kind, whom(kind, piece))

    def prepare(self) -> None:
        """Learn from the examples if there is a model; :meth:`read` does it if need be."""
        if self._reader is not None or not self._library.ready:
            return
        files = (self._path, examples_file(), out_of_scope_file())
        recipe = self._library.recipe(Path(__file__), *files)
        self._tuned = FineTuned(layers_file())
        self._reader = fitted(recipe, self._examples, self._kept)

    def _examples(self) -> Examples:
        texts, labels = training(self._library, safety_examples(self._path))
        vectors = self._library.vectors_of_content(texts)
        return Examples(texts, labels, len(self._kinds) + 1, vectors, _RIDGE)

    def _by_tuned(self, text: str) -> float:
        """What the tuned layers add to the score of ``text``."""
        tuned = self._tuned
        states = self._library.early_states(text, tuned.digest) if tuned else None
        if tuned is None or states is None:
            return _UNTUNED
        harmless = float(np.clip(tuned.probabilities(states)[0], 1e-6, 1 - 1e-6))
        odds = float(np.log((1 - harmless) / harmless))
        return _TUNED * max(-_SUREST, min(_SUREST, odds))

    def _gravest(self, reader: ExampleReader, text: str) -> tuple[float, str, Scores]:
        """What of ``text`` is most like a sign: how much, the part or all of it, its scores."""
        likely = sorted(
            parts(text), key=lambda part: _leaning(reader.scores(part, None)), reverse=True
        )
        read = []
        for piece in (text, *likely[:_PARTS]):
            scores = reader.scores(piece, self._library.vector(piece))
            read.append((_leaning(scores) - (_PART if piece != text else 0.0), piece, scores))
        return max(read, key=lambda one: one[0])


def _leaning(scores: Scores) -> float:
    return float(scores[1:].sum())


def parts(text: str) -> list[str]:
    """The sentences of a long message, and the clauses of its long sentences."""
    if len(words(text)) < _LONG:
        return []
    found: dict[str, None] = {}
    for sentence in _SENTENCE.split(text):
        clauses = _CLAUSE.split(sentence) if len(words(sentence)) >= _LONG else ()
        found.update(dict.fromkeys(one.strip() for one in (sentence, *clauses)))
    return [one for one in found if len(words(one)) >= _LEAST_WORDS and one != text]


def training(library: Library, known: dict[str, tuple[str, ...]]) -> tuple[list[str], list[int]]:
    """The texts to learn from and their classes: 0 is harmless, then the kinds in their order.

    What mentors and mentees ask a coach every day counts as harmless too, and so does what is asked
    of it though it knows nothing of it, unless that is a question of law or health.
    """
    texts = [text for said in known.values() for text in said]
    labels = [place for place, said in enumerate(known.values()) for _ in said]
    authored = frozenset(texts)
    daily = [line for card in library.deck.cards.values() for line in card.situations]
    daily += [
        text for name, said in intent_examples().items() if name != OUTSIDE for text in said.texts
    ]
    daily += intent_examples()[OUTSIDE].texts
    daily += [one.text for one in out_of_scope_entries() if one.kind not in _GRAVE]
    # A few of these tell of trouble, too; those are examples of it.
    daily = [text for text in dict.fromkeys(daily) if text not in authored]
    return [*texts, *daily], [*labels, *(0 for _ in daily)]
