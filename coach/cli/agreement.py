"""``coach script`` and ``coach agreement``: words to say, and what the two settle."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coach.cli.common import DateType, emit, json_option, on_option, opened_for, pair_argument
from coach.errors import CoachError, UsageError

if TYPE_CHECKING:
    from coach.agreement.agreement import Agreement, Change, Side
    from coach.agreement.gaps import Gap
    from coach.storage.pairs import Pair

topic_argument = click.argument("topic_name", metavar="TOPIC")
file_argument = click.argument("file", type=click.Path(path_type=Path))


@click.command()
@pair_argument
@click.argument("kind", required=False)
@click.option("--fill", "fills", multiple=True, metavar="SLOT=TEXT",
              help='Words of your own, as in --fill reason="I was ill".')  # fmt: skip
@on_option
@json_option
def script(
    pair_name: str, kind: str | None, fills: tuple[str, ...], on: date | None, *, as_json: bool
) -> None:
    """Words to say for one conversation with the other person of PAIR.

    KIND is one of: expectations, boundaries, first-meeting, goals, roadmap, confidentiality,
    feedback, accountability, owning-a-missed-promise, saying-i-dont-know, check-in, levity,
    ending-well, restart-after-a-gap, passing-it-on.
    """
    from coach.agreement.scripts import KINDS

    if kind is None:
        raise UsageError("Script", "say which one you need", f"There is: {', '.join(KINDS)}.")
    fill = dict(_fill(one) for one in fills)
    with opened_for(pair_name, on) as (coach, pair):
        made = coach.agreements.script(pair, kind, coach.today, fill)
    emit(as_json, made.as_json(), lambda: made.markdown)


@click.group()
def agreement() -> None:
    """Settle how the two of you work together, topic by topic."""


@agreement.command()
@pair_argument
@on_option
@json_option
def show(pair_name: str, on: date | None, *, as_json: bool) -> None:
    """Show every topic: what each said, what is agreed and since when, and the gaps."""
    with opened_for(pair_name, on) as (coach, pair):
        now = coach.agreements.current(pair)
        version = len(coach.agreements.versions(pair))
        today = coach.today
    document = _document(pair, now, version)
    emit(as_json, document, lambda: _shown(pair, document, today))


@agreement.command("set")
@pair_argument
@topic_argument
@click.option("--mine", help="What you say.")
@click.option("--theirs", help="What the other person says.")
@click.option("--agreed", help="What the two of you agreed.")
@on_option
@json_option
def set_topic(
    pair_name: str, topic_name: str, mine: str | None, theirs: str | None, agreed: str | None,
    on: date | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Keep what was said on TOPIC; "" takes it back."""
    from coach.agreement.topics import topic

    given: dict[Side, str | None] = {"mine": mine, "theirs": theirs, "agreed": agreed}
    said = {side: text for side, text in given.items() if text is not None}
    if not said:
        raise UsageError(
            "Agreement", "there is nothing to keep", 'Say what, as in --mine "every two weeks".'
        )
    which = topic(topic_name)
    with opened_for(pair_name, on) as (coach, pair):
        now = coach.agreements.put(pair, which.name, said, coach.today)
        version = len(coach.agreements.versions(pair))
    one = next(t for t in _topics(now) if t["topic"] == which.name)
    emit(as_json, {"topic": one, "version": version}, lambda: _line(one, pair))


@agreement.command()
@pair_argument
@on_option
@json_option
def gaps(pair_name: str, on: date | None, *, as_json: bool) -> None:
    """Where the two of you differ or one is silent, with a middle ground and words for it."""
    from coach.agreement.gaps import unsaid

    with opened_for(pair_name, on) as (coach, pair):
        found = coach.agreements.gaps(pair)
        silent = [topic.name for topic in unsaid(coach.agreements.current(pair))]
    emit(
        as_json,
        {"gaps": [gap.as_json() for gap in found], "unsaid": silent},
        lambda: _gaps_text(found, silent, pair),
    )


@agreement.command()
@pair_argument
@click.option("--out", "file", required=True, type=click.Path(path_type=Path), help="The file.")
@on_option
@json_option
def form(pair_name: str, file: Path, on: date | None, *, as_json: bool) -> None:
    """Write a form for the other person of PAIR to fill in, as a Markdown file."""
    with opened_for(pair_name, on) as (coach, pair):
        text = coach.agreements.form(pair)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CoachError(
            "Form", f"{file} cannot be written: {error.strerror}", "Choose another place."
        ) from None
    emit(
        as_json,
        {"file": str(file)},
        lambda: f"Written: {file}. When it is filled in: coach agreement import {pair.slug} {file}",
    )


@agreement.command("import")
@pair_argument
@file_argument
@on_option
@json_option
def import_form(pair_name: str, file: Path, on: date | None, *, as_json: bool) -> None:
    """Take in what the other person wrote into the form."""
    from coach.bootstrap.files import read_text

    text = read_text(file, "Form")
    with opened_for(pair_name, on) as (coach, pair):
        taken = coach.agreements.take_form(pair, text, coach.today)
        found = coach.agreements.gaps(pair)
    lines = [f"Answered: {', '.join(taken.answers) or 'nothing'}."]
    lines += [f"Not under any topic, and not kept: {line}" for line in taken.unread]
    lines.append(f"{len(found)} topics to talk about: coach agreement gaps {pair.slug}")
    emit(
        as_json,
        {"answered": dict(taken.answers), "unread": list(taken.unread),
         "gaps": [gap.topic for gap in found]},
        lambda: "\n".join(lines),
    )  # fmt: skip


