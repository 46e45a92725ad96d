"""``coach prep`` and ``debrief``: the page before a session, and what is kept after it."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from coach.cli.common import emit, json_option, on_option, opened_for, pair_argument
from coach.errors import UsageError

if TYPE_CHECKING:
    from coach.memory.dates import Locale
    from coach.planning.form import Form
    from coach.storage.pairs import Pair


@click.command()
@pair_argument
@on_option
@click.option("--minutes", type=click.IntRange(10, 480), help="How long you will have.")
@json_option
def prep(pair_name: str, on: date | None, minutes: int | None, *, as_json: bool) -> None:
    """One page for the session with PAIR on that day (else the next one planned, or today)."""
    from coach.planning.page import page

    with opened_for(pair_name, on, warm=True) as (coach, pair):
        made = coach.brief(pair, on, minutes)
    text = page(made)
    emit(as_json, {"markdown": text, **made.as_json()}, lambda: text)


@click.command()
@pair_argument
@on_option
@click.option("--file", "file", help="A filled-in form; - is standard input.")
@click.option("--form", "empty", is_flag=True, help="Print an empty form, with what is open.")
@json_option
def debrief(
    pair_name: str, on: date | None, file: str | None, *, empty: bool, as_json: bool
) -> None:
    """Keep what came out of a session with PAIR: from a form, or asked for on the terminal."""
    if empty and file:
        raise UsageError("Debrief", "give either --form or --file", "See --help.")
    if not (empty or file or sys.stdin.isatty()):
        raise UsageError(
            "Debrief", "there is no terminal to ask on",
            "Fill in what `coach debrief PAIR --form` prints, and give it with --file.",
        )  # fmt: skip
    if empty:
        with opened_for(pair_name, on) as (coach, pair):
            made = coach.debriefing.empty(pair, coach.today)
        emit(as_json, {"form": made}, lambda: made)
        return
    text = _read(file) if file else None
    with opened_for(pair_name, on, warm=True) as (coach, pair):
        keeper = coach.debriefing
        if text is None:
            form = asked(keeper.form(pair, coach.today), pair, coach.today, coach.locale)
            kept = keeper.keep(pair, form, coach.today)
        else:
            form, faults = keeper.read(pair, text, coach.today)
            kept = keeper.keep(pair, form, on or form.on or coach.today, faults)
    emit(as_json, {"markdown": kept.as_markdown(), **kept.as_json()}, kept.as_markdown)


def asked(form: Form, pair: Pair, today: date, locale: Locale) -> Form:
    """``form`` filled in by asking on the terminal; an empty answer goes on to the next part."""
    from dataclasses import replace

    from coach.planning.form import next_session
    from coach.planning.texts import texts

    given: dict[str, tuple[str, ...]] = {}
    for part in texts("planning")["form"]:
        key, question = part["key"], part["ask"].replace("{name}", pair.first_name)
        if key == "done":
            ticked = [t for t in form.open if click.confirm(f"Done? {t.text}", err=True)]
            form = replace(form, done=tuple(ticked), open=())
        elif key == "next_session":
            while said := _prompt(question):
                if meant := next_session(said, today, locale):
                    form = replace(form, next_session=meant)
                    break
                click.echo("I see no date in that.", err=True)
        else:
            lines: list[str] = []
            while said := _prompt(question if not lines else "  and"):
                lines.append(" ".join(said.split()))
            given[key] = tuple(lines)
    form = replace(form, **given)  # type: ignore[arg-type]
    if form.empty:
        raise UsageError("Debrief", "nothing was said", "Nothing is kept.")
    return form


def _prompt(question: str) -> str:
    return str(click.prompt(question, default="", show_default=False, err=True)).strip()


def _read(file: str) -> str:
    from coach.cli.memory import read_note

    return read_note(file)
