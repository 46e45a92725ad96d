"""``coach roadmap``: the topics of the coming sessions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import click

from coach.cli.common import emit, json_option, on_option, opened_for, pair_argument

if TYPE_CHECKING:
    from coach.planning.roadmap import Roadmap
    from coach.planning.roadmap_views import Entry


class _ShowFirst(click.Group):
    """A group whose command may be left out: then it is "show"."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            return super().resolve_command(ctx, ["show", *args])
        return super().resolve_command(ctx, args)


place_argument = click.argument("place", metavar="N", type=click.IntRange(1, 1000))


@click.group(cls=_ShowFirst, subcommand_metavar="PAIR | COMMAND PAIR ...")
def roadmap() -> None:
    """Topics over the coming sessions, from goals, milestones and open struggles.

    `coach roadmap PAIR` shows it. N counts the topics ahead from 1, the next session's.
    """


@roadmap.command()
@pair_argument
@click.option("--all", "everything", is_flag=True, help="Also what is behind you.")
@on_option
@json_option
def show(pair_name: str, on: date | None, *, everything: bool, as_json: bool) -> None:
    """Show the roadmap."""
    with opened_for(pair_name, on) as (coach, pair):
        found = coach.planning.roadmap(pair, coach.today)
    _emit(found, everything=everything, as_json=as_json)


@roadmap.command("set")
@pair_argument
@place_argument
@click.argument("topic")
@on_option
@json_option
def set_topic(pair_name: str, place: int, topic: str, on: date | None, *, as_json: bool) -> None:
    """Put TOPIC at place N; what was there comes after it."""
    from coach.planning.goals import checked
    from coach.planning.roadmap import put

    text = checked(topic)
    _change(pair_name, on, lambda found, _: put(found, place, text), as_json=as_json)


@roadmap.command()
@pair_argument
@place_argument
@click.argument("to", type=click.IntRange(1, 1000))
@on_option
@json_option
def move(pair_name: str, place: int, to: int, on: date | None, *, as_json: bool) -> None:
    """Move the topic at place N to place TO."""
    from coach.planning.roadmap import move as moved

    _change(pair_name, on, lambda found, _: moved(found, place, to), as_json=as_json)


@roadmap.command()
@pair_argument
@place_argument
@on_option
@json_option
def done(pair_name: str, place: int, on: date | None, *, as_json: bool) -> None:
    """The topic at place N has been covered."""
    from coach.planning.roadmap import at, end

    _change(
        pair_name, on, lambda found, day: end(found, at(found, place).key, "covered", day),
        as_json=as_json,
    )  # fmt: skip


@roadmap.command()
@pair_argument
@place_argument
@on_option
@json_option
def drop(pair_name: str, place: int, on: date | None, *, as_json: bool) -> None:
    """Take the topic at place N off the roadmap."""
    from coach.planning.roadmap import at, end

    _change(
        pair_name, on, lambda found, day: end(found, at(found, place).key, "dropped", day),
        as_json=as_json,
    )  # fmt: skip


def _change(
    pair_name: str, on: date | None, change: Callable[[Roadmap, date], Roadmap], *, as_json: bool
) -> None:
    with opened_for(pair_name, on) as (coach, pair):
        today = coach.today
        found = coach.planning.change_roadmap(pair, today, lambda one: change(one, today))
    _emit(found, everything=False, as_json=as_json)


def _emit(found: list[Entry], *, everything: bool, as_json: bool) -> None:
    ahead = [entry for entry in found if entry.place]
    behind = [entry for entry in found if not entry.place]
    document = {
        "roadmap": [entry.as_json() for entry in ahead],
        "behind": [entry.as_json() for entry in behind],
    }
    shown = [*(behind if everything else []), *ahead]
    emit(as_json, document, lambda: "\n".join(map(_line, shown)) or "Nothing is on it yet.")


def _line(entry: Entry) -> str:
    place = f"{entry.place:<3}" if entry.place else "-  "
    about = "about " if entry.reckoned else ""
    day = f"{about}{entry.day.isoformat()}" if entry.day else ""
    when = f"session {entry.session}, {day}" if day else f"session {entry.session}"
    if not entry.place:
        when = f"{entry.state} {entry.ended_on.isoformat()}" if entry.ended_on else entry.state
    late = ""
    if entry.carried_from:
        why = "no session was held" if entry.missed else "carried over"
        late = f" (meant for {entry.carried_from.isoformat()}; {why})"
    private = " (private)" if entry.private else ""
    said = f" ({entry.said})" if entry.said else ""
    return f"{place} {when:30}  {entry.topic}{private}{said}{late} [{entry.cards[0]}]"
