"""How much of a clause its nearest sources bear out, word by word, and which way round."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from coach.conversation.grounding.claims import Near, clauses, contradict, is_advice, same_word
from coach.conversation.grounding.grounds import Grounds, Source
from coach.conversation.grounding.rules import rules
from coach.conversation.grounding.sentences import base, telling
from coach.lexical import stems
from coach.memory.noticing.lexicon import lexicon
from coach.text import sentences, words

_SHORT = 4
"""So few telling words must all be borne out by one source; more of them by two."""
_BORNE = 0.7
"""The share of a longer clause's words that has to be borne out."""
_SURE, _VERY_SURE = 0.6, 0.75
"""Cosines with a source from which one word may be another, or the first one may."""
_FLIPPED = 0.66
_LEAST = 3
_ROLES = frozenset({"mentor", "mentee"})
_DENIALS = frozenset({"never", "cannot", "nobody", "without", "none"})


@dataclass(frozen=True)
class Alignment:
    """The telling words of a clause, and the cosines of each with those of all sources."""

    told: dict[str, str]
    grounds: Grounds
    table: Any

    def missing(self, sources: Sequence[Source], also: Collection[str] = ()) -> list[str]:
        """The words that no word of ``sources`` stands for; ``also`` are stems that are known."""
        known = {stem for source in sources for stem in source.told} | set(also)
        fresh = [word for word, stem in self.told.items() if stem not in known]
        if not fresh or self.table is None:
            return fresh
        wanted = {word for source in sources for word in telling(source.text)}
        columns = [n for n, word in enumerate(self.grounds.vocabulary) if word in wanted]
        if not columns:
            return fresh
        vocabulary = [self.grounds.vocabulary[n] for n in columns]
        places = {word: n for n, word in enumerate(self.told)}
        return [w for w in fresh if not same_word(w, self.table[places[w]][columns], vocabulary)]

    def left(self, sources: Sequence[Source], also: Collection[str], most: int) -> list[str]:
        """The words that even the ``most`` sources that bear out the most of them do not."""
        stems_told = set(self.told.values())
        shared = [source for source in sources if source.told & stems_told]
        chosen: list[Source] = []
        missing = self.missing([], also)
        while missing and shared and len(chosen) < most:
            best = min(shared, key=lambda source: _weight(self.missing([*chosen, source], also)))
            chosen.append(best)
            missing = self.missing(chosen, also)
        return missing


def _weight(missing: Collection[str]) -> int:
    """How much is missing; a word that claims something counts twice."""
    return sum(1 if set(stems(word)) & rules().mild else 2 for word in missing)


def align(text: str, grounds: Grounds, near: Near | None) -> Alignment:
    """The words of ``text`` beside those of the sources."""
    told = {w: s for w, s in telling(text).items() if s not in grounds.own_stems}
    ready = near is not None and told and grounds.vocabulary
    return Alignment(
        told, grounds, near([*told], [*grounds.vocabulary]) if ready and near else None
    )


def flipped(clause: str, sources: Sequence[Source]) -> bool:
    """Whether ``clause`` denies what the sources that have its words affirm, or affirms it."""
    told = set(telling(clause).values())
    if len(told) < 2:
        return False
    parts = {part for s in sources for part in (*clauses(s.text), *sentences(s.text))}
    least = max(2, _FLIPPED * len(told))
    close = [part for part in parts if len(told & set(telling(part).values())) >= least]
    return bool(close) and all(contradict(clause, part) for part in close)


def other_role(clause: str, sources: Sequence[Source]) -> bool:
    """Whether ``clause`` says of a mentor what the sources say of a mentee, or the reverse."""
    told, roles = set(telling(clause).values()), _ROLES & set(words(clause))
    if len(told) < 2 or len(roles) != 1:
        return False
    least = max(2, _FLIPPED * len(told))
    close = [s for s in sources if len(told & s.told) >= least and _ROLES & set(words(s.text))]
    return bool(close) and not any(roles & set(words(s.text)) for s in close)


def unborne(clause: str, grounds: Grounds, near: Near | None) -> str:
    """What in a general statement, or a piece of advice, no source bears out; "" for nothing."""
    if "?" in clause or len(words(clause)) < _LEAST:
        return ""
    if other_role(clause, grounds.sources):
        return "other role"
    found = align(clause, grounds, near)
    told, bids = found.told, is_advice(clause)
    if not told:
        return ""
    sources = [s for s in grounds.sources if s.kind != "passage"]
    first = next(iter(told))
    few = len(told) <= _SHORT
    left = [
        word
        for word in found.left(sources, grounds.titles, 1 if few else 2)
        if not set(stems(word)) & rules().mild
        and not (_asked(told[word], grounds) and (bids or word != first or len(told) < _LEAST))
    ]
    if not left or _tolerated(left, found, clause, near, sources):
        return ""
    return f"{'advice' if bids else 'not said'}: {', '.join(left)}"


def _does(word: str) -> bool:
    """Whether a word is a verb, or denies."""
    return base(word) in lexicon().forms or word.endswith(("ing", "ed")) or word in _DENIALS


def _asked(stem: str, grounds: Grounds) -> bool:
    """Whether the user's message has a word: it is what the reply is about."""
    return any(stem in s.told for s in grounds.sources if s.kind == "message")


def _tolerated(
    left: list[str], found: Alignment, clause: str, near: Near | None, sources: Sequence[Source]
) -> bool:
    """Whether what is not borne out is no more than another wording brings with it."""
    if any(set(stems(word)) & rules().charged for word in left):
        return False
    count = len(found.told)
    if count > _SHORT and len(left) <= (1 - _BORNE) * count:
        return True
    if len(left) > 1 or count == 1:
        return False
    if not is_advice(clause) and left[0] != next(iter(found.told)) and not _does(left[0]):
        return True  # what a statement claims is its subject and its verb
    if near is None:
        return False
    if is_advice(clause):
        # The verb may be another; what it is done with makes it another piece of advice.
        strange = base(left[0]) not in rules().neutral_verbs
    else:
        strange = left[0] == next(iter(found.told))
    cosine = float(near([clause], [source.text for source in sources]).max())
    return cosine >= (_VERY_SURE if strange else _SURE)
