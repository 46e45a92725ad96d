"""Names, numbers and days: each must be one that the sources have, and belong to what is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from coach.conversation.grounding.claims import tells
from coach.conversation.grounding.grounds import Grounds, Source
from coach.conversation.grounding.numerals import NUMBERS
from coach.conversation.grounding.rules import rules
from coach.conversation.grounding.sentences import content, plain, straight
from coach.memory.dates import find_dates
from coach.memory.noticing.lexicon import lexicon
from coach.text import CALENDAR, words

_TOKEN = re.compile(r"[^\W\d_][\w'’-]*")
_START = re.compile(r"(?:^|[.?!:…\"(\n]\s*|\s[-–—]\s+)\W*$")
_INITIALS = frozenset({"i", "ok", "cv", "smart", "grow", "i'm", "i've", "i'll", "i'd"})
_ACTS = re.compile(
    r"^(?:'s\b|,? (?:is|was|has|had|will|would|can|could|did|does|and|or|also|just|never|"
    r"always|who|might|may|should|\w+ed|\w{3,}s)\b)"
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "last")
_UNITS = re.compile(
    r"(?:second|minute|min|hour|day|week|month|year|time|percent|people|person|question|point|page|"
    r"step|euro|pound|dollar|meeting|session|mentee|mentor|chapter|sentence|hundred|thousand)s?$"
)
_FREE = frozenset({"1"})
"""Of "one thing", "one of you" and "the two of you" nothing need be shown."""
_COUNTED = frozenset({("2", "thing"), ("3", "thing")})
"""What counts what a reply itself goes through: "three things are enough"."""
_BOTH = frozenset({"of", "you", "people", "person", "side"})
_DAYS = {"day": 1, "week": 7}
_VAGUE = frozenset({"this week", "today", "now", "next time", "the week", "these days"})
_AROUND = re.compile(r"^(?:on|about|from|since) |'s$")
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)?|[a-z]+(?:-[a-z]+)?")


def unknown_name(text: str, grounds: Grounds) -> str:
    """The first name in ``text`` that no source has; "" for none."""
    text = straight(text)
    for match in _TOKEN.finditer(text):
        word = match.group()
        low = word.lower()
        bare = re.sub(r"'s?$", "", low)
        ours = _INITIALS | grounds.words | CALENDAR | NUMBERS.keys()
        if not word[0].isupper() or {low, bare} & ours:
            continue
        if all(part in grounds.words or part in CALENDAR for part in words(bare.replace("-", " "))):
            continue
        if not _START.search(text[: match.start()]):
            return word
        known = low in rules().openers or not content(bare) or low in lexicon().forms
        known = known or low.endswith("ing")
        behind = text[match.end() :]
        if not known and (_ACTS.match(behind) or tells(next(iter(words(behind)), ""))):
            return word
    return ""


def unknown_number(text: str, grounds: Grounds) -> str:
    """The first number in ``text`` that no source has with what it counts; "" for none."""
    known = {one for source in grounds.sources for one in numbers(source.text, behind=3)}
    alone = {number for number, _ in known}
    for number, unit in numbers(text):
        if number in _FREE or (number == "2" and unit in _BOTH):
            continue
        if (number, unit) in known | _COUNTED:
            continue
        if _is_ahead(number, unit, grounds):
            continue
        if number not in alone or _UNITS.match(unit) or (unit in grounds.words and content(unit)):
            return f"{number} {unit}".strip()
    return _other_ordinal(text, grounds)


def _is_ahead(number: str, unit: str, grounds: Grounds) -> bool:
    """Whether a day of the sources is so many whole days or weeks from today, either way."""
    length = _DAYS.get(unit)
    if length is None or not number.isdigit():
        return False
    days = {day for source in grounds.sources for day in source.days}
    return any(abs((day - grounds.today).days) // length == int(number) for day in days)


def numbers(text: str, behind: int = 1) -> list[tuple[str, str]]:
    """The numbers of a text as digits, each with the words behind it, in the singular."""
    found = []
    low = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", straight(text).lower())
    tokens = _NUMERAL.findall(low)
    for place, token in enumerate(tokens):
        digits = token if token[0].isdigit() else NUMBERS.get(token)
        if digits:
            units = tokens[place + 1 : place + 1 + behind] or [""]
            found += [(digits, unit.removesuffix("s")) for unit in units]
    return found


def _other_ordinal(text: str, grounds: Grounds) -> str:
    """ "the third chapter", where the sources have only a second one."""
    told = _ordinals(text)
    known = [pair for source in grounds.facts for pair in _ordinals(source.text)]
    for ordinal, noun in told:
        rivals = {other for other, same in known if same == noun}
        if rivals and ordinal not in rivals:
            return f"{ordinal} {noun}"
    return ""


def _ordinals(text: str) -> list[tuple[str, str]]:
    told = words(text)
    pairs = pairwise(told)
    return [(one, noun) for one, noun in pairs if one in _ORDINALS]


def unknown_day(text: str, grounds: Grounds, sources: Iterable[Source]) -> str:
    """The first day named in ``text`` that is not a day of ``sources``; "" for none."""
    chosen = [source for source in sources if source.days or not source.text.endswith("?")]
    chosen = chosen or list(grounds.sources)  # a question of the user's settles no day
    days = {day for source in chosen for day in source.days}
    low = [set(words(source.text)) for source in chosen]
    texts = [plain(source.text) for source in chosen]
    for mention in find_dates(text, grounds.today):
        said = " ".join(words(mention.text))
        if mention.when is None or said in _VAGUE or said.removeprefix("in ") in _VAGUE:
            continue
        if mention.when in days or (mention.until and mention.until in days):
            continue
        bare = _AROUND.sub("", plain(mention.text))
        telling = {w for w in words(bare) if w in CALENDAR or w[0].isdigit()}
        if telling and any(bare in text for text in texts):
            continue
        return mention.text
    loose = {w for w in words(text) if w in CALENDAR - {"may", "march"}}
    return next((w for w in sorted(loose) if not any(w in each for each in low)
                 and not _resolved(w, text, grounds)), "")  # fmt: skip


def _resolved(word: str, text: str, grounds: Grounds) -> bool:
    """Whether a date that was found, and so checked, holds this word."""
    found = find_dates(text, grounds.today)
    return any(word in words(one.text) and one.when is not None for one in found)
