"""Which items speak of the same thing, and which ones a boundary keeps closed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import Stemmer

from coach.memory.dates.words import word_set
from coach.memory.items import Item, Person
from coach.text import words

_STEMMER = Stemmer.Stemmer("english")
_COMMON = word_set(
    """
    a about above after again all also always am an and any are as ask at away back be because been
    before being between both but by call came can come could day did do does doing done down each
    end ever every few find first for from further gave get gets give go goes going gone good got
    had has have having he her here hers him his how i if in into is it its just keep kept know last
    late later less let like long look made make makes making many may me meet meeting might mine
    more most much must my need needs never new next no not now of off offer offered old on once one
    only or other our ours out over own people per promise promised put read said same saw say says
    see send sends sent session set shall she should show since so some soon still such take takes
    talk tell than that the their theirs them then there these they thing things think this those
    three through time to today told tomorrow too took two under until up us very want wanted wants
    was way we week weeks well went were what when where which while who why will with work would
    write written year years yes yet you your yours
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep oct nov dec
    mr mrs ms dr prof professor sir madam engr adv
    im ive ill id youre youll hes shes hell theyll theyve dont didnt doesnt cant couldnt wont
    wouldnt isnt wasnt arent hasnt havent thats its
    spring summer autumn winter morning afternoon evening night month months quarter
    """
)
_CONTRACTION = re.compile(r"(?:n't|'(?:s|ll|d|ve|re|m))$")
# A capital that does not begin a sentence.
_NAMED = re.compile(r"(?<=[\w,;] )[A-ZÀ-Þ][\w'-]+")
_CLOSED_AFTER = re.compile(
    r"\b(?:talk(?:s|ed|ing)?|speak(?:s|ing)?|discuss(?:es|ed|ing)?|ask(?:s|ed|ing)?|questions?"
    r"|mention(?:s|ed|ing)?|rais(?:e|es|ed|ing)|bring(?:s|ing)? up|go(?:es|ing)? into"
    r"|touch(?:es)? on|nothing|conversations?)\b(?: \w+){0,3}?"
    r" (?:about|on|of|regarding)\b(?P<about>[^.;!?]*)"
    r"|\b(?:discuss(?:es|ing)?|mention(?:s|ing)?|raise|raising|bring(?:ing)? up|go(?:ing)? into"
    r"|keep(?:s|ing)? off|stay(?:s|ing)? (?:off|away from|clear of)|leave|leaving"
    r"|steer(?:ing)? clear of)\b(?P<object>[^.;!?]*)",
    re.IGNORECASE,
)
_CLOSED_BEFORE = re.compile(
    r"(?P<topic>[^.;!?]*?)\b(?:(?:is|are|stays?|remains?|was|were)\b ?(?:\w+ )?)?"
    r"(?:off[- ]the[- ]table|off[- ]limits|out of bounds|not up for|taboo|no[- ]go|closed topic"
    r"|not (?:a |our )?(?:topic|subject)|none of (?:my|our|your) business"
    r"|not to be (?:raised|discussed|mentioned))",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:not?|never|don't|doesn't|dont|doesnt|won't|wont|wouldn't|rather not|nothing|avoid|stop"
    r"|off|away|clear of|leave|leaving|prefers? not|without)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(r"(?:it|this|that)\b", re.IGNORECASE)
_LEANS_ON = re.compile(r"\b(?:it|this|that|these|them|those)\b(?! [\w]+s\b)", re.IGNORECASE)
_LITTLE = 0
SHARED_BY_FEW, SHARED_BY_SOME = 3, 6
"""Items that may hold a word for it to count fully, or half; beyond that it ties nothing."""
_STILL = re.compile(r"\b(?:still|yet|as before)\b", re.IGNORECASE)
ALIKE = 1.0
"""Strength at which two items of the same kind and owner are one thread."""
RELATED = 2.0
"""Strength at which items of different kinds are one thread."""


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The stems of the telling words of ``text``: no function words, no weekdays or months."""
    telling = [_CONTRACTION.sub("", w) for w in words(text)]
    return frozenset(_STEMMER.stemWords([w for w in telling if w not in _COMMON and len(w) > 2]))


