"""Limits that act: whether a suggestion proposes what the two have put out of bounds.

Limits come from the agreement (out of bounds, hours, ways to be in touch) and from boundaries
noted in memory. A text is read clause by clause; anything the pair does not know is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from coach.agreement.agreement import Agreement
from coach.agreement.channels import proposed
from coach.agreement.clock import Window, windows
from coach.agreement.limit_words import puts_out_of_bounds, rules_of, subject_words
from coach.agreement.rules import Reading, Rule, proposal_window
from coach.agreement.topics import terms
from coach.memory.dates import HERE, Locale, find_dates
from coach.memory.items import Item
from coach.memory.noticing.roots import root
from coach.text import first_name, sentences, words

_CLAUSE = re.compile(r"[;?!\n]+|:(?!\d)|\s[–—-]\s|,\s+(?:and|but|so|then)\s+|\s+(?:but|then)\s+")
# Days that belong to something told, not to the contact that is proposed.
_NOT_WHEN = re.compile(
    r"\b(?:about|regarding|concerning|re|since|until|till|before|after|by)\s+(?:(?:the|last|next|this|his|her|your|their)\s+)?$"
)
_TOLD_DAY = re.compile(r"^'s\b|^\s+(?:match|game|league|school|service|lesson|class|exam|talk)\b")
_LEAVE_ALONE = re.compile(
    r"\b(?:(?:do not|don't|dont|never) "
    r"(?:ask|mention|discuss|raise|bring up|talk|touch|go into|speak)\w*"
    r"|avoid(?:ing)?|stay off|stay away from|stay clear of|steer clear of"
    r"|(?:leave|leaving|keep|keeping) (?:the )?(?=[\w ]{1,40}\bout\b))[^.;?!]*"
)

_LIMITING = frozenset({"boundary", "expectation", "preference"})
"""Kinds of items that a limit is noted as."""
_OWN_WORDS = 5


@dataclass(frozen=True)
class Limit:
    """One limit in the words it was set in, with the rules that it comes to and since when.

    ``own`` is the end of those words where they were noted as something to come back to: to
    repeat them is to bring the matter up.
    """

    text: str
    rules: tuple[Rule, ...]
    since: date | None = None
    private: bool = False
    own: str = ""


@dataclass(frozen=True)
class Limits:
    """All limits of a pair; ``names`` are the other person's, in lower case.

    ``locale`` says which day "on 3/4" is.
    """

    limits: tuple[Limit, ...] = ()
    names: frozenset[str] = frozenset()
    locale: Locale = HERE

    def forbids(self, text: str, on: date | None = None) -> str | None:
        """Why ``text`` must not be suggested, in words to show to the user; None when it may.

        ``on`` is the day it would be said: with it "tomorrow" and "on 7 June" are read too.
        """
        found = self.limit_against(text, on)
        return None if found is None else f'this is out of bounds: "{found.text}"'

    def limit_against(self, text: str, on: date | None = None) -> Limit | None:
        """The first limit that ``text`` goes against."""
        if not self.limits:
            return None
        readings = list(_readings(text, self.names, on, self.locale))
        said = " ".join(words(text))
        for limit in self.limits:
            if (limit.own and limit.own in said) or any(
                rule.forbids(reading) for rule in limit.rules for reading in readings
            ):
                return limit
        return None


def limits_of(
    agreement: Agreement | None,
    items: Iterable[Item] = (),
    name: str = "",
    locale: Locale = HERE,
) -> Limits:
    """The limits in an agreement and in the open boundaries among ``items``.

    ``name`` is the other person's: with it "call Mags" is no contact between the two.
    """
    found = [*_agreed(agreement or Agreement())]
    for item in items:
        if item.status != "open" or not (item.kind in _LIMITING or puts_out_of_bounds(item.quote)):
            continue
        sure = item.kind == "boundary"
        told = dict.fromkeys((item.text, item.quote))
        read = (rules_of(text, "note", sure=sure, name=name) for text in told if text)
        rules = next((found for found in read if found), ())
        if rules:
            text = item.quote or item.text
            own = "" if item.kind in _LIMITING else " ".join(words(text)[-_OWN_WORDS:])
            found.append(Limit(text, rules, item.said_on, item.private, own))
    names = {part.lower() for part in [*words(name), first_name(name)] if part}
    return Limits(tuple(found), frozenset(names), locale)


def _agreed(agreement: Agreement) -> Iterator[Limit]:
    for topic in ("out-of-bounds", "hours", "channel", "length", "place", "follow-up", "covered"):
        entry = agreement.entry(topic)
        settled = entry.agreed and not entry.reopened
        texts = (
            [(entry.agreed, entry.agreed_on)]
            if settled
            else [(entry.agreed, entry.agreed_on), (entry.mine, entry.mine_on),
                  (entry.theirs, entry.theirs_on)]
        )  # fmt: skip
        for text, since in texts:
            said = "agreed" if text is entry.agreed else "said"
            rules = rules_of(text, topic, sure=said == "agreed") if text else ()
            if rules:
                yield Limit(" ".join(text.split()), rules, since)


def _readings(
    text: str, names: frozenset[str], on: date | None, locale: Locale
) -> Iterator[Reading]:
    for sentence in sentences(text) or [text]:
        for clause in _CLAUSE.split(sentence):
            if clause.strip():
                yield _reading(clause, names, on, locale)


def _reading(clause: str, names: frozenset[str], on: date | None, locale: Locale) -> Reading:
    low = clause.lower().replace("’", "'")
    left = _LEAVE_ALONE.sub(" ", low)
    for phrase in terms().not_a_subject:
        left = left.replace(phrase, " ")
    channels = tuple(proposed(clause, names))
    apart = low
    for one in channels:
        # The "by" of "drop by this weekend" is no deadline.
        apart = apart[: one.start] + "," * (one.end - one.start) + apart[one.end :]
    times = tuple(map(proposal_window, _times(apart, on, locale))) if channels else ()
    return Reading(left, frozenset(map(root, words(left))) | subject_words(left), channels, times)


def _times(low: str, on: date | None, locale: Locale) -> list[Window]:
    """The times in a clause that may be those of the contact."""
    cut = low
    for match in re.finditer(r"\b(?:\w+day|weekend)s?\b", low):
        before, after = low[: match.start()], low[match.end() :]
        if _NOT_WHEN.search(before) or _TOLD_DAY.match(after):
            cut = cut[: match.start()] + " " * len(match.group()) + cut[match.end() :]
    found = windows(cut, proposal=True)
    if on is not None:
        days = {
            one.when.weekday()
            for one in find_dates(low, on, locale)
            if one.when and one.relation == "on" and one.until in {None, one.when}
        }
        timed = [w for w in found if w.timed and w.days is None]
        found += [Window(frozenset({day}), w.start, w.end) for day in days for w in timed]
        found += [Window(frozenset({day})) for day in days if not timed]
    return found
