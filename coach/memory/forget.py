"""Forgetting: taking an item out of everything that is kept, so that nothing tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, or_, select, update

from coach.lexical import stems
from coach.memory.items import Item
from coach.memory.redact import Span, cut, find, moved, overlap, redact, redact_value, widen
from coach.memory.rows import item_of, select_items, touch
from coach.memory.store import MemoryStore, not_found, note_hash
from coach.storage.backup import remove_automatic_copies
from coach.storage.pairs import Pair
from coach.storage.schema import (
    conversations,
    drafts,
    item_history,
    items,
    messages,
    papers,
    sessions,
    turns,
)
from coach.text import sentences, shorten


@dataclass(frozen=True)
class Forgotten:
    """What went: the items, and how many notes, messages and turns lost a sentence."""

    items: tuple[Item, ...]
    texts: int


def matching(store: MemoryStore, pair: Pair, about: str) -> list[Item]:
    """The pair's items that use every meaningful word of ``about``, in text or quote."""
    wanted = set(stems(about))
    found = [i for i in store.items(pair) if wanted <= set(stems(f"{i.text} {i.quote}"))]
    return found if wanted else []


def would_forget(store: MemoryStore, pair: Pair, item_ids: Iterable[int]) -> list[Item]:
    """The items that :func:`forget` would remove for these: to show before it is done."""
    with store.database.read() as connection:
        return [item_of(row) for row in _doomed(connection, pair, set(item_ids))]


def forget(store: MemoryStore, pair: Pair, item_ids: Iterable[int]) -> Forgotten:
    """Remove items with their vectors and history, and the sentences that they came from.

    With an item go the earlier versions that it superseded and whatever else rests on the same
    words. The sentence is taken out of the note or message it was in, and out of every other
    note, message (also the coach's), imported turn and paper of the pair that repeats it.
    Afterwards the file's log is emptied, and the copies that coach made of the file by itself are
    removed.

    Raises :class:`NotFoundError`, and then nothing is forgotten.
    """
    with store.database.write() as connection:
        rows = _doomed(connection, pair, set(item_ids))
        gone = tuple(item_of(row) for row in rows)
        count = _take_out(connection, pair, rows, _needles(connection, rows))
    _leave_no_trace(store)
    return Forgotten(gone, count)


def forget_words(store: MemoryStore, pair: Pair, about: str, *, request: str = "") -> int:
    """Take every sentence on ``about`` out of the pair's notes, messages, turns and papers, with
    the items that were noticed in it and speak of that.

    A sentence does when it uses all the meaningful words of ``about``. For what was told and never
    became an item, and for ``request``, the message that asks for it. How many other texts had one.
    """
    wanted = set(stems(about))
    if not wanted:
        return 0
    mine = conversations.c.pair_id == pair.id
    with store.database.write() as connection:
        texts = [
            *connection.scalars(select(messages.c.text).join(conversations).where(mine)),
            *connection.scalars(select(sessions.c.note).where(sessions.c.pair_id == pair.id)),
            *connection.scalars(select(turns.c.text).where(turns.c.pair_id == pair.id)),
            *connection.scalars(select(drafts.c.text).where(drafts.c.pair_id == pair.id)),
            *_strings(
                list(connection.scalars(select(papers.c.body).where(papers.c.pair_id == pair.id)))
            ),
        ]
        said = {
            text: [s for s in sentences(text) if wanted <= set(stems(s))]
            for text in dict.fromkeys(texts)
        }
        needles = list(dict.fromkeys(s for found in said.values() for s in found))
        told = sum(bool(found) for text, found in said.items() if text != request)
        doomed = [
            row
            for row in connection.execute(select_items(pair.id)).all()
            if wanted & set(stems(f"{row.text} {row.quote}"))
            and any(find(needle, [row.quote]) for needle in needles)
        ]
        needles += [text for text in _needles(connection, doomed) if text not in needles]
        count = _take_out(connection, pair, doomed, needles)
    if count:
        _leave_no_trace(store)
    return told


