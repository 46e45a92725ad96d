"""Who a clause is about: the user, the other person of the pair, both, or somebody else."""

from __future__ import annotations

import re
from dataclasses import replace

from coach.memory.items import About
from coach.memory.noticing.cast import Cast, Who
from coach.memory.noticing.closed import AUXILIARY, DETERMINERS, PREPOSITIONS, TITLES
from coach.memory.noticing.lexicon import Lexicon, lexicon
from coach.memory.noticing.nouns import contracted, is_verb, means_i, named, until_verb
from coach.memory.noticing.segments import Clause, is_finite
from coach.memory.noticing.subject import NAMED, Subject, spoken

_WORD = re.compile(r"[^\W_]+(?:[.-][^\W_]+)*")
_MYSELF = re.compile(r"me,? (?=i\b)")
"""Named apart before the sentence: "me, I am to ask him"."""
_ME = re.compile(r"(?:i|im|ive|ill|id)$")
_OPENER = re.compile(
    r"(?:(?:after|before|until|till|since|as|when|whenever|if|once|while|because"
    r"|although|though|unless)\b(?! then\b)[^,;:]*"
    r"|(?:on|in|at|by|for|from|during|with|without|to|over|under|between|within|apart"
    r"|besides|thanks|regarding|re|strictly|just)\b"
    r"(?:(?! (?:i|he|she|we|they)\b)[^,;:]){0,60}),\s*"
)
_FRONTED = frozenset({"now", "here", "there", "then", "next", "first", "later", "soon"})
_COMES = re.compile(r"(?:comes?|came|goes|follows?|followed|begins?|starts?) (?:the|a|an|my|our)\b")
"""A verb with its subject after it: "now comes the part"."""
_POSSESSIVES = frozenset({"my", "our", "his", "her", "their", "its"})
_CONTRACTED = {
    "hes": "he",
    "shes": "she",
    "theyre": "they",
    "theyll": "they",
    "weve": "we",
    "lets": "we",
}


