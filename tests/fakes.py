"""Fakes behind our own ports, one for each."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from coach.rehearsal.reading import KIND_OF, Reading, Subtype, Utterance
from coach.text import words


class FakeEmbedder:
    """A bag of hashed words: texts that share words are near. Deterministic, no model."""

    digest = "fake-bag-of-words"
    dimension = 384

    def embed(self, texts: Sequence[str], *, threads: int | None = None) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[0] = 0.1
            for word in words(text):
                row[int(hashlib.md5(word.encode()).hexdigest(), 16) % self.dimension] += 1.0
            row[:] = row / np.linalg.norm(row)
        return rows

    def embed_with_early(self, text: str) -> tuple[NDArray[np.float32], None]:
        return self.embed([text])[0], None

    def embed_together(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.embed(texts)


def load_fake(_: Callable[[str], None]) -> FakeEmbedder:
    return FakeEmbedder()


class FakeReader:
    """Reads utterances by a few plain words; enough to drive a rehearsal without a model."""

    _SIGNS: tuple[tuple[str, str], ...] = (
        ("apology", r"\b(?:sorry|apologi[sz]e)\b"),
        ("thanks", r"\bthank(?:s| you)\b"),
        ("open_question", r"^(?:and |so |but )?(?:what|how|tell me|why)\b"),
        ("closed_question", r"\?$"),
        ("advice_unasked", r"\byou (?:should|must|need to|have to|ought to)\b|^(?:just|try to)\b"),
        ("complex_reflection", r"^(?:so you|it sounds|that (?:must|sounds)|you feel)\b"),
        ("simple_reflection", r"^so (?:it|there|they|that)\b"),
        ("affirmation", r"\b(?:well done|took courage|impressed|proud of you)\b"),
        ("boundary", r"\bi (?:won't|will not|don't|can't)\b.*\b(?:share|tell|talk|answer|pass)\b"),
        ("commitment", r"\b(?:i'll|i will)\b"),
        ("expectation", r"\bi (?:hope|expect)\b"),
        ("request", r"\b(?:could|would|can) (?:you|we)\b|\bi'd like\b"),
        ("self_disclosure", r"\b(?:i was|i once|when i|i felt|i feel)\b"),
    )

    def read(self, turns: Sequence[Utterance]) -> list[Reading]:
        return [self._one(turn.text.strip().lower().replace("’", "'")) for turn in turns]

    def _one(self, text: str) -> Reading:
        for name, sign in self._SIGNS:
            if re.search(sign, text):
                subtype = cast("Subtype", name)
                return Reading(KIND_OF[subtype], subtype, 0.9, {subtype: 0.9, "other": 0.1})
        return Reading("other", "other", 0.9, {"other": 0.9})
