"""Reading a question about the past: whom it names, which days it means, what it looks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from coach.memory.dates import HERE, Locale, find_dates
from coach.memory.wordforms import sought
from coach.text import words

Days = tuple[date, date]

_ASKS_WHEN = re.compile(
    r"\s*(?:when|how long|since when|until when|(?:on |in |at )?(?:what|which) "
    r"(?:day|date|time|year|month|week|season))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ABOUT_THEM = frozenset({"he", "she", "him", "her", "his", "hers"})
_SAYING = frozenset({"say", "said", "tell", "told", "mention", "mentioned", "promise", "promised"})
_YEARS_BACK = 6


@dataclass(frozen=True)
class Question:
    """What a question asks for.

    ``words`` is what to search for; ``as_said`` the question in the person of an answer: who is
    named first as "I", others as "you"; ``speakers`` are those of the conversation whom it names;
    ``days`` the intervals (both ends included) that it speaks of.
    """

    text: str
    words: str
    as_said: str
    speakers: frozenset[str]
    asks_when: bool
    days: tuple[Days, ...]


def read_question(
    text: str,
    on: date,
    speakers: Sequence[str],
    their_name: str,
    known_days: Iterable[date],
    locale: Locale = HERE,
) -> Question:
    """Read ``text``, asked on the day ``on``, about what ``speakers`` said on ``known_days``.

    ``their_name`` is the pair's other person, whom "he" or "she" means when no one is named.
    A day without a year is looked for in earlier years too, when nothing is known near it.
    """
    used = [word.removesuffix("'s") for word in words(text)]
    parts = {speaker: _names(speaker) for speaker in speakers}
    named = frozenset(s for s in speakers if parts[s] & set(used))
    if not named:
        named = _meant(used, parts, _names(their_name))
    names = frozenset().union(*parts.values(), _names(their_name))
    return Question(
        text=text,
        words=sought(text, names),
        as_said=_as_said(text, list(parts.values())),
        speakers=named,
        asks_when=bool(_ASKS_WHEN.match(text)),
        days=tuple(_days(text, on, list(known_days), locale)),
    )


def _names(speaker: str) -> frozenset[str]:
    """The words that can name a speaker: no initials, no titles."""
    titles = {"dr", "mr", "mrs", "ms", "prof", "professor"}
    return frozenset(w for w in words(speaker) if len(w) > 1 and w not in titles)


def _as_said(text: str, speakers: Sequence[frozenset[str]]) -> str:
    """``text`` with "I" for whom it names first and "you" for any other of ``speakers``.

    People speak of themselves without their name, and use the other's to address them: as it
    stands, a name draws a vector to greetings, and to turns by the wrong one of the two.
    """
    first: frozenset[str] | None = None

    def person(match: re.Match[str]) -> str:
        nonlocal first
        speaker = next(names for names in speakers if words(match["name"])[0] in names)
        first = first or speaker
        mine, yours = ("my", "your") if match["owns"] else ("I", "you")
        return mine if speaker == first else yours

    names = sorted(frozenset().union(*speakers))
    if not names:
        return text
    either = "|".join(map(re.escape, names))
    pattern = rf"\b(?P<name>(?:{either})(?:\s+(?:{either}))*)\b(?P<owns>['’]s\b)?"
    return re.sub(pattern, person, text, flags=re.IGNORECASE)


def _meant(
    used: list[str], parts: dict[str, frozenset[str]], theirs: frozenset[str]
) -> frozenset[str]:
    """Whose words a question without a name is after: "did he say", "did I promise"."""
    them = frozenset(s for s, names in parts.items() if names & theirs)
    for word, following in pairwise(used):
        if word == "i" and following in _SAYING:
            return frozenset(parts) - them
    return them if _ABOUT_THEM & set(used) else frozenset()


def _days(text: str, on: date, known: list[date], locale: Locale) -> Iterable[Days]:
    for mention in find_dates(text, on, locale):
        if mention.when is None or mention.recurring:
            continue
        last = max(on, mention.when) if mention.relation == "from" else mention.when
        days = (mention.when, mention.until or last)
        back = 0 if _YEAR.search(text[mention.start : mention.end]) else _YEARS_BACK
        candidates = [_years_before(days, years) for years in range(back + 1)]
        yield next((c for c in candidates if any(c[0] <= d <= c[1] for d in known)), days)


def _years_before(days: Days, years: int) -> Days:
    first, last = (
        day.replace(year=day.year - years, day=min(day.day, 28) if years else day.day)
        for day in days
    )
    return first, last
