"""The names and pronouns by which a text speaks of the two of a pair."""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

from coach.memory.items import About, Owner, Person
from coach.memory.noticing.closed import TITLES

Who = Literal["me", "them", "both", "other", "it", "none"]
"""A grammatical subject: one of the pair, both, somebody else, a thing, or nobody known."""


_PARTS = frozenset((
    "action", "job", "task", "homework", "turn", "part", "side", "to-do", "todo", "do", "duty",
    "list", "promise", "step", "commitment", "point", "bit", "share", "end",
))  # fmt: skip
"""What is somebody's to do: "my job: ..."; "my exam: ..." is not."""


class Cast:
    """The names and pronouns by which a text speaks of the pair."""

    def __init__(self, them: Person, my_role: str, low: str) -> None:
        self.them = them
        self.role: About = "them" if my_role == "mentor" else "me"
        self.title = them.role
        parts = [p.lower() for p in re.findall(r"[^\W\d_]+", them.name) if len(p) > 1]
        self.names = frozenset(p for p in parts if p not in TITLES) or frozenset(parts)
        self.first = next((p for p in parts if p not in TITLES), "")
        self.initial = self.first[:1]
        self.initials = "".join(p[0] for p in parts if p not in TITLES)
        self._dotted = ".".join(self.initials) if len(self.initials) > 1 else ""
        self.own_title = my_role
        self.pronoun = them.pronoun or _inferred(low)

    def is_name(self, word: str, original: str = "") -> bool:
        """Whether ``word`` (lower case) names them; ``original`` is it as written."""
        word = word.rstrip(".")
        if word and word == self._dotted:
            return True
        if word in self.names or word in {
            self.title,
            "mentor" if self.title == "mentor" else "mentee",
        }:
            return True
        if len(word) > 1 and word == self.initials and original.isupper():
            return True
        if len(word) == 1:
            return original == original.upper() and word == self.initial and word not in "ia"
        return 3 <= len(word) < len(self.first) and self.first.startswith(word)

    def labelled(self, label: str) -> Owner | None:
        """Whom a label such as "me", "Marisol" or "Homework for me" names; None for a topic."""
        low = label.lower().strip(" .")
        if self._dotted and low == self._dotted:
            return "them"
        words = re.findall(r"[^\W_]+", low)
        if not words or words[0] in {"between", "among", "amongst", "about"}:
            return None
        if "both" in words or "we" in words or "us" in words or (low in {"together"}):
            return "both"
        if "me" in words or "i" in words or words[0] == "mine":
            return "me"
        if words[0] == "my" and (words[-1].rstrip("s") in _PARTS or len(words) == 1):
            return "me"
        if words == [self.own_title]:
            return "me"
        originals = re.findall(r"[^\W_]+", label)
        if (
            any(self.is_name(w, o) for w, o in zip(words, originals, strict=False))
            and len(words) <= 3
        ):
            return "them"
        theirs = {"she": {"she", "her", "hers"}, "he": {"he", "him", "his"}}.get(
            self.pronoun, {"they", "them", "their"}
        )
        return "them" if theirs & set(words[:1]) or theirs & set(words[-1:]) else None

    def mentions_them(self, low: str) -> bool:
        """Whether ``low`` has their name or pronoun."""
        words = set(re.findall(r"[^\W_]+", low))
        forms = {
            "she": {"she", "her", "hers", "herself"},
            "he": {"he", "him", "his", "himself"},
        }.get(self.pronoun, {"they", "them", "their"})
        named = any(self.is_name(w) for w in words if len(w) > 1)
        return named or bool(words & forms) or self._is_dotted_in(low)

    def _is_dotted_in(self, low: str) -> bool:
        return bool(self._dotted) and re.search(rf"\b{re.escape(self._dotted)}\b", low) is not None

    @staticmethod
    def mentions_me(low: str) -> bool:
        """Whether ``low`` has "I", "me" or "my"."""
        return bool(re.search(r"\b(?:i|me|my|mine|myself|im|ive)\b(?!\.\w)", low))

    @staticmethod
    def mentions_both(low: str) -> bool:
        """Whether ``low`` has "we", "us" or "our"."""
        return bool(re.search(r"\b(?:we|us|our|ours|ourselves|both of us)\b", low))


def _inferred(low: str) -> str:
    """The commoner of "he" and "she" in the text; "" when neither is clear."""
    count = Counter(re.findall(r"\b(he|she|his|her|him|hers)\b", low))
    male = count["he"] + count["his"] + count["him"]
    female = count["she"] + count["her"] + count["hers"]
    if male == female:
        return ""
    return "he" if male > female else "she"
