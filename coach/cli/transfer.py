"""``coach export``, ``backup`` and ``restore``: taking the data elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.common import emit, json_option, opened, opened_for, pair_argument

if TYPE_CHECKING:
    from coach.storage.backup import Report


@click.command()
@pair_argument
@click.option("--shared", is_flag=True, help="Leave out what is private or your own.")
@json_option
def export(pair_name: str, *, shared: bool, as_json: bool) -> None:
    """Print all that is kept of PAIR, as Markdown or JSON."""
    from coach.memory.export import as_markdown
    from coach.memory.export import export as export_pair

    with opened_for(pair_name) as (coach, pair):
        document = export_pair(coach.memory.store, pair, shared=shared)
    emit(as_json, document, lambda: as_markdown(document))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--passphrase", is_flag=True, help="Ask for a passphrase of the backup's own.")
@json_option
def backup(file: Path, *, passphrase: bool, as_json: bool) -> None:
    """Write everything into one encrypted FILE, and check it."""
    secret = _ask_twice() if passphrase else None
    with opened() as coach:
        report = coach.backup(file, secret)
    _emit_report(report, "Backed up and checked", as_json=as_json)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--passphrase", is_flag=True, help="Ask for the backup's own passphrase.")
@click.option("--force", is_flag=True, help="Replace a database that the key does not open.")
@json_option
def restore(file: Path, *, passphrase: bool, force: bool, as_json: bool) -> None:
    """Put a backup in the database's place; what it replaces is kept aside."""
    # Not through an opened coach: nothing may have the database open while it is replaced.
    from coach.paths import default_places
    from coach.settings import load_settings
    from coach.storage.backup import restore as put_back
    from coach.storage.keys import find_key

    places = default_places()
    own = load_settings(places).passphrase
    key = find_key(places, own.get_secret_value() if own else None)
    secret = (
        click.prompt("Passphrase of the backup", hide_input=True, err=True) if passphrase else None
    )
    report = put_back(places, key, file, secret, force=force)
    _emit_report(report, "Restored", as_json=as_json)


def _ask_twice() -> str:
    return str(
        click.prompt(
            "Passphrase of the backup", hide_input=True, confirmation_prompt=True, err=True
        )
    )


def _emit_report(report: Report, what: str, *, as_json: bool) -> None:
    aside = str(report.aside) if report.aside else None
    rows = ", ".join(f"{count} {table}" for table, count in report.rows.items() if count)
    emit(
        as_json,
        {"file": str(report.file), "rows": report.rows, "aside": aside},
        lambda: (
            f"{what}: {report.file} ({rows or 'empty'})"
            + (f"\nWhat it replaced is kept as {aside}" if aside else "")
        ),
    )
