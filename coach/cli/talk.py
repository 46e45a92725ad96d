"""``coach ask`` and ``script``."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import click

from coach.cli.common import emit, json_option, on_option, opened
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.bootstrap import Coach
    from coach.conversation.events import Reply
    from coach.storage.conversations import Conversation
    from coach.storage.pairs import Pair

_INTERNAL = {"wording", "state"}
"""What a reply keeps for the next one, and is no part of the answer."""


@click.command()
@click.argument("text")
@click.option("--pair", "pair_name", metavar="PAIR", help="The pair that it is about.")
@on_option
@json_option
def ask(text: str, pair_name: str | None, on: date | None, *, as_json: bool) -> None:
    """Ask for advice, questions or words to say; TEXT is what you would type in the app."""
    with opened(on, warm=True) as coach:
        pair = coach.pair_store.find(pair_name) if pair_name else None
        reply = answer(coach, pair, text)
    detail = {key: value for key, value in reply.detail().items() if key not in _INTERNAL}
    emit(as_json, {"reply": reply.text, **detail}, lambda: reply.text)


def answer(coach: Coach, pair: Pair | None, text: str) -> Reply:
    """Run one turn of the pair's newest conversation. Raises :class:`CoachError` if it fails."""
    return say(coach, coach.resume(pair), pair, text)


def say(coach: Coach, conversation: Conversation, pair: Pair | None, text: str) -> Reply:
    """Run one turn to its end. Raises :class:`CoachError` when it fails."""
    from coach.conversation.events import TurnFailed, TurnFinished

    async def run() -> Reply:
        async for event in coach.turn(conversation, pair, text):
            match event:
                case TurnFinished(reply=reply):
                    return reply
                case TurnFailed(title=title, what=what, remedy=remedy):
                    raise CoachError(title, what, remedy)
        raise CoachError("Answer", "the turn ended without one", "Try again.")

    return asyncio.run(run())
