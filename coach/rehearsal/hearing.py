"""What the counterpart, and the coach beside, hear in one message of the user's."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import nlargest

import numpy as np

from coach.rehearsal.likeness import Similarity, by_words, copied, nonsense, plain, same
from coach.rehearsal.loading import common
from coach.rehearsal.reading import KIND_OF, Reader, Reading, Subtype, Utterance
from coach.rehearsal.scenario import Cue, Scenario
from coach.text import sentences, words

_LIKE = 0.44
"""Cosine from which a sentence says what an example says (all-MiniLM-L6-v2; set on the paths)."""
_CLEAR, _MARGIN = 0.36, 0.06
"""A lower cosine does for a scenario's own cue where no other comes within the margin."""
_NEAR, _AT_LEAST = 0.12, 0.48
"""How much less clear a second cue of the same sentence may be, and how clear it must be."""
_EXPECTED = 0.05
"""Added to the cosine of what the moment asks for."""
_GRAVE, _AT_THEM = 0.5, 0.42
"""Cosines from which a sentence counts as blame and the like, whatever the scenario; the lower one
where it begins with the other person."""
_LEANS = 0.36
"""Cosine from which a sentence nearest to something feared is of no use, though not that itself."""
_FORM = 0.1
"""Taken off where one is a question and the other is not."""
_SUBJECT = 0.05
"""Taken off where one is about the speaker and the other about the one spoken to."""
_NEAREST, _NEXT = 0.65, 0.35
"""What the nearest example of a cue counts, and the next: one alone may be near by chance."""
_YOU = frozenset({"you", "your", "you're", "you've", "you'd", "yours"})
_TIED, _SECOND = 0.03, 0.1
_READ = 0.34
"""Share of belief from which a sentence counts as what it is read as."""
_BESIDE, _ABOUT = 0.3, 0.44
"""Cosines with the matter of the talk: at the first a message is beside it, at the second about it.

Of the messages in the authored paths that earn two points or more, four in eighty-four are below
the second, of named feelings that belong elsewhere nine in ten.
"""
_LONG = 110
_GREETED = 1
"""Messages after which nothing is a greeting any more: "see you then" is near to one."""
_LECTURE = 40
_WORD_OF = re.compile(
    r"\b(?P<how>how (?:are|is|was|did|do|come|would|could|can|have|has)|how)\b"
    r"|\b(?P<what>what|which)\b|\b(?P<when>when|how (?:long|soon|often))\b"
    r"|\b(?P<why>why|how come|what makes|what made)\b|\b(?P<who>who|whom)\b|\b(?P<where>where)\b"
)
_PROPOSAL = re.compile(
    r"\W*(?:(?:and|so|or|then|well|maybe|perhaps|but),? )*"
    r"(?:what (?:about|if)|how about|why not|why don't we"
    r"|shall we|should we|(?:could|can|may|might) (?:we|i)|(?:could|can|would|will) you"
    r"|would it (?:help|be)|let's)\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\W*(?:(?:and|so|but|well|yes|no|oh|okay|then|maybe|perhaps|honestly|if|when|what|that)\W+)*"
    r"(?:(?P<speaker>i|my|we)|(?P<other>you|your))\b",
    re.I,
)
_TELL = re.compile(r"\W*(?:(?:so|and|please),? )*(?:tell|say|describe|help me|walk me)\b", re.I)
_ORDER = ("why", "when", "who", "where", "what", "how")
_MUST = re.compile(
    r"\b(?:you (?:should|must|need to|have to|ought to|can't just)|you'd better)\b", re.I
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of the message: as what it is read, and how like each cue it is (cosines)."""

    text: str
    reading: Reading
    likes: Mapping[str, float]
    own: bool = True
    helps: bool = True
    """Whether what it says is of any use: not when it dodges, or does what is feared."""

    @property
    def asks(self) -> bool:
        """Whether it is a question: by its mark, or as "tell me more" is one."""
        told = self.text.rstrip()
        return told.endswith("?") or (
            self.reading.kind == "question"
            and (not told.endswith((".", "!")) or bool(_TELL.match(told)))
        )

    def is_read(self, subtype: Subtype) -> float:
        """The share of belief that it is ``subtype``."""
        if KIND_OF[subtype] == "question" and not self.asks:
            return 0.0
        return self.reading.scores.get(subtype, float(self.reading.subtype == subtype))

    def says(self, cue: str) -> float:
        """How like ``cue`` it is, as a cosine; less where it says another and not this one."""
        like = self.likes.get(cue, 0.0)
        said = cue in self.cues or like >= max(self.likes.values()) - _TIED
        return like if said else like - _SECOND

    @property
    def cues(self) -> tuple[str, ...]:
        """The cues it says, the clearest first: one, or two that are about as clear."""
        ranked = sorted(self.likes, key=self.likes.__getitem__, reverse=True)
        ranked = [name for name in ranked if self._holds(name)][:2]
        if not ranked:
            return ()
        first = self.likes[ranked[0]]
        second = self.likes[ranked[1]] if len(ranked) > 1 else 0.0
        if first < _LIKE:
            lone = first >= _CLEAR and first - second >= _MARGIN and ranked[0] not in common().cues
            return (ranked[0],) if lone else ()
        return tuple(ranked) if second >= max(_AT_LEAST, first - _NEAR) else (ranked[0],)

    def _holds(self, name: str) -> bool:
        """Whether ``name`` can be what it says: blame and the like must be clear."""
        shared = common().cues.get(name)
        if shared is None or not shared.setback:
            return True
        if self.reading.subtype == "apology" and not _YOU & {*words(self.text)}:
            return False  # "that was my fault" has the words of blame
        at_them = _subject(self.text) < 0 and self.lead(name) >= _MARGIN
        return self.likes[name] >= (_AT_THEM if at_them else _GRAVE)

    def lead(self, name: str) -> float:
        """How much more like ``name`` it is than like any other cue."""
        others = (like for other, like in self.likes.items() if other != name)
        return self.likes[name] - max(others, default=0.0)

    @property
    def cue(self) -> str:
        """The clearest cue it says, or ""."""
        return self.cues[0] if self.cues else ""

    @property
    def proposes(self) -> bool:
        """Whether it is a proposal in the form of a question: "What if we met at lunch?"."""
        return bool(_PROPOSAL.match(self.text))


@dataclass(frozen=True)
class Heard:
    """One message: its sentences, and ``moves``: names of things done in it, as the data has them.

    ``problem`` is why nothing in it counts: "empty", "nonsense", "repeat" or "copied"; else "".
    ``relevance`` (0 to 1) is how much it has to do with the talk at all.
    """

    text: str
    sentences: tuple[Sentence, ...] = ()
    moves: frozenset[str] = frozenset()
    problem: str = ""
    relevance: float = 1.0

    @cached_property
    def cues(self) -> dict[str, float]:
        """The cues it says, the clearest first."""
        found: dict[str, float] = {}
        for one in self.sentences:
            said = one.cues if one.helps else one.cues[:1]
            for cue in said if one.own else ():
                found[cue] = max(found.get(cue, 0.0), one.likes[cue])
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))

    @property
    def names(self) -> frozenset[str]:
        """Cues and moves together: what beats and lines are chosen by."""
        return self.moves | frozenset(self.cues)


@dataclass(frozen=True)
class Ear:
    """Hears messages: with a reader of utterances and a measure of likeness."""

    reader: Reader
    likeness: Similarity
    _known: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)

    def hear(
        self,
        scenario: Scenario,
        text: str,
        mine: Sequence[str],
        theirs: Sequence[str],
        expected: Collection[str] = (),
        models: Sequence[str] = (),
    ) -> Heard:
        """``text`` as a reply to the last of ``theirs``; ``mine`` is what the user said before.

        ``expected`` are the cues that the moment asks for: they are heard a little sooner.
        ``models`` are exemplary lines: who says one of them says nothing of their own.
        """
        if not words(text) or nonsense(text):
            problem = "nonsense" if text.strip() else "empty"
            return Heard(text, moves=frozenset({"nonsense"}), problem=problem)
        parts = [one for one in sentences(text) if words(one)]
        readings = self.reader.read([Utterance(one, theirs[-1]) for one in parts])
        skipped = {"greeting"} if len(mine) > _GREETED else set()
        earlier = {plain(one) for said in mine for one in sentences(said)}
        written = [*scenario.texts, *theirs]
        lines = [one for line in models for one in [line, *sentences(line)]]

        def taken(said: str) -> bool:
            return copied(said, written) or same(said, lines)

        def own(said: str) -> bool:
            return not taken(said) and not (len(words(said)) > 3 and plain(said) in earlier)

        found = [
            self._sentence(scenario, *one, own=own(one[0]))
            for one in zip(
                parts, readings, self._likes(scenario, parts, expected, skipped), strict=True
            )
        ]
        problem = ""
        if len(words(text)) > 2 and plain(text) in {plain(said) for said in mine}:
            problem = "repeat"
        elif taken(text) or not any(one.own for one in found) or plain(text) == plain(theirs[-1]):
            problem = "copied"
        moves = _moves(text, found)
        moves = moves | {"repeat"} if problem else moves
        relevance = self._relevance(scenario, parts, theirs[-1])
        return Heard(text, tuple(found), moves, problem, relevance)

    def _relevance(self, scenario: Scenario, parts: Sequence[str], said: str) -> float:
        """How much of the talk is in a message: like a cue of the scenario, or what was said.

        Without a measure of meaning nothing can be told, and everything counts.
        """
        if self.likeness is by_words:
            return 1.0
        own = [text for cue in scenario.cues.values() for text in cue.hears]
        about = [*own, said, scenario.aim, scenario.setting]
        nearest = float(self.likeness(list(parts), about).max())
        return min(1.0, max(0.0, (nearest - _BESIDE) / (_ABOUT - _BESIDE)))

    def _sentence(
        self,
        scenario: Scenario,
        text: str,
        reading: Reading,
        likes: Mapping[str, float],
        *,
        own: bool,
    ) -> Sentence:
        made = Sentence(text, reading, likes, own)
        cues = {**common().cues, **scenario.cues}
        nearest = max(likes, key=likes.__getitem__)
        if cues[nearest].setback and likes[nearest] >= _LEANS and made.lead(nearest) >= _TIED:
            return replace(made, helps=False)
        return replace(made, helps=not made.cue or cues[made.cue].helps)

    def _likes(
        self,
        scenario: Scenario,
        parts: Sequence[str],
        expected: Collection[str],
        skipped: Collection[str],
    ) -> list[dict[str, float]]:
        cues = {**common().cues, **scenario.cues}
        owners, examples = self._examples(scenario.id, cues)
        asked = np.array([example.endswith("?") for example in examples])
        subjects = np.array([_subject(example) for example in examples])
        cosines = self.likeness(list(parts), examples)
        made = []
        for part, row in zip(parts, cosines, strict=True):
            asks = part.rstrip().endswith("?")
            form = 0.0 if _PROPOSAL.match(part) else _FORM
            turned = subjects * _subject(part) < 0
            near: dict[str, list[float]] = {}
            for owner, value in zip(
                owners, row - form * (asked != asks) - _SUBJECT * turned, strict=True
            ):
                near.setdefault(owner, []).append(float(value))
            best = {
                owner: _nearness(values) + _EXPECTED * (owner in expected)
                for owner, values in near.items()
                if owner not in skipped
            }
            made.append(best)
        return made

    def _examples(self, key: str, cues: Mapping[str, Cue]) -> tuple[list[str], list[str]]:
        if key not in self._known:
            told = [(name, text) for name, cue in cues.items() for text in cue.hears]
            self._known[key] = ([name for name, _ in told], [text for _, text in told])
        return self._known[key]


def _moves(text: str, found: Sequence[Sentence]) -> frozenset[str]:
    """What is done in a message, from how its sentences are read."""
    moves: set[str] = set()
    for one in found:
        if not one.own:
            continue
        if one.helps:
            moves.add(one.reading.subtype)
            moves.update(name for name in one.reading.scores if one.is_read(name) >= _READ)
        if one.asks:
            asked = "request" if one.proposes else f"ask-{asked_with(one.text)}"
            moves.update({"question", asked})
    told = [one for one in found if one.is_read("advice_unasked") >= _READ]
    if (
        len(told) >= 3
        or (told and len(_MUST.findall(text)) >= 2)
        or (told and sum(len(words(one.text)) for one in told) >= _LECTURE)
    ):
        moves.add("lecture")
    if sum(one.asks for one in found) >= 2:
        moves.add("double")
    if len(words(text)) > _LONG:
        moves.add("long")
    if len(words(text)) <= 2 and not any(one.asks for one in found):
        moves.add("short")
    moves.discard("other")
    return frozenset(moves)


def _nearness(values: Sequence[float]) -> float:
    first, second = nlargest(2, [*values, min(values)])
    return _NEAREST * first + _NEXT * second


def _subject(text: str) -> int:
    """1 for a sentence that begins with the speaker, -1 for one with the other, 0 for neither."""
    found = _BEGINS.match(text)
    return 0 if found is None else 1 if found["speaker"] else -1


def asked_with(question: str) -> str:
    """The word that ``question`` asks with, as "why" or "how"; "yes" if with none."""
    found = {m.lastgroup or "" for m in _WORD_OF.finditer(question.lower())}
    if re.search(r"\bhow (?:long|soon|often)\b", question.lower()):
        return "when"
    if re.search(r"\b(?:how come|what(?:'s| is)? (?:makes|made|behind))\b", question.lower()):
        return "why"
    return next((word for word in _ORDER if word in found), "yes")
