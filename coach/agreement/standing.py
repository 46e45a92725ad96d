"""Where the agreement of a pair stands: every topic with what is open in it, and its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from coach.agreement.agreement import Agreement, Change, Entry, difference
from coach.agreement.gaps import Gap, State, gaps, state_of
from coach.agreement.topics import Topic, terms


@dataclass(frozen=True)
class TopicStanding:
    """One topic: what was said and agreed, how far it is, and the gap if there is one."""

    topic: Topic
    entry: Entry
    state: State
    gap: Gap | None


@dataclass(frozen=True)
class Version:
    """One version (from 1) of the agreement, and what it changed from the one before."""

    number: int
    on: date
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class AgreementStanding:
    """The topics in the order they are talked about, the day of the review, and the versions."""

    topics: tuple[TopicStanding, ...]
    review: date | None
    versions: tuple[Version, ...]


def standing(kept: Sequence[tuple[date, Agreement]], name: str) -> AgreementStanding:
    """How things stand after the versions ``kept``, oldest first; ``name`` is the other person's.

    Without a version nothing was said yet.
    """
    now = kept[-1][1] if kept else Agreement()
    open_ones = {gap.topic: gap for gap in gaps(now, name)}
    topics = tuple(
        TopicStanding(
            topic,
            entry := now.entry(topic.name),
            state_of(entry, topic),
            open_ones.get(topic.name),
        )
        for topic in terms().topics.values()
    )
    return AgreementStanding(topics, now.review, history(kept))


def history(kept: Sequence[tuple[date, Agreement]]) -> tuple[Version, ...]:
    """The versions, each with what it changed."""
    before = [Agreement(), *(body for _, body in kept)]
    return tuple(
        Version(number, day, tuple(difference(before[number - 1], body)))
        for number, (day, body) in enumerate(kept, 1)
    )


def between(versions: Sequence[Version], old: int, new: int) -> list[Change]:
    """What changed from the version ``old`` (0: before anything was said) to ``new``, by topic."""
    first, last = sorted((old, new))
    found: dict[tuple[str, str], Change] = {}
    for version in versions:
        if first < version.number <= last:
            for change in version.changes:
                place = change.topic, change.side
                before = found[place].before if place in found else change.before
                found[place] = replace(change, before=before)
    changed = [one for one in found.values() if one.before != one.after]
    if old <= new:
        return changed
    return [replace(one, before=one.after, after=one.before) for one in changed]
