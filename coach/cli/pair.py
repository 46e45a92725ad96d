"""``coach pair``: mentoring pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coach.cli.common import emit, json_option, opened, opened_for, pair_argument
from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.storage.pairs import Pair, Role


@click.group()
def pair() -> None:
    """Add, list, show or delete mentoring pairs."""


@pair.command()
@click.argument("name")
@click.option(
    "--as", "role", required=True, type=click.Choice(["mentor", "mentee"]),
    help="Your own role in this pair.",
)  # fmt: skip
@json_option
def add(name: str, role: Role, *, as_json: bool) -> None:
    """Add the pair of you and NAME."""
    with opened() as coach:
        made = coach.add_pair(name, role)
    emit(as_json, {"pair": _as_json(made)}, lambda: f"Added {_line(made)}")


@pair.command("list")
@json_option
def list_pairs(*, as_json: bool) -> None:
    """List your pairs."""
    with opened() as coach:
        found = coach.pairs()
    emit(
        as_json,
        {"pairs": [_as_json(p) for p in found]},
        lambda: (
            "\n".join(map(_line, found))
            or 'No pairs yet. Add one: coach pair add "NAME" --as mentor'
        ),
    )


@pair.command()
@pair_argument
@json_option
def show(pair_name: str, *, as_json: bool) -> None:
    """Show one pair."""
    with opened_for(pair_name) as (coach, found):
        counts = {**coach.pair_store.counts(found), **coach.memory.store.counts(found)}
    emit(
        as_json,
        {"pair": {**_as_json(found), **counts}},
        lambda: f"{_line(found)}\n{counts['messages']} messages in {counts['conversations']} chats",
    )


@pair.command()
@pair_argument
@click.option("--yes", is_flag=True, help="Delete without asking.")
@json_option
def delete(pair_name: str, *, yes: bool, as_json: bool) -> None:
    """Delete a pair and everything kept about it."""
    with opened_for(pair_name) as (coach, found):
        if not yes:
            raise UsageError(
                "Pair", f"this would delete everything kept about {found.name}",
                "Say --yes to do it; it cannot be undone.",
            )  # fmt: skip
        coach.pair_store.delete(found)
    emit(as_json, {"deleted": _as_json(found)}, lambda: f"Deleted {found.name}.")


def _as_json(pair: Pair) -> dict[str, Any]:
    return {
        "slug": pair.slug, "name": pair.name, "role": pair.role,
        "created_at": pair.created_at.isoformat(),
    }  # fmt: skip


def _line(pair: Pair) -> str:
    return f"{pair.slug}: {pair.name}, whose {pair.role} you are"
