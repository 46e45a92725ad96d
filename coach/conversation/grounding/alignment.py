"""How much of a clause its nearest sources bear out, word by word, and which way round."""

from __future__ import annotations

import re
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
_LIKE = 0.5
"""The cosine with a source from which a loose remark may have a word of its own."""
_SAME = 0.66
_LEAST = 3
_SUPPOSES = re.compile(r"\b(?:(?-i:may)|might|could|would|can|perhaps|sounds?|seems?)\b", re.I)
_PARTICULAR = re.compile(
    r"\W*(?:perhaps\W+)?(?:the|she|he|they|you|we|i|her|his|their|your|our|my|there|[A-Z]\w+'s)\b",
    re.I,
)
"""How a sentence begins that speaks of somebody, or of some one thing."""
_OF_THE_TALK = re.compile(
    r"\W*(?:(?:and|but|so|or|perhaps|maybe|sometimes|probably|even so)\W+)*"
    r"(?:it|that|this|these|those|there|no|not|nothing|who|whoever|whatever|each|any|if|one)\b|"
    r"\W*the \w+(?: \w+)? (?:is|way|could|may|might|would)\b|\W*…",
    re.IGNORECASE,
)
"""How a remark begins that speaks of the matter itself, or of words to say: it tells of nobody."""
_POSSESSED = re.compile(
    r"\b(?:your|her|his|their|my|our|(?!(?:it|that|this|there|who|what)')\w+'s) ([\w'-]+)",
    re.IGNORECASE,
)
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
    """Whether ``clause`` denies what the source most like it in words affirms, or affirms it."""
    told = frozenset(telling(clause).values())
    if len(told) < 2:
        return False
    parts = {part for s in sources for part in (*clauses(s.text), *sentences(s.text))}
    known = {part: frozenset(telling(part).values()) for part in parts}
    shares = {p: len(told & k) / len(told | k) for p, k in known.items()
              if len(told & k) >= max(2, _SAME * len(told))}  # fmt: skip
    most = max(shares.values(), default=0)
    close = [part for part, share in shares.items() if share == most]
    return bool(close) and all(contradict(clause, part) for part in close)


def other_role(clause: str, sources: Sequence[Source]) -> bool:
    """Whether ``clause`` says of a mentor what the sources say of a mentee, or the reverse."""
    told, roles = set(telling(clause).values()), _ROLES & set(words(clause))
    if len(told) < 2 or len(roles) != 1:
        return False
    least = max(2, _SAME * len(told))
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
    rough = any(set(stems(word)) & rules().charged for word in left)
    if (
        not left
        or _remarks(clause, left, bids=bids, rough=rough)
        or (not rough and _tolerated(left, found, clause, near, sources))
    ):
        return ""
    return f"{'advice' if bids else 'not said'}: {', '.join(left)}"


def _remarks(clause: str, left: Collection[str], *, bids: bool, rough: bool) -> bool:
    """Whether ``clause`` only comments, and what is ``left`` tells neither a deed nor a thing had.

    It needs no source: nothing in it can be remembered wrongly.
    """
    if bids or rough or not _OF_THE_TALK.match(clause):
        return False
    owned = {word.lower() for word in _POSSESSED.findall(clause)}
    return not any(word in owned or _past(word) for word in left)


def _past(word: str) -> bool:
    verb = lexicon().forms.get(word)
    return verb is not None and word != verb.base and word in {verb.past, verb.participle}


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
    count, bids, first = len(found.told), is_advice(clause), next(iter(found.told))
    if count > _SHORT and len(left) <= (1 - _BORNE) * count:
        return True
    if len(left) > 1:
        return False
    if not bids and count > 1 and left[0] != first and not _does(left[0]):
        return True  # what a statement claims is its subject and its verb
    if near is None:
        return False
    cosine = float(near([clause], [source.text for source in sources]).max())
    loose = not bids and not _PARTICULAR.match(clause) and not _DENIALS & {*left}
    if loose and (count == 1 or _SUPPOSES.search(clause)):
        return cosine >= _LIKE  # it thinks aloud, of nobody and nothing in particular
    if count == 1:
        return False
    # What advice is done with makes it another piece of advice; its verb may be another.
    strange = base(left[0]) not in rules().neutral_verbs if bids else count <= _LEAST
    strange = strange and (bids or left[0] == first)
    return cosine >= (_VERY_SURE if strange else _SURE)
