"""One turn on the screen: the service's events, rendered one by one.

Imports the service's events, so it is imported only once the service is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, assert_never, cast

from coach.conversation.events import (
    Event,
    Noticed,
    Retrieved,
    TextDelta,
    TurnFailed,
    TurnFinished,
    TurnStarted,
    Understood,
)
from coach.errors import CoachError
from coach.tui.offering import offer, show_threads
from coach.tui.widgets.reply import STOPPED, UNFINISHED, Reply, SourceLink

if TYPE_CHECKING:
    from coach.storage.conversations import Message
    from coach.tui.service import Service, Session
    from coach.tui.widgets.messages import UserMessage


async def play(session: Session, asked: UserMessage, reply: Reply) -> tuple[int, int]:
    """Answer ``asked`` in ``reply``; the ids of both, as they are kept.

    Raises :class:`CoachError` when the turn fails. When the task is cancelled, the service keeps
    what had come, and the reply says that it was stopped.
    """
    turn = session.service.turn(session.conversation, session.pair, asked.text)
    end = UNFINISHED
    text: str | None = None
    noticed: Noticed | None = None
    message_id = reply_id = 0
    try:
        async with aclosing(cast("AsyncGenerator[Event, None]", turn)) as events:
            async for event in events:
                match event:
                    case TurnStarted(message_id=message_id):
                        asked.keep()
                    case Understood():
                        pass
                    case Retrieved(degraded=degraded):
                        await reply.add_note(degraded)
                    case TextDelta(text=piece):
                        reply.write(piece)
                    case Noticed():
                        noticed = event
                    case TurnFinished(message_id=reply_id, reply=finished):
                        text, end = finished.text, ""
                        rests_on = await links(session, finished.citations, finished.items)
                        await reply.show_sources(rests_on)
                        await show_threads(session, reply, finished)
                        await offer(session, reply, noticed, reply_id)
                    case TurnFailed(title=title, what=what, remedy=remedy):
                        raise CoachError(title, what, remedy)
                    case _:
                        assert_never(event)
    except asyncio.CancelledError:
        end = STOPPED
        raise
    finally:
        reply.settle(text, end)
    return message_id, reply_id


async def links(
    session: Session, citations: Iterable[str], items: Sequence[int]
) -> list[SourceLink]:
    """What a reply rests on, with titles; what is no longer there is left out."""
    return (await links_of(session, [(citations, items)]))[0]


async def links_of(
    session: Session, grounds: Iterable[tuple[Iterable[str], Sequence[int]]]
) -> list[list[SourceLink]]:
    """:func:`links` of several replies; each is given by its citations and its items' ids."""
    wanted = [(list(citations), list(items)) for citations, items in grounds]
    return await asyncio.to_thread(_links, session, wanted)


def _links(session: Session, wanted: list[tuple[list[str], list[int]]]) -> list[list[SourceLink]]:
    from coach.tui.quoting import item_links

    service, pair = session.service, session.pair
    needed = pair is not None and any(items for _, items in wanted)
    known = service.remembered(pair) if pair and needed else []
    found = []
    for citations, items in wanted:
        cards = [SourceLink(one, title) for one in citations if (title := _title(service, one))]
        found.append([*cards, *(SourceLink(*link) for link in item_links(known, items))])
    return found


def _title(service: Service, citation: str) -> str:
    try:
        return service.source_title(citation)
    except CoachError:
        return ""


def grounds(message: Message) -> tuple[list[str], list[int]]:
    """The citations and the items of a kept reply."""
    citations, items = message.detail.get("citations"), message.detail.get("items")
    return (
        [str(c) for c in citations] if isinstance(citations, list) else [],
        [i for i in items if isinstance(i, int)] if isinstance(items, list) else [],
    )