class Likeness:
    """How strongly two items speak of the same thing, among the items of one pair.

    A word that few items share ties them more than one that many do; the other person's own name
    ties nothing.
    """

    def __init__(self, items: Iterable[Item], them: Person) -> None:
        own = stems(them.name)
        known = list(items)
        self._stems = {item.id: stems(f"{item.text} {item.quote}") - own for item in known}
        self._named = {item.id: stems(" ".join(_NAMED.findall(item.quote))) for item in known}
        self._often = Counter(stem for found in self._stems.values() for stem in found)
        self._holders: dict[str, set[int]] = {}
        for key, found in self._stems.items():
            for stem in found:
                if self._weight(stem):
                    self._holders.setdefault(stem, set()).add(key)

    def __call__(self, one: Item, other: Item, *, names: bool = True) -> float:
        """0 for nothing in common; each shared rare word adds 1, a less rare one half of that.

        Without ``names`` a name that both mention ties nothing: two promises about one person
        are two promises.
        """
        shared = self._stems[one.id] & self._stems[other.id]
        if not names:
            shared -= self._named[one.id] | self._named[other.id]
        return sum(self._weight(stem) for stem in shared)

    def _weight(self, stem: str) -> float:
        if self._often[stem] <= SHARED_BY_FEW:
            return 1.0
        return 0.5 if self._often[stem] <= SHARED_BY_SOME else 0.0

    def near(self, item: Item) -> frozenset[int]:
        """The ids of the items that share a telling word with ``item``, itself included."""
        return frozenset().union(
            {item.id}, *(self._holders.get(stem, ()) for stem in self._stems[item.id])
        )

    def telling(self, item: Item) -> int:
        """How many telling words ``item`` has, the other person's name not counted."""
        return len(self._stems[item.id])

    def same_thread(self, one: Item, other: Item) -> bool:
        """Whether one follow-up can cover both."""
        if {one.owner, other.owner} >= {"me", "them"}:
            return False
        if _told_in_one_breath(one, other) or self.leans_on(one, other):
            return True
        if self.leans_on(other, one):
            return True
        if one.kind == other.kind and one.owner != other.owner:
            return False
        if one.kind == other.kind and one.said_on != other.said_on:
            if one.kind == "commitment":
                return self(one, other, names=False) >= RELATED
            return self(one, other) >= ALIKE
        return self._one_matter(one, other)

    def _one_matter(self, one: Item, other: Item) -> bool:
        """Whether items of one session, or of different kinds, speak of the same thing.

        What was told in different sessions goes together only by its day.
        """
        strength = self(one, other)
        if one.when is not None and one.when == other.when:
            return strength >= ALIKE
        dated = one.when is not None and other.when is not None
        return one.said_on == other.said_on and strength >= RELATED + dated

    def leans_on(self, one: Item, other: Item) -> bool:
        """Whether ``one`` only goes on with what was told right before: "It will go on Friday"."""
        if one.session is None or one.session != other.session or one.id != other.id + 1:
            return False
        if one.kind == other.kind == "commitment":  # Two promises are two.
            return False
        return bool(_LEANS_ON.search(one.quote)) and self.telling(one) <= _LITTLE


def _told_in_one_breath(one: Item, other: Item) -> bool:
    """Whether both are parts of one confidence: one asks about it once."""
    if one.session is None or one.session != other.session:
        return False
    return all(item.private and _is_remark(item) for item in (one, other))


def _is_remark(item: Item) -> bool:
    """Whether an item is a bare fact, or leans on the sentence before it: "It's due in August"."""
    if item.kind == "fact" and item.when is None:
        return True
    return item.kind == "event" and bool(_LEANS.match(item.quote))


def only_retells(item: Item) -> bool:
    """Whether a promise reads as another word of one that is still to be kept, without a day."""
    return item.when is None and _STILL.search(item.quote) is not None


def told_once(promises: Sequence[Item], them: Person) -> list[Item]:
    """``promises`` without those that only say again that an earlier one is still open."""
    likeness = Likeness(promises, them)
    return [
        item
        for item in promises
        if not only_retells(item)
        or not any(
            other.said_on < item.said_on
            and other.owner == item.owner
            and likeness(other, item) >= ALIKE
            for other in promises
        )
    ]


def closed_topics(items: Sequence[Item], them: Person) -> tuple[frozenset[str], ...]:
    """The stems of each topic that an open boundary puts off limits ("salary is off the table").

    A boundary about when or how to meet closes no topic, nor does the other person's own name.
    """
    own = stems(them.name)
    found: list[frozenset[str]] = []
    for item in items:
        if item.kind != "boundary" or item.status != "open":
            continue
        for text in (item.text, item.quote):
            found += [topic for part in _topics(text) if (topic := stems(part) - own)]
    return tuple(dict.fromkeys(found))


def _topics(text: str) -> list[str]:
    named = [m["topic"] for m in _CLOSED_BEFORE.finditer(text)]
    if _REFUSES.search(text):
        named += [m["about"] or m["object"] or "" for m in _CLOSED_AFTER.finditer(text)]
    return [part for whole in named for part in re.split(r",| and | or | nor ", whole)]


def is_closed(item: Item, topics: Sequence[frozenset[str]]) -> bool:
    """Whether ``item`` speaks of a topic that is off limits."""
    spoken = stems(item.text) | stems(item.quote)
    return any(topic <= spoken for topic in topics)
