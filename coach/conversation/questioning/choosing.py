"""Choosing a few of many questions: a ladder, no thread or wording twice, nothing out of place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from coach.conversation.questioning.asking import Occasion, Suggestion
from coach.conversation.questioning.general import (
    about_it,
    from_cards,
    from_ending,
    from_stage,
    is_answered,
    shuffled,
)
from coach.conversation.questioning.marks import mark, order
from coach.conversation.questioning.reading import is_open
from coach.conversation.questioning.threads import from_card_slots, from_threads, matters
from coach.conversation.wording import fingerprint
from coach.library.cards import Deck, Depth
from coach.memory.continuity.topics import closed_topics, stems

LADDER: tuple[Depth, ...] = get_args(Depth)
_RUNGS: tuple[Depth, ...] = ("opening", "exploring", "deeper", "exploring", "opening")
_RUNGS_OF_ONE: tuple[Depth, ...] = ("opening", "exploring", "deeper", "exploring", "deeper")
"""About one matter alone, two ways to open would be the same question twice."""
_MOST_WORDS = 32
_GENERAL_FROM = 4
"""From so many questions on, one is general where memory gives the others."""
_RICH = 3
"""With so many matters to ask about, a fact told in passing is asked about once."""
_ABOUT_ONE = 3
"""So many questions at most are about one matter, unless the user named it."""
_LEAST_SHARED, _SHARED = 2, 0.67
"""Two questions with so many words of weight in common, as a share of the shorter, are alike."""
_SLIGHT = frozenset(stems("what which how would could most now today last time us you me go going"))
_PRIVATE = 1
"""Questions about private matters in one list,"""
_PRIVATE_ABOUT = 2
"""and in one about a subject that the user named."""


def choose(
    occasion: Occasion, deck: Deck, count: int, depth: Depth | None = None
) -> list[Suggestion]:
    """At most ``count`` questions, from opening to deeper, or all of one ``depth``.

    Pure: the same occasion gives the same questions. Each is one that the program's own reader
    takes for open; none was asked lately, is answered by memory or crosses a boundary.
    """
    allowed = _Allowed(occasion)
    if allowed.closed_subject() is not None:
        return []
    found = matters(occasion)
    about = occasion.about
    if about is not None:
        found = [m for m in found if any(item.id in about.items for item in m.items)]
    threads = allowed.of([*from_threads(occasion, found), *from_card_slots(occasion, found, deck)])
    if about is not None:
        own = allowed.of(shuffled(list(about_it(occasion)), occasion.seed))
        cards = allowed.of(from_cards(occasion, deck, about.cards), general=True)
        rest = _alternating(own, cards)
    else:
        own, rest = (
            [],
            allowed.of(shuffled(list(from_stage(occasion, deck)), occasion.seed), general=True),
        )
    if depth == "closing":
        return _closing(occasion, deck, allowed, threads, rest, count)
    ladder = _RUNGS if len({one.items for one in found}) != 1 else _RUNGS_OF_ONE
    rungs = [depth] * count if depth else [ladder[n % len(ladder)] for n in range(count)]
    chosen = _Choice(occasion, rich=len({one.items for one in threads}) >= _RICH)
    if about is None and threads and count >= _GENERAL_FROM:
        few_matters = len({one.items for one in threads}) <= 2
        chosen.take(rest, rungs[0 if few_matters else order(occasion.seed, "general") % 2])
    for rung in sorted((Counter(rungs) - chosen.depths()).elements(), key=LADDER.index):
        chosen.take(threads, rung)
    _fill_up(chosen, threads, rest, count, rungs, depth)
    return sorted(chosen.taken, key=lambda one: LADDER.index(one.depth))


def closed_subject(occasion: Occasion) -> str | None:
    """Why nothing is suggested about the subject that the user named; None when it may be."""
    return _Allowed(occasion).closed_subject()


def _fill_up(
    chosen: _Choice, threads: Sequence[Suggestion], rest: Sequence[Suggestion], count: int,
    rungs: Sequence[Depth], depth: Depth | None,
) -> None:  # fmt: skip
    """What is missing: more of memory while more than one of five would be general, then the"
    " rest."""

    def missing() -> list[Depth]:
        return sorted((Counter(rungs) - chosen.depths()).elements(), key=LADDER.index)

    few = max(1, count // 5)
    general = sum(not one.items for one in chosen.taken)
    for rung in missing():
        if depth is None and threads and count - len(chosen.taken) + general > few:
            chosen.take(threads, rung, anywhere=True)
    for rung in missing():
        if len(chosen.taken) < count:
            chosen.take(rest, rung)
    for pool in (rest, threads):
        while len(chosen.taken) < count:
            if not chosen.take(pool, depth or "exploring", anywhere=depth is None):
                break


class _Allowed:
    """Keeps out what may not be asked."""

    def __init__(self, occasion: Occasion) -> None:
        self._occasion = occasion
        self._closed = closed_topics(occasion.items, occasion.them)

    def closed_subject(self) -> str | None:
        """Why the subject that the user named is out of bounds; None when it is not."""
        about, forbids = self._occasion.about, self._occasion.forbids
        if about is None:
            return None
        spoken = stems(about.text)
        if any(topic <= spoken for topic in self._closed):
            return "a boundary that you noted keeps it out of your talks"
        return forbids(f"Ask about {about.text}.") if forbids is not None else None

    def of(self, found: Iterable[Suggestion], *, general: bool = False) -> list[Suggestion]:
        """Those of ``found`` that may be asked; ``general`` ones must not be answered either."""
        seen: set[str] = set()
        kept = []
        for one in found:
            if one.question in seen or not self._may(one):
                continue
            if general and is_answered(one.question, self._occasion):
                continue
            seen.add(one.question)
            kept.append(one)
        return kept

    def _may(self, one: Suggestion) -> bool:
        occasion = self._occasion
        if len(one.question.split()) > _MOST_WORDS:
            return False
        if occasion.asked and mark(one.question, occasion.them.name, occasion.on) in occasion.asked:
            return False
        spoken = stems(one.question)
        if any(topic <= spoken for topic in self._closed):
            return False
        if occasion.forbids is not None and occasion.forbids(one.question) is not None:
            return False
        return is_open(one.question)


class _Choice:
    """What was taken so far, and what the next one should therefore be."""

    def __init__(self, occasion: Occasion, *, rich: bool = False) -> None:
        self.taken: list[Suggestion] = []
        self._rich = rich
        self._most = _ABOUT_ONE if occasion.about is None else len(occasion.items) + 20
        self._seed = occasion.seed
        self._shown = occasion.shown
        self._private = _PRIVATE if occasion.about is None else _PRIVATE_ABOUT

    def depths(self) -> Counter[Depth]:
        """How many were taken of each depth."""
        return Counter(one.depth for one in self.taken)

    def take(self, pool: Sequence[Suggestion], rung: Depth, *, anywhere: bool = False) -> bool:
        """Take the best of ``pool`` for a rung of the ladder; False when there is none."""
        fitting = [one for one in pool if self._free(one) and (anywhere or one.depth == rung)]
        if anywhere:
            fitting = [one for one in fitting if one.depth != "closing"] or fitting
        if not fitting:
            return False
        used: Counter[int] = Counter(key for one in self.taken for key in one.items)
        cards: Counter[str] = Counter(card for one in self.taken for card in one.cards[:1])

        def cost(one: Suggestion) -> tuple[float, ...]:
            again = max((used[key] for key in one.items), default=0)
            apart = abs(LADDER.index(one.depth) - LADDER.index(rung))
            card = cards[one.cards[0]] if one.cards else 0
            turn = order(self._seed, one.pattern, *one.items) if one.items else 0
            seen = fingerprint(one.question) in self._shown
            twin = any(_twins(one, other) for other in self.taken)
            if one.items:
                return (again, apart, twin, one.rank // 10, seen, one.rank, turn)
            return (again, apart, twin, seen, card + one.rank)

        self.taken.append(min(fitting, key=cost))
        return True

    def _free(self, one: Suggestion) -> bool:
        if one.private and sum(other.private for other in self.taken) >= self._private:
            return False
        alike = sum(bool(one.items) and o.items == one.items for o in self.taken)
        if alike >= (1 if one.background and self._rich else self._most):
            return False
        return not any(
            one.question == other.question or one.pattern == other.pattern or _same(one, other)
            for other in self.taken
        )


def _twins(one: Suggestion, other: Suggestion) -> bool:
    """Whether two questions go equally deep into one matter: "where are you with it" and "what has
    moved in it"."""
    same = (bool(one.items) and one.items == other.items) or one.basis == other.basis == "about"
    return same and one.depth == other.depth


def _same(one: Suggestion, other: Suggestion) -> bool:
    """Whether two questions ask nearly the same: what they ask, without about what."""
    if one.items or other.items:
        return False
    asked, before = _asked(one), _asked(other)
    fewer = min(len(asked), len(before))
    return fewer >= _LEAST_SHARED and len(asked & before) >= _SHARED * fewer


def _asked(one: Suggestion) -> frozenset[str]:
    return frozenset(stems(re.sub(r"\{\w+\}", " ", one.pattern))) - _SLIGHT


def _alternating(first: Sequence[Suggestion], second: Sequence[Suggestion]) -> list[Suggestion]:
    """Both lists, one from each in turn."""
    found: list[Suggestion] = []
    for place in range(max(len(first), len(second))):
        found += [*first[place : place + 1], *second[place : place + 1]]
    return found


def _closing(
    occasion: Occasion, deck: Deck, allowed: _Allowed, threads: Sequence[Suggestion],
    rest: Sequence[Suggestion], count: int,
) -> list[Suggestion]:  # fmt: skip
    """The three questions to end with, then further ones for the end of a meeting."""
    three: list[Suggestion] = []
    for place in range(3):
        options = [one for one in from_ending(deck) if one.rank // 10 == place]
        three += allowed.of(options)[:1]
    chosen = _Choice(occasion)
    chosen.taken = three[:count]
    for pool in (threads, rest):
        while len(chosen.taken) < count and chosen.take(pool, "closing"):
            pass
    return chosen.taken
