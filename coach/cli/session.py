"""``coach session``: the sessions that were held, and those that are planned."""

from __future__ import annotations

import asyncio
import os
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coach.cli.common import (
    DateType,
    emit,
    json_option,
    on_option,
    opened,
    opened_for,
    pair_argument,
)
from coach.cli.files import read_bytes
from coach.errors import UsageError
from coach.text import clean

if TYPE_CHECKING:
    from coach.conversation.voice.summarising import Summary
    from coach.storage.planned import Planned

day_argument = click.argument("day", metavar="DATE", type=DateType())
_MAX_PLACE = 300


class TimeType(click.ParamType[time]):
    """An hour of the day, such as 15:30."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> time:
        if isinstance(value, time):
            return value
        try:
            found = time.fromisoformat(str(value).zfill(5))
        except ValueError:
            found = None
        if found is None or found.tzinfo or found.second or found.microsecond:
            self.fail(f"{value!r} is not an hour such as 15:30.", param, ctx)
        return found


@click.group()
def session() -> None:
    """Plan sessions, list them, and exchange them with a calendar."""


@session.command()
@pair_argument
@day_argument
@click.option("--at", type=TimeType(), metavar="HH:MM", help="When it begins.")
@click.option("--minutes", type=click.IntRange(5, 720), help="How long it takes.")
@click.option("--place", default="", help="Where: a room, a link.")
@on_option
@json_option
def plan(
    pair_name: str, day: date, at: time | None, minutes: int | None, place: str, on: date | None,
    *, as_json: bool,
) -> None:  # fmt: skip
    """Plan a session with PAIR on DATE; a day that has one is changed by what is given."""
    place = " ".join(clean(place, None).split())[:_MAX_PLACE]
    with opened(on) as coach:
        _to_come(day, coach.today)
        made = coach.planned.add(coach.pair_store.find(pair_name), day, at, minutes, place)
    _emit_one(made, as_json=as_json)


@session.command()
@pair_argument
@day_argument
@click.argument("to", metavar="NEW-DATE", type=DateType())
@click.option("--at", type=TimeType(), metavar="HH:MM", help="When it begins then.")
@on_option
@json_option
def move(
    pair_name: str, day: date, to: date, at: time | None, on: date | None, *, as_json: bool
) -> None:
    """Put the session with PAIR planned for DATE on NEW-DATE."""
    with opened(on) as coach:
        _to_come(to, coach.today)
        moved = coach.planned.move(coach.pair_store.find(pair_name), day, to, at)
    _emit_one(moved, as_json=as_json)


@session.command()
@pair_argument
@day_argument
@json_option
def cancel(pair_name: str, day: date, *, as_json: bool) -> None:
    """Take the session with PAIR on DATE off the plan."""
    with opened_for(pair_name) as (coach, pair):
        gone = coach.planned.remove(pair, day)
    emit(
        as_json,
        {"cancelled": [one.as_json() for one in gone]},
        lambda: f"Off the plan: {day.isoformat()}.",
    )


@session.command("list")
@pair_argument
@on_option
@json_option
def list_sessions(pair_name: str, on: date | None, *, as_json: bool) -> None:
    """The sessions with PAIR: held, with a note, and planned from today on."""
    with opened_for(pair_name, on) as (coach, pair):
        today = coach.today
        held = coach.memory.store.sessions(pair)
        planned = [one for one in coach.planned.all(pair) if one.on >= today]
    document = {
        "held": [{"number": one.number, "on": one.on.isoformat()} for one in held],
        "planned": [one.as_json() for one in planned],
    }
    lines = [f"{one.on.isoformat()}  session {one.number}, held" for one in held]
    lines += [f"{_line(one)}  planned" for one in planned]
    emit(as_json, document, lambda: "\n".join(lines) or "No session yet, and none is planned.")


@session.command()
@pair_argument
@click.argument("day", metavar="[DATE]", type=DateType(), required=False)
@click.option("--preview", is_flag=True, help="Only show the exact bytes that would be sent.")
@json_option
def summary(pair_name: str, day: date | None, *, preview: bool, as_json: bool) -> None:
    """What the session with PAIR on DATE, else the newest, came to, in a few sentences.

    It takes in the notes and the imported transcripts of the day. Each sentence stands with the
    words that it rests on. A chosen model is asked to word a long one.
    """
    from coach.cli.proposing import show_payload, would_send

    with opened_for(pair_name, warm=True) as (coach, pair):
        helper = coach.summariser
        if preview:
            meeting = coach.meeting(pair, day)
            if helper is None or not meeting.long:
                raise UsageError(
                    "Preview", "this is summed up here, without a model", "It needs no preview."
                )
            show_payload(would_send(lambda: helper.preview(pair, meeting)), as_json=as_json)
            return
        found = asyncio.run(coach.summary(pair, day))
    emit(as_json, {"summary": found.as_json()}, lambda: summary_text(found))


def summary_text(found: Summary) -> str:
    """A summary to read, each sentence with its quote."""
    lines = [f"The session of {found.on}, in short"]
    for one in found.sentences:
        private = " (private)" if one.private else ""
        lines += [f"- {one.text}{private}", f"    “{' '.join(one.quote.split())}”"]
    if found.engine != "built-in":
        rest = f" Some of it is as it was told: {found.why}" if found.why else ""
        lines.append(f"(Worded by {found.engine}.{rest})")
    elif found.why:
        lines.append(f"(Summed up by the built-in engine: {found.why})")
    return "\n".join(lines)


@session.command("import")
@pair_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--match", metavar="WORDS", help="Only the events that say WORDS.")
@click.option("--all", "every", is_flag=True, help="All events, whomever they name.")
@on_option
@json_option
def import_calendar(
    pair_name: str, file: Path, match: str | None, on: date | None, *, every: bool, as_json: bool
) -> None:
    """Plan the sessions with PAIR that an .ics FILE has; importing it again changes nothing.

    Taken are the events that name the person, or the only event there is. What repeats is
    followed for a year.
    """
    from coach.memory.ics.reading import choose, gone, read_calendar

    data = read_bytes("Calendar", file)
    with opened_for(pair_name, on) as (coach, pair):
        today = coach.today
        found = read_calendar(data, coach.settings.zone, today)
        chosen = choose(found, pair.name, match, every)
        coming = [one.planned for one in found.meetings if one.series in chosen]
        lost = gone(coach.planned.all(pair), found, chosen, today)
        changed = coach.planned.take(pair, coming, lost)
    others = len(found.series) - len(chosen)
    document = {
        "planned": [one.as_json() for one in coming], "changed": changed, "removed": len(lost),
        "past": found.past, "others": others, "faults": found.faults,
    }  # fmt: skip
    summary = f"{len(coming)} planned, {changed} of the plan changed, {len(lost)} removed."
    if others:
        passed = "event was" if others == 1 else "events were"
        summary += f" {others} other {passed} passed over."
    lines = [*map(_line, coming), *(f"Not read: {fault}" for fault in found.faults), summary]
    emit(as_json, document, lambda: "\n".join(lines))


@session.command("export")
@pair_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--shared", is_flag=True, help="Leave out what is your own.")
@json_option
def export_calendar(pair_name: str, file: Path, *, shared: bool, as_json: bool) -> None:
    """Write planned sessions, due dates of open promises and milestones as an .ics FILE.

    Nothing private is in it.
    """
    from coach.memory.ics.writing import Step, entries, write_calendar

    with opened_for(pair_name) as (coach, pair):
        items = coach.memory.store.items(pair, status="open")
        steps = [
            Step(goal.name, one.text, one.by, goal.owner)
            for goal in coach.planning.goal_views(pair, coach.today)
            for one in goal.milestones
            if goal.status == "open" and not goal.private and one.by and one.done_on is None
        ]
        lines = entries(pair, coach.planned.all(pair), items, steps, shared=shared)
        _write(file.expanduser(), write_calendar(lines, coach.settings.zone))
    emit(
        as_json, {"file": str(file), "events": len(lines)},
        lambda: f"{len(lines)} {'event' if len(lines) == 1 else 'events'} in {file}",
    )  # fmt: skip


def _write(file: Path, data: bytes) -> None:
    """Write ``data``, in the place of a calendar only. Raises :class:`UsageError`."""
    fresh = file.with_name(f"{file.name}.new")
    try:
        if file.exists() and not file.read_bytes().lstrip().startswith(b"BEGIN:VCALENDAR"):
            raise UsageError(
                "Calendar", f"{file} is there and is no calendar", "Give another name."
            )
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
        fresh.replace(file)
    except OSError as error:
        raise UsageError(
            "Calendar", f"{file} cannot be written: {error.strerror}", "Choose another place."
        ) from None


def _to_come(day: date, today: date) -> None:
    """Raises :class:`UsageError` for a day that has gone by: it can only be told, not planned."""
    if day < today:
        raise UsageError(
            "Session", f"{day.isoformat()} is past", "Give a day to come; a session that was held"
            " is kept with `coach log PAIR --on DATE`.",
        )  # fmt: skip


def _emit_one(one: Planned, *, as_json: bool) -> None:
    emit(as_json, {"session": one.as_json()}, lambda: f"Planned: {_line(one)}")


def _line(one: Planned) -> str:
    at = f" {one.at.isoformat('minutes')}" if one.at else ""
    length = f", {one.minutes} minutes" if one.minutes else ""
    return f"{one.on.isoformat()}{at}{length}{f', {one.place}' if one.place else ''}"
