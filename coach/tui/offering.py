"""Showing what was noticed in a message below the reply: when it comes, and after a restart.

Imports the service's events, so it is imported only once the service is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING

from coach.conversation.events import Noticed
from coach.memory.items import Draft

if TYPE_CHECKING:
    from coach.memory.items import Item
    from coach.storage.conversations import Message
    from coach.tui.service import Session
    from coach.tui.widgets.reply import Reply


async def offer(session: Session, reply: Reply, noticed: Noticed | None, reply_id: int) -> None:
    """Show below ``reply`` what could be kept; earlier proposals no longer have the keys."""
    from coach.tui.widgets.proposals import Proposals

    if session.pair is None or noticed is None or not noticed.drafts or not reply.is_attached:
        return
    for earlier in reply.screen.query(Proposals):
        earlier.retire()
    service, pair = session.service, session.pair
    await reply.mount(Proposals(service, pair, noticed.message_id, reply_id, noticed.drafts))


async def offer_again(session: Session, reply: Reply) -> None:
    """Show again what the newest reply proposed and the user neither kept nor dropped."""
    *earlier, last = session.messages
    asked = next((m for m in reversed(earlier) if m.author == "user"), None)
    if session.pair is None or asked is None or not last.detail.get("proposals"):
        return
    known = await asyncio.to_thread(session.service.remembered, session.pair)
    drafts = proposed(asked, last, known)
    await offer(session, reply, Noticed(asked.id, drafts), last.id)


def proposed(asked: Message, replied: Message, known: Iterable[Item]) -> tuple[Draft, ...]:
    """The proposals kept with a reply that are still whole, less those that are ``known``."""
    there = {(item.kind, item.quote) for item in known if item.session is None}
    found = []
    for values in replied.detail.get("proposals") or []:
        try:
            draft = Draft.from_json(values)
        except (AttributeError, KeyError, TypeError, ValueError):
            continue  # written by another version
        whole = asked.text[draft.start : draft.end] == draft.quote
        if whole and (draft.kind, draft.quote) not in there:
            found.append(draft)
    return tuple(found)
