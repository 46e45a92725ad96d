"""The shape of a sentence: its small words in order, with the others reduced to their endings.

What a turn does shows in "so you X Xing to X" more than in whether it is about smoking or a thesis.
TF-IDF weights over runs of one to three such words, unit length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coach.rehearsal.reading.lexicon import lexicon
from coach.rehearsal.reading.segments import Sentence

Array = NDArray[np.float32]
Row = tuple[NDArray[np.intp], Array]

_LEAST_USES = 3
_SHORT = 3
"""Words of so few letters are kept as they are."""
_ENDINGS = ("ing", "ed", "ly", "s")


class Grams:
    """Fitted on ``sentences``: which runs of words there are, and how rare each is."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        uses = Counter(gram for one in sentences for gram in _grams(one))
        kept = sorted(gram for gram, count in uses.items() if count >= _LEAST_USES)
        self._places = {gram: place for place, gram in enumerate(kept)}
        self._rarity = np.array([np.log(len(sentences) / uses[gram]) for gram in kept], np.float32)

    def __len__(self) -> int:
        return len(self._places)

    def row(self, sentence: Sentence) -> Row:
        """The places of the runs in ``sentence``, and their weights."""
        found = sorted(self._places[g] for g in _grams(sentence) if g in self._places)
        places = np.array(found, np.intp)
        weights = self._rarity[places]
        length = float(np.linalg.norm(weights))
        return places, weights / length if length else weights


def _grams(sentence: Sentence) -> set[str]:
    words = ["<", *(_reduced(word) for word in sentence.words), ">"]
    return {
        " ".join(words[start : start + length])
        for length in (1, 2, 3)
        for start in range(len(words) - length + 1)
    }


def _reduced(word: str) -> str:
    if word in lexicon().common or word in lexicon().kept or len(word) <= _SHORT:
        return word
    if word.isdigit():
        return "~0"
    return next((f"~{ending}" for ending in _ENDINGS if word.endswith(ending)), "~")
