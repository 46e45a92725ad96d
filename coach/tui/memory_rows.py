"""What the memory screen lists: pure functions from what is remembered to sections of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from coach.tui.memory_history import lines_of as history_of
from coach.tui.memory_words import (
    is_overdue,
    say_asked,
    say_date_of,
    say_day,
    say_source,
    say_state,
    say_status,
    say_who,
)
from coach.tui.plain import one_line, shown

if TYPE_CHECKING:
    from coach.memory.continuity.followup import FollowUp
    from coach.memory.items import Item
    from coach.memory.store import Version

THREADS, COMMITMENTS, PEOPLE, GOALS, EVERYTHING = (
    "threads", "commitments", "people", "goals", "everything",
)  # fmt: skip
TABS = {
    THREADS: "Threads",
    COMMITMENTS: "Commitments",
    PEOPLE: "People & facts",
    GOALS: "Goals",
    EVERYTHING: "Everything",
}
_PEOPLE = {
    "fact": "Facts",
    "preference": "Preferences",
    "boundary": "Boundaries",
    "expectation": "Expectations",
}
_GOING = "about to be forgotten; Undo takes it back"
_GOALS = {"goal": "Goals", "plan": "Plans"}


@dataclass(frozen=True)
class Snapshot:
    """All that is remembered of one pair on the day ``today``; ``titles`` name the cards.

    ``histories`` has what an item was before each change of it, by its id.
    """

    name: str
    today: date
    items: Sequence[Item] = ()
    follow_ups: Sequence[FollowUp] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    histories: Mapping[int, Sequence[Version]] = field(default_factory=dict)
    going: frozenset[int] = frozenset()
    """The items that are about to be forgotten."""


@dataclass(frozen=True)
class Row:
    """One line of the list: ``items`` are what the keys act on, the leading one first.

    ``detail`` holds paragraphs of (label, text), the label empty for the text itself.
    """

    key: str
    items: tuple[Item, ...]
    title: str
    meta: str
    detail: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """Rows under a heading; the heading may be empty."""

    heading: str
    rows: tuple[Row, ...]


def sections(now: Snapshot, tab: str) -> list[Section]:
    """What the tab shows; a section without rows is left out."""
    made: list[Section]
    if tab == THREADS:
        made = [Section("", tuple(_threads(now)))]
    elif tab == COMMITMENTS:
        made = _commitments(now)
    elif tab == PEOPLE:
        made = _by_kind(now, _PEOPLE)
    elif tab == GOALS:
        made = _by_kind(now, _GOALS)
    else:
        made = _by_day(now)
    return [section for section in made if section.rows]


def chosen(now: Snapshot, heading: str, ids: Iterable[int]) -> Section:
    """A section of the items with these ids, in the order of what is remembered."""
    wanted = set(ids)
    return _section(now, heading, [item for item in now.items if item.id in wanted], kinds=True)


def matching(found: Sequence[Section], needle: str) -> list[Section]:
    """Only the rows that hold every word of ``needle``, in any part of what they show."""
    wanted = needle.casefold().split()
    if not wanted:
        return list(found)

    def fits(row: Row) -> bool:
        parts = [row.title, row.meta, *(text for _, text in row.detail)]
        text = " ".join(parts).casefold()
        return all(word in text for word in wanted)

    kept = [replace(part, rows=tuple(filter(fits, part.rows))) for part in found]
    return [section for section in kept if section.rows]


def _threads(now: Snapshot) -> Iterable[Row]:
    by_id = {item.id: item for item in now.items}
    for one in now.follow_ups:
        items = tuple(by_id[key] for key in one.items if key in by_id)
        if not items:
            continue
        cards = "; ".join(one_line(now.titles.get(card, card)) for card in one.cards)
        text, said, *rest = _item_detail(now, items[0])
        told = [
            ("Why now", shown(one.why)),
            ("Ask", shown(one.ask)),
            *(("It belongs with", one_line(item.text)) for item in items[1:]),
            ("Guidance", cards),
        ]
        yield Row(
            f"thread-{items[0].id}",
            items,
            one_line(one.ask),
            _GOING
            if items[0].id in now.going
            else one_line(one.why).rstrip(".") + (", private" if one.private else ""),
            (text, said, *(pair for pair in told if pair[1]), *rest),
        )


def _commitments(now: Snapshot) -> list[Section]:
    mine = [item for item in now.items if item.kind == "commitment"]
    groups = {
        "What you promised": [i for i in mine if i.owner == "me"],
        f"What {now.name} promised": [i for i in mine if i.owner == "them"],
        "What you promised each other": [i for i in mine if i.owner not in ("me", "them")],
    }
    return [_section(now, heading, found) for heading, found in groups.items()]


def _by_kind(now: Snapshot, headings: Mapping[str, str]) -> list[Section]:
    return [
        _section(now, heading, [item for item in now.items if item.kind == kind])
        for kind, heading in headings.items()
    ]


def _by_day(now: Snapshot) -> list[Section]:
    groups: dict[str, list[Item]] = {}
    for item in sorted(now.items, key=lambda item: (item.said_on, item.id), reverse=True):
        place = f"Session {item.session}" if item.session else "From the chat"
        groups.setdefault(f"{place}, {say_day(item.said_on, now.today)}", []).append(item)
    return [_section(now, heading, found, kinds=True) for heading, found in groups.items()]


def _section(now: Snapshot, heading: str, items: Sequence[Item], *, kinds: bool = False) -> Section:
    def order(item: Item) -> tuple[bool, bool, date, int]:
        last = item.until or item.when or date.max
        return (item.status != "open", not is_overdue(item, now.today), last, item.id)

    return Section(
        one_line(heading), tuple(_row(now, item, kinds) for item in sorted(items, key=order))
    )


def _row(now: Snapshot, item: Item, kinds: bool) -> Row:
    state = say_state(item, now.today)
    meta = f"{item.kind}, {state}" if kinds else state
    if item.id in now.going:
        meta = _GOING
    return Row(f"item-{item.id}", (item,), one_line(item.text), meta, _item_detail(now, item))


def _item_detail(now: Snapshot, item: Item) -> tuple[tuple[str, str], ...]:
    say: Callable[[str | None], str] = lambda who: say_who(who, one_line(now.name))  # noqa: E731
    lines = [
        ("", one_line(item.text)),
        (say_source(item.said_on, item.session, now.today), f"“{shown(item.quote).strip()}”"),
        ("Kind", item.kind),
        ("About", say(item.about)),
        ("Promised by" if item.kind == "commitment" else "Owner", say(item.owner)),
        ("Date", say_date_of(item, now.today) or "none"),
        ("Status", say_status(item, now.today)),
        ("Asked", say_asked(item, now.today)),
        ("Private", "yes: kept out of shared exports" if item.private else "no"),
        *history_of(item, now.items, now.histories.get(item.id, ()), now.today),
    ]
    return tuple((label, text) for label, text in lines if text)
