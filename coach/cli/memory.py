"""``coach log``, ``followups`` and ``memory``: what is remembered of a pair."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coach.cli.common import (
    DateType,
    emit,
    json_line,
    json_option,
    on_option,
    opened_for,
    pair_argument,
    progress,
)
from coach.cli.files import read_jsonl, read_text
from coach.cli.proposing import keep, propose
from coach.errors import UsageError
from coach.text import citations

if TYPE_CHECKING:
    from coach.memory.continuity import FollowUp
    from coach.memory.items import Draft, Item, Noticed
    from coach.memory.recall import RecallHit

item_argument = click.argument("item_id", metavar="ID", type=int)


@click.command()
@pair_argument
@on_option
@click.option("--file", "file", default="-", help="The note's file; - is standard input.")
@click.option("--review", is_flag=True, help="Ask about each thing noticed before it is kept.")
@json_option
def log(pair_name: str, on: date | None, file: str, *, review: bool, as_json: bool) -> None:
    """Keep a note about a session, and what is worth remembering in it."""
    if review and (as_json or file == "-" or not sys.stdin.isatty()):
        raise UsageError(
            "Log", "--review asks on the terminal", "Use it with --file, without --json."
        )
    text = read_note(file)
    with opened_for(pair_name, on, warm=True) as (coach, pair):
        logged = coach.memory.log(pair, coach.today, text, _review if review else None)
        session, items = logged.session, logged.items
    head = f"Session {session.number}, {session.on.isoformat()}"
    if not logged.new:
        head += " (this note was there already)"
    emit(
        as_json,
        {
            "session": {"number": session.number, "on": session.on.isoformat()},
            "noticed": [item.as_json() for item in items],
        },
        lambda: "\n".join([head, *map(item_line, items)] if items else [head, "Nothing noticed."]),
    )


@click.command()
@pair_argument
@on_option
@click.option("-n", "count", default=5, type=click.IntRange(1, 30), show_default=True)
@json_option
def followups(pair_name: str, on: date | None, count: int, *, as_json: bool) -> None:
    """What to come back to with the other person of PAIR, now."""
    with opened_for(pair_name, on) as (coach, pair):
        found = coach.memory.follow_ups(pair, coach.today, count)
    emit(
        as_json,
        {"followups": [followup_json(one) for one in found]},
        lambda: "\n\n".join(map(followup_text, found)) or "Nothing is waiting.",
    )


@click.group()
def memory() -> None:
    """List, search, change or forget what is remembered of a pair."""


@memory.command("list")
@pair_argument
@click.option("--status", type=click.Choice(["open", "done", "dropped", "superseded"]))
@click.option("--kind", help="Only items of this kind.")
@json_option
def list_items(pair_name: str, status: Any, kind: Any, *, as_json: bool) -> None:
    """List the memory items of PAIR."""
    with opened_for(pair_name) as (coach, pair):
        found = coach.memory.store.items(pair, status=status, kind=kind)
    emit(
        as_json,
        {"items": [item.as_json() for item in found]},
        lambda: "\n".join(map(item_line, found)) or "Nothing is kept yet.",
    )


@memory.command()
@pair_argument
@click.argument("query", required=False)
@click.option("-k", "count", default=10, type=click.IntRange(1, 200), show_default=True)
@click.option("--batch", type=click.Path(path_type=Path), help="JSON lines, each with a text q.")
@on_option
@json_option
def search(
    pair_name: str, query: str | None, count: int, batch: Path | None, on: date | None,
    *, as_json: bool,
) -> None:  # fmt: skip
    """Find what was said about QUERY."""
    if (query is None) == (batch is None):
        raise UsageError("Search", "give either a query or --batch FILE", "See --help.")
    queries = read_jsonl(batch, "q") if batch else [query or ""]
    with opened_for(pair_name, on, warm=True) as (coach, pair):
        coach.remember_by_meaning(pair)
        answers = [
            {
                "query": q,
                "hits": [hit_json(h) for h in coach.memory.search(pair, q, count, coach.today)],
            }
            for q in queries
        ]
    if batch:
        for one in answers:
            click.echo(json_line(one))
        return
    hits: Any = answers[0]["hits"]
    emit(
        as_json,
        answers[0],
        lambda: (
            "\n".join(
                f"{h['score']:.2f}  {h['on'] or '':10}  [{h['id']}] {h['text']}" for h in hits
            )
            or "Nothing is kept about that."
        ),
    )


@memory.command()
@pair_argument
@click.argument("what", metavar="ID|WORDS")
@click.option("--yes", is_flag=True, help="Forget without asking, when WORDS fit several.")
@json_option
def forget(pair_name: str, what: str, *, yes: bool, as_json: bool) -> None:
    """Forget an item, or all that WORDS fit: text, quote and the sentence it came from."""
    from coach.memory.forget import forget as forget_items
    from coach.memory.forget import forget_turn, matching

    with opened_for(pair_name) as (coach, pair):
        store = coach.memory.store
        if what.startswith("turn-"):
            forget_turn(store, pair, what)
            gone: list[Item] = []
        else:
            chosen = (
                [store.item(pair, int(what))] if what.isdigit() else matching(store, pair, what)
            )
            if not chosen:
                raise UsageError("Memory", f"nothing is kept about {what!r}", "See memory list.")
            if len(chosen) > 1 and not yes:
                listed = "; ".join(f"{item.id} {item.text}" for item in chosen)
                raise UsageError(
                    "Memory", f"{what!r} fits several: {listed}", "Say --yes for all, or an id."
                )
            gone = list(forget_items(store, pair, [item.id for item in chosen]).items)
    emit(
        as_json,
        {"forgotten": [item.id for item in gone] or [what]},
        lambda: f"Forgotten: {len(gone) or 1}. The sentence it came from is gone too.",
    )


@memory.command()
@pair_argument
@item_argument
@click.option("--text", help="What it says.")
@click.option("--kind")
@click.option("--when", type=DateType(), help="The day it falls on or is due.")
@click.option("--until", type=DateType(), help="The last day of an interval.")
@click.option("--no-date", is_flag=True, help="Take the dates away.")
@click.option("--about", type=click.Choice(["me", "them", "both"]))
@click.option("--owner", type=click.Choice(["me", "them", "both", "none"]))
@json_option
def edit(
    pair_name: str, item_id: int, text: str | None, kind: Any, when: date | None,
    until: date | None, about: Any, owner: str | None, *, no_date: bool, as_json: bool,
) -> None:  # fmt: skip
    """Change an item; what it was stays visible in its history."""
    given = {"text": text, "kind": kind, "when": when, "until": until, "about": about}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if no_date:
        changes |= {"when": None, "until": None}
    if owner is not None:
        changes["owner"] = None if owner == "none" else owner
    if not changes:
        raise UsageError(
            "Memory", "there is nothing to change", "Say what, as in --when 2026-05-09."
        )
    with opened_for(pair_name) as (coach, pair):
        item = coach.memory.store.edit(pair, item_id, **changes)
    _emit_item(item, as_json=as_json)


@memory.command()
@pair_argument
@item_argument
@click.option("--dropped", is_flag=True, help="It was given up rather than done.")
@click.option("--reopen", is_flag=True, help="It is open after all.")
@on_option
@json_option
def done(
    pair_name: str, item_id: int, on: date | None, *, dropped: bool, reopen: bool, as_json: bool
) -> None:
    """Close an item: it is done, and does not come back."""
    with opened_for(pair_name, on) as (coach, pair):
        store = coach.memory.store
        if reopen:
            item = store.reopen(pair, item_id)
        elif dropped:
            item = store.drop(pair, item_id, coach.today)
        else:
            item = store.done(pair, item_id, coach.today)
    _emit_item(item, as_json=as_json)


@memory.command()
@pair_argument
@item_argument
@click.option("--off", is_flag=True, help="It is not private after all.")
@json_option
def private(pair_name: str, item_id: int, *, off: bool, as_json: bool) -> None:
    """Mark an item as private: it goes into no shared export and to no remote model."""
    with opened_for(pair_name) as (coach, pair):
        item = coach.memory.store.private(pair, item_id, not off)
    _emit_item(item, as_json=as_json)


@memory.command()
@pair_argument
@item_argument
@click.option("--off", is_flag=True, help="You did not ask after all.")
@on_option
@json_option
def asked(pair_name: str, item_id: int, on: date | None, *, off: bool, as_json: bool) -> None:
    """You asked the other person about an item: it rests a while, and after twice for good."""
    with opened_for(pair_name, on) as (coach, pair):
        item = (
            coach.memory.not_asked(pair, item_id)
            if off
            else coach.memory.asked(pair, [item_id], coach.today)[0]
        )
    _emit_item(item, as_json=as_json)


@memory.command("import")
@pair_argument
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def import_file(pair_name: str, file: Path, *, as_json: bool) -> None:
    """Keep a transcript: JSON lines of {"id"?, "speaker", "text", "at"?}."""
    from coach.memory.transfer import import_turns

    def watch(step: str, done: int, total: int) -> None:
        progress(f"{step}: {done} of {total}")

    with opened_for(pair_name) as (coach, pair):
        report = import_turns(coach.database, pair, file, coach.embedder(), watch)
    faults = [asdict(fault) for fault in report.faults]
    lines = [f"{file}:{fault['line']}: {fault['what']}" for fault in faults]
    emit(
        as_json,
        {"added": report.added, "known": report.known, "faults": faults},
        lambda: "\n".join([*lines, f"{report.added} turns added, {report.known} were there."]),
    )
    if faults and not report.added and not report.known:
        raise UsageError("Import", "no line could be kept", "The lines above say why.")


def read_note(file: str) -> str:
    """A note from a file or standard input. Raises :class:`UsageError` for none or no text."""
    text = read_text("Log", file)
    if not text.strip():
        raise UsageError("Log", "the note is empty", "Write what happened in the session.")
    return text


def _review(noticed: Noticed) -> Noticed:
    """Ask about each draft on the terminal."""
    from coach.memory.memory import without

    click.echo(f"Noticed: {len(noticed.drafts)}. Enter keeps, d drops.", err=True)
    dropped = [
        place
        for place, draft in enumerate(noticed.drafts)
        if click.prompt(draft_line(draft), default="k", show_default=False, err=True) == "d"
    ]
    return without(noticed, dropped)


def draft_line(draft: Draft) -> str:
    """A draft as one line to read."""
    when = f", {draft.when.isoformat()}" if draft.when else ""
    return f"{draft.kind}: {draft.text}{when}"


def item_line(item: Item) -> str:
    """An item as one line to read."""
    when = f", {item.when.isoformat()}" if item.when else ""
    when += f" to {item.until.isoformat()}" if item.until else ""
    marks = " (private)" if item.private else ""
    marks += f" [{item.status}]" if item.status != "open" else ""
    marks += f" (asked {item.surfaced_on.isoformat()})" if item.surfaced_on else ""
    return f"{item.id:>4}  {item.kind:11} {item.text}{when}{marks}"


def followup_json(one: FollowUp) -> dict[str, Any]:
    """A follow-up as the command line prints it (design.md, section 7)."""
    return {
        "topic": one.topic, "ask": one.ask, "why": one.why,
        "due": one.due.isoformat() if one.due else None, "overdue": one.overdue,
        "items": list(one.items), "quote": one.quote, "said_on": one.said_on.isoformat(),
        "cards": list(one.cards), "private": one.private,
    }  # fmt: skip


def followup_text(one: FollowUp) -> str:
    """A follow-up to read."""
    private = " (private)" if one.private else ""
    source = f'"{one.quote}", {one.said_on.isoformat()}'
    return f"{one.ask}\n  why now: {one.why}{private}\n  from: {source}\n  {citations(one.cards)}"


def hit_json(hit: RecallHit) -> dict[str, Any]:
    """A hit of memory search as the command line prints it."""
    found = asdict(hit)
    return {**found, "on": hit.on.isoformat() if hit.on else None}


def _emit_item(item: Item, *, as_json: bool) -> None:
    emit(as_json, {"item": item.as_json()}, lambda: item_line(item))


memory.add_command(propose)
memory.add_command(keep)
