"""A limit as people write it ("no calls after six", "salary is off the table"), read into rules."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from coach.agreement.channels import CONTACT, named
from coach.agreement.clock import Window, windows
from coach.agreement.rules import Deed, Never, Only, Rule, Subject, Within
from coach.agreement.topics import terms
from coach.memory.noticing.roots import root
from coach.text import words

_NEGATED = re.compile(
    r"\b(?:no|not|never|nor|none|nothing|nobody|cannot|without|avoid|stop|refuses?|hates?|except|but"
    r"|dont|doesnt|cant|wont|off[- ]limits|out of bounds|sacrosanct|taboo|unavailable|impossible)\b"
    r"|n't\b|\b(?:stays? out|day off|silent day|belongs? to)\b"
    r"|\b(?:kept|keeps?) (?:\w+ )?(?:free|clear|out)\b"
    r"|\b(?:is|are|'s) (?:for|sacred|mine|hers|his|ours|free|closed|private|off)\b"
)
_ONLY = re.compile(
    r"\bonly\b|\bexclusively\b|\bnothing but\b|\bor nothing\b|\bsolely\b|\bno other way\b"
)
_WHY = re.compile(
    r"[,(]?\s*\b(?:since|because|as (?:he|she|they|i|we|it)|unless|until (?:he|she|they|i|we)"
    r"|so that|when (?:he|she|they|i)|which|please|full stop|(?:his|her|my) rule|ever|at all)\b.*$"
)
_LIST = re.compile(r",|;|/|&|\band\b|\bor\b|\bnor\b|\n|•|\s-\s")
_STATEMENT = re.compile(
    r"\s+and\s+(?=(?:(?:we|i|she|he|they|you)\s+(?:do not|don't|dont|never|won't|wont|will not"
    r"|cannot|can't|cant|must not|mustn't|agreed)|no|not|never)\b)|[;\n•!]+"
    r"|\.(?=\s|$)|(?<!\w),\s*(?=no )|\s[–—-]\s|,\s+(?=(?:and |but )?(?:no|not|never)\b)"
)
_UNFREE = re.compile(
    r"\b(?:can(?:no|')?t do|cannot (?:do|offer)|not (?:free|available|possible)|unavailable"
    r"|stays? out|work|slots?|anyone|anybody|day off|silent|sacrosanct|sacred)\b"
)
_TIME_OF_RULE = re.compile(
    r"\b(?:from (?:now|today|here|this day) on(?:wards?)?|as of (?:now|today)|any ?more|any longer"
    r"|no more(?=$)|no longer(?=$)|for (?:now|good)|at the moment)\b"
)
_QUOTED = re.compile(r"[\"“”*_()]")
_ABOUT_THEM = frozenset(
    """
    she he they her him them his their hers theirs i me my mine we us our you your asked asks ask
    wants want wishes wish would like likes prefers prefer said says told made agreed clear does do
    not no never please rather dont doesnt don't doesn't isn't won't
    """.split()  # noqa: SIM905
)
_PLAINLY = re.compile(
    r"\b(?:out of bounds|off[- ]limits"
    r"|(?:not|no) a? ?(?:topic|subject)\b(?! (?:he|she|they|i|we|for)\b)"
    r"|taboo|a no[- ]go|none of (?:my|our|your) business|not up for discussion"
    r"|(?:steer|stay|keep) (?:well )?clear of|(?:stays?|kept) out of our (?:talks?|meetings?))\b"
    r"|\b(?:wants?|wish(?:es)?|asked|begged|told (?:me|us)|please|agreed|made it clear"
    r"|(?:i|we) should)\b"
    r"[^.;!?]{0,40}\b(?:not|don't|dont|doesn't|do not|stop|never|no longer)\b[^.;!?]{0,20}"
    r"\b(?:talk|speak|ask|mention|rais|discuss|bring up|bringing up|touch)\w*"
    r"|\b(?:does not|doesn't|doesnt) want\b[^.;!?]*\b(?:mentioned|raised|discussed|brought up"
    r"|talked about)\b",
    re.IGNORECASE,
)
"""Words that put something out of bounds whatever the text was taken for."""
_MOST_KEYS = 4
_TELLING_ROOT = 6


def puts_out_of_bounds(text: str) -> bool:
    """Whether a text says in so many words that something is out of bounds."""
    return _PLAINLY.search(text.replace("’", "'")) is not None


def rules_of(text: str, topic: str, *, sure: bool, name: str = "") -> tuple[Rule, ...]:
    """The rules that ``text`` comes to.

    ``topic`` is the topic of the agreement that it stands under, or "note" for a note from memory.
    ``sure`` says that it is agreed, or noted as a boundary: then positive hours are binding, and
    what is plainly ruled out counts even without a word such as "off the table".
    """
    found: list[Rule] = []
    ignored = frozenset(words(name))
    for statement in _statements(text, topic):
        found += _statement(statement, topic, ignored, sure=sure)
    return tuple(dict.fromkeys(found))


@cache
def _family_words() -> dict[str, tuple[str, ...]]:
    """For each word or phrase of a family, all the words of the families that it takes in."""
    known = terms()
    found: dict[str, tuple[str, ...]] = {}
    for name, members in known.families.items():
        taken = {name, *known.includes.get(name, ())}
        everything = tuple(w for family in sorted(taken) for w in known.families[family])
        for word in (name, *members):
            found.setdefault(word, everything)
    return found


def subject_words(low: str) -> frozenset[str]:
    """The words of ``low`` as they are, marked, so that a family's words are met exactly."""
    told = words(low)
    return frozenset(f"={form}" for word in told for form in (word, word.removesuffix("'s")))


