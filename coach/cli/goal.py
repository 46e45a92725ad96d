"""``coach goal``: what a pair works towards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from coach.cli.common import DateType, emit, json_option, on_option, opened_for, pair_argument
from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.planning.goal_views import GoalView
    from coach.planning.goals import Goal, Status

name_argument = click.argument("name", metavar="NAME")


@click.group()
def goal() -> None:
    """Set, list and follow the goals of a pair.

    NAME is a goal's short name ("g1"), its number, or words that only one goal has.
    """


@goal.command()
@pair_argument
@click.argument("text", required=False, default="")
@click.option("--by", type=DateType(), help="The day it is to be reached.")
@click.option("--measure", default="", help="How one sees that it is reached.")
@click.option("--why", default="", help="What it is for.")
@click.option("--from", "item_id", type=int, metavar="ID", help="A goal that memory noticed.")
@click.option("--owner", type=click.Choice(["me", "them", "both"]), help="Whose it is.")
@click.option("--name", default="", help="A short name of your own.")
@on_option
@json_option
def add(
    pair_name: str, text: str, by: date | None, measure: str, why: str, item_id: int | None,
    owner: Any, name: str, on: date | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Add a goal, and hear what it may still lack."""
    with opened_for(pair_name, on) as (coach, pair):
        made = coach.planning.add_goal(
            pair, coach.today, text, by=by, measure=measure, why=why, owner=owner,
            item_id=item_id, name=name,
        )  # fmt: skip
    _emit(made, as_json=as_json)


@goal.command("list")
@pair_argument
@click.option("--all", "everything", is_flag=True, help="Also what is done or dropped.")
@on_option
@json_option
def list_goals(pair_name: str, on: date | None, *, everything: bool, as_json: bool) -> None:
    """List the goals, and those that memory noticed."""
    with opened_for(pair_name, on) as (coach, pair):
        found = coach.planning.goal_views(pair, coach.today)
    shown = [one for one in found if everything or one.status == "open"]
    emit(
        as_json,
        {"goals": [one.as_json() for one in shown]},
        lambda: "\n\n".join(map(goal_text, shown)) or "No goal is set yet.",
    )


@goal.command()
@pair_argument
@name_argument
@click.option("--text", help="What it says.")
@click.option("--by", type=DateType(), help="Another day.")
@click.option("--no-date", is_flag=True, help="Take the day away.")
@click.option("--measure", help="How one sees that it is reached.")
@click.option("--why", help="What it is for.")
@on_option
@json_option
def edit(
    pair_name: str, name: str, text: str | None, by: date | None, measure: str | None,
    why: str | None, on: date | None, *, no_date: bool, as_json: bool,
) -> None:  # fmt: skip
    """Change a goal; that its day was moved is kept."""
    from dataclasses import replace

    from coach.planning.goals import checked, moved_to

    said = {"text": text, "measure": measure, "why": why}
    given: dict[str, Any] = {k: checked(value) for k, value in said.items() if value is not None}
    if not given and by is None and not no_date:
        raise UsageError("Goal", "there is nothing to change", "Say what, as in --by 2026-06-30.")

    def change(one: Goal, today: date) -> Goal:
        one = replace(one, **given)
        return moved_to(one, None if no_date else by, today) if by or no_date else one

    _change(pair_name, name, on, change, as_json=as_json)


@goal.command()
@pair_argument
@name_argument
@click.argument("text")
@on_option
@json_option
def progress(pair_name: str, name: str, text: str, on: date | None, *, as_json: bool) -> None:
    """Note how far it is."""
    from coach.planning.goals import noted

    _change(pair_name, name, on, lambda one, today: noted(one, text, today), as_json=as_json)


@goal.command()
@pair_argument
@name_argument
@click.argument("what", metavar="TEXT|N")
@click.option("--by", type=DateType(), help="Its day.")
@click.option("--done", is_flag=True, help="The milestone N is reached.")
@click.option("--drop", is_flag=True, help="The milestone N is let go.")
@on_option
@json_option
def milestone(
    pair_name: str, name: str, what: str, by: date | None, on: date | None,
    *, done: bool, drop: bool, as_json: bool,
) -> None:  # fmt: skip
    """Add a milestone (TEXT), or move, reach or drop the one with the number N."""
    from coach.planning.goals import change_milestone, with_milestone

    if what.isdigit() and not (done or drop or by):
        raise UsageError("Goal", f"what of milestone {what}?", "Say --done, --drop or --by DATE.")
    if not what.isdigit() and (done or drop):
        raise UsageError("Goal", f"{what!r} is no milestone's number", "See goal list.")

    def change(one: Goal, today: date) -> Goal:
        if not what.isdigit():
            return with_milestone(one, what, by)
        return change_milestone(one, int(what), done_on=today if done else None, by=by, drop=drop)

    _change(pair_name, name, on, change, as_json=as_json)


@goal.command()
@pair_argument
@name_argument
@on_option
@json_option
def done(pair_name: str, name: str, on: date | None, *, as_json: bool) -> None:
    """It is reached."""
    _close(pair_name, name, "done", on, as_json=as_json)


@goal.command()
@pair_argument
@name_argument
@on_option
@json_option
def drop(pair_name: str, name: str, on: date | None, *, as_json: bool) -> None:
    """It is let go."""
    _close(pair_name, name, "dropped", on, as_json=as_json)


@goal.command()
@pair_argument
@name_argument
@on_option
@json_option
def reopen(pair_name: str, name: str, on: date | None, *, as_json: bool) -> None:
    """It is open after all."""
    _close(pair_name, name, "open", on, as_json=as_json)


def _change(
    pair_name: str, name: str, on: date | None, change: Callable[[Goal, date], Goal],
    *, as_json: bool,
) -> None:  # fmt: skip
    with opened_for(pair_name, on) as (coach, pair):
        today = coach.today
        seen = coach.planning.change_goal(pair, name, today, lambda one: change(one, today))
    _emit(seen, as_json=as_json)


def _close(pair_name: str, name: str, status: Status, on: date | None, *, as_json: bool) -> None:
    with opened_for(pair_name, on) as (coach, pair):
        seen = coach.planning.close_goal(pair, name, status, coach.today)
    _emit(seen, as_json=as_json)


def _emit(seen: GoalView, *, as_json: bool) -> None:
    emit(as_json, {"goal": seen.as_json()}, lambda: goal_text(seen))


def goal_text(seen: GoalView) -> str:
    """A goal to read, with what it may still lack."""
    by = f", by {due.isoformat()}" if (due := seen.due_day) else ""
    marks = " (private)" if seen.private else ""
    marks += f" [{seen.status}]" if seen.status != "open" else ""
    lines = [f"{seen.name or f'item {seen.item}':7}  {seen.text}{by}{marks} ({seen.said})"]
    lines += [f'         "{seen.quote}"'] if seen.quote else []
    lines += [f"         measure: {seen.measure}"] if seen.measure else []
    lines += [f"         for: {seen.why}"] if seen.why else []
    for number, one in enumerate(seen.milestones, 1):
        day = f", by {one.by.isoformat()}" if one.by else ""
        mark = "x" if one.done_on else " "
        lines.append(f"         [{mark}] {number}. {one.text}{day}")
    lines += [f"         {note.on.isoformat()}: {note.text}" for note in seen.progress]
    if not seen.name:
        lines.append(f"         noticed; `coach goal add PAIR --from {seen.item}` takes it up")
    if seen.revisit:
        lines.append(f"         > {seen.revisit} [engage/revisit-goals]")
    lines += [f"         ? {gap.ask} [{gap.cards[0]}]" for gap in seen.missing]
    return "\n".join(lines)
