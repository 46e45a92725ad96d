"""One turn on the screen: the service's events, rendered one by one.

Imports the service's events, so it is imported only once the service is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
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


async def play(session: Session, asked: UserMessage, reply: Reply) -> None:
    """Answer ``asked`` in ``reply``.

    Raises :class:`CoachError` when the turn fails. When the task is cancelled, the service keeps
    what had come, and the reply says that it was stopped.
    """
    turn = session.service.turn(session.conversation, session.pair, asked.text)
    end = UNFINISHED
    text: str | None = None
    noticed: Noticed | None = None
    try:
        async with aclosing(cast("AsyncGenerator[Event, None]", turn)) as events:
            async for event in events:
                match event:
                    case TurnStarted():
                        asked.status = ""
                    case Understood():
                        pass
                    case Retrieved(degraded=degraded):
                        await reply.add_note(degraded)
                    case TextDelta(text=piece):
                        await reply.write(piece)
                    case Noticed():
                        noticed = event
                    case TurnFinished(message_id=reply_id, reply=finished):
                        text, end = finished.text, ""
                        await reply.show_sources(
                            await source_links(session.service, finished.citations)
                        )
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
        await reply.settle(text, end)


async def source_links(service: Service, citations: Iterable[str]) -> list[SourceLink]:
    """The sources with their titles; one that is no longer there is left out."""
    found = []
    for citation in citations:
        try:
            title = await asyncio.to_thread(service.source_title, citation)
        except CoachError:
            continue
        found.append(SourceLink(citation, title))
    return found


def cited(message: Message) -> list[str]:
    """The citations of a kept reply."""
    citations = message.detail.get("citations")
    return [str(c) for c in citations] if isinstance(citations, list) else []
