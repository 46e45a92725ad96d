"""``coach memory propose`` and ``keep``: what else a session's note may hold, by your choice."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any, get_args

import click

from coach.cli.common import emit, json_option, opened_for, pair_argument
from coach.errors import CoachError, UsageError

if TYPE_CHECKING:
    from coach.bootstrap import Coach
    from coach.conversation.voice.proposing import Proposed, Proposer
    from coach.memory.items import Draft, Item
    from coach.memory.store import Session
    from coach.models.chat import Payload
    from coach.storage.pairs import Pair

session_option = click.option(
    "--session", "number", type=int, metavar="N", help="Which session; else the newest."
)
_TITLE = "Propose"


@click.command()
@pair_argument
@session_option
@click.option("--preview", is_flag=True, help="Only show the exact bytes that would be sent.")
@json_option
def propose(pair_name: str, number: int | None, *, preview: bool, as_json: bool) -> None:
    """Ask the chosen model what else in a session's note is worth remembering.

    Nothing it proposes is kept before you say so: here, where there is a terminal, else with
    `coach memory keep`.
    """
    with opened_for(pair_name, warm=True) as (coach, pair):
        session = coach.session(pair, number)
        proposer = coach.proposer
        if proposer is None:
            raise UsageError(
                _TITLE, "the built-in engine has proposed all that it sees",
                "Choose a model first: coach model use ...",
            )  # fmt: skip
        told = coach.told(pair, session)
        if preview:
            show_payload(would_send(lambda: proposer.preview(pair, told)), as_json=as_json)
            return
        _propose(coach, proposer, pair, session, as_json=as_json)


def _propose(
    coach: Coach, proposer: Proposer, pair: Pair, session: Session, *, as_json: bool
) -> None:
    found = asyncio.run(proposer.propose(pair, coach.told(pair, session)))
    kept: list[Item] = []
    if found.drafts and not as_json and sys.stdin.isatty():
        chosen = [one for one in found.drafts if _wanted(one)]
        kept = coach.memory.store.keep_of_session(pair, session, chosen)
    document = {
        "session": {"number": session.number, "on": session.on.isoformat()},
        "proposed": [one.as_json() for one in found.drafts], "engine": found.engine,
        "why": found.why, "kept": [item.as_json() for item in kept],
    }  # fmt: skip
    emit(as_json, document, lambda: _shown(found, len(kept)))


def _wanted(draft: Draft) -> bool:
    from coach.cli.memory import draft_line

    return bool(click.confirm(f"Keep {draft_line(draft)}?", default=False, err=True))


def _shown(found: Proposed, kept: int) -> str:
    from coach.cli.memory import draft_line

    if found.why:
        return f"Nothing more is proposed: {found.why}"
    if not found.drafts:
        return f"{found.engine} points at nothing that is not kept already."
    lines = [f"  {draft_line(one)}\n    “{one.quote}”" for one in found.drafts]
    return "\n".join([f"Proposed by {found.engine}; {kept} of it is kept:", *lines])


@click.command()
@pair_argument
@session_option
@click.option("--kind", required=True, help="event, struggle, win, goal, plan, commitment, ...")
@click.option("--quote", required=True, help="The words of the note that say it.")
@click.option("--about", default="them", type=click.Choice(["me", "them", "both"]))
@click.option("--owner", default="", type=click.Choice(["", "me", "them", "both"]))
@json_option
def keep(
    pair_name: str, number: int | None, kind: str, quote: str, about: str, owner: str,
    *, as_json: bool,
) -> None:  # fmt: skip
    """Keep one more thing that a session's note says, in its own words."""
    from coach.cli.memory import item_line
    from coach.memory.items import Kind
    from coach.memory.noticing.suggested import Suggestion, find_quote, suggested

    if kind not in get_args(Kind):
        raise UsageError("Keep", f"there is no kind {kind!r}", f"{', '.join(get_args(Kind))}.")
    with opened_for(pair_name, warm=True) as (coach, pair):
        session = coach.session(pair, number)
        if find_quote(session.note, quote) is None:
            raise UsageError("Keep", "the note does not say that", "Copy its words as they are.")
        known = [item.quote for item in coach.memory.store.items(pair, session=session.number)]
        look = coach.memory.look(pair, session.on, session.note)
        drafts = suggested(session.note, look, [Suggestion(kind, about, owner, quote)], known, 1)
        if not drafts:
            raise UsageError(
                "Keep", "those words are kept already, or do not say that of them",
                "`coach memory list` shows what is kept; --about and --owner say whose it is.",
            )  # fmt: skip
        (item,) = coach.memory.store.keep_of_session(pair, session, drafts)
    emit(as_json, {"item": item.as_json()}, lambda: item_line(item))


def would_send(look: Any) -> Payload | tuple[Payload, ...]:
    """What ``look`` (a call that gives it) says would be sent, one request after another.

    Raises :class:`CoachError` with the reason where nothing would be.
    """
    from coach.models.calling import HeldBackError

    async def run() -> Payload | tuple[Payload, ...]:
        found: Payload | tuple[Payload, ...] = await look()
        return found

    try:
        return asyncio.run(run())
    except HeldBackError:
        raise CoachError(
            "Preview", "nothing would be sent: this touches something private",
            "The built-in engine does it alone.",
        ) from None  # fmt: skip


def show_payload(found: Payload | tuple[Payload, ...], *, as_json: bool) -> None:
    """Print requests as they would go; those behind the first stand under "then"."""
    first, *more = [
        {"method": one.method, "address": one.address, "body": one.body.decode("utf-8", "replace")}
        for one in (found if isinstance(found, tuple) else (found,))
    ]
    document = {**first, **({"then": more} if more else {})}
    lines = [f"{one['method']} {one['address']}\n{one['body']}" for one in (first, *more)]
    emit(as_json, document, lambda: "\n\n".join(lines))