def _statements(text: str, topic: str) -> list[str]:
    low = " ".join(_QUOTED.sub(" ", text.lower().replace("’", "'").replace("\n", " ; ")).split())
    pieces = [_put_plainly(piece.strip(" ,.;:")) for piece in _STATEMENT.split(low)]
    if topic in {"hours", "channel"}:
        # "calls until six, messages any time": each piece that names a way stands alone.
        pieces = [
            one.strip()
            for piece in pieces
            for one in (piece.split(",") if all(map(named, piece.split(","))) else [piece])
        ]
    return [piece for piece in pieces if piece]


def _put_plainly(low: str) -> str:
    """ "We leave the divorce alone" as "the divorce is off limits"; other statements stay."""
    low = _TIME_OF_RULE.sub(" ", low).strip(" ,")
    found = next((m for pattern in terms().leave if (m := pattern.search(low))), None)
    return f"{found['what'].strip()} is off limits" if found else low


def _statement(low: str, topic: str, ignored: frozenset[str], *, sure: bool) -> list[Rule]:
    core = _WHY.sub("", low).strip(" ,.;:") or low
    negated = bool(_NEGATED.search(low))
    channels = frozenset(one.channel for one in named(core))
    if negated and "call" in channels and not _ONLY.search(core):
        channels |= {"video"}
    talk = _subjects(core, ignored, forced=False)
    if talk and negated:
        return list(talk)
    if _ONLY.search(core) and channels - {CONTACT}:
        return _only(core, channels)
    times = tuple(windows(core, negated=negated))
    if topic == "hours" and not negated:
        return [Within(channels or frozenset({CONTACT}), times)] if times and sure else []
    if times and negated:
        return _never(core, channels, times, topic)
    if topic == "out-of-bounds":
        if channels and negated and not _content(core, ignored):
            return [Never(channels)]
        # "visas: that's for the immigration office": what it is stands before the colon.
        head = core.partition(":")[0]
        told = head if ":" in core and _content(head, ignored) else core
        return list(_subjects(told, ignored, forced=True))
    if topic not in {"note", "channel", "hours"} or not negated or not sure:
        return []
    rest = _content(core, ignored)
    ways = channels - {CONTACT, "meeting"}
    if ways and not rest:
        return [Never(ways)]
    rest = _content(core.split(",")[0], ignored) or rest
    fits = (1 if ways else 2) <= len(rest) <= _MOST_KEYS + 2
    return [Deed(frozenset(map(root, rest)), ways)] if topic != "hours" and fits else []


def _only(core: str, channels: frozenset[str]) -> list[Rule]:
    """ "only by e-mail", "calls on weekdays only": the part with "only" says which way or when."""
    part = next(piece for piece in core.split(",") if _ONLY.search(piece))
    times = tuple(windows(part))
    if times:
        return [Within(channels, times)]
    after = part[re.search(_ONLY, part).start() :]  # type: ignore[union-attr]
    ways = next(
        found - {"meeting", CONTACT}
        for found in (*({one.channel for one in named(t)} for t in (after, part)), channels)
        if found - {"meeting", CONTACT} or found is channels
    )
    return [Only(frozenset(ways))] if ways else []


