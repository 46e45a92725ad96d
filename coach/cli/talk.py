"""``coach ask``, ``questions`` and ``script``."""

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
    from coach.storage.pairs import Pair


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
    detail = {key: value for key, value in reply.detail().items() if key != "wording"}
    emit(as_json, {"reply": reply.text, **detail}, lambda: reply.text)


@click.command()
@click.argument("pair_name", metavar="PAIR")
@click.option("--about", metavar="TEXT", help="What the questions should be about.")
@click.option("-n", "count", default=5, type=click.IntRange(1, 20), show_default=True,
              help="How many.")  # fmt: skip
@on_option
@json_option
def questions(
    pair_name: str, about: str | None, count: int, on: date | None, *, as_json: bool
) -> None:
    """Good questions to ask the other person of PAIR."""
    with opened(on, warm=True) as coach:
        found = coach.questions(coach.pair_store.find(pair_name), about, count)
    emit(
        as_json,
        {"questions": [one.as_json() for one in found]},
        lambda: "\n".join(f"{q.depth:>9}: {q.question} [{q.cards[0]}]" for q in found),
    )


@click.command()
@click.argument("pair_name", metavar="PAIR")
@click.argument("kind")
@json_option
def script(pair_name: str, kind: str, *, as_json: bool) -> None:
    """Words to say for one conversation. KIND: expectations."""
    from coach.agreement.scripts import script as make

    with opened() as coach:
        pair = coach.pair_store.find(pair_name)
    made = make(kind, pair.role, pair.first_name)
    emit(as_json, made.as_json(), lambda: made.markdown)


def answer(coach: Coach, pair: Pair | None, text: str) -> Reply:
    """Run one turn to its end. Raises :class:`CoachError` when it fails."""
    from coach.conversation.events import TurnFailed, TurnFinished

    async def run() -> Reply:
        conversation = coach.resume(pair)
        async for event in coach.turn(conversation, pair, text):
            match event:
                case TurnFinished(reply=reply):
                    return reply
                case TurnFailed(title=title, what=what, remedy=remedy):
                    raise CoachError(title, what, remedy)
        raise CoachError("Answer", "the turn ended without one", "Try again.")

    return asyncio.run(run())
