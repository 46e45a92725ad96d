"""Answers from a pair's memory: what to come back to, who owes what, what was said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from coach.conversation.dialogue.state import Listed
from coach.conversation.wording import Voice
from coach.memory.continuity import FollowUp
from coach.memory.continuity.say import plain_date, say_span
from coach.memory.items import Item
from coach.memory.recall import RecallHit
from coach.text import shorten

_SHOWN = 5
_ENDED = {"done": "done", "dropped": "off the table", "superseded": "replaced since"}
_QUOTE = 160


def quoted(quote: str, said_on: date, today: date) -> str:
    """Somebody's words as evidence: ("I'll do Tuesday's", 12 May)."""
    words = shorten(" ".join(quote.split()), _QUOTE).replace('"', "'")
    return f'("{words}", {plain_date(said_on, today)})'


def follow_up_reply(found: Sequence[FollowUp], voice: Voice, today: date) -> str:
    """The follow-ups as a list to choose from."""
    if not found:
        return voice.say("nothing waiting")
    lines = [voice.say("follow-ups"), ""]
    for one in found[:_SHOWN]:
        care = f" *{voice.say('with care')}*" if one.private else ""
        cited = f" [{one.cards[0]}]" if one.cards else ""
        why = f"{one.why[:1].upper()}{one.why[1:]} {quoted(one.quote, one.said_on, today)}."
        lines.append(f'- "{one.ask}" {why}{care}{cited}')
    return "\n".join(lines)


def listed_threads(found: Sequence[FollowUp]) -> tuple[Listed, ...]:
    """The follow-ups as a list that "the second one" can mean an entry of."""
    return tuple(Listed("item", str(one.items[0]), one.topic) for one in found if one.items)


def promises_reply(
    items: Sequence[Item], side: str, voice: Voice, today: date, *, late: bool = False
) -> str:
    """Open commitments of one side ("me", "them") or of both, the most pressing first; only
    those past their day if ``late``."""
    owned = [
        item
        for item in items
        if item.kind == "commitment"
        and item.status == "open"
        and (side == "both" or item.owner in {side, "both"})
        and (not late or (item.when is not None and item.when < today))
    ]
    if not owned:
        return voice.say("none overdue" if late else "no promises")
    owned.sort(key=lambda item: (item.when is None, item.when or today, item.id))
    return "\n".join([voice.say("promises"), "", *(_line(item, today) for item in owned)])


def upcoming_reply(items: Sequence[Item], voice: Voice, today: date) -> str:
    """What has a day that lies ahead, the nearest first."""
    ahead = [i for i in items if i.status == "open" and i.when and (i.until or i.when) >= today]
    if not ahead:
        return voice.say("nothing ahead")
    ahead.sort(key=lambda item: (item.when or today, item.id))
    return "\n".join(
        [voice.say("upcoming"), "", *(_line(item, today) for item in ahead[: 2 * _SHOWN])]
    )


def recall_reply(
    hits: Sequence[RecallHit], items: Mapping[str, Item], voice: Voice, today: date
) -> str:
    """What was said, with its day; or that nothing is kept about it.

    ``items`` are the pair's items by the id of their hit: they are told with dates and quote.
    """
    if not hits:
        return voice.say("nothing kept")
    lines = [voice.say("recalled"), ""]
    for hit in hits[:_SHOWN]:
        if hit.kind == "item" and hit.id in items:
            lines.append(item_line(items[hit.id], today))
            continue
        who = f"{hit.speaker}: " if hit.speaker else ""
        day = f", {plain_date(hit.on, today)}" if hit.on else ""
        closed = f" ({hit.status})" if hit.status and hit.status != "open" else ""
        lines.append(f"- {who}{shorten(hit.text, 240)}{day}{closed}")
    return "\n".join(lines)


def waiting(found: Sequence[FollowUp], voice: Voice, today: date) -> str:
    """A sentence or two on what is waiting, to go with advice."""
    if not found:
        return ""
    parts = [_told(one, today) for one in found[:2]]
    situation = "one waiting" if len(parts) == 1 else "two waiting"
    return voice.say(situation, line="; and ".join(parts))


def worth_praise(wins: Sequence[Item], voice: Voice, today: date) -> str:
    """What went well, in the words it was told in; "" when nothing is known."""
    told = [f'"{_said(one.quote)}" ({plain_date(one.said_on, today)})' for one in wins]
    return voice.say("worth praise", line="; and ".join(told)) if told else ""


def _said(quote: str) -> str:
    return shorten(" ".join(quote.split()), _QUOTE).replace('"', "'").rstrip(".")


def _told(one: FollowUp, today: date) -> str:
    """Somebody's words with their day, and why they wait: "..." (12 May), due on Friday."""
    said = _said(one.quote)
    why = re.sub(r"(no news since) .*", r"\1", one.why.partition(";")[0])
    return f'"{said}" ({plain_date(one.said_on, today)}), {why}'


def item_line(item: Item, today: date) -> str:
    """One item with its dates, its quote and what became of it."""
    ended = "" if item.status == "open" else f" It is {_ENDED[item.status]}."
    return f"{_line(item, today)}{ended}"


def _line(item: Item, today: date) -> str:
    said = exact_day(item.when, item.until, today, item.text) if item.when else ""
    if item.when and f"{item.when:%A}" in item.text:
        said = plain_date(item.when, today)
    when = f", {said}" if said.removeprefix("on ") not in item.text else ""
    late = " (overdue)" if item.kind == "commitment" and item.when and item.when < today else ""
    private = " *(private)*" if item.private else ""
    return f"- {item.text}{when}{late} {quoted(item.quote, item.said_on, today)}{private}"


def exact_day(first: date, last: date | None, today: date, text: str = "") -> str:
    """A day as one says it, and by the calendar where neither that nor ``text`` tells it: "on
    Friday, 9 June"."""
    said, plain = say_span(first, last, today), plain_date(first, today)
    interval = last is not None and last != first
    return said if interval or plain in f"{said} {text}" else f"{said}, {plain}"


def privacy_reply(items: Sequence[Item], voice: Voice) -> str:
    """Which of ``items`` are marked private, and which are not."""
    sides = {
        "is private": [item for item in items if item.private],
        "is not private": [item for item in items if not item.private],
    }
    return " ".join(
        voice.say(situation, line="; ".join(f'"{item.text}"' for item in found))
        for situation, found in sides.items()
        if found
    )
