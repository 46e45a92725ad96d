"""What an item was before: its earlier words and dates, and what replaced it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from coach.tui.memory_words import say_day, say_days
from coach.tui.plain import one_line

if TYPE_CHECKING:
    from coach.memory.items import Item
    from coach.memory.store import Version


def lines_of(
    item: Item, others: Iterable[Item], versions: Sequence[Version], today: date
) -> list[tuple[str, str]]:
    """(Label, text) for each thing there is to tell; ``others`` are the pair's items."""
    known = list(others)
    newer = next((one for one in known if one.id == item.superseded_by), None)
    older = [one for one in known if one.superseded_by == item.id]
    lines = [("Replaced by", one_line(newer.text))] if newer else []
    lines += [("It replaced", f"{one_line(o.text)}, {say_day(o.said_on, today)}") for o in older]
    states = [*(version.was for version in versions), _now(item)]
    for version, then in zip(versions, states[1:], strict=True):
        changed = _changed(version.was, then, today)
        if changed:
            lines.append((f"Until {say_day(version.valid_to.date(), today)}", changed))
    return lines


def _now(item: Item) -> dict[str, Any]:
    return {
        "text": item.text, "when": _iso(item.when), "until": _iso(item.until),
        "private": item.private, "status": item.status,
    }  # fmt: skip


def _changed(was: Mapping[str, Any], then: Mapping[str, Any], today: date) -> str:
    """What of an earlier state is different from the state after it."""
    said = []
    if was["text"] != then["text"]:
        said.append(f"“{one_line(was['text'])}”")
    if (was["when"], was["until"]) != (then["when"], then["until"]):
        said.append(say_days(_day(was["when"]), _day(was["until"]), today) or "no date")
    if was["status"] != then["status"]:
        said.append(
            {"superseded": "replaced", "dropped": "given up"}.get(was["status"], was["status"])
        )
    if was["private"] != then["private"]:
        said.append("private" if was["private"] else "not private")
    return ", ".join(said)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
