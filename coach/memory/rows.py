"""Memory items as rows of the database and back; the one place that knows both shapes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, insert, select, update

from coach.memory.items import Draft, Item
from coach.storage.schema import items, memory_state, sessions

# The vector is left out: it is 1.5 kB a row, and only recall needs it.
_COLUMNS = [c for c in items.c if c.name not in {"vector", "model"}]

FIELDS = {
    "kind": "kind",
    "text": "text",
    "when": "when_on",
    "until": "until_on",
    "about": "about",
    "owner": "owner",
    "private": "private",
    "status": "status",
    "closed_on": "closed_on",
}
"""Fields of an item that can change, with their columns; what history keeps of it."""
_DAYS = ("when", "until", "closed_on")


def select_items(pair_id: int, *where: ColumnElement[bool]) -> Select[Any]:
    """The rows of one pair's items that meet all of ``where``, in the order they were kept."""
    return (
        select(*_COLUMNS, sessions.c.number.label("session_number"))
        .select_from(items.outerjoin(sessions, items.c.session_id == sessions.c.id))
        .where(items.c.pair_id == pair_id, *where)
        .order_by(items.c.id)
    )


def item_of(row: Row[Any]) -> Item:
    """The item that a row of :func:`select_items` holds."""
    return Item(
        id=row.id,
        kind=row.kind,
        about=row.about,
        owner=row.owner,
        text=row.text,
        quote=row.quote,
        when=row.when_on,
        until=row.until_on,
        status=row.status,
        private=row.private,
        session=row.session_number,
        said_on=row.said_on,
        importance=row.importance,
        surfaced=row.surfaced,
        surfaced_on=row.surfaced_on,
        closed_on=row.closed_on,
        superseded_by=row.superseded_by,
    )


def new_row(pair_id: int, draft: Draft, said_on: date, source: Mapping[str, int]) -> dict[str, Any]:
    """The values of a new item's row; ``source`` is its ``session_id`` or ``message_id``."""
    now = datetime.now(UTC)
    return {
        "pair_id": pair_id,
        "session_id": source.get("session_id"),
        "message_id": source.get("message_id"),
        "span_start": draft.start,
        "span_end": draft.end,
        "kind": draft.kind,
        "about": draft.about,
        "owner": draft.owner,
        "text": draft.text,
        "quote": draft.quote,
        "when_on": draft.when,
        "until_on": draft.until,
        "status": "open",
        "private": draft.private,
        "said_on": said_on,
        "importance": draft.importance,
        "surfaced": 0,
        "created_at": now,
        "updated_at": now,
    }


def was(row: Row[Any]) -> dict[str, Any]:
    """The changeable fields of a row as plain JSON values, for its history."""
    values = {field: getattr(row, column) for field, column in FIELDS.items()}
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}


def fields_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that :func:`was` gave ``values`` for."""
    days = {key: date.fromisoformat(values[key]) for key in _DAYS if values.get(key)}
    return {**values, **days}


def touch(connection: Connection, pair_id: int) -> None:
    """Say that the pair's memory has changed: what was loaded of it is out of date."""
    grown = connection.execute(
        update(memory_state)
        .where(memory_state.c.pair_id == pair_id)
        .values(version=memory_state.c.version + 1)
    )
    if not grown.rowcount:
        # A number of a deleted pair may be given again: chance keeps their versions apart.
        first = secrets.randbelow(2**30) + 1
        connection.execute(insert(memory_state).values(pair_id=pair_id, version=first))
