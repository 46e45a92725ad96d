"""The topics of an agreement and the words for its limits: ``knowledge/agreement.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from coach.content import from_toml, knowledge
from coach.errors import UsageError
from coach.text import join_names

Measure = Literal["rhythm", "length", "span", "hours", "channel", "text"]


@dataclass(frozen=True)
class Topic:
    """One thing to settle: ``question`` is put to a person, ``ask`` names what is not known yet.

    ``script`` is the kind of script that has words for talking about it.
    """

    name: str
    title: str
    question: str
    ask: str
    measure: Measure
    card: str
    script: str


@dataclass(frozen=True)
class Terms:
    """Topics by name in the order they are talked about, and the word lists for limits.

    ``aliases`` are other names of topics; ``channels`` the words for each way to be in touch and
    ``not_a_channel`` the phrases where they mean something else; ``families`` subjects that mean
    the same, ``not_a_subject`` the phrases that only look so; ``includes`` subjects that take in
    other families; ``off`` and ``talk`` the phrases that make something a subject to
    leave alone, ``leave`` the patterns that do so around its name; ``generic`` the words
    that tell nothing about which.
    """

    topics: Mapping[str, Topic]
    aliases: Mapping[str, str]
    channels: Mapping[str, tuple[str, ...]]
    not_a_channel: tuple[str, ...]
    not_a_subject: tuple[str, ...]
    families: Mapping[str, tuple[str, ...]]
    includes: Mapping[str, tuple[str, ...]]
    off: tuple[str, ...]
    talk: tuple[str, ...]
    leave: tuple[re.Pattern[str], ...]
    generic: frozenset[str]


@cache
def terms() -> Terms:
    """The terms; raises :class:`ContentError` when the file is missing, broken or incomplete."""
    return from_toml(knowledge("agreement.toml"), _build, "an entry is missing or malformed")


def topic(name: str) -> Topic:
    """The topic called so, by name, title or alias. Raises :class:`UsageError` listing them all."""
    found = find_topic(name)
    if found is None:
        raise UsageError(
            "Agreement",
            f"there is no topic {name!r}",
            f"There are: {join_names([*terms().topics])}.",
        )
    return found


def find_topic(name: str) -> Topic | None:
    """The topic called so, by name, title or alias; None when there is none."""
    known = terms()
    key = " ".join(name.casefold().replace("_", " ").split()).strip(" :*#.")
    titles = {one.title.casefold(): one.name for one in known.topics.values()}
    found = known.aliases.get(key) or titles.get(key) or key.replace(" ", "-")
    return known.topics.get(found)


def _build(values: dict[str, Any]) -> Terms:
    topics = {one["name"]: Topic(**one) for one in values["topic"]}
    for one in topics.values():
        if one.measure not in get_args(Measure):
            raise ValueError(f"the topic {one.name!r} has no such measure: {one.measure!r}")
    aliases: dict[str, str] = {}
    for name, others in values["aliases"].items():
        if name not in topics:
            raise ValueError(f"aliases are given for {name!r}, which is no topic")
        aliases |= {other.casefold(): name for other in others}
    frames = values["frames"]
    return Terms(
        topics,
        aliases,
        {name: tuple(words) for name, words in values["channels"].items()},
        tuple(values["not_a_channel"]["phrases"]),
        tuple(values["not_a_subject"]["phrases"]),
        {name: tuple(words) for name, words in values["families"].items()},
        {name: tuple(others) for name, others in values["includes"].items()},
        tuple(frames["off"]),
        tuple(frames["talk"]),
        tuple(map(re.compile, frames["leave"])),
        frozenset(frames["generic"].split()),
    )
