"""A message as plain words: one form for contractions, spellings and punctuation, for patterns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

_STRETCHED = re.compile(r"(\w)\1{2,}")
_LAUGH = re.compile(
    r"(?<!\w)[:;]-?[)pd](?!\w)|[😂🤣😅😄😁😉😜]|\b(?:lol|lmao|rofl|(?:ha){2,}h?|(?:he){2,}|jk)\b"
    r"|, ha(?=[.!]*$)"
)
_TITLE = re.compile(r"\b(dr|mr|mrs|ms|prof|st)\.")
_ASKED = re.compile(r"\?[?!.]*")
_STOPPED = re.compile(r"[.!…]+(?=[\s\"'”’)\]]|$)|\n+")
_STOPS = re.compile(r"[.?](?: [.?])+")
_OTHER = re.compile(r"[^\w?.~]+|(?<=\w)\.(?=\w)|_")
_IS = r"(he|she|it|that|there|what|who|where|how|when|why|everyone|here|this|let)'?s\b"
_CONTRACTED = (
    (re.compile(r"\bcan'?t\b|\bcannot\b"), "can not"),
    (re.compile(r"\bwon'?t\b"), "will not"),
    (re.compile(r"\bain'?t\b"), "is not"),
    (
        re.compile(r"\b(do|does|did|is|are|was|were|has|have|had|would|could|should)n'?t\b"),
        r"\1 not",
    ),
    (re.compile(r"\bi'?m\b"), "i am"),
    (re.compile(_IS.replace("'?", "'")), r"\1 is"),
    (re.compile(r"\b(he|she|that|what|there)s\b"), r"\1 is"),
    (re.compile(r"(\w)'re\b|\b(they|you)re\b"), r"\1\2 are"),
    (re.compile(r"(\w)'ve\b|\b(i|they|we|you)ve\b"), r"\1\2 have"),
    (re.compile(r"(\w)'ll\b"), r"\1 will"),
    (re.compile(r"(\w)'d\b"), r"\1 would"),
)


def plain_words(text: str, spelt: Mapping[str, str], keys: Collection[str]) -> str:
    """``text`` in lower case as words with one space between, " . " or " ? " after a sentence.

    Contractions are written out ("can't" is "can not"), a possessive is "mentor s", laughter is
    "haha". ``spelt`` gives other spellings of single words; a word one slip (Damerau) away from
    one of ``keys`` and with the same first letter becomes it.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = re.sub("[’‘`´]", "'", plain.lower())
    plain = _LAUGH.sub(" haha ", _STRETCHED.sub(r"\1\1", plain))
    plain = _STOPPED.sub(" . ", _TITLE.sub(r"\1", _ASKED.sub(" ? ", plain)))
    for pattern, written in _CONTRACTED:
        plain = pattern.sub(written, plain)
    tokens = _OTHER.sub(" ", plain).split()
    known = {token: _spelt(token, spelt, keys) for token in set(tokens)}
    said = " ".join(known[token] for token in tokens)
    return _STOPS.sub(lambda m: "?" if "?" in m[0] else ".", said)


def _spelt(word: str, spelt: Mapping[str, str], keys: Collection[str]) -> str:
    if word in spelt:
        return spelt[word]
    # Shorter words are one slip away from too many others.
    if len(word) < 6 or word in keys:
        return word
    near = (key for key in keys if key[0] == word[0] and -2 < len(key) - len(word) < 2)
    return next((key for key in near if one_slip(word, key)), word)


def one_slip(left: str, right: str) -> bool:
    """Whether one letter added, left out, changed or swapped with its neighbour parts the two."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    a, b = left[start:], right[start:]
    if a[1:] == b[1:] or a[1:] == b or a == b[1:]:
        return True
    return len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]