@agreement.command()
@pair_argument
@on_option
@json_option
def history(pair_name: str, on: date | None, *, as_json: bool) -> None:
    """List the versions of the agreement, with what changed in each."""
    with opened_for(pair_name, on) as (coach, pair):
        kept = coach.agreements.standing(pair).versions
    found = [
        {"version": one.number, "on": one.on.isoformat(),
         "changes": [vars(change) for change in one.changes]}
        for one in kept
    ]  # fmt: skip

    def text() -> str:
        lines = []
        for one in kept:
            lines.append(f"Version {one.number}, {one.on.isoformat()}")
            lines += [f"  {_change(change, pair)}" for change in one.changes]
        return "\n".join(lines) or "There is no agreement yet."

    emit(as_json, {"versions": found}, text)


@agreement.command()
@pair_argument
@click.argument("old", type=click.IntRange(1))
@click.argument("new", type=click.IntRange(1))
@on_option
@json_option
def diff(pair_name: str, old: int, new: int, on: date | None, *, as_json: bool) -> None:
    """What changed from version OLD to version NEW."""
    with opened_for(pair_name, on) as (coach, pair):
        found = coach.agreements.difference(pair, old, new)
    emit(
        as_json,
        {"from": old, "to": new, "changes": [vars(change) for change in found]},
        lambda: "\n".join(_change(change, pair) for change in found) or "Nothing changed.",
    )


@agreement.command()
@pair_argument
@click.argument("day", type=DateType(), required=False)
@click.option("--none", is_flag=True, help="Take the day of the review away.")
@on_option
@json_option
def review(pair_name: str, day: date | None, on: date | None, *, none: bool, as_json: bool) -> None:
    """Set the DAY on which to look at the agreement again; without DAY, show it."""
    with opened_for(pair_name, on) as (coach, pair):
        if day is not None and day < coach.today:
            raise UsageError("Agreement", f"{day.isoformat()} is past", "Give a day to come.")
        if day is not None or none:
            now = coach.agreements.review(pair, day, coach.today)
        else:
            now = coach.agreements.current(pair)
    said = now.review.isoformat() if now.review else None
    emit(as_json, {"review": said}, lambda: f"Review: {said or 'no day is set'}")


@agreement.command("export")
@pair_argument
@file_argument
@click.option("--me", default="", metavar="NAME", help="Your own name, for the sheet.")
@on_option
@json_option
def export_sheet(pair_name: str, file: Path, me: str, on: date | None, *, as_json: bool) -> None:
    """Write the agreement to FILE (.md, .docx or .pdf), ready to be signed."""
    with opened_for(pair_name, on) as (coach, pair):
        coach.agreements.export(pair, file, coach.today, me)
    emit(as_json, {"file": str(file)}, lambda: f"Written: {file}")


def _fill(one: str) -> tuple[str, str]:
    slot, equals, text = one.partition("=")
    if not equals or not text.strip():
        raise UsageError("Script", f"--fill {one!r} is no SLOT=TEXT", 'As in --fill reason="..."')
    return slot.strip(), " ".join(text.split())


def _topics(now: Agreement) -> list[dict[str, Any]]:
    from coach.agreement.gaps import OPEN, state_of
    from coach.agreement.topics import terms

    found = []
    for topic in terms().topics.values():
        entry = now.entry(topic.name)
        state = state_of(entry, topic)
        since = entry.agreed_on.isoformat() if entry.agreed_on else None
        found.append(
            {"topic": topic.name, "title": topic.title, "mine": entry.mine, "theirs": entry.theirs,
             "agreed": entry.agreed, "since": since, "state": state, "gap": state in OPEN}
        )  # fmt: skip
    return found


def _document(pair: Pair, now: Agreement, version: int) -> dict[str, Any]:
    return {
        "pair": pair.slug, "version": version, "topics": _topics(now),
        "review": now.review.isoformat() if now.review else None,
    }  # fmt: skip


def _shown(pair: Pair, document: dict[str, Any], today: date) -> str:
    lines = [_line(one, pair) for one in document["topics"]]
    if document["review"]:
        due = " (due)" if document["review"] <= today.isoformat() else ""
        lines.append(f"Review: {document['review']}{due}")
    return "\n".join(lines)


def _line(one: dict[str, Any], pair: Pair) -> str:
    mark = "!" if one["gap"] else " "
    if one["state"] == "settled":
        since = f" (since {one['since']})" if one["since"] else ""
        return f"{mark} {one['title']}: {_flat(one['agreed'])}{since}"
    said = [("you", one["mine"]), (pair.first_name, one["theirs"]), ("agreed", one["agreed"])]
    told = "; ".join(f'{who}: "{_flat(text)}"' for who, text in said if text)
    return f"{mark} {one['title']}: {told or 'nothing said yet'}"


def _gaps_text(found: list[Gap], silent: list[str], pair: Pair) -> str:
    blocks = []
    for gap in found:
        lines = [f"{gap.title} [{gap.card}]"]
        lines.append(f"  you: {_flat(gap.mine) or 'nothing yet'}")
        lines.append(f"  {pair.first_name}: {_flat(gap.theirs) or 'nothing yet'}")
        lines += [f"  a happy medium: {gap.middle}"] if gap.middle else []
        lines.append(f'  to say: "{gap.say}"')
        blocks.append("\n".join(lines))
    if silent:
        blocks.append(f"Nothing said yet about: {', '.join(silent)}.")
    return "\n\n".join(blocks) or "There is no gap: everything is settled."


def _change(change: Change, pair: Pair) -> str:
    who = {"mine": "you", "theirs": pair.first_name, "agreed": "agreed"}[change.side]
    before, after = _flat(change.before) or "nothing", _flat(change.after) or "nothing"
    return f'{change.topic}, {who}: "{before}" -> "{after}"'


def _flat(text: str) -> str:
    return " / ".join(line.strip() for line in text.splitlines() if line.strip())