def forget_turn(store: MemoryStore, pair: Pair, turn_id: str) -> None:
    """Remove an imported turn by the id that search gives it. Raises :class:`NotFoundError`."""
    number = turn_id.removeprefix("turn-")
    same = [turns.c.external_id == turn_id]
    if number != turn_id and number.isdecimal():
        same.append(turns.c.id == int(number))
    with store.database.write() as connection:
        gone = connection.execute(delete(turns).where(turns.c.pair_id == pair.id, or_(*same)))
        if not gone.rowcount:
            raise not_found(pair, turn_id)
        touch(connection, pair.id)
    _leave_no_trace(store)


def _take_out(connection: Connection, pair: Pair, rows: Sequence[Any], needles: list[str]) -> int:
    """Remove the items ``rows``, and ``needles`` from whatever says them; how many texts did."""
    count = _redact_notes(connection, pair, rows, needles)
    count += _redact_messages(connection, pair, rows, needles)
    count += _redact_turns(connection, pair, needles)
    count += _redact_papers(connection, pair, needles)
    count += _redact_drafts(connection, pair, needles)
    ids = [row.id for row in rows]
    if ids:
        _drop_edits(connection, pair, ids)
        connection.execute(delete(items).where(items.c.id.in_(ids)))
    _redact_closings(connection, pair, needles)
    touch(connection, pair.id)
    return count


def _leave_no_trace(store: MemoryStore) -> None:
    store.database.scrub()
    remove_automatic_copies(store.database.path.parent / "backups")


def _doomed(connection: Connection, pair: Pair, wanted: set[int]) -> list[Any]:
    everything = connection.execute(select_items(pair.id)).all()
    missing = wanted - {row.id for row in everything}
    if missing:
        raise not_found(pair, min(missing))
    doomed = {row.id: row for row in everything if row.id in wanted}
    grown = True
    while grown:
        more = [
            row
            for row in everything
            if row.id not in doomed and any(_rests_on(row, each) for each in doomed.values())
        ]
        doomed |= {row.id: row for row in more}
        grown = bool(more)
    return sorted(doomed.values(), key=lambda row: int(row.id))


def _rests_on(row: Any, gone: Any) -> bool:
    """Whether a row is an earlier version of one that goes, or rests on the same words."""
    if row.superseded_by == gone.id or find(row.quote, _sources(gone)):
        return True
    one, other = _span(row), _span(gone)
    same_text = (row.session_id, row.message_id) == (gone.session_id, gone.message_id)
    return bool(one and other and same_text and overlap(one, other))


def _sources(row: Any) -> list[str]:
    """The words that a row came from, and those that closed it.

    What superseded it is an item of its own, and may stay when the old one goes.
    """
    closing = row.closing_quote if row.status in {"done", "dropped"} else None
    return [text for text in (row.quote, closing) if text]


def _span(row: Any) -> Span | None:
    return None if row.span_start is None else (row.span_start, row.span_end)


def _needles(connection: Connection, rows: Sequence[Any]) -> list[str]:
    ids = [row.id for row in rows]
    query = select(item_history.c.was).where(item_history.c.item_id.in_(ids))
    earlier = [str(was["text"]) for was in connection.scalars(query)]
    now = [text for row in rows for text in (*_sources(row), row.text)]
    return list(dict.fromkeys([*now, *earlier]))


def _redact_notes(
    connection: Connection, pair: Pair, rows: Sequence[Any], needles: list[str]
) -> int:
    count = 0
    for note in connection.execute(select(sessions).where(sessions.c.pair_id == pair.id)).all():
        own = [_span(row) for row in rows if row.session_id == note.id]
        spans = widen(note.note, [*filter(None, own), *find(note.note, needles)])
        if spans:
            count += 1
            text = cut(note.note, spans)
            connection.execute(
                update(sessions)
                .where(sessions.c.id == note.id)
                .values(note=text, note_hash=note_hash(text))
            )
            _move_spans(connection, items.c.session_id == note.id, spans)
    return count


