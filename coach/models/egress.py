"""What may leave the machine: nothing that touches a private item, and names as stand-ins.

Pure functions over texts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from coach.lexical import stems
from coach.text import CALENDAR, sentences, words

_STAND_INS = (
    "Avery", "Blake", "Casey", "Devon", "Ellis", "Finley", "Harper", "Jules", "Kerry", "Lane",
    "Morgan", "Nico", "Parker", "Quinn", "Reese", "Sasha", "Tatum", "Wren", "Robin", "Toby",
    "Vesper", "Indigo", "Marlow", "Linden", "Arden", "Briar", "Cassidy", "Darcy", "Emery",
    "Frankie",
)  # fmt: skip
_RUN = 4
"""So many words in a row of a private text are that text."""
_SHARE = 0.6
"""A sentence with so large a part of a private text's words tells it in other words."""
_TOKEN = re.compile(r"[^\W\d_](?:[\w-]|[’'](?!s\b))*")
_PLACES = re.compile(r"\b[\w.+-]+@[\w-]+\.\w+\b|(?<![\d-])\+?(?!\d{4}-\d\d-\d\d\b)\d[\d \-/]{6,}\d")
_STARTS = re.compile(r"(?:^|[.?!:…\n\"“(>]\s*|[-–—]\s+)\W*$")
_KNOWN = CALENDAR | {
    "i", "ok", "cv", "smart", "grow", "english", "british", "christmas", "easter",
    "mr", "mrs", "ms", "dr", "prof", "professor",
}  # fmt: skip
_PRIVATE_ENOUGH = 4
"""A word of fewer letters gives nothing away."""


@dataclass(frozen=True)
class StandIns:
    """Names and what stands for them, both ways; ``places`` leaves addresses and the like out."""

    names: tuple[tuple[str, str], ...] = ()
    places: bool = False

    def hide(self, text: str) -> str:
        """``text`` with stand-ins for names; e-mail addresses and telephone numbers left out."""
        text = _PLACES.sub("[left out]", text) if self.places else text
        return _swap(text, dict(self.names))

    def put_back(self, text: str) -> str:
        """``text`` with the names in the place of their stand-ins."""
        return _swap(text, {stand_in: name for name, stand_in in self.names})


def stand_ins_for(
    texts: Sequence[str], names: Iterable[str], common: Collection[str], sent: str = ""
) -> StandIns:
    """Stand-ins for ``names`` and for whatever else looks like one in ``texts``.

    ``common`` are words in lower case that are no names, however a sentence begins with them.
    ``sent`` is all that goes, the program's own words included: ``names`` are filled in there too.
    """
    whole = "\n".join(texts)
    found = dict.fromkeys(part for name in names for part in _TOKEN.findall(name) if len(part) > 1)
    found |= dict.fromkeys(_names_in(whole, common))
    going = f"{whole}\n{sent}"
    used = set(words(going))
    free = (name for name in _STAND_INS if name.lower() not in used and name not in found)
    present = [name for name in found if re.search(rf"\b{re.escape(name)}\b", going, re.I)]
    return StandIns(tuple(zip(present, _endless(free), strict=False)), places=True)


def touches_private(text: str, private: Iterable[str], public: Collection[str]) -> bool:
    """Whether ``text`` tells, in whole or in part, what one of the ``private`` texts does.

    ``public`` are words in lower case that give nothing away, because they stand elsewhere too.
    """
    low = f" {' '.join(words(text))} "
    told = set(words(text))
    by_sentence = [set(stems(one)) for one in sentences(text)]
    for secret in private:
        its = words(secret)
        runs = (its[at : at + _RUN] for at in range(max(1, len(its) - _RUN + 1)))
        if any(f" {' '.join(run)} " in low for run in runs if run):
            return True
        if any(w in told and w not in public and len(w) >= _PRIVATE_ENOUGH for w in its):
            return True
        matter = set(stems(secret))
        if len(matter) > 1 and any(
            len(matter & one) >= max(2, _SHARE * len(matter)) for one in by_sentence
        ):
            return True
    return False


def _names_in(text: str, common: Collection[str]) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        word = match.group()
        low = word.lower()
        if not word[0].isupper() or low in _KNOWN or len(word) < 2:
            continue
        begins = _STARTS.search(text[max(0, match.start() - 12) : match.start()])
        if begins and (low in common or low in _lower_case(text)):
            continue
        if low.partition("'")[0].partition("’")[0] in {"i", "we", "you"}:
            continue
        yield word


def _lower_case(text: str) -> set[str]:
    return {word for word in _TOKEN.findall(text) if word[0].islower()}


def _endless(free: Iterable[str]) -> Iterator[str]:
    yield from free
    number = 0
    while True:
        number += 1
        yield f"Person{number}"


def _swap(text: str, pairs: dict[str, str]) -> str:
    """Every whole word that is a key of ``pairs`` replaced, its capitals or not alike."""
    if not pairs:
        return text
    by_low = {key.lower(): value for key, value in pairs.items()}
    longest = sorted(map(re.escape, pairs), key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w]){'(?:' + '|'.join(longest) + ')'}(?!\w)", re.IGNORECASE)
    return pattern.sub(lambda m: by_low[m.group().lower()], text)
