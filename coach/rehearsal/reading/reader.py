"""Reads turns of talk: each sentence by likeness to authored ones, then the turn as a whole.

How sentences make a turn (the manual codes each, or leaves the main one to the coder's ear): each
counts by the root of its length, so that a long one does not drown a short question; the last one
counts half as much again, since it is what the other answers to, and double if it asks. Listening
noises ("okay", "right") hardly count, nor does a question that only checks back ("does that make
sense?") after something else. The kind with the largest share is what the turn mainly does.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from coach.rehearsal.reading.examples import SUBTYPES, Example, examples
from coach.rehearsal.reading.model import Embed, Said, SentenceModel, Solved
from coach.rehearsal.reading.port import KIND_OF, Kind, Reading, Subtype, Utterance
from coach.rehearsal.reading.segments import Sentence, sentences

Array = NDArray[np.float32]

KINDS: tuple[Kind, ...] = get_args(Kind)
_LAST, _LAST_ASKED = 1.5, 2.0
_SLIGHT = 0.15
_ASKS = 0.5
"""Above this belief a sentence asks, though no question mark ends it."""
_MOST_SENTENCES = 40
"""Of a longer turn the end is read."""
_DIGITS = 3
_KIND_AT = np.array([KINDS.index(KIND_OF[one]) for one in SUBTYPES])
_QUESTION = KINDS.index("question")
_REQUEST = SUBTYPES.index("request")
_OTHER = SUBTYPES.index("other")
_ASKED, _UNASKED = SUBTYPES.index("advice_asked"), SUBTYPES.index("advice_unasked")
_CHECKS = re.compile(
    r"(?:is|does|do|did|am|have|are|you) (?:that|it|this|i|you) (?:about right|right|correct|fair"
    r"|okay|ok|(?:all )?make sense|sound (?:right|okay|about right)|get (?:that|it)(?: right)?"
    r"|(?:miss|missing) (?:anything|something)|following me|with me|got that right|know|see)"
    r"|(?:all )?right|okay|ok|alright|yeah|you know(?: what i mean)?|correct|fair enough|understand"
)
_LEAVE = re.compile(
    r"\bif (?:you (?:don't mind|like|want)|(?:that's|it's) (?:okay|ok|all right|alright))"
    r"|\b(?:may|can|could) i (?:share|suggest|tell|offer|give)|\bwith your permission"
)
_ASKING = re.compile(
    r"^(?:(?:so|and|but|please|then) )?(?:(?:could|can|would|will|may) (?:you|i|we)|(?:would|is) it"
    r"(?: be)? (?:okay|ok|all right|alright|useful|helpful|possible))\b"
)


class UtteranceReader:
    """The reader that the program uses; see :class:`coach.rehearsal.reading.port.Reader`.

    ``embed`` is for what is read, ``embed_examples`` for the authored examples, ``digest`` names
    the embedding model; without them words alone decide. ``kept`` keeps what was learnt. Learning
    happens at the first reading.
    """

    def __init__(
        self,
        embed: Embed | None = None,
        embed_examples: Embed | None = None,
        digest: str = "",
        kept: Solved = lambda _key, make: make(),
        learn_from: Sequence[Example] | None = None,
    ) -> None:
        self._embed, self._embed_examples = embed, embed_examples or embed
        self._digest, self._kept, self._learn_from = digest, kept, learn_from
        self._model: SentenceModel | None = None
        self._learning = threading.Lock()

    def prepare(self) -> None:
        """Learn now, rather than at the first reading."""
        with self._learning:
            if self._model is None:
                known = examples() if self._learn_from is None else self._learn_from
                self._model = SentenceModel(
                    known, self._embed, self._embed_examples, self._digest, self._kept
                )

    def read(self, turns: Sequence[Utterance]) -> list[Reading]:
        """One reading a turn, in the order given; the same turn is read once."""
        self.prepare()
        assert self._model is not None
        cut = {turn: sentences(turn.text)[-_MOST_SENTENCES:] for turn in turns}
        heard = {before: tuple(sentences(before)) for before in {turn.before for turn in turns}}
        said: dict[Said, int] = {}
        for turn, own in cut.items():
            for one in own:
                if one.asks or not one.is_noise:
                    said.setdefault((one, heard[turn.before]), len(said))
        shares = self._model.shares(list(said))
        noise = np.zeros(len(SUBTYPES), np.float32)
        noise[_OTHER] = 1.0
        found = {}
        for turn, own in cut.items():
            places = [said.get((one, heard[turn.before])) for one in own]
            rows = [noise if place is None else shares[place] for place in places]
            found[turn] = _whole(own, np.array(rows or [noise]))
        return [found[turn] for turn in turns]


def _whole(own: Sequence[Sentence], rows: Array) -> Reading:
    """The reading of a turn from its sentences and their shares."""
    kinds = np.zeros((len(rows), len(KINDS)))
    for place, kind in enumerate(_KIND_AT):
        kinds[:, kind] += rows[:, place]
    puts = np.array([one.asks or bool(_ASKING.match(one.text)) for one in own] or [False])
    kinds[puts, _QUESTION] += rows[puts, _REQUEST]
    kinds[puts, KINDS.index("other")] -= rows[puts, _REQUEST]
    counts = _counts(own, kinds[:, _QUESTION] > _ASKS) if own else np.ones(1)
    shares = counts @ rows
    by_kind = counts @ kinds
    best = int(by_kind.argmax())
    fitting = best == _KIND_AT
    if best == _QUESTION and puts.any():
        fitting = fitting | (np.arange(len(SUBTYPES)) == _REQUEST)
    at = int(np.where(fitting, shares, -1.0).argmax())
    if at == _UNASKED and any(_LEAVE.search(one.text) for one in own):
        at = _ASKED
    scores: dict[Subtype, float] = {
        name: round(float(share), _DIGITS) for name, share in zip(SUBTYPES, shares, strict=True)
    }
    return Reading(KINDS[best], SUBTYPES[at], round(float(by_kind[best]), _DIGITS), scores)


def _counts(own: Sequence[Sentence], asking: NDArray[np.bool_]) -> NDArray[np.float64]:
    """What each sentence counts in its turn; they sum to 1. ``asking`` tells which ones ask, with
    a question mark or without."""
    counts = np.array([float(np.sqrt(len(one.words))) for one in own])
    said = [n for n, one in enumerate(own) if not _slight(one, alone=len(own) == 1)]
    slight = [n for n in range(len(own)) if n not in said]
    if said:
        counts[slight] = _SLIGHT
        counts[said[-1]] *= _LAST_ASKED if own[said[-1]].asks or asking[said[-1]] else _LAST
    return np.asarray(counts / counts.sum(), np.float64)


def _slight(one: Sentence, *, alone: bool) -> bool:
    if alone:
        return False
    return (one.is_noise and not one.asks) or (one.asks and bool(_CHECKS.fullmatch(one.text)))