class SubjectReader:
    """Reads the subjects of a text's clauses in order; it remembers who was spoken of."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._words: Lexicon = lexicon()
        self._sentence = -1
        self._last: Subject | None = None
        self._rival = ""
        self._kin = ""

    def read(self, clause: Clause, speaker: Who = "none") -> Subject:
        """The subject of ``clause``; ``speaker`` is who says it when it is direct speech."""
        if clause.sentence != self._sentence:
            self._kin = self._rival if self._last is not None and self._last.about == "me" else ""
            self._rival, self._sentence = "", clause.sentence
            if self._last is not None and self._last.who != "other":
                self._kin = ""
        found = self._find(clause)
        if clause.quoted:
            found = spoken(found, speaker)
        elif (
            found.elided
            and found.start < len(clause.low)
            and not clause.first
            and self._last is not None
        ):
            found = self._inherited(found, clause)
        if found.who == "other" and not self._cast.mentions_them(clause.low):
            self._rival = found.pronoun or "any"
        elif found.who == "them" and not found.pronoun:
            self._rival = ""
        self._last = found
        return found

    def _inherited(self, found: Subject, clause: Clause) -> Subject:
        """The subject of the clause before, unless the verb says that it is another."""
        if self._last is None:
            return found
        head = re.match(r"[a-z]+", clause.low[found.start :])
        verb = self._words.forms.get(head.group()) if head else None
        third = verb is not None and head is not None and head.group() == verb.third != verb.past
        if third and self._last.who in ("me", "both"):
            return found
        return replace(
            found, who=self._last.who, about=self._last.about, pronoun=self._last.pronoun
        )

    def _find(self, clause: Clause) -> Subject:
        low, at = clause.low, len(clause.joiner)
        while at < len(low) and not low[at].isalnum():
            at += 1
        if apart := _MYSELF.match(low, at):
            at = apart.end()
        opener = _OPENER.match(low, at)
        if opener and opener.end() < len(low):
            at = opener.end()
        matches = list(_WORD.finditer(low, at))
        for i in range(min(len(matches), 14)):
            if hit := self._at(clause, matches, i):
                return hit
        end = at if matches else len(low)
        return Subject("none", None, True, end, end)

    def _at(self, clause: Clause, matches: list[re.Match[str]], i: int) -> Subject | None:
        """The subject that begins with word ``i``; one without a place of its own at a verb."""
        match = matches[i]
        word, low = match.group(), clause.low
        if word in TITLES and i + 1 < len(matches):
            following = matches[i + 1].group()
            bare = following in self._words.forms or following in AUXILIARY
            end = matches[i + 1].start()
            return Subject("them", "them", False, match.start(), end) if bare else None
        if (
            word in self._words.lead
            and i < 5
            and word != "that"
            and not is_finite(word, self._words)
        ):
            return None
        if hit := self._person(clause, matches, i, word):
            return hit
        if word in DETERMINERS or word in _POSSESSIVES:
            role = self._by_role(clause, matches, i) if word == "the" else None
            return role or self._phrase(clause, matches, i)
        if is_verb(self._words, word, i, matches):
            inverted = re.match(r"\W+(?:he|she|they|we|i)\b", low[match.end() :])
            if word in AUXILIARY and inverted:
                return None
            if i and matches[i - 1].group() in _FRONTED and _COMES.match(low, match.start()):
                return Subject("other", None, False, match.start(), match.end())
            return Subject("none", None, True, match.start(), match.start())
        if clause.text[match.start()].isupper() and named(self._words, clause, matches, i):
            end = until_verb(self._words, matches, i)
            kin = self._words.relatives.get(word) or NAMED
            return Subject("other", None, False, match.start(), end, kin)
        return None

    def _person(
        self, clause: Clause, matches: list[re.Match[str]], i: int, word: str
    ) -> Subject | None:
        match = matches[i]
        start, end = match.span()
        low = clause.low
        if _ME.match(word) and (word not in {"ill", "id"} or means_i(self._words, matches, i)):
            return Subject("me", "me", False, start, start + 1)
        base = self._base(word, matches, i)
        if word == "lets" and i:
            return None
        if base in {"he", "she", "they"}:
            end = start + len(base)
            partner = re.match(r"\s+and\s+i\b", low[end:])
            if partner:
                return Subject("both", "both", False, start, end + partner.end())
            who = self._pronoun(base, clause)
            return Subject(who, "them" if who == "them" else None, False, start, end, base)
        if base == "we":
            return Subject("both", "both", False, start, start + 2)
        if word == "you":
            return Subject("it", None, False, start, end, "you")
        if word in {
            "it",
            "this",
            "there",
            "who",
            "which",
            "what",
            "everything",
            "nothing",
            "everyone",
            "nobody",
        }:
            if re.match(r"\s+(?:he|she|they|i|we)\b", low[end:]):
                return None
            return Subject("it", None, False, start, end)
        original = clause.text[start:end]
        before = matches[i - 1].group() if i else ""
        if self._cast.is_name(word, original) and before not in PREPOSITIONS:
            return self._own_name(clause, matches, i)
        return None

    def _base(self, word: str, matches: list[re.Match[str]], i: int) -> str:
        """The pronoun in a contraction without its apostrophe, else the word itself."""
        if word in {"hell", "shell"} and means_i(self._words, matches, i):
            return word.removesuffix("ll")
        return _CONTRACTED.get(word, word)

    def _own_name(self, clause: Clause, matches: list[re.Match[str]], i: int) -> Subject | None:
        start, end = matches[i].span()
        low = clause.low
        while i + 1 < len(matches) and self._cast.is_name(matches[i + 1].group()):
            i += 1
            end = matches[i].end()
        if re.match(r"'s?\s", low[end:]) and not contracted(self._words, low[end:]):
            return Subject("other", "them", False, start, until_verb(self._words, matches, i))
        if partner := re.match(r"\s+(?:and|&)\s+(?:i|me|myself)\b", low[end:]):
            return Subject("both", "both", False, start, end + partner.end())
        return Subject("them", "them", False, start, end)

    def _phrase(self, clause: Clause, matches: list[re.Match[str]], i: int) -> Subject:
        """The subject that begins with a determiner or a possessive."""
        word = matches[i].group()
        about: About | None = None
        if word == "my":
            about = "me"
        elif word == "our":
            about = "both"
        elif word in {"his", "her", "their"}:
            own = {"he": "his", "she": "her", "they": "their"}.get(self._cast.pronoun, "their")
            about = "them" if word == own else None
        pronoun = ""
        for j in range(i + 1, min(i + 10, len(matches))):
            other = matches[j].group()
            if (
                j == i + 1
                and about == "me"
                and (other == self._cast.title or self._cast.is_name(other))
            ):
                return Subject("them", "them", False, matches[i].start(), matches[j].end())
            hit = other in {"he", "she", "they", "i", "we"} or (
                j > i + 1
                and self._cast.is_name(other)
                and matches[j - 1].group() not in PREPOSITIONS
                and not clause.low[matches[j].end() :].startswith("'s")
                and matches[j - 1].group() != "and"
            )
            if hit and clause.low[matches[j - 1].end() : matches[j].start()].strip() in {"", ","}:
                found = self._person(clause, matches, j, other)
                if found is not None:
                    return found
            if other in self._words.relatives and not pronoun:
                pronoun = self._words.relatives[other] or "any"
            if (
                j > i + 1
                and is_verb(self._words, other, j, matches)
                and not (other.endswith("ing"))
            ):
                return Subject(
                    "other", about, False, matches[i].start(), matches[j].start(), pronoun
                )
        return Subject(
            "other",
            about,
            False,
            matches[i].start(),
            matches[min(i + 1, len(matches) - 1)].end(),
            pronoun,
        )

    def _by_role(self, clause: Clause, matches: list[re.Match[str]], i: int) -> Subject | None:
        """The one of the pair whom "the mentee", "the mentor" or "the undersigned" names."""
        role = matches[i + 1].group() if i + 1 < len(matches) else ""
        who: About | None = {self._cast.title: "them", self._cast.own_title: "me"}.get(role)  # type: ignore[assignment]
        if who is None:
            return None
        end = matches[i + 1].end()
        if clause.low.startswith("'s ", end):
            return Subject(
                "other", who, False, matches[i].start(), until_verb(self._words, matches, i + 1)
            )
        return Subject(who, who, False, matches[i].start(), end)

    def _pronoun(self, word: str, clause: Clause) -> Who:
        if self._cast.pronoun not in {word, ""}:
            return "other"
        if word == "they" and self._cast.pronoun != "they":
            return "other"
        if clause.sentence == self._sentence and self._rival in {word}:
            return "other"
        return "other" if self._kin == word and clause.first else "them"
