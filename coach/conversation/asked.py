"""Word that the user has asked about something: what it was, and what memory makes of it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coach.conversation.wording import Voice
from coach.lexical import stems
from coach.memory.continuity import WEIGHTS
from coach.memory.items import Item
from coach.memory.memory import Memory
from coach.storage.conversations import Message
from coach.storage.pairs import Pair
from coach.text import words

_LONGEST = 14
"""A matter told in more words than this is a story, and wants another answer."""
_ALIKE = 0.5
"""The share of what was said, by weight, that a thread must speak of."""
_UNKNOWN = 0.4
"""What a word counts that nothing remembered uses, beside one that a single thread does."""
_SURE = 0.4
"""The least score of a thread that is found by meaning alone."""
_THREADS, _SHOWN, _LOOKED_AT = 1_000, 5, 3

_ASKING = frozenset(
    stems("about how what whether if when where why who which for going went gone coming along")
)
_PERSON = r"(?:he|she|they|it|i|we|that|my|her|his|their|everyone|nobody)"
_NO_ANSWER = re.compile(
    r"(?:^|[\s,;.:–—-]+)(?:(?:and|but|though|still|yet|only)\s+)*(?:"
    r"(?:(?:i |we )?(?:got|had|have|received|there (?:was|is|came)|with)\s+)?"
    r"(?:no|without (?:an?|any)|not (?:an?|any))\s+(?:\w+\s+)?"
    r"(?:answers?|repl(?:y|ies)|responses?|luck|news|effect|success|results?|reactions?)"
    r"|(?:he|she|they|it)\s+(?:(?:did|does|has|have|had|was|would|will|could)(?:n't| not)|never"
    r"|wo(?:n't)|avoided|dodged|ducked|evaded|ignored|shrugged|brushed|changed the subject"
    r"|said (?:nothing|little)|went quiet|stayed silent)[^.;!?]*"
    r"|nothing (?:came|has come|happened|new)[^.;!?]*|to no avail|in vain|no use)"
    r"(?:\s+(?:yet|so far|again|either|though|from \w+))*[\s.!]*$",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[\s,]+(?:again|too|already|twice|today|just now|(?:this|earlier this) "
    r"(?:morning|afternoon|evening|week)|earlier(?: today)?|last (?:time|week)"
    r"|(?P<before>yesterday(?: \w+)?|last (?:night|evening)))[\s.!]*$",
    re.IGNORECASE,
)
_MORE_SAID = re.compile(
    rf"\?|[.;!]\s+\w|\b(?:and|but|so|because|then|yet)\b,?\s+(?:then\s+)?{_PERSON}\b"
    r"|\b(?:said|says|told|replied|answered)\b",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"(?:about |on )?(?:that|this|it|them|those|these)(?: one| thing| all| question)?",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?:about |on )?(?:all|both|each|every one|everything)(?: of (?:them|those|these|it))?"
    r"(?: on (?:the|your|my) list)?",
    re.IGNORECASE,
)
_PLACES = ("first", "second", "third", "fourth", "fifth")
_PLACE = re.compile(
    rf"(?:about |on )?(?:the )?(?P<place>{'|'.join(_PLACES)}|last)"
    r"(?: (?:one|thing|question|point|thread|of (?:them|these|those)))?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:about |on )?(?:number |no\.? |item |#)?(?P<id>\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """The matter that the user says to have asked about, and whether that was the day before."""

    about: str
    yesterday: bool = False


def read_asked(said: str) -> Asked | None:
    """What the rest of "I asked her ..." is about; None when more is told than that."""
    yesterday = False
    before = None
    while said != before:
        before = said
        said = _NO_ANSWER.sub("", said).strip(" ,;.!")
        time = _TIME.search(f" {said}")
        if time:
            yesterday = yesterday or bool(time["before"])
            said = f" {said}"[: time.start()].strip(" ,;.!")
    if not said or _MORE_SAID.search(said) or len(words(said)) > _LONGEST:
        return None
    return Asked(said, yesterday)


def note_asked(
    memory: Memory, pair: Pair, today: date, said: str, history: Sequence[Message], voice: Voice
) -> tuple[str, tuple[int, ...]]:
    """Let rest what the user has asked about; the reply, and the ids of the items that it means."""
    asked = read_asked(said) or Asked(said)
    known = {i.id: i for i in memory.store.items(pair, status="open") if i.said_on <= today}
    groups = _meant(memory, pair, today, asked.about, history, known)
    chosen = [known[group[0]] for group in groups]
    if not chosen:
        return voice.say("nothing to rest"), ()
    if len(chosen) > 1 and not _ALL.fullmatch(asked.about):
        lines = [f"- {item.id}: {item.text}" for item in chosen[:_SHOWN]]
        return "\n".join([voice.say("asked which"), "", *lines]), tuple(i.id for i in chosen)
    on = today - timedelta(days=1) if asked.yesterday else today
    items = memory.asked(pair, [key for group in groups for key in group], on)
    lead = {group[0] for group in groups}
    told = [item for item in items if item.id in lead]
    enough = all(item.surfaced >= WEIGHTS.most_surfaced for item in told)
    line = "; ".join(item.text for item in told)
    return voice.say("asked enough" if enough else "asked", line=line), tuple(i.id for i in told)


def _meant(
    memory: Memory, pair: Pair, today: date, about: str, history: Sequence[Message],
    known: dict[int, Item],
) -> list[list[int]]:  # fmt: skip
    """The threads that ``about`` means, as ids of open items, the leading one first."""
    number = _NUMBER.fullmatch(about)
    if number:
        return [[key] for key in (int(number["id"]),) if key in known]
    threads = [
        [key for key in one.items if key in known]
        for one in memory.follow_ups(pair, today, _THREADS)
    ]
    place = _PLACE.fullmatch(about)
    if place or _ALL.fullmatch(about) or _MEANT.fullmatch(about):
        last = _last_shown(threads, known, history)
        if not place:
            return last
        at = -1 if place["place"].lower() == "last" else _PLACES.index(place["place"].lower())
        return last[at:][:1]
    return _by_words(threads, known, about, pair.name) or _by_meaning(
        memory, pair, today, about, known
    )


def _last_shown(
    threads: Iterable[list[int]], known: dict[int, Item], history: Sequence[Message]
) -> list[list[int]]:
    """The threads of the newest reply that showed any, in its order."""
    for reply in reversed(history):
        shown = [key for key in reply.detail.get("items", []) if key in known]
        if not shown:
            continue
        of = {key: thread for thread in threads for key in thread}
        groups = [of.get(key, [key]) for key in shown]
        return list({group[0]: group for group in groups}.values())
    return []


def _by_words(
    threads: Iterable[list[int]], known: dict[int, Item], about: str, name: str
) -> list[list[int]]:
    """The threads that speak of most of ``about``; several when they do so alike."""
    in_thread = [list(thread) for thread in threads]
    taken = {key for thread in in_thread for key in thread}
    groups = [*in_thread, *([key] for key in known if key not in taken)]
    texts = [
        set(stems(" ".join(f"{known[key].text} {known[key].quote}" for key in group)))
        for group in groups
    ]
    wanted = set(stems(about)) - set(stems(name)) - _ASKING
    rare = math.log((len(texts) + 1) / 1.5)
    uses = {stem: sum(stem in text for text in texts) for stem in wanted}
    weight = {
        stem: math.log((len(texts) + 1) / (count + 0.5)) if count else _UNKNOWN * rare
        for stem, count in uses.items()
    }
    whole = sum(weight.values())
    if not whole:
        return []
    shares = [sum(weight[stem] for stem in wanted & text) / whole for text in texts]
    best = max(shares, default=0.0)
    if best < _ALIKE:
        return []
    return [group for group, share in zip(groups, shares, strict=True) if share == best]


def _by_meaning(
    memory: Memory, pair: Pair, today: date, about: str, known: dict[int, Item]
) -> list[list[int]]:
    hits = memory.search(pair, about, _LOOKED_AT, today)
    found = [int(h.id) for h in hits if h.kind == "item" and h.score >= _SURE]
    return [[key] for key in found if key in known][:1]
