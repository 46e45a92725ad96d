"""What the page of conversations lists: pure functions from conversations to options."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets.option_list import Option

from coach.tui.memory_words import say_day
from coach.tui.plain import one_line

if TYPE_CHECKING:
    from coach.conversation.finding import Found
    from coach.storage.conversations import Conversation, Listed

UNTITLED = "Nothing said yet"


@dataclass(frozen=True)
class Choice:
    """A conversation, and in a search the id of the message that was found in it."""

    conversation: Conversation
    message: int | None = None


Rows = tuple[list[Option], dict[str, Choice]]
"""The options, and what each that can be chosen means, by its id."""


def listed_options(listed: Iterable[Listed], now: Conversation | None, today: date) -> Rows:
    """A row for each conversation, with its title, when it was in use last, and its length."""
    options: list[Option] = []
    choices: dict[str, Choice] = {}
    for one in listed:
        key = f"conversation-{one.conversation.id}"
        choices[key] = Choice(one.conversation)
        said = f"{one.messages} message{'s' if one.messages != 1 else ''}"
        parts = [say_day(one.last_at.astimezone().date(), today), said]
        parts += ["open now"] if now and one.conversation.id == now.id else []
        title = Content.styled(_title(one.conversation), "bold")
        options.append(Option(title.append(f"\n  {', '.join(parts)}"), id=key))
    return options, choices


def found_options(found: Sequence[Found], now: Conversation | None, today: date) -> Rows:
    """The messages that were found under their conversations; the one that is open first."""
    options: list[Option] = []
    choices: dict[str, Choice] = {}
    by_conversation: dict[int, list[Found]] = {}
    for one in found:
        by_conversation.setdefault(one.conversation.id, []).append(one)
    first = now.id if now else None
    for key in sorted(by_conversation, key=lambda key: key != first):
        group = by_conversation[key]
        title = _title(group[0].conversation) + (", open now" if key == first else "")
        options.append(Option(Content(title), disabled=True))
        for one in group:
            name = f"message-{one.message.id}"
            choices[name] = Choice(one.conversation, one.message.id)
            who = "You" if one.message.author == "user" else "Coach"
            day = say_day(one.message.created_at.astimezone().date(), today)
            options.append(Option(Content(f"  {who}, {day}: {one_line(one.excerpt)}"), id=name))
    return options, choices


def _title(conversation: Conversation) -> str:
    return one_line(conversation.title) or UNTITLED
