"""What a text says of earlier items: done, dropped, or replaced by something it says now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from coach.memory.items import Closing, Draft, Item, embedded_text
from coach.memory.noticing.closing_model import (
    CLOSES,
    CLOSES_BY_MEANING,
    CORRECTABLE,
    Features,
    Link,
    can_close,
    features,
    is_still_open,
    says_outright,
    score,
    verbs_of,
)
from coach.memory.noticing.closing_polarity import denies
from coach.memory.noticing.closing_results import (
    bare_deed,
    gives_outcome,
    gives_result,
    is_deadline,
    is_for_a_test,
    sends_off,
    tells_result,
)
from coach.memory.noticing.closing_signs import Says, is_request, takes_up
from coach.memory.noticing.likeness import ENOUGH, leaves_out, stems_of, told, weight_of
from coach.memory.noticing.nearest import Similarity
from coach.memory.noticing.segments import Segments, flatten

_RECENT_DAYS = 31
_GETTING_READY = frozenset({"commitment", "expectation", "plan"})
_AHEAD = frozenset({"event", "goal", "plan"})
_OWED = frozenset({"commitment", "plan"})
_SUPPOSES = re.compile(r"\W*(?:[Ii]f|[Ss]upposing|[Uu]nless) (?!.*\b(?:done|settled)\b)")
_MOVABLE = frozenset({"event", "commitment"})


@dataclass(frozen=True)
class Candidate:
    """A sentence (by number) that may close an item."""

    sentence: int
    says: Says
    link: Link
    features: Features
    outright: bool

    def excess(self, *, meaning: bool) -> float:
        """The log odds that it closes the item, less the bar; 0 at least where it says so."""
        points = score(self.features, meaning=meaning)
        over = points - (CLOSES_BY_MEANING if meaning else CLOSES)
        return max(over, 0.0) if self.outright else over


@dataclass(frozen=True)
class Reader:
    """One text beside the items that were open before it."""

    source: str
    segments: Segments
    drafts: Sequence[Draft]
    items: Sequence[Item]
    on: date
    names: frozenset[str]
    similarity: Similarity | None
    mute: frozenset[int] = frozenset()

    @cached_property
    def texts(self) -> list[str]:
        """The sentences."""
        return [self.source[start:end] for start, end in self.segments.sentences]

    @cached_property
    def _requests(self) -> list[bool]:
        """Which sentences ask, order or suppose, and so report nothing."""
        return [is_request(text) or _SUPPOSES.match(text) is not None for text in self.texts]

    @cached_property
    def _stems(self) -> list[frozenset[str]]:
        return [stems_of(text, self.names) for text in self.texts]

    @cached_property
    def keys(self) -> dict[int, frozenset[str]]:
        """The stems of each item."""
        return {i.id: stems_of(f"{i.text} {i.quote}", self.names) for i in self.items}

    @cached_property
    def _shared(self) -> Counter[str]:
        return Counter(stem for key in self.keys.values() for stem in key)

    @cached_property
    def _days(self) -> Counter[date | None]:
        return Counter(item.when for item in self.items)

    @cached_property
    def _near(self) -> Any:
        """The likeness of each sentence, at its nearest clause, to each item; None by words."""
        if self.similarity is None:
            return None
        in_sentence = Counter(clause.sentence for clause in self.segments.clauses)
        clauses = [c for c in self.segments.clauses if in_sentence[c.sentence] > 1]
        texts = [*self.texts, *(clause.text for clause in clauses)]
        items = [embedded_text(item.text, item.quote) for item in self.items]
        near = np.array(self.similarity(texts, items))
        best = near[: len(self.texts)]
        for clause, row in zip(clauses, near[len(self.texts) :], strict=True):
            best[clause.sentence] = np.maximum(best[clause.sentence], row)
        return best

    def candidates(self, place: int) -> Iterator[Candidate]:
        """The sentences that may close the item at ``place``.

        Where the sentence that speaks of it most says that it is still to be done, only one that
        speaks of it even more can close it.
        """
        item = self.items[place]
        found, still = [], 0.0
        for number in range(len(self.texts)):
            if self._requests[number] or number in self.mute:
                continue
            says, link = self._says(item, number), self._link_of(place, number)
            if leaves_out(flatten(self.texts[number]), self.keys[item.id], self.names):
                still = max(still, link.strength)
                continue
            renewed = self._replacement(item, number, says) is not None
            waits = item.kind in _OWED and not (renewed or says.dropped or says.moot)
            if waits and denies(flatten(self.texts[number]), verbs_of(item)):
                still = max(still, link.strength)
                continue
            ended = says.called_off or (renewed and says.moved)
            if is_still_open(item, says) and not ended:
                still = max(still, link.strength)
            if can_close(item, link, says, self.names, renewed=renewed, on=self.on):
                given = features(
                    item, link, says, self._inside(number), self.on, self.names, renewed=renewed
                )
                outright = says_outright(item, link, says, self.names, renewed=renewed, on=self.on)
                found.append(Candidate(number, says, link, given, outright))
        return (one for one in found if still < ENOUGH or one.link.strength > still)

    def closing(self, place: int) -> Closing | None:
        """How the text closes the item at ``place``, by the sentence that does so most surely."""
        scored = [
            (one.excess(meaning=self.similarity is not None), -one.sentence, one)
            for one in self.candidates(place)
        ]
        item = self.items[place]
        best = max(scored, key=lambda found: found[:2], default=None)
        if best is not None and best[0] >= 0:
            return self._closed(item, best[2])
        if item.kind in _GETTING_READY and is_for_a_test(item) and self._result is not None:
            return Closing(item.id, "done", self._result)
        if self._deadlines == [item.id] and self._sent_off is not None:
            return Closing(item.id, "done", self._sent_off)
        if self._bare_deeds.keys() & verbs_of(item) and self._is_only(item):
            return Closing(item.id, "done", next(iter(self._bare_deeds.values())))
        if self._just_over(item) or (item.kind == "commitment" and self._is_past(item)):
            for number, text in enumerate(self.texts):
                low = flatten(text)
                it_went = item.id == self._latest and gives_outcome(low)
                if gives_result(item, low) or (it_went and not self._speaks(number)):
                    return Closing(item.id, "done", text)
        return None

    def _closed(self, item: Item, found: Candidate) -> Closing:
        says, text = found.says, self.texts[found.sentence]
        replacement = self._replacement(item, found.sentence, says)
        corrected = item.kind == "goal" or (says.corrects and item.kind in CORRECTABLE)
        if replacement is not None and (corrected or (says.moved and item.kind in _MOVABLE)):
            return Closing(item.id, "superseded", text, replacement)
        lifted = item.kind == "struggle" and says.lifted
        undone = says.moot and says.still_open and item.kind != "struggle"
        dropped = undone or (says.dropped and not says.served and not lifted)
        return Closing(item.id, "dropped" if dropped else "done", text)

    def _link_of(self, place: int, number: int) -> Link:
        """The link of a sentence; "That is over now." speaks of what the one before it names."""
        link = self._link(place, number)
        if number and link.strength < ENOUGH and takes_up(flatten(self.texts[number])):
            return max(link, self._link(place, number - 1), key=lambda one: one.strength)
        return link

    def _link(self, place: int, number: int) -> Link:
        item, stems = self.items[place], self._stems[number]
        key = self.keys[item.id]
        by_words = weight_of(key, stems, self._shared)
        by_words += told(item, self.texts[number], key, self.names, self.on, self._days)
        covered = len(key & stems) / max(len(key), 1)
        if self._near is None:
            return Link(by_words, 0.0, False, covered)
        row = self._near[number]
        return Link(by_words, float(row[place]), bool(row[place] >= row.max()), covered, known=True)

    @cached_property
    def _clauses(self) -> list[list[tuple[frozenset[str], Says]]]:
        """For each sentence its clauses: their stems, and what each says with the one after it."""
        texts: list[list[str]] = [[] for _ in self.texts]
        for clause in self.segments.clauses:
            head = f"{clause.label}: " if clause.label and not texts[clause.sentence] else ""
            texts[clause.sentence].append(head + clause.text)
        found = []
        for number, inside in enumerate(texts):
            written = inside if len(inside) > 1 else [self.texts[number]]
            parts = [flatten(part) for part in written]
            found.append(
                [
                    (
                        stems_of(part, self.names),
                        Says(", ".join(parts[place : place + 2]), part, written[place]),
                    )
                    for place, part in enumerate(parts)
                ]
            )
        return found

    def _says(self, item: Item, number: int) -> Says:
        """What the clause of a sentence says that has most of the item's stems.

        A burden may be lifted in any clause of the sentence.
        """
        key = self.keys[item.id]
        says = max(self._clauses[number], key=lambda clause: len(clause[0] & key))[1]
        return replace(says, low=flatten(self.texts[number])) if item.kind == "struggle" else says

    def _inside(self, number: int) -> list[Draft]:
        start, end = self.segments.sentences[number]
        return [draft for draft in self.drafts if start <= draft.start <= end]

    def _replacement(self, item: Item, number: int, says: Says) -> int | None:
        """The draft in the sentence that can stand for ``item``: the same with another day.

        Where the words correct something, a wish, rule or fact needs no day.
        """
        start, end = self.segments.sentences[number]
        corrected = says.corrects and item.kind in CORRECTABLE
        for place, draft in enumerate(self.drafts):
            same = (draft.kind, draft.owner, draft.about) == (item.kind, item.owner, item.about)
            ahead = {draft.kind, item.kind} <= _AHEAD and draft.about == item.about
            same = same or (says.moved and ahead)
            another = draft.when is not None and draft.when != item.when
            if start <= draft.start <= end and same and (corrected or another):
                return place
        return None

    @cached_property
    def _result(self) -> str | None:
        """The sentence with the result of a test, where only one test can be meant."""
        ahead = [i for i in self.items if i.kind == "event" and i.when and i.when > self.on]
        if any(map(is_for_a_test, ahead)) or any(map(is_for_a_test, self.drafts)):
            return None
        return next((text for text in self.texts if tells_result(flatten(text))), None)

    @cached_property
    def _bare_deeds(self) -> dict[str, str]:
        """The verbs of the sentences that name a deed alone ("I spoke."), with these sentences."""
        found = {bare_deed(flatten(text)): text for text in self.texts}
        return {verb: text for verb, text in found.items() if verb}

    def _is_only(self, item: Item) -> bool:
        """Whether no other open item could be meant by such a sentence; its day is not ahead."""
        ahead = item.when is not None and item.when > self.on
        meant = [one for one in self.items if self._bare_deeds.keys() & verbs_of(one)]
        return meant == [item] and not ahead and item.kind in (*_GETTING_READY, "event", "goal")

    @cached_property
    def _deadlines(self) -> list[int]:
        return [item.id for item in self.items if is_deadline(item)]

    @cached_property
    def _sent_off(self) -> str | None:
        return next((text for text in self.texts if sends_off(flatten(text))), None)

    def _just_over(self, item: Item) -> bool:
        return item.kind == "event" and self._is_past(item)

    def _is_past(self, item: Item) -> bool:
        return item.when is not None and item.when <= self.on

    @cached_property
    def _latest(self) -> int | None:
        """The id of the one event that took place last before this text, not long ago."""
        over = [item for item in self.items if self._just_over(item)]
        last = max((item.when for item in over if item.when), default=None)
        if last is None or (self.on - last).days > _RECENT_DAYS:
            return None
        found = [item.id for item in over if item.when == last]
        return found[0] if len(found) == 1 else None

    def _speaks(self, number: int) -> bool:
        """Whether a sentence names what is spoken of."""
        return any(key & self._stems[number] for key in self.keys.values())


def closings(
    source: str,
    segments: Segments,
    drafts: Sequence[Draft],
    items: Sequence[Item],
    on: date,
    names: frozenset[str],
    similarity: Similarity | None = None,
    mute: frozenset[int] = frozenset(),
) -> tuple[Closing, ...]:
    """What ``source`` closes among the open ``items``, each at most once, in their order.

    ``mute`` are sentences that tell nothing.
    """
    if not items or not segments.sentences:
        return ()
    reader = Reader(source, segments, drafts, items, on, names, similarity, mute)
    found = (reader.closing(place) for place in range(len(items)))
    return tuple(closing for closing in found if closing is not None)