def _redact_messages(
    connection: Connection, pair: Pair, rows: Sequence[Any], needles: list[str]
) -> int:
    count = 0
    query = (
        select(messages, conversations.c.title)
        .join(conversations)
        .where(conversations.c.pair_id == pair.id)
    )
    for message in connection.execute(query).all():
        own = [_span(row) for row in rows if row.message_id == message.id]
        spans = widen(message.text, [*filter(None, own), *find(message.text, needles)])
        detail = redact_value(message.detail, needles)
        if not spans and detail == message.detail:
            continue
        count += 1
        text = cut(message.text, spans)
        connection.execute(
            update(messages).where(messages.c.id == message.id).values(text=text, detail=detail)
        )
        _move_spans(connection, items.c.message_id == message.id, spans)
        if message.title == _title(message.text):
            connection.execute(
                update(conversations)
                .where(conversations.c.id == message.conversation_id)
                .values(title=_title(text))
            )
    _redact_titles(connection, pair, needles)
    return count


def _redact_titles(connection: Connection, pair: Pair, needles: list[str]) -> None:
    """Titles that the user gave to conversations may say it too."""
    mine = conversations.c.pair_id == pair.id
    for row in connection.execute(select(conversations).where(mine)).all():
        title = redact(row.title, needles)
        if title != row.title:
            connection.execute(
                update(conversations).where(conversations.c.id == row.id).values(title=title)
            )


def _title(text: str) -> str:
    """The title that a conversation takes from its first message."""
    return shorten(" ".join(text.split()), 60)


def _redact_turns(connection: Connection, pair: Pair, needles: list[str]) -> int:
    count = 0
    for turn in connection.execute(
        select(turns.c.id, turns.c.text).where(turns.c.pair_id == pair.id)
    ).all():
        text = redact(turn.text, needles)
        if text != turn.text:
            count += 1
            connection.execute(
                update(turns)
                .where(turns.c.id == turn.id)
                .values(text=text, vector=None, model=None)
            )
    return count


def _redact_papers(connection: Connection, pair: Pair, needles: list[str]) -> int:
    """Goals, roadmaps and what else the pair keeps, in all their versions."""
    count = 0
    mine = papers.c.pair_id == pair.id
    for paper in connection.execute(select(papers.c.id, papers.c.body).where(mine)).all():
        body = redact_value(paper.body, needles)
        if body != paper.body:
            count += 1
            connection.execute(update(papers).where(papers.c.id == paper.id).values(body=body))
    return count


def _strings(value: Any) -> list[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in _strings(each)]
    return [text for each in value for text in _strings(each)] if isinstance(value, list) else []


def _redact_drafts(connection: Connection, pair: Pair, needles: list[str]) -> int:
    count = 0
    for draft in connection.execute(select(drafts).where(drafts.c.pair_id == pair.id)).all():
        text = redact(draft.text, needles)
        if text != draft.text:
            count += 1
            connection.execute(update(drafts).where(drafts.c.id == draft.id).values(text=text))
    return count


def _drop_edits(connection: Connection, pair: Pair, ids: Sequence[int]) -> None:
    """Remove what was being written in the dialogs that edit these items."""
    places = [drafts.c.place.startswith(f"item:{key}.") for key in ids]
    connection.execute(delete(drafts).where(drafts.c.pair_id == pair.id, or_(*places)))


def _redact_closings(connection: Connection, pair: Pair, needles: list[str]) -> None:
    query = select(items.c.id, items.c.closing_quote).where(
        items.c.pair_id == pair.id, items.c.closing_quote.is_not(None)
    )
    for row in connection.execute(query).all():
        if find(row.closing_quote, needles) or any(
            find(needle, [row.closing_quote]) for needle in needles
        ):
            connection.execute(update(items).where(items.c.id == row.id).values(closing_quote=None))


def _move_spans(connection: Connection, where: Any, spans: Sequence[Span]) -> None:
    query = select(items.c.id, items.c.span_start, items.c.span_end).where(
        where, items.c.span_start.is_not(None)
    )
    for row in connection.execute(query).all():
        start, end = moved((row.span_start, row.span_end), spans) or (None, None)
        connection.execute(
            update(items).where(items.c.id == row.id).values(span_start=start, span_end=end)
        )
