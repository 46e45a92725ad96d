"""What of a planned reply a language model may word anew, and what stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.conversation.events import Reply
from coach.conversation.intents import ADVICE
from coach.memory.items import Item
from coach.text import word_count

WORDED = frozenset({ADVICE, "recall", "upcoming", "promises-mine", "promises-theirs"})
"""Replies that talk. Safety, refusals, pages, lists to choose from and what was done to memory keep
their own words: they must not vary."""
_LEAST = 10
_NOTE = re.compile(r"^\*\(.*\)\*$")


@dataclass(frozen=True)
class Planned:
    """A reply in parts: ``body`` may be worded anew, what closes it may not.

    The closing question or offer stays, because "yes" means exactly that offer.
    """

    reply: Reply
    message: str
    body: str
    closing: str
    items: tuple[Item, ...]


def planned(reply: Reply, message: str, items: Sequence[Item]) -> Planned | None:
    """The parts of a reply; None when all of it keeps its own words."""
    if reply.intent not in WORDED or reply.refused or len(reply.state.listed) > 1:
        return None
    paragraphs = reply.text.split("\n\n")
    last = len(paragraphs)
    while last > 1 and _NOTE.match(paragraphs[last - 1]):
        last -= 1
    if last > 1 and paragraphs[last - 1].rstrip().endswith("?"):
        last -= 1
    body = "\n\n".join(paragraphs[:last])
    if word_count(body) < _LEAST:
        return None
    known = {item.id: item for item in items}
    rested = tuple(known[key] for key in reply.items if key in known)
    return Planned(reply, message, body, "\n\n".join(paragraphs[last:]), rested)
