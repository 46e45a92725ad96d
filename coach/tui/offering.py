"""Showing below a reply what was noticed in a message, and which threads it suggests.

Imports the service's events, so it is imported only once the service is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING

from coach.conversation.events import Noticed
from coach.conversation.events import Reply as Said
from coach.memory.items import Draft
from coach.tui.memory_load import THREADS_SHOWN

if TYPE_CHECKING:
    from coach.memory.items import Item
    from coach.storage.conversations import Message
    from coach.tui.service import Session
    from coach.tui.widgets.reply import Reply

FOLLOW_UPS = "followups"
"""The intent of a reply that suggests what to come back to."""


async def offer(session: Session, reply: Reply, noticed: Noticed | None, reply_id: int) -> None:
    """Show below ``reply`` what could be kept; earlier proposals no longer have the keys."""
    from coach.tui.widgets.proposals import Proposals, Source

    if session.pair is None or noticed is None or not noticed.drafts or not reply.is_attached:
        return
    for earlier in reply.screen.query(Proposals):
        earlier.retire()
    service, pair = session.service, session.pair
    source = Source(
        f"said:{noticed.message_id}",
        lambda drafts: service.keep(pair, noticed.message_id, drafts),
        lambda drafts: service.set_aside(reply_id, drafts),
    )
    await reply.mount(Proposals(service, pair, source, noticed.drafts))


async def offer_more(session: Session, reply: Reply, message_id: int, reply_id: int) -> None:
    """Show below ``reply`` what a chosen model points at beside what was noticed, when it does."""
    from coach.tui.widgets.proposals import Proposals

    if session.pair is None:
        return
    drafts = await session.service.more_noticed(session.pair, message_id, reply_id)
    shown = reply.query(Proposals) if reply.is_attached else None
    if drafts and shown:
        await shown.first().add(drafts)
    else:
        await offer(session, reply, Noticed(message_id, drafts), reply_id)


async def show_threads(session: Session, reply: Reply, said: Said) -> None:
    """Show below a reply that suggests follow-ups a line for each, to say that one was asked."""
    from coach.tui.widgets.threads import Threads

    service, pair = session.service, session.pair
    if said.intent != FOLLOW_UPS or pair is None or not said.items or not reply.is_attached:
        return
    found = await asyncio.to_thread(service.follow_ups, pair, THREADS_SHOWN)
    threads = [one for one in found if set(one.items) & set(said.items)]
    if threads:
        await reply.mount(Threads(service, pair, threads))


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
