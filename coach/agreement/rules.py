"""What one limit rules out: a subject, a time to be in touch, a way to be in touch, a deed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from coach.agreement.channels import CONTACT, REMOTE, Named
from coach.agreement.clock import DAY, WORKDAYS, Window

_HOUR = 60
_RULED_OUT = 0.5
"""A proposed stretch is ruled out when at least this share of it is."""


@dataclass(frozen=True)
class Reading:
    """What one clause of a suggestion proposes, and its words, prepared once.

    ``low`` is the clause in lower case, ``roots`` the roots of its words, ``channels`` the ways to
    be in touch that it proposes and ``windows`` the times it proposes for it.
    """

    low: str
    roots: frozenset[str]
    channels: tuple[Named, ...] = ()
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True)
class Subject:
    """A subject to leave alone: each of ``keys`` must be met by one of its words or phrases."""

    keys: tuple[frozenset[str], ...]
    phrases: tuple[re.Pattern[str] | None, ...] = field(default=())

    def forbids(self, reading: Reading) -> bool:
        """Whether the clause touches the subject."""
        if not self.keys:
            return False
        return all(
            bool(key & reading.roots) or bool(phrase and phrase.search(reading.low))
            for key, phrase in zip(self.keys, self.phrases, strict=True)
        )


@dataclass(frozen=True)
class Deed:
    """Something not to do: all of ``roots`` must come in one clause, and one of ``channels``."""

    roots: frozenset[str]
    channels: frozenset[str] = frozenset()

    def forbids(self, reading: Reading) -> bool:
        """Whether the clause proposes it."""
        if self.channels and not _meant(self.channels, reading.channels):
            return False
        return bool(self.roots) and self.roots <= reading.roots


@dataclass(frozen=True)
class Never:
    """No contact by ``channels`` (any when it holds "contact") in ``windows``; () is at no time."""

    channels: frozenset[str]
    windows: tuple[Window, ...] = ()

    def forbids(self, reading: Reading) -> bool:
        """Whether the clause proposes such contact at such a time."""
        if not _meant(self.channels, reading.channels):
            return False
        if not self.windows:
            return True
        return any(_clash(rule, asked) for rule in self.windows for asked in reading.windows)


@dataclass(frozen=True)
class Within:
    """Contact by ``channels`` only within ``windows``."""

    channels: frozenset[str]
    windows: tuple[Window, ...]

    def forbids(self, reading: Reading) -> bool:
        """Whether the clause proposes such contact at another time."""
        if not _meant(self.channels, reading.channels) or not reading.windows:
            return False
        return not any(_open(rule, asked) for rule in self.windows for asked in reading.windows)


@dataclass(frozen=True)
class Only:
    """In touch by ``channels`` and no other way; meetings are not meant."""

    channels: frozenset[str]

    def forbids(self, reading: Reading) -> bool:
        """Whether the clause proposes another way."""
        asked = [one for one in reading.channels if one.channel in REMOTE]
        places = {(one.start, one.end) for one in asked if one.channel in self.channels}
        return any(
            one.channel not in self.channels and (one.start, one.end) not in places for one in asked
        )


Rule = Subject | Deed | Never | Within | Only


def proposal_window(window: Window) -> Window:
    """A proposed time as the hour that is meant: "after five" is about five to six."""
    if window.start is not None and window.end is None:
        return Window(window.days, window.start, min(window.start + _HOUR, DAY))
    if window.end is not None and window.start is None:
        return Window(window.days, max(window.end - _HOUR, 0), window.end)
    return window


def _meant(ruled: frozenset[str], asked: tuple[Named, ...]) -> bool:
    return any(CONTACT in ruled or one.channel in ruled for one in asked)


def _clash(rule: Window, asked: Window) -> bool:
    """Whether what is asked falls into what is ruled out, in each respect that the rule names."""
    if rule.days is not None:
        if asked.days is None or len(rule.days & asked.days) < _RULED_OUT * len(asked.days):
            return False
        if asked.days == WORKDAYS and not rule.days >= WORKDAYS:
            return False
    if rule.timed:
        return asked.timed and _share(rule, asked) >= _RULED_OUT
    return True


def _open(rule: Window, asked: Window) -> bool:
    """Whether what is asked may lie within what is open."""
    if rule.days is not None and asked.days is not None and not rule.days & asked.days:
        return False
    return not (rule.timed and asked.timed) or _share(rule, asked) > _RULED_OUT


def _share(rule: Window, asked: Window) -> float:
    start, end = asked.hours
    first, last = rule.hours
    return max(0, min(end, last) - max(start, first)) / max(1, end - start)
