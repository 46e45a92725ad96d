"""What is remembered of each pair: sessions, and the items that were noticed in them.

Every method takes the pair and reads or changes that pair's rows alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, Unpack

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from coach.errors import NotFoundError
from coach.memory.changes import Changes, check_days, checked
from coach.memory.items import Closing, Draft, Item, Kind, Noticed, Status
from coach.memory.rows import FIELDS, fields_of, item_of, new_row, select_items, touch, was
from coach.storage.database import Database
from coach.storage.pairs import Pair
from coach.storage.schema import item_history, items, memory_state, sessions, turns


@dataclass(frozen=True)
class Session:
    """One mentoring meeting of a pair and the note written about it; ``number`` starts at 1."""

    id: int
    number: int
    on: date
    note: str


class Logged(NamedTuple):
    """What logging a note came to; ``new`` is False when that note was there already."""

    session: Session
    items: list[Item]
    new: bool


@dataclass(frozen=True)
class Version:
    """What an item was before a change: its fields by name, and the time that this held."""

    valid_from: datetime
    valid_to: datetime
    was: dict[str, Any]


class MemoryStore:
    """Sessions and memory items in the database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # -- keeping -----------------------------------------------------------

    def add_session(self, pair: Pair, on: date, text: str, noticed: Noticed) -> Logged:
        """Keep a note with what was noticed in it, and close the earlier items that it closes.

        All of it or nothing. The same note for the same day is not kept twice: what it gave the
        first time is returned. Raises ValueError for a quote that is not in ``text``.
        """
        digest = note_hash(text)
        _check_quotes(text, noticed.drafts)
        mine = sessions.c.pair_id == pair.id
        same = (mine, sessions.c.held_on == on, sessions.c.note_hash == digest)
        with self.database.write() as connection:
            known = connection.execute(select(sessions).where(*same)).first()
            if known:
                session = Session(known.id, known.number, known.held_on, known.note)
                found = connection.execute(select_items(pair.id, items.c.session_id == known.id))
                return Logged(session, [item_of(row) for row in found], new=False)
            last = connection.scalar(select(func.max(sessions.c.number)).where(mine))
            number = (last or 0) + 1
            key = connection.execute(
                insert(sessions).values(
                    pair_id=pair.id, number=number, held_on=on, note=text, note_hash=digest,
                    created_at=datetime.now(UTC),
                )
            ).inserted_primary_key  # fmt: skip
            assert key is not None
            source = {"session_id": int(key[0])}
            kept = _keep(connection, pair.id, noticed, on, source)
        return Logged(Session(key[0], number, on, text), kept, new=True)

    def keep(
        self, pair: Pair, on: date, text: str, noticed: Noticed, *, message_id: int
    ) -> list[Item]:
        """Keep what was noticed in a message of the chat (``text``) that is stored already."""
        _check_quotes(text, noticed.drafts)
        with self.database.write() as connection:
            return _keep(connection, pair.id, noticed, on, {"message_id": message_id})

    def keep_of_session(self, pair: Pair, session: Session, drafts: Sequence[Draft]) -> list[Item]:
        """Keep more of what a session's note says."""
        _check_quotes(session.note, drafts)
        with self.database.write() as connection:
            source = {"session_id": session.id}
            return _keep(connection, pair.id, Noticed(tuple(drafts)), session.on, source)

    # -- reading -----------------------------------------------------------

    def sessions(self, pair: Pair) -> list[Session]:
        """The pair's sessions by number."""
        query = select(sessions).where(sessions.c.pair_id == pair.id).order_by(sessions.c.number)
        with self.database.read() as connection:
            return [Session(r.id, r.number, r.held_on, r.note) for r in connection.execute(query)]

    def items(
        self,
        pair: Pair,
        *,
        status: Status | None = None,
        kind: Kind | None = None,
        session: int | None = None,
    ) -> list[Item]:
        """The pair's items, oldest first, that fit all that is given (``session``: number)."""
        wanted: list[tuple[ColumnElement[Any], object]] = [
            (items.c.status, status),
            (items.c.kind, kind),
            (sessions.c.number, session),
        ]
        where = [column == value for column, value in wanted if value is not None]
        with self.database.read() as connection:
            return [item_of(row) for row in connection.execute(select_items(pair.id, *where))]

    def item(self, pair: Pair, item_id: int) -> Item:
        """One item. Raises :class:`NotFoundError`, also for an item of another pair."""
        with self.database.read() as connection:
            return item_of(_row(connection, pair, item_id))

    def history(self, pair: Pair, item_id: int) -> list[Version]:
        """What an item was before each change of it, oldest first. Raises NotFoundError."""
        query = (
            select(item_history)
            .where(item_history.c.item_id == item_id)
            .order_by(item_history.c.id)
        )
        with self.database.read() as connection:
            _row(connection, pair, item_id)
            return [Version(r.valid_from, r.valid_to, r.was) for r in connection.execute(query)]

    def histories(self, pair: Pair) -> dict[int, list[Version]]:
        """What the pair's changed items were before each change, oldest first, by their ids."""
        query = (
            select(item_history)
            .join(items, items.c.id == item_history.c.item_id)
            .where(items.c.pair_id == pair.id)
            .order_by(item_history.c.id)
        )
        found: dict[int, list[Version]] = {}
        with self.database.read() as connection:
            for row in connection.execute(query):
                found.setdefault(row.item_id, []).append(
                    Version(row.valid_from, row.valid_to, row.was)
                )
        return found

    def version(self, pair: Pair) -> int:
        """A number that grows with every change to the pair's memory."""
        query = select(memory_state.c.version).where(memory_state.c.pair_id == pair.id)
        with self.database.read() as connection:
            return connection.scalar(query) or 0

    def counts(self, pair: Pair) -> dict[str, int]:
        """How many sessions, items and imported turns the pair has."""
        with self.database.read() as connection:
            return {
                table.name: connection.scalar(
                    select(func.count()).select_from(table).where(table.c.pair_id == pair.id)
                )
                or 0
                for table in (sessions, items, turns)
            }

    # -- changing ----------------------------------------------------------

    def edit(self, pair: Pair, item_id: int, **changes: Unpack[Changes]) -> Item:
        """Change fields of an item; what it was stays in its history.

        Raises :class:`NotFoundError`, and :class:`UsageError` for a value that does not fit.
        """
        return self._change(pair, item_id, checked(changes))

    def done(self, pair: Pair, item_id: int, on: date) -> Item:
        """Close an item as done."""
        return self._change(pair, item_id, {"status": "done", "closed_on": on})

    def drop(self, pair: Pair, item_id: int, on: date) -> Item:
        """Close an item as given up."""
        return self._change(pair, item_id, {"status": "dropped", "closed_on": on})

    def reopen(self, pair: Pair, item_id: int) -> Item:
        """Open an item again."""
        return self._change(pair, item_id, {"status": "open", "closed_on": None})

    def private(self, pair: Pair, item_id: int, private: bool = True) -> Item:
        """Mark an item as private, or no longer."""
        return self._change(pair, item_id, {"private": private})

    def revert(self, pair: Pair, item_id: int) -> Item:
        """Make an item again what it was before its last change; what it was stays in its history.

        One that was never changed stays as it is. Raises :class:`NotFoundError`.
        """
        versions = self.history(pair, item_id)
        return self._change(pair, item_id, fields_of(versions[-1].was) if versions else {})

    def mark_surfaced(self, pair: Pair, item_ids: Iterable[int], on: date) -> None:
        """Count that the user asked about these items on that day; a day counts once."""
        unseen = or_(items.c.surfaced_on.is_(None), items.c.surfaced_on != on)
        with self.database.write() as connection:
            connection.execute(
                update(items)
                .where(items.c.pair_id == pair.id, items.c.id.in_(list(item_ids)), unseen)
                .values(surfaced=items.c.surfaced + 1, surfaced_on=on)
            )
            touch(connection, pair.id)

    def unmark_surfaced(self, pair: Pair, item_ids: Iterable[int]) -> None:
        """Take back the last time that :meth:`mark_surfaced` counted for these items."""
        counted = (items.c.pair_id == pair.id, items.c.id.in_(list(item_ids)), items.c.surfaced > 0)
        with self.database.write() as connection:
            connection.execute(
                update(items)
                .where(*counted)
                .values(surfaced=items.c.surfaced - 1, surfaced_on=None)
            )
            touch(connection, pair.id)

    def _change(self, pair: Pair, item_id: int, changes: dict[str, Any]) -> Item:
        now = datetime.now(UTC)
        with self.database.write() as connection:
            row = _row(connection, pair, item_id)
            changed = {FIELDS[k]: v for k, v in changes.items() if getattr(row, FIELDS[k]) != v}
            if changed:
                if changed.keys() & {"when_on", "until_on"}:
                    check_days(*(changed.get(c, getattr(row, c)) for c in ("when_on", "until_on")))
                if "status" in changed:
                    changed |= {"superseded_by": None, "closing_quote": None}
                if "text" in changed:
                    changed |= {"vector": None, "model": None}
                connection.execute(
                    insert(item_history).values(
                        item_id=item_id, valid_from=row.updated_at, valid_to=now, was=was(row)
                    )
                )
                connection.execute(
                    update(items).where(items.c.id == item_id).values(**changed, updated_at=now)
                )
                touch(connection, pair.id)
            return item_of(_row(connection, pair, item_id))


