"""How alike texts are: by meaning where there is a model, else by their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from coach.lexical import stems
from coach.paths import content_root
from coach.text import words

Similarity = Callable[[list[str], list[str]], NDArray[np.float32]]
"""The cosine of each of some texts with each of others: shape (len(first), len(second))."""

_RUN = 4
_OWN = 8
"""Words in a row that two texts seldom share by chance; and words of which a text can be copied."""
_BY_WORDS = re.compile(r"[a-z]{2,}")


def by_words(texts: list[str], others: list[str]) -> NDArray[np.float32]:
    """The cosine of the sets of stems: what stands in while there is no model."""
    left, right = [set(stems(t)) for t in texts], [set(stems(t)) for t in others]
    found = np.zeros((len(left), len(right)), np.float32)
    for row, one in enumerate(left):
        for column, other in enumerate(right):
            if one and other:
                found[row, column] = len(one & other) / (len(one) * len(other)) ** 0.5
    return found


def plain(text: str) -> str:
    """``text`` as its words alone, to compare."""
    return " ".join(words(text))


def same(text: str, sources: Iterable[str]) -> bool:
    """Whether ``text`` is one of ``sources``, word for word, and long enough to be copied."""
    return len(words(text)) >= _OWN and plain(text) in {plain(one) for one in sources}


def copied(text: str, sources: Iterable[str]) -> bool:
    """Whether most runs of words in ``text`` are in one or another of ``sources``.

    A handful of words is nobody's: "What would help you now?" is copied from no one.
    """
    found = words(text)
    if len(found) < _OWN:
        return False
    told = [f" {plain(source)} " for source in sources]
    runs = [f" {' '.join(found[n : n + _RUN])} " for n in range(len(found) - _RUN + 1)]
    taken = sum(any(run in one for one in told) for run in runs)
    return taken >= 0.8 * len(runs)


@cache
def _vocabulary() -> frozenset[str]:
    """The words that the program's own texts use: common English, and the talk of mentoring."""
    folder = content_root()
    texts = [
        path.read_text(encoding="utf-8").lower()
        for pattern in ("knowledge/*.toml", "knowledge/*/*.toml", "knowledge/cards/*/*.md")
        for path in folder.glob(pattern)
    ]
    return frozenset(word for text in texts for word in _BY_WORDS.findall(text))


_MASH = re.compile(r"(.)\1{3,}|[bcdfghjklmnpqrstvwxz]{6,}")
_SMALL = frozenset(["i", "a", "ok", "hm", "hmm", "mm", "um", "oh", "ah", "no", "yes", "hi", "bye"])


def nonsense(text: str) -> bool:
    """Whether ``text`` is no English sentence: no words, keys hit at random, words not known."""
    found = words(text)
    if not any(len(word) > 1 or word in _SMALL for word in found):
        return True
    # A name or a rare word is unknown too: they are few among common ones.
    known = [w for w in found if w in _SMALL or set(_BY_WORDS.findall(w)) & _vocabulary()]
    mashed = sum(bool(_MASH.search(word)) for word in found)
    return mashed * 2 > len(found) or len(known) < 0.4 * len(found)