def _never(
    core: str, channels: frozenset[str], times: tuple[Window, ...], topic: str
) -> list[Rule]:
    """No contact at these times; a note must name a way, or be about the day itself."""
    if channels:
        return [Never(channels, times)]
    first = words(core)[:3]
    about_time = (
        topic in {"hours", "out-of-bounds", "channel"} or _is_time(first) or len(words(core)) <= 4
    )
    return [Never(frozenset({CONTACT}), times)] if about_time or _unfree(core) else []


def _is_time(first: list[str]) -> bool:
    return any(
        re.fullmatch(r"\w+day(?:s|'s)?|evenings?|mornings?|weekends?|nights?|afternoons?", w)
        for w in first
    )


def _unfree(core: str) -> bool:
    return _UNFREE.search(core) is not None


def _subjects(core: str, ignored: frozenset[str], *, forced: bool) -> tuple[Subject, ...]:
    """The subjects that a statement puts out of bounds; without ``forced`` it must say so."""
    known = terms()
    off = next((p for p in known.off if re.search(rf"\b{re.escape(p)}\b", core)), None)
    talk = _talk().search(core)
    if not (forced or off or talk):
        return ()
    if off in {"private", "stays out", "stay out", "is out", "are out", "left out"} and not (
        forced or talk
    ):
        return ()
    text = core[talk.end() :] if talk and core[talk.end() :].strip() else core
    if off:
        text = re.sub(
            rf"\b(?:is|are|'s|stays?|remains?)?\s*(?:\w+ly )?{re.escape(off)}\b",
            " ; ",
            text,
        )
    found = []
    for piece in _LIST.split(text.replace(" ; ", ";")):
        subject = _subject(piece, ignored)
        if subject:
            found.append(subject)
    return tuple(found)


@cache
def _talk() -> re.Pattern[str]:
    phrases = sorted(terms().talk, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")


def _subject(piece: str, ignored: frozenset[str]) -> Subject | None:
    families = _family_words()
    low = f" {' '.join(words(piece))} "
    keys: list[frozenset[str]] = []
    phrases: list[re.Pattern[str] | None] = []
    for phrase in sorted((w for w in families if " " in w), key=len, reverse=True):
        if f" {phrase} " in low:
            low = low.replace(f" {phrase} ", " ")
            keys.append(_key(families[phrase]))
            phrases.append(_phrase(families[phrase]))
    for word in _content(low, ignored):
        relatives = families.get(word) or families.get(word.removesuffix("'s"))
        own = root(word.removesuffix("'s"))
        # A short root is shared by strangers: "politics" and "polite".
        exact = (
            _key(relatives) | ({own} if len(own) >= _TELLING_ROOT else set()) if relatives else ()
        )
        keys.append(frozenset(exact or {own}))
        phrases.append(_phrase(relatives) if relatives else None)
    if not keys:
        return None
    unique = dict(zip(keys[:_MOST_KEYS], phrases[:_MOST_KEYS], strict=True))
    return Subject(tuple(unique), tuple(unique.values()))


def _key(relatives: Iterable[str]) -> frozenset[str]:
    return frozenset(f"={w}" for w in relatives if " " not in w)


def _phrase(relatives: Iterable[str]) -> re.Pattern[str] | None:
    several = [
        re.escape(w).replace(r"\*\ ", r"(?:\w+ ){0,3}") for w in relatives if " " in w or "-" in w
    ]
    return re.compile(rf"\b(?:{'|'.join(several)})\b") if several else None


def _content(text: str, ignored: frozenset[str]) -> list[str]:
    """The words of ``text`` that tell what it is about, without those that name a way or a time."""
    low = text
    for one in reversed(named(text)):
        low = low[: one.start] + " " * (one.end - one.start) + low[one.end :]
    skip = terms().generic | _ABOUT_THEM | ignored
    found = [w for w in words(low) if w not in skip and w.removesuffix("'s") not in skip]
    return list(dict.fromkeys(w for w in found if not w.isdigit()))