def note_hash(text: str) -> str:
    """What tells a note from another: its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def not_found(pair: Pair, item_id: object) -> NotFoundError:
    """The error for an item that the pair does not have."""
    return NotFoundError(
        "Memory", f"{pair.name} has no item {item_id}",
        f"List them with `coach memory list {pair.slug}`.",
    )  # fmt: skip


def _row(connection: Connection, pair: Pair, item_id: int) -> Any:
    row = connection.execute(select_items(pair.id, items.c.id == item_id)).first()
    if row is None:
        raise not_found(pair, item_id)
    return row


def _check_quotes(text: str, drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        if text[draft.start : draft.end] != draft.quote:
            raise ValueError(f"not verbatim at {draft.start}: {draft.quote!r}")


def _keep(
    connection: Connection, pair_id: int, noticed: Noticed, on: date, source: dict[str, int]
) -> list[Item]:
    ids = []
    for draft in noticed.drafts:
        key = connection.execute(
            insert(items).values(new_row(pair_id, draft, on, source))
        ).inserted_primary_key
        assert key is not None
        ids.append(int(key[0]))
    for closing in noticed.closings:
        _close(connection, pair_id, closing, on, ids, source.get("session_id"))
    touch(connection, pair_id)
    return [item_of(r) for r in connection.execute(select_items(pair_id, items.c.id.in_(ids)))]


def _close(
    connection: Connection,
    pair_id: int,
    closing: Closing,
    on: date,
    ids: list[int],
    session_id: int | None,
) -> None:
    """Only what is open can be closed; an item that was forgotten meanwhile is passed over."""
    connection.execute(
        update(items)
        .where(items.c.pair_id == pair_id, items.c.id == closing.item_id, items.c.status == "open")
        .values(
            status=closing.how,
            closed_on=on,
            closing_quote=closing.quote,
            closing_session_id=session_id,
            superseded_by=None if closing.replacement is None else ids[closing.replacement],
            updated_at=datetime.now(UTC),
        )
    )
